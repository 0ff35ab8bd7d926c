/* dure-storage-sqlite-age.c: what a tenant's file loses with time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "base/dure-error.h"
#include "server/dure-storage-sqlite-private.h"

static gboolean
replace_line (DureStorage *storage, const char *tenant, gint64 seq, const char *line, GError **error)
{
  DureDatabase *db = dure_storage_sqlite_tenant (DURE_STORAGE_SQLITE (storage), tenant, error);
  sqlite3_stmt *stmt = db != NULL ? dure_database_prepare (db, "UPDATE change SET line = ? WHERE seq = ?", error) : NULL;

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, line);
  sqlite3_bind_int64 (stmt, 2, seq);
  return dure_database_run (db, stmt, error);
}

static gboolean
move_line (DureStorage *storage, const char *tenant, const char *stamp, gint64 seq, const char *line, GError **error)
{
  DureDatabase *db = dure_storage_sqlite_tenant (DURE_STORAGE_SQLITE (storage), tenant, error);
  sqlite3_stmt *stmt
      = db != NULL ? dure_database_prepare (db, "UPDATE change SET seq = ?, line = ? WHERE stamp = ?", error) : NULL;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, seq);
  dure_database_bind (stmt, 2, line);
  dure_database_bind (stmt, 3, stamp);
  return dure_database_run (db, stmt, error);
}

static gboolean
note_scrub (DureStorage *storage, const char *tenant, GError **error)
{
  DureDatabase *db = dure_storage_sqlite_tenant (DURE_STORAGE_SQLITE (storage), tenant, error);

  return db != NULL && dure_database_exec (db, "INSERT OR REPLACE INTO meta VALUES ('scrub', '1')", error);
}

static gboolean
is_row (DureDatabase *db, const char *sql, int *value, GError **error)
{
  sqlite3_stmt *stmt = dure_database_prepare (db, sql, error);
  gboolean      row = stmt != NULL && dure_database_step (db, stmt, error) == SQLITE_ROW;

  *value = row ? sqlite3_column_int (stmt, 0) : 0;
  if (row)
    sqlite3_reset (stmt);
  return row;
}

/* What was overwritten leaves its bytes in pages of the file and in the log: both are written anew. */
static gboolean
scrub (DureStorage *storage, const char *tenant, GError **error)
{
  DureDatabase *db = dure_storage_sqlite_tenant (DURE_STORAGE_SQLITE (storage), tenant, error);
  g_autoptr (GError) failure = NULL;
  int value;

  if (db == NULL)
    return FALSE;
  if (!is_row (db, "SELECT 1 FROM meta WHERE key = 'scrub'", &value, &failure))
    {
      if (failure == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (dure_database_exec (db, "VACUUM", &failure)
      && is_row (db, "PRAGMA wal_checkpoint (TRUNCATE)", &value, &failure)
      && (value != 0 || dure_database_exec (db, "DELETE FROM meta WHERE key = 'scrub'", &failure)))
    return TRUE;
  if (g_error_matches (failure, DURE_ERROR, DURE_ERROR_BUSY))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static char *
read_meta (DureDatabase *db, const char *key, GError **error)
{
  sqlite3_stmt *stmt = dure_database_prepare (db, "SELECT value FROM meta WHERE key = ?", error);
  char         *value = NULL;

  if (stmt == NULL)
    return NULL;
  dure_database_bind (stmt, 1, key);
  if (dure_database_step (db, stmt, error) == SQLITE_ROW)
    {
      value = g_strdup (dure_database_text (stmt, 0));
      sqlite3_reset (stmt);
    }
  return value;
}

static gboolean
get_age (DureStorage *storage, const char *tenant, gint64 *folded, char **marks, GError **error)
{
  DureDatabase    *db = dure_storage_sqlite_tenant (DURE_STORAGE_SQLITE (storage), tenant, error);
  g_autofree char *number = NULL;
  g_autoptr (GError) failure = NULL;

  *folded = 0;
  *marks = NULL;
  if (db == NULL)
    return FALSE;
  number = read_meta (db, "folded", &failure);
  if (failure == NULL)
    *marks = read_meta (db, "marks", &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (number != NULL)
    *folded = g_ascii_strtoll (number, NULL, 10);
  if (*marks == NULL)
    *marks = g_strdup ("");
  return TRUE;
}

static gboolean
put_meta (DureDatabase *db, const char *key, const char *value, GError **error)
{
  sqlite3_stmt *stmt = dure_database_prepare (db, "INSERT OR REPLACE INTO meta VALUES (?, ?)", error);

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, key);
  dure_database_bind (stmt, 2, value);
  return dure_database_run (db, stmt, error);
}

static gboolean
put_marks (DureStorage *storage, const char *tenant, const char *marks, GError **error)
{
  DureDatabase *db = dure_storage_sqlite_tenant (DURE_STORAGE_SQLITE (storage), tenant, error);

  return db != NULL && put_meta (db, "marks", marks, error);
}

static gboolean
run_with (DureDatabase *db, const char *sql, gint64 number, GError **error)
{
  sqlite3_stmt *stmt = dure_database_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, number);
  return dure_database_run (db, stmt, error);
}

static gboolean
fold (DureStorage *storage, const char *tenant, gint64 up_to, gboolean new_epoch, GError **error)
{
  DureDatabase    *db = dure_storage_sqlite_tenant (DURE_STORAGE_SQLITE (storage), tenant, error);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, up_to);

  return db != NULL
         && run_with (db, "INSERT OR IGNORE INTO folded (stamp) SELECT stamp FROM change WHERE seq <= ?", up_to, error)
         && run_with (db, "DELETE FROM change WHERE seq <= ?", up_to, error) && put_meta (db, "folded", number, error)
         && (!new_epoch
             || dure_database_exec (db, "UPDATE meta SET value = CAST (value + 1 AS TEXT) WHERE key = 'epoch'", error));
}

static gboolean
remove_record (DureStorage *storage, const char *tenant, gint64 number, GError **error)
{
  DureDatabase *db = dure_storage_sqlite_tenant (DURE_STORAGE_SQLITE (storage), tenant, error);

  return db != NULL && run_with (db, "DELETE FROM record WHERE n = ?", number, error);
}

void
dure_storage_sqlite_override_age (DureStorageClass *klass)
{
  klass->replace_line = replace_line;
  klass->move_line = move_line;
  klass->get_age = get_age;
  klass->put_marks = put_marks;
  klass->fold = fold;
  klass->remove_record = remove_record;
  klass->note_scrub = note_scrub;
  klass->scrub = scrub;
}
