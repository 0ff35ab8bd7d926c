/* dure-storage-sqlite.c: accounts, the access log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-storage-sqlite-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"

G_DEFINE_FINAL_TYPE (DureStorageSqlite, dure_storage_sqlite, DURE_TYPE_STORAGE)

static const char *const account_steps[] = {
  "CREATE TABLE tenant (name TEXT PRIMARY KEY, created INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE account (tenant TEXT NOT NULL REFERENCES tenant (name), user TEXT NOT NULL, hash TEXT NOT NULL,"
  " role TEXT NOT NULL, locked INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (tenant, user)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE device (token TEXT PRIMARY KEY, tenant TEXT NOT NULL, user TEXT NOT NULL, device TEXT NOT NULL,"
  " name TEXT NOT NULL, created INTEGER NOT NULL, revoked INTEGER NOT NULL DEFAULT 0,"
  " FOREIGN KEY (tenant, user) REFERENCES account (tenant, user)) STRICT, WITHOUT ROWID;"
  "CREATE INDEX device_of ON device (tenant, device);"
  "CREATE TABLE log (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, tenant TEXT, user TEXT, device TEXT, remote TEXT,"
  " what TEXT NOT NULL, detail TEXT, hash TEXT NOT NULL) STRICT;"
  "CREATE TRIGGER log_stays BEFORE UPDATE ON log BEGIN SELECT RAISE (ABORT, 'the access log is append-only'); END;"
  "CREATE TRIGGER log_keeps BEFORE DELETE ON log BEGIN SELECT RAISE (ABORT, 'the access log is append-only'); END;",
  "CREATE TABLE bundle (tenant TEXT NOT NULL, device TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (tenant, device))"
  " STRICT, WITHOUT ROWID;",
  /* A token is good for so long from the day on which it was given; those of before are given today. */
  "ALTER TABLE device ADD COLUMN enrolled INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE device ADD COLUMN used INTEGER NOT NULL DEFAULT 0;"
  "UPDATE device SET enrolled = created, used = created;"
  "UPDATE device SET created = CAST (strftime ('%s', 'now') AS INTEGER) * 1000 WHERE revoked = 0;",
  NULL,
};

static gboolean
add_tenant (DureStorage *storage, const char *tenant, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  sqlite3_stmt      *stmt;

  /* The file first: a tenant that is listed has one. */
  if (dure_storage_sqlite_tenant (self, tenant, error) == NULL)
    return FALSE;
  stmt = dure_database_prepare (self->accounts, "INSERT OR IGNORE INTO tenant (name, created) VALUES (?, ?)", error);
  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, tenant);
  sqlite3_bind_int64 (stmt, 2, dure_now_ms ());
  if (!dure_database_run (self->accounts, stmt, error))
    return FALSE;
  if (dure_database_changes (self->accounts) == 1)
    return TRUE;
  dure_set_error (error, DURE_ERROR_EXISTS, _ ("There is a tenant “%s” already."), tenant);
  return FALSE;
}

static gboolean
has_tenant (DureStorage *storage, const char *tenant)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  sqlite3_stmt      *stmt = dure_database_prepare (self->accounts, "SELECT 1 FROM tenant WHERE name = ?", NULL);
  gboolean           there;

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, tenant);
  there = dure_database_step (self->accounts, stmt, NULL) == SQLITE_ROW;
  sqlite3_reset (stmt);
  return there;
}

static gboolean
put_account (DureStorage *storage, const DureAccount *account, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  sqlite3_stmt      *stmt = dure_database_prepare (
           self->accounts,
           "INSERT INTO account (tenant, user, hash, role, locked) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET hash = excluded.hash, role = excluded.role, locked = excluded.locked",
           error);

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, account->tenant);
  dure_database_bind (stmt, 2, account->user);
  dure_database_bind (stmt, 3, account->hash);
  dure_database_bind (stmt, 4, dure_role_key (account->role));
  sqlite3_bind_int (stmt, 5, account->locked);
  return dure_database_run (self->accounts, stmt, error);
}

static DureAccount *
read_account (sqlite3_stmt *stmt)
{
  DureAccount *account = g_new0 (DureAccount, 1);

  account->tenant = g_strdup (dure_database_text (stmt, 0));
  account->user = g_strdup (dure_database_text (stmt, 1));
  account->hash = g_strdup (dure_database_text (stmt, 2));
  /* A role that is not known may do the least. */
  if (!dure_role_from_key (dure_database_text (stmt, 3), &account->role))
    account->role = DURE_ROLE_VIEWER;
  account->locked = sqlite3_column_int (stmt, 4) != 0;
  return account;
}

#define ACCOUNT_COLUMNS "SELECT tenant, user, hash, role, locked FROM account"

static DureAccount *
get_account (DureStorage *storage, const char *tenant, const char *user, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  sqlite3_stmt *stmt = dure_database_prepare (self->accounts, ACCOUNT_COLUMNS " WHERE tenant = ? AND user = ?", error);
  DureAccount  *account;
  int           step;

  if (stmt == NULL)
    return NULL;
  dure_database_bind (stmt, 1, tenant);
  dure_database_bind (stmt, 2, user);
  step = dure_database_step (self->accounts, stmt, error);
  if (step == SQLITE_DONE)
    dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no account “%s” in “%s”."), user, tenant);
  if (step != SQLITE_ROW)
    return NULL;
  account = read_account (stmt);
  sqlite3_reset (stmt);
  return account;
}

static GPtrArray *
list_accounts (DureStorage *storage, const char *tenant, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  sqlite3_stmt *stmt = dure_database_prepare (self->accounts, ACCOUNT_COLUMNS " WHERE tenant = ? ORDER BY user", error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_account_free);
  int step;

  if (stmt == NULL)
    return NULL;
  dure_database_bind (stmt, 1, tenant);
  while ((step = dure_database_step (self->accounts, stmt, error)) == SQLITE_ROW)
    g_ptr_array_add (list, read_account (stmt));
  return step == SQLITE_DONE ? g_steal_pointer (&list) : NULL;
}

static gboolean
append_log (DureStorage *storage, const DureAccess *access, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);

  return dure_sqlite_log_append (self->log, self->accounts, access, error);
}

static gboolean
verify_log (DureStorage *storage, gint64 *n_lines, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  sqlite3_stmt      *stmt = dure_database_prepare (
           self->accounts, "SELECT n, at, tenant, user, device, remote, what, detail, hash FROM log ORDER BY n", error);
  g_autofree char *previous = g_strdup ("");
  gint64           expected = 1;
  int              step;

  if (stmt == NULL)
    return FALSE;
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
      char *hash = dure_access_hash (previous, &access);

      g_free (previous);
      previous = hash;
      if (sqlite3_column_int64 (stmt, 0) != expected || g_strcmp0 (hash, dure_database_text (stmt, 8)) != 0)
        {
          dure_set_error (error, DURE_ERROR_DAMAGED, _ ("The access log was changed at line %u."), (guint)expected);
          sqlite3_reset (stmt);
          return FALSE;
        }
      expected++;
    }
  *n_lines = expected - 1;
  return step == SQLITE_DONE;
}

static void
dure_storage_sqlite_finalize (GObject *object)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (object);

  g_clear_pointer (&self->tenants, g_hash_table_unref);
  g_clear_pointer (&self->accounts, dure_database_free);
  g_clear_pointer (&self->log, dure_sqlite_log_unref);
  g_free (self->directory);
  G_OBJECT_CLASS (dure_storage_sqlite_parent_class)->finalize (object);
}

static void
dure_storage_sqlite_class_init (DureStorageSqliteClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  DureStorageClass *storage_class = DURE_STORAGE_CLASS (klass);

  object_class->finalize = dure_storage_sqlite_finalize;
  storage_class->add_tenant = add_tenant;
  storage_class->has_tenant = has_tenant;
  storage_class->put_account = put_account;
  storage_class->get_account = get_account;
  storage_class->list_accounts = list_accounts;
  storage_class->append_log = append_log;
  storage_class->verify_log = verify_log;
  dure_storage_sqlite_override_age (storage_class);
  dure_storage_sqlite_override_changes (storage_class);
  dure_storage_sqlite_override_backup (storage_class);
  dure_storage_sqlite_override_move (storage_class);
  dure_storage_sqlite_override_bundle (storage_class);
  dure_storage_sqlite_override_blobs (storage_class);
  dure_storage_sqlite_override_tokens (storage_class);
}

static void
dure_storage_sqlite_init (DureStorageSqlite *self)
{
  self->tenants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)dure_database_free);
}

/**
 * dure_storage_sqlite_open:
 * @directory: a directory, made when there is none
 * @error: return location
 *
 * Returns: (transfer full): the storage
 */
DureStorage *
dure_storage_sqlite_open (const char *directory, GError **error)
{
  g_autoptr (DureStorageSqlite) self = g_object_new (DURE_TYPE_STORAGE_SQLITE, NULL);
  g_autofree char *path = g_build_filename (directory, "accounts.db", NULL);

  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      dure_set_error (error, DURE_ERROR_FAILED, _ ("The directory “%s” could not be made: %s."), directory,
                      g_strerror (errno));
      return NULL;
    }
  self->directory = g_strdup (directory);
  self->accounts = dure_database_open (path, TRUE, account_steps, error);
  if (self->accounts == NULL)
    return NULL;
  self->log = dure_sqlite_log_get (path);
  return DURE_STORAGE (g_steal_pointer (&self));
}
