/* dure-network-canvas-pick.c: what is under the pointer, and who stands in a direction
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

#define SLACK 4.0
/* With more ties than this only agencies are found: there is no room between so many lines to point at one. */
#define TIES_MOST 12000

/* Two nodes a square in the mean; O(n). */
static DureCanvasGrid *
grid_new (const DurePoint *points, guint n)
{
  DureCanvasGrid   *self = g_new0 (DureCanvasGrid, 1);
  DureRect          all = { 0, 0, 0, 0 };
  g_autofree guint *square = g_new (guint, (gsize)n + 1);

  for (guint v = 0; v < n; v++)
    {
      DureRect point = { points[v].x, points[v].y, 0, 0 };

      all = v == 0 ? point : dure_rect_union (&all, &point);
    }
  self->x = all.x;
  self->y = all.y;
  self->cell = MAX (1, sqrt (MAX (all.width, 1) * MAX (all.height, 1) * 2 / MAX (n, 1)));
  self->cell = MAX (self->cell, MAX (all.width, all.height) / 4096);
  self->columns = (guint)(all.width / self->cell) + 1;
  self->rows = (guint)(all.height / self->cell) + 1;
  self->first = g_new0 (guint, (gsize)self->columns * self->rows + 2);
  self->nodes = g_new (guint, (gsize)n + 1);
  for (guint v = 0; v < n; v++)
    {
      square[v]
          = (guint)((points[v].y - all.y) / self->cell) * self->columns + (guint)((points[v].x - all.x) / self->cell);
      self->first[square[v] + 2]++;
    }
  for (guint s = 1; s < self->columns * self->rows + 2; s++)
    self->first[s] += self->first[s - 1];
  for (guint v = 0; v < n; v++)
    self->nodes[self->first[square[v] + 1]++] = v;
  return self;
}

void
dure_canvas_grid_free (DureCanvasGrid *self)
{
  if (self == NULL)
    return;
  g_free (self->first);
  g_free (self->nodes);
  g_free (self);
}

static double
radius_of (DureNetworkCanvas *self, guint node)
{
  return dure_canvas_radius (self->view.zoom) * (self->style->size != NULL ? (double)self->style->size[node] : 1);
}

/**
 * dure_network_canvas_pick:
 * @self: a canvas
 * @x: in the canvas
 * @y: in the canvas
 *
 * Returns: the node under the point, or a hair beside it; %DURE_NO_NODE when there is none
 */
int
dure_network_canvas_pick (DureNetworkCanvas *self, double x, double y)
{
  DureCanvasGrid *grid;
  DurePoint       at;
  double          most;
  double          best = SLACK;
  int             found = DURE_NO_NODE;

  g_return_val_if_fail (DURE_IS_NETWORK_CANVAS (self), DURE_NO_NODE);

  if (self->network == NULL || self->network->n_nodes == 0)
    return DURE_NO_NODE;
  if (self->grid == NULL)
    self->grid = grid_new (self->points, self->network->n_nodes);
  grid = self->grid;
  most = (dure_canvas_radius (self->view.zoom) * (self->style->size != NULL ? 2.5 : 1) + SLACK) / self->view.zoom;
  at = (DurePoint){ (x - self->view.x) / self->view.zoom - grid->x, (y - self->view.y) / self->view.zoom - grid->y };
  for (int row = MAX (0, (int)floor ((at.y - most) / grid->cell));
       row <= (int)floor ((at.y + most) / grid->cell) && row < (int)grid->rows; row++)
    for (int column = MAX (0, (int)floor ((at.x - most) / grid->cell));
         column <= (int)floor ((at.x + most) / grid->cell) && column < (int)grid->columns; column++)
      {
        guint square = (guint)row * grid->columns + (guint)column;

        for (guint k = grid->first[square]; k < grid->first[square + 1]; k++)
          {
            guint     v = grid->nodes[k];
            DurePoint middle = dure_canvas_to_screen (self, v);
            double    beyond = hypot (middle.x - x, middle.y - y) - radius_of (self, v);

            if (beyond < best || (beyond == best && (int)v < found))
              {
                best = beyond;
                found = (int)v;
              }
          }
      }
  return found;
}

/* The tie under the point, or a hair beside it. */
int
dure_canvas_pick_tie (DureNetworkCanvas *self, double x, double y)
{
  double best = SLACK;
  int    found = -1;

  if (self->network == NULL || self->network->n_ties > TIES_MOST)
    return -1;
  for (guint t = 0; t < self->network->n_ties; t++)
    {
      DurePoint a = dure_canvas_to_screen (self, self->network->ties[t].from);
      DurePoint b = dure_canvas_to_screen (self, self->network->ties[t].to);
      double    dx = b.x - a.x;
      double    dy = b.y - a.y;
      double    length = dx * dx + dy * dy;
      double    along = length > 0 ? CLAMP (((x - a.x) * dx + (y - a.y) * dy) / length, 0, 1) : 0;
      double    distance = hypot (a.x + along * dx - x, a.y + along * dy - y);

      if (distance < best)
        {
          best = distance;
          found = (int)t;
        }
    }
  return found;
}

/* The disc under the point, in the picture that is shown; -1 for none. */
int
dure_canvas_pick_cluster (DureNetworkCanvas *self, double x, double y)
{
  const GPtrArray *clusters = self->picture.clusters;

  for (guint i = 0; clusters != NULL && i < clusters->len; i++)
    {
      const DureCanvasCluster *cluster = clusters->pdata[i];
      DurePoint                at = dure_canvas_cluster_point (cluster, self->view);

      if (hypot (at.x - x, at.y - y) <= cluster->radius)
        return (int)i;
    }
  return -1;
}

/* The nearest node in the direction (dx, dy) from the selected one, or from the middle of the window. */
int
dure_canvas_pick_towards (DureNetworkCanvas *self, double dx, double dy)
{
  DurePoint from = { gtk_widget_get_width (GTK_WIDGET (self)) / 2.0, gtk_widget_get_height (GTK_WIDGET (self)) / 2.0 };
  double    best = G_MAXDOUBLE;
  int       found = DURE_NO_NODE;

  if (self->network == NULL)
    return DURE_NO_NODE;
  if (self->selected >= 0)
    from = dure_canvas_to_screen (self, (guint)self->selected);
  for (guint v = 0; v < self->network->n_nodes; v++)
    {
      DurePoint at = dure_canvas_to_screen (self, v);
      double    ahead = (at.x - from.x) * dx + (at.y - from.y) * dy;
      double    aside = fabs ((at.x - from.x) * dy - (at.y - from.y) * dx);
      double    far = self->selected >= 0 ? ahead + 2 * aside : hypot (at.x - from.x, at.y - from.y);

      if ((int)v == self->selected || (self->selected >= 0 && (ahead <= 0 || aside > ahead)))
        continue;
      if (far < best)
        {
          best = far;
          found = (int)v;
        }
    }
  return found;
}
