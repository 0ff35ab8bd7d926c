/* dure-network-canvas-scene.c: how the network is drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

#include <math.h>

#include "document/dure-network-style.h"

/* Nodes grow less than distances do, so that zooming in makes room. */
double
dure_canvas_radius (double zoom)
{
  return CLAMP (13 * pow (zoom, 0.6), 3.5, 22);
}

static double
node_radius (const DureCanvasScene *self, guint v)
{
  return dure_canvas_radius (self->view.zoom) * (self->style->size != NULL ? self->style->size[v] : 1);
}

static DurePoint
on_screen (const DureCanvasScene *self, guint node)
{
  return (DurePoint){ self->points[node].x * self->view.zoom + self->view.x,
                      self->points[node].y * self->view.zoom + self->view.y };
}

static PangoLayout *
label_layout (const DureCanvasScene *self, cairo_t *cr)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);

  pango_cairo_context_set_resolution (pango_layout_get_context (layout), self->resolution);
  pango_cairo_context_set_font_options (pango_layout_get_context (layout), self->font_options);
  pango_layout_set_font_description (layout, self->font);
  pango_layout_set_width (layout, DURE_CANVAS_LABEL_MOST * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

static void
set_rgba (cairo_t *cr, const GdkRGBA *rgba, double alpha)
{
  cairo_set_source_rgba (cr, rgba->red, rgba->green, rgba->blue, rgba->alpha * alpha);
}

/* An arrow head where the tie meets the node that receives referrals. */
static void
draw_head (cairo_t *cr, DurePoint from, DurePoint to, double radius, double size)
{
  double length = hypot (to.x - from.x, to.y - from.y);
  double ux;
  double uy;

  if (length < 2 * radius + size)
    return;
  ux = (to.x - from.x) / length;
  uy = (to.y - from.y) / length;
  to.x -= ux * (radius + 2);
  to.y -= uy * (radius + 2);
  cairo_move_to (cr, to.x, to.y);
  cairo_line_to (cr, to.x - ux * size - uy * size * 0.55, to.y - uy * size + ux * size * 0.55);
  cairo_line_to (cr, to.x - ux * size + uy * size * 0.55, to.y - uy * size - ux * size * 0.55);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_tie (const DureCanvasScene *self, cairo_t *cr, const DureNetworkTie *tie, const GdkRGBA *rgba, double alpha)
{
  DurePoint a = on_screen (self, tie->from);
  DurePoint b = on_screen (self, tie->to);
  double    width = dure_network_tie_width (tie) * CLAMP (self->view.zoom, 0.35, 1.2);

  if (!self->style->widths)
    width = 1;
  set_rgba (cr, rgba, alpha);
  cairo_set_line_width (cr, width);
  cairo_move_to (cr, a.x, a.y);
  cairo_line_to (cr, b.x, b.y);
  cairo_stroke (cr);
  if (self->view.zoom > 0.4 && self->style->arrows)
    {
      if (tie->sent > 0)
        draw_head (cr, a, b, node_radius (self, tie->to), 5 + width);
      if (tie->returned > 0)
        draw_head (cr, b, a, node_radius (self, tie->from), 5 + width);
    }
}

static void
draw_node (const DureCanvasScene *self, cairo_t *cr, guint v, const DureCanvasColours *colours, double grow)
{
  const DureNetworkNode *node = &self->network->nodes[v];
  DureColour             fill = dure_canvas_style_colour (self->style, self->network, v, colours->dark);
  DurePoint              at = on_screen (self, v);
  double                 radius = node_radius (self, v) + grow;
  gboolean               faded = self->faded != NULL && self->faded[v];

  /* A ring of the ground keeps ties from touching the shape. */
  dure_network_shape (cr, node->sector, at.x, at.y, radius + 2);
  set_rgba (cr, &colours->background, 1);
  cairo_fill (cr);
  dure_network_shape (cr, node->sector, at.x, at.y, radius);
  if (faded)
    {
      cairo_set_source_rgba (cr, fill.red, fill.green, fill.blue, 0.22);
      cairo_fill_preserve (cr);
      cairo_set_source_rgba (cr, fill.red, fill.green, fill.blue, 0.4);
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
    }
  else
    {
      cairo_set_source_rgb (cr, fill.red, fill.green, fill.blue);
      cairo_fill (cr);
    }
  if (self->pinned[v] && radius > 6)
    {
      cairo_arc (cr, at.x, at.y, radius * 0.26, 0, 2 * G_PI);
      set_rgba (cr, &colours->background, faded ? 0.6 : 0.95);
      cairo_fill (cr);
    }
}

/* Whoever knows nobody in the room is seen from afar: a broken ring. */
static void
draw_alone (const DureCanvasScene *self, cairo_t *cr, guint v, const DureCanvasColours *colours)
{
  const double dashes[] = { 4, 3 };
  DurePoint    at = on_screen (self, v);

  cairo_new_sub_path (cr);
  cairo_arc (cr, at.x, at.y, node_radius (self, v) + 6, 0, 2 * G_PI);
  set_rgba (cr, &colours->warning, 1);
  cairo_set_line_width (cr, 2);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_ring (const DureCanvasScene *self, cairo_t *cr, guint v, const GdkRGBA *rgba, double width)
{
  DurePoint at = on_screen (self, v);

  dure_network_shape (cr, self->network->nodes[v].sector, at.x, at.y, node_radius (self, v) + 3.5);
  set_rgba (cr, rgba, 1);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

static gboolean
near_area (DurePoint at, DureRect area, double margin)
{
  return at.x > area.x - margin && at.x < area.x + area.width + margin && at.y > area.y - margin
         && at.y < area.y + area.height + margin;
}

static gboolean
tie_is_faded (const DureCanvasScene *self, const DureNetworkTie *tie)
{
  return self->faded != NULL && (self->faded[tie->from] || self->faded[tie->to]);
}

static void
draw_text (cairo_t                 *cr,
           PangoLayout             *layout,
           const char              *text,
           double                   x,
           double                   y,
           const DureCanvasColours *colours,
           double                   alpha)
{
  int width;
  int height;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  /* Ties that run behind the label fade; an outline round every letter would take most of the time of the picture. */
  cairo_rectangle (cr, x - 1, y + 1, width + 2, height - 2);
  set_rgba (cr, &colours->background, 0.72);
  cairo_fill (cr);
  set_rgba (cr, &colours->foreground, alpha);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_labels (const DureCanvasScene *self, cairo_t *cr, DureRect area, const DureCanvasColours *colours)
{
  guint                 n = self->network->n_nodes;
  g_autofree DureLabel *labels = g_new0 (DureLabel, (gsize)n + 1);
  g_autofree double    *radius = g_new (double, (gsize)n + 1);
  g_autofree DurePoint *points = g_new (DurePoint, (gsize)n + 1);
  g_autoptr (PangoLayout) layout = label_layout (self, cr);
  DureRect window = { 0, 0, self->width, self->height };

  for (guint v = 0; v < n; v++)
    {
      gboolean faded = self->faded != NULL && self->faded[v];

      points[v] = on_screen (self, v);
      radius[v] = node_radius (self, v);
      labels[v].width = self->label_width[v] + 4;
      labels[v].height = self->label_height;
      labels[v].importance = dure_graph_degree (self->network->graph, v) + (faded ? 0 : 10000);
      /* Their whole names are drawn on top. */
      if ((int)v == self->dragged || (int)v == self->selected)
        labels[v].importance = -1;
    }
  /* In a fitted view every label that is shown can be read whole. */
  dure_place_labels (labels, n, points, radius, DURE_CANVAS_LABEL_GAP, self->view_is_own ? NULL : &window);
  for (guint v = 0; v < n; v++)
    if (labels[v].place != DURE_LABEL_HIDDEN && near_area (points[v], area, 200))
      draw_text (cr, layout, self->network->nodes[v].label, labels[v].rect.x + 2, labels[v].rect.y, colours,
                 self->faded != NULL && self->faded[v] ? 0.4 : 0.9);
}

/* Draws all but what follows the pointer. The dragged node and its ties are left out: they move from frame to frame. */
void
dure_canvas_draw (const DureCanvasScene *self, cairo_t *cr, DureRect area, gboolean labels)
{
  const DureCanvasColours colours = self->colours;

  for (int pass = 0; pass < 2; pass++)
    for (guint t = 0; t < self->network->n_ties; t++)
      {
        const DureNetworkTie *tie = &self->network->ties[t];
        gboolean              faded = tie_is_faded (self, tie);

        if (faded != (pass == 0) || (int)tie->from == self->dragged || (int)tie->to == self->dragged)
          continue;
        draw_tie (self, cr, tie, &colours.foreground, faded ? 0.07 : 0.28);
      }
  for (int pass = 0; pass < 2; pass++)
    for (guint v = 0; v < self->network->n_nodes; v++)
      {
        gboolean faded = self->faded != NULL && self->faded[v];

        if (faded == (pass == 0) && (int)v != self->dragged && near_area (on_screen (self, v), area, 40))
          draw_node (self, cr, v, &colours, 0);
      }
  for (guint v = 0; self->alone != NULL && v < self->network->n_nodes; v++)
    if (self->alone[v] && (int)v != self->dragged)
      draw_alone (self, cr, v, &colours);
  if (labels)
    draw_labels (self, cr, area, &colours);
}

/* The whole name on a ground of its own, inside the window. */
static void
draw_name (const DureCanvasScene *self, cairo_t *cr, guint v, const DureCanvasColours *colours)
{
  g_autoptr (PangoLayout) layout = label_layout (self, cr);
  DurePoint at = on_screen (self, v);
  double    radius = node_radius (self, v);
  double    height = self->label_height + 4;
  double    x;
  double    y = at.y + radius + DURE_CANVAS_LABEL_GAP + 3;
  int       width;

  pango_layout_set_width (layout, -1);
  pango_layout_set_text (layout, self->network->nodes[v].name, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  x = at.x - width / 2.0;
  /* Kept inside the window as long as its node is. */
  if (at.x > 0 && at.x < self->width)
    x = CLAMP (x, 8, MAX (8, self->width - width - 8));
  if (y + height > self->height - 2)
    y = at.y - radius - DURE_CANVAS_LABEL_GAP - 3 - height;
  cairo_rectangle (cr, x - 6, y, width + 12, height);
  set_rgba (cr, &colours->background, 0.95);
  cairo_fill_preserve (cr);
  set_rgba (cr, &colours->foreground, 0.25);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  set_rgba (cr, &colours->foreground, 1);
  cairo_move_to (cr, x, y + 2);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_lifted (const DureCanvasScene *self, cairo_t *cr, guint v, const DureCanvasColours *colours)
{
  const DureGraph *graph = self->network->graph;

  for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
    draw_tie (self, cr, &self->network->ties[graph->tie_of[k]], &colours->accent, 0.75);
  for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
    draw_node (self, cr, graph->neighbours[k], colours, 0);
  draw_node (self, cr, v, colours, 1);
  draw_name (self, cr, v, colours);
}

/* What follows the pointer and the selection: few shapes, drawn anew in every frame. */
void
dure_canvas_draw_lively (const DureCanvasScene *self, cairo_t *cr)
{
  const DureCanvasColours colours = self->colours;

  if (self->dragged >= 0)
    draw_lifted (self, cr, (guint)self->dragged, &colours);
  else if (self->hovered >= 0)
    draw_lifted (self, cr, (guint)self->hovered, &colours);
  if (self->selected >= 0)
    {
      draw_ring (self, cr, (guint)self->selected, &colours.accent, 2.5);
      if (self->selected != self->hovered && self->selected != self->dragged)
        draw_name (self, cr, (guint)self->selected, &colours);
    }
  if (self->hovered >= 0 && self->hovered != self->selected)
    draw_ring (self, cr, (guint)self->hovered, &colours.foreground, 1.5);
}
