/* dure-store-age.c: what a computer forgets that was away longer than its server remembers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server folds old changes, and what was deleted before them ends. A computer whose place is older takes everything
 * anew; what it has and the server does not was deleted meanwhile, and goes. What it wrote itself and could not send yet
 * stays. The names of all that came are kept in the table `kept` until everything has come, however often it breaks off.
 *
 * Whoever goes on from a record that has ended elsewhere sends it whole, so that everybody has it again.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include "store/dure-store-age.h"

#include <string.h>

#include "store/dure-store-private.h"

/**
 * dure_store_begin_sweep:
 * @self: a store with an open transaction
 * @error: return location
 *
 * From now on dure_store_keep() counts.
 *
 * Returns: %TRUE when that was noted
 */
gboolean
dure_store_begin_sweep (DureStore *self, GError **error)
{
  /* The columns in the order of the key: with another, PRAGMA quick_check of SQLite 3.40 finds a NULL in each row, and
   * a store that was closed meanwhile is taken for damaged. */
  return dure_store_exec (self,
                          "DROP TABLE IF EXISTS kept; CREATE TABLE kept (id TEXT NOT NULL, entity TEXT NOT NULL,"
                          " PRIMARY KEY (id, entity)) STRICT, WITHOUT ROWID",
                          error);
}

/** dure_store_keep: the server has this record. Returns: %TRUE when that was noted */
gboolean
dure_store_keep (DureStore *self, const char *entity, const char *id, GError **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (self, "INSERT OR IGNORE INTO kept (entity, id) VALUES (?1, ?2)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, entity, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, id, -1, SQLITE_STATIC);
  return dure_store_step_done (self, stmt, error);
}

static gboolean
remove_record (DureStore *self, const DureEntity *entity, const char *id, GError **error)
{
  gint64 row = 0;
  g_autoptr (DureRecord) old = dure_store_find (self, entity, id, &row, error);
  g_autoptr (DureRecord) gone = old != NULL ? dure_record_copy (old) : NULL;
  g_autoptr (DureChange) change = NULL;
  g_autofree char *sql = NULL;
  sqlite3_stmt    *stmt;
  char             stamp[DURE_STAMP_LENGTH + 1];

  if (old == NULL)
    return error == NULL || *error == NULL;
  dure_clock_next (self->clock, stamp);
  change = dure_change_new (stamp, entity->key, id, NULL);
  dure_change_add (change, DURE_CHANGE_DELETED, "1", NULL);
  dure_record_set_deleted (gone, TRUE);
  /* Lists follow the journal. */
  if (!dure_store_index (self, old, gone, row, error) || !dure_store_log (self, gone, change, FALSE, error)
      || !dure_store_exec (self, "UPDATE journal SET origin = 2 WHERE seq = last_insert_rowid ()", error))
    return FALSE;
  sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE row = ?1", entity->key);
  stmt = dure_store_prepare (self, sql, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, row);
  return dure_store_step_done (self, stmt, error);
}

/* What the server does not have, and did not refuse or still have to get from here. */
static GPtrArray *
list_gone (DureStore *self, const DureEntity *entity, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sql = g_strdup_printf (
      "SELECT t.id FROM \"%s\" t WHERE NOT EXISTS (SELECT 1 FROM kept k WHERE k.id = t.id AND k.entity = ?1)"
      " AND json_extract (t._extra, '$." DURE_CHANGE_PURGED "') IS NULL"
      " AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.id = t.id AND j.entity = ?1 AND j.origin = 0"
      " AND j.seq > " DURE_STORE_SENT ")"
      " AND (NOT EXISTS (SELECT 1 FROM meta WHERE key = 'sync.refused' AND value <> '0')"
      " OR EXISTS (SELECT 1 FROM journal j WHERE j.id = t.id AND j.entity = ?1 AND j.origin = 1))",
      entity->key);
  sqlite3_stmt *stmt = dure_store_prepare (self, sql, error);
  int           code;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, entity->key, -1, SQLITE_STATIC);
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    g_ptr_array_add (ids, g_strdup ((const char *)sqlite3_column_text (stmt, 0)));
  if (code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return code == SQLITE_DONE ? g_steal_pointer (&ids) : NULL;
}

/**
 * dure_store_sweep:
 * @self: a store with an open transaction
 * @n_removed: (out): how many records went
 * @error: return location
 *
 * Everything that the server has was told by dure_store_keep(): the rest was deleted meanwhile, and goes.
 *
 * Returns: %TRUE when that was stored
 */
gboolean
dure_store_sweep (DureStore *self, guint *n_removed, GError **error)
{
  *n_removed = 0;
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    {
      g_autoptr (GPtrArray) gone = list_gone (self, dure_entity (e), error);

      if (gone == NULL)
        return FALSE;
      for (guint i = 0; i < gone->len; i++)
        if (!remove_record (self, dure_entity (e), g_ptr_array_index (gone, i), error))
          return FALSE;
      *n_removed += gone->len;
    }
  return dure_store_exec (self,
                          "DELETE FROM unknown WHERE NOT EXISTS"
                          " (SELECT 1 FROM kept k WHERE k.id = unknown.id AND k.entity = unknown.entity);"
                          "DELETE FROM kept",
                          error);
}

/* What only newer programs know. */
static gboolean
add_extra (DureStore *self, DureChange *change, const char *extra, GError **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (self, "SELECT key, value FROM json_each (?1)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, extra, -1, SQLITE_STATIC);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    dure_change_add (change, (const char *)sqlite3_column_text (stmt, 0), (const char *)sqlite3_column_text (stmt, 1),
                     NULL);
  sqlite3_reset (stmt);
  return TRUE;
}

static gboolean
write_whole (DureStore *self, DureRecord *old, gint64 row, GError **error)
{
  const DureEntity *entity = dure_record_get_entity (old);
  g_autoptr (DureRecord) record = dure_record_copy (old);
  g_autoptr (DureChange) change = NULL;
  g_autofree char *stamps = NULL;
  char             stamp[DURE_STAMP_LENGTH + 1];

  dure_clock_next (self->clock, stamp);
  change = dure_change_new (stamp, entity->key, dure_record_get_id (old), self->txn_author);
  /* Also what is empty: elsewhere somebody may have kept more of the record than there is here. */
  for (guint f = 0; f < entity->n_fields; f++)
    dure_change_add (change, entity->fields[f].key, dure_record_get (old, f), NULL);
  if (dure_record_get_extra (old) != NULL && !add_extra (self, change, dure_record_get_extra (old), error))
    return FALSE;
  dure_change_add (change, DURE_CHANGE_DELETED, NULL, NULL);
  for (guint i = 0; i < change->fields->len; i++)
    {
      char *next
          = dure_json_map_set (stamps, ((DureChangeField *)g_ptr_array_index (change->fields, i))->key, stamp);

      g_free (stamps);
      stamps = next;
    }
  dure_record_set_stamp (record, stamp);
  dure_record_set_field_stamps (record, stamps);
  return dure_store_put (self, record, old, row, change, error);
}

/**
 * dure_store_send_whole:
 * @self: a store without an open transaction
 * @entity: key of an entity
 * @id: id of a record
 * @latest: (nullable): a stamp that is not smaller than any that others have of the record
 * @error: return location
 *
 * All that stands of the record waits to be sent, as if it were written just now: elsewhere it had ended. One that is
 * deleted here too, or that only the server writes, need not come back.
 *
 * Returns: %TRUE when that was stored
 */
gboolean
dure_store_send_whole (DureStore *self, const char *entity, const char *id, const char *latest, GError **error)
{
  const DureEntity *table = dure_entity_by_key (entity);
  g_autoptr (DureRecord) old = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 row = 0;

  if (table == NULL || table->from_server)
    return TRUE;
  old = dure_store_find (self, table, id, &row, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (old == NULL || dure_record_get_deleted (old))
    return TRUE;
  if (!dure_store_begin_replay (self, NULL, DURE_TXN_PURGE, 0, error))
    return FALSE;
  if (latest != NULL)
    dure_clock_observe (self->clock, latest);
  if (write_whole (self, old, row, error))
    return dure_store_commit (self, error);
  dure_store_rollback (self);
  return FALSE;
}
