/* dure-network-canvas-input.c: pointer, touch and keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

/* A node with more ties than this is drawn with them by the thread when the pointer is on it. */
#define DRAWN_LIVELY 60

/* The pointer is on one of them, or on nothing. */
void
dure_canvas_set_hovered (DureNetworkCanvas *self, int node, int tie, int cluster)
{
  int emphasised = DURE_NO_NODE;

  if (self->hovered == node && self->hovered_tie == tie && self->hovered_cluster == cluster)
    return;
  self->hovered = node;
  self->hovered_tie = tie;
  self->hovered_cluster = cluster;
  if (node >= 0 && dure_graph_degree (self->network->graph, (guint)node) > DRAWN_LIVELY)
    emphasised = node;
  if (emphasised != self->emphasised)
    {
      self->emphasised = emphasised;
      self->picture_is_old = TRUE;
    }
  if (self->press == DURE_CANVAS_PRESS_NONE)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), node >= 0 || cluster >= 0 ? "pointer"
                                                        : self->lasso             ? "crosshair"
                                                                                  : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dure_canvas_hover_at (DureNetworkCanvas *self, double x, double y)
{
  int node = DURE_NO_NODE;
  int tie = -1;
  int cluster = -1;

  self->pointer_x = x;
  self->pointer_y = y;
  if (self->network == NULL || self->tick != 0 || self->press != DURE_CANVAS_PRESS_NONE || self->lifted != NULL)
    return;
  if (self->picture.clusters != NULL)
    cluster = dure_canvas_pick_cluster (self, x, y);
  else
    node = dure_network_canvas_pick (self, x, y);
  if (node < 0 && self->picture.clusters == NULL)
    tie = dure_canvas_pick_tie (self, x, y);
  dure_canvas_set_hovered (self, node, tie, cluster);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, DureNetworkCanvas *self)
{
  dure_canvas_hover_at (self, x, y);
}

static void
leave_cb (GtkEventControllerMotion *controller, DureNetworkCanvas *self)
{
  dure_canvas_set_hovered (self, DURE_NO_NODE, -1, -1);
}

void
dure_canvas_activate (DureNetworkCanvas *self, int node)
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
  if (n_press == 2 && self->network != NULL && self->picture.clusters == NULL)
    {
      int node = dure_network_canvas_pick (self, x, y);

      if (node >= 0)
        dure_canvas_activate (self, node);
      else
        dure_canvas_zoom_at (self, DURE_CANVAS_ZOOM_STEP * DURE_CANVAS_ZOOM_STEP, x, y, TRUE);
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
      dure_canvas_zoom_at (self, pow (DURE_CANVAS_ZOOM_STEP, wheel ? -dy : -dy / 20), self->pointer_x, self->pointer_y,
                           FALSE);
      return TRUE;
    }
  if ((state & GDK_SHIFT_MASK) != 0 && dx == 0)
    {
      dx = dy;
      dy = 0;
    }
  view.x -= dx * (wheel ? DURE_CANVAS_PAN_STEP : 1);
  view.y -= dy * (wheel ? DURE_CANVAS_PAN_STEP : 1);
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
  GtkGesture         *drag = dure_canvas_add_drag (self);
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkGesture         *pinch = gtk_gesture_zoom_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  gtk_gesture_group (drag, click);
}
