/* dure-network-canvas-view.c: panning, zooming, and gliding to new places
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

#define GLIDE_US (220 * 1000)
#define REST_MS 90
#define ZOOM_LEAST 0.05
#define ZOOM_FIT_LEAST 1e-4
#define ZOOM_MOST 4.0
/* How much smaller than the window the network may become. */
#define SMALLER_THAN_FITTED 0.6
/* More nodes than this appear in their new places at once. */
#define GLIDE_UP_TO 3000

gboolean
dure_canvas_is_moving (DureNetworkCanvas *self)
{
  return self->tick != 0;
}

DurePoint
dure_canvas_to_screen (DureNetworkCanvas *self, guint node)
{
  return (DurePoint){ self->points[node].x * self->view.zoom + self->view.x,
                      self->points[node].y * self->view.zoom + self->view.y };
}

/* The picture no longer shows what is; it is drawn anew in the next frame. */
void
dure_canvas_invalidate (DureNetworkCanvas *self)
{
  self->picture_is_old = self->overview_is_old = TRUE;
  g_clear_pointer (&self->flags, g_free);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The nodes stand elsewhere. */
void
dure_canvas_points_changed (DureNetworkCanvas *self)
{
  g_clear_pointer (&self->grid, dure_canvas_grid_free);
  dure_canvas_invalidate (self);
}

static gboolean
rested_cb (gpointer data)
{
  DureNetworkCanvas *self = data;

  self->refresh_source = 0;
  self->picture_is_old = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
refresh_at_rest (DureNetworkCanvas *self)
{
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  self->refresh_source = g_timeout_add (REST_MS, rested_cb, self);
}

static void
arrive (DureNetworkCanvas *self)
{
  self->tick = 0;
  if (self->to_points != NULL)
    {
      g_free (self->points);
      self->points = g_steal_pointer (&self->to_points);
    }
  self->view = self->to_view;
  self->picture_is_old = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->from_points != NULL)
    dure_canvas_points_changed (self);
  g_clear_pointer (&self->from_points, g_free);
}

/* Stops moving; everything is where it was going to. */
void
dure_canvas_stop (DureNetworkCanvas *self)
{
  if (self->tick == 0)
    return;
  gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  arrive (self);
}

static gboolean
move_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);
  double             t = (double)(gdk_frame_clock_get_frame_time (clock) - self->move_begin) / GLIDE_US;
  double             s;

  if (t >= 1)
    {
      arrive (self);
      return G_SOURCE_REMOVE;
    }
  s = 1 - pow (1 - MAX (t, 0), 3);
  /* A large network is drawn by the thread as often as it can: each picture shows where the nodes are just then. */
  if (self->to_points != NULL)
    self->picture_is_old = TRUE;
  for (guint v = 0; self->to_points != NULL && v < self->network->n_nodes; v++)
    {
      self->points[v].x = self->from_points[v].x + (self->to_points[v].x - self->from_points[v].x) * s;
      self->points[v].y = self->from_points[v].y + (self->to_points[v].y - self->from_points[v].y) * s;
    }
  /* The zoom grows by the same factor in the same time, so that it looks even; the rest follows it, so that the point
   * that is zoomed at stays where it is. */
  self->view.zoom = self->from_view.zoom * pow (self->to_view.zoom / self->from_view.zoom, s);
  if (fabs (self->to_view.zoom / self->from_view.zoom - 1) > 1e-3)
    s = (self->view.zoom - self->from_view.zoom) / (self->to_view.zoom - self->from_view.zoom);
  self->view.x = self->from_view.x + (self->to_view.x - self->from_view.x) * s;
  self->view.y = self->from_view.y + (self->to_view.y - self->from_view.y) * s;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

gboolean
dure_canvas_may_move (DureNetworkCanvas *self)
{
  gboolean animations = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animations, NULL);
  return animations && gtk_widget_get_mapped (GTK_WIDGET (self)) && self->network != NULL;
}

/* Whether all nodes may glide to new places, and not only the view. */
gboolean
dure_canvas_may_rearrange (DureNetworkCanvas *self)
{
  return dure_canvas_may_move (self) && self->network->n_nodes <= GLIDE_UP_TO;
}

void
dure_canvas_start_moving (DureNetworkCanvas *self, DureCanvasView view)
{
  self->from_view = self->view;
  self->to_view = view;
  self->move_begin = gdk_frame_clock_get_frame_time (gtk_widget_get_frame_clock (GTK_WIDGET (self)));
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), move_cb, NULL, NULL);
}

/* The view in which all of the network is inside the window. */
DureCanvasView
dure_canvas_fitted_view (DureNetworkCanvas *self, const DurePoint *points)
{
  double   width = gtk_widget_get_width (GTK_WIDGET (self));
  double   height = gtk_widget_get_height (GTK_WIDGET (self));
  double   edge_x = 56;
  double   edge_y = 44;
  DureRect whole;
  double   zoom;

  if (self->network == NULL || self->network->n_nodes == 0 || width < 1 || height < 1)
    return (DureCanvasView){ 1, width / 2, height / 2 };
  whole = (DureRect){ points[0].x, points[0].y, 0, 0 };
  for (guint v = 1; v < self->network->n_nodes; v++)
    {
      DureRect point = { points[v].x, points[v].y, 0, 0 };

      whole = dure_rect_union (&whole, &point);
    }
  zoom = MIN (MAX (width - 2 * edge_x, 60) / MAX (whole.width, 1),
              MAX (height - 2 * edge_y, 60) / MAX (whole.height, 1));
  zoom = CLAMP (zoom, ZOOM_FIT_LEAST, 1.6);
  return (DureCanvasView){ zoom, width / 2 - (whole.x + whole.width / 2) * zoom,
                           height / 2 - (whole.y + whole.height / 2) * zoom };
}

static double
clamp_zoom (DureNetworkCanvas *self, double zoom)
{
  const DurePoint *points = self->to_points != NULL ? self->to_points : self->points;
  double           least = dure_canvas_fitted_view (self, points).zoom * SMALLER_THAN_FITTED;

  return CLAMP (zoom, MIN (ZOOM_LEAST, least), ZOOM_MOST);
}

/* @own: the officer wants it so; a fitted view follows the size of the window. */
void
dure_canvas_set_view (DureNetworkCanvas *self, DureCanvasView view, gboolean own, gboolean glide)
{
  /* Nothing to look at: what comes later is fitted. */
  if (self->network == NULL || self->network->n_nodes == 0)
    return;
  view.zoom = clamp_zoom (self, view.zoom);
  self->view_is_own = own;
  if (glide && dure_canvas_may_move (self))
    {
      dure_canvas_start_moving (self, view);
      return;
    }
  dure_canvas_stop (self);
  if (view.zoom != self->view.zoom)
    refresh_at_rest (self);
  self->view = view;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dure_canvas_zoom_at (DureNetworkCanvas *self, double factor, double x, double y, gboolean glide)
{
  DureCanvasView view = dure_canvas_is_moving (self) ? self->to_view : self->view;
  double         zoom = clamp_zoom (self, view.zoom * factor);

  view.x = x - (x - view.x) * zoom / view.zoom;
  view.y = y - (y - view.y) * zoom / view.zoom;
  view.zoom = zoom;
  dure_canvas_set_view (self, view, TRUE, glide);
}

/* Glides so that @rect, in units of the layout, fills most of the window; and always nearer. */
void
dure_canvas_show_rect (DureNetworkCanvas *self, DureRect rect)
{
  double         width = gtk_widget_get_width (GTK_WIDGET (self));
  double         height = gtk_widget_get_height (GTK_WIDGET (self));
  DureCanvasView view;

  view.zoom = clamp_zoom (self, 0.8 * MIN (width / MAX (rect.width, 1), height / MAX (rect.height, 1)));
  view.zoom = MIN (view.zoom, 1.6);
  view.zoom = clamp_zoom (self, MAX (view.zoom, self->view.zoom * 1.7));
  view.x = width / 2 - (rect.x + rect.width / 2) * view.zoom;
  view.y = height / 2 - (rect.y + rect.height / 2) * view.zoom;
  dure_canvas_set_view (self, view, TRUE, TRUE);
}
