/* dure-network-canvas-picture.c: the picture that panning only moves, drawn by a thread where that takes long
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

#include <math.h>

#include "base/dure-worker.h"

#define LABEL_SIZE 11.5
/* Up to so many agencies and ties the main thread draws by itself, within its share of a frame. */
#define DRAWN_AT_ONCE 120

/* What the thread draws from, and what it drew. */
typedef struct
{
  DureCanvasScene  scene;
  DureRect         area;
  cairo_surface_t *surface;
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
  if (!gtk_style_context_lookup_color (style, "accent_color", &colours.accent))
    colours.accent = colours.foreground;
  if (!gtk_style_context_lookup_color (style, "warning_color", &colours.warning))
    colours.warning = colours.foreground;
  return colours;
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
    .points = self->points,
    .pinned = self->pinned,
    .alone = self->alone,
    .faded = self->faded,
    .label_width = self->label_width,
    .label_height = self->label_height,
    .selected = self->selected,
    .hovered = self->hovered,
    .dragged = self->dragged,
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

/* The sizes of labels do not depend on the zoom, so they are measured once for a network and a style. */
void
dure_canvas_measure_labels (DureNetworkCanvas *self)
{
  DureCanvasScene scene = dure_canvas_scene (self);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);

  pango_layout_set_font_description (layout, scene.font);
  pango_layout_set_width (layout, DURE_CANVAS_LABEL_MOST * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  dure_canvas_scene_clear (&scene);
  g_clear_pointer (&self->label_width, g_free);
  if (self->network == NULL)
    return;
  self->label_width = g_new (double, (gsize)self->network->n_nodes + 1);
  self->label_height = 0;
  for (guint v = 0; v < self->network->n_nodes; v++)
    {
      int w;
      int h;

      pango_layout_set_text (layout, self->network->nodes[v].label, -1);
      pango_layout_get_pixel_size (layout, &w, &h);
      self->label_width[v] = w;
      self->label_height = MAX (self->label_height, h);
    }
}

void
dure_canvas_clear_picture (DureNetworkCanvas *self)
{
  g_clear_object (&self->picture);
  g_clear_pointer (&self->picture_surface, cairo_surface_destroy);
}

static void
copy_array (gpointer *array, gsize size)
{
  if (*array != NULL)
    *array = g_memdup2 (*array, size);
}

static Drawing *
drawing_new (DureNetworkCanvas *self)
{
  Drawing *drawing = g_new0 (Drawing, 1);
  gsize    n = (gsize)self->network->n_nodes + 1;
  double   edge_x;
  double   edge_y;

  drawing->scene = dure_canvas_scene (self);
  edge_x = ceil (drawing->scene.width * 0.25);
  edge_y = ceil (drawing->scene.height * 0.25);
  drawing->area = (DureRect){ -edge_x, -edge_y, drawing->scene.width + 2 * edge_x, drawing->scene.height + 2 * edge_y };
  dure_network_ref (drawing->scene.network);
  dure_canvas_style_ref (drawing->scene.style);
  copy_array ((gpointer *)&drawing->scene.points, n * sizeof (DurePoint));
  copy_array ((gpointer *)&drawing->scene.pinned, n * sizeof (gboolean));
  copy_array ((gpointer *)&drawing->scene.alone, n * sizeof (gboolean));
  copy_array ((gpointer *)&drawing->scene.faded, n * sizeof (gboolean));
  copy_array ((gpointer *)&drawing->scene.label_width, n * sizeof (double));
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
  g_free (drawing->scene.points);
  g_free (drawing->scene.pinned);
  g_free (drawing->scene.alone);
  g_free (drawing->scene.faded);
  g_free (drawing->scene.label_width);
  if (drawing->scene.font_options != NULL)
    cairo_font_options_destroy ((cairo_font_options_t *)drawing->scene.font_options);
  dure_canvas_scene_clear (&drawing->scene);
  g_clear_pointer (&drawing->surface, cairo_surface_destroy);
  g_free (drawing);
}

/* Draws the window and a quarter of it on every side. */
static void
draw (Drawing *drawing)
{
  int      scale = drawing->scene.scale;
  cairo_t *cr;

  drawing->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)drawing->area.width * scale,
                                                 (int)drawing->area.height * scale);
  cairo_surface_set_device_scale (drawing->surface, scale, scale);
  cr = cairo_create (drawing->surface);
  cairo_translate (cr, -drawing->area.x, -drawing->area.y);
  dure_canvas_draw (&drawing->scene, cr, drawing->area, TRUE);
  cairo_destroy (cr);
  cairo_surface_flush (drawing->surface);
}

static void
take (DureNetworkCanvas *self, Drawing *drawing)
{
  cairo_surface_t *surface = drawing->surface;
  int              height = cairo_image_surface_get_height (surface);
  gsize            stride = (gsize)cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes
      = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * (gsize)height,
                                    (GDestroyNotify)cairo_surface_destroy, cairo_surface_reference (surface));

  dure_canvas_clear_picture (self);
  self->picture_surface = cairo_surface_reference (surface);
  self->picture
      = gdk_memory_texture_new (cairo_image_surface_get_width (surface), height, GDK_MEMORY_DEFAULT, bytes, stride);
  graphene_rect_init (&self->picture_area, (float)drawing->area.x, (float)drawing->area.y, (float)drawing->area.width,
                      (float)drawing->area.height);
  self->picture_view = drawing->scene.view;
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

  self->picture_is_coming = FALSE;
  /* Without a network, or out of the window, nobody waits for it any more. */
  if (self->network != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      take (self, g_task_get_task_data (G_TASK (result)));
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
make_picture (DureNetworkCanvas *self)
{
  Drawing *drawing;
  g_autoptr (GTask) task = NULL;

  if (self->picture_is_coming)
    return;
  self->picture_is_old = FALSE;
  drawing = drawing_new (self);
  if (self->network->n_nodes + self->network->n_ties <= DRAWN_AT_ONCE)
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

/* Whether the picture, moved to the view of the moment, still covers the window. */
static gboolean
picture_covers (DureNetworkCanvas *self)
{
  double dx = self->view.x - self->picture_view.x;
  double dy = self->view.y - self->picture_view.y;

  return self->picture != NULL && self->view.zoom == self->picture_view.zoom && self->picture_area.origin.x + dx <= 0
         && self->picture_area.origin.y + dy <= 0
         && self->picture_area.origin.x + self->picture_area.size.width + dx >= gtk_widget_get_width (GTK_WIDGET (self))
         && self->picture_area.origin.y + self->picture_area.size.height + dy
                >= gtk_widget_get_height (GTK_WIDGET (self));
}

/* Shows the picture at the view of the moment, and has a new one made when it does not fit; @stretching: not before the
 * view rests. */
void
dure_canvas_append_picture (DureNetworkCanvas *self, GtkSnapshot *snapshot, gboolean stretching)
{
  double          scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double          factor;
  graphene_rect_t at;
  double          x;
  double          y;

  if (self->picture == NULL || self->picture_is_old || (!stretching && !picture_covers (self)))
    make_picture (self);
  if (self->picture == NULL)
    return;
  factor = self->view.zoom / self->picture_view.zoom;
  /* A point of the picture at s stands for the place (s - old offset) / old zoom. */
  x = (self->picture_area.origin.x - self->picture_view.x) * factor + self->view.x;
  y = (self->picture_area.origin.y - self->picture_view.y) * factor + self->view.y;
  /* Whole pixels are copied, anything between them is interpolated, which is many times slower and blurs. */
  if (factor == 1)
    {
      x = round (x * scale) / scale;
      y = round (y * scale) / scale;
    }
  graphene_rect_init (&at, (float)x, (float)y, (float)(self->picture_area.size.width * factor),
                      (float)(self->picture_area.size.height * factor));
  /* The cairo renderer would copy a texture in every frame; it can draw from the surface itself. */
  if (GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (self)))))
    {
      graphene_rect_t window = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (GTK_WIDGET (self)),
                                                   (float)gtk_widget_get_height (GTK_WIDGET (self)));
      cairo_t        *cr = gtk_snapshot_append_cairo (snapshot, &window);

      cairo_translate (cr, x, y);
      cairo_scale (cr, factor, factor);
      cairo_set_source_surface (cr, self->picture_surface, 0, 0);
      cairo_paint (cr);
      cairo_destroy (cr);
    }
  else
    gtk_snapshot_append_texture (snapshot, self->picture, &at);
}
