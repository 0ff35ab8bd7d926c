/* dure-links.c: names of records, for links that are typed or imported
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The titles of an entity are read once, when its first name is asked for: one pass over the table, then a hash look-up
 * a name.
 */
#define G_LOG_DOMAIN "dure-exchange"

#include "config.h"

#include "exchange/dure-links.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"
#include "base/dure-hangul.h"
#include "base/dure-text.h"
#include "base/dure-uuid.h"

typedef struct
{
  GHashTable *ids;    /* title -> GPtrArray of ids */
  GHashTable *titles; /* id -> title */
} Names;

struct _DureLinks
{
  DureStore *store;
  Names     *names[DURE_N_ENTITIES];
};

/**
 * dure_links_new:
 * @store: where the records are
 *
 * Returns: (transfer full): a look-up that stays true as long as nobody else writes; make one for each piece of work
 */
DureLinks *
dure_links_new (DureStore *store)
{
  DureLinks *self = g_new0 (DureLinks, 1);

  self->store = g_object_ref (store);
  return self;
}

void
dure_links_free (DureLinks *self)
{
  if (self == NULL)
    return;
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    if (self->names[e] != NULL)
      {
        g_hash_table_unref (self->names[e]->ids);
        g_hash_table_unref (self->names[e]->titles);
        g_free (self->names[e]);
      }
  g_object_unref (self->store);
  g_free (self);
}

static char *
title_key (const char *title)
{
  char *key = dure_text_nfc (title != NULL ? title : "");

  return g_strstrip (key);
}

static void
add_name (Names *names, const char *title, const char *id)
{
  g_autofree char *key = title_key (title);
  GPtrArray       *ids;

  if (g_hash_table_contains (names->titles, id))
    return;
  g_hash_table_insert (names->titles, g_strdup (id), g_strdup (key));
  ids = g_hash_table_lookup (names->ids, key);
  if (ids == NULL)
    {
      ids = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (names->ids, g_steal_pointer (&key), ids);
    }
  g_ptr_array_add (ids, g_strdup (id));
}

static Names *
get_names (DureLinks *self, DureEntityId entity, GError **error)
{
  g_autoptr (DureQuery) query = NULL;
  g_autoptr (GPtrArray) records = NULL;
  Names *names = self->names[entity];

  if (names != NULL)
    return names;
  query = dure_query_new (entity);
  records = dure_store_list (self->store, query, error);
  if (records == NULL)
    return NULL;
  names = g_new0 (Names, 1);
  names->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  names->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < records->len; i++)
    {
      DureRecord      *record = records->pdata[i];
      const char      *known = dure_record_get_title (record);
      g_autofree char *made = known == NULL ? dure_store_record_title (self->store, record) : NULL;

      add_name (names, known != NULL ? known : made, dure_record_get_id (record));
    }
  self->names[entity] = names;
  return names;
}

/* An entity that is known by one code (a region by its administrative code) may be called by it. */
static char *
id_of_code (const DureEntity *entity, const char *code)
{
  g_autofree const char **values = g_new0 (const char *, entity->n_fields);
  guint                   n_keys = 0;

  if (!entity->natural)
    return NULL;
  for (guint f = 0; f < entity->n_fields; f++)
    if (entity->fields[f].flags & DURE_FIELD_KEY)
      {
        if (entity->fields[f].type != DURE_VALUE_TEXT)
          return NULL;
        values[f] = code;
        n_keys++;
      }
  return n_keys == 1 ? dure_entity_natural_id (entity, values) : NULL;
}

/**
 * dure_links_find:
 * @self: a look-up
 * @entity: of what the record is
 * @name: an id, a code, or the exact title
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the id; %NULL with %DURE_ERROR_NOT_FOUND when nothing is called so,
 * %DURE_ERROR_INVALID when several are
 */
char *
dure_links_find (DureLinks *self, DureEntityId entity, const char *name, GError **error)
{
  const DureEntity *table = dure_entity (entity);
  Names            *names = get_names (self, entity, error);
  g_autofree char  *key = NULL;
  g_autofree char  *lower = NULL;
  g_autofree char  *coded = NULL;
  GPtrArray        *ids;

  if (names == NULL)
    return NULL;
  key = title_key (name);
  lower = g_ascii_strdown (key, -1);
  /* An id is taken also of a deleted record: what was exported can be imported again. */
  if (dure_uuid_is_valid (lower)
      && (g_hash_table_contains (names->titles, lower) || dure_store_row_of (self->store, entity, lower) != 0))
    return g_steal_pointer (&lower);
  coded = id_of_code (table, key);
  if (coded != NULL && g_hash_table_contains (names->titles, coded))
    return g_steal_pointer (&coded);
  ids = g_hash_table_lookup (names->ids, key);
  if (ids != NULL && ids->len == 1)
    return g_strdup (ids->pdata[0]);
  if (ids == NULL)
    {
      g_autofree char *sentence
          = dure_hangul_printf (_ ("There is no %s called “%s”."), dure_entity_label (table), key);

      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_NOT_FOUND, sentence);
    }
  else
    g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("%u records of %s are called “%s”; give the id instead."),
                 ids->len, dure_entity_label (table), key);
  return NULL;
}

/**
 * dure_links_add:
 * @self: a look-up
 * @entity: of what the record is
 * @title: its title
 * @id: its id
 *
 * Makes a record known that is about to be written, so that others may name it.
 */
void
dure_links_add (DureLinks *self, DureEntityId entity, const char *title, const char *id)
{
  Names *names = get_names (self, entity, NULL);

  if (names != NULL)
    add_name (names, title, id);
}

/**
 * dure_links_name:
 * @self: a look-up
 * @entity: of what the record is
 * @id: its id
 *
 * Returns: (transfer none): the title when dure_links_find() finds the record by it, else @id
 */
const char *
dure_links_name (DureLinks *self, DureEntityId entity, const char *id)
{
  Names      *names = get_names (self, entity, NULL);
  const char *title = names != NULL ? g_hash_table_lookup (names->titles, id) : NULL;
  GPtrArray  *ids = title != NULL ? g_hash_table_lookup (names->ids, title) : NULL;

  return ids != NULL && ids->len == 1 && *title != '\0' ? title : id;
}

/**
 * dure_links_parse:
 * @self: a look-up
 * @field: a field
 * @typed: what a person typed, or a file holds
 * @error: return location; the sentence names the field
 *
 * dure_field_parse() that also takes names for links.
 *
 * Returns: (transfer full) (nullable): canonical text; %NULL without an error when nothing was typed
 */
char *
dure_links_parse (DureLinks *self, const DureField *field, const char *typed, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *name = NULL;
  char            *id;

  if (field->type != DURE_VALUE_LINK)
    return dure_field_parse (field, typed, error);
  name = title_key (typed);
  if (*name == '\0')
    return NULL;
  id = dure_links_find (self, field->target, name, &local);
  if (id == NULL)
    g_set_error (error, local->domain, local->code, "%s: %s", dure_field_label (field), local->message);
  return id;
}
