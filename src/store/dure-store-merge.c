/* dure-store-merge.c: changes that come from elsewhere
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Per field the larger stamp wins. Applying is commutative and idempotent: whatever the order and however often changes
 * come, all copies end with the same values and stamps.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <string.h>

#include "schema/dure-record-private.h"
#include "store/dure-store-private.h"

/* A change of an entity that only a newer program knows waits in a table of its own. */
static gboolean
keep_unknown (DureStore *self, DureChange *change, GError **error)
{
  g_autoptr (GString) body = g_string_new ("{");
  sqlite3_stmt *stmt = dure_store_prepare (
      self,
      "INSERT INTO unknown (stamp, entity, id, by, body) VALUES (?1, ?2, ?3, ?4, ?5)"
      /* First came a part of it. */
      " ON CONFLICT (stamp) DO UPDATE SET body = excluded.body WHERE length (excluded.body) > length (body)",
      error);

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < change->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (change->fields, i);

      if (i > 0)
        g_string_append_c (body, ',');
      dure_json_append_string (body, field->key);
      g_string_append_c (body, ':');
      dure_json_append_string (body, field->value);
    }
  g_string_append_c (body, '}');
  sqlite3_bind_text (stmt, 1, change->stamp, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, change->entity, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 3, change->id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 4, change->by, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 5, body->str, -1, SQLITE_STATIC);
  return dure_store_step_done (self, stmt, error);
}

/* An empty text counts as none, and whatever is not "1" says that a record is there. */
static gboolean
sets_something (const DureChangeField *field)
{
  return field->value != NULL
         && (strcmp (field->key, DURE_CHANGE_DELETED) == 0 ? strcmp (field->value, "1") == 0 : *field->value != '\0');
}

/* Takes the fields of @change that are later than what stands into @record, and leaves only those in it, with the values
 * that they replaced here. */
static void
merge (DureRecord *record, DureRecord *old, DureChange *change)
{
  g_autofree char *stamps = g_strdup (dure_record_get_field_stamps (record));
  guint            kept = 0;

  for (guint i = 0; i < change->fields->len; i++)
    {
      DureChangeField *field = g_ptr_array_index (change->fields, i);
      g_autofree char *stands = dure_store_field_stamp (old, field->key);
      g_autofree char *was = NULL;
      char            *next;

      if (stands != NULL && strcmp (stands, change->stamp) >= 0)
        continue;
      was = dure_store_get_field (old, field->key);
      field->was = dure_change_keep (change, was);
      dure_store_set_field (record, field->key, field->value);
      change->fields->pdata[i] = change->fields->pdata[kept];
      change->fields->pdata[kept++] = field;
      next = dure_json_map_set (stamps, field->key, change->stamp);
      g_free (stamps);
      stamps = next;
    }
  g_ptr_array_set_size (change->fields, (gint)kept);
  dure_record_set_field_stamps (record, stamps);
}

/* The same where nothing stands: the fields have the stamp of the record, but for what is set to nothing. */
static void
fill (DureRecord *record, const DureEntity *entity, DureChange *change)
{
  g_autofree char *stamps = NULL;

  for (guint i = 0; i < change->fields->len; i++)
    {
      DureChangeField *field = g_ptr_array_index (change->fields, i);
      int              number = dure_entity_find_field (entity, field->key);
      char            *next;

      field->was = NULL;
      if (number >= 0)
        dure_record_take (record, (guint)number, sets_something (field) ? g_strdup (field->value) : NULL);
      else
        dure_store_set_field (record, field->key, field->value);
      if (sets_something (field))
        continue;
      next = dure_json_map_set (stamps, field->key, change->stamp);
      g_free (stamps);
      stamps = next;
    }
  dure_record_set_field_stamps (record, stamps);
}

/* To look for a record costs as much as a third of storing it: where the last one was new, and nobody says to have seen
 * anything of this one, it is taken for new, and looked for when its id turns out to be there. */
static gboolean
looks_new (DureStore *self, const DureChange *change)
{
  if (!self->expects_new || strcmp (self->applied_id, change->id) == 0)
    return FALSE;
  for (guint i = 0; i < change->fields->len; i++)
    if (((const DureChangeField *)g_ptr_array_index (change->fields, i))->seen != NULL)
      return FALSE;
  return TRUE;
}

/* To make an object costs more than to fill it. */
static DureRecord *
begin_fresh (DureStore *self, const DureEntity *entity, const DureChange *change)
{
  if (self->fresh == NULL || dure_record_get_entity (self->fresh) != entity)
    {
      g_clear_object (&self->fresh);
      self->fresh = g_object_new (dure_entity_type (entity->id), NULL);
    }
  dure_record_begin (self->fresh, change->id, change->stamp);
  return self->fresh;
}

static gboolean
apply_new (DureStore *self, const DureEntity *entity, DureChange *change, gboolean *there, GError **error)
{
  DureRecord *record = begin_fresh (self, entity, change);

  fill (record, entity, change);
  return dure_store_put_new (self, record, change, there, error);
}

static gboolean
apply_to_old (
    DureStore *self, DureRecord *old, gint64 row, DureChange *change, DureApplied *applied, GError **error)
{
  g_autoptr (DureRecord) record = dure_record_copy (old);

  merge (record, old, change);
  *applied = change->fields->len > 0 ? DURE_APPLIED_KEPT : DURE_APPLIED_OLD;
  return *applied == DURE_APPLIED_OLD || dure_store_put (self, record, old, row, change, error);
}

/**
 * dure_store_apply:
 * @self: a store with an open transaction
 * @change: (inout): a change that another device made, or the server; afterwards it holds the fields that were taken,
 *   with what they replaced here
 * @applied: (out) (optional): what became of it
 * @error: return location
 *
 * Returns: %TRUE unless the store failed; a change that is older than what stands is no failure
 */
gboolean
dure_store_apply (DureStore *self, DureChange *change, DureApplied *applied, GError **error)
{
  const DureEntity *entity = dure_entity_by_key (change->entity);
  DureApplied       unused;
  gint64            row = 0;
  g_autoptr (GError) failure = NULL;
  g_autoptr (DureRecord) old = NULL;
  gboolean purges = dure_change_is_purge (change);
  gboolean is_void = dure_change_is_void (change);

  g_return_val_if_fail (self->txn != 0, FALSE);
  if (applied == NULL)
    applied = &unused;
  dure_clock_observe (self->clock, change->stamp);
  if (entity == NULL)
    {
      *applied = DURE_APPLIED_UNKNOWN;
      return is_void
             || ((!purges || dure_store_purge_unknown (self, change, error))
                 && keep_unknown (self, change, error));
    }
  if (!purges && !is_void && looks_new (self, change))
    {
      gboolean there;

      *applied = DURE_APPLIED_KEPT;
      if (!apply_new (self, entity, change, &there, error))
        return FALSE;
      if (!there)
        {
          g_strlcpy (self->applied_id, change->id, sizeof self->applied_id);
          return TRUE;
        }
    }
  old = dure_store_find (self, entity, change->id, &row, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  self->expects_new = old == NULL;
  g_strlcpy (self->applied_id, change->id, sizeof self->applied_id);
  if (purges)
    return dure_store_apply_purge (self, old, row, change, applied, error);
  *applied = DURE_APPLIED_OLD;
  if (is_void || (old != NULL && dure_store_is_purged (old)))
    return TRUE;
  if (old != NULL)
    return apply_to_old (self, old, row, change, applied, error);
  *applied = DURE_APPLIED_KEPT;
  return apply_new (self, entity, change, NULL, error);
}

DureChange *
dure_store_read_unknown (DureStore *self, sqlite3_stmt *row, GError **error)
{
  DureChange   *change = dure_change_new ((const char *)sqlite3_column_text (row, 0),
                                          (const char *)sqlite3_column_text (row, 1),
                                          (const char *)sqlite3_column_text (row, 2),
                                          (const char *)sqlite3_column_text (row, 3));
  sqlite3_stmt *stmt = dure_store_prepare (self, "SELECT key, value FROM json_each (?1)", error);

  if (stmt == NULL)
    {
      dure_change_free (change);
      return NULL;
    }
  sqlite3_bind_value (stmt, 1, sqlite3_column_value (row, 4));
  while (sqlite3_step (stmt) == SQLITE_ROW)
    dure_change_add (change, (const char *)sqlite3_column_text (stmt, 0), (const char *)sqlite3_column_text (stmt, 1),
                     NULL);
  sqlite3_reset (stmt);
  return change;
}

static gboolean
adopt_entity (DureStore *self, const DureEntity *entity, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
  sqlite3_stmt *stmt = dure_store_prepare (
      self, "SELECT stamp, entity, id, by, body FROM unknown WHERE entity = ?1 ORDER BY stamp", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, entity->key, -1, SQLITE_STATIC);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      DureChange *change = dure_store_read_unknown (self, stmt, error);

      if (change == NULL)
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
      g_ptr_array_add (changes, change);
    }
  sqlite3_reset (stmt);
  for (guint i = 0; i < changes->len; i++)
    if (!dure_store_apply (self, g_ptr_array_index (changes, i), NULL, error))
      return FALSE;
  stmt = dure_store_prepare (self, "DELETE FROM unknown WHERE entity = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, entity->key, -1, SQLITE_STATIC);
  return dure_store_step_done (self, stmt, error);
}

/* Changes that an older program kept without knowing their entity become records once the table knows it. */
gboolean
dure_store_adopt_unknown (DureStore *self, GError **error)
{
  if (dure_store_scalar (self, "SELECT EXISTS (SELECT 1 FROM unknown)", 0) == 0)
    return TRUE;
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    {
      const DureEntity *entity = dure_entity (e);
      sqlite3_stmt     *stmt = dure_store_prepare (self, "SELECT 1 FROM unknown WHERE entity = ?1 LIMIT 1", error);
      gboolean          waits;

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_text (stmt, 1, entity->key, -1, SQLITE_STATIC);
      waits = sqlite3_step (stmt) == SQLITE_ROW;
      sqlite3_reset (stmt);
      if (!waits)
        continue;
      if (!dure_store_begin (self, NULL, error))
        return FALSE;
      if (!adopt_entity (self, entity, error))
        {
          dure_store_rollback (self);
          return FALSE;
        }
      if (!dure_store_commit (self, error))
        return FALSE;
    }
  return TRUE;
}
