/* dure-storage-sqlite-backup.c: copies of all files while the server runs, and back again; a tenant that goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each copy is of one moment. Accounts come first: a tenant that is listed in the copy has its file in it.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-storage-sqlite-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-error.h"

#define ACCOUNTS "accounts.db"

static gboolean
file_fails (const char *path, int code, GError **error)
{
  dure_set_error (error, DURE_ERROR_FAILED, _ ("“%s” could not be written: %s."), path, g_strerror (code));
  return FALSE;
}

static gboolean
refuse_existing (const char *path, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  dure_set_error (error, DURE_ERROR_EXISTS, _ ("“%s” is there already; nothing is written over."), path);
  return FALSE;
}

static gboolean
copy_database (DureDatabase *db, const char *directory, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  sqlite3_stmt    *stmt;

  if (!refuse_existing (path, error))
    return FALSE;
  stmt = dure_database_prepare (db, "VACUUM INTO ?", error);
  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, path);
  if (!dure_database_run (db, stmt, error))
    return FALSE;
  return g_chmod (path, 0600) == 0 || file_fails (path, errno, error);
}

/* After the changes: what a record in the copy names had come before it, or comes again from the device. */
static gboolean
copy_blobs (DureStorageSqlite *self, const char *tenant, const char *directory, GError **error)
{
  g_autofree char *name = g_strconcat ("blobs-", tenant, ".db", NULL);
  DureDatabase    *db;

  if (!dure_storage_sqlite_has_blobs (self, tenant))
    return TRUE;
  db = dure_storage_sqlite_blobs (self, tenant, error);
  return db != NULL && copy_database (db, directory, name, error);
}

static gboolean
backup (DureStorage *storage, const char *directory, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  g_autoptr (GPtrArray) tenants = NULL;

  if (g_mkdir_with_parents (directory, 0700) != 0)
    return file_fails (directory, errno, error);
  tenants = DURE_STORAGE_GET_CLASS (storage)->list_tenants (storage, error);
  if (tenants == NULL || !copy_database (self->accounts, directory, ACCOUNTS, error))
    return FALSE;
  for (guint i = 0; i < tenants->len; i++)
    {
      const char      *tenant = tenants->pdata[i];
      g_autofree char *name = g_strconcat ("tenant-", tenant, ".db", NULL);
      DureDatabase    *db = dure_storage_sqlite_tenant (self, tenant, error);

      if (db == NULL || !copy_database (db, directory, name, error) || !copy_blobs (self, tenant, directory, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_file (const char *path, GError **error)
{
  sqlite3      *db = NULL;
  sqlite3_stmt *stmt = NULL;
  gboolean      sound = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK
                   && sqlite3_prepare_v2 (db, "PRAGMA integrity_check", -1, &stmt, NULL) == SQLITE_OK
                   && sqlite3_step (stmt) == SQLITE_ROW
                   && g_strcmp0 ((const char *)sqlite3_column_text (stmt, 0), "ok") == 0;

  sqlite3_finalize (stmt);
  sqlite3_close (db);
  if (!sound)
    dure_set_error (error, DURE_ERROR_DAMAGED, _ ("The copy “%s” is damaged; nothing was restored."), path);
  return sound;
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) failure = NULL;

  if (!g_file_copy (source, target, G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &failure))
    {
      dure_set_error (error, DURE_ERROR_FAILED, _ ("“%s” could not be copied: %s."), from, failure->message);
      return FALSE;
    }
  return g_chmod (to, 0600) == 0 || file_fails (to, errno, error);
}

static gboolean
is_of_storage (const char *name)
{
  return strcmp (name, ACCOUNTS) == 0
         || ((g_str_has_prefix (name, "tenant-") || g_str_has_prefix (name, "blobs-")) && g_str_has_suffix (name, ".db"));
}

/**
 * dure_storage_sqlite_restore:
 * @from: directory of a backup
 * @directory: where the server is to keep things; must hold no accounts yet
 * @error: return location
 *
 * Checks every file before the first is copied.
 *
 * Returns: whether all of it is there
 */
gboolean
dure_storage_sqlite_restore (const char *from, const char *directory, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GDir) dir = g_dir_open (from, 0, &failure);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *accounts = g_build_filename (directory, ACCOUNTS, NULL);
  const char      *name;
  gboolean         has_accounts = FALSE;

  if (dir == NULL)
    {
      dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("“%s” cannot be read: %s."), from, failure->message);
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (is_of_storage (name))
      {
        g_autofree char *path = g_build_filename (from, name, NULL);

        if (!check_file (path, error))
          return FALSE;
        has_accounts = has_accounts || strcmp (name, ACCOUNTS) == 0;
        g_ptr_array_add (names, g_strdup (name));
      }
  if (!has_accounts)
    {
      dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("“%s” is no backup of a server."), from);
      return FALSE;
    }
  if (!refuse_existing (accounts, error))
    return FALSE;
  if (g_mkdir_with_parents (directory, 0700) != 0)
    return file_fails (directory, errno, error);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *source = g_build_filename (from, names->pdata[i], NULL);
      g_autofree char *target = g_build_filename (directory, names->pdata[i], NULL);

      if (!refuse_existing (target, error) || !copy_file (source, target, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
list_tenants (DureStorage *storage, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  sqlite3_stmt      *stmt = dure_database_prepare (self->accounts, "SELECT name FROM tenant ORDER BY name", error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  int step;

  if (stmt == NULL)
    return NULL;
  while ((step = dure_database_step (self->accounts, stmt, error)) == SQLITE_ROW)
    g_ptr_array_add (list, g_strdup (dure_database_text (stmt, 0)));
  return step == SQLITE_DONE ? g_steal_pointer (&list) : NULL;
}

static gboolean
forget (DureStorageSqlite *self, const char *sql, const char *tenant, GError **error)
{
  sqlite3_stmt *stmt = dure_database_prepare (self->accounts, sql, error);

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, tenant);
  return dure_database_run (self->accounts, stmt, error);
}

gboolean
dure_storage_sqlite_remove_file (DureStorageSqlite *self, const char *kind, const char *tenant, GError **error)
{
  static const char *const endings[] = { "", "-wal", "-shm" };
  g_autofree char         *name = g_strconcat (kind, tenant, ".db", NULL);
  g_autofree char         *path = g_build_filename (self->directory, name, NULL);

  g_hash_table_remove (self->tenants, name);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      if (g_unlink (file) != 0 && errno != ENOENT)
        return file_fails (file, errno, error);
    }
  return TRUE;
}

/* The accounts go first: from then on nobody reaches the file. What the access log says of the tenant stays. */
static gboolean
remove_tenant (DureStorage *storage, const char *tenant, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);

  if (!dure_database_exec (self->accounts, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!forget (self, "DELETE FROM bundle WHERE tenant = ?", tenant, error)
      || !forget (self, "DELETE FROM device WHERE tenant = ?", tenant, error)
      || !forget (self, "DELETE FROM account WHERE tenant = ?", tenant, error)
      || !forget (self, "DELETE FROM tenant WHERE name = ?", tenant, error)
      || !dure_database_exec (self->accounts, "COMMIT", error))
    {
      dure_database_exec (self->accounts, "ROLLBACK", NULL);
      return FALSE;
    }
  if (!dure_storage_sqlite_remove_file (self, "tenant-", tenant, error) || !dure_storage_sqlite_remove_file (self, "blobs-", tenant, error))
    return FALSE;
  return TRUE;
}

void
dure_storage_sqlite_override_backup (DureStorageClass *klass)
{
  klass->list_tenants = list_tenants;
  klass->remove_tenant = remove_tenant;
  klass->backup = backup;
}
