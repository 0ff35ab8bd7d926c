/* dure-network-canvas-input.c: pointer, touch and keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

#include <math.h>

#define PAN_STEP 60.0
#define ZOOM_STEP 1.25
#define DRAG_THRESHOLD 5.0

static void
set_hovered (DureNetworkCanvas *self, int node)
{
  if (self->hovered == node)
    return;
  self->hovered = node;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), node >= 0 ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, DureNetworkCanvas *self)
{
  self->pointer_x = x;
  self->pointer_y = y;
  if (self->tick == 0)
    set_hovered (self, dure_network_canvas_pick (self, x, y));
}

static void
leave_cb (GtkEventControllerMotion *controller, DureNetworkCanvas *self)
{
  set_hovered (self, DURE_NO_NODE);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, DureNetworkCanvas *self)
{
  if (self->network == NULL)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self));
  dure_canvas_stop (self);
  self->press_view = self->view;
  self->moved = FALSE;
  self->hovered = dure_network_canvas_pick (self, x, y);
  if (self->hovered >= 0)
    self->press_point = self->points[self->hovered];
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, DureNetworkCanvas *self)
{
  if (self->network == NULL || (!self->moved && hypot (dx, dy) < DRAG_THRESHOLD))
    return;
  if (!self->moved)
    {
      self->moved = TRUE;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      if (self->hovered >= 0)
        {
          self->dragged = self->hovered;
          dure_canvas_invalidate (self);
        }
      else
        gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
    }
  if (self->dragged >= 0)
    {
      self->points[self->dragged].x = self->press_point.x + dx / self->view.zoom;
      self->points[self->dragged].y = self->press_point.y + dy / self->view.zoom;
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  else
    {
      DureCanvasView view = self->press_view;

      view.x += dx;
      view.y += dy;
      dure_canvas_set_view (self, view, TRUE, FALSE);
    }
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, DureNetworkCanvas *self)
{
  int node = self->dragged;

  if (self->network == NULL)
    return;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
  self->dragged = DURE_NO_NODE;
  if (node >= 0)
    {
      g_autoptr (GtkBitset) placed = gtk_bitset_new_empty ();

      gtk_bitset_add (placed, (guint)node);
      self->pinned[node] = TRUE;
      dure_canvas_invalidate (self);
      g_signal_emit_by_name (self, "nodes-placed", placed);
    }
  else if (!self->moved)
    dure_canvas_set_selected (self, self->hovered);
}

static void
drag_cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, DureNetworkCanvas *self)
{
  if (self->dragged >= 0)
    {
      self->points[self->dragged] = self->press_point;
      self->dragged = DURE_NO_NODE;
      dure_canvas_invalidate (self);
    }
}

static void
activate_node (DureNetworkCanvas *self, int node)
{
  if (node >= 0)
    {
      g_autofree char *id = g_strdup (self->network->nodes[node].id);

      g_signal_emit_by_name (self, "node-activated", id);
    }
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, DureNetworkCanvas *self)
{
  if (n_press == 2)
    {
      int node = dure_network_canvas_pick (self, x, y);

      if (node >= 0)
        activate_node (self, node);
      else if (self->network != NULL)
        dure_canvas_zoom_at (self, ZOOM_STEP * ZOOM_STEP, x, y, TRUE);
    }
}

/* A wheel zooms at the pointer; two fingers on a touchpad move, and zoom with Ctrl held. */
static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, DureNetworkCanvas *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean        wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;
  DureCanvasView  view = self->view;

  if (self->network == NULL)
    return FALSE;
  if ((state & GDK_CONTROL_MASK) != 0 || (wheel && (state & GDK_SHIFT_MASK) == 0 && dx == 0))
    {
      dure_canvas_zoom_at (self, pow (ZOOM_STEP, wheel ? -dy : -dy / 20), self->pointer_x, self->pointer_y, FALSE);
      return TRUE;
    }
  if ((state & GDK_SHIFT_MASK) != 0 && dx == 0)
    {
      dx = dy;
      dy = 0;
    }
  view.x -= dx * (wheel ? PAN_STEP : 1);
  view.y -= dy * (wheel ? PAN_STEP : 1);
  dure_canvas_set_view (self, view, TRUE, FALSE);
  return TRUE;
}

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, DureNetworkCanvas *self)
{
  self->pinch_zoom = self->view.zoom;
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, DureNetworkCanvas *self)
{
  double x;
  double y;

  if (self->network != NULL && self->pinch_zoom > 0
      && gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    dure_canvas_zoom_at (self, self->pinch_zoom * scale / self->view.zoom, x, y, FALSE);
}

/* Each gets what it needs of the window's pointer and fingers; the widget owns them. */
void
dure_canvas_add_input (DureNetworkCanvas *self)
{
  GtkWidget          *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkGesture         *pinch = gtk_gesture_zoom_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  gtk_gesture_group (drag, click);
}

static gboolean
pan_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);
  DureCanvasView     view;
  double             dx;
  double             dy;

  if (self->network == NULL)
    return FALSE;
  g_variant_get (args, "(dd)", &dx, &dy);
  dure_canvas_stop (self);
  view = self->view;
  view.x -= dx * PAN_STEP;
  view.y -= dy * PAN_STEP;
  dure_canvas_set_view (self, view, TRUE, FALSE);
  return TRUE;
}

static gboolean
zoom_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  dure_network_canvas_zoom (DURE_NETWORK_CANVAS (widget), pow (ZOOM_STEP, g_variant_get_double (args)));
  return TRUE;
}

static gboolean
fit_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  dure_network_canvas_fit (DURE_NETWORK_CANVAS (widget));
  return TRUE;
}

static gboolean
steps_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  dure_network_canvas_set_steps (DURE_NETWORK_CANVAS (widget), (guint)g_variant_get_int32 (args));
  return TRUE;
}

static gboolean
escape_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);

  if (self->selected < 0)
    return FALSE;
  dure_canvas_set_selected (self, DURE_NO_NODE);
  return TRUE;
}

static gboolean
enter_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);

  activate_node (self, self->selected);
  return self->selected >= 0;
}

/* N and Shift+N go through the agencies in the order of the list. */
static gboolean
next_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);
  int                n = self->network != NULL ? (int)self->network->n_nodes : 0;
  int                step = g_variant_get_int32 (args);
  int                next;

  if (n == 0)
    return FALSE;
  next = self->selected < 0 ? (step > 0 ? 0 : n - 1) : (self->selected + step + n) % n;
  dure_network_canvas_select (self, self->network->nodes[next].id, TRUE);
  return TRUE;
}

void
dure_canvas_install_keys (GtkWidgetClass *class)
{
  static const struct
  {
    guint  key;
    double dx;
    double dy;
  } arrows[] = { { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Up, 0, -1 }, { GDK_KEY_Down, 0, 1 } };
  static const guint larger[] = { GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add };
  static const guint smaller[] = { GDK_KEY_minus, GDK_KEY_KP_Subtract };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    gtk_widget_class_add_binding (class, arrows[i].key, 0, pan_key_cb, "(dd)", arrows[i].dx, arrows[i].dy);
  for (guint i = 0; i < G_N_ELEMENTS (larger); i++)
    {
      gtk_widget_class_add_binding (class, larger[i], GDK_CONTROL_MASK, zoom_key_cb, "d", 1.0);
      gtk_widget_class_add_binding (class, larger[i], 0, zoom_key_cb, "d", 1.0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (smaller); i++)
    {
      gtk_widget_class_add_binding (class, smaller[i], GDK_CONTROL_MASK, zoom_key_cb, "d", -1.0);
      gtk_widget_class_add_binding (class, smaller[i], 0, zoom_key_cb, "d", -1.0);
    }
  gtk_widget_class_add_binding (class, GDK_KEY_0, 0, fit_key_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_0, GDK_CONTROL_MASK, fit_key_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_KP_0, GDK_CONTROL_MASK, fit_key_cb, NULL);
  for (int i = 1; i <= 3; i++)
    gtk_widget_class_add_binding (class, GDK_KEY_0 + (guint)i, 0, steps_key_cb, "i", i);
  gtk_widget_class_add_binding (class, GDK_KEY_Escape, 0, escape_key_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_Return, 0, enter_key_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_KP_Enter, 0, enter_key_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_n, 0, next_key_cb, "i", 1);
  gtk_widget_class_add_binding (class, GDK_KEY_n, GDK_SHIFT_MASK, next_key_cb, "i", -1);
}
