/* dure-network-canvas.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The picture is drawn once into a texture that is larger than the window. Panning moves the texture, zooming stretches it until
 * the pointer rests; then it is drawn anew. What follows the pointer is drawn on top.
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "graph/dure-measures.h"

#define GLIDE_US (220 * 1000)
#define REST_MS 90
#define ZOOM_LEAST 0.05
#define ZOOM_MOST 4.0
/* More nodes than this appear in their new places at once. */
#define GLIDE_UP_TO 800

G_DEFINE_FINAL_TYPE (DureNetworkCanvas, dure_network_canvas, GTK_TYPE_WIDGET)

enum
{
  SELECTION_CHANGED,
  NODE_ACTIVATED,
  NODE_PLACED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_moving (DureNetworkCanvas *self)
{
  return self->tick != 0;
}

static void
clear_picture (DureNetworkCanvas *self)
{
  g_clear_object (&self->picture);
  g_clear_pointer (&self->picture_surface, cairo_surface_destroy);
}

/* The picture no longer shows what is; it is drawn anew in the next frame. */
void
dure_canvas_invalidate (DureNetworkCanvas *self)
{
  clear_picture (self);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
rested_cb (gpointer data)
{
  DureNetworkCanvas *self = data;

  self->refresh_source = 0;
  dure_canvas_invalidate (self);
  return G_SOURCE_REMOVE;
}

static void
refresh_at_rest (DureNetworkCanvas *self)
{
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  self->refresh_source = g_timeout_add (REST_MS, rested_cb, self);
}

/* Stops moving; everything is where it was going to. */
void
dure_canvas_stop (DureNetworkCanvas *self)
{
  if (self->tick == 0)
    return;
  gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  if (self->to_points != NULL)
    {
      g_free (self->points);
      self->points = g_steal_pointer (&self->to_points);
    }
  g_clear_pointer (&self->from_points, g_free);
  self->view = self->to_view;
  dure_canvas_invalidate (self);
}

static gboolean
move_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);
  double             t = (double) (gdk_frame_clock_get_frame_time (clock) - self->move_begin) / GLIDE_US;
  double             s;

  if (t >= 1)
    {
      self->tick = 0;
      if (self->to_points != NULL)
        {
          g_free (self->points);
          self->points = g_steal_pointer (&self->to_points);
        }
      g_clear_pointer (&self->from_points, g_free);
      self->view = self->to_view;
      dure_canvas_invalidate (self);
      return G_SOURCE_REMOVE;
    }
  s = 1 - pow (1 - MAX (t, 0), 3);
  for (guint v = 0; self->to_points != NULL && v < self->network->n_nodes; v++)
    {
      self->points[v].x = self->from_points[v].x + (self->to_points[v].x - self->from_points[v].x) * s;
      self->points[v].y = self->from_points[v].y + (self->to_points[v].y - self->from_points[v].y) * s;
    }
  /* The zoom grows by the same factor in the same time, so that it looks even. */
  self->view.zoom = self->from_view.zoom * pow (self->to_view.zoom / self->from_view.zoom, s);
  self->view.x = self->from_view.x + (self->to_view.x - self->from_view.x) * s;
  self->view.y = self->from_view.y + (self->to_view.y - self->from_view.y) * s;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static gboolean
may_move (DureNetworkCanvas *self)
{
  gboolean animations = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animations, NULL);
  return animations && gtk_widget_get_mapped (GTK_WIDGET (self)) && self->network != NULL
         && self->network->n_nodes <= GLIDE_UP_TO;
}

static void
start_moving (DureNetworkCanvas *self, DureCanvasView view)
{
  self->from_view = self->view;
  self->to_view = view;
  self->move_begin = gdk_frame_clock_get_frame_time (gtk_widget_get_frame_clock (GTK_WIDGET (self)));
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), move_cb, NULL, NULL);
}

/* @own: the officer wants it so; a fitted view follows the size of the window. */
void
dure_canvas_set_view (DureNetworkCanvas *self, DureCanvasView view, gboolean own, gboolean glide)
{
  view.zoom = CLAMP (view.zoom, ZOOM_LEAST, ZOOM_MOST);
  self->view_is_own = own;
  if (glide && may_move (self))
    {
      start_moving (self, view);
      return;
    }
  dure_canvas_stop (self);
  if (view.zoom != self->view.zoom)
    refresh_at_rest (self);
  self->view = view;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dure_canvas_zoom_at (DureNetworkCanvas *self, double factor, double x, double y, gboolean glide)
{
  DureCanvasView view = is_moving (self) ? self->to_view : self->view;
  double         zoom = CLAMP (view.zoom * factor, ZOOM_LEAST, ZOOM_MOST);

  view.x = x - (x - view.x) * zoom / view.zoom;
  view.y = y - (y - view.y) * zoom / view.zoom;
  view.zoom = zoom;
  dure_canvas_set_view (self, view, TRUE, glide);
}

/* The view in which all of the network is inside the window. */
static DureCanvasView
fitted_view (DureNetworkCanvas *self, const DurePoint *points)
{
  double   width = gtk_widget_get_width (GTK_WIDGET (self));
  double   height = gtk_widget_get_height (GTK_WIDGET (self));
  double   edge_x = 70;
  double   edge_y = 44;
  DureRect whole;
  double   zoom;

  if (self->network == NULL || self->network->n_nodes == 0 || width < 1 || height < 1)
    return (DureCanvasView){ 1, width / 2, height / 2 };
  whole = (DureRect){ points[0].x, points[0].y, 0, 0 };
  for (guint v = 1; v < self->network->n_nodes; v++)
    {
      DureRect point = { points[v].x, points[v].y, 0, 0 };

      whole = dure_rect_union (&whole, &point);
    }
  zoom = MIN (MAX (width - 2 * edge_x, 60) / MAX (whole.width, 1), MAX (height - 2 * edge_y, 60) / MAX (whole.height, 1));
  zoom = CLAMP (zoom, ZOOM_LEAST, 1.6);
  return (DureCanvasView){ zoom,
                           width / 2 - (whole.x + whole.width / 2) * zoom,
                           height / 2 - (whole.y + whole.height / 2) * zoom };
}

/* Draws the picture of the window and a quarter of it on every side. */
static void
make_picture (DureNetworkCanvas *self)
{
  GtkWidget       *widget = GTK_WIDGET (self);
  int              scale = gtk_widget_get_scale_factor (widget);
  double           edge_x = ceil (gtk_widget_get_width (widget) * 0.25);
  double           edge_y = ceil (gtk_widget_get_height (widget) * 0.25);
  DureRect         area = { -edge_x, -edge_y, gtk_widget_get_width (widget) + 2 * edge_x, gtk_widget_get_height (widget) + 2 * edge_y };
  cairo_surface_t *surface;
  cairo_t         *cr;
  g_autoptr (GBytes) bytes = NULL;
  int                width = (int) area.width * scale;
  int                height = (int) area.height * scale;
  gsize              stride;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  cairo_translate (cr, -area.x, -area.y);
  dure_canvas_draw (self, cr, area, TRUE);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy,
                                      cairo_surface_reference (surface));
  clear_picture (self);
  self->picture_surface = surface;
  self->picture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
  graphene_rect_init (&self->picture_area, (float) area.x, (float) area.y, (float) area.width, (float) area.height);
  self->picture_view = self->view;
}

/* Whether the picture, moved to the view of the moment, still covers the window. */
static gboolean
picture_covers (DureNetworkCanvas *self)
{
  double dx = self->view.x - self->picture_view.x;
  double dy = self->view.y - self->picture_view.y;

  return self->picture != NULL && self->view.zoom == self->picture_view.zoom
         && self->picture_area.origin.x + dx <= 0 && self->picture_area.origin.y + dy <= 0
         && self->picture_area.origin.x + self->picture_area.size.width + dx >= gtk_widget_get_width (GTK_WIDGET (self))
         && self->picture_area.origin.y + self->picture_area.size.height + dy >= gtk_widget_get_height (GTK_WIDGET (self));
}

static void
append_picture (DureNetworkCanvas *self, GtkSnapshot *snapshot)
{
  double          factor = self->view.zoom / self->picture_view.zoom;
  double          scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  graphene_rect_t at;
  double          x;
  double          y;

  /* A point of the picture at s stands for the place (s - old offset) / old zoom. */
  x = (self->picture_area.origin.x - self->picture_view.x) * factor + self->view.x;
  y = (self->picture_area.origin.y - self->picture_view.y) * factor + self->view.y;
  /* Whole pixels are copied, anything between them is interpolated, which is many times slower and blurs. */
  if (factor == 1)
    {
      x = round (x * scale) / scale;
      y = round (y * scale) / scale;
    }
  graphene_rect_init (&at,
                      (float) x,
                      (float) y,
                      (float) (self->picture_area.size.width * factor),
                      (float) (self->picture_area.size.height * factor));
  /* The cairo renderer would copy a texture in every frame; it can draw from the surface itself. */
  if (GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (self)))))
    {
      graphene_rect_t window = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)), (float) gtk_widget_get_height (GTK_WIDGET (self)));
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

static void
dure_network_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);
  graphene_rect_t    bounds = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget));

  if (self->network == NULL || self->network->n_nodes == 0)
    return;
  gtk_snapshot_push_clip (snapshot, &bounds);
  if (is_moving (self) && self->to_points != NULL)
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

      dure_canvas_draw (self, cr, (DureRect){ 0, 0, bounds.size.width, bounds.size.height }, FALSE);
      cairo_destroy (cr);
    }
  else
    {
      gboolean stretching = is_moving (self) || self->refresh_source != 0;

      if (self->picture == NULL || (!stretching && !picture_covers (self)))
        make_picture (self);
      append_picture (self, snapshot);
    }
  if (!is_moving (self) && dure_canvas_is_lively (self))
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

      dure_canvas_draw_lively (self, cr);
      cairo_destroy (cr);
    }
  gtk_snapshot_pop (snapshot);
}

static void
dure_network_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);

  if (self->network != NULL && !self->view_is_own)
    {
      DureCanvasView view;

      dure_canvas_stop (self);
      view = fitted_view (self, self->points);
      if (view.zoom != self->view.zoom || view.x != self->view.x || view.y != self->view.y)
        {
          self->view = view;
          clear_picture (self);
        }
    }
}

static void
dure_network_canvas_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 420;
}

static void
dure_network_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);

  GTK_WIDGET_CLASS (dure_network_canvas_parent_class)->css_changed (widget, change);
  if (self->network != NULL)
    dure_canvas_measure_labels (self);
  dure_canvas_invalidate (self);
}

static void
look_changed_cb (DureNetworkCanvas *self)
{
  dure_canvas_invalidate (self);
}

/* Who is faded: outside the room, or farther from the selected node than the focus reaches. */
static void
update_faded (DureNetworkCanvas *self)
{
  guint n = self->network != NULL ? self->network->n_nodes : 0;

  g_clear_pointer (&self->faded, g_free);
  if (n > 0 && self->selected >= 0 && self->steps > 0)
    {
      g_autofree guint *distance = g_new (guint, n);
      g_autofree guint *queue = g_new (guint, n);

      dure_distances (self->network->graph, (guint) self->selected, distance, queue);
      self->faded = g_new0 (gboolean, n);
      for (guint v = 0; v < n; v++)
        self->faded[v] = distance[v] > self->steps;
    }
  else if (n > 0 && self->in_room != NULL)
    {
      self->faded = g_new0 (gboolean, n);
      for (guint v = 0; v < n; v++)
        self->faded[v] = !self->in_room[v];
    }
  dure_canvas_invalidate (self);
}

void
dure_canvas_set_selected (DureNetworkCanvas *self, int node)
{
  if (self->selected == node)
    return;
  self->selected = node;
  update_faded (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
dure_network_canvas_dispose (GObject *object)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  clear_picture (self);
  G_OBJECT_CLASS (dure_network_canvas_parent_class)->dispose (object);
}

static void
dure_network_canvas_finalize (GObject *object)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (object);

  g_clear_pointer (&self->network, dure_network_unref);
  g_clear_pointer (&self->points, g_free);
  g_clear_pointer (&self->from_points, g_free);
  g_clear_pointer (&self->to_points, g_free);
  g_clear_pointer (&self->pinned, g_free);
  g_clear_pointer (&self->in_room, g_free);
  g_clear_pointer (&self->alone, g_free);
  g_clear_pointer (&self->faded, g_free);
  g_clear_pointer (&self->label_width, g_free);
  G_OBJECT_CLASS (dure_network_canvas_parent_class)->finalize (object);
}

static void
dure_network_canvas_class_init (DureNetworkCanvasClass *class)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = dure_network_canvas_dispose;
  object_class->finalize = dure_network_canvas_finalize;
  widget_class->snapshot = dure_network_canvas_snapshot;
  widget_class->size_allocate = dure_network_canvas_size_allocate;
  widget_class->measure = dure_network_canvas_measure;
  widget_class->css_changed = dure_network_canvas_css_changed;

  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NODE_ACTIVATED] = g_signal_new ("node-activated", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NODE_PLACED]
      = g_signal_new ("node-placed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  dure_canvas_install_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "networkcanvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dure_network_canvas_init (DureNetworkCanvas *self)
{
  self->selected = self->hovered = self->dragged = DURE_NO_NODE;
  self->steps = 1;
  self->view.zoom = 1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "view");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Picture of the network; the same agencies stand in the list (F8)"),
                                  -1);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (look_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast", G_CALLBACK (look_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (look_changed_cb), NULL);
  dure_canvas_add_input (self);
}

/**
 * dure_network_canvas_new:
 *
 * Returns: (transfer floating): an empty canvas
 */
GtkWidget *
dure_network_canvas_new (void)
{
  return g_object_new (DURE_TYPE_NETWORK_CANVAS, NULL);
}

/* Where the agencies of the new network stand now; those that are new stand at their place already. */
static DurePoint *
places_now (DureNetworkCanvas *self, DureNetwork *network, const DureNetworkPlaces *places, gboolean *any)
{
  DurePoint *points = g_new0 (DurePoint, (gsize) network->n_nodes + 1);

  *any = FALSE;
  for (guint v = 0; v < network->n_nodes; v++)
    {
      guint old;

      points[v] = places->points[v];
      if (self->network != NULL && dure_network_find (self->network, network->nodes[v].id, &old))
        {
          points[v] = self->points[old];
          *any |= points[v].x != places->points[v].x || points[v].y != places->points[v].y;
        }
    }
  return points;
}

/**
 * dure_network_canvas_set_network:
 * @self: a canvas
 * @network: (nullable): the network
 * @places: (nullable): its places, of as many nodes; copied
 *
 * Agencies that were shown before glide to their new places; the selection stays with its agency.
 */
void
dure_network_canvas_set_network (DureNetworkCanvas *self, DureNetwork *network, const DureNetworkPlaces *places)
{
  g_autofree char *selected = NULL;
  g_autofree DurePoint *from = NULL;
  guint            node;
  gboolean         glide = FALSE;
  gboolean         had_selection = self->selected >= 0;

  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));
  g_return_if_fail (network == NULL || (places != NULL && places->n == network->n_nodes));

  dure_canvas_stop (self);
  if (had_selection)
    selected = g_strdup (self->network->nodes[self->selected].id);
  if (network != NULL)
    {
      from = places_now (self, network, places, &glide);
      dure_network_ref (network);
    }
  g_clear_pointer (&self->network, dure_network_unref);
  g_clear_pointer (&self->points, g_free);
  g_clear_pointer (&self->pinned, g_free);
  g_clear_pointer (&self->in_room, g_free);
  g_clear_pointer (&self->alone, g_free);
  self->selected = self->hovered = self->dragged = DURE_NO_NODE;
  self->network = network;
  if (network != NULL)
    {
      gsize          n = (gsize) network->n_nodes + 1;
      DureCanvasView view;

      self->points = g_new0 (DurePoint, n);
      memcpy (self->points, places->points, network->n_nodes * sizeof (DurePoint));
      self->pinned = g_new0 (gboolean, n);
      memcpy (self->pinned, places->pinned, network->n_nodes * sizeof (gboolean));
      dure_canvas_measure_labels (self);
      if (selected != NULL && dure_network_find (network, selected, &node))
        self->selected = (int) node;
      view = self->view_is_own ? self->view : fitted_view (self, places->points);
      if (glide && may_move (self))
        {
          self->to_points = g_steal_pointer (&self->points);
          self->points = g_memdup2 (from, n * sizeof (DurePoint));
          self->from_points = g_steal_pointer (&from);
          start_moving (self, view);
        }
      else
        self->view = view;
    }
  update_faded (self);
  if (had_selection && self->selected < 0)
    g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

/**
 * dure_network_canvas_get_network:
 * @self: a canvas
 *
 * Returns: (transfer none) (nullable): what it shows
 */
DureNetwork *
dure_network_canvas_get_network (DureNetworkCanvas *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_CANVAS (self), NULL);

  return self->network;
}

static void
find_alone (DureNetworkCanvas *self)
{
  const DureGraph *graph = self->network->graph;

  self->alone = g_new0 (gboolean, (gsize) graph->n_nodes + 1);
  for (guint v = 0; v < graph->n_nodes; v++)
    {
      self->alone[v] = self->in_room[v];
      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        if (self->in_room[graph->neighbours[k]])
          self->alone[v] = FALSE;
    }
}

/**
 * dure_network_canvas_set_room:
 * @self: a canvas with a network
 * @ids: (array zero-terminated=1) (nullable): the agencies that are invited; %NULL when all count alike
 *
 * Fades whoever is not invited, and marks whoever is and knows nobody in the room.
 */
void
dure_network_canvas_set_room (DureNetworkCanvas *self, const char *const *ids)
{
  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));

  g_clear_pointer (&self->in_room, g_free);
  g_clear_pointer (&self->alone, g_free);
  if (ids != NULL && self->network != NULL)
    {
      self->in_room = g_new0 (gboolean, (gsize) self->network->n_nodes + 1);
      for (; *ids != NULL; ids++)
        {
          guint v;

          if (dure_network_find (self->network, *ids, &v))
            self->in_room[v] = TRUE;
        }
      find_alone (self);
    }
  update_faded (self);
}

/**
 * dure_network_canvas_get_selected:
 * @self: a canvas
 *
 * Returns: the node that is selected, or %DURE_NO_NODE
 */
int
dure_network_canvas_get_selected (DureNetworkCanvas *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_CANVAS (self), DURE_NO_NODE);

  return self->selected;
}

/**
 * dure_network_canvas_select:
 * @self: a canvas
 * @id: (nullable): the agency; %NULL for none
 * @show: whether to bring it to the middle
 */
void
dure_network_canvas_select (DureNetworkCanvas *self, const char *id, gboolean show)
{
  guint node = 0;
  gboolean found;

  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));

  found = self->network != NULL && dure_network_find (self->network, id, &node);
  dure_canvas_set_selected (self, found ? (int) node : DURE_NO_NODE);
  if (found && show)
    {
      const DurePoint *points = self->to_points != NULL ? self->to_points : self->points;
      DureCanvasView   view = { MAX (self->view.zoom, 0.6), 0, 0 };

      view.x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0 - points[node].x * view.zoom;
      view.y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0 - points[node].y * view.zoom;
      dure_canvas_set_view (self, view, TRUE, TRUE);
    }
}

/**
 * dure_network_canvas_shows:
 * @self: a canvas
 * @id: (nullable): an agency
 *
 * Returns: whether it is inside the window, and large enough to be seen
 */
gboolean
dure_network_canvas_shows (DureNetworkCanvas *self, const char *id)
{
  guint     node;
  DurePoint at;

  g_return_val_if_fail (DURE_IS_NETWORK_CANVAS (self), FALSE);

  if (self->network == NULL || self->view.zoom < 0.3 || !dure_network_find (self->network, id, &node))
    return FALSE;
  at = dure_canvas_to_screen (self, node);
  return at.x > 40 && at.y > 40 && at.x < gtk_widget_get_width (GTK_WIDGET (self)) - 40
         && at.y < gtk_widget_get_height (GTK_WIDGET (self)) - 40;
}

/**
 * dure_network_canvas_set_steps:
 * @self: a canvas
 * @steps: how far around the selected node nothing is faded; 0 to fade nothing
 */
void
dure_network_canvas_set_steps (DureNetworkCanvas *self, guint steps)
{
  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));

  if (self->steps == steps)
    return;
  self->steps = steps;
  update_faded (self);
}

/**
 * dure_network_canvas_fit:
 * @self: a canvas
 *
 * Brings all of the network into the window, and keeps it there when the window changes.
 */
void
dure_network_canvas_fit (DureNetworkCanvas *self)
{
  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));

  if (self->network != NULL)
    dure_canvas_set_view (self, fitted_view (self, self->to_points != NULL ? self->to_points : self->points), FALSE, TRUE);
}

/**
 * dure_network_canvas_zoom:
 * @self: a canvas
 * @factor: how much larger
 *
 * Zooms about the middle.
 */
void
dure_network_canvas_zoom (DureNetworkCanvas *self, double factor)
{
  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));

  dure_canvas_zoom_at (self,
                       factor,
                       gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                       gtk_widget_get_height (GTK_WIDGET (self)) / 2.0,
                       TRUE);
}

/**
 * dure_network_canvas_pick:
 * @self: a canvas
 * @x: in the canvas
 * @y: in the canvas
 *
 * Returns: the node under the point, or a hair beside it; %DURE_NO_NODE when there is none
 */
int
dure_network_canvas_pick (DureNetworkCanvas *self, double x, double y)
{
  double radius;
  double best = G_MAXDOUBLE;
  int    found = DURE_NO_NODE;

  g_return_val_if_fail (DURE_IS_NETWORK_CANVAS (self), DURE_NO_NODE);

  if (self->network == NULL)
    return DURE_NO_NODE;
  radius = dure_canvas_radius (self) + 4;
  for (guint v = 0; v < self->network->n_nodes; v++)
    {
      DurePoint at = dure_canvas_to_screen (self, v);
      double    distance = hypot (at.x - x, at.y - y);

      if (distance <= radius && distance < best)
        {
          best = distance;
          found = (int) v;
        }
    }
  return found;
}
