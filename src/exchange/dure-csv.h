/* dure-csv.h: comma-separated values, read and written as RFC 4180 says, and as spreadsheets really do it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Read: UTF-8 with or without a mark, UTF-16 with a mark, else CP949 (which Korean Excel writes); comma, tab or
 * semicolon, found out from the first row; CRLF, LF or CR; quoted cells may hold all of these. The whole file is in
 * memory once, rows are taken one by one, in time linear in its length.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** DURE_CSV_MAX_BYTES: larger files are refused; 100,000 agencies with all their fields are about 40 MB. */
#define DURE_CSV_MAX_BYTES (512 * 1024 * 1024)

typedef struct _DureCsv DureCsv;

DureCsv    *dure_csv_new (const char *data, gsize length, GError **error);
DureCsv    *dure_csv_open (const char *path, GError **error);
void        dure_csv_free (DureCsv *self);
gboolean    dure_csv_next (DureCsv *self, GPtrArray **row, GError **error);
guint       dure_csv_get_line (DureCsv *self);
guint       dure_csv_get_row (DureCsv *self);
double      dure_csv_get_fraction (DureCsv *self);
char        dure_csv_get_delimiter (DureCsv *self);
const char *dure_csv_get_encoding (DureCsv *self);

#define DURE_CSV_BOM "\xEF\xBB\xBF"

void    dure_csv_append_row (GString *out, const char *const *cells, guint n_cells, const char *line_end);
char   *dure_csv_defuse (const char *text);
char   *dure_csv_undefuse (const char *text);
GBytes *dure_csv_to_cp949 (const char *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureCsv, dure_csv_free)

G_END_DECLS
