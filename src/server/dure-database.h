/* dure-database.h: one SQLite file of the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _DureDatabase DureDatabase;

DureDatabase *dure_database_open (const char *path, gboolean create, const char *const *steps, GError **error);
void          dure_database_free (DureDatabase *self);
gboolean      dure_database_exec (DureDatabase *self, const char *sql, GError **error);
sqlite3_stmt *dure_database_prepare (DureDatabase *self, const char *sql, GError **error);
int           dure_database_step (DureDatabase *self, sqlite3_stmt *stmt, GError **error);
gboolean      dure_database_run (DureDatabase *self, sqlite3_stmt *stmt, GError **error);
void          dure_database_bind (sqlite3_stmt *stmt, int place, const char *text);
const char   *dure_database_text (sqlite3_stmt *stmt, int column);
int           dure_database_changes (DureDatabase *self);
guint64       dure_database_get_used (DureDatabase *self);
void          dure_database_set_used (DureDatabase *self, guint64 used);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureDatabase, dure_database_free)

G_END_DECLS
