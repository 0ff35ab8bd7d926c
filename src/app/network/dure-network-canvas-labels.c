/* dure-network-canvas-labels.c: names by their nodes, none upon another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-scene.h"

/* Of so many the most important get their names; a window holds far fewer. */
#define CANDIDATES_MOST 1200
#define HALO 1.4

DureCanvasTexts *
dure_canvas_texts_new (guint n)
{
  DureCanvasTexts *self = g_new0 (DureCanvasTexts, 1);

  g_atomic_ref_count_init (&self->refs);
  self->width = g_new (float, (gsize)n + 1);
  for (guint v = 0; v < n; v++)
    self->width[v] = -1;
  return self;
}

DureCanvasTexts *
dure_canvas_texts_ref (DureCanvasTexts *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dure_canvas_texts_unref (DureCanvasTexts *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->width);
  g_free (self);
}

/* @cr: (nullable): what it will be drawn on. In the font of labels, ending in «…» where a label would be too long. */
PangoLayout *
dure_canvas_layout (const DureCanvasScene *self, cairo_t *cr, gboolean bold)
{
  PangoContext *context = cr == NULL ? pango_font_map_create_context (pango_cairo_font_map_get_default ())
                                     : pango_cairo_create_context (cr);
  PangoLayout  *layout = pango_layout_new (context);

  g_object_unref (context);
  pango_cairo_context_set_resolution (pango_layout_get_context (layout), self->resolution);
  pango_cairo_context_set_font_options (pango_layout_get_context (layout), self->font_options);
  if (bold)
    {
      g_autoptr (PangoFontDescription) font = pango_font_description_copy (self->font);

      pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
      pango_layout_set_font_description (layout, font);
    }
  else
    pango_layout_set_font_description (layout, self->font);
  /* In steps of the size of the text, which the officer chooses. */
  pango_layout_set_width (layout, DURE_CANVAS_LABEL_EMS * pango_font_description_get_size (self->font));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

/* The text of @layout with a soft rim of the ground, so that it can be read upon ties. */
void
dure_canvas_draw_text (
    cairo_t *cr, PangoLayout *layout, double x, double y, const GdkRGBA *ink, const GdkRGBA *halo, double alpha)
{
  static const double around[][2] = { { -HALO, 0 },
                                      { HALO, 0 },
                                      { 0, -HALO },
                                      { 0, HALO },
                                      { -HALO * 0.7, -HALO * 0.7 },
                                      { HALO * 0.7, -HALO * 0.7 },
                                      { -HALO * 0.7, HALO * 0.7 },
                                      { HALO * 0.7, HALO * 0.7 } };

  dure_canvas_set_rgba (cr, halo, MIN (1, alpha + 0.1));
  for (guint i = 0; i < G_N_ELEMENTS (around); i++)
    {
      cairo_move_to (cr, x + around[i][0], y + around[i][1]);
      pango_cairo_show_layout (cr, layout);
    }
  dure_canvas_set_rgba (cr, ink, alpha);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static double
importance (const DureCanvasScene *self, guint node)
{
  guint8 flags = self->flags[node];
  double rank = dure_graph_degree (self->network->graph, node);

  if (self->style->size != NULL)
    rank += 1000 * (double)self->style->size[node];
  if ((flags & DURE_CANVAS_FADED) == 0)
    rank += 1e5;
  if ((flags & DURE_CANVAS_ALONE) != 0)
    rank += 1e6;
  if ((flags & DURE_CANVAS_SELECTED) != 0)
    rank += 1e7;
  return rank;
}

static int
compare_importance (gconstpointer left, gconstpointer right, gpointer data)
{
  double a = importance (data, *(const guint *)left);
  double b = importance (data, *(const guint *)right);

  return a != b ? (a > b ? -1 : 1) : (*(const guint *)left > *(const guint *)right) ? 1 : -1;
}

static int
text_width (PangoLayout *layout, const char *text)
{
  int width;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static double
label_width (const DureCanvasScene *self, PangoLayout *layout, guint node)
{
  if (self->texts->width[node] < 0)
    self->texts->width[node] = (float)text_width (layout, self->network->nodes[node].label);
  return (double)self->texts->width[node];
}

/* @nodes: those that are drawn. @names: of groups; they have the first choice. */
void
dure_canvas_draw_labels (const DureCanvasScene *self,
                         cairo_t               *cr,
                         DureRect               area,
                         const guint           *nodes,
                         guint                  n,
                         const DureCanvasName  *names,
                         guint                  n_names)
{
  g_autofree guint       *order = g_memdup2 (nodes, n * sizeof (guint));
  g_autofree DureLabel   *labels = g_new0 (DureLabel, (gsize)n + n_names + 1);
  g_autofree double      *radius = g_new0 (double, (gsize)n + n_names + 1);
  g_autofree DurePoint   *points = g_new (DurePoint, (gsize)n + n_names + 1);
  g_autofree const char **texts = g_new (const char *, (gsize)n + 1);
  g_autoptr (PangoLayout) layout = dure_canvas_layout (self, cr, FALSE);
  g_autoptr (PangoLayout) bold = dure_canvas_layout (self, cr, TRUE);
  DureRect window = { 0, 0, self->width, self->height };
  int      height;

  pango_layout_set_text (layout, "가g", -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  if (n > CANDIDATES_MOST)
    g_qsort_with_data (order, (int)n, sizeof *order, compare_importance, (gpointer)self);
  for (guint i = 0; i < n; i++)
    {
      guint v = order[i];

      texts[i] = self->network->nodes[v].label;
      points[i] = dure_canvas_scene_point (self, v);
      radius[i] = dure_canvas_scene_radius (self, v);
      /* Rings need their room too. */
      if ((self->flags[v] & (DURE_CANVAS_ALONE | DURE_CANVAS_SELECTED)) != 0)
        radius[i] += 5;
      labels[i].importance
          = i < CANDIDATES_MOST && (self->flags[v] & DURE_CANVAS_LIFTED) == 0 ? importance (self, v) : -1;
      labels[i].width = labels[i].importance >= 0 ? label_width (self, layout, v) + 4 : 0;
      labels[i].height = height;
    }
  for (guint i = 0; i < n_names; i++)
    {
      points[n + i] = names[i].at;
      radius[n + i] = names[i].radius;
      labels[n + i].width = text_width (names[i].quiet ? layout : bold, names[i].text) + 4;
      labels[n + i].height = height;
      labels[n + i].importance = names[i].importance;
    }
  /* Those that are selected are named in full, and where there is no room for that, by their labels. */
  for (gboolean in_full = TRUE, again = TRUE; again; in_full = FALSE)
    {
      again = FALSE;
      for (guint i = 0; i < n; i++)
        if ((self->flags[order[i]] & DURE_CANVAS_SELECTED) != 0 && labels[i].importance >= 0)
          {
            const DureNetworkNode *node = &self->network->nodes[order[i]];

            if (in_full || labels[i].place == DURE_LABEL_HIDDEN)
              texts[i] = in_full ? node->name : node->label;
            labels[i].width = text_width (bold, texts[i]) + 4;
          }
      /* In a fitted view every label that is shown can be read whole. */
      dure_place_labels (labels, n + n_names, points, radius, DURE_CANVAS_LABEL_GAP,
                         self->view_is_own ? NULL : &window);
      for (guint i = 0; i < n && in_full; i++)
        again = again
                || ((self->flags[order[i]] & DURE_CANVAS_SELECTED) != 0 && labels[i].importance >= 0
                    && labels[i].place == DURE_LABEL_HIDDEN);
    }
  for (guint i = 0; i < n; i++)
    if (labels[i].place != DURE_LABEL_HIDDEN && dure_canvas_in_area (points[i], area, 200))
      {
        PangoLayout *used = (self->flags[order[i]] & DURE_CANVAS_SELECTED) != 0 ? bold : layout;

        pango_layout_set_text (used, texts[i], -1);
        dure_canvas_draw_text (cr, used, labels[i].rect.x + 2, labels[i].rect.y, &self->colours.foreground,
                               &self->colours.background,
                               (self->flags[order[i]] & DURE_CANVAS_FADED) != 0 ? 0.4 : 0.92);
      }
  for (guint i = n; i < n + n_names; i++)
    if (labels[i].place != DURE_LABEL_HIDDEN && dure_canvas_in_area (points[i], area, 200))
      {
        PangoLayout *used = names[i - n].quiet ? layout : bold;

        pango_layout_set_text (used, names[i - n].text, -1);
        dure_canvas_draw_text (cr, used, labels[i].rect.x + 2, labels[i].rect.y, &self->colours.foreground,
                               &self->colours.background, names[i - n].faded ? 0.4 : 0.8);
      }
}
