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

/* Whether there is anything to draw on top of the picture. */
static gboolean
is_lively (DureNetworkCanvas *self)
{
  /* Many that are dragged are in a picture with all that belongs to them. */
  if (self->lifted_layer.surface != NULL)
    return FALSE;
  return self->hovered >= 0 || self->hovered_tie >= 0 || self->hovered_cluster >= 0 || self->lifted != NULL
         || self->loop != NULL || !gtk_bitset_is_empty (self->selection);
}

static void
dure_network_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);
  DureCanvasScene    scene;
  graphene_rect_t    bounds
      = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget), (float)gtk_widget_get_height (widget));

  if (bounds.size.width < 1 || bounds.size.height < 1)
    return;
  if (!dure_canvas_is_covered (self))
    {
      GdkRGBA ground = dure_canvas_ground (self);

      gtk_snapshot_append_color (snapshot, &ground, &bounds);
    }
  if (self->network == NULL || self->network->n_nodes == 0)
    return;
  scene = dure_canvas_scene (self);
  gtk_snapshot_push_clip (snapshot, &bounds);
  dure_canvas_append_picture (self, snapshot, dure_canvas_is_moving (self) || self->refresh_source != 0);
  /* While nodes glide, the picture is a little behind them. */
  if (self->to_points == NULL && is_lively (self))
    {
      dure_canvas_append_lively (self, &scene, snapshot);
      dure_canvas_append_card (self, &scene, snapshot);
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
          self->picture_is_old = self->overview_is_old = TRUE;
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

/* Another font: labels are measured anew. */
void
dure_canvas_forget_texts (DureNetworkCanvas *self)
{
  g_clear_pointer (&self->texts, dure_canvas_texts_unref);
  self->texts = dure_canvas_texts_new (self->network != NULL ? self->network->n_nodes : 0);
  dure_canvas_invalidate (self);
}

static void
dure_network_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);

  GTK_WIDGET_CLASS (dure_network_canvas_parent_class)->css_changed (widget, change);
  dure_canvas_forget_texts (self);
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
  g_clear_handle_id (&self->push_source, g_source_remove);
  dure_canvas_clear_pictures (self);
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
  g_clear_pointer (&self->flags, g_free);
  g_clear_pointer (&self->grid, dure_canvas_grid_free);
  g_clear_pointer (&self->texts, dure_canvas_texts_unref);
  g_clear_pointer (&self->loop, g_array_unref);
  g_clear_pointer (&self->lifted, gtk_bitset_unref);
  g_clear_pointer (&self->lifted_from, g_free);
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
  self->selected = self->hovered = self->emphasised = DURE_NO_NODE;
  self->hovered_tie = self->hovered_cluster = -1;
  self->texts = dure_canvas_texts_new (0);
  self->steps = 1;
  self->selection = gtk_bitset_new_empty ();
  self->style = dure_canvas_style_new (NULL, 0, 0);
  self->view.zoom = 1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
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
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), lasso ? "crosshair" : NULL);
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

  if (self->network == NULL || self->view.zoom < 0.3 || id == NULL || !dure_network_find (self->network, id, &node))
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
