/* dure-paper-places.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On paper nobody can point at a node to learn its name, so each gets the room that its label takes. How much that is
 * in units of the layout depends on the layout, so it is found in rounds.
 */
#define G_LOG_DOMAIN "dure-document"

#include "config.h"

#include "document/dure-paper-places.h"

#define MOST_LABELS 150 /* more names than this have no room on a page */
#define LABEL_ROUNDS 2
#define MOST_WIDENING 1.4
#define EDGES 60.0 /* of the height: legend, and labels above and below */

static DurePoint
extent (const DurePoint *points, guint n)
{
  double left = G_MAXDOUBLE, right = -G_MAXDOUBLE, top = G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  for (guint v = 0; v < n; v++)
    {
      left = MIN (left, points[v].x);
      right = MAX (right, points[v].x);
      top = MIN (top, points[v].y);
      bottom = MAX (bottom, points[v].y);
    }
  return (DurePoint){ MAX (right - left, 1), MAX (bottom - top, 1) };
}

/* Points of paper to a unit of the layout when all of it stands in the picture. */
static double
scale_of (const DurePoint *points, guint n, double width, double height)
{
  const DurePoint size = extent (points, n);

  return CLAMP (MIN (width * 0.9 / size.x, (height - EDGES) / size.y), 0.1, 1.2);
}

/**
 * dure_paper_places:
 * @picture: how it will be drawn
 * @sheet: to measure labels with
 * @width: of the picture
 * @height: of the picture
 *
 * The page is wide and names are too, so what is left of the width goes between the agencies, two fifths at most.
 *
 * Returns: (transfer full): one place a node, for dure_network_picture_draw()
 */
DurePoint *
dure_paper_places (const DureNetwork               *network,
                   const DureNetworkPictureOptions *picture,
                   DureSheet                       *sheet,
                   double                           width,
                   double                           height,
                   GCancellable                    *cancellable,
                   GError                         **error)
{
  const guint           n = network->n_nodes;
  g_autofree DurePoint *points = NULL;
  g_autofree double    *widths = g_new0 (double, n + 1);
  g_autofree double    *heights = g_new0 (double, n + 1);
  DureLayoutOptions     wish;
  double                factor;

  dure_layout_options_init (&wish);
  wish.aspect = width / MAX (height - EDGES, 100);
  points = dure_layout (network->graph, &wish, cancellable, error);
  for (guint round = 0; points != NULL && round < LABEL_ROUNDS && n > 0 && n <= MOST_LABELS; round++)
    {
      const double scale = scale_of (points, n, width, height);

      for (guint v = 0; v < n; v++)
        {
          widths[v] = (dure_sheet_width (sheet, network->nodes[v].label, picture->font_size) + 4) / scale;
          heights[v] = (picture->radius * 2 + picture->font_size * 2.2) / scale;
        }
      wish.width = widths;
      wish.height = heights;
      g_free (points);
      points = dure_layout (network->graph, &wish, cancellable, error);
    }
  if (points == NULL || n == 0)
    return g_steal_pointer (&points);
  factor = CLAMP (width * 0.85 / (extent (points, n).x * scale_of (points, n, width, height)), 1, MOST_WIDENING);
  for (guint v = 0; v < n; v++)
    points[v].x *= factor;
  return g_steal_pointer (&points);
}
