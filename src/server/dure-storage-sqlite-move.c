/* dure-storage-sqlite-move.c: one tenant out of the storage as rows, and into it; the access log as it stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-storage-sqlite-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"

#define MOST_CELLS 64

/* Tables of the tenant's own file, of that with its blobs, and those of all tenants. */
static const struct
{
  const char *name;
  const char *select;
} of_tenant[] = {
  { "change", "SELECT * FROM change ORDER BY seq" },
  { "record", "SELECT * FROM record ORDER BY n" },
  { "clash", "SELECT * FROM clash ORDER BY lost_stamp, field" },
  { "folded", "SELECT * FROM folded ORDER BY stamp" },
}, of_blobs[] = {
  { "blob", "SELECT * FROM blob ORDER BY sha256" },
  { "piece", "SELECT sha256, at, bytes FROM piece ORDER BY sha256, at" },
}, of_accounts[] = {
  { "account", "SELECT * FROM account WHERE tenant = ?1 ORDER BY user" },
  { "device", "SELECT * FROM device WHERE tenant = ?1 ORDER BY device, token" },
  { "bundle", "SELECT * FROM bundle WHERE tenant = ?1 ORDER BY device" },
};

/* Here a token that made way for its next has the state 2; in the file that is a column of its own, as in PostgreSQL. */
static guint
split_state (DureCell *cells, guint n)
{
  const char *rotated = "0";

  for (guint i = 0; i < n; i++)
    if (strcmp (cells[i].name, "revoked") == 0 && g_strcmp0 (cells[i].text, "2") == 0)
      {
        cells[i].text = "0";
        rotated = "1";
      }
  cells[n++] = (DureCell){ "rotated", rotated, TRUE, NULL, 0 };
  return n;
}

/* The other way: @copy holds @cells with one state. */
static guint
join_state (DureCell *copy, const DureCell *cells, guint n_cells)
{
  gboolean rotated = FALSE;
  guint    n = 0;

  for (guint i = 0; i < n_cells; i++)
    if (strcmp (cells[i].name, "rotated") == 0)
      rotated = !dure_cell_is_nothing (&cells[i]);
    else
      copy[n++] = cells[i];
  for (guint i = 0; i < n; i++)
    if (rotated && strcmp (copy[i].name, "revoked") == 0 && g_strcmp0 (copy[i].text, "0") == 0)
      copy[i].text = "2";
  return n;
}

static gboolean
dump_rows (
    DureDatabase *db, sqlite3_stmt *stmt, const char *table, DureStorageRow func, gpointer data, GError **error)
{
  int step;

  while ((step = dure_database_step (db, stmt, error)) == SQLITE_ROW)
    {
      DureCell cells[MOST_CELLS];
      guint    n = 0;

      for (int i = 0; i < MIN (sqlite3_column_count (stmt), MOST_CELLS - 1); i++)
        {
          const char *name = sqlite3_column_name (stmt, i);
          int         type = sqlite3_column_type (stmt, i);

          if (type == SQLITE_BLOB && sqlite3_column_bytes (stmt, i) > 0)
            cells[n++] = (DureCell){ name, NULL, FALSE, sqlite3_column_blob (stmt, i),
                                     (gsize)sqlite3_column_bytes (stmt, i) };
          else if (strcmp (name, "tenant") != 0)
            cells[n++] = (DureCell){ name, type == SQLITE_BLOB ? NULL : dure_database_text (stmt, i),
                                     type == SQLITE_INTEGER, NULL, 0 };
        }
      if (strcmp (table, "device") == 0)
        n = split_state (cells, n);
      if (!func (table, cells, n, data, error))
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
    }
  return step == SQLITE_DONE;
}

/* What the tenant's file keeps by key is one row with what the accounts say of it. */
static gboolean
dump_tenant (
    DureStorageSqlite *self, DureDatabase *db, const char *tenant, DureStorageRow func, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  DureCell      cells[MOST_CELLS];
  sqlite3_stmt *stmt = dure_database_prepare (self->accounts, "SELECT created FROM tenant WHERE name = ?", error);
  guint         n = 0;
  int           step;

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, tenant);
  step = dure_database_step (self->accounts, stmt, error);
  if (step == SQLITE_DONE)
    dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no tenant “%s”."), tenant);
  if (step != SQLITE_ROW)
    return FALSE;
  g_ptr_array_add (owned, g_strdup (dure_database_text (stmt, 0)));
  cells[n++] = (DureCell){ "created", owned->pdata[0], TRUE, NULL, 0 };
  sqlite3_reset (stmt);
  stmt = dure_database_prepare (db, 
                                "SELECT key, value FROM meta WHERE key <> 'scrub' UNION ALL SELECT * FROM"
                                " (SELECT 'folded' AS key, '0' AS value UNION ALL SELECT 'marks', '')"
                                " WHERE key NOT IN (SELECT key FROM meta) ORDER BY key", error);
  if (stmt == NULL)
    return FALSE;
  while ((step = dure_database_step (db, stmt, error)) == SQLITE_ROW && n < MOST_CELLS)
    {
      char  *key = g_strdup (dure_database_text (stmt, 0));
      char  *value = g_strdup (dure_database_text (stmt, 1));
      gint64 number;

      g_ptr_array_add (owned, key);
      g_ptr_array_add (owned, value);
      cells[n++] = (DureCell){
        key, value,
        value != NULL && g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL), NULL, 0
      };
    }
  sqlite3_reset (stmt);
  return step == SQLITE_DONE && func ("tenant", cells, n, data, error);
}

static gboolean
dump_all (DureStorageSqlite *self,
          DureDatabase      *db,
          DureDatabase      *blobs,
          const char        *tenant,
          DureStorageRow     func,
          gpointer           data,
          GError           **error)
{
  if (!dump_tenant (self, db, tenant, func, data, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (of_tenant); i++)
    {
      sqlite3_stmt *stmt = dure_database_prepare (db, of_tenant[i].select, error);

      if (stmt == NULL || !dump_rows (db, stmt, of_tenant[i].name, func, data, error))
        return FALSE;
    }
  for (guint i = 0; blobs != NULL && i < G_N_ELEMENTS (of_blobs); i++)
    {
      sqlite3_stmt *stmt = dure_database_prepare (blobs, of_blobs[i].select, error);

      if (stmt == NULL || !dump_rows (blobs, stmt, of_blobs[i].name, func, data, error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (of_accounts); i++)
    {
      sqlite3_stmt *stmt = dure_database_prepare (self->accounts, of_accounts[i].select, error);

      if (stmt == NULL)
        return FALSE;
      dure_database_bind (stmt, 1, tenant);
      if (!dump_rows (self->accounts, stmt, of_accounts[i].name, func, data, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
dump (DureStorage *storage, const char *tenant, DureStorageRow func, gpointer data, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  DureDatabase      *db = dure_storage_sqlite_tenant (self, tenant, error);
  DureDatabase      *blobs = NULL;
  gboolean           done;

  if (db == NULL)
    return FALSE;
  if (dure_storage_sqlite_has_blobs (self, tenant))
    {
      blobs = dure_storage_sqlite_blobs (self, tenant, error);
      if (blobs == NULL)
        return FALSE;
    }
  /* Readers see one moment, and nobody who writes waits. */
  if (!dure_database_exec (self->accounts, "BEGIN", error))
    return FALSE;
  done = dure_database_exec (db, "BEGIN", error) && (blobs == NULL || dure_database_exec (blobs, "BEGIN", error))
         && dump_all (self, db, blobs, tenant, func, data, error);
  if (blobs != NULL)
    dure_database_exec (blobs, "COMMIT", NULL);
  dure_database_exec (db, "COMMIT", NULL);
  dure_database_exec (self->accounts, "COMMIT", NULL);
  return done;
}

static gboolean
load_begin (DureStorage *storage, const char *tenant, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  g_autofree char   *path = g_strdup_printf ("%s/tenant-%s.db", self->directory, tenant);
  DureDatabase      *db;

  if (g_file_test (path, G_FILE_TEST_EXISTS) || dure_storage_sqlite_has_blobs (self, tenant))
    {
      dure_set_error (error, DURE_ERROR_EXISTS, _ ("“%s” is there already; nothing is written over."), path);
      return FALSE;
    }
  self->load_shared = FALSE;
  self->load_blobs = FALSE;
  self->load_created = dure_now_ms ();
  db = dure_storage_sqlite_tenant (self, tenant, error);
  return db != NULL && dure_database_exec (db, "BEGIN IMMEDIATE", error);
}

/* The accounts are locked at the end only: a server may be running. */
static gboolean
begin_shared (DureStorageSqlite *self, const char *tenant, GError **error)
{
  sqlite3_stmt *stmt;

  if (self->load_shared)
    return TRUE;
  if (!dure_database_exec (self->accounts, "BEGIN IMMEDIATE", error))
    return FALSE;
  self->load_shared = TRUE;
  stmt = dure_database_prepare (self->accounts, "INSERT INTO tenant (name, created) VALUES (?, ?)", error);
  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, tenant);
  sqlite3_bind_int64 (stmt, 2, self->load_created);
  return dure_database_run (self->accounts, stmt, error);
}

static gboolean
load_tenant (
    DureStorageSqlite *self, DureDatabase *db, const DureCell *cells, guint n_cells, GError **error)
{
  for (guint i = 0; i < n_cells; i++)
    {
      sqlite3_stmt *stmt;

      if (strcmp (cells[i].name, "created") == 0 && cells[i].is_number)
        {
          self->load_created = g_ascii_strtoll (cells[i].text, NULL, 10);
          continue;
        }
      stmt = dure_database_prepare (db, "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", error);
      if (stmt == NULL)
        return FALSE;
      dure_database_bind (stmt, 1, cells[i].name);
      dure_database_bind (stmt, 2, cells[i].text);
      if (!dure_database_run (db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_column (sqlite3_stmt *all, const char *name)
{
  for (int i = 0; i < sqlite3_column_count (all); i++)
    if (strcmp (sqlite3_column_name (all, i), name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
insert (DureDatabase   *db,
        const char     *tenant,
        const char     *table,
        const char     *select,
        const DureCell *cells,
        guint           n_cells,
        GError        **error)
{
  sqlite3_stmt    *all = dure_database_prepare (db, select, error);
  g_autoptr (GString) sql = g_string_new (NULL);
  gboolean         shared = all != NULL && has_column (all, "tenant");
  sqlite3_stmt    *stmt;
  int              place = 0;

  if (all == NULL)
    return FALSE;
  g_string_printf (sql, "INSERT INTO \"%s\" (%s", table, shared ? "tenant" : "");
  for (guint i = 0; i < n_cells; i++)
    if (strcmp (cells[i].name, "tenant") != 0 && has_column (all, cells[i].name))
      g_string_append_printf (sql, "%s\"%s\"", shared || place++ > 0 ? ", " : "", cells[i].name);
    else if (!dure_cell_is_nothing (&cells[i]))
      return dure_cell_refuse (table, &cells[i], error);
  g_string_append (sql, shared ? ") VALUES (?" : ") VALUES (");
  place = shared;
  for (guint i = 0; i < n_cells; i++)
    if (has_column (all, cells[i].name))
      g_string_append (sql, place++ > 0 ? ", ?" : "?");
  g_string_append_c (sql, ')');
  stmt = dure_database_prepare (db, g_intern_string (sql->str), error);
  if (stmt == NULL)
    return FALSE;
  place = 0;
  if (shared)
    dure_database_bind (stmt, ++place, tenant);
  for (guint i = 0; i < n_cells; i++)
    {
      if (!has_column (all, cells[i].name))
        continue;
      if (cells[i].is_number)
        sqlite3_bind_int64 (stmt, ++place, g_ascii_strtoll (cells[i].text, NULL, 10));
      else if (cells[i].bytes != NULL)
        sqlite3_bind_blob64 (stmt, ++place, cells[i].bytes, cells[i].n_bytes, SQLITE_STATIC);
      else
        dure_database_bind (stmt, ++place, cells[i].text);
    }
  return dure_database_run (db, stmt, error);
}

static DureDatabase *
begin_blobs (DureStorageSqlite *self, const char *tenant, GError **error)
{
  DureDatabase *blobs = dure_storage_sqlite_blobs (self, tenant, error);

  if (blobs == NULL || (!self->load_blobs && !dure_database_exec (blobs, "BEGIN IMMEDIATE", error)))
    return NULL;
  self->load_blobs = TRUE;
  return blobs;
}

static gboolean
load_row (
    DureStorage *storage, const char *tenant, const char *table, const DureCell *cells, guint n_cells, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  DureDatabase      *db = dure_storage_sqlite_tenant (self, tenant, error);

  if (db == NULL)
    return FALSE;
  if (strcmp (table, "tenant") == 0)
    return load_tenant (self, db, cells, n_cells, error);
  for (guint i = 0; i < G_N_ELEMENTS (of_tenant); i++)
    if (strcmp (table, of_tenant[i].name) == 0)
      return insert (db, tenant, table, of_tenant[i].select, cells, n_cells, error);
  for (guint i = 0; i < G_N_ELEMENTS (of_blobs); i++)
    if (strcmp (table, of_blobs[i].name) == 0)
      {
        db = begin_blobs (self, tenant, error);
        return db != NULL && insert (db, tenant, table, of_blobs[i].select, cells, n_cells, error);
      }
  for (guint i = 0; i < G_N_ELEMENTS (of_accounts); i++)
    if (strcmp (table, of_accounts[i].name) == 0)
      {
        DureCell copy[MOST_CELLS];
        guint    n = join_state (copy, cells, MIN (n_cells, MOST_CELLS));

        return begin_shared (self, tenant, error)
               && insert (self->accounts, tenant, table, of_accounts[i].select, copy, n, error);
      }
  dure_set_error (error, DURE_ERROR_NEWER, _ ("The file was made by a newer program."));
  return FALSE;
}

static gboolean
load_end (DureStorage *storage, const char *tenant, gboolean keep, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  DureDatabase      *db = dure_storage_sqlite_tenant (self, tenant, error);
  DureDatabase      *blobs = self->load_blobs ? dure_storage_sqlite_blobs (self, tenant, error) : NULL;

  /* The files first: a tenant that is listed has them. */
  if (keep && db != NULL && begin_shared (self, tenant, error) && dure_database_exec (db, "COMMIT", error)
      && (blobs == NULL || dure_database_exec (blobs, "COMMIT", error))
      && dure_database_exec (self->accounts, "COMMIT", error))
    return TRUE;
  if (self->load_shared)
    dure_database_exec (self->accounts, "ROLLBACK", NULL);
  dure_storage_sqlite_remove_file (self, "tenant-", tenant, NULL);
  dure_storage_sqlite_remove_file (self, "blobs-", tenant, NULL);
  return FALSE;
}

static gboolean
read_log (DureStorage *storage, gint64 after, guint limit, DureLogged logged, gpointer data, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  sqlite3_stmt      *stmt = dure_database_prepare (
           self->accounts,
           "SELECT n, at, tenant, user, device, remote, what, detail, hash FROM log WHERE n > ? ORDER BY n LIMIT ?", error);
  int step;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, after);
  sqlite3_bind_int64 (stmt, 2, limit);
  while ((step = dure_database_step (self->accounts, stmt, error)) == SQLITE_ROW)
    {
      const DureAccess access = {
        .at = sqlite3_column_int64 (stmt, 1),
        .tenant = dure_database_text (stmt, 2),
        .user = dure_database_text (stmt, 3),
        .device = dure_database_text (stmt, 4),
        .remote = dure_database_text (stmt, 5),
        .what = dure_database_text (stmt, 6),
        .detail = dure_database_text (stmt, 7),
      };

      logged (sqlite3_column_int64 (stmt, 0), &access, dure_database_text (stmt, 8), data);
    }
  return step == SQLITE_DONE;
}

void
dure_storage_sqlite_override_move (DureStorageClass *klass)
{
  klass->dump = dump;
  klass->load_begin = load_begin;
  klass->load_row = load_row;
  klass->load_end = load_end;
  klass->read_log = read_log;
}
