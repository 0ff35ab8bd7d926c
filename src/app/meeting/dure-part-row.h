/* dure-part-row.h: one part of an event in its timeline
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: `move` (int from, int to), `minutes` (int), `edit` (), `remove` ().
 */
#pragma once

#include <gtk/gtk.h>

#include "store/dure-store.h"

G_BEGIN_DECLS

#define DURE_TYPE_PART_ROW (dure_part_row_get_type ())
G_DECLARE_FINAL_TYPE (DurePartRow, dure_part_row, DURE, PART_ROW, GtkListBoxRow)

GtkWidget  *dure_part_row_new (DureStore *store, DureRecord *part, int from_minute, int to_minute);
DureRecord *dure_part_row_get_part (DurePartRow *self);
char       *dure_part_row_describe (DurePartRow *self);

G_END_DECLS
