/* dure-network-canvas-marks.c: one tie, one node, and what is said by a mark beside them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-scene.h"
#include "domain/dure-network-compare.h"

/* Below this half size marks inside and beside a node could not be told apart. */
#define MARK_FROM 6.0
#define BADGE 5.5
/* Ties that are drawn shorter than this have no room for a mark in their middle. */
#define TIE_MARK_FROM 46.0

static guint8
node_change (const DureCanvasScene *self, guint node)
{
  return self->style->node_change != NULL ? self->style->node_change[node] : DURE_CHANGE_NONE;
}

static guint8
tie_change (const DureCanvasScene *self, guint tie)
{
  return self->style->tie_change != NULL ? self->style->tie_change[tie] : DURE_CHANGE_NONE;
}

/* A small disc with a plus or a minus. */
static void
draw_badge (const DureCanvasScene *self, cairo_t *cr, DurePoint at, double radius, guint8 change)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, at.x, at.y, radius + 1.5, 0, 2 * G_PI);
  dure_canvas_set_rgba (cr, &self->colours.background, 1);
  cairo_fill (cr);
  cairo_new_sub_path (cr);
  cairo_arc (cr, at.x, at.y, radius, 0, 2 * G_PI);
  dure_canvas_set_rgba (cr, change == DURE_CHANGE_NEW ? &self->colours.accent : &self->colours.foreground, 1);
  cairo_fill (cr);
  cairo_move_to (cr, at.x - radius * 0.55, at.y);
  cairo_line_to (cr, at.x + radius * 0.55, at.y);
  if (change == DURE_CHANGE_NEW)
    {
      cairo_move_to (cr, at.x, at.y - radius * 0.55);
      cairo_line_to (cr, at.x, at.y + radius * 0.55);
    }
  dure_canvas_set_rgba (cr, &self->colours.background, 1);
  cairo_set_line_width (cr, MAX (1.2, radius * 0.3));
  cairo_stroke (cr);
}

/* An arrow head at the rim of the node that receives referrals. */
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
  cairo_line_to (cr, to.x - ux * size - uy * size * 0.5, to.y - uy * size + ux * size * 0.5);
  cairo_line_to (cr, to.x - ux * size * 0.7, to.y - uy * size * 0.7);
  cairo_line_to (cr, to.x - ux * size + uy * size * 0.5, to.y - uy * size - ux * size * 0.5);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_tie_change (const DureCanvasScene *self, cairo_t *cr, DurePoint a, DurePoint b, guint8 change)
{
  DurePoint middle = { (a.x + b.x) / 2, (a.y + b.y) / 2 };

  if (hypot (b.x - a.x, b.y - a.y) >= TIE_MARK_FROM)
    draw_badge (self, cr, middle, BADGE * 0.8, change);
}

/* @rgba and @alpha are for a tie that is neither new nor lost. */
void
dure_canvas_draw_tie (const DureCanvasScene *self, cairo_t *cr, guint tie, const GdkRGBA *rgba, double alpha)
{
  const double          dashes[] = { 6, 4 };
  const DureNetworkTie *data = &self->network->ties[tie];
  guint8                change = tie_change (self, tie);
  gboolean              faded = ((self->flags[data->from] | self->flags[data->to]) & DURE_CANVAS_FADED) != 0;
  DurePoint             a = dure_canvas_scene_point (self, data->from);
  DurePoint             b = dure_canvas_scene_point (self, data->to);
  double                width = 1;

  if (self->style->widths)
    width = dure_network_tie_width (data) * CLAMP (self->view.zoom, 0.35, 1.2) * 0.9;
  if (change == DURE_CHANGE_NEW)
    {
      rgba = &self->colours.accent;
      alpha = faded ? 0.3 : 0.95;
      width += 1.2;
    }
  else if (change == DURE_CHANGE_LOST)
    {
      alpha = faded ? 0.2 : MAX (alpha, 0.6);
      cairo_set_dash (cr, dashes, 2, 0);
    }
  dure_canvas_set_rgba (cr, rgba, alpha);
  cairo_set_line_width (cr, width);
  cairo_move_to (cr, a.x, a.y);
  cairo_line_to (cr, b.x, b.y);
  cairo_stroke (cr);
  if (change == DURE_CHANGE_LOST)
    cairo_set_dash (cr, NULL, 0, 0);
  if (self->style->arrows && self->view.zoom > 0.4 && (data->sent > 0 || data->returned > 0))
    {
      /* A head is darker than its line, or it would be lost at the rim. */
      dure_canvas_set_rgba (cr, rgba, MIN (1, alpha * 1.7));
      if (data->sent > 0)
        draw_head (cr, a, b, dure_canvas_scene_radius (self, data->to), 6 + width);
      if (data->returned > 0)
        draw_head (cr, b, a, dure_canvas_scene_radius (self, data->from), 6 + width);
    }
  if (change != DURE_CHANGE_NONE && !faded)
    draw_tie_change (self, cr, a, b, change);
}

static void
fill_node (const DureCanvasScene *self, cairo_t *cr, DureColour fill, double radius, gboolean faded, guint8 change)
{
  const double dashes[] = { 3, 2.5 };

  if (change == DURE_CHANGE_LOST)
    {
      dure_canvas_set_colour (cr, fill, faded ? 0.05 : 0.14);
      cairo_fill_preserve (cr);
      dure_canvas_set_colour (cr, fill, faded ? 0.4 : 1);
      cairo_set_line_width (cr, 1.6);
      cairo_set_dash (cr, dashes, radius > 4 ? 2 : 0, 0);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
    }
  else if (faded)
    {
      dure_canvas_set_colour (cr, fill, 0.2);
      cairo_fill_preserve (cr);
      dure_canvas_set_colour (cr, fill, 0.38);
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
    }
  else
    {
      dure_canvas_set_colour (cr, fill, 1);
      cairo_fill (cr);
    }
}

void
dure_canvas_draw_node (const DureCanvasScene *self, cairo_t *cr, guint node, double grow)
{
  DureNetworkSector sector = self->network->nodes[node].sector;
  DureColour        fill = dure_canvas_style_colour (self->style, self->network, node, self->colours.dark);
  DurePoint         at = dure_canvas_scene_point (self, node);
  double            radius = dure_canvas_scene_radius (self, node) + grow;
  gboolean          faded = (self->flags[node] & DURE_CANVAS_FADED) != 0;
  guint8            change = node_change (self, node);

  /* A rim of the ground keeps ties and neighbours from touching the shape. */
  dure_network_shape (cr, sector, at.x, at.y, radius + (radius > MARK_FROM ? 1.8 : 1));
  dure_canvas_set_rgba (cr, &self->colours.background, 1);
  cairo_fill (cr);
  dure_network_shape (cr, sector, at.x, at.y, radius);
  fill_node (self, cr, fill, radius, faded, change);
  if ((self->flags[node] & DURE_CANVAS_PINNED) != 0 && radius > MARK_FROM)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, at.x, at.y, MIN (radius * 0.24, 4.5), 0, 2 * G_PI);
      if (change == DURE_CHANGE_LOST)
        dure_canvas_set_colour (cr, fill, 1);
      else
        dure_canvas_set_rgba (cr, &self->colours.background, faded ? 0.6 : 0.95);
      cairo_fill (cr);
    }
  if (change == DURE_CHANGE_NEW)
    {
      dure_network_shape (cr, sector, at.x, at.y, radius + 3);
      dure_canvas_set_rgba (cr, &self->colours.accent, faded ? 0.4 : 1);
      cairo_set_line_width (cr, 1.6);
      cairo_stroke (cr);
    }
  if (change != DURE_CHANGE_NONE && radius > MARK_FROM && !faded)
    draw_badge (self, cr, (DurePoint){ at.x + radius * 0.85, at.y - radius * 0.85 }, BADGE, change);
}

/* Whoever knows nobody in the room is seen from afar: a broken ring. */
void
dure_canvas_draw_alone (const DureCanvasScene *self, cairo_t *cr, guint node)
{
  const double dashes[] = { 4, 3 };
  DurePoint    at = dure_canvas_scene_point (self, node);

  cairo_new_sub_path (cr);
  cairo_arc (cr, at.x, at.y, dure_canvas_scene_radius (self, node) + 6, 0, 2 * G_PI);
  dure_canvas_set_rgba (cr, &self->colours.warning, 1);
  cairo_set_line_width (cr, 2);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

void
dure_canvas_draw_ring (const DureCanvasScene *self, cairo_t *cr, guint node, const GdkRGBA *rgba, double width)
{
  DurePoint at = dure_canvas_scene_point (self, node);
  double    radius = dure_canvas_scene_radius (self, node);

  dure_network_shape (cr, self->network->nodes[node].sector, at.x, at.y, radius + 2 + width / 2);
  dure_canvas_set_rgba (cr, &self->colours.background, 1);
  cairo_set_line_width (cr, width + 2);
  cairo_stroke_preserve (cr);
  dure_canvas_set_rgba (cr, rgba, 1);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}
