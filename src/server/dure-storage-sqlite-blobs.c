/* dure-storage-sqlite-blobs.c: one tenant's blobs, in a file of their own so that copies of the changes stay small
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-storage-sqlite-private.h"

#include <string.h>

static const char *const blob_steps[] = {
  "CREATE TABLE blob (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, got INTEGER NOT NULL, at INTEGER NOT NULL,"
  " state BLOB) STRICT, WITHOUT ROWID;"
  "CREATE TABLE piece (n INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, at INTEGER NOT NULL, bytes BLOB NOT NULL,"
  " UNIQUE (sha256, at)) STRICT;",
  NULL,
};

DureDatabase *
dure_storage_sqlite_blobs (DureStorageSqlite *self, const char *tenant, GError **error)
{
  return dure_storage_sqlite_file (self, "blobs-", tenant, blob_steps, error);
}

/* A tenant that never had an attachment has no file, and needs none to be told so. */
gboolean
dure_storage_sqlite_has_blobs (DureStorageSqlite *self, const char *tenant)
{
  g_autofree char *path = g_strdup_printf ("%s/blobs-%s.db", self->directory, tenant);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static sqlite3_stmt *
prepare (DureStorage *storage, const char *tenant, const char *sql, DureDatabase **db, GError **error)
{
  *db = dure_storage_sqlite_blobs (DURE_STORAGE_SQLITE (storage), tenant, error);
  return *db != NULL ? dure_database_prepare (*db, sql, error) : NULL;
}

static void
read_blob (sqlite3_stmt *stmt, DureStoredBlob *blob)
{
  gsize length = (gsize)sqlite3_column_bytes (stmt, 4);

  memset (blob, 0, sizeof *blob);
  blob->size = sqlite3_column_int64 (stmt, 1);
  blob->got = sqlite3_column_int64 (stmt, 2);
  blob->at = sqlite3_column_int64 (stmt, 3);
  if (length > 0 && length <= DURE_BLOB_STATE_MOST)
    {
      memcpy (blob->state, sqlite3_column_blob (stmt, 4), length);
      blob->state_length = length;
    }
}

static gboolean
get_blob (
    DureStorage *storage, const char *tenant, const char *sha256, DureStoredBlob *blob, gboolean *found, GError **error)
{
  DureDatabase *db;
  sqlite3_stmt *stmt
      = prepare (storage, tenant, "SELECT sha256, size, got, at, state FROM blob WHERE sha256 = ?", &db, error);
  int step;

  *found = FALSE;
  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, sha256);
  step = dure_database_step (db, stmt, error);
  if (step == SQLITE_ROW)
    {
      *found = TRUE;
      read_blob (stmt, blob);
      sqlite3_reset (stmt);
    }
  return step == SQLITE_ROW || step == SQLITE_DONE;
}

/* Notes how much there is then; no row is written when something else is there. */
static gboolean
advance (DureDatabase *db, const char *sha256, gint64 at, const DureStoredBlob *blob, gboolean *stored, GError **error)
{
  sqlite3_stmt *stmt = dure_database_prepare (
      db,
      at == 0 ? "INSERT INTO blob (sha256, size, got, at, state) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING"
              : "UPDATE blob SET got = ?3, at = ?4, state = ?5 WHERE sha256 = ?1 AND size = ?2 AND got = ?6",
      error);

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, sha256);
  sqlite3_bind_int64 (stmt, 2, blob->size);
  sqlite3_bind_int64 (stmt, 3, blob->got);
  sqlite3_bind_int64 (stmt, 4, blob->at);
  sqlite3_bind_blob (stmt, 5, blob->state, (int)blob->state_length, SQLITE_STATIC);
  if (at > 0)
    sqlite3_bind_int64 (stmt, 6, at);
  if (!dure_database_run (db, stmt, error))
    return FALSE;
  *stored = dure_database_changes (db) == 1;
  return TRUE;
}

static gboolean
insert_piece (DureDatabase *db, const char *sha256, gint64 at, GBytes *bytes, GError **error)
{
  sqlite3_stmt *stmt
      = dure_database_prepare (db, "INSERT INTO piece (sha256, at, bytes) VALUES (?1, ?2, ?3)", error);

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, sha256);
  sqlite3_bind_int64 (stmt, 2, at);
  sqlite3_bind_blob (stmt, 3, g_bytes_get_data (bytes, NULL), (int)g_bytes_get_size (bytes), SQLITE_STATIC);
  return dure_database_run (db, stmt, error);
}

static gboolean
add_piece (DureStorage          *storage,
           const char           *tenant,
           const char           *sha256,
           gint64                at,
           GBytes               *bytes,
           const DureStoredBlob *blob,
           gboolean             *stored,
           GError              **error)
{
  DureDatabase *db = dure_storage_sqlite_blobs (DURE_STORAGE_SQLITE (storage), tenant, error);

  *stored = FALSE;
  if (db == NULL || !dure_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (advance (db, sha256, at, blob, stored, error) && (!*stored || insert_piece (db, sha256, at, bytes, error))
      && dure_database_exec (db, "COMMIT", error))
    return TRUE;
  dure_database_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
read_piece (DureStorage *storage, const char *tenant, const char *sha256, gint64 at, GString *out, GError **error)
{
  DureDatabase *db;
  sqlite3_stmt *stmt = prepare (storage, tenant,
                                "SELECT at, bytes FROM piece WHERE sha256 = ?1 AND at <= ?2 ORDER BY at DESC LIMIT 1",
                                &db, error);
  int step;

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, sha256);
  sqlite3_bind_int64 (stmt, 2, at);
  step = dure_database_step (db, stmt, error);
  if (step == SQLITE_ROW)
    {
      gint64 skip = at - sqlite3_column_int64 (stmt, 0);
      gint64 length = sqlite3_column_bytes (stmt, 1);

      if (skip < length)
        g_string_append_len (out, (const char *)sqlite3_column_blob (stmt, 1) + skip, (gssize)(length - skip));
      sqlite3_reset (stmt);
    }
  return step == SQLITE_ROW || step == SQLITE_DONE;
}

static gboolean
delete_from (DureDatabase *db, const char *sql, const char *sha256, GError **error)
{
  sqlite3_stmt *stmt = dure_database_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, sha256);
  return dure_database_run (db, stmt, error);
}

static gboolean
remove_blob (DureStorage *storage, const char *tenant, const char *sha256, GError **error)
{
  DureDatabase *db = dure_storage_sqlite_blobs (DURE_STORAGE_SQLITE (storage), tenant, error);

  if (db == NULL || !dure_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (delete_from (db, "DELETE FROM piece WHERE sha256 = ?", sha256, error)
      && delete_from (db, "DELETE FROM blob WHERE sha256 = ?", sha256, error) && dure_database_exec (db, "COMMIT", error))
    return TRUE;
  dure_database_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
list_blobs (DureStorage *storage, const char *tenant, DureBlobFound found, gpointer data, GError **error)
{
  DureDatabase *db;
  sqlite3_stmt *stmt = prepare (storage, tenant, "SELECT sha256, size, got, at, state FROM blob", &db, error);
  int           step;

  if (stmt == NULL)
    return FALSE;
  while ((step = dure_database_step (db, stmt, error)) == SQLITE_ROW)
    {
      DureStoredBlob blob;

      read_blob (stmt, &blob);
      found (dure_database_text (stmt, 0), &blob, data);
    }
  return step == SQLITE_DONE;
}

static gboolean
count_blobs (DureStorage *storage, const char *tenant, gint64 *n, gint64 *bytes, GError **error)
{
  DureDatabase *db;
  sqlite3_stmt *stmt;

  *n = *bytes = 0;
  if (!dure_storage_sqlite_has_blobs (DURE_STORAGE_SQLITE (storage), tenant))
    return TRUE;
  stmt = prepare (storage, tenant, "SELECT count (*), coalesce (sum (size), 0) FROM blob", &db, error);
  if (stmt == NULL || dure_database_step (db, stmt, error) != SQLITE_ROW)
    return FALSE;
  *n = sqlite3_column_int64 (stmt, 0);
  *bytes = sqlite3_column_int64 (stmt, 1);
  sqlite3_reset (stmt);
  return TRUE;
}

static gboolean
read_entity (
    DureStorage *storage, const char *tenant, const char *entity, DureStored stored, gpointer data, GError **error)
{
  DureDatabase *db = dure_storage_sqlite_tenant (DURE_STORAGE_SQLITE (storage), tenant, error);
  sqlite3_stmt *stmt
      = db != NULL ? dure_database_prepare (db, "SELECT n, lines FROM record WHERE entity = ?", error) : NULL;
  int step;

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, entity);
  while ((step = dure_database_step (db, stmt, error)) == SQLITE_ROW)
    {
      const char *lines = dure_database_text (stmt, 1);

      stored (sqlite3_column_int64 (stmt, 0), lines, (gsize)sqlite3_column_bytes (stmt, 1), data);
    }
  return step == SQLITE_DONE;
}

void
dure_storage_sqlite_override_blobs (DureStorageClass *klass)
{
  klass->get_blob = get_blob;
  klass->add_piece = add_piece;
  klass->read_piece = read_piece;
  klass->remove_blob = remove_blob;
  klass->list_blobs = list_blobs;
  klass->count_blobs = count_blobs;
  klass->read_entity = read_entity;
}
