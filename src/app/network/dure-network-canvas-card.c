/* dure-network-canvas-card.c: what is said about the agency, the tie or the group under the pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

#include <glib/gi18n-lib.h>

#define PADDING 9.0

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
    {
      g_autofree char *records
          = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u record", "%u records", tie->count), tie->count);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", records);
    }
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
append_card (const DureCanvasScene *scene,
             GtkSnapshot           *snapshot,
             DurePoint              at,
             double                 radius,
             const char            *heading,
             const char            *text)
{
  g_autoptr (PangoLayout) bold = dure_canvas_layout (scene, NULL, TRUE);
  g_autoptr (PangoLayout) plain = dure_canvas_layout (scene, NULL, FALSE);
  graphene_rect_t area;
  cairo_t        *cr;
  int             width_most = (int)CLAMP (scene->width - 40, 80, 340);
  int             heading_width;
  int             heading_height;
  int             text_width;
  int             text_height;
  double          width;
  double          height;
  double          x;
  double          y;

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
  x = round (x);
  y = round (y);
  graphene_rect_init (&area, (float)x - 8, (float)y - 8, (float)ceil (width) + 16, (float)ceil (height) + 16);
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  draw_box (scene, cr, round (x) + 0.5, round (y) + 0.5, width, height);
  dure_canvas_set_rgba (cr, &scene->colours.foreground, 1);
  cairo_move_to (cr, x + PADDING, y + PADDING - 2);
  pango_cairo_show_layout (cr, bold);
  dure_canvas_set_rgba (cr, &scene->colours.foreground, 0.7);
  cairo_move_to (cr, x + PADDING, y + PADDING + heading_height);
  pango_cairo_show_layout (cr, plain);
  cairo_destroy (cr);
}

static void
append_cluster_card (DureNetworkCanvas *self, const DureCanvasScene *scene, GtkSnapshot *snapshot)
{
  const DureCanvasCluster *cluster = self->picture.clusters->pdata[self->hovered_cluster];
  DurePoint                at
      = { cluster->middle.x * scene->view.zoom + scene->view.x, cluster->middle.y * scene->view.zoom + scene->view.y };
  g_autofree char *agencies
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u agency", "%'u agencies", cluster->n), cluster->n);
  g_autofree char *ties
      = g_strdup_printf (_ ("%'u ties among them, %'u to others"), cluster->n_inside, cluster->n_outside);
  g_autofree char *text = g_strdup_printf ("%s\n%s", agencies, ties);

  append_card (scene, snapshot, at, cluster->radius, cluster->name, text);
}

/* What is said about what the pointer is on. */
void
dure_canvas_append_card (DureNetworkCanvas *self, const DureCanvasScene *scene, GtkSnapshot *snapshot)
{
  const DureNetwork *network = scene->network;

  if (self->press != DURE_CANVAS_PRESS_NONE || self->lifted != NULL)
    return;
  if (self->hovered >= 0)
    {
      g_autofree char *text = describe_node (network, (guint)self->hovered);

      append_card (scene, snapshot, dure_canvas_scene_point (scene, (guint)self->hovered),
                   dure_canvas_scene_radius (scene, (guint)self->hovered), network->nodes[self->hovered].name, text);
    }
  else if (self->hovered_tie >= 0)
    {
      const DureNetworkTie *tie = &network->ties[self->hovered_tie];
      g_autofree char      *heading
          = g_strdup_printf ("%s – %s", network->nodes[tie->from].name, network->nodes[tie->to].name);
      g_autofree char *text = describe_tie (network, (guint)self->hovered_tie);

      append_card (scene, snapshot, (DurePoint){ self->pointer_x, self->pointer_y }, 8, heading, text);
    }
  else if (self->hovered_cluster >= 0 && self->picture.clusters != NULL)
    append_cluster_card (self, scene, snapshot);
}
