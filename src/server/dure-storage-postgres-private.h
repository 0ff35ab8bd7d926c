/* dure-storage-postgres-private.h: what the files of the PostgreSQL back end share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/dure-postgres-watch.h"
#include "server/dure-postgres.h"
#include "server/dure-storage-postgres.h"

G_BEGIN_DECLS

typedef struct _DurePostgresAhead DurePostgresAhead;

struct _DureStoragePostgres
{
  DureStorage parent_instance;

  char              *address;
  DurePostgres      *db;
  GHashTable        *columns;  /* (nullable): table -> its columns, as a PGresult without rows */
  DurePostgresWatch *watch;    /* (nullable) */
  DurePostgresAhead *ahead;    /* (nullable): what the open transaction will ask for */
  gint64             appended; /* the last number that the open transaction wrote, 0 for none */
};

gboolean dure_postgres_ahead_look (DureStoragePostgres *self, const char *tenant, GPtrArray *changes, GError **error);
gboolean dure_postgres_ahead_line (DurePostgresAhead *self, const char *stamp, char **line);
gboolean dure_postgres_ahead_record (
    DurePostgresAhead *self, const char *entity, const char *id, gint64 *number, char **lines);
gboolean dure_postgres_ahead_no_clash (DurePostgresAhead *self, const char *lost_stamp, const char *field);
void     dure_postgres_ahead_appended (DurePostgresAhead *self, const char *stamp, const char *line);
void     dure_postgres_ahead_put (
        DurePostgresAhead *self, const char *entity, const char *id, gint64 number, const char *lines);
void     dure_postgres_ahead_clashed (DurePostgresAhead *self, const char *lost_stamp, const char *field);
void     dure_postgres_ahead_free (DurePostgresAhead *self);

DureRole dure_storage_postgres_role (const PGresult *rows, int row, int column);
void     dure_storage_postgres_override_age (DureStorageClass *klass);
void     dure_storage_postgres_override_changes (DureStorageClass *klass);
void     dure_storage_postgres_override_blobs (DureStorageClass *klass);
void     dure_storage_postgres_override_log (DureStorageClass *klass);
void     dure_storage_postgres_override_move (DureStorageClass *klass);
void     dure_storage_postgres_override_tokens (DureStorageClass *klass);

G_END_DECLS
