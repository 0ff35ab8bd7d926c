/* dure-sqlite-log.h: lines of the access log, several with one wait for the disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/dure-database.h"
#include "server/dure-storage.h"

G_BEGIN_DECLS

typedef struct _DureSqliteLog DureSqliteLog;

DureSqliteLog *dure_sqlite_log_get (const char *path);
gboolean       dure_sqlite_log_append (DureSqliteLog *self, DureDatabase *db, const DureAccess *access, GError **error);
void           dure_sqlite_log_unref (DureSqliteLog *self);

G_END_DECLS
