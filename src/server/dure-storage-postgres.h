/* dure-storage-postgres.h: tables in PostgreSQL, for several servers at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/dure-storage.h"

G_BEGIN_DECLS

#define DURE_TYPE_STORAGE_POSTGRES (dure_storage_postgres_get_type ())
G_DECLARE_FINAL_TYPE (DureStoragePostgres, dure_storage_postgres, DURE, STORAGE_POSTGRES, DureStorage)

DureStorage *dure_storage_postgres_open (const char *address, GError **error);

G_END_DECLS
