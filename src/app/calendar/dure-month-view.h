/* dure-month-view.h: six weeks of days with their holidays and events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/calendar/dure-calendar-item.h"

G_BEGIN_DECLS

#define DURE_TYPE_MONTH_VIEW (dure_month_view_get_type ())
G_DECLARE_FINAL_TYPE (DureMonthView, dure_month_view, DURE, MONTH_VIEW, GtkWidget)

void       dure_month_view_set_week_start (DureMonthView *self, int weekday);
void       dure_month_view_set_show_lunar (DureMonthView *self, gboolean show);
void       dure_month_view_set_month (DureMonthView *self, int year, int month);
void       dure_month_view_get_month (DureMonthView *self, int *year, int *month);
void       dure_month_view_step (DureMonthView *self, int months);
void       dure_month_view_get_span (DureMonthView *self, int *first_day, int *last_day);
void       dure_month_view_select_day (DureMonthView *self, int day, gboolean focus);
int        dure_month_view_get_selected_day (DureMonthView *self);
void       dure_month_view_set_items (DureMonthView *self, GPtrArray *items);
void       dure_month_view_refresh (DureMonthView *self);
void       dure_month_view_popup (DureMonthView *self, GtkWidget *popover, GtkWidget *at);

G_END_DECLS
