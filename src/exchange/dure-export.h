/* dure-export.h: records as a table that a spreadsheet opens and dure-import.h reads back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

/**
 * DureExportFlags:
 * @DURE_EXPORT_KEYS: headings and choices as keys of the table, links as ids: for scripts; else labels and titles
 * @DURE_EXPORT_CP949: for programs that know no UTF-8
 * @DURE_EXPORT_PLAIN: no mark before the text, lines end in LF
 */
typedef enum
{
  DURE_EXPORT_KEYS = 1 << 0,
  DURE_EXPORT_CP949 = 1 << 1,
  DURE_EXPORT_PLAIN = 1 << 2,
} DureExportFlags;

GBytes *dure_export_csv (
    DureStore *store, const DureQuery *query, DureExportFlags flags, GCancellable *cancellable, GError **error);

G_END_DECLS
