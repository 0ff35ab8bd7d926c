/* dure-network-picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever is in the room is filled and outlined dark, the others are hollow and thin; sectors differ by shape: the
 * picture does not need colour.
 */
#define G_LOG_DOMAIN "dure-document"

#include "config.h"

#include "document/dure-network-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "document/dure-network-style.h"
#include "graph/dure-labels.h"

/* The longest label, in font sizes; longer ones end in «…». */
#define LABEL_MOST 12

typedef struct
{
  cairo_t                         *cr;
  const DureNetwork               *network;
  const DureNetworkPictureOptions *options;
  DurePoint                       *points; /* in the units of the context */
  gboolean                        *in_room;
  double                           radius;
  PangoLayout                     *layout;
} Picture;

/**
 * dure_network_picture_options_init:
 * @options: (out): set to what suits an A4 page in points
 */
void
dure_network_picture_options_init (DureNetworkPictureOptions *options)
{
  *options = (DureNetworkPictureOptions){
    .font = "Sans",
    .font_size = 7,
    .radius = 6,
    .labels = TRUE,
    .legend = TRUE,
  };
}

static void
set_ink (cairo_t *cr, double grey)
{
  cairo_set_source_rgb (cr, grey, grey, grey);
}

static void
mark_room (Picture *self)
{
  const char *const *room = self->options->room;

  for (guint v = 0; v < self->network->n_nodes; v++)
    self->in_room[v] = room == NULL;
  for (const char *const *id = room; id != NULL && *id != NULL; id++)
    {
      guint v;

      if (dure_network_find (self->network, *id, &v))
        self->in_room[v] = TRUE;
    }
}

/* Fits the places into the rectangle, never larger than twice the layout's own size in points, with room for labels at
 * the edges. */
static void
fit (Picture *self, const DurePoint *positions, DureRect box)
{
  guint    n = self->network->n_nodes;
  DureRect whole = { positions[0].x, positions[0].y, 0, 0 };
  double   edge_x = self->radius + self->options->font_size * 2.5;
  double   edge_y = self->radius + self->options->font_size * 1.6;
  double   nearest = G_MAXDOUBLE;
  double   scale;

  for (guint v = 1; v < n; v++)
    {
      DureRect point = { positions[v].x, positions[v].y, 0, 0 };

      whole = dure_rect_union (&whole, &point);
    }
  scale = MIN (MAX (box.width - 2 * edge_x, 1) / MAX (whole.width, 1),
               MAX (box.height - 2 * edge_y, 1) / MAX (whole.height, 1));
  scale = MIN (scale, 1.2);
  for (guint v = 0; v < n; v++)
    {
      self->points[v].x = box.x + box.width / 2 + (positions[v].x - whole.x - whole.width / 2) * scale;
      self->points[v].y = box.y + box.height / 2 + (positions[v].y - whole.y - whole.height / 2) * scale;
    }
  for (guint v = 0; v < n && n <= 2000; v++)
    for (guint w = v + 1; w < n; w++)
      nearest = MIN (nearest, hypot (self->points[v].x - self->points[w].x, self->points[v].y - self->points[w].y));
  /* Nodes may touch on a small picture, but not lie on each other. */
  self->radius = CLAMP (nearest * 0.45, 1.2, self->radius);
}

static void
draw_ties (Picture *self, gboolean in_room)
{
  cairo_t *cr = self->cr;

  for (guint t = 0; t < self->network->n_ties; t++)
    {
      const DureNetworkTie *tie = &self->network->ties[t];
      gboolean              both = self->in_room[tie->from] && self->in_room[tie->to];

      if (both != in_room)
        continue;
      set_ink (cr, both ? 0.55 : 0.85);
      cairo_set_line_width (cr, dure_network_tie_width (tie) * (both ? 0.38 : 0.28) * MIN (1, self->radius / 4 + 0.3));
      cairo_move_to (cr, self->points[tie->from].x, self->points[tie->from].y);
      cairo_line_to (cr, self->points[tie->to].x, self->points[tie->to].y);
      cairo_stroke (cr);
    }
}

static void
draw_shape (Picture *self, DureNetworkSector sector, int area, gboolean in_room, DurePoint at, double radius)
{
  cairo_t   *cr = self->cr;
  DureColour colour = dure_network_area_colour (area, FALSE);

  dure_network_shape (cr, sector, at.x, at.y, radius);
  if (in_room)
    cairo_set_source_rgb (cr, colour.red, colour.green, colour.blue);
  else
    cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill_preserve (cr);
  set_ink (cr, in_room ? 0.1 : 0.62);
  cairo_set_line_width (cr, in_room ? 0.7 : 0.5);
  cairo_stroke (cr);
}

static void
draw_nodes (Picture *self)
{
  for (int pass = 0; pass < 2; pass++)
    for (guint v = 0; v < self->network->n_nodes; v++)
      if (self->in_room[v] == (pass == 1))
        draw_shape (self, self->network->nodes[v].sector, self->network->nodes[v].area, self->in_room[v],
                    self->points[v], self->radius);
}

static void
draw_labels (Picture *self, DureRect box)
{
  guint                 n = self->network->n_nodes;
  g_autofree DureLabel *labels = g_new0 (DureLabel, (gsize)n + 1);
  g_autofree double    *radius = g_new (double, (gsize)n + 1);

  for (guint v = 0; v < n; v++)
    {
      int    w;
      int    h;
      double degree = dure_graph_degree (self->network->graph, v);

      pango_layout_set_text (self->layout, self->network->nodes[v].label, -1);
      pango_layout_get_size (self->layout, &w, &h);
      labels[v].width = (double)w / PANGO_SCALE;
      labels[v].height = (double)h / PANGO_SCALE;
      radius[v] = self->radius;
      /* In the room first, and of those the ones whom nobody knows. */
      labels[v].importance = (self->in_room[v] ? 10000 : 0) + (degree == 0 ? 5000 : MIN (degree, 4999));
    }
  dure_place_labels (labels, n, self->points, radius, 1, &box);
  for (guint v = 0; v < n; v++)
    {
      if (labels[v].place == DURE_LABEL_HIDDEN)
        continue;
      pango_layout_set_text (self->layout, self->network->nodes[v].label, -1);
      /* A white edge keeps the label legible where ties run behind it. */
      cairo_move_to (self->cr, labels[v].rect.x, labels[v].rect.y);
      pango_cairo_layout_path (self->cr, self->layout);
      cairo_set_source_rgba (self->cr, 1, 1, 1, 0.9);
      cairo_set_line_width (self->cr, 2);
      cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
      cairo_stroke (self->cr);
      set_ink (self->cr, self->in_room[v] ? 0.05 : 0.5);
      cairo_move_to (self->cr, labels[v].rect.x, labels[v].rect.y);
      pango_cairo_show_layout (self->cr, self->layout);
    }
}

/* One entry of the legend: a shape and its word; goes to the next line when the line is full. */
static void
legend_entry (
    Picture *self, DureRect box, DurePoint *at, DureNetworkSector sector, int area, gboolean filled, const char *text)
{
  double size = self->options->font_size;
  double r = size * 0.42;
  int    w;
  int    h;

  pango_layout_set_text (self->layout, text, -1);
  pango_layout_get_size (self->layout, &w, &h);
  if (at->x > box.x && at->x + 2 * r + (double)w / PANGO_SCALE + size > box.x + box.width)
    *at = (DurePoint){ box.x, at->y + size * 1.7 };
  draw_shape (self, sector, area, filled, (DurePoint){ at->x + r, at->y + size * 0.8 }, r);
  set_ink (self->cr, 0.2);
  cairo_move_to (self->cr, at->x + 2 * r + size * 0.4, at->y + size * 0.8 - (double)h / PANGO_SCALE / 2);
  pango_cairo_show_layout (self->cr, self->layout);
  at->x += 2 * r + (double)w / PANGO_SCALE + size * 1.6;
}

/* Two lines at the bottom. Returns their height. */
static double
draw_legend (Picture *self, DureRect box)
{
  double    size = self->options->font_size;
  double    height = size * 3.6;
  DurePoint at = { box.x, box.y + box.height - height };
  gboolean  sectors[DURE_N_SECTORS] = { FALSE };
  gboolean  areas[DURE_N_AREAS] = { FALSE };

  for (guint v = 0; v < self->network->n_nodes; v++)
    {
      sectors[self->network->nodes[v].sector] = TRUE;
      if (self->network->nodes[v].area >= 0)
        areas[self->network->nodes[v].area] = TRUE;
    }
  for (int s = 0; s < DURE_N_SECTORS; s++)
    if (sectors[s])
      legend_entry (self, box, &at, s, DURE_NO_AREA, TRUE, dure_sector_label (s));
  if (self->options->room != NULL)
    {
      legend_entry (self, box, &at, DURE_SECTOR_PRIVATE, DURE_NO_AREA, TRUE, _ ("Invited"));
      legend_entry (self, box, &at, DURE_SECTOR_PRIVATE, DURE_NO_AREA, FALSE, _ ("Not invited"));
    }
  at = (DurePoint){ box.x, at.y + size * 1.7 };
  for (int a = 0; a < DURE_N_AREAS; a++)
    if (areas[a])
      legend_entry (self, box, &at, DURE_SECTOR_PRIVATE, a, TRUE, dure_area_label (a));
  return height;
}

/**
 * dure_network_picture_draw:
 * @cr: where to draw
 * @network: the network
 * @positions: (nullable): one place a node, as dure_layout() gives them; %NULL to find them here, which may take a
 * second
 * @options: (nullable): how; %NULL for the usual
 * @x: left edge
 * @y: upper edge
 * @width: width of the rectangle that nothing leaves
 * @height: its height
 *
 * Draws a network for paper: shapes by sector, colours by area, ties by the number of records, labels that never
 * overlap, the most important first. An empty network draws nothing.
 */
void
dure_network_picture_draw (cairo_t                         *cr,
                           const DureNetwork               *network,
                           const DurePoint                 *positions,
                           const DureNetworkPictureOptions *options,
                           double                           x,
                           double                           y,
                           double                           width,
                           double                           height)
{
  DureNetworkPictureOptions usual;
  g_autofree DurePoint     *own = NULL;
  g_autofree DurePoint     *points = g_new0 (DurePoint, (gsize)network->n_nodes + 1);
  g_autofree gboolean      *in_room = g_new0 (gboolean, (gsize)network->n_nodes + 1);
  g_autoptr (PangoFontDescription) font = NULL;
  DureRect box = { x, y, width, height };
  Picture  self;

  dure_network_picture_options_init (&usual);
  if (options == NULL)
    options = &usual;
  if (network->n_nodes == 0 || width <= 0 || height <= 0)
    return;
  if (positions == NULL)
    {
      DureLayoutOptions wished;

      dure_layout_options_init (&wished);
      wished.aspect = width / height;
      own = dure_layout (network->graph, &wished, NULL, NULL);
      positions = own;
    }
  self = (Picture){ cr, network, options, points, in_room, options->radius, pango_cairo_create_layout (cr) };
  font = pango_font_description_from_string (options->font != NULL ? options->font : "Sans");
  pango_font_description_set_absolute_size (font, options->font_size * PANGO_SCALE);
  pango_layout_set_font_description (self.layout, font);
  pango_layout_set_width (self.layout, (int)(options->font_size * LABEL_MOST * PANGO_SCALE));
  pango_layout_set_ellipsize (self.layout, PANGO_ELLIPSIZE_END);

  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  mark_room (&self);
  if (options->legend)
    box.height -= draw_legend (&self, box);
  fit (&self, positions, box);
  draw_ties (&self, FALSE);
  draw_ties (&self, TRUE);
  draw_nodes (&self);
  if (options->labels)
    draw_labels (&self, box);
  cairo_restore (cr);
  g_object_unref (self.layout);
}
