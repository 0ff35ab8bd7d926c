/* dure-record-merge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-record-merge.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-hangul.h"
#include "base/dure-json-check.h"
#include "base/dure-json-read.h"
#include "base/dure-text-diff.h"

/* When a field was written last; (transfer full) (nullable) */
static char *
field_stamp (DureRecord *record, const char *key)
{
  const char *map = dure_record_get_field_stamps (record);
  gboolean    is_map = map != NULL && dure_json_is_object (map, strlen (map), DURE_JSON_DEPTH);
  g_autoptr (JsonNode) node = is_map ? json_from_string (map, NULL) : NULL;
  const char *stamp = NULL;

  if (dure_json_object_in (node) != NULL)
    stamp = dure_json_text (json_node_get_object (node), key, NULL);
  return g_strdup (stamp != NULL ? stamp : dure_record_get_stamp (record));
}

/** dure_record_merge_can_join: Returns: whether a field can hold two values in one */
gboolean
dure_record_merge_can_join (DureRecord *record, guint field)
{
  DureFieldType type = dure_entity_field (dure_record_get_entity (record), field)->type;

  return type == DURE_VALUE_LONG_TEXT || type == DURE_VALUE_SET;
}

/** dure_record_merge_differs: Returns: whether somebody has to say which value of a field stands */
gboolean
dure_record_merge_differs (DureRecord *stays, DureRecord *goes, guint field)
{
  const char *a = dure_record_get (stays, field), *b = dure_record_get (goes, field);

  return a != NULL && b != NULL && strcmp (a, b) != 0
         && !(dure_entity_field (dure_record_get_entity (stays), field)->flags & DURE_FIELD_HIDDEN);
}

/**
 * dure_record_merge_suggest:
 * @stays: a record
 * @goes: another of the same entity
 *
 * Filled fields over empty ones, later values over earlier ones, long texts joined.
 *
 * Returns: (transfer full): one a field
 */
DureTake *
dure_record_merge_suggest (DureRecord *stays, DureRecord *goes)
{
  const DureEntity *entity = dure_record_get_entity (stays);
  DureTake         *takes = g_new0 (DureTake, entity->n_fields);

  for (guint f = 0; f < entity->n_fields; f++)
    {
      g_autofree char *a = NULL;
      g_autofree char *b = NULL;

      if (entity->fields[f].flags & DURE_FIELD_HIDDEN || dure_record_get (goes, f) == NULL)
        continue;
      if (dure_record_get (stays, f) == NULL)
        {
          takes[f] = DURE_TAKE_GOES;
          continue;
        }
      if (!dure_record_merge_differs (stays, goes, f))
        continue;
      a = field_stamp (stays, entity->fields[f].key);
      b = field_stamp (goes, entity->fields[f].key);
      if (entity->fields[f].type == DURE_VALUE_LONG_TEXT)
        takes[f] = DURE_TAKE_BOTH;
      else if (g_strcmp0 (b, a) > 0)
        takes[f] = DURE_TAKE_GOES;
    }
  return takes;
}

/**
 * dure_record_merge_value:
 * @stays: the record that stays
 * @goes: the record that goes
 * @field: number of the field
 * @take: whose value
 *
 * Returns: (transfer full) (nullable): canonical value of the one record
 */
char *
dure_record_merge_value (DureRecord *stays, DureRecord *goes, guint field, DureTake take)
{
  const DureEntity *entity = dure_record_get_entity (stays);
  const DureField  *known = dure_entity_field (entity, field);
  const char       *a = dure_record_get (stays, field), *b = dure_record_get (goes, field);
  g_autofree char  *joined = NULL;

  if (take == DURE_TAKE_BOTH && a != NULL && b != NULL && known->type == DURE_VALUE_LONG_TEXT)
    return dure_text_join (a, b);
  if (take == DURE_TAKE_BOTH && a != NULL && b != NULL && known->type == DURE_VALUE_SET)
    {
      joined = g_strdup_printf ("%s,%s", a, b);
      return dure_field_parse (known, joined, NULL);
    }
  if (take == DURE_TAKE_GOES || (take == DURE_TAKE_BOTH && a == NULL))
    a = b;
  /* Nothing is part of itself. */
  if (known->type == DURE_VALUE_LINK && known->target == entity->id
      && (g_strcmp0 (a, dure_record_get_id (stays)) == 0 || g_strcmp0 (a, dure_record_get_id (goes)) == 0))
    return NULL;
  return g_strdup (a);
}

/** dure_record_merge_links: Returns: how many records point to this one */
gint64
dure_record_merge_links (DureStore *store, DureEntityId entity, const char *id)
{
  gint64 n = 0;

  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    for (guint f = 0; f < dure_entity (e)->n_fields; f++)
      {
        const DureField *field = &dure_entity (e)->fields[f];
        g_autoptr (DureQuery) query = NULL;

        if (field->type != DURE_VALUE_LINK || field->target != entity || (field->flags & DURE_FIELD_HIDDEN))
          continue;
        query = dure_query_new (e);
        dure_query_where (query, f, DURE_EQUAL, id);
        n += MAX (dure_store_count (store, query, NULL), 0);
      }
  return n;
}

/* A record that can take part: there, not deleted, not merged. */
static DureRecord *
find (DureStore *store, DureEntityId entity, const char *id, GError **error)
{
  g_autoptr (DureRecord) record = dure_store_get (store, entity, id, error);
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;

  if (record == NULL || !dure_record_get_deleted (record))
    return g_steal_pointer (&record);
  title = dure_store_record_title (store, record);
  sentence = dure_hangul_printf (dure_record_get (record, (guint)dure_entity (entity)->merged_field) != NULL
                                     ? _ ("%s was merged with another record already.")
                                     : _ ("%s was deleted. Bring it back first."),
                                 title);
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_NOT_FOUND, sentence);
  return NULL;
}

static gboolean
merge (DureStore *store, DureEntityId entity, const char *stays_id, const char *goes_id, const DureTake *takes, GError **error)
{
  const DureEntity *table = dure_entity (entity);
  g_autoptr (DureRecord) stays = find (store, entity, stays_id, error);
  g_autoptr (DureRecord) goes = stays != NULL ? find (store, entity, goes_id, error) : NULL;
  g_autofree DureTake *suggested = NULL;

  if (goes == NULL)
    return FALSE;
  if (takes == NULL)
    takes = suggested = dure_record_merge_suggest (stays, goes);
  for (guint f = 0; f < table->n_fields; f++)
    {
      g_autofree char *value = NULL;

      if (takes[f] == DURE_TAKE_STAYS || (table->fields[f].flags & DURE_FIELD_HIDDEN))
        continue;
      value = dure_record_merge_value (stays, goes, f, takes[f]);
      dure_record_set (stays, f, value);
    }
  return dure_store_write (store, stays, error) && dure_store_merge_into (store, entity, goes_id, stays_id, error);
}

/**
 * dure_record_merge:
 * @store: a store, outside of a transaction
 * @label: what undo calls it
 * @entity: number of an entity whose records can be merged
 * @stays: id of the record that stays
 * @goes: id of the record that goes
 * @takes: (nullable): whose value stands, one a field; %NULL for dure_record_merge_suggest()
 * @error: return location
 *
 * All that points to @goes points to @stays afterwards. One step of undo takes it all back.
 *
 * Returns: %TRUE when it is stored
 */
gboolean
dure_record_merge (DureStore      *store,
                   const char     *label,
                   DureEntityId    entity,
                   const char     *stays,
                   const char     *goes,
                   const DureTake *takes,
                   GError        **error)
{
  if (dure_entity (entity)->merged_field < 0)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("Records of the kind “%s” cannot be merged."),
                      dure_entity_label (dure_entity (entity)));
      return FALSE;
    }
  if (strcmp (stays, goes) == 0)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("These are one and the same record."));
      return FALSE;
    }
  if (!dure_store_begin (store, label, error))
    return FALSE;
  if (merge (store, entity, stays, goes, takes, error))
    return dure_store_commit (store, error);
  dure_store_rollback (store);
  return FALSE;
}
