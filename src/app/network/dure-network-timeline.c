/* dure-network-timeline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-timeline-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/network/dure-network-period.h"
#include "base/dure-date.h"

#define TEXT_HEIGHT 16
#define GRIP 6.0

G_DEFINE_FINAL_TYPE (DureNetworkTimeline, dure_network_timeline, GTK_TYPE_WIDGET)

enum
{
  PERIOD_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static int
n_months (DureNetworkTimeline *self)
{
  return self->months != NULL ? (int)self->months->len : 0;
}

static const DureNetworkMonth *
month_at (DureNetworkTimeline *self, int index)
{
  return &g_array_index (self->months, DureNetworkMonth, index);
}

static DureDaySpan
span_of (DureNetworkTimeline *self, DureTimelineRange range)
{
  return (DureDaySpan){ month_at (self, range.first)->first, month_at (self, range.last)->last };
}

double
dure_timeline_month_width (DureNetworkTimeline *self)
{
  return n_months (self) > 0 ? (double)gtk_widget_get_width (GTK_WIDGET (self)) / n_months (self) : 0;
}

static int
month_under (DureNetworkTimeline *self, double x)
{
  double width = dure_timeline_month_width (self);

  return width > 0 ? CLAMP ((int)floor (x / width), 0, n_months (self) - 1) : 0;
}

/* What a screen reader says, and what a tooltip would. */
static void
update_accessible (DureNetworkTimeline *self)
{
  g_autofree char *text = NULL;
  DureDaySpan      span;

  if (n_months (self) == 0)
    return;
  if (self->whole && !self->two)
    text = dure_network_period_text (DURE_NO_DAY, DURE_NO_DAY);
  else
    {
      span = span_of (self, self->ranges[self->active]);
      text = dure_network_period_text (span.from, span.to);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double)(n_months (self) - 1),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double)self->ranges[self->active].last,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
set_range (DureNetworkTimeline *self, int which, int first, int last)
{
  int n = n_months (self);

  if (n == 0)
    return;
  if (first > last)
    {
      int swap = first;

      first = last;
      last = swap;
    }
  self->ranges[which].first = CLAMP (first, 0, n - 1);
  self->ranges[which].last = CLAMP (last, 0, n - 1);
  self->whole = FALSE;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
dure_network_timeline_measure (GtkWidget     *widget,
                               GtkOrientation orientation,
                               int            for_size,
                               int           *minimum,
                               int           *natural,
                               int           *minimum_baseline,
                               int           *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 80;
      *natural = 360;
    }
  else
    {
      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "2025");
      int height;

      pango_layout_get_pixel_size (layout, NULL, &height);
      *minimum = *natural = DURE_TIMELINE_BAR + MAX (TEXT_HEIGHT, height + 1);
    }
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, DureNetworkTimeline *self)
{
  double width = dure_timeline_month_width (self);

  if (width <= 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag_x = x;
  self->drag = DRAG_NEW;
  /* The second period lies on top. */
  for (int r = self->two ? 1 : 0; r >= 0 && self->drag == DRAG_NEW && !self->whole; r--)
    {
      double left = self->ranges[r].first * width;
      double right = (self->ranges[r].last + 1) * width;

      if (x < left - GRIP || x > right + GRIP)
        continue;
      self->active = r;
      self->drag = fabs (x - left) <= GRIP ? DRAG_FIRST : fabs (x - right) <= GRIP ? DRAG_LAST : DRAG_WHOLE;
    }
  if (self->drag == DRAG_NEW)
    set_range (self, self->active, month_under (self, x), month_under (self, x));
  self->drag_begin = self->ranges[self->active];
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, DureNetworkTimeline *self)
{
  double            width = dure_timeline_month_width (self);
  int               by = width > 0 ? (int)lround (dx / width) : 0;
  DureTimelineRange begin = self->drag_begin;

  if (self->drag == DRAG_NONE)
    return;
  if (self->drag == DRAG_FIRST)
    set_range (self, self->active, MIN (begin.first + by, begin.last), begin.last);
  else if (self->drag == DRAG_LAST)
    set_range (self, self->active, begin.first, MAX (begin.last + by, begin.first));
  else if (self->drag == DRAG_WHOLE)
    {
      by = CLAMP (by, -begin.first, n_months (self) - 1 - begin.last);
      set_range (self, self->active, begin.first + by, begin.last + by);
    }
  else
    set_range (self, self->active, begin.first, month_under (self, self->drag_x + dx));
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, DureNetworkTimeline *self)
{
  if (self->drag == DRAG_NONE)
    return;
  self->drag = DRAG_NONE;
  g_signal_emit (self, signals[PERIOD_CHANGED], 0);
}

static gboolean
move_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  DureNetworkTimeline *self = DURE_NETWORK_TIMELINE (widget);
  DureTimelineRange    range = self->ranges[self->active];
  int                  first;
  int                  last;

  if (n_months (self) == 0)
    return FALSE;
  g_variant_get (args, "(ii)", &first, &last);
  if (self->whole)
    range = (DureTimelineRange){ n_months (self) - 1, n_months (self) - 1 };
  else if (first == last)
    {
      int by = CLAMP (first, -range.first, n_months (self) - 1 - range.last);

      range.first += by;
      range.last += by;
    }
  else
    {
      range.first = MIN (range.first + first, range.last);
      range.last = MAX (range.last + last, range.first);
    }
  set_range (self, self->active, range.first, range.last);
  g_signal_emit (self, signals[PERIOD_CHANGED], 0);
  return TRUE;
}

static gboolean
other_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  DureNetworkTimeline *self = DURE_NETWORK_TIMELINE (widget);

  if (!self->two)
    return FALSE;
  self->active = 1 - self->active;
  update_accessible (self);
  return TRUE;
}

static void
dure_network_timeline_finalize (GObject *object)
{
  DureNetworkTimeline *self = DURE_NETWORK_TIMELINE (object);

  g_clear_pointer (&self->months, g_array_unref);
  g_free (self->count);
  G_OBJECT_CLASS (dure_network_timeline_parent_class)->finalize (object);
}

static void
dure_network_timeline_class_init (DureNetworkTimelineClass *class)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    int             first;
    int             last;
  } keys[] = {
    { GDK_KEY_Left, 0, -1, -1 },
    { GDK_KEY_Right, 0, 1, 1 },
    { GDK_KEY_Page_Up, 0, -12, -12 },
    { GDK_KEY_Page_Down, 0, 12, 12 },
    { GDK_KEY_Left, GDK_SHIFT_MASK, 0, -1 },
    { GDK_KEY_Right, GDK_SHIFT_MASK, 0, 1 },
    { GDK_KEY_Left, GDK_CONTROL_MASK, -1, 0 },
    { GDK_KEY_Right, GDK_CONTROL_MASK, 1, 0 },
    { GDK_KEY_Home, 0, -10000, -10000 },
    { GDK_KEY_End, 0, 10000, 10000 },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = dure_network_timeline_finalize;
  widget_class->snapshot = dure_timeline_snapshot;
  widget_class->measure = dure_network_timeline_measure;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].modifiers, move_key_cb, "(ii)", keys[i].first,
                                  keys[i].last);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, other_key_cb, NULL);
  signals[PERIOD_CHANGED] = g_signal_new ("period-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "networktimeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
dure_network_timeline_init (DureNetworkTimeline *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->whole = TRUE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Period on the time line: arrow keys move it, Shift and Ctrl its ends"), -1);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, 0);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/**
 * dure_network_timeline_set_months:
 * @self: a time line
 * @months: (nullable) (element-type DureNetworkMonth): what is on record
 * @layers: bits of the layers to count
 */
void
dure_network_timeline_set_months (DureNetworkTimeline *self, GArray *months, guint layers)
{
  DureDaySpan span = { DURE_NO_DAY, DURE_NO_DAY };
  gboolean    had;

  g_return_if_fail (DURE_IS_NETWORK_TIMELINE (self));

  had = dure_network_timeline_get_period (self, &span);
  g_clear_pointer (&self->months, g_array_unref);
  g_clear_pointer (&self->count, g_free);
  self->most = 0;
  if (months != NULL && months->len > 0)
    {
      self->months = g_array_ref (months);
      self->count = g_new0 (guint, months->len);
    }
  for (int i = 0; i < n_months (self); i++)
    {
      for (guint layer = 0; layer < DURE_N_LAYERS; layer++)
        if ((layers & 1u << layer) != 0)
          self->count[i] += month_at (self, i)->in_layer[layer];
      self->most = MAX (self->most, self->count[i]);
    }
  if (had && !self->two)
    dure_network_timeline_set_period (self, span);
  else
    for (int r = 0; r < 2; r++)
      {
        self->ranges[r].first = CLAMP (self->ranges[r].first, 0, MAX (n_months (self) - 1, 0));
        self->ranges[r].last = CLAMP (self->ranges[r].last, self->ranges[r].first, MAX (n_months (self) - 1, 0));
      }
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * dure_network_timeline_set_period:
 * @self: a time line
 * @span: the days that are shown; open at both ends for what stands today
 *
 * Shows the months that hold them, without `period-changed`.
 */
void
dure_network_timeline_set_period (DureNetworkTimeline *self, DureDaySpan span)
{
  int first = 0;
  int last;

  g_return_if_fail (DURE_IS_NETWORK_TIMELINE (self));

  if (self->two || self->drag != DRAG_NONE)
    return;
  self->whole = span.from == DURE_NO_DAY && span.to == DURE_NO_DAY;
  last = n_months (self) - 1;
  if (!self->whole && last >= 0)
    {
      while (first < last && span.from != DURE_NO_DAY && month_at (self, first)->last < span.from)
        first++;
      while (last > first && span.to != DURE_NO_DAY && month_at (self, last)->first > span.to)
        last--;
      self->ranges[0] = (DureTimelineRange){ first, last };
    }
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * dure_network_timeline_get_period:
 * @self: a time line
 * @span: (out): the days of the period
 *
 * Returns: whether a period is chosen
 */
gboolean
dure_network_timeline_get_period (DureNetworkTimeline *self, DureDaySpan *span)
{
  g_return_val_if_fail (DURE_IS_NETWORK_TIMELINE (self), FALSE);

  if (self->whole || n_months (self) == 0)
    return FALSE;
  *span = span_of (self, self->ranges[0]);
  return TRUE;
}

/**
 * dure_network_timeline_set_two:
 * @self: a time line
 * @two: whether two periods are compared
 *
 * Begins with the twelve months up to today and the twelve before.
 */
void
dure_network_timeline_set_two (DureNetworkTimeline *self, gboolean two)
{
  int n;
  int length;

  g_return_if_fail (DURE_IS_NETWORK_TIMELINE (self));

  if (self->two == two)
    return;
  self->two = two;
  self->active = two ? 1 : 0;
  n = n_months (self);
  while (n > 2 && month_at (self, n - 1)->first > dure_day_today ())
    n--;
  if (two && n > 0)
    {
      length = MAX (1, MIN (12, n / 2));
      self->ranges[1] = (DureTimelineRange){ n - length, n - 1 };
      self->ranges[0] = (DureTimelineRange){ MAX (0, n - 2 * length), MAX (0, n - length - 1) };
    }
  self->whole = !two;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** dure_network_timeline_get_two: whether two periods are compared; if so, @first and @second are set. */
gboolean
dure_network_timeline_get_two (DureNetworkTimeline *self, DureDaySpan *first, DureDaySpan *second)
{
  g_return_val_if_fail (DURE_IS_NETWORK_TIMELINE (self), FALSE);

  if (!self->two || n_months (self) == 0)
    return FALSE;
  *first = span_of (self, self->ranges[0]);
  *second = span_of (self, self->ranges[1]);
  return TRUE;
}

/**
 * dure_network_timeline_move:
 * @self: a time line
 * @months: by how many
 *
 * Moves the period as the keys do.
 *
 * Returns: %FALSE at the end of the line; nothing has moved then
 */
gboolean
dure_network_timeline_move (DureNetworkTimeline *self, int months)
{
  DureTimelineRange range;

  g_return_val_if_fail (DURE_IS_NETWORK_TIMELINE (self), FALSE);

  range = self->ranges[0];
  if (self->whole)
    range = (DureTimelineRange){ 0, 0 };
  else if (range.last + months >= n_months (self) || range.first + months < 0)
    return FALSE;
  else
    range = (DureTimelineRange){ range.first + months, range.last + months };
  set_range (self, 0, range.first, range.last);
  g_signal_emit (self, signals[PERIOD_CHANGED], 0);
  return n_months (self) > 0;
}

/** dure_network_timeline_get_n: how many months there are. */
guint
dure_network_timeline_get_n (DureNetworkTimeline *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_TIMELINE (self), 0);

  return (guint)n_months (self);
}
