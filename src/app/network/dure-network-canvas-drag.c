/* dure-network-canvas-drag.c: moving nodes by hand, by the pointer or by keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

/* What keys push is stored when they rest, so that one undo takes all of it back. */
#define PUSH_REST_MS 450

/* Takes @nodes out of the picture, to be drawn on top of it until dure_canvas_drop(). */
void
dure_canvas_lift (DureNetworkCanvas *self, GtkBitset *nodes)
{
  GtkBitsetIter iter;
  guint         i = 0;
  guint         v;

  self->lifted = gtk_bitset_copy (nodes);
  self->lifted_from = g_new (DurePoint, gtk_bitset_get_size (nodes) + 1);
  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->lifted, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    self->lifted_from[i++] = self->points[v];
  dure_canvas_invalidate (self);
}

/* To where they were lifted, and so much further; in units of the layout. */
void
dure_canvas_move_lifted (DureNetworkCanvas *self, double dx, double dy)
{
  GtkBitsetIter iter;
  guint         i = 0;
  guint         v;

  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->lifted, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    {
      self->points[v] = (DurePoint){ self->lifted_from[i].x + dx, self->lifted_from[i].y + dy };
      i++;
    }
  g_clear_pointer (&self->grid, dure_canvas_grid_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* @keep: they stay where they are now, placed by hand; else they go back. */
void
dure_canvas_drop (DureNetworkCanvas *self, gboolean keep)
{
  g_autoptr (GtkBitset) nodes = g_steal_pointer (&self->lifted);
  g_autofree DurePoint *from = g_steal_pointer (&self->lifted_from);
  GtkBitsetIter         iter;
  guint                 i = 0;
  guint                 v;

  g_clear_handle_id (&self->push_source, g_source_remove);
  if (nodes == NULL)
    return;
  dure_canvas_clear_lifted (self);
  for (gboolean is = gtk_bitset_iter_init_first (&iter, nodes, &v); is; is = gtk_bitset_iter_next (&iter, &v), i++)
    if (keep)
      self->pinned[v] = TRUE;
    else
      self->points[v] = from[i];
  dure_canvas_points_changed (self);
  if (keep)
    g_signal_emit_by_name (self, "nodes-placed", nodes);
}

static gboolean
pushed_cb (gpointer data)
{
  DureNetworkCanvas *self = data;

  self->push_source = 0;
  dure_canvas_drop (self, TRUE);
  return G_SOURCE_REMOVE;
}

/* Moves those that are selected by so many pixels. */
void
dure_canvas_push (DureNetworkCanvas *self, double dx, double dy)
{
  if (gtk_bitset_is_empty (self->selection) || self->press != DURE_CANVAS_PRESS_NONE)
    return;
  dure_canvas_stop (self);
  if (self->lifted == NULL)
    {
      dure_canvas_lift (self, self->selection);
      self->pushed = (DurePoint){ 0, 0 };
    }
  self->pushed.x += dx / self->view.zoom;
  self->pushed.y += dy / self->view.zoom;
  dure_canvas_move_lifted (self, self->pushed.x, self->pushed.y);
  g_clear_handle_id (&self->push_source, g_source_remove);
  self->push_source = g_timeout_add (PUSH_REST_MS, pushed_cb, self);
}

/* The button goes down at a place in the canvas. */
void
dure_canvas_press (DureNetworkCanvas *self, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  dure_canvas_stop (self);
  dure_canvas_drop (self, TRUE);
  self->press = DURE_CANVAS_PRESS_NONE;
  self->press_view = self->view;
  self->press_at = (DurePoint){ x, y };
  self->press_node = self->picture.clusters == NULL ? dure_network_canvas_pick (self, x, y) : DURE_NO_NODE;
}

/* The button has moved far enough to be a drag. */
static void
decide (DureNetworkCanvas *self, GdkModifierType state)
{
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;
  gboolean control = (state & GDK_CONTROL_MASK) != 0;
  int      node = self->press_node;
  gboolean of_selection = node >= 0 && gtk_bitset_contains (self->selection, (guint)node);

  if (self->lasso ? !of_selection : shift)
    {
      self->press = DURE_CANVAS_PRESS_LASSO;
      self->press_adds = control || (self->lasso && shift);
      dure_canvas_lasso_add (self, self->press_at.x, self->press_at.y);
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
    }
  else if (node >= 0)
    {
      g_autoptr (GtkBitset) one = gtk_bitset_new_range ((guint)node, 1);

      self->press = DURE_CANVAS_PRESS_NODES;
      dure_canvas_lift (self, of_selection ? self->selection : one);
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
    }
  else
    {
      self->press = DURE_CANVAS_PRESS_PAN;
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
    }
  dure_canvas_set_hovered (self, DURE_NO_NODE, -1, -1);
}

/* The button is down, so far from where it went down. */
void
dure_canvas_press_move (DureNetworkCanvas *self, GdkModifierType state, double dx, double dy)
{
  if (self->press == DURE_CANVAS_PRESS_NONE)
    decide (self, state);
  if (self->press == DURE_CANVAS_PRESS_LASSO)
    dure_canvas_lasso_add (self, self->press_at.x + dx, self->press_at.y + dy);
  else if (self->press == DURE_CANVAS_PRESS_NODES && self->lifted != NULL)
    dure_canvas_move_lifted (self, dx / self->view.zoom, dy / self->view.zoom);
  else if (self->press == DURE_CANVAS_PRESS_PAN)
    {
      DureCanvasView view = self->press_view;

      view.x += dx;
      view.y += dy;
      dure_canvas_set_view (self, view, TRUE, FALSE);
    }
}

static void
click (DureNetworkCanvas *self, GdkModifierType state, double x, double y)
{
  int cluster = dure_canvas_pick_cluster (self, x, y);
  int node = self->press_node;
  int tie = node < 0 && self->picture.clusters == NULL ? dure_canvas_pick_tie (self, x, y) : -1;

  if (cluster >= 0)
    dure_canvas_show_rect (self, ((const DureCanvasCluster *)self->picture.clusters->pdata[cluster])->bounds);
  else if (node >= 0 && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    dure_canvas_toggle_selected (self, (guint)node);
  else if (node >= 0)
    dure_canvas_set_selected (self, node);
  else if (tie >= 0)
    {
      GtkBitset *ends = gtk_bitset_new_empty ();

      gtk_bitset_add (ends, self->network->ties[tie].from);
      gtk_bitset_add (ends, self->network->ties[tie].to);
      dure_canvas_take_selection (self, ends, (int)self->network->ties[tie].from);
    }
  else if ((state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
    dure_canvas_set_selected (self, DURE_NO_NODE);
}

/* The button comes up; without a drag that was a click. */
void
dure_canvas_release (DureNetworkCanvas *self, GdkModifierType state)
{
  DureCanvasPress press = self->press;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->lasso ? "crosshair" : NULL);
  self->press = DURE_CANVAS_PRESS_NONE;
  if (press == DURE_CANVAS_PRESS_LASSO)
    dure_canvas_lasso_end (self, TRUE);
  else if (press == DURE_CANVAS_PRESS_NODES)
    dure_canvas_drop (self, TRUE);
  else if (press == DURE_CANVAS_PRESS_NONE)
    click (self, state, self->press_at.x, self->press_at.y);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* As if the button had never been pressed; whether it was. */
gboolean
dure_canvas_cancel_press (DureNetworkCanvas *self)
{
  DureCanvasPress press = self->press;

  if (press == DURE_CANVAS_PRESS_NONE || press == DURE_CANVAS_PRESS_CANCELLED)
    return FALSE;
  self->press = DURE_CANVAS_PRESS_CANCELLED;
  dure_canvas_lasso_end (self, FALSE);
  dure_canvas_drop (self, FALSE);
  if (press == DURE_CANVAS_PRESS_PAN)
    dure_canvas_set_view (self, self->press_view, TRUE, FALSE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

static void
begin_cb (GtkGestureDrag *gesture, double x, double y, DureNetworkCanvas *self)
{
  if (self->network == NULL)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
  else
    dure_canvas_press (self, x, y);
}

static void
update_cb (GtkGestureDrag *gesture, double dx, double dy, DureNetworkCanvas *self)
{
  if (self->network == NULL)
    return;
  if (self->press == DURE_CANVAS_PRESS_NONE)
    {
      if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int)dx, (int)dy))
        return;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    }
  dure_canvas_press_move (self, gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)), dx, dy);
}

static void
end_cb (GtkGestureDrag *gesture, double dx, double dy, DureNetworkCanvas *self)
{
  if (self->network != NULL)
    dure_canvas_release (self, gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)));
}

static void
cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, DureNetworkCanvas *self)
{
  dure_canvas_cancel_press (self);
  self->press = DURE_CANVAS_PRESS_NONE;
}

/* The widget owns the gesture that is returned. */
GtkGesture *
dure_canvas_add_drag (DureNetworkCanvas *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  return drag;
}
