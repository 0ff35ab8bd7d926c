/* dure-sample.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sample is a folder data/samples/NAME of CSV files, one an entity. The heading holds field keys; a link is written
 * as the title of a record that stands above it or in an entity before it, or the name of a region. Regions come from
 * data/regions/dong.csv by the first five digits of their code. Bodies that no report names have a kind and a number
 * for a name, and the people are made up.
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-sample.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-hangul.h"
#include "domain/dure-builtin.h"

typedef struct
{
  const char *name;
  const char *municipalities; /* first five digits of their codes */
} Source;

static const Source sources[] = {
  { "gwangmyeong", "41210" },
  { "yeongdo", "26200" },
  { "gimcheon", "47150,26710" },
};

/* What a link needs comes first. */
static const DureEntityId order[] = {
  DURE_ENTITY_AGENCY,      DURE_ENTITY_PERSON,        DURE_ENTITY_VENUE,       DURE_ENTITY_BODY,
  DURE_ENTITY_SEAT,        DURE_ENTITY_PROGRAMME,     DURE_ENTITY_EVENT,       DURE_ENTITY_PART,
  DURE_ENTITY_AGENDA_ITEM, DURE_ENTITY_PARTICIPATION, DURE_ENTITY_ACTION,      DURE_ENTITY_TIE,
  DURE_ENTITY_REFERRAL,    DURE_ENTITY_CALL,          DURE_ENTITY_APPLICATION, DURE_ENTITY_PRACTICE,
};

typedef struct
{
  DureStore  *store;
  GHashTable *ids[DURE_N_ENTITIES]; /* title -> id */
} Filling;

/**
 * dure_sample_names:
 *
 * Returns: (transfer none): the samples in the order in which the start page offers them
 */
const DureSample *
dure_sample_names (void)
{
  static DureSample samples[G_N_ELEMENTS (sources) + 1];

  samples[0] = (DureSample){ "gwangmyeong", _ ("Gwangmyeong: joint training and round-table"),
                             _ ("32 agencies, 19 of them dong centres; 26 June 2025") };
  samples[1] = (DureSample){ "yeongdo", _ ("Yeongdo: working-level round-table"),
                             _ ("24 agencies, 26 practitioners; 13 March 2024") };
  samples[2] = (DureSample){ "gimcheon", _ ("Gimcheon: council and study visit"),
                             _ ("Council of 557 seats, 65 guests; 20 June 2024") };
  return samples;
}

/* One row of a CSV text (RFC 4180); moves @text behind it. NULL at the end. */
static GPtrArray *
next_row (const char **text)
{
  GPtrArray  *row;
  const char *c = *text;
  gboolean    quoted = FALSE;
  g_autoptr (GString) cell = g_string_new (NULL);

  if (*c == '\0')
    return NULL;
  row = g_ptr_array_new_with_free_func (g_free);
  for (;; c++)
    {
      if (quoted && *c == '"' && c[1] == '"')
        g_string_append_c (cell, *c++);
      else if (*c == '"')
        quoted = !quoted;
      else if (*c == '\0' || (!quoted && (*c == ',' || *c == '\n')))
        {
          g_ptr_array_add (row, g_strdup (cell->str));
          g_string_truncate (cell, 0);
          if (*c != ',')
            break;
        }
      else if (*c != '\r')
        g_string_append_c (cell, *c);
    }
  *text = *c == '\0' ? c : c + 1;
  return row;
}

static gboolean
write_record (Filling *self, DureRecord *record, const char *title, GError **error)
{
  const DureEntityId entity = dure_record_get_entity (record)->id;

  if (!dure_store_write (self->store, record, error))
    return FALSE;
  if (title != NULL)
    g_hash_table_insert (self->ids[entity], g_strdup (title), g_strdup (dure_record_get_id (record)));
  return TRUE;
}

static gboolean
set_cell (Filling *self, DureRecord *record, guint field, const char *cell, GError **error)
{
  const DureField *spec = dure_entity_field (dure_record_get_entity (record), field);
  g_autofree char *value = NULL;
  g_autoptr (GError) problem = NULL;

  if (*cell != '\0' && spec->type == DURE_VALUE_LINK)
    {
      value = g_strdup (g_hash_table_lookup (self->ids[spec->target], cell));
      if (value == NULL)
        {
          dure_set_error (error, DURE_ERROR_INVALID, _ ("There is no “%s” before this row."), cell);
          return FALSE;
        }
    }
  else
    {
      value = dure_field_parse (spec, cell, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  /* An empty cell leaves what a new record begins with. */
  if (value != NULL)
    dure_record_set (record, field, value);
  return TRUE;
}

static gboolean
fill_entity (Filling *self, const char *name, DureEntityId id, GError **error)
{
  const DureEntity *entity = dure_entity (id);
  g_autofree char  *path = g_strdup_printf ("samples/%s/%s.csv", name, entity->key);
  g_autofree char  *csv = dure_builtin_text (path, NULL);
  const char       *rest = csv;
  g_autoptr (GPtrArray) heading = NULL;
  guint n = 1;

  if (csv == NULL)
    return TRUE;
  heading = next_row (&rest);
  for (GPtrArray *cells; (cells = next_row (&rest)) != NULL; g_ptr_array_unref (cells))
    {
      g_autoptr (DureRecord) record = dure_record_new (id);
      gboolean ok = TRUE;

      n++;
      for (guint i = 0; ok && i < cells->len; i++)
        {
          const int field = i < heading->len ? dure_entity_find_field (entity, g_ptr_array_index (heading, i)) : -1;

          if (field < 0)
            {
              dure_set_error (error, DURE_ERROR_INVALID, _ ("Column %u has no field."), i + 1);
              ok = FALSE;
            }
          else
            ok = set_cell (self, record, (guint)field, g_ptr_array_index (cells, i), error);
        }
      if (!ok || !write_record (self, record, dure_record_get_title (record), error))
        {
          g_prefix_error (error, "%s:%u: ", path, n);
          g_ptr_array_unref (cells);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
fill_region (Filling *self, const char *code, const char *name, const char *level, const char *parent, GError **error)
{
  g_autoptr (DureRecord) record = NULL;

  if (g_hash_table_contains (self->ids[DURE_ENTITY_REGION], name))
    return TRUE;
  record = dure_record_new (DURE_ENTITY_REGION);
  dure_record_set (record, DURE_REGION_CODE, code);
  dure_record_set (record, DURE_REGION_NAME, name);
  dure_record_set (record, DURE_REGION_LEVEL, level);
  if (parent != NULL)
    dure_record_set (record, DURE_REGION_PARENT, g_hash_table_lookup (self->ids[DURE_ENTITY_REGION], parent));
  return write_record (self, record, name, error);
}

/* Rows `code,province municipality dong`. */
static gboolean
fill_regions (Filling *self, const char *municipalities, GError **error)
{
  g_autofree char *csv = dure_builtin_text ("regions/dong.csv", error);
  const char      *rest = csv;

  if (csv == NULL)
    return FALSE;
  for (GPtrArray *cells; (cells = next_row (&rest)) != NULL; g_ptr_array_unref (cells))
    {
      const char *code = g_ptr_array_index (cells, 0);
      g_auto (GStrv) names = cells->len == 2 ? g_strsplit (g_ptr_array_index (cells, 1), " ", 3) : NULL;
      g_autofree char *prefix = g_strndup (code, 5);
      g_autofree char *province = g_strdup_printf ("%.2s00000000", code);
      g_autofree char *municipality = g_strdup_printf ("%s00000", prefix);

      if (names == NULL || g_strv_length (names) != 3 || strstr (municipalities, prefix) == NULL)
        continue;
      if (!fill_region (self, province, names[0], "province", NULL, error)
          || !fill_region (self, municipality, names[1], "municipality", names[0], error)
          || !fill_region (self, code, names[2], "dong", names[1], error))
        {
          g_ptr_array_unref (cells);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_empty (DureStore *store, GError **error)
{
  for (int e = 0; e < DURE_N_ENTITIES; e++)
    {
      g_autoptr (DureQuery) query = dure_query_new ((DureEntityId)e);
      gint64 n;

      if (e == DURE_ENTITY_SETTING)
        continue;
      n = dure_store_count (store, query, error);
      if (n < 0)
        return FALSE;
      if (n > 0)
        {
          g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n);

          g_set_error (
              error, DURE_ERROR, DURE_ERROR_EXISTS,
              _ ("A sample goes into an empty file only. This one already holds %s (%s). Nothing was written."),
              dure_entity_plural (dure_entity ((DureEntityId)e)), number);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * dure_sample_fill:
 * @store: an empty store (settings may stand in it)
 * @name: gwangmyeong, yeongdo or gimcheon
 * @error: %DURE_ERROR_NOT_FOUND for another name, %DURE_ERROR_EXISTS when the store is not empty
 *
 * Writes the whole sample as one step that can be undone, or nothing.
 */
gboolean
dure_sample_fill (DureStore *store, const char *name, GError **error)
{
  const Source *source = NULL;
  Filling       filling = { store };
  gboolean      ok;

  g_return_val_if_fail (DURE_IS_STORE (store) && name != NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (strcmp (sources[i].name, name) == 0)
      source = &sources[i];
  if (source == NULL)
    {
      dure_set_error (error, DURE_ERROR_NOT_FOUND,
                      _ ("There is no sample “%s”. There are gwangmyeong, yeongdo and gimcheon."), name);
      return FALSE;
    }
  if (!check_empty (store, error) || !dure_store_begin (store, _ ("Sample data"), error))
    return FALSE;
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    filling.ids[e] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ok = fill_regions (&filling, source->municipalities, error);
  for (guint i = 0; ok && i < G_N_ELEMENTS (order); i++)
    ok = fill_entity (&filling, name, order[i], error);
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    g_hash_table_unref (filling.ids[e]);
  if (!ok)
    {
      dure_store_rollback (store);
      return FALSE;
    }
  return dure_store_commit (store, error);
}
