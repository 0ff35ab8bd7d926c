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
#define BANDS_MOST 700

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
      guint      alpha = (self->flags[v] & DURE_CANVAS_FADED) != 0 ? 50 : 150;
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
  guint                 n = MIN (clusters->bands->len, BANDS_MOST);

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint k = n; k-- > 0;)
    {
      DurePoint a = middle_of (self, clusters->clusters->pdata[bands[k].a]);
      DurePoint b = middle_of (self, clusters->clusters->pdata[bands[k].b]);
      double    alpha = k < STRONG_BANDS ? 0.2 : MIN (0.09, 14.0 / n);

      if (MAX (a.x, b.x) < area.x || MIN (a.x, b.x) > area.x + area.width || MAX (a.y, b.y) < area.y
          || MIN (a.y, b.y) > area.y + area.height)
        continue;
      dure_canvas_set_rgba (cr, &self->colours.foreground, band_is_faded (clusters, &bands[k]) ? 0.05 : alpha);
      cairo_set_line_width (cr, band_width (&bands[k], bands[0].n));
      cairo_move_to (cr, a.x, a.y);
      cairo_line_to (cr, b.x, b.y);
      cairo_stroke (cr);
    }
}

static void
draw_count (const DureCanvasScene *self,
            cairo_t               *cr,
            PangoLayout           *layout,
            DurePoint              at,
            guint                  n,
            const GdkRGBA         *ink,
            const GdkRGBA         *halo,
            double                 alpha)
{
  g_autofree char *text = g_strdup_printf ("%'u", n);
  int              width;
  int              height;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (halo != NULL)
    dure_canvas_draw_text (cr, layout, at.x - width / 2.0, at.y - height / 2.0, ink, halo, alpha);
  else
    {
      dure_canvas_set_rgba (cr, ink, alpha);
      cairo_move_to (cr, at.x - width / 2.0, at.y - height / 2.0);
      pango_cairo_show_layout (cr, layout);
    }
}

/* Counts stand in the middle of their bands where no disc and no other count is. */
static void
draw_band_counts (const DureCanvasScene *self, const DureCanvasClusters *clusters, cairo_t *cr, PangoLayout *layout)
{
  DurePoint placed[COUNTED_BANDS];
  guint     n_placed = 0;

  for (guint k = 0; k < clusters->bands->len && k < STRONG_BANDS && n_placed < COUNTED_BANDS; k++)
    {
      const DureCanvasBand *band = &g_array_index (clusters->bands, DureCanvasBand, k);
      DurePoint             a = middle_of (self, clusters->clusters->pdata[band->a]);
      DurePoint             b = middle_of (self, clusters->clusters->pdata[band->b]);
      DurePoint             at = { (a.x + b.x) / 2, (a.y + b.y) / 2 };
      gboolean              clear = !band_is_faded (clusters, band);

      for (guint i = 0; clear && i < n_placed; i++)
        clear = fabs (placed[i].x - at.x) > 44 || fabs (placed[i].y - at.y) > 20;
      for (guint i = 0; clear && i < clusters->clusters->len; i++)
        {
          const DureCanvasCluster *cluster = clusters->clusters->pdata[i];
          DurePoint                middle = middle_of (self, cluster);

          clear = hypot (middle.x - at.x, middle.y - at.y) > cluster->radius + 16;
        }
      if (!clear)
        continue;
      draw_count (self, cr, layout, at, band->n, &self->colours.foreground, &self->colours.background, 0.8);
      placed[n_placed++] = at;
    }
}

static void
draw_disc (const DureCanvasScene *self, cairo_t *cr, PangoLayout *layout, const DureCanvasCluster *cluster)
{
  DurePoint at = middle_of (self, cluster);

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
  draw_count (self, cr, layout, at, cluster->n, &self->colours.foreground, NULL, cluster->faded ? 0.4 : 1);
}

static void
draw_discs (const DureCanvasScene *self, const DureCanvasClusters *clusters, cairo_t *cr, DureRect area)
{
  g_autoptr (PangoLayout) layout = dure_canvas_layout (self, cr, TRUE);
  g_autoptr (PangoLayout) plain = dure_canvas_layout (self, cr, FALSE);

  for (guint i = 0; i < clusters->clusters->len; i++)
    {
      const DureCanvasCluster *cluster = clusters->clusters->pdata[i];

      if (dure_canvas_in_area (middle_of (self, cluster), area, cluster->radius))
        draw_disc (self, cr, layout, cluster);
    }
  draw_band_counts (self, clusters, cr, plain);
}

static void
draw_names (const DureCanvasScene *self, const DureCanvasClusters *clusters, cairo_t *cr, DureRect area)
{
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (DureCanvasName));

  for (guint i = 0; i < clusters->clusters->len; i++)
    {
      const DureCanvasCluster *cluster = clusters->clusters->pdata[i];
      DureCanvasName           name
          = { cluster->name, middle_of (self, cluster), cluster->radius + 2, cluster->n, cluster->faded };

      if (dure_canvas_in_area (name.at, area, 200))
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
