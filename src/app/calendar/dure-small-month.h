/* dure-small-month.h: a month as small as a thumb, to jump to a day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: `picked` (int day), `month-changed` (): other days are shown.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DURE_TYPE_SMALL_MONTH (dure_small_month_get_type ())
G_DECLARE_FINAL_TYPE (DureSmallMonth, dure_small_month, DURE, SMALL_MONTH, GtkWidget)

void       dure_small_month_set_week_start (DureSmallMonth *self, int weekday);
void       dure_small_month_set_month (DureSmallMonth *self, int year, int month);
void       dure_small_month_set_selected (DureSmallMonth *self, int day);
void       dure_small_month_get_span (DureSmallMonth *self, int *first_day, int *last_day);
void       dure_small_month_set_marks (DureSmallMonth *self, GPtrArray *items);

G_END_DECLS
