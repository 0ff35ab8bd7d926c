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

/* Up to so many agencies and ties the main thread draws by itself, within its share of a frame. */
#define DRAWN_AT_ONCE 120
#define BEYOND 0.25
/* A picture that is stretched by more than this is replaced even while the view still changes. */
#define STRETCH_MOST 1.6

typedef enum
{
  KIND_PICTURE,
  KIND_OVERVIEW,
  KIND_LIFTED,
} Kind;

/* What the thread draws from, and what it drew. */
typedef struct
{
  DureCanvasScene  scene;
  DureRect         area;
  Kind             kind;
  gboolean         labels;
  cairo_surface_t *surface;
  GPtrArray       *clusters;
} Drawing;

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
  layer_clear (&self->lifted_layer);
  self->hovered_cluster = -1;
}

/* Whether the main thread draws it within its share of a frame. */
gboolean
dure_canvas_is_light (DureNetworkCanvas *self)
{
  return self->network->n_nodes + self->network->n_ties <= DRAWN_AT_ONCE && !self->style->hulls;
}

static gboolean
draws_with_cairo (DureNetworkCanvas *self)
{
  return GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (self))));
}

static Drawing *
drawing_new (DureNetworkCanvas *self, Kind kind)
{
  Drawing *drawing = g_new0 (Drawing, 1);
  gsize    n = (gsize)self->network->n_nodes + 1;
  double   beyond = kind == KIND_OVERVIEW || self->to_points != NULL ? 0 : BEYOND;
  double   edge_x;
  double   edge_y;

  drawing->scene = dure_canvas_scene (self);
  drawing->kind = kind;
  drawing->labels = kind == KIND_PICTURE && self->to_points == NULL;
  if (kind == KIND_OVERVIEW)
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
  if (kind == KIND_LIFTED)
    {
      GtkBitsetIter iter;
      guint         i = 0;
      guint         v;

      for (gboolean is = gtk_bitset_iter_init_first (&iter, self->lifted, &v); is;
           is = gtk_bitset_iter_next (&iter, &v))
        drawing->scene.points[v] = self->lifted_from[i++];
    }
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

  drawing->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (1, (int)drawing->area.width * scale),
                                                 MAX (1, (int)drawing->area.height * scale));
  cairo_surface_set_device_scale (drawing->surface, scale, scale);
  cr = cairo_create (drawing->surface);
  cairo_translate (cr, -drawing->area.x, -drawing->area.y);
  if (drawing->kind == KIND_LIFTED)
    dure_canvas_draw_lifted (&drawing->scene, cr, drawing->area);
  else
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
  DureCanvasLayer *layer = drawing->kind == KIND_LIFTED     ? &self->lifted_layer
                           : drawing->kind == KIND_OVERVIEW ? &self->overview
                                                            : &self->picture;

  /* They have been let go meanwhile. */
  if (drawing->kind == KIND_LIFTED && self->lifted == NULL)
    return;
  layer_clear (layer);
  layer->surface = g_steal_pointer (&drawing->surface);
  layer->clusters = g_steal_pointer (&drawing->clusters);
  layer->area = drawing->area;
  layer->view = drawing->scene.view;
  if (drawing->kind == KIND_PICTURE)
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
make_picture (DureNetworkCanvas *self, Kind kind)
{
  Drawing *drawing;
  g_autoptr (GTask) task = NULL;

  if (self->picture_is_coming)
    return;
  if (kind == KIND_OVERVIEW)
    self->overview_is_old = FALSE;
  else if (kind == KIND_PICTURE)
    self->picture_is_old = FALSE;
  drawing = drawing_new (self, kind);
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

/* Whether the picture fills all of the window. */
gboolean
dure_canvas_is_covered (DureNetworkCanvas *self)
{
  return self->picture.surface != NULL && reach (self, &self->picture) >= 0;
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

/* @by: how far it is moved besides. @over: (nullable): what will be laid over it; need not be drawn there. */
static void
append_layer (
    DureNetworkCanvas *self, GtkSnapshot *snapshot, DureCanvasLayer *layer, DurePoint by, const DureCanvasLayer *over)
{
  double          scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double          factor = self->view.zoom / layer->view.zoom;
  DureRect        rect = layer_rect (self, layer);
  double          x = rect.x + by.x;
  double          y = rect.y + by.y;
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
  if (draws_with_cairo (self))
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
      /* For as long as the view changes; smooth stretching would take half of the frame. */
      cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
      /* What is opaque is copied, not blended. */
      if (layer != &self->lifted_layer)
        cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
      cairo_fill (cr);
      cairo_destroy (cr);
      return;
    }
  if (layer->texture == NULL)
    layer->texture = texture_of (layer->surface);
  gtk_snapshot_append_texture (snapshot, layer->texture, &at);
}

/* Whether so many are dragged that they move as a picture. */
static gboolean
lifts_many (DureNetworkCanvas *self)
{
  guint64 n = self->lifted != NULL ? gtk_bitset_get_size (self->lifted) : 0;

  return n > DURE_CANVAS_LIFTED_FEW && n <= DURE_CANVAS_LIFTED_MOST && self->picture.clusters == NULL;
}

/* Forgets the picture of what was dragged. */
void
dure_canvas_clear_lifted (DureNetworkCanvas *self)
{
  layer_clear (&self->lifted_layer);
}

static void
append_lifted (DureNetworkCanvas *self, GtkSnapshot *snapshot)
{
  guint     first = gtk_bitset_get_minimum (self->lifted);
  DurePoint by = { (self->points[first].x - self->lifted_from[0].x) * self->view.zoom,
                   (self->points[first].y - self->lifted_from[0].y) * self->view.zoom };

  append_layer (self, snapshot, &self->lifted_layer, by, NULL);
}

/* Shows the picture at the view of the moment, and has a new one made when it does not fit; @stretching: the view still
 * changes. */
void
dure_canvas_append_picture (DureNetworkCanvas *self, GtkSnapshot *snapshot, gboolean stretching)
{
  /* What is dragged first, or it would be seen nowhere for a moment. */
  if (lifts_many (self) && self->lifted_layer.surface == NULL)
    make_picture (self, KIND_LIFTED);
  else if (picture_is_wanted (self, stretching))
    make_picture (self, KIND_PICTURE);
  else if (!stretching && !dure_canvas_is_light (self) && self->view_is_own
           && (self->overview.surface == NULL || self->overview_is_old))
    make_picture (self, KIND_OVERVIEW);
  if (self->picture.surface == NULL)
    return;
  if (self->overview.surface != NULL && reach (self, &self->picture) < 0)
    append_layer (self, snapshot, &self->overview, (DurePoint){ 0, 0 }, &self->picture);
  append_layer (self, snapshot, &self->picture, (DurePoint){ 0, 0 }, NULL);
  if (self->lifted != NULL && self->lifted_layer.surface != NULL)
    append_lifted (self, snapshot);
}
