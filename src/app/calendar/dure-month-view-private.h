/* dure-month-view-private.h: what the month view shares with its pointer handling
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/calendar/dure-day-cell.h"
#include "app/calendar/dure-event-bar.h"
#include "app/calendar/dure-month-layout.h"
#include "app/calendar/dure-month-view.h"

G_BEGIN_DECLS

struct _DureMonthView
{
  GtkWidget parent_instance;

  GtkWidget *heads[7];
  GtkWidget *cells[DURE_MONTH_DAYS];
  GtkWidget *more[DURE_MONTH_DAYS]; /* «+3» */
  GtkWidget *popover;               /* the one that is open */
  GPtrArray *items;
  GArray    *spans;
  GPtrArray *bars; /* borrowed, one for each span */
  int        hidden[DURE_MONTH_DAYS];
  int        capacity; /* lanes that have room in a day */
  int        year;
  int        month;
  int        week_start;
  int        first_day;
  int        selected;
  gboolean   show_lunar;
  guint      more_source;

  /* Pointer */
  GtkGesture *drag;        /* over days; borrowed */
  int         pressed_day; /* where the button went down, also on a bar */
  int         drag_from;   /* DURE_NO_DAY when days are not being dragged over */
  int         drag_to;
  double      scrolled;
};

/* Gives the view its gestures: select, make, drag over days, drop an event, scroll. */
void dure_month_view_add_pointer (DureMonthView *self);
/* Virtual functions of the widget. */
void dure_month_view_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline);
void dure_month_view_size_allocate (GtkWidget *widget, int width, int height, int baseline);
int  dure_month_view_day_at (DureMonthView *self, double x, double y);
void dure_month_view_make (DureMonthView *self, int first_day, int last_day);
void dure_month_view_move (DureMonthView *self, DureCalendarItem *item, int days);

G_END_DECLS
