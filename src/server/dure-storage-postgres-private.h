/* dure-storage-postgres-private.h: what the files of the PostgreSQL back end share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/dure-postgres-watch.h"
#include "server/dure-postgres.h"
#include "server/dure-storage-postgres.h"

G_BEGIN_DECLS

struct _DureStoragePostgres
{
  DureStorage parent_instance;

  char              *address;
  DurePostgres      *db;
  GHashTable        *columns;  /* (nullable): table -> its columns, as a PGresult without rows */
  DurePostgresWatch *watch;    /* (nullable) */
  gint64             appended; /* the last number that the open transaction wrote, 0 for none */
};

DureRole dure_storage_postgres_role (const PGresult *rows, int row, int column);
void     dure_storage_postgres_override_age (DureStorageClass *klass);
void     dure_storage_postgres_override_changes (DureStorageClass *klass);
void     dure_storage_postgres_override_blobs (DureStorageClass *klass);
void     dure_storage_postgres_override_log (DureStorageClass *klass);
void     dure_storage_postgres_override_move (DureStorageClass *klass);
void     dure_storage_postgres_override_tokens (DureStorageClass *klass);

G_END_DECLS
