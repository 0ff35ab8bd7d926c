/* dure-storage-sqlite-changes.c: one tenant's changes and what stands of its records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A tenant's file holds `change` (every line in the order in which it came; its number is the sequence number),
 * `record` (what stands of each record, as the lines of a snapshot), `clash` (open conflicts by the stamp of the
 * value that lost), and `folded` (the stamps of changes that were folded into the records).
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-storage-sqlite-private.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"

/* Files of tenants that are open at once, and the most that SQLite keeps in memory of each. */
#define MOST_OPEN 64
#define CACHE_KIB "-600"

static const char *const tenant_steps[] = {
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) STRICT, WITHOUT ROWID;"
  "CREATE TABLE change (seq INTEGER PRIMARY KEY, stamp TEXT NOT NULL UNIQUE, line TEXT NOT NULL) STRICT;"
  "CREATE TABLE record (n INTEGER PRIMARY KEY, entity TEXT NOT NULL, id TEXT NOT NULL, lines TEXT NOT NULL,"
  " UNIQUE (id, entity)) STRICT;"
  "CREATE TABLE clash (lost_stamp TEXT NOT NULL, field TEXT NOT NULL, conflict TEXT NOT NULL,"
  " PRIMARY KEY (lost_stamp, field)) STRICT, WITHOUT ROWID;"
  "INSERT INTO meta VALUES ('epoch', '1');",
  "CREATE TABLE folded (stamp TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;",
  NULL,
};

/* The file that was asked for longest ago is closed; it is opened anew when somebody asks. */
static void
close_oldest (DureStorageSqlite *self)
{
  GHashTableIter iter;
  gpointer       name, db;
  gpointer       oldest = NULL;
  guint64        used = G_MAXUINT64;

  g_hash_table_iter_init (&iter, self->tenants);
  while (g_hash_table_iter_next (&iter, &name, &db))
    if (dure_database_get_used (db) < used)
      {
        used = dure_database_get_used (db);
        oldest = name;
      }
  g_hash_table_remove (self->tenants, oldest);
}

/* A file of one tenant: KIND-TENANT.db, opened once. */
DureDatabase *
dure_storage_sqlite_file (
    DureStorageSqlite *self, const char *kind, const char *tenant, const char *const *steps, GError **error)
{
  g_autofree char *name = g_strconcat (kind, tenant, ".db", NULL);
  DureDatabase    *db = g_hash_table_lookup (self->tenants, name);
  g_autofree char *path = NULL;

  if (db != NULL)
    {
      dure_database_set_used (db, ++self->uses);
      return db;
    }
  if (!dure_storage_is_name (tenant))
    {
      g_set_error_literal (
          error, DURE_ERROR, DURE_ERROR_INVALID,
          _ ("The name of a tenant has lower-case letters, digits and hyphens, and begins with a letter."));
      return NULL;
    }
  path = g_build_filename (self->directory, name, NULL);
  if (g_hash_table_size (self->tenants) >= MOST_OPEN)
    close_oldest (self);
  db = dure_database_open (path, TRUE, steps, error);
  if (db == NULL || !dure_database_exec (db, "PRAGMA cache_size = " CACHE_KIB, error))
    {
      dure_database_free (db);
      return NULL;
    }
  dure_database_set_used (db, ++self->uses);
  g_hash_table_insert (self->tenants, g_steal_pointer (&name), db);
  return db;
}

DureDatabase *
dure_storage_sqlite_tenant (DureStorageSqlite *self, const char *tenant, GError **error)
{
  return dure_storage_sqlite_file (self, "tenant-", tenant, tenant_steps, error);
}

static sqlite3_stmt *
prepare (DureStorage *storage, const char *tenant, const char *sql, DureDatabase **db, GError **error)
{
  *db = dure_storage_sqlite_tenant (DURE_STORAGE_SQLITE (storage), tenant, error);
  return *db != NULL ? dure_database_prepare (*db, sql, error) : NULL;
}

static gboolean
exec (DureStorage *storage, const char *tenant, const char *sql, GError **error)
{
  DureDatabase *db = dure_storage_sqlite_tenant (DURE_STORAGE_SQLITE (storage), tenant, error);

  return db != NULL && dure_database_exec (db, sql, error);
}

static gboolean
begin (DureStorage *storage, const char *tenant, GError **error)
{
  return exec (storage, tenant, "BEGIN IMMEDIATE", error);
}

static gboolean
commit (DureStorage *storage, const char *tenant, GError **error)
{
  return exec (storage, tenant, "COMMIT", error);
}

static void
rollback (DureStorage *storage, const char *tenant)
{
  exec (storage, tenant, "ROLLBACK", NULL);
}

static gboolean
last_seq (DureStorage *storage, const char *tenant, gint64 *seq, gint64 *epoch, GError **error)
{
  DureDatabase *db;
  sqlite3_stmt *stmt = prepare (storage, tenant,
                                "SELECT coalesce ((SELECT max (seq) FROM change), 0),"
                                " (SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'epoch')",
                                &db, error);

  if (stmt == NULL || dure_database_step (db, stmt, error) != SQLITE_ROW)
    return FALSE;
  *seq = sqlite3_column_int64 (stmt, 0);
  *epoch = sqlite3_column_int64 (stmt, 1);
  sqlite3_reset (stmt);
  return TRUE;
}

/* One text of the first row, or NULL when there is none. */
static gboolean
first_text (DureDatabase *db, sqlite3_stmt *stmt, char **text, GError **error)
{
  int step = dure_database_step (db, stmt, error);

  *text = NULL;
  if (step == SQLITE_ROW)
    {
      *text = g_strdup (dure_database_text (stmt, 0));
      sqlite3_reset (stmt);
    }
  return step == SQLITE_ROW || step == SQLITE_DONE;
}

static gboolean
last_stamp (DureStorage *storage, const char *tenant, char **stamp, GError **error)
{
  DureDatabase *db;
  sqlite3_stmt *stmt = prepare (storage, tenant, "SELECT max (stamp) FROM (SELECT max (stamp) AS stamp FROM change"
                                " UNION ALL SELECT max (stamp) FROM folded)",
                                &db, error);

  return stmt != NULL && first_text (db, stmt, stamp, error);
}

static gboolean
has_stamp (DureStorage *storage, const char *tenant, const char *stamp, char **line, GError **error)
{
  DureDatabase *db;
  sqlite3_stmt *stmt = prepare (storage, tenant, "SELECT line FROM change WHERE stamp = ?1 UNION ALL SELECT '' FROM folded WHERE stamp = ?1", &db, error);

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, stamp);
  return first_text (db, stmt, line, error);
}

static gboolean
append (DureStorage *storage, const char *tenant, gint64 seq, const char *stamp, const char *line, GError **error)
{
  DureDatabase *db;
  sqlite3_stmt *stmt = prepare (storage, tenant, "INSERT INTO change (seq, stamp, line) VALUES (?, ?, ?)", &db, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, seq);
  dure_database_bind (stmt, 2, stamp);
  dure_database_bind (stmt, 3, line);
  return dure_database_run (db, stmt, error);
}

static gboolean
get_record (DureStorage *storage,
            const char  *tenant,
            const char  *entity,
            const char  *id,
            gint64      *number,
            char       **lines,
            GError     **error)
{
  DureDatabase *db;
  sqlite3_stmt *stmt = prepare (storage, tenant, "SELECT n, lines FROM record WHERE id = ? AND entity = ?", &db, error);
  int           step;

  *number = 0;
  *lines = NULL;
  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, id);
  dure_database_bind (stmt, 2, entity);
  step = dure_database_step (db, stmt, error);
  if (step == SQLITE_ROW)
    {
      *number = sqlite3_column_int64 (stmt, 0);
      *lines = g_strdup (dure_database_text (stmt, 1));
      sqlite3_reset (stmt);
    }
  return step == SQLITE_ROW || step == SQLITE_DONE;
}

static gboolean
put_record (DureStorage *storage,
            const char  *tenant,
            const char  *entity,
            const char  *id,
            gint64       number,
            const char  *lines,
            GError     **error)
{
  DureDatabase *db;
  sqlite3_stmt *stmt;

  if (number != 0)
    stmt = prepare (storage, tenant, "UPDATE record SET lines = ?1 WHERE n = ?2", &db, error);
  else
    stmt = prepare (storage, tenant, "INSERT INTO record (lines, entity, id) VALUES (?1, ?2, ?3)", &db, error);
  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, lines);
  if (number != 0)
    sqlite3_bind_int64 (stmt, 2, number);
  else
    {
      dure_database_bind (stmt, 2, entity);
      dure_database_bind (stmt, 3, id);
    }
  return dure_database_run (db, stmt, error);
}

static gboolean
put_clash (DureStorage *storage,
           const char  *tenant,
           const char  *lost_stamp,
           const char  *field,
           const char  *conflict,
           GError     **error)
{
  DureDatabase *db;
  sqlite3_stmt *stmt = prepare (
      storage, tenant, "INSERT OR REPLACE INTO clash (lost_stamp, field, conflict) VALUES (?, ?, ?)", &db, error);

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, lost_stamp);
  dure_database_bind (stmt, 2, field);
  dure_database_bind (stmt, 3, conflict);
  return dure_database_run (db, stmt, error);
}

static gboolean
take_clash (DureStorage *storage,
            const char  *tenant,
            const char  *lost_stamp,
            const char  *field,
            char       **conflict,
            GError     **error)
{
  DureDatabase *db;
  sqlite3_stmt *stmt
      = prepare (storage, tenant, "SELECT conflict FROM clash WHERE lost_stamp = ? AND field = ?", &db, error);

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, lost_stamp);
  dure_database_bind (stmt, 2, field);
  if (!first_text (db, stmt, conflict, error))
    return FALSE;
  if (*conflict == NULL)
    return TRUE;
  stmt = dure_database_prepare (db, "DELETE FROM clash WHERE lost_stamp = ? AND field = ?", error);
  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, lost_stamp);
  dure_database_bind (stmt, 2, field);
  return dure_database_run (db, stmt, error);
}

/* Rows of number and text after a number. */
static gboolean
read_rows (DureStorage *storage,
           const char  *tenant,
           const char  *sql,
           gint64       after,
           guint        limit,
           DureStored   stored,
           gpointer     data,
           GError     **error)
{
  DureDatabase *db;
  sqlite3_stmt *stmt = prepare (storage, tenant, sql, &db, error);
  int           step;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, after);
  sqlite3_bind_int64 (stmt, 2, limit);
  while ((step = dure_database_step (db, stmt, error)) == SQLITE_ROW)
    {
      const char *lines = dure_database_text (stmt, 1);

      stored (sqlite3_column_int64 (stmt, 0), lines, (gsize)sqlite3_column_bytes (stmt, 1), data);
    }
  return step == SQLITE_DONE;
}

static gboolean
read_changes (DureStorage *storage,
              const char  *tenant,
              gint64       after,
              guint        limit,
              DureStored   stored,
              gpointer     data,
              GError     **error)
{
  return read_rows (storage, tenant, "SELECT seq, line FROM change WHERE seq > ? ORDER BY seq LIMIT ?", after, limit,
                    stored, data, error);
}

static gboolean
read_records (DureStorage *storage,
              const char  *tenant,
              gint64       after,
              guint        limit,
              DureStored   stored,
              gpointer     data,
              GError     **error)
{
  return read_rows (storage, tenant, "SELECT n, lines FROM record WHERE n > ? ORDER BY n LIMIT ?", after, limit, stored,
                    data, error);
}

static gboolean
count_records (DureStorage *storage, const char *tenant, gint64 after, gint64 *count, GError **error)
{
  DureDatabase *db;
  sqlite3_stmt *stmt = prepare (storage, tenant, "SELECT count(*) FROM record WHERE n > ?", &db, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, after);
  if (dure_database_step (db, stmt, error) != SQLITE_ROW)
    return FALSE;
  *count = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return TRUE;
}

void
dure_storage_sqlite_override_changes (DureStorageClass *klass)
{
  klass->begin = begin;
  klass->commit = commit;
  klass->rollback = rollback;
  klass->last_seq = last_seq;
  klass->last_stamp = last_stamp;
  klass->has_stamp = has_stamp;
  klass->append = append;
  klass->get_record = get_record;
  klass->put_record = put_record;
  klass->put_clash = put_clash;
  klass->take_clash = take_clash;
  klass->read_changes = read_changes;
  klass->read_records = read_records;
  klass->count_records = count_records;
}
