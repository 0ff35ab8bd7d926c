/* dure-day-cell.h: one day of a month, without its events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DURE_TYPE_DAY_CELL (dure_day_cell_get_type ())
G_DECLARE_FINAL_TYPE (DureDayCell, dure_day_cell, DURE, DAY_CELL, GtkWidget)

GtkWidget *dure_day_cell_new (void);
void       dure_day_cell_set_day (DureDayCell *self, int day, gboolean in_month, gboolean today, const char *lunar);
int        dure_day_cell_get_day (DureDayCell *self);
void       dure_day_cell_set_selected (DureDayCell *self, gboolean selected);
void       dure_day_cell_set_n_events (DureDayCell *self, guint n_events);
int        dure_day_cell_get_head_height (DureDayCell *self);

G_END_DECLS
