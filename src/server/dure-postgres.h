/* dure-postgres.h: one connection to PostgreSQL
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

typedef struct _DurePostgres DurePostgres;

/* Room for any number as digits. */
#define DURE_POSTGRES_DIGITS 24

PGconn       *dure_postgres_connect (const char *address, GError **error);
DurePostgres *dure_postgres_open (const char *address, const char *const *steps, GError **error);
void          dure_postgres_free (DurePostgres *self);
int           dure_postgres_get_pid (DurePostgres *self);
PGresult *
dure_postgres_query (DurePostgres *self, const char *sql, const char *const *values, guint n_values, GError **error);
gboolean
dure_postgres_send (DurePostgres *self, const char *sql, const char *const *values, guint n_values, GError **error);
gboolean dure_postgres_run (
    DurePostgres *self, const char *sql, const char *const *values, guint n_values, guint *n_rows, GError **error);
gboolean    dure_postgres_begin (DurePostgres *self, GError **error);
gboolean    dure_postgres_commit (DurePostgres *self, GError **error);
void        dure_postgres_rollback (DurePostgres *self);
gboolean    dure_postgres_is_in_transaction (DurePostgres *self);
const char *dure_postgres_text (const PGresult *result, int row, int column);
gint64      dure_postgres_number (const PGresult *result, int row, int column);
char       *dure_postgres_bytes (gconstpointer bytes, gsize length);
const char *dure_postgres_digits (gint64 number, char digits[DURE_POSTGRES_DIGITS]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DurePostgres, dure_postgres_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

G_END_DECLS
