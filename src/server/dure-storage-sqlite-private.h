/* dure-storage-sqlite-private.h: what the files of the SQLite back end share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/dure-database.h"
#include "server/dure-sqlite-log.h"
#include "server/dure-storage-sqlite.h"

G_BEGIN_DECLS

struct _DureStorageSqlite
{
  DureStorage parent_instance;

  char         *directory;
  DureDatabase  *accounts;
  DureSqliteLog *log;     /* in accounts */
  GHashTable    *tenants; /* name of a tenant's file -> DureDatabase */
  guint64        uses;    /* how often one of them was asked for */

  /* A tenant that is being loaded */
  gboolean      load_shared; /* its accounts are under way */
  gboolean      load_blobs;  /* and its blobs */
  gint64        load_created;
};

DureDatabase *dure_storage_sqlite_file (
    DureStorageSqlite *self, const char *kind, const char *tenant, const char *const *steps, GError **error);
DureDatabase *dure_storage_sqlite_tenant (DureStorageSqlite *self, const char *tenant, GError **error);
gboolean      dure_storage_sqlite_has_blobs (DureStorageSqlite *self, const char *tenant);
DureDatabase *dure_storage_sqlite_blobs (DureStorageSqlite *self, const char *tenant, GError **error);
gboolean
dure_storage_sqlite_remove_file (DureStorageSqlite *self, const char *kind, const char *tenant, GError **error);
void          dure_storage_sqlite_override_blobs (DureStorageClass *klass);
void          dure_storage_sqlite_override_changes (DureStorageClass *klass);
void          dure_storage_sqlite_override_age (DureStorageClass *klass);
void          dure_storage_sqlite_override_bundle (DureStorageClass *klass);
void          dure_storage_sqlite_override_tokens (DureStorageClass *klass);
void          dure_storage_sqlite_override_move (DureStorageClass *klass);
void          dure_storage_sqlite_override_backup (DureStorageClass *klass);

G_END_DECLS
