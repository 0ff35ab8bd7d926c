/* dure-network-canvas.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The picture is drawn once into a texture that is larger than the window. Panning moves the texture, zooming stretches
 * it until the pointer rests; then it is drawn anew. What follows the pointer is drawn on top.
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "graph/dure-measures.h"

G_DEFINE_FINAL_TYPE (DureNetworkCanvas, dure_network_canvas, GTK_TYPE_WIDGET)

enum
{
  SELECTION_CHANGED,
  NODE_ACTIVATED,
  NODES_PLACED,
  LASSO_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
dure_network_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);
  DureCanvasScene    scene;
  graphene_rect_t    bounds
      = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget), (float)gtk_widget_get_height (widget));

  if (self->network == NULL || self->network->n_nodes == 0)
    return;
  scene = dure_canvas_scene (self);
  gtk_snapshot_push_clip (snapshot, &bounds);
  if (dure_canvas_is_moving (self) && self->to_points != NULL)
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

      dure_canvas_draw (&scene, cr, (DureRect){ 0, 0, bounds.size.width, bounds.size.height }, FALSE);
      cairo_destroy (cr);
    }
  else
    dure_canvas_append_picture (self, snapshot, dure_canvas_is_moving (self) || self->refresh_source != 0);
  if (!dure_canvas_is_moving (self) && (self->dragged >= 0 || self->hovered >= 0 || self->selected >= 0))
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

      dure_canvas_draw_lively (&scene, cr);
      cairo_destroy (cr);
    }
  if (gtk_widget_has_visible_focus (widget))
    {
      GskRoundedRect outline;
      const float    widths[] = { 2, 2, 2, 2 };
      GdkRGBA        soft = { scene.colours.accent.red, scene.colours.accent.green, scene.colours.accent.blue, 0.5f };
      const GdkRGBA  rgba[] = { soft, soft, soft, soft };

      gsk_rounded_rect_init_from_rect (&outline, &bounds, 0);
      gtk_snapshot_append_border (snapshot, &outline, widths, rgba);
    }
  gtk_snapshot_pop (snapshot);
  dure_canvas_scene_clear (&scene);
}

static void
dure_network_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);

  if (self->network != NULL && !self->view_is_own)
    {
      DureCanvasView view;

      dure_canvas_stop (self);
      view = dure_canvas_fitted_view (self, self->points);
      if (view.zoom != self->view.zoom || view.x != self->view.x || view.y != self->view.y)
        {
          self->view = view;
          self->picture_is_old = TRUE;
        }
    }
}

static void
dure_network_canvas_measure (GtkWidget     *widget,
                             GtkOrientation orientation,
                             int            for_size,
                             int           *minimum,
                             int           *natural,
                             int           *minimum_baseline,
                             int           *natural_baseline)
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

static void
dure_network_canvas_dispose (GObject *object)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  dure_canvas_clear_picture (self);
  G_OBJECT_CLASS (dure_network_canvas_parent_class)->dispose (object);
}

static void
dure_network_canvas_finalize (GObject *object)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (object);

  g_clear_pointer (&self->network, dure_network_unref);
  g_clear_pointer (&self->style, dure_canvas_style_unref);
  g_clear_pointer (&self->selection, gtk_bitset_unref);
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

  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 0);
  signals[NODE_ACTIVATED] = g_signal_new ("node-activated", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NODES_PLACED] = g_signal_new ("nodes-placed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, GTK_TYPE_BITSET);
  signals[LASSO_CHANGED] = g_signal_new ("lasso-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);

  dure_canvas_install_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "networkcanvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dure_network_canvas_init (DureNetworkCanvas *self)
{
  self->selected = self->hovered = self->dragged = DURE_NO_NODE;
  self->steps = 1;
  self->selection = gtk_bitset_new_empty ();
  self->style = dure_canvas_style_new (NULL, 0, 0);
  self->view.zoom = 1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "view");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Picture of the network; the same agencies stand in the list (F8)"), -1);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (look_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast", G_CALLBACK (look_changed_cb),
                           self, G_CONNECT_SWAPPED);
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
  DurePoint *points = g_new0 (DurePoint, (gsize)network->n_nodes + 1);

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

/* The same agencies in another network. */
static GtkBitset *
selection_in (DureNetworkCanvas *self, DureNetwork *network, int *current)
{
  GtkBitset    *nodes = gtk_bitset_new_empty ();
  GtkBitsetIter iter;
  guint         old;
  guint         v;

  *current = DURE_NO_NODE;
  if (network == NULL)
    return nodes;
  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->selection, &old); is;
       is = gtk_bitset_iter_next (&iter, &old))
    if (dure_network_find (network, self->network->nodes[old].id, &v))
      {
        gtk_bitset_add (nodes, v);
        if ((int)old == self->selected || *current < 0)
          *current = (int)v;
      }
  return nodes;
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
  g_autofree DurePoint *from = NULL;
  GtkBitset            *selection;
  guint                 n_before;
  int                   current = DURE_NO_NODE;
  gboolean              glide = FALSE;

  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));
  g_return_if_fail (network == NULL || (places != NULL && places->n == network->n_nodes));

  dure_canvas_stop (self);
  n_before = (guint)gtk_bitset_get_size (self->selection);
  selection = selection_in (self, network, &current);
  if (network != NULL)
    {
      from = places_now (self, network, places, &glide);
      dure_network_ref (network);
    }
  if (network == NULL)
    dure_canvas_clear_picture (self);
  if (self->network != network)
    {
      dure_canvas_style_unref (self->style);
      self->style = dure_canvas_style_new (NULL, 0, 0);
    }
  g_clear_pointer (&self->network, dure_network_unref);
  g_clear_pointer (&self->points, g_free);
  g_clear_pointer (&self->pinned, g_free);
  g_clear_pointer (&self->in_room, g_free);
  g_clear_pointer (&self->alone, g_free);
  self->hovered = self->dragged = DURE_NO_NODE;
  gtk_bitset_unref (self->selection);
  self->selection = selection;
  self->selected = current;
  self->network = network;
  if (network != NULL)
    {
      gsize          n = (gsize)network->n_nodes + 1;
      DureCanvasView view;

      self->points = g_new0 (DurePoint, n);
      memcpy (self->points, places->points, network->n_nodes * sizeof (DurePoint));
      self->pinned = g_new0 (gboolean, n);
      memcpy (self->pinned, places->pinned, network->n_nodes * sizeof (gboolean));
      dure_canvas_measure_labels (self);
      view = self->view_is_own ? self->view : dure_canvas_fitted_view (self, places->points);
      if (glide && dure_canvas_may_move (self))
        {
          self->to_points = g_steal_pointer (&self->points);
          self->points = g_memdup2 (from, n * sizeof (DurePoint));
          self->from_points = g_steal_pointer (&from);
          dure_canvas_start_moving (self, view);
        }
      else
        self->view = view;
    }
  dure_canvas_update_faded (self);
  if (gtk_bitset_get_size (self->selection) != n_before)
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

  self->alone = g_new0 (gboolean, (gsize)graph->n_nodes + 1);
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
      self->in_room = g_new0 (gboolean, (gsize)self->network->n_nodes + 1);
      for (; *ids != NULL; ids++)
        {
          guint v;

          if (dure_network_find (self->network, *ids, &v))
            self->in_room[v] = TRUE;
        }
      find_alone (self);
    }
  dure_canvas_update_faded (self);
}

/**
 * dure_network_canvas_centre_on:
 * @self: a canvas
 * @id: (nullable): an agency
 *
 * Brings it to the middle, large enough to be read.
 */
void
dure_network_canvas_centre_on (DureNetworkCanvas *self, const char *id)
{
  guint node;

  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));

  if (self->network != NULL && id != NULL && dure_network_find (self->network, id, &node))
    {
      const DurePoint *points = self->to_points != NULL ? self->to_points : self->points;
      DureCanvasView   view = { MAX (self->view.zoom, 0.6), 0, 0 };

      view.x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0 - points[node].x * view.zoom;
      view.y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0 - points[node].y * view.zoom;
      dure_canvas_set_view (self, view, TRUE, TRUE);
    }
}

/**
 * dure_network_canvas_get_point:
 * @self: a canvas
 * @node: number of a node
 *
 * Returns: where it stands, or is on its way to, in units of the layout
 */
DurePoint
dure_network_canvas_get_point (DureNetworkCanvas *self, guint node)
{
  g_return_val_if_fail (DURE_IS_NETWORK_CANVAS (self), ((DurePoint){ NAN, NAN }));
  g_return_val_if_fail (self->network != NULL && node < self->network->n_nodes, ((DurePoint){ NAN, NAN }));

  return self->to_points != NULL ? self->to_points[node] : self->points[node];
}

/**
 * dure_network_canvas_set_lasso:
 * @self: a canvas
 * @lasso: whether dragging on the ground selects what it encircles, instead of moving the picture
 */
void
dure_network_canvas_set_lasso (DureNetworkCanvas *self, gboolean lasso)
{
  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));

  if (self->lasso == lasso)
    return;
  self->lasso = lasso;
  g_signal_emit (self, signals[LASSO_CHANGED], 0);
}

/**
 * dure_network_canvas_get_lasso:
 * @self: a canvas
 *
 * Returns: whether dragging on the ground selects
 */
gboolean
dure_network_canvas_get_lasso (DureNetworkCanvas *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_CANVAS (self), FALSE);

  return self->lasso;
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
    dure_canvas_set_view (
        self, dure_canvas_fitted_view (self, self->to_points != NULL ? self->to_points : self->points), FALSE, TRUE);
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

  dure_canvas_zoom_at (self, factor, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                       gtk_widget_get_height (GTK_WIDGET (self)) / 2.0, TRUE);
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
  radius = dure_canvas_radius (self->view.zoom) + 4;
  for (guint v = 0; v < self->network->n_nodes; v++)
    {
      DurePoint at = dure_canvas_to_screen (self, v);
      double    distance = hypot (at.x - x, at.y - y);

      if (distance <= radius && distance < best)
        {
          best = distance;
          found = (int)v;
        }
    }
  return found;
}
