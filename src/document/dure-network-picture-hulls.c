/* dure-network-picture-hulls.c: a shape behind each group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The convex hull of the members (Andrew's monotone chain, 1979, O(n log n)), with a thick round edge about it.
 */
#define G_LOG_DOMAIN "dure-document"

#include "config.h"

#include "document/dure-network-picture-private.h"

#include <math.h>
#include <stdlib.h>

#include "document/dure-picture-text.h"

static int
compare_points (const void *left, const void *right)
{
  const DurePoint *a = left;
  const DurePoint *b = right;

  return a->x != b->x ? (a->x < b->x ? -1 : 1) : a->y != b->y ? (a->y < b->y ? -1 : 1) : 0;
}

static double
turn (DurePoint o, DurePoint a, DurePoint b)
{
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

/* Leaves the corners in @hull, which has room for twice as many; returns how many they are. */
static guint
find_hull (DurePoint *points, guint n, DurePoint *hull)
{
  guint k = 0;

  qsort (points, n, sizeof (DurePoint), compare_points);
  for (guint i = 0; i < n; i++)
    {
      while (k >= 2 && turn (hull[k - 2], hull[k - 1], points[i]) <= 0)
        k--;
      hull[k++] = points[i];
    }
  for (guint i = n - 1, lower = k + 1; i > 0; i--)
    {
      while (k >= lower && turn (hull[k - 2], hull[k - 1], points[i - 1]) <= 0)
        k--;
      hull[k++] = points[i - 1];
    }
  return MAX (k - 1, 1);
}

static void
draw_hull (DurePicture *self, const DurePoint *hull, guint n, double edge)
{
  cairo_t *cr = self->cr;

  for (int ring = 0; ring < 2; ring++)
    {
      cairo_new_path (cr);
      for (guint i = 0; i < n; i++)
        cairo_line_to (cr, hull[i].x, hull[i].y);
      cairo_close_path (cr);
      /* The outer one leaves a thin line around the inner one. */
      dure_picture_ink (cr, ring == 0 ? 0.7 : 0.94);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      cairo_set_line_width (cr, 2 * edge + (ring == 0 ? 1.2 : 0));
      cairo_stroke_preserve (cr);
      cairo_fill (cr);
    }
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
}

/* Behind everything else; a group of one has nothing to hold together. @tops is set to where the name of each group
 * belongs; x is NaN for those that are not drawn. */
void
dure_picture_hulls (DurePicture *self, DurePoint *tops)
{
  const DureNetworkPictureOptions *options = self->options;
  const guint                      n = self->network->n_nodes;
  const double                     edge = self->radius * 1.9;
  g_autofree DurePoint            *points = g_new (DurePoint, (gsize)n + 1);
  g_autofree DurePoint            *hull = g_new (DurePoint, 2 * (gsize)n + 2);

  for (guint g = 0; g < options->n_groups; g++)
    tops[g] = (DurePoint){ NAN, NAN };
  if (!options->hulls || options->group == NULL)
    return;
  for (guint g = 0; g < options->n_groups; g++)
    {
      guint n_points = 0;
      guint n_hull;

      for (guint v = 0; v < n; v++)
        if (options->group[v] == g)
          points[n_points++] = self->points[v];
      if (n_points < 2)
        continue;
      n_hull = find_hull (points, n_points, hull);
      draw_hull (self, hull, n_hull, edge);
      tops[g] = hull[0];
      for (guint i = 1; i < n_hull; i++)
        if (hull[i].y < tops[g].y)
          tops[g] = hull[i];
      tops[g].y -= edge;
    }
}
