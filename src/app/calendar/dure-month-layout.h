/* dure-month-layout.h: which bar of which event stands in which week and lane of a month
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Six weeks of seven days from a first day on. An event gets one span in each week that it touches. Within a week the
 * spans, in the order of dure_calendar_item_compare(), take the first lane that is free on all their days; a lane is
 * thus the same on every day of a span. Cost: O(spans × lanes). Used by DureMonthView; knows no GTK.
 */
#pragma once

#include "app/calendar/dure-calendar-item.h"

G_BEGIN_DECLS

#define DURE_MONTH_WEEKS 6
#define DURE_MONTH_DAYS (DURE_MONTH_WEEKS * 7)

/** DureMonthSpan: @column to @column + @columns − 1 of @week; @begins and @ends tell whether the event does so here. */
typedef struct
{
  guint    item;
  int      week;
  int      column;
  int      columns;
  int      lane;
  gboolean begins;
  gboolean ends;
  gboolean shown; /* set by dure_month_fit() */
} DureMonthSpan;

int     dure_month_first_day (int year, int month, int week_start);
GArray *dure_month_layout (GPtrArray *items, int first_day);
void    dure_month_fit (GArray *spans, int capacity, int hidden[DURE_MONTH_DAYS]);

G_END_DECLS
