/* dure-month-view-layout.c: the month view's sizes: days, lanes of bars, «+3» where they do not fit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-calendar"
#include "config.h"

#include "app/calendar/dure-month-view-private.h"

#include <glib/gi18n-lib.h>

#define LANE_GAP 2
#define LANE_HEIGHT_GUESS 22
#define SIDE 2

static void
update_more (DureMonthView *self)
{
  for (int i = 0; i < DURE_MONTH_DAYS; i++)
    {
      gboolean show = self->hidden[i] > 0 && self->capacity > 0;

      if (show)
        {
          g_autofree char *label = g_strdup_printf ("+%d", self->hidden[i]);
          g_autofree char *name =
            g_strdup_printf (ngettext ("%d more event", "%d more events", self->hidden[i]), self->hidden[i]);

          gtk_button_set_label (GTK_BUTTON (self->more[i]), label);
          gtk_widget_set_tooltip_text (self->more[i], name);
        }
      gtk_widget_set_visible (self->more[i], show);
    }
}

static gboolean
update_more_cb (gpointer user_data)
{
  DureMonthView *self = user_data;

  self->more_source = 0;
  update_more (self);
  return G_SOURCE_REMOVE;
}

static int
lane_height (DureMonthView *self)
{
  int natural = LANE_HEIGHT_GUESS;

  if (self->bars->len > 0)
    gtk_widget_measure (g_ptr_array_index (self->bars, 0), GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
heads_height (DureMonthView *self)
{
  int height = 0;

  for (int i = 0; i < 7; i++)
    {
      int natural;

      gtk_widget_measure (self->heads[i], GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
      height = MAX (height, natural);
    }
  return height;
}

static int
cell_head_height (DureMonthView *self)
{
  int height = 0;

  for (int i = 0; i < DURE_MONTH_DAYS; i++)
    height = MAX (height, dure_day_cell_get_head_height (DURE_DAY_CELL (self->cells[i])));
  return height;
}

void
dure_month_view_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  DureMonthView *self = DURE_MONTH_VIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 7 * 56;
      *natural = 7 * 120;
    }
  else
    {
      int row = cell_head_height (self) + lane_height (self) + LANE_GAP * 2;

      *minimum = heads_height (self) + DURE_MONTH_WEEKS * row;
      *natural = heads_height (self) + DURE_MONTH_WEEKS * (row + 2 * (lane_height (self) + LANE_GAP));
    }
}

static void
allocate_at (GtkWidget *child, int x, int y, int width, int height)
{
  int minimum;

  /* A widget must be measured before it is allocated. */
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation) { x, y, MAX (width, minimum), height }, -1);
}

void
dure_month_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DureMonthView *self = DURE_MONTH_VIEW (widget);
  int top = heads_height (self);
  int head = cell_head_height (self);
  int lane = lane_height (self);
  int rows = height - top;
  int capacity = MAX (1, (rows / DURE_MONTH_WEEKS - head - LANE_GAP) / (lane + LANE_GAP));

  if (capacity != self->capacity)
    {
      /* Labels must not change while sizes are being given out. */
      self->capacity = capacity;
      dure_month_fit (self->spans, capacity, self->hidden);
      if (self->more_source == 0)
        self->more_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_more_cb, self, NULL);
    }
  for (int i = 0; i < 7; i++)
    allocate_at (self->heads[i], width * i / 7, 0, width * (i + 1) / 7 - width * i / 7, top);
  for (int i = 0; i < DURE_MONTH_DAYS; i++)
    {
      int x = width * (i % 7) / 7;
      int y = top + rows * (i / 7) / DURE_MONTH_WEEKS;
      int w = width * (i % 7 + 1) / 7 - x;
      int h = top + rows * (i / 7 + 1) / DURE_MONTH_WEEKS - y;

      allocate_at (self->cells[i], x, y, w, h);
      if (gtk_widget_should_layout (self->more[i]))
        allocate_at (self->more[i], x + SIDE, y + head + (capacity - 1) * (lane + LANE_GAP), w - 2 * SIDE, lane);
    }
  for (guint i = 0; i < self->spans->len; i++)
    {
      DureMonthSpan *span = &g_array_index (self->spans, DureMonthSpan, i);
      GtkWidget *bar = g_ptr_array_index (self->bars, i);
      int x = width * span->column / 7 + (span->begins ? SIDE : 0);
      int right = width * (span->column + span->columns) / 7 - (span->ends ? SIDE + 1 : 0);
      int y = top + rows * span->week / DURE_MONTH_WEEKS + head + span->lane * (lane + LANE_GAP);

      gtk_widget_set_child_visible (bar, span->shown);
      if (span->shown)
        allocate_at (bar, x, y, right - x, lane);
    }
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}
