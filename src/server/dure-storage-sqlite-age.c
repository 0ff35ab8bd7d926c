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

void
dure_storage_sqlite_override_age (DureStorageClass *klass)
{
  klass->replace_line = replace_line;
  klass->note_scrub = note_scrub;
  klass->scrub = scrub;
}
