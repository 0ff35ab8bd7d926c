/* dure-store-write.c: the one write path
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * dure_store_write() compares a record with what is stored, updates the fields that were set and differ, stamps them,
 * and appends one journal row in the same transaction. Forms, import, undo and sync all end in dure_store_put() (dure-store-row.c).
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-hangul.h"
#include "base/dure-uuid.h"
#include "store/dure-store-private.h"

static gboolean
add_new (DureStore *self, DureRecord *record, GError **error)
{
  char stamp[DURE_STAMP_LENGTH + 1];

  dure_clock_next (self->clock, stamp);
  dure_record_set_stamp (record, stamp);
  return dure_store_put (self, record, NULL, 0, NULL, error);
}

/* Writes the fields of `set` that differ from what stands; `deleted` may be one of them. */
gboolean
dure_store_change_fields (DureStore *self, DureRecord *old, gint64 row, DureChange *set, GError **error)
{
  g_autoptr (DureRecord) record = dure_record_copy (old);
  g_autoptr (DureChange) change = NULL;
  g_autofree char *stamps = g_strdup (dure_record_get_field_stamps (old));
  char             stamp[DURE_STAMP_LENGTH + 1];

  /* Undo of what was done to a record before it was purged. */
  if (dure_store_is_purged (old))
    return TRUE;
  dure_clock_next (self->clock, stamp);
  change = dure_change_new (stamp, set->entity, set->id, self->txn_author);
  for (guint i = 0; i < set->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (set->fields, i);
      g_autofree char       *was = dure_store_get_field (old, field->key);
      g_autofree char       *seen = NULL;
      char                  *next;

      if (!dure_store_set_field (record, field->key, field->value))
        continue;
      seen = dure_store_field_stamp (old, field->key);
      dure_change_add (change, field->key, field->value, seen)->was = dure_change_keep (change, was);
      next = dure_json_map_set (stamps, field->key, stamp);
      g_free (stamps);
      stamps = next;
    }
  if (change->fields->len == 0)
    return TRUE;
  dure_record_set_field_stamps (record, stamps);
  return dure_store_put (self, record, old, row, change, error);
}

/* A key field that one of the two leaves open (who will come for an invited agency) tells nothing apart. */
static gboolean
same_key (const DureEntity *entity, DureRecord *a, DureRecord *b)
{
  for (guint f = 0; f < entity->n_fields; f++)
    if ((entity->fields[f].flags & DURE_FIELD_KEY) && dure_record_get (a, f) != NULL && dure_record_get (b, f) != NULL
        && strcmp (dure_record_get (a, f), dure_record_get (b, f)) != 0)
      return FALSE;
  return TRUE;
}

/**
 * dure_store_natural_id:
 * @self: a store
 * @record: a record of an entity with a natural key; its id is not looked at
 * @error: return location
 *
 * The id that the key fields of @record give. A record keeps its id when its key fields are edited later; where that
 * holds the place, the id after it is taken, which is the same on every device that knows of the edit.
 *
 * Returns: (transfer full) (nullable): the id of the record of this key, whether or not it is stored already
 */
char *
dure_store_natural_id (DureStore *self, DureRecord *record, GError **error)
{
  const DureEntity       *entity = dure_record_get_entity (record);
  g_autofree const char **values = g_new (const char *, entity->n_fields);
  g_autofree char        *id = NULL;

  g_return_val_if_fail (entity->natural, NULL);
  for (guint f = 0; f < entity->n_fields; f++)
    values[f] = dure_record_get (record, f);
  id = dure_entity_natural_id (entity, values);
  for (;;)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (DureRecord) other = dure_store_find (self, entity, id, NULL, &failure);
      char next[DURE_UUID_LENGTH + 1];

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (other == NULL || (!dure_store_is_purged (other) && same_key (entity, other, record)))
        return g_steal_pointer (&id);
      dure_uuid_v5 (id, "next", -1, next);
      g_free (id);
      id = g_strdup (next);
    }
}

static gboolean
refuse_server_only (const DureEntity *entity, GError **error)
{
  g_autofree char *sentence
      = dure_hangul_printf (_ ("%s are written by the server alone."), dure_entity_plural (entity));

  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID, sentence);
  return FALSE;
}

static gboolean
write_in_txn (DureStore *self, DureRecord *record, GError **error)
{
  const DureEntity *entity = dure_record_get_entity (record);
  g_autoptr (DureRecord) old = NULL;
  g_autoptr (DureRecord) merged = NULL;
  g_autoptr (DureChange) set = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean made_here = FALSE;
  gint64   row = 0;

  if (dure_record_get_id (record) == NULL)
    {
      if (entity->natural)
        {
          g_autofree char *id = dure_store_natural_id (self, record, error);

          if (id == NULL)
            return FALSE;
          dure_record_set_id (record, id);
        }
      else
        {
          char id[DURE_UUID_LENGTH + 1];

          dure_uuid_v7 (id);
          dure_record_set_id (record, id);
          made_here = TRUE;
        }
    }
  if (!made_here)
    old = dure_store_find (self, entity, dure_record_get_id (record), &row, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (old == NULL && entity->from_server)
    return refuse_server_only (entity, error);
  if (old == NULL)
    return dure_record_check (record, NULL, error) && add_new (self, record, error);
  if (dure_store_is_purged (old))
    return dure_store_refuse_purged (error);

  set = dure_change_new (NULL, entity->key, dure_record_get_id (record), NULL);
  merged = dure_record_copy (old);
  for (guint f = 0; f < entity->n_fields; f++)
    if (dure_record_is_touched (record, f))
      {
        if ((entity->fields[f].flags & DURE_FIELD_SERVER)
            && g_strcmp0 (dure_record_get (old, f), dure_record_get (record, f)) != 0)
          return refuse_server_only (entity, error);
        dure_change_add (set, entity->fields[f].key, dure_record_get (record, f), NULL);
        dure_record_set (merged, f, dure_record_get (record, f));
      }
  if (dure_record_get_deleted (old) && !dure_record_get_deleted (record))
    dure_change_add (set, DURE_CHANGE_DELETED, NULL, NULL);
  return dure_record_check_change (merged, old, NULL, error) && dure_store_change_fields (self, old, row, set, error);
}

/**
 * dure_store_write:
 * @self: a store
 * @record: the record; it gets an id when it has none
 * @error: return location; %DURE_ERROR_INVALID names the field
 *
 * Stores the fields that were set since the record was read, as far as they differ from what stands; fields that others
 * changed meanwhile stay theirs. Outside of a transaction it makes one of its own.
 *
 * Returns: %TRUE when it is stored, also when nothing differed
 */
gboolean
dure_store_write (DureStore *self, DureRecord *record, GError **error)
{
  gboolean         own = self->txn == 0;
  g_autofree char *label = NULL;

  g_return_val_if_fail (DURE_IS_RECORD (record), FALSE);
  if (own)
    {
      label = g_strdup_printf (dure_record_get_id (record) == NULL ? _ ("Add %s") : _ ("Change %s"),
                               dure_entity_label (dure_record_get_entity (record)));
      if (!dure_store_begin (self, label, error))
        return FALSE;
    }
  if (!write_in_txn (self, record, error))
    {
      if (own)
        dure_store_rollback (self);
      return FALSE;
    }
  if (own && !dure_store_commit (self, error))
    return FALSE;
  dure_record_settle (record);
  return TRUE;
}

static gboolean
set_deleted (DureStore *self, DureEntityId entity, const char *id, gboolean deleted, GError **error)
{
  const DureEntity *table = dure_entity (entity);
  gboolean          own = self->txn == 0;
  gint64            row = 0;
  g_autoptr (DureRecord) old = NULL;
  g_autoptr (DureChange) set = dure_change_new (NULL, table->key, id, NULL);
  g_autofree char *label = NULL;

  if (table->from_server)
    return refuse_server_only (table, error);
  label = g_strdup_printf (deleted ? _ ("Delete %s") : _ ("Restore %s"), dure_entity_label (table));
  if (own && !dure_store_begin (self, label, error))
    return FALSE;
  old = dure_store_find (self, table, id, &row, NULL);
  if (old == NULL)
    dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no %s with the number %s."), dure_entity_label (table),
                    id);
  else if (dure_store_is_purged (old))
    {
      dure_store_refuse_purged (error);
      g_clear_object (&old);
    }
  dure_change_add (set, DURE_CHANGE_DELETED, deleted ? "1" : NULL, NULL);
  /* What comes back stands for itself again. */
  if (!deleted && table->merged_field >= 0)
    dure_change_add (set, table->fields[table->merged_field].key, NULL, NULL);
  if (old != NULL && dure_store_change_fields (self, old, row, set, error))
    return !own || dure_store_commit (self, error);
  if (own)
    dure_store_rollback (self);
  return FALSE;
}

/**
 * dure_store_delete:
 * @self: a store
 * @entity: number of the entity
 * @id: id of a record
 * @error: return location
 *
 * Marks a record as deleted: it leaves lists and search, and can be brought back.
 *
 * Returns: %TRUE when it is deleted
 */
gboolean
dure_store_delete (DureStore *self, DureEntityId entity, const char *id, GError **error)
{
  return set_deleted (self, entity, id, TRUE, error);
}

/** dure_store_restore: brings a deleted record back. Returns: %TRUE when it is back */
gboolean
dure_store_restore (DureStore *self, DureEntityId entity, const char *id, GError **error)
{
  return set_deleted (self, entity, id, FALSE, error);
}
