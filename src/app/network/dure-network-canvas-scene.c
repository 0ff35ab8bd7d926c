/* dure-network-canvas-scene.c: how the network is drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-scene.h"

/* With more ties than this, those that only pass through the window are left out: they would cover it. */
#define PASSING_MOST 20000
#define LEAVING 0.4
#define TIE_ALPHA 0.24
#define FADED_TIE_ALPHA 0.06
#define TOUCHED_TIE_ALPHA 0.7

/* Whether there are more agencies in the window than could be drawn one by one. */
gboolean
dure_canvas_scene_is_far (const DureCanvasScene *self)
{
  DureRect window = { 0, 0, self->width, self->height };
  guint    inside = 0;

  if (self->network->n_nodes <= DURE_CANVAS_NEAR_MOST)
    return FALSE;
  for (guint v = 0; v < self->network->n_nodes && inside <= DURE_CANVAS_NEAR_MOST; v++)
    inside += dure_canvas_in_area (dure_canvas_scene_point (self, v), window, 0) ? 1 : 0;
  return inside > DURE_CANVAS_NEAR_MOST;
}

typedef enum
{
  TIE_FADED,
  TIE_USUAL,
  TIE_TOUCHED, /* of what is selected or under the pointer */
} TieKind;

static TieKind
tie_kind (const DureCanvasScene *self, const DureNetworkTie *tie)
{
  guint8 both = self->flags[tie->from] | self->flags[tie->to];

  if ((int)tie->from == self->emphasised || (int)tie->to == self->emphasised)
    return TIE_TOUCHED;
  if ((both & DURE_CANVAS_FADED) != 0)
    return TIE_FADED;
  return (both & DURE_CANVAS_SELECTED) != 0 ? TIE_TOUCHED : TIE_USUAL;
}

static gboolean
tie_is_seen (const DureCanvasScene *self, const DureNetworkTie *tie, DureRect area)
{
  DurePoint a = dure_canvas_scene_point (self, tie->from);
  DurePoint b = dure_canvas_scene_point (self, tie->to);

  if (((self->flags[tie->from] | self->flags[tie->to]) & DURE_CANVAS_LIFTED) != 0)
    return FALSE;
  if (self->network->n_ties > PASSING_MOST)
    return dure_canvas_in_area (a, area, 0) || dure_canvas_in_area (b, area, 0);
  return MAX (a.x, b.x) > area.x && MIN (a.x, b.x) < area.x + area.width && MAX (a.y, b.y) > area.y
         && MIN (a.y, b.y) < area.y + area.height;
}

/* Of a large network, those whose other end is not seen say little. */
static gboolean
leaves (const DureCanvasScene *self, guint t, DureRect window)
{
  const DureNetworkTie *tie = &self->network->ties[t];

  return self->network->n_ties > PASSING_MOST
         && !(dure_canvas_in_area (dure_canvas_scene_point (self, tie->from), window, 0)
              && dure_canvas_in_area (dure_canvas_scene_point (self, tie->to), window, 0));
}

static void
draw_ties (const DureCanvasScene *self, cairo_t *cr, DureRect area)
{
  guint             n = self->network->n_ties;
  g_autofree guint *seen = g_new (guint, (gsize)n + 1);
  guint             n_seen = 0;
  DureRect          window = { 0, 0, self->width, self->height };
  double            calm;

  for (guint t = 0; t < n; t++)
    if (tie_is_seen (self, &self->network->ties[t], area))
      seen[n_seen++] = t;
  /* Their ends lie below the nodes: round ones would only take longer. */
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_antialias (cr, n_seen > 600 ? CAIRO_ANTIALIAS_FAST : CAIRO_ANTIALIAS_DEFAULT);
  /* The more there are, the quieter each. */
  calm = n_seen > 600 ? MAX (0.5, sqrt (600.0 / n_seen)) : 1;
  for (TieKind kind = TIE_FADED; kind <= TIE_TOUCHED; kind++)
    for (guint i = 0; i < n_seen; i++)
      if (tie_kind (self, &self->network->ties[seen[i]]) == kind)
        {
          if (kind == TIE_TOUCHED)
            dure_canvas_draw_tie (self, cr, seen[i], &self->colours.accent, TOUCHED_TIE_ALPHA);
          else
            dure_canvas_draw_tie (self, cr, seen[i], &self->colours.foreground,
                                  (kind == TIE_FADED ? FADED_TIE_ALPHA : TIE_ALPHA) * calm
                                      * (leaves (self, seen[i], window) ? LEAVING : 1));
        }
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
}

static GPtrArray *
draw_near (const DureCanvasScene *self, cairo_t *cr, DureRect area, gboolean labels)
{
  guint             n = self->network->n_nodes;
  g_autofree guint *seen = g_new (guint, (gsize)n + 1);
  guint             n_seen = 0;
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (DureCanvasName));

  for (guint v = 0; v < n; v++)
    if (dure_canvas_in_area (dure_canvas_scene_point (self, v), area, 80))
      seen[n_seen++] = v;
  if (self->style->hulls)
    {
      if (n <= DURE_CANVAS_NEAR_MOST)
        {
          g_autofree guint *all = g_new (guint, (gsize)n + 1);

          for (guint v = 0; v < n; v++)
            all[v] = v;
          dure_canvas_draw_hulls (self, cr, area, all, n, names);
        }
      else
        dure_canvas_draw_hulls (self, cr, area, seen, n_seen, names);
    }
  draw_ties (self, cr, area);
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n_seen; i++)
      {
        guint8   flags = self->flags[seen[i]];
        gboolean faded = (flags & DURE_CANVAS_FADED) != 0;

        if (faded == (pass == 0) && (flags & DURE_CANVAS_LIFTED) == 0)
          dure_canvas_draw_node (self, cr, seen[i], 0);
      }
  for (guint i = 0; i < n_seen; i++)
    if ((self->flags[seen[i]] & (DURE_CANVAS_ALONE | DURE_CANVAS_LIFTED)) == DURE_CANVAS_ALONE)
      dure_canvas_draw_alone (self, cr, seen[i]);
  if (labels)
    dure_canvas_draw_labels (self, cr, area, seen, n_seen, (const DureCanvasName *)(gpointer)names->data, names->len);
  return NULL;
}

/* Draws all but what follows the pointer, on an opaque ground. What is being dragged is left out with its ties: it
 * moves from frame to frame. @surface: (nullable): the picture that @cr draws on; groups are drawn only there.
 *
 * Returns: (nullable) (transfer full): of DureCanvasCluster, when groups were drawn instead of agencies */
GPtrArray *
dure_canvas_draw (const DureCanvasScene *self, cairo_surface_t *surface, cairo_t *cr, DureRect area, gboolean labels)
{
  dure_canvas_set_rgba (cr, &self->colours.background, 1);
  cairo_paint (cr);
  if (surface != NULL && dure_canvas_scene_is_far (self))
    return dure_canvas_draw_far (self, surface, cr, area);
  return draw_near (self, cr, area, labels);
}

/* Only what is being dragged, with the ties among it. */
void
dure_canvas_draw_lifted (const DureCanvasScene *self, cairo_t *cr, DureRect area)
{
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  for (guint t = 0; t < self->network->n_ties; t++)
    {
      const DureNetworkTie *tie = &self->network->ties[t];

      if ((self->flags[tie->from] & self->flags[tie->to] & DURE_CANVAS_LIFTED) != 0)
        dure_canvas_draw_tie (self, cr, t, &self->colours.accent, 0.4);
    }
  for (guint v = 0; v < self->network->n_nodes; v++)
    if ((self->flags[v] & DURE_CANVAS_LIFTED) != 0 && dure_canvas_in_area (dure_canvas_scene_point (self, v), area, 40))
      {
        dure_canvas_draw_node (self, cr, v, 1);
        if ((self->flags[v] & DURE_CANVAS_SELECTED) != 0)
          dure_canvas_draw_ring (self, cr, v, &self->colours.accent, 2);
      }
}
