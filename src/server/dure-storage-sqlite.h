/* dure-storage-sqlite.h: a directory of SQLite files: one for accounts, one a tenant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/dure-storage.h"

G_BEGIN_DECLS

#define DURE_TYPE_STORAGE_SQLITE (dure_storage_sqlite_get_type ())
G_DECLARE_FINAL_TYPE (DureStorageSqlite, dure_storage_sqlite, DURE, STORAGE_SQLITE, DureStorage)

DureStorage *dure_storage_sqlite_open (const char *directory, GError **error);
gboolean     dure_storage_sqlite_restore (const char *from, const char *directory, GError **error);

G_END_DECLS
