/* dure-postgres-watch.h: hears what other servers store in the same database
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** DurePostgresHeard: @seq is the last number of @tenant, or @sha256 (nullable) the name of a file of it that is whole.
 *  @pid is the process of PostgreSQL that wrote, 0 when that is not known. */
typedef void (*DurePostgresHeard) (const char *tenant, gint64 seq, const char *sha256, int pid, gpointer data);

typedef struct _DurePostgresWatch DurePostgresWatch;

DurePostgresWatch *dure_postgres_watch_new (const char *address, DurePostgresHeard heard, gpointer data);
void               dure_postgres_watch_free (DurePostgresWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DurePostgresWatch, dure_postgres_watch_free)

G_END_DECLS
