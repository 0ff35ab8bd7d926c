/* dure-network-canvas-picture.c: the pictures that panning and zooming only move and stretch, drawn by a thread where
 * that takes long
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The picture reaches a quarter beyond the window on every side. Where it does not reach, after zooming out or a long
 * pan, a coarse overview of all of the network is seen until the next picture is there, so that nothing is ever blank.
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

#include "base/dure-worker.h"

#define LABEL_SIZE 11.5
/* Up to so many agencies and ties the main thread draws by itself, within its share of a frame. */
#define DRAWN_AT_ONCE 120
#define BEYOND 0.25
/* A picture that is stretched by more than this is replaced even while the view still changes. */
#define STRETCH_MOST 1.6

/* What the thread draws from, and what it drew. */
typedef struct
{
  DureCanvasScene  scene;
  DureRect         area;
  gboolean         overview;
  gboolean         labels;
  cairo_surface_t *surface;
  GPtrArray       *clusters;
} Drawing;

static DureCanvasColours
colours_of (DureNetworkCanvas *self)
{
  GtkStyleContext  *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  DureCanvasColours colours;

  gtk_style_context_get_color (style, &colours.foreground);
  colours.dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  if (!gtk_style_context_lookup_color (style, "view_bg_color", &colours.background))
    colours.background = colours.dark ? (GdkRGBA){ .12f, .12f, .12f, 1 } : (GdkRGBA){ 1, 1, 1, 1 };
  colours.background.alpha = 1;
  if (!gtk_style_context_lookup_color (style, "accent_color", &colours.accent))
    colours.accent = colours.foreground;
  if (!gtk_style_context_lookup_color (style, "warning_color", &colours.warning))
    colours.warning = colours.foreground;
  return colours;
}

static guint8 *
flags_of (DureNetworkCanvas *self)
{
  guint         n = self->network->n_nodes;
  GtkBitsetIter iter;
  guint         v;

  if (self->flags != NULL)
    return self->flags;
  self->flags = g_new (guint8, (gsize)n + 1);
  for (guint i = 0; i < n; i++)
    self->flags[i] = (guint8)((self->pinned[i] ? DURE_CANVAS_PINNED : 0)
                              | (self->alone != NULL && self->alone[i] ? DURE_CANVAS_ALONE : 0)
                              | (self->faded != NULL && self->faded[i] ? DURE_CANVAS_FADED : 0));
  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->selection, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    self->flags[v] |= DURE_CANVAS_SELECTED;
  for (gboolean is = self->lifted != NULL && gtk_bitset_iter_init_first (&iter, self->lifted, &v); is;
       is = gtk_bitset_iter_next (&iter, &v))
    self->flags[v] |= DURE_CANVAS_LIFTED;
  return self->flags;
}

/* The canvas as it is now. Arrays stay the canvas's own; dure_canvas_scene_clear() frees the rest. */
DureCanvasScene
dure_canvas_scene (DureNetworkCanvas *self)
{
  GtkWidget      *widget = GTK_WIDGET (self);
  PangoContext   *context = gtk_widget_get_pango_context (widget);
  DureCanvasScene scene = {
    .network = self->network,
    .style = self->style,
    .texts = self->texts,
    .points = self->points,
    .flags = flags_of (self),
    .emphasised = self->emphasised,
    .view = self->view,
    .view_is_own = self->view_is_own,
    .width = gtk_widget_get_width (widget),
    .height = gtk_widget_get_height (widget),
    .scale = gtk_widget_get_scale_factor (widget),
    .colours = colours_of (self),
    .font = pango_font_description_copy (pango_context_get_font_description (context)),
    .resolution = pango_cairo_context_get_resolution (context),
    .font_options = pango_cairo_context_get_font_options (context),
  };
  double usual = pango_font_description_get_size (scene.font) / (double)PANGO_SCALE;

  /* The officer's own text size counts: 11 points is what the desktop has by default. */
  pango_font_description_set_absolute_size (scene.font,
                                            LABEL_SIZE * MAX (usual > 0 ? usual / 11.0 : 1, 0.8) * PANGO_SCALE);
  return scene;
}

void
dure_canvas_scene_clear (DureCanvasScene *scene)
{
  g_clear_pointer (&scene->font, pango_font_description_free);
}

static void
layer_clear (DureCanvasLayer *layer)
{
  g_clear_object (&layer->texture);
  g_clear_pointer (&layer->surface, cairo_surface_destroy);
  g_clear_pointer (&layer->clusters, g_ptr_array_unref);
}

void
dure_canvas_clear_pictures (DureNetworkCanvas *self)
{
  layer_clear (&self->picture);
  layer_clear (&self->overview);
  self->hovered_cluster = -1;
}

/* Whether the main thread draws it within its share of a frame. */
gboolean
dure_canvas_is_light (DureNetworkCanvas *self)
{
  return self->network->n_nodes + self->network->n_ties <= DRAWN_AT_ONCE && !self->style->hulls;
}

static Drawing *
drawing_new (DureNetworkCanvas *self, gboolean overview)
{
  Drawing *drawing = g_new0 (Drawing, 1);
  gsize    n = (gsize)self->network->n_nodes + 1;
  double   beyond = overview || self->to_points != NULL ? 0 : BEYOND;
  double   edge_x;
  double   edge_y;

  drawing->scene = dure_canvas_scene (self);
  drawing->overview = overview;
  drawing->labels = !overview && self->to_points == NULL;
  if (overview)
    {
      drawing->scene.view = dure_canvas_fitted_view (self, self->points);
      drawing->scene.scale = 1;
    }
  edge_x = ceil (drawing->scene.width * beyond);
  edge_y = ceil (drawing->scene.height * beyond);
  drawing->area = (DureRect){ -edge_x, -edge_y, drawing->scene.width + 2 * edge_x, drawing->scene.height + 2 * edge_y };
  dure_network_ref (drawing->scene.network);
  dure_canvas_style_ref (drawing->scene.style);
  dure_canvas_texts_ref (drawing->scene.texts);
  drawing->scene.points = g_memdup2 (drawing->scene.points, n * sizeof (DurePoint));
  drawing->scene.flags = g_memdup2 (drawing->scene.flags, n);
  if (drawing->scene.font_options != NULL)
    drawing->scene.font_options = cairo_font_options_copy (drawing->scene.font_options);
  return drawing;
}

static void
drawing_free (gpointer data)
{
  Drawing *drawing = data;

  dure_network_unref (drawing->scene.network);
  dure_canvas_style_unref (drawing->scene.style);
  dure_canvas_texts_unref (drawing->scene.texts);
  g_free (drawing->scene.points);
  g_free (drawing->scene.flags);
  if (drawing->scene.font_options != NULL)
    cairo_font_options_destroy ((cairo_font_options_t *)drawing->scene.font_options);
  dure_canvas_scene_clear (&drawing->scene);
  g_clear_pointer (&drawing->surface, cairo_surface_destroy);
  g_clear_pointer (&drawing->clusters, g_ptr_array_unref);
  g_free (drawing);
}

static void
draw (Drawing *drawing)
{
  int      scale = drawing->scene.scale;
  cairo_t *cr;

  /* Opaque: such a picture is copied, not blended. */
  drawing->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX (1, (int)drawing->area.width * scale),
                                                 MAX (1, (int)drawing->area.height * scale));
  cairo_surface_set_device_scale (drawing->surface, scale, scale);
  cr = cairo_create (drawing->surface);
  cairo_translate (cr, -drawing->area.x, -drawing->area.y);
  drawing->clusters = dure_canvas_draw (&drawing->scene, drawing->surface, cr, drawing->area, drawing->labels);
  cairo_destroy (cr);
  cairo_surface_flush (drawing->surface);
}

/* The renderers on the graphics card want the bytes in a texture. */
static GdkTexture *
texture_of (cairo_surface_t *surface)
{
  int   width = cairo_image_surface_get_width (surface);
  int   height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize)cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes
      = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * (gsize)height,
                                    (GDestroyNotify)cairo_surface_destroy, cairo_surface_reference (surface));

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
take (DureNetworkCanvas *self, Drawing *drawing)
{
  DureCanvasLayer *layer = drawing->overview ? &self->overview : &self->picture;

  layer_clear (layer);
  layer->surface = g_steal_pointer (&drawing->surface);
  layer->clusters = g_steal_pointer (&drawing->clusters);
  layer->area = drawing->area;
  layer->view = drawing->scene.view;
  if (!drawing->overview)
    {
      self->hovered_cluster = -1;
      if (layer->clusters != NULL)
        self->hovered = self->hovered_tie = -1;
    }
}

static void
draw_func (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  draw (data);
  g_task_return_boolean (task, TRUE);
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (source);
  Drawing           *drawing = g_task_get_task_data (G_TASK (result));

  self->picture_is_coming = FALSE;
  /* Without a network, or out of the window, nobody waits for it any more. */
  if (self->network != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      take (self, drawing);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

/* One thread for all canvases: it keeps its fonts. */
static DureWorker *
drawing_thread (void)
{
  static DureWorker *worker = NULL;

  if (worker == NULL)
    worker = dure_worker_new ("dure-canvas");
  return worker;
}

static void
make_picture (DureNetworkCanvas *self, gboolean overview)
{
  Drawing *drawing;
  g_autoptr (GTask) task = NULL;

  if (self->picture_is_coming)
    return;
  if (overview)
    self->overview_is_old = FALSE;
  else
    self->picture_is_old = FALSE;
  drawing = drawing_new (self, overview);
  if (dure_canvas_is_light (self))
    {
      draw (drawing);
      take (self, drawing);
      drawing_free (drawing);
      return;
    }
  self->picture_is_coming = TRUE;
  task = g_task_new (self, NULL, drawn_cb, NULL);
  g_task_set_source_tag (task, make_picture);
  g_task_set_task_data (task, drawing, drawing_free);
  dure_worker_run (drawing_thread (), task, draw_func);
}

static DureRect
layer_rect (DureNetworkCanvas *self, const DureCanvasLayer *layer)
{
  double factor = self->view.zoom / layer->view.zoom;

  return (DureRect){ (layer->area.x - layer->view.x) * factor + self->view.x,
                     (layer->area.y - layer->view.y) * factor + self->view.y, layer->area.width * factor,
                     layer->area.height * factor };
}

/* How far the picture, at the view of the moment, reaches beyond the window on the side where it reaches least. */
static double
reach (DureNetworkCanvas *self, const DureCanvasLayer *layer)
{
  DureRect rect = layer_rect (self, layer);
  double   right = rect.x + rect.width - gtk_widget_get_width (GTK_WIDGET (self));
  double   bottom = rect.y + rect.height - gtk_widget_get_height (GTK_WIDGET (self));

  return MIN (MIN (-rect.x, -rect.y), MIN (right, bottom));
}

static gboolean
picture_is_wanted (DureNetworkCanvas *self, gboolean stretching)
{
  double factor;
  double edge = BEYOND * MIN (gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));

  if (self->picture.surface == NULL || self->picture_is_old)
    return TRUE;
  factor = self->view.zoom / self->picture.view.zoom;
  if (stretching)
    return factor > STRETCH_MOST || factor < 1 / STRETCH_MOST;
  /* Before its edge is seen. */
  return factor != 1 || reach (self, &self->picture) < edge * 0.3;
}

/* @over: (nullable): what will be laid over it; need not be drawn there. */
static void
append_layer (DureNetworkCanvas *self, GtkSnapshot *snapshot, DureCanvasLayer *layer, const DureCanvasLayer *over)
{
  double          scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double          factor = self->view.zoom / layer->view.zoom;
  DureRect        rect = layer_rect (self, layer);
  double          x = rect.x;
  double          y = rect.y;
  graphene_rect_t at;
  graphene_rect_t window = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (GTK_WIDGET (self)),
                                               (float)gtk_widget_get_height (GTK_WIDGET (self)));

  /* Whole pixels are copied, anything between them is interpolated, which is many times slower and blurs. */
  if (factor == 1)
    {
      x = round (x * scale) / scale;
      y = round (y * scale) / scale;
    }
  graphene_rect_init (&at, (float)x, (float)y, (float)(layer->area.width * factor),
                      (float)(layer->area.height * factor));
  /* The cairo renderer would copy a texture in every frame; it can draw from the surface itself. */
  if (GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (self)))))
    {
      cairo_t *cr;

      if (!graphene_rect_intersection (&window, &at, &window))
        return;
      cr = gtk_snapshot_append_cairo (snapshot, &window);
      cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
      if (over != NULL)
        {
          DureRect hole = layer_rect (self, over);

          cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
          cairo_rectangle (cr, 0, 0, gtk_widget_get_width (GTK_WIDGET (self)),
                           gtk_widget_get_height (GTK_WIDGET (self)));
          cairo_rectangle (cr, floor (hole.x) + 1, floor (hole.y) + 1, MAX (0, floor (hole.width) - 2),
                           MAX (0, floor (hole.height) - 2));
          cairo_clip (cr);
        }
      cairo_rectangle (cr, x, y, layer->area.width * factor, layer->area.height * factor);
      cairo_translate (cr, x, y);
      cairo_scale (cr, factor, factor);
      cairo_set_source_surface (cr, layer->surface, 0, 0);
      cairo_pattern_set_filter (cairo_get_source (cr), factor == 1 ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_BILINEAR);
      cairo_fill (cr);
      cairo_destroy (cr);
      return;
    }
  if (layer->texture == NULL)
    layer->texture = texture_of (layer->surface);
  gtk_snapshot_append_texture (snapshot, layer->texture, &at);
}

/* Shows the picture at the view of the moment, and has a new one made when it does not fit; @stretching: the view still
 * changes. */
void
dure_canvas_append_picture (DureNetworkCanvas *self, GtkSnapshot *snapshot, gboolean stretching)
{
  if (picture_is_wanted (self, stretching))
    make_picture (self, FALSE);
  else if (!stretching && !dure_canvas_is_light (self) && self->view_is_own
           && (self->overview.surface == NULL || self->overview_is_old))
    make_picture (self, TRUE);
  if (self->picture.surface == NULL)
    return;
  if (self->overview.surface != NULL && reach (self, &self->picture) < 0)
    append_layer (self, snapshot, &self->overview, &self->picture);
  append_layer (self, snapshot, &self->picture, NULL);
}
