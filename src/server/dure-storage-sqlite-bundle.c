/* dure-storage-sqlite-bundle.c: what bundles need, beside the accounts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-storage-sqlite-private.h"

static gboolean
get_bundle (DureStorage *storage, const char *tenant, const char *device, char **state, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  sqlite3_stmt      *stmt
      = dure_database_prepare (self->accounts, "SELECT state FROM bundle WHERE tenant = ? AND device = ?", error);
  int step;

  *state = NULL;
  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, tenant);
  dure_database_bind (stmt, 2, device);
  step = dure_database_step (self->accounts, stmt, error);
  if (step == SQLITE_ROW)
    {
      *state = g_strdup (dure_database_text (stmt, 0));
      sqlite3_reset (stmt);
    }
  return step == SQLITE_ROW || step == SQLITE_DONE;
}

static gboolean
put_bundle (DureStorage *storage, const char *tenant, const char *device, const char *state, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  sqlite3_stmt      *stmt = dure_database_prepare (self->accounts,
                                                   "INSERT INTO bundle (tenant, device, state) VALUES (?, ?, ?)"
                                                        " ON CONFLICT DO UPDATE SET state = excluded.state",
                                                   error);

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, tenant);
  dure_database_bind (stmt, 2, device);
  dure_database_bind (stmt, 3, state);
  return dure_database_run (self->accounts, stmt, error);
}

void
dure_storage_sqlite_override_bundle (DureStorageClass *klass)
{
  klass->get_bundle = get_bundle;
  klass->put_bundle = put_bundle;
}
