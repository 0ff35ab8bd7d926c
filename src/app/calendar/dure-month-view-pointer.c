/* dure-month-view-pointer.c: the month view's gestures: select, make, drag over days, drop an event, scroll
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-calendar"
#include "config.h"

#include "app/calendar/dure-month-view-private.h"

#include "base/dure-date.h"

#define SCROLL_STEP 1.0

static gboolean
is_free (DureMonthView *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  for (GtkWidget *widget = picked; widget != NULL && widget != GTK_WIDGET (self);
       widget = gtk_widget_get_parent (widget))
    if (DURE_IS_EVENT_BAR (widget) || GTK_IS_BUTTON (widget) || GTK_IS_POPOVER (widget))
      return FALSE;
  return TRUE;
}

static void
set_days_class (DureMonthView *self, int from, int to, const char *class)
{
  for (int i = 0; i < DURE_MONTH_DAYS; i++)
    {
      int day = self->first_day + i;

      if (from != DURE_NO_DAY && day >= MIN (from, to) && day <= MAX (from, to))
        gtk_widget_add_css_class (self->cells[i], class);
      else
        gtk_widget_remove_css_class (self->cells[i], class);
    }
}

/* In the capture phase, so that it also sees where a bar was taken. */
static void
any_pressed_cb (DureMonthView *self, int n_press, double x, double y)
{
  self->pressed_day = dure_month_view_day_at (self, x, y);
  /* An event that was dragged away has left this gesture waiting for a release. */
  if (self->drag_from == DURE_NO_DAY)
    gtk_event_controller_reset (GTK_EVENT_CONTROLLER (self->drag));
}

static void
pressed_cb (DureMonthView *self, int n_press, double x, double y)
{
  int day = dure_month_view_day_at (self, x, y);

  if (day == DURE_NO_DAY || !is_free (self, x, y))
    return;
  if (n_press == 1)
    dure_month_view_select_day (self, day, TRUE);
  else if (n_press == 2)
    dure_month_view_make (self, day, day);
}

static void
drag_begin_cb (DureMonthView *self, double x, double y, GtkGestureDrag *gesture)
{
  self->drag_from = DURE_NO_DAY;
  if (is_free (self, x, y))
    self->drag_from = self->drag_to = dure_month_view_day_at (self, x, y);
  if (self->drag_from == DURE_NO_DAY)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
}

static void
drag_update_cb (DureMonthView *self, double dx, double dy, GtkGestureDrag *gesture)
{
  double x, y;
  int day;

  if (self->drag_from == DURE_NO_DAY || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  day = dure_month_view_day_at (self, x + dx, y + dy);
  if (day == DURE_NO_DAY || day == self->drag_to)
    return;
  self->drag_to = day;
  set_days_class (self, self->drag_from, self->drag_to, "picked");
}

static void
drag_end_cb (DureMonthView *self)
{
  int from = MIN (self->drag_from, self->drag_to);
  int to = MAX (self->drag_from, self->drag_to);

  set_days_class (self, DURE_NO_DAY, DURE_NO_DAY, "picked");
  if (self->drag_from != DURE_NO_DAY && from < to)
    dure_month_view_make (self, from, to);
  self->drag_from = DURE_NO_DAY;
}

static void
drag_cancel_cb (DureMonthView *self)
{
  set_days_class (self, DURE_NO_DAY, DURE_NO_DAY, "picked");
  self->drag_from = DURE_NO_DAY;
}

static GdkDragAction
drop_motion_cb (DureMonthView *self, double x, double y)
{
  int day = dure_month_view_day_at (self, x, y);

  set_days_class (self, day, day, "drop");
  return day != DURE_NO_DAY ? GDK_ACTION_MOVE : 0;
}

static void
drop_leave_cb (DureMonthView *self)
{
  set_days_class (self, DURE_NO_DAY, DURE_NO_DAY, "drop");
}

static gboolean
drop_cb (DureMonthView *self, const GValue *value, double x, double y)
{
  DureCalendarItem *item = g_value_get_object (value);
  int day = dure_month_view_day_at (self, x, y);
  int from;

  drop_leave_cb (self);
  if (item == NULL || day == DURE_NO_DAY)
    return FALSE;
  from = self->pressed_day;
  if (from < dure_calendar_item_get_first_day (item) || from > dure_calendar_item_get_last_day (item))
    from = dure_calendar_item_get_first_day (item);
  dure_month_view_move (self, item, day - from);
  return TRUE;
}

static gboolean
scroll_cb (DureMonthView *self, double dx, double dy)
{
  self->scrolled += dy;
  if (ABS (self->scrolled) >= SCROLL_STEP)
    {
      dure_month_view_step (self, self->scrolled > 0 ? 1 : -1);
      self->scrolled = 0;
    }
  return TRUE;
}

void
dure_month_view_add_pointer (DureMonthView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *any = gtk_gesture_click_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkDropTarget *drop = gtk_drop_target_new (DURE_TYPE_CALENDAR_ITEM, GDK_ACTION_MOVE);
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);

  self->pressed_day = self->drag_from = self->drag_to = DURE_NO_DAY;

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (any), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (any, "pressed", G_CALLBACK (any_pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (any));

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  self->drag = drag;

  g_signal_connect_swapped (drop, "motion", G_CALLBACK (drop_motion_cb), self);
  g_signal_connect_swapped (drop, "leave", G_CALLBACK (drop_leave_cb), self);
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drop));

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, scroll);
}
