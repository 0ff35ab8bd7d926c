/* dure-network-picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever is in the room is filled and outlined dark, the others are hollow and thin; sectors differ by shape: the
 * picture does not need colour.
 */
#define G_LOG_DOMAIN "dure-document"

#include "config.h"

#include "document/dure-network-picture-private.h"

#include <math.h>

#include "document/dure-picture-text.h"
#include "graph/dure-labels.h"

/* The longest label, in font sizes; longer ones end in «…». */
#define LABEL_MOST 12

/* How far the sizes of nodes may differ. */
#define LEAST_SIZE 0.6
#define MOST_SIZE 2.5

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
    .widths = TRUE,
  };
}

void
dure_picture_ink (cairo_t *cr, double grey)
{
  cairo_set_source_rgb (cr, grey, grey, grey);
}

DureColour
dure_picture_colour (const DurePicture *self, guint node)
{
  const DureNetworkPictureOptions *options = self->options;

  if (options->palette == NULL || options->colour == NULL)
    return dure_network_area_colour (self->network->nodes[node].area, FALSE);
  if (options->colour[node] >= options->n_palette)
    return dure_network_area_colour (DURE_NO_AREA, FALSE);
  return options->palette[options->colour[node]];
}

static double
size_of (const DurePicture *self, guint node)
{
  const double *size = self->options->size;

  return size == NULL || isnan (size[node]) ? 1 : CLAMP (size[node], LEAST_SIZE, MOST_SIZE);
}

double
dure_picture_radius (const DurePicture *self, guint node)
{
  return self->radius * size_of (self, node);
}

static void
mark_room (DurePicture *self)
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
fit (DurePicture *self, const DurePoint *positions, DureRect box)
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
      nearest = MIN (nearest, hypot (self->points[v].x - self->points[w].x, self->points[v].y - self->points[w].y)
                                  / (size_of (self, v) + size_of (self, w)));
  /* Nodes may touch on a small picture, but not lie on each other. */
  self->radius = CLAMP (nearest * 0.9, 1.2, self->radius);
}

/* Half an arrow's length from the rim of the node that the referrals go to. */
static void
draw_arrow (DurePicture *self, DurePoint from, DurePoint to, double rim, double width)
{
  const double length = hypot (to.x - from.x, to.y - from.y);
  const double head = MAX (self->radius * 0.8, width * 2.5);
  DurePoint    u, tip;

  if (length < rim + head)
    return;
  u = (DurePoint){ (to.x - from.x) / length, (to.y - from.y) / length };
  tip = (DurePoint){ to.x - u.x * rim, to.y - u.y * rim };
  cairo_move_to (self->cr, tip.x, tip.y);
  cairo_line_to (self->cr, tip.x - u.x * head - u.y * head * 0.42, tip.y - u.y * head + u.x * head * 0.42);
  cairo_line_to (self->cr, tip.x - u.x * head + u.y * head * 0.42, tip.y - u.y * head - u.x * head * 0.42);
  cairo_close_path (self->cr);
  cairo_fill (self->cr);
}

static void
draw_tie (DurePicture *self, guint t, gboolean both)
{
  const DureNetworkTie *tie = &self->network->ties[t];
  const DureTieMark     mark = self->options->tie_mark != NULL ? self->options->tie_mark[t] : DURE_TIE_MARK_NONE;
  const DurePoint       a = self->points[tie->from];
  const DurePoint       b = self->points[tie->to];
  const double          dash[] = { self->radius * 0.6, self->radius * 0.4 };
  cairo_t              *cr = self->cr;
  double                width = self->options->widths ? dure_network_tie_width (tie) : 1.5;

  width *= (both ? 0.38 : 0.28) * MIN (1, self->radius / 4 + 0.3);
  if (mark == DURE_TIE_MARK_NEW)
    width = MAX (width, 1.6);
  dure_picture_ink (cr, mark == DURE_TIE_MARK_NEW ? 0.1 : mark == DURE_TIE_MARK_LOST ? 0.4 : both ? 0.55 : 0.85);
  cairo_set_line_width (cr, width);
  if (mark == DURE_TIE_MARK_LOST)
    cairo_set_dash (cr, dash, 2, 0);
  cairo_move_to (cr, a.x, a.y);
  cairo_line_to (cr, b.x, b.y);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  if (self->options->arrows && tie->sent > 0)
    draw_arrow (self, a, b, dure_picture_radius (self, tie->to), width);
  if (self->options->arrows && tie->returned > 0)
    draw_arrow (self, b, a, dure_picture_radius (self, tie->from), width);
}

static void
draw_ties (DurePicture *self, gboolean in_room)
{
  for (guint t = 0; t < self->network->n_ties; t++)
    {
      const DureNetworkTie *tie = &self->network->ties[t];
      const gboolean        both = self->in_room[tie->from] && self->in_room[tie->to];

      if (both == in_room)
        draw_tie (self, t, both);
    }
}

/* Whoever should be introduced to each other. */
static void
draw_wishes (DurePicture *self)
{
  const double dots[] = { 1.6, 2.6 };

  dure_picture_ink (self->cr, 0.1);
  cairo_set_line_width (self->cr, 1.3);
  cairo_set_dash (self->cr, dots, 2, 0);
  for (guint i = 0; self->options->wished != NULL && i < self->options->n_wished; i++)
    {
      const guint a = self->options->wished[2 * i];
      const guint b = self->options->wished[2 * i + 1];

      cairo_move_to (self->cr, self->points[a].x, self->points[a].y);
      cairo_line_to (self->cr, self->points[b].x, self->points[b].y);
      cairo_stroke (self->cr);
    }
  cairo_set_dash (self->cr, NULL, 0, 0);
}

void
dure_picture_shape (
    DurePicture *self, DureNetworkSector sector, DureColour colour, gboolean filled, DurePoint at, double radius)
{
  cairo_t *cr = self->cr;

  dure_network_shape (cr, sector, at.x, at.y, radius);
  if (filled)
    cairo_set_source_rgb (cr, colour.red, colour.green, colour.blue);
  else
    cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill_preserve (cr);
  dure_picture_ink (cr, filled ? 0.1 : 0.62);
  cairo_set_line_width (cr, filled ? 0.7 : 0.5);
  cairo_stroke (cr);
}

static void
draw_nodes (DurePicture *self)
{
  for (int pass = 0; pass < 2; pass++)
    for (guint v = 0; v < self->network->n_nodes; v++)
      if (self->in_room[v] == (pass == 1))
        dure_picture_shape (self, self->network->nodes[v].sector, dure_picture_colour (self, v), self->in_room[v],
                            self->points[v], dure_picture_radius (self, v));
}

/* Returns: (transfer full) */
static char *
label_of (const DurePicture *self, guint node)
{
  const DureNetworkNode *agency = &self->network->nodes[node];

  if (!self->options->privacy)
    return g_strdup (agency->label);
  return dure_field_format (dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_KIND), agency->kind);
}

static void
measure (DurePicture *self, DureLabel *label, const char *words)
{
  int w, h;

  pango_layout_set_text (self->layout, words, -1);
  pango_layout_get_size (self->layout, &w, &h);
  label->width = (double)w / PANGO_SCALE;
  label->height = (double)h / PANGO_SCALE;
}

/* The names of the groups and of the agencies, none on another. */
static void
draw_labels (DurePicture *self, const DurePoint *tops, DureRect box)
{
  const DureNetworkPictureOptions *options = self->options;
  const guint                      n = self->network->n_nodes;
  const guint                      all = n + options->n_groups;
  g_autofree DureLabel            *labels = g_new0 (DureLabel, (gsize)all + 1);
  g_autofree double               *radius = g_new0 (double, (gsize)all + 1);
  g_autofree DurePoint            *points = g_new (DurePoint, (gsize)all + 1);
  g_auto (GStrv) words = g_new0 (char *, (gsize)all + 1);

  for (guint v = 0; v < n; v++)
    {
      const double degree = dure_graph_degree (self->network->graph, v);

      points[v] = self->points[v];
      words[v] = label_of (self, v);
      measure (self, &labels[v], words[v]);
      radius[v] = dure_picture_radius (self, v);
      /* In the room first, and of those the ones whom nobody knows. */
      labels[v].importance = (self->in_room[v] ? 10000 : 0) + (degree == 0 ? 5000 : MIN (degree, 4999));
      if (!options->labels)
        labels[v].importance = -1;
    }
  for (guint g = 0; g < options->n_groups; g++)
    {
      const gboolean named = !isnan (tops[g].x) && options->group_names != NULL && options->group_names[g] != NULL;

      points[n + g] = named ? tops[g] : (DurePoint){ box.x, box.y };
      words[n + g] = g_strdup (named ? options->group_names[g] : "");
      measure (self, &labels[n + g], words[n + g]);
      labels[n + g].importance = named ? 20000 : -1;
    }
  dure_place_labels (labels, all, points, radius, 1, &box);
  for (guint v = 0; v < all; v++)
    {
      if (labels[v].place == DURE_LABEL_HIDDEN)
        continue;
      pango_layout_set_text (self->layout, words[v], -1);
      dure_picture_ink (self->cr, v >= n ? 0.35 : self->in_room[v] ? 0.05 : 0.5);
      cairo_move_to (self->cr, labels[v].rect.x, labels[v].rect.y);
      /* A white edge keeps the label legible where ties run behind it. */
      dure_picture_text (self->cr, self->layout, 2);
    }
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
  g_autofree DurePoint     *tops = NULL;
  g_autoptr (PangoFontDescription) font = NULL;
  DureRect    box = { x, y, width, height };
  DurePicture self;
  double      head;

  dure_network_picture_options_init (&usual);
  if (options == NULL)
    options = &usual;
  if (network->n_nodes == 0 || width <= 0 || height <= 0)
    return;
  tops = g_new (DurePoint, (gsize)options->n_groups + 1);
  if (positions == NULL)
    {
      DureLayoutOptions wished;

      dure_layout_options_init (&wished);
      wished.aspect = width / height;
      own = dure_layout (network->graph, &wished, NULL, NULL);
      positions = own;
    }
  self = (DurePicture){ cr, network, options, points, in_room, options->radius, pango_cairo_create_layout (cr) };
  font = pango_font_description_from_string (options->font != NULL ? options->font : "Sans");
  pango_font_description_set_absolute_size (font, options->font_size * PANGO_SCALE);
  pango_layout_set_font_description (self.layout, font);
  pango_layout_set_width (self.layout, (int)(options->font_size * LABEL_MOST * PANGO_SCALE));
  pango_layout_set_ellipsize (self.layout, PANGO_ELLIPSIZE_END);

  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  mark_room (&self);
  head = dure_picture_head (&self, box);
  box.y += head;
  box.height -= head;
  box.height -= dure_picture_legend (&self, box);
  fit (&self, positions, box);
  dure_picture_hulls (&self, tops);
  draw_ties (&self, FALSE);
  draw_ties (&self, TRUE);
  draw_wishes (&self);
  draw_nodes (&self);
  draw_labels (&self, tops, box);
  cairo_restore (cr);
  g_object_unref (self.layout);
}
