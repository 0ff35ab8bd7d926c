/* dure-tenant-file.h: all that a server keeps of one tenant, as one file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It moves a municipality from one server to another, also between SQLite and PostgreSQL. Version 1 is text, packed with
 * gzip, one JSON object a line:
 *
 *   {"dured-tenant":1,"name":"gwangmyeong"}                      the first line
 *   {"table":"tenant","row":{"created":1764300000000,"epoch":1}} one row of one table; a cell is a number, a text, null,
 *                                                                or bytes as {"base64":"…"}
 *   {"table":"change","row":{"seq":1,"stamp":"…","line":"…"}}    a line of the wire format is in it as a text
 *   {"end":{"lines":3,"sha256":"…"}}                             the last line: how many came before it, and the SHA-256
 *                                                                of all of them with their line feeds
 *
 * Tables come in this order: tenant, change, record, clash, folded, blob, piece, account, device, bundle, each row in the
 * order of its number where it has one. What they hold is what the server keeps: passwords and tokens only as their hashes, but also the
 * server's secret keys for bundles. Numbers and the epoch stay, so that devices go on where they were. A column that is
 * not known is refused, unless it holds nothing (null or 0).
 *
 * The reader takes nothing on trust: lines have an end, objects a depth, tables an order, changes increasing numbers, and
 * a file that broke off or was altered is refused as a whole.
 */
#pragma once

#include "server/dure-storage.h"

G_BEGIN_DECLS

#define DURE_TENANT_FILE_VERSION 1
/* A record may be many changes in one line. */
#define DURE_TENANT_FILE_MAX_LINE (64 * 1024 * 1024)

/** DureTenantFileFunc: one row. Returns: whether to go on; with %FALSE @error is set. */
typedef gboolean (*DureTenantFileFunc) (
    const char *table, const DureCell *cells, guint n_cells, gpointer data, GError **error);

gboolean dure_tenant_file_write (DureStorage *storage, const char *tenant, GOutputStream *to, GError **error);
gboolean dure_tenant_file_read (
    GInputStream *from, const char *tenant, DureTenantFileFunc func, gpointer data, GError **error);
gboolean dure_tenant_file_load (DureStorage *storage, const char *tenant, GInputStream *from, GError **error);

G_END_DECLS
