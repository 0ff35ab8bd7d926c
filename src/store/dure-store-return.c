/* dure-store-return.c: what a device can bring back to a server that was put back to an older state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * That is the journal but for what waits to be sent: what this device wrote and the server once had, and of what others
 * wrote all that ever stood here. What only newer programs know waits in a table of its own and comes after it.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include "store/dure-store-return.h"

#include "store/dure-store-private.h"

/* `origin` 2 is what this file took out itself because it had ended elsewhere. */
#define HELD                                                                                                           \
  "seq > ?1 AND (origin = 1"                                                                                           \
  " OR (origin = 0 AND seq <= " DURE_STORE_SENT "))"

/**
 * dure_store_held_after:
 * @self: a store
 * @after: journal number
 * @limit: at most so many
 * @error: return location
 *
 * Returns: (transfer full) (element-type DureChange) (nullable): the oldest behind @after of the changes that came from
 * elsewhere or that the server once had, in the order in which this device knew of them
 */
GPtrArray *
dure_store_held_after (DureStore *self, gint64 after, guint limit, GError **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (
      self, "SELECT " DURE_CHANGE_COLUMNS " FROM journal WHERE " HELD " ORDER BY seq LIMIT ?2", error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, after);
  sqlite3_bind_int64 (stmt, 2, limit);
  return dure_store_read_changes (self, stmt, error);
}

/** dure_store_count_held: Returns: how many changes dure_store_held_after() has behind @after; one walk over them */
gint64
dure_store_count_held (DureStore *self, gint64 after)
{
  sqlite3_stmt *stmt = dure_store_prepare (self, "SELECT count(*) FROM journal WHERE " HELD, NULL);
  gint64        n = 0;

  if (stmt == NULL)
    return 0;
  sqlite3_bind_int64 (stmt, 1, after);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    n = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return n;
}

/**
 * dure_store_unknown_after:
 * @self: a store
 * @after: a stamp, or ""
 * @limit: at most so many
 * @error: return location
 *
 * Returns: (transfer full) (element-type DureChange) (nullable): changes of entities that this program does not know,
 * those behind @after by their stamps; what they replaced was not kept
 */
GPtrArray *
dure_store_unknown_after (DureStore *self, const char *after, guint limit, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
  sqlite3_stmt *stmt = dure_store_prepare (
      self, "SELECT stamp, entity, id, by, body FROM unknown WHERE stamp > ?1 ORDER BY stamp LIMIT ?2", error);
  int code;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, after, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 2, limit);
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      DureChange *change = dure_store_read_unknown (self, stmt, error);

      if (change == NULL)
        break;
      change->part = TRUE;
      g_ptr_array_add (changes, change);
    }
  if (code != SQLITE_DONE && code != SQLITE_ROW)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return code == SQLITE_DONE ? g_steal_pointer (&changes) : NULL;
}

/**
 * dure_store_restamp_held:
 * @self: a store without an open transaction
 * @change: a change of dure_store_held_after(); it gets the new stamp
 * @error: return location
 *
 * The server has given the stamp to another change meanwhile: here it gets one of the same time that nobody else gives.
 *
 * Returns: whether that was stored
 */
gboolean
dure_store_restamp_held (DureStore *self, DureChange *change, GError **error)
{
  g_autofree char *what = g_strconcat (self->device, change->id, NULL);
  char             stamp[DURE_STAMP_LENGTH + 1];

  dure_stamp_derive (change->stamp, FALSE, what, stamp);
  if (!dure_store_begin (self, NULL, error))
    return FALSE;
  if (dure_store_restamp_one (self, change, stamp, error))
    {
      change->stamp = dure_change_keep (change, stamp);
      return dure_store_commit (self, error);
    }
  dure_store_rollback (self);
  return FALSE;
}

/**
 * dure_store_add_known:
 * @self: a store
 * @change: a change that waits to be sent
 * @error: return location
 *
 * Notes in @change what this device has of its record: so a server can tell what the author knew when the numbers say
 * nothing.
 *
 * Returns: whether the record could be read
 */
gboolean
dure_store_add_known (DureStore *self, DureChange *change, GError **error)
{
  const DureEntity *entity = dure_entity_by_key (change->entity);
  g_autoptr (DureRecord) record = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *deleted = NULL;

  record = entity != NULL ? dure_store_find (self, entity, change->id, NULL, &failure) : NULL;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  dure_change_add_known (change, NULL, NULL);
  if (record == NULL)
    return TRUE;
  for (guint f = 0; f < entity->n_fields; f++)
    {
      g_autofree char *stamp = dure_store_field_stamp (record, entity->fields[f].key);

      if (stamp != NULL)
        dure_change_add_known (change, entity->fields[f].key, stamp);
    }
  deleted = dure_store_field_stamp (record, DURE_CHANGE_DELETED);
  if (deleted != NULL)
    dure_change_add_known (change, DURE_CHANGE_DELETED, deleted);
  return TRUE;
}
