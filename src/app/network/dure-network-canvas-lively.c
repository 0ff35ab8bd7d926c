/* dure-network-canvas-lively.c: what follows the pointer and the selection: few shapes, drawn anew in every frame
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

/* More rings than this are no help, and would take long. */
#define RINGS_MOST 120
#define LIFTED_TIES_MOST 120
#define COUNTS_MOST 30
#define COUNTS_FROM_ZOOM 0.45
#define MARGIN 60.0

/* What is being dragged, on top of all. */
static void
draw_lifted (DureNetworkCanvas *self, const DureCanvasScene *scene, cairo_t *cr)
{
  const DureGraph *graph = scene->network->graph;
  guint            ties = LIFTED_TIES_MOST;
  GtkBitsetIter    iter;
  guint            v;

  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->lifted, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    for (guint k = graph->first[v]; k < graph->first[v + 1] && ties > 0; k++)
      {
        gboolean both = (scene->flags[graph->neighbours[k]] & DURE_CANVAS_LIFTED) != 0;

        if (!both || graph->neighbours[k] > v)
          {
            dure_canvas_draw_tie (scene, cr, graph->tie_of[k], &scene->colours.accent, 0.7);
            ties--;
          }
      }
  ties = LIFTED_TIES_MOST;
  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->lifted, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    for (guint k = graph->first[v]; k < graph->first[v + 1] && ties > 0; k++, ties--)
      if ((scene->flags[graph->neighbours[k]] & DURE_CANVAS_LIFTED) == 0)
        dure_canvas_draw_node (scene, cr, graph->neighbours[k], 0);
  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->lifted, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    dure_canvas_draw_node (scene, cr, v, 1);
}

/* The ties of the node under the pointer, and those whom it is tied to. */
static void
draw_hovered (DureNetworkCanvas *self, const DureCanvasScene *scene, cairo_t *cr)
{
  const DureGraph *graph = scene->network->graph;
  guint            v = (guint)self->hovered;

  for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
    dure_canvas_draw_tie (scene, cr, graph->tie_of[k], &scene->colours.accent, 0.75);
  for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
    dure_canvas_draw_node (scene, cr, graph->neighbours[k], 0);
  dure_canvas_draw_node (scene, cr, v, 0);
}

static void
draw_hovered_tie (DureNetworkCanvas *self, const DureCanvasScene *scene, cairo_t *cr)
{
  const DureNetworkTie *tie = &scene->network->ties[self->hovered_tie];

  dure_canvas_draw_tie (scene, cr, (guint)self->hovered_tie, &scene->colours.accent, 0.9);
  dure_canvas_draw_node (scene, cr, tie->from, 0);
  dure_canvas_draw_node (scene, cr, tie->to, 0);
}

/* Whether a count at @at would lie on no node and on no other count. */
static gboolean
has_room (const DureCanvasScene *scene, DurePoint at, double half, const GArray *placed)
{
  for (guint i = 0; i < placed->len; i++)
    if (hypot (g_array_index (placed, DurePoint, i).x - at.x, g_array_index (placed, DurePoint, i).y - at.y)
        < 2 * half + 2)
      return FALSE;
  for (guint v = 0; v < scene->network->n_nodes; v++)
    {
      DurePoint node = dure_canvas_scene_point (scene, v);

      if (fabs (node.x - at.x) < 60 && fabs (node.y - at.y) < 60
          && hypot (node.x - at.x, node.y - at.y) < dure_canvas_scene_radius (scene, v) + half)
        return FALSE;
    }
  return TRUE;
}

/* How many records stand behind a tie, on it, where there is room. */
static void
draw_tie_count (const DureCanvasScene *scene, cairo_t *cr, PangoLayout *layout, guint t, GArray *placed)
{
  static const double   shares[] = { 0.5, 0.4, 0.6, 0.3, 0.7 };
  const DureNetworkTie *tie = &scene->network->ties[t];
  DurePoint             a = dure_canvas_scene_point (scene, tie->from);
  DurePoint             b = dure_canvas_scene_point (scene, tie->to);
  DurePoint             at;
  g_autofree char      *text = NULL;
  gboolean              room = FALSE;
  int                   width;
  int                   height;

  if (tie->count < 2 || hypot (b.x - a.x, b.y - a.y) < 60)
    return;
  text = g_strdup_printf ("%u", tie->count);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  for (guint i = 0; i < G_N_ELEMENTS (shares) && !room; i++)
    {
      at = (DurePoint){ a.x + (b.x - a.x) * shares[i], a.y + (b.y - a.y) * shares[i] };
      room = has_room (scene, at, MAX (width + 8, height) / 2.0, placed);
    }
  if (!room)
    return;
  g_array_append_val (placed, at);
  cairo_new_sub_path (cr);
  cairo_arc (cr, at.x - width / 2.0 + 3, at.y, height / 2.0, G_PI / 2, 3 * G_PI / 2);
  cairo_arc (cr, at.x + width / 2.0 - 3, at.y, height / 2.0, -G_PI / 2, G_PI / 2);
  cairo_close_path (cr);
  dure_canvas_set_rgba (cr, &scene->colours.background, 1);
  cairo_fill_preserve (cr);
  dure_canvas_set_rgba (cr, &scene->colours.accent, 0.6);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  dure_canvas_set_rgba (cr, &scene->colours.foreground, 0.95);
  cairo_move_to (cr, at.x - width / 2.0, at.y - height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_tie_counts (DureNetworkCanvas *self, const DureCanvasScene *scene, cairo_t *cr)
{
  const DureGraph *graph = scene->network->graph;
  guint            v = (guint)(self->hovered >= 0 ? self->hovered : self->selected);
  g_autoptr (GArray) placed = NULL;
  g_autoptr (PangoLayout) layout = NULL;

  if (scene->view.zoom < COUNTS_FROM_ZOOM)
    return;
  /* Those of several would cover one another. */
  if (self->hovered < 0 && self->hovered_tie < 0 && gtk_bitset_get_size (self->selection) != 1)
    return;
  placed = g_array_new (FALSE, FALSE, sizeof (DurePoint));
  layout = dure_canvas_layout (scene, cr, FALSE);
  if (self->hovered_tie >= 0)
    draw_tie_count (scene, cr, layout, (guint)self->hovered_tie, placed);
  else if (dure_graph_degree (graph, v) <= COUNTS_MOST)
    for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
      draw_tie_count (scene, cr, layout, graph->tie_of[k], placed);
}

static void
draw_rings (DureNetworkCanvas *self, const DureCanvasScene *scene, cairo_t *cr)
{
  DureRect      window = { 0, 0, scene->width, scene->height };
  guint         left = RINGS_MOST;
  GtkBitsetIter iter;
  guint         v;

  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->selection, &v); is && left > 0;
       is = gtk_bitset_iter_next (&iter, &v))
    if (dure_canvas_in_area (dure_canvas_scene_point (scene, v), window, 40))
      {
        dure_canvas_draw_ring (scene, cr, v, &scene->colours.accent, (int)v == self->selected ? 3 : 2);
        left--;
      }
  if (self->hovered >= 0 && !gtk_bitset_contains (self->selection, (guint)self->hovered))
    dure_canvas_draw_ring (scene, cr, (guint)self->hovered, &scene->colours.foreground, 1.5);
}

static void
add_point (DureRect *bounds, gboolean *any, DurePoint at)
{
  DureRect rect = { at.x - MARGIN, at.y - MARGIN, 2 * MARGIN, 2 * MARGIN };

  *bounds = *any ? dure_rect_union (bounds, &rect) : rect;
  *any = TRUE;
}

static void
add_ego (const DureCanvasScene *scene, DureRect *bounds, gboolean *any, guint v)
{
  const DureGraph *graph = scene->network->graph;

  add_point (bounds, any, dure_canvas_scene_point (scene, v));
  for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
    add_point (bounds, any, dure_canvas_scene_point (scene, graph->neighbours[k]));
}

/* Where all of it lies: the smaller, the less there is to blend. */
static gboolean
lively_bounds (DureNetworkCanvas *self, const DureCanvasScene *scene, graphene_rect_t *area)
{
  DureRect      bounds = { 0, 0, 0, 0 };
  gboolean      any = FALSE;
  GtkBitsetIter iter;
  guint         v;

  for (gboolean is = self->lifted != NULL && gtk_bitset_get_size (self->lifted) <= DURE_CANVAS_LIFTED_FEW
                     && gtk_bitset_iter_init_first (&iter, self->lifted, &v);
       is; is = gtk_bitset_iter_next (&iter, &v))
    add_ego (scene, &bounds, &any, v);
  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->selection, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    add_point (&bounds, &any, dure_canvas_scene_point (scene, v));
  if (self->hovered >= 0)
    add_ego (scene, &bounds, &any, (guint)self->hovered);
  else if (self->selected >= 0 && dure_graph_degree (scene->network->graph, (guint)self->selected) <= COUNTS_MOST)
    add_ego (scene, &bounds, &any, (guint)self->selected);
  if (self->hovered_tie >= 0)
    {
      add_point (&bounds, &any, dure_canvas_scene_point (scene, scene->network->ties[self->hovered_tie].from));
      add_point (&bounds, &any, dure_canvas_scene_point (scene, scene->network->ties[self->hovered_tie].to));
    }
  for (guint i = 0; self->loop != NULL && i < self->loop->len; i++)
    {
      DurePoint corner = g_array_index (self->loop, DurePoint, i);

      add_point (
          &bounds, &any,
          (DurePoint){ corner.x * scene->view.zoom + scene->view.x, corner.y * scene->view.zoom + scene->view.y });
    }
  if (!any)
    return FALSE;
  graphene_rect_init (area, (float)floor (bounds.x), (float)floor (bounds.y), (float)ceil (bounds.width),
                      (float)ceil (bounds.height));
  return graphene_rect_intersection (area, &GRAPHENE_RECT_INIT (0, 0, (float)scene->width, (float)scene->height), area);
}

void
dure_canvas_append_lively (DureNetworkCanvas *self, const DureCanvasScene *scene, GtkSnapshot *snapshot)
{
  graphene_rect_t area;
  cairo_t        *cr;

  if (!lively_bounds (self, scene, &area))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  if (self->lifted != NULL && gtk_bitset_get_size (self->lifted) <= DURE_CANVAS_LIFTED_FEW)
    draw_lifted (self, scene, cr);
  else if (self->hovered >= 0 && self->hovered != self->emphasised)
    draw_hovered (self, scene, cr);
  else if (self->hovered_tie >= 0)
    draw_hovered_tie (self, scene, cr);
  draw_rings (self, scene, cr);
  if (self->press == DURE_CANVAS_PRESS_NONE)
    draw_tie_counts (self, scene, cr);
  if (self->press == DURE_CANVAS_PRESS_LASSO)
    dure_canvas_draw_lasso (self, scene, cr);
  cairo_destroy (cr);
}
