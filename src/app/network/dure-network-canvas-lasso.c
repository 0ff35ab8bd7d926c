/* dure-network-canvas-lasso.c: selecting what a line drawn by hand encircles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

/* Corners nearer than this on the screen add nothing. */
#define CORNER 3.0

static DurePoint
corner (const DureNetworkCanvas *self, guint i)
{
  return g_array_index (self->loop, DurePoint, i);
}

/* One more corner of the line, in the canvas. */
void
dure_canvas_lasso_add (DureNetworkCanvas *self, double x, double y)
{
  DurePoint at = { (x - self->view.x) / self->view.zoom, (y - self->view.y) / self->view.zoom };

  if (self->loop == NULL)
    self->loop = g_array_new (FALSE, FALSE, sizeof (DurePoint));
  if (self->loop->len > 0)
    {
      DurePoint last = corner (self, self->loop->len - 1);

      if (hypot (last.x - at.x, last.y - at.y) * self->view.zoom < CORNER)
        return;
    }
  g_array_append_val (self->loop, at);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* By the number of sides that a ray to the right crosses. */
static gboolean
is_inside (const DureNetworkCanvas *self, DurePoint at)
{
  gboolean inside = FALSE;

  for (guint i = 0, last = self->loop->len - 1; i < self->loop->len; last = i++)
    {
      DurePoint a = corner (self, i);
      DurePoint b = corner (self, last);

      if ((a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x)
        inside = !inside;
    }
  return inside;
}

/* Closes the line; @select: and selects who stands inside it. */
void
dure_canvas_lasso_end (DureNetworkCanvas *self, gboolean select)
{
  if (self->loop == NULL)
    return;
  if (select && self->loop->len > 2)
    {
      GtkBitset *nodes = self->press_adds ? gtk_bitset_copy (self->selection) : gtk_bitset_new_empty ();
      DureRect   all = { 0, 0, 0, 0 };

      for (guint i = 0; i < self->loop->len; i++)
        {
          DureRect point = { corner (self, i).x, corner (self, i).y, 0, 0 };

          all = i == 0 ? point : dure_rect_union (&all, &point);
        }
      for (guint v = 0; v < self->network->n_nodes; v++)
        if (dure_canvas_in_area (self->points[v], all, 0) && is_inside (self, self->points[v]))
          gtk_bitset_add (nodes, v);
      dure_canvas_take_selection (self, nodes, self->selected);
    }
  g_clear_pointer (&self->loop, g_array_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dure_canvas_draw_lasso (DureNetworkCanvas *self, const DureCanvasScene *scene, cairo_t *cr)
{
  const double dashes[] = { 5, 4 };

  if (self->loop == NULL || self->loop->len < 2)
    return;
  for (guint i = 0; i < self->loop->len; i++)
    cairo_line_to (cr, corner (self, i).x * scene->view.zoom + scene->view.x,
                   corner (self, i).y * scene->view.zoom + scene->view.y);
  dure_canvas_set_rgba (cr, &scene->colours.accent, 0.12);
  cairo_fill_preserve (cr);
  dure_canvas_set_rgba (cr, &scene->colours.accent, 0.95);
  cairo_set_line_width (cr, 1.6);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  /* The side that closes it. */
  cairo_move_to (cr, corner (self, 0).x * scene->view.zoom + scene->view.x,
                 corner (self, 0).y * scene->view.zoom + scene->view.y);
  cairo_line_to (cr, corner (self, self->loop->len - 1).x * scene->view.zoom + scene->view.x,
                 corner (self, self->loop->len - 1).y * scene->view.zoom + scene->view.y);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}
