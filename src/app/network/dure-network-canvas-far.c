/* dure-network-canvas-far.c: a network that is too large to be drawn one by one, as discs with counts and bands between
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-scene.h"

#define DISC_LEAST 13.0
#define DISC_MOST 38.0
#define DISC_GAP 5.0
#define SHIFT_MOST 70.0
#define SHIFT_ROUNDS 40
/* More discs than this are left where they are. */
#define SHIFTED_MOST 500
#define BAND_MOST 12.0
/* Bands that are drawn strongly, and those that get their count. */
#define STRONG_BANDS 40
#define COUNTED_BANDS 18
#define BANDS_MOST 900u

static DurePoint
middle_of (const DureCanvasScene *self, const DureCanvasCluster *cluster)
{
  return dure_canvas_cluster_point (cluster, self->view);
}

/* How much of the pixel (x, y) a disc about the middle of a square of @side pixels covers, 0 to 255. */
static guint8
coverage (guint x, guint y, guint side)
{
  double distance = hypot (x + 0.5 - side / 2.0, y + 0.5 - side / 2.0);

  return (guint8)(255 * CLAMP (side / 2.0 - distance + 0.5, 0, 1));
}

static inline guint32
blend (guint32 pixel, const guint8 colour[3], guint alpha)
{
  guint32 result = 0xff000000u;

  for (guint c = 0; c < 3; c++)
    {
      guint old = pixel >> (16 - 8 * c) & 0xff;

      result |= ((old * (255 - alpha) + colour[c] * alpha + 127) / 255) << (16 - 8 * c);
    }
  return result;
}

/* Every agency as a dot, straight into the pixels: a cloud of 50,000 takes a few milliseconds. */
static void
draw_dots (const DureCanvasScene *self, cairo_surface_t *surface, DureRect area)
{
  int      width = cairo_image_surface_get_width (surface);
  int      height = cairo_image_surface_get_height (surface);
  int      stride = cairo_image_surface_get_stride (surface) / 4;
  int      side = (int)CLAMP (round (dure_canvas_radius (self->view.zoom) * 0.75 * self->scale), 2, 9);
  guint32 *pixels;
  guint8   mask[81];

  cairo_surface_flush (surface);
  pixels = (guint32 *)(gpointer)cairo_image_surface_get_data (surface);
  for (int i = 0; i < side * side; i++)
    mask[i] = coverage ((guint)(i % side), (guint)(i / side), (guint)side);
  for (guint v = 0; v < self->network->n_nodes; v++)
    {
      DurePoint  at = dure_canvas_scene_point (self, v);
      DureColour colour;
      guint8     rgb[3];
      guint      alpha = (self->flags[v] & DURE_CANVAS_FADED) != 0 ? 35 : 105;
      int        left = (int)floor ((at.x - area.x) * self->scale - side / 2.0);
      int        top = (int)floor ((at.y - area.y) * self->scale - side / 2.0);

      if (left < 0 || top < 0 || left + side > width || top + side > height)
        continue;
      colour = dure_canvas_style_colour (self->style, self->network, v, self->colours.dark);
      rgb[0] = (guint8)(colour.red * 255);
      rgb[1] = (guint8)(colour.green * 255);
      rgb[2] = (guint8)(colour.blue * 255);
      for (int i = 0; i < side * side; i++)
        {
          guint32 *pixel = &pixels[(top + i / side) * stride + left + i % side];

          *pixel = blend (*pixel, rgb, alpha * mask[i] / 255);
        }
    }
  cairo_surface_mark_dirty (surface);
}

static int
compare_bands (gconstpointer left, gconstpointer right)
{
  const DureCanvasBand *a = left;
  const DureCanvasBand *b = right;

  if (a->n != b->n)
    return a->n > b->n ? -1 : 1;
  return a->a != b->a ? (a->a > b->a ? 1 : -1) : (a->b > b->b) - (a->b < b->b);
}

static double
band_width (const DureCanvasBand *band, guint most)
{
  return 0.8 + (BAND_MOST - 0.8) * sqrt ((double)band->n / MAX (most, 1));
}

static gboolean
band_is_faded (const DureCanvasClusters *clusters, const DureCanvasBand *band)
{
  const DureCanvasCluster *a = clusters->clusters->pdata[band->a];
  const DureCanvasCluster *b = clusters->clusters->pdata[band->b];

  return a->faded || b->faded;
}

/* The strongest last, so that they lie upon the weaker. */
static void
draw_bands (const DureCanvasScene *self, const DureCanvasClusters *clusters, cairo_t *cr, DureRect area)
{
  const DureCanvasBand *bands = (const DureCanvasBand *)(gpointer)clusters->bands->data;
  g_autofree guint     *seen = g_new (guint, BANDS_MOST);
  guint                 n = 0;

  for (guint k = 0; k < clusters->bands->len && n < BANDS_MOST; k++)
    {
      DurePoint a = middle_of (self, clusters->clusters->pdata[bands[k].a]);
      DurePoint b = middle_of (self, clusters->clusters->pdata[bands[k].b]);

      if (dure_canvas_in_area (a, area, 0) && dure_canvas_in_area (b, area, 0))
        seen[n++] = k;
    }
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint i = n; i-- > 0;)
    {
      const DureCanvasBand *band = &bands[seen[i]];
      DurePoint             a = middle_of (self, clusters->clusters->pdata[band->a]);
      DurePoint             b = middle_of (self, clusters->clusters->pdata[band->b]);
      double                alpha = i < STRONG_BANDS ? 0.2 : MIN (0.09, 22.0 / n);

      dure_canvas_set_rgba (cr, &self->colours.foreground, band_is_faded (clusters, band) ? 0.05 : alpha);
      cairo_set_line_width (cr, band_width (band, bands[seen[0]].n));
      cairo_move_to (cr, a.x, a.y);
      cairo_line_to (cr, b.x, b.y);
      cairo_stroke (cr);
    }
}

static void
draw_disc (const DureCanvasScene *self, cairo_t *cr, PangoLayout *layout, const DureCanvasCluster *cluster)
{
  DurePoint        at = middle_of (self, cluster);
  g_autofree char *text = NULL;
  int              width;
  int              height;

  cairo_new_sub_path (cr);
  cairo_arc (cr, at.x, at.y, cluster->radius + 2, 0, 2 * G_PI);
  dure_canvas_set_rgba (cr, &self->colours.background, 1);
  cairo_fill (cr);
  cairo_new_sub_path (cr);
  cairo_arc (cr, at.x, at.y, cluster->radius - 1, 0, 2 * G_PI);
  dure_canvas_set_colour (cr, cluster->colour, cluster->faded ? 0.06 : (self->colours.dark ? 0.28 : 0.16));
  cairo_fill_preserve (cr);
  dure_canvas_set_colour (cr, cluster->colour, cluster->faded ? 0.25 : 1);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  if (cluster->selected)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, at.x, at.y, cluster->radius + 3.5, 0, 2 * G_PI);
      dure_canvas_set_rgba (cr, &self->colours.accent, 1);
      cairo_set_line_width (cr, 3);
      cairo_stroke (cr);
    }
  text = g_strdup_printf ("%'u", cluster->n);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  dure_canvas_set_rgba (cr, &self->colours.foreground, cluster->faded ? 0.4 : 1);
  cairo_move_to (cr, at.x - width / 2.0, at.y - height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_discs (const DureCanvasScene *self, const DureCanvasClusters *clusters, cairo_t *cr, DureRect area)
{
  g_autoptr (PangoLayout) layout = dure_canvas_layout (self, cr, TRUE);

  for (guint i = 0; i < clusters->clusters->len; i++)
    {
      const DureCanvasCluster *cluster = clusters->clusters->pdata[i];

      if (dure_canvas_in_area (middle_of (self, cluster), area, cluster->radius))
        draw_disc (self, cr, layout, cluster);
    }
}

/* The names of the discs, and what the strongest bands count where there is room. */
static void
draw_names (const DureCanvasScene *self, const DureCanvasClusters *clusters, cairo_t *cr, DureRect area)
{
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (DureCanvasName));
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < clusters->clusters->len; i++)
    {
      const DureCanvasCluster *cluster = clusters->clusters->pdata[i];
      DureCanvasName           name = { .text = cluster->name,
                                        .at = middle_of (self, cluster),
                                        .radius = cluster->radius + 2,
                                        .importance = 1e6 + cluster->n,
                                        .faded = cluster->faded };

      if (dure_canvas_in_area (name.at, area, 200))
        g_array_append_val (names, name);
    }
  for (guint k = 0; k < clusters->bands->len && counts->len < COUNTED_BANDS; k++)
    {
      const DureCanvasBand *band = &g_array_index (clusters->bands, DureCanvasBand, k);
      DurePoint             a = middle_of (self, clusters->clusters->pdata[band->a]);
      DurePoint             b = middle_of (self, clusters->clusters->pdata[band->b]);
      DureCanvasName        name = { .importance = band->n, .faded = band_is_faded (clusters, band), .quiet = TRUE };

      if (!dure_canvas_in_area (a, area, 0) || !dure_canvas_in_area (b, area, 0))
        continue;
      name.text = g_strdup_printf ("%'u", band->n);
      g_ptr_array_add (counts, (gpointer)name.text);
      /* Labels stand below their place first. */
      name.at = (DurePoint){ (a.x + b.x) / 2, (a.y + b.y) / 2 - 12 };
      g_array_append_val (names, name);
    }
  dure_canvas_draw_labels (self, cr, area, NULL, 0, (const DureCanvasName *)(gpointer)names->data, names->len);
}

/* By area, so that twice the agencies are twice the colour; and large enough for the count. */
static void
set_radii (const DureCanvasScene *self, const DureCanvasClusters *clusters, cairo_t *cr)
{
  g_autoptr (PangoLayout) layout = dure_canvas_layout (self, cr, TRUE);
  guint most = 1;

  for (guint i = 0; i < clusters->clusters->len; i++)
    most = MAX (most, ((const DureCanvasCluster *)clusters->clusters->pdata[i])->n);
  for (guint i = 0; i < clusters->clusters->len; i++)
    {
      DureCanvasCluster *cluster = clusters->clusters->pdata[i];
      g_autofree char   *text = g_strdup_printf ("%'u", cluster->n);
      int                width;

      pango_layout_set_text (layout, text, -1);
      pango_layout_get_pixel_size (layout, &width, NULL);
      cluster->radius = MAX (MAX (DISC_LEAST, width / 2.0 + 6), DISC_MOST * sqrt ((double)cluster->n / most));
    }
}

/* Pushes apart the discs that lie upon one another, however the picture is moved by the same. */
static void
push_apart (const DureCanvasScene *self, const DureCanvasClusters *clusters)
{
  gboolean any = clusters->clusters->len <= SHIFTED_MOST;

  for (guint round = 0; round < SHIFT_ROUNDS && any; round++)
    {
      any = FALSE;
      for (guint i = 0; i < clusters->clusters->len; i++)
        for (guint j = 0; j < i; j++)
          {
            DureCanvasCluster *a = clusters->clusters->pdata[i];
            DureCanvasCluster *b = clusters->clusters->pdata[j];
            DurePoint          p = middle_of (self, a);
            DurePoint          q = middle_of (self, b);
            double             distance = hypot (p.x - q.x, p.y - q.y);
            double             missing = a->radius + b->radius + DISC_GAP - distance;
            double             ux = distance > 0.1 ? (p.x - q.x) / distance : cos (i * 2.4);
            double             uy = distance > 0.1 ? (p.y - q.y) / distance : sin (i * 2.4);

            if (missing <= 0.5)
              continue;
            any = TRUE;
            a->shift.x = CLAMP (a->shift.x + ux * missing / 2, -SHIFT_MOST, SHIFT_MOST);
            a->shift.y = CLAMP (a->shift.y + uy * missing / 2, -SHIFT_MOST, SHIFT_MOST);
            b->shift.x = CLAMP (b->shift.x - ux * missing / 2, -SHIFT_MOST, SHIFT_MOST);
            b->shift.y = CLAMP (b->shift.y - uy * missing / 2, -SHIFT_MOST, SHIFT_MOST);
          }
    }
}

/* Returns the clusters, for the pointer. */
GPtrArray *
dure_canvas_draw_far (const DureCanvasScene *self, cairo_surface_t *surface, cairo_t *cr, DureRect area)
{
  DureCanvasClusters *clusters = dure_canvas_clusters_new (self);
  GPtrArray          *list = g_ptr_array_ref (clusters->clusters);

  g_array_sort (clusters->bands, compare_bands);
  set_radii (self, clusters, cr);
  push_apart (self, clusters);
  draw_dots (self, surface, area);
  draw_bands (self, clusters, cr, area);
  draw_discs (self, clusters, cr, area);
  draw_names (self, clusters, cr, area);
  dure_canvas_clusters_free (clusters);
  return list;
}
