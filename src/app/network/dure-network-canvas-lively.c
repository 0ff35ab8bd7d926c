/* dure-network-canvas-lively.c: what follows the pointer and the selection: few shapes, drawn anew in every frame
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

#include <glib/gi18n-lib.h>

/* More rings than this are no help, and would take long. */
#define RINGS_MOST 300
#define LIFTED_MOST 250
#define LIFTED_TIES_MOST 350
#define COUNTS_MOST 30
#define COUNTS_FROM_ZOOM 0.45
#define PADDING 9.0

static void
draw_lifted_ties (const DureCanvasScene *scene, cairo_t *cr, guint v, guint *left)
{
  const DureGraph *graph = scene->network->graph;

  for (guint k = graph->first[v]; k < graph->first[v + 1] && *left > 0; k++, (*left)--)
    if ((scene->flags[graph->neighbours[k]] & DURE_CANVAS_LIFTED) == 0 || graph->neighbours[k] > v)
      dure_canvas_draw_tie (scene, cr, graph->tie_of[k], &scene->colours.accent, 0.7);
}

/* What is being dragged, on top of all. */
static void
draw_lifted (DureNetworkCanvas *self, const DureCanvasScene *scene, cairo_t *cr)
{
  const DureGraph *graph = scene->network->graph;
  guint            ties = LIFTED_TIES_MOST;
  guint            nodes = LIFTED_MOST;
  gboolean         few = gtk_bitset_get_size (self->lifted) <= 12;
  GtkBitsetIter    iter;
  guint            v;

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->lifted, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    draw_lifted_ties (scene, cr, v, &ties);
  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->lifted, &v); is && few;
       is = gtk_bitset_iter_next (&iter, &v))
    for (guint k = graph->first[v]; k < graph->first[v + 1] && nodes > 0; k++, nodes--)
      if ((scene->flags[graph->neighbours[k]] & DURE_CANVAS_LIFTED) == 0)
        dure_canvas_draw_node (scene, cr, graph->neighbours[k], 0);
  nodes = LIFTED_MOST;
  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->lifted, &v); is && nodes > 0;
       is = gtk_bitset_iter_next (&iter, &v), nodes--)
    dure_canvas_draw_node (scene, cr, v, 1);
}

/* The ties of the node under the pointer, and those whom it is tied to. */
static void
draw_hovered (DureNetworkCanvas *self, const DureCanvasScene *scene, cairo_t *cr)
{
  const DureGraph *graph = scene->network->graph;
  guint            v = (guint)self->hovered;

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
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

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
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

  if (scene->view.zoom < COUNTS_FROM_ZOOM || (self->hovered < 0 && self->hovered_tie < 0 && self->selected < 0))
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

void
dure_canvas_draw_lively (DureNetworkCanvas *self, const DureCanvasScene *scene, cairo_t *cr)
{
  if (self->lifted != NULL)
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
}

static char *
describe_node (const DureNetwork *network, guint v)
{
  const DureNetworkNode *node = &network->nodes[v];
  guint                  degree = dure_graph_degree (network->graph, v);
  g_autofree char       *ties
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "tied to %u agency", "tied to %u agencies", degree), degree);
  GString *text = g_string_new (dure_sector_label (node->sector));

  if (node->area >= 0)
    g_string_append_printf (text, " · %s", dure_area_label (node->area));
  if (node->region_name != NULL)
    g_string_append_printf (text, " · %s", node->region_name);
  g_string_append_printf (text, "\n%s", degree > 0 ? ties : _ ("tied to nobody"));
  return g_string_free (text, FALSE);
}

static char *
describe_tie (const DureNetwork *network, guint t)
{
  const DureNetworkTie *tie = &network->ties[t];
  GString              *text = g_string_new (NULL);

  for (guint i = 0; i < DURE_N_LAYERS; i++)
    if ((tie->layers & 1u << i) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", dure_layer_label (1u << i));
  if (tie->count > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                            g_dngettext (GETTEXT_PACKAGE, "%u record", "%u records", tie->count));
  return g_string_free (text, FALSE);
}

static void
draw_box (const DureCanvasScene *scene, cairo_t *cr, double x, double y, double width, double height)
{
  const double corner = 7;

  for (int i = 3; i >= 0; i--)
    {
      double more = i == 0 ? 0 : i * 1.5;

      cairo_new_sub_path (cr);
      cairo_arc (cr, x + width - corner + more, y + corner - more / 2, corner, -G_PI / 2, 0);
      cairo_arc (cr, x + width - corner + more, y + height - corner + more, corner, 0, G_PI / 2);
      cairo_arc (cr, x + corner - more, y + height - corner + more, corner, G_PI / 2, G_PI);
      cairo_arc (cr, x + corner - more, y + corner - more / 2, corner, G_PI, 3 * G_PI / 2);
      cairo_close_path (cr);
      if (i > 0)
        {
          cairo_set_source_rgba (cr, 0, 0, 0, 0.05);
          cairo_fill (cr);
        }
    }
  dure_canvas_set_rgba (cr, &scene->colours.background, 1);
  cairo_fill_preserve (cr);
  dure_canvas_set_rgba (cr, &scene->colours.foreground, scene->colours.dark ? 0.1 : 0.02);
  cairo_fill_preserve (cr);
  dure_canvas_set_rgba (cr, &scene->colours.foreground, 0.18);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* A heading and what is to be said about it, beside @at and inside the window. */
static void
draw_card (
    const DureCanvasScene *scene, cairo_t *cr, DurePoint at, double radius, const char *heading, const char *text)
{
  g_autoptr (PangoLayout) bold = dure_canvas_layout (scene, cr, TRUE);
  g_autoptr (PangoLayout) plain = dure_canvas_layout (scene, cr, FALSE);
  int    width_most = (int)CLAMP (scene->width - 40, 80, 340);
  int    heading_width;
  int    heading_height;
  int    text_width;
  int    text_height;
  double width;
  double height;
  double x;
  double y;

  pango_layout_set_ellipsize (bold, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_wrap (bold, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (bold, width_most * PANGO_SCALE);
  pango_layout_set_text (bold, heading, -1);
  pango_layout_get_pixel_size (bold, &heading_width, &heading_height);
  pango_layout_set_ellipsize (plain, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_wrap (plain, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (plain, width_most * PANGO_SCALE);
  pango_layout_set_text (plain, text, -1);
  pango_layout_get_pixel_size (plain, &text_width, &text_height);
  width = MAX (heading_width, text_width) + 2 * PADDING;
  height = heading_height + (text_height > 0 && *text != '\0' ? text_height + 2 : 0) + 2 * PADDING - 4;
  x = CLAMP (at.x - width / 2, 6, MAX (6, scene->width - width - 6));
  y = at.y + radius + 8;
  if (y + height > scene->height - 6)
    y = MAX (6, at.y - radius - 8 - height);
  draw_box (scene, cr, round (x) + 0.5, round (y) + 0.5, width, height);
  dure_canvas_set_rgba (cr, &scene->colours.foreground, 1);
  cairo_move_to (cr, x + PADDING, y + PADDING - 2);
  pango_cairo_show_layout (cr, bold);
  dure_canvas_set_rgba (cr, &scene->colours.foreground, 0.7);
  cairo_move_to (cr, x + PADDING, y + PADDING + heading_height);
  pango_cairo_show_layout (cr, plain);
}

static void
draw_cluster_card (DureNetworkCanvas *self, const DureCanvasScene *scene, cairo_t *cr)
{
  const DureCanvasCluster *cluster = self->picture.clusters->pdata[self->hovered_cluster];
  DurePoint                at
      = { cluster->middle.x * scene->view.zoom + scene->view.x, cluster->middle.y * scene->view.zoom + scene->view.y };
  g_autofree char *agencies
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u agency", "%'u agencies", cluster->n), cluster->n);
  g_autofree char *ties
      = g_strdup_printf (_ ("%'u ties among them, %'u to others"), cluster->n_inside, cluster->n_outside);
  g_autofree char *text = g_strdup_printf ("%s\n%s", agencies, ties);

  draw_card (scene, cr, at, cluster->radius, cluster->name, text);
}

/* What is said about what the pointer is on; and the whole name of the one that is selected. */
void
dure_canvas_draw_card (DureNetworkCanvas *self, const DureCanvasScene *scene, cairo_t *cr)
{
  const DureNetwork *network = scene->network;

  if (self->press != DURE_CANVAS_PRESS_NONE || self->lifted != NULL)
    return;
  if (self->hovered >= 0)
    {
      g_autofree char *text = describe_node (network, (guint)self->hovered);

      draw_card (scene, cr, dure_canvas_scene_point (scene, (guint)self->hovered),
                 dure_canvas_scene_radius (scene, (guint)self->hovered), network->nodes[self->hovered].name, text);
    }
  else if (self->hovered_tie >= 0)
    {
      const DureNetworkTie *tie = &network->ties[self->hovered_tie];
      g_autofree char      *heading
          = g_strdup_printf ("%s – %s", network->nodes[tie->from].name, network->nodes[tie->to].name);
      g_autofree char *text = describe_tie (network, (guint)self->hovered_tie);

      draw_card (scene, cr, (DurePoint){ self->pointer_x, self->pointer_y }, 8, heading, text);
    }
  else if (self->hovered_cluster >= 0 && self->picture.clusters != NULL)
    draw_cluster_card (self, scene, cr);
  else if (self->selected >= 0 && gtk_bitset_get_size (self->selection) == 1)
    draw_card (scene, cr, dure_canvas_scene_point (scene, (guint)self->selected),
               dure_canvas_scene_radius (scene, (guint)self->selected), network->nodes[self->selected].name, "");
}
