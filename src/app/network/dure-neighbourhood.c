/* dure-neighbourhood.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-neighbourhood.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-canvas.h"
#include "domain/dure-network-around.h"

/* With fewer partners than this those of the partners are shown too; more agencies than this have no room. */
#define FEW 4
#define MOST 18
#define HEIGHT 264

struct _DureNeighbourhood
{
  AdwBin parent_instance;

  char              *agency;
  DureNetworkCanvas *canvas;
  GCancellable      *cancellable;
};

typedef struct
{
  DureNetwork       *network; /* NULL when the agency has no tie */
  DureNetworkPlaces *places;
} Around;

G_DEFINE_FINAL_TYPE (DureNeighbourhood, dure_neighbourhood, ADW_TYPE_BIN)

static void
around_free (gpointer data)
{
  Around *around = data;

  dure_network_unref (around->network);
  dure_network_places_free (around->places);
  g_free (around);
}

static gpointer
around_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureNetwork) network = dure_network_build (store, NULL, cancellable, error);
  Around *around;
  guint   node;

  if (network == NULL)
    return NULL;
  around = g_new0 (Around, 1);
  if (!dure_network_find (network, data, &node) || dure_graph_degree (network->graph, node) == 0)
    return around;
  around->network = dure_network_around (network, node, FEW, MOST);
  around->places = dure_network_places_new (NULL, around->network, NULL, NULL, NULL, cancellable, error);
  if (around->places != NULL)
    return around;
  around_free (around);
  return NULL;
}

/* The agency itself is larger; those that it does not work with are faint. */
static void
show (DureNeighbourhood *self, const Around *around)
{
  const DureNetwork      *network = around->network;
  g_autofree double      *size = g_new (double, (gsize)network->n_nodes + 1);
  g_autofree const char **near = g_new0 (const char *, (gsize)network->n_nodes + 1);
  DureCanvasLook          look = { .size = size, .widths = TRUE };
  guint                   node, n = 0;

  if (!dure_network_find (network, self->agency, &node))
    return;
  for (guint v = 0; v < network->n_nodes; v++)
    {
      size[v] = v == node ? 1.7 : 1;
      if (v == node || dure_graph_find_tie (network->graph, node, v, NULL))
        near[n++] = network->nodes[v].id;
    }
  dure_network_canvas_set_network (self->canvas, around->network, around->places);
  dure_network_canvas_set_look (self->canvas, &look);
  dure_network_canvas_set_room (self->canvas, near);
}

static void
around_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureNeighbourhood) self = user_data;
  g_autoptr (GError) error = NULL;
  Around *around = dure_store_thread_run_finish (result, &error);

  if (around == NULL)
    {
      /* The list beside it tells as much; what went wrong is said where the records are read. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), around->network != NULL);
  if (around->network != NULL)
    show (self, around);
  else
    dure_network_canvas_set_network (self->canvas, NULL, NULL);
  around_free (around);
}

static void
clicked_cb (DureNeighbourhood *self, int n_press, double x, double y)
{
  const int    node = dure_network_canvas_pick (self->canvas, x, y);
  DureNetwork *network = dure_network_canvas_get_network (self->canvas);

  if (node >= 0 && g_strcmp0 (network->nodes[node].id, self->agency) != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "agency", network->nodes[node].id);
}

static void
moved_cb (DureNeighbourhood *self, double x, double y)
{
  const int    node = dure_network_canvas_pick (self->canvas, x, y);
  DureNetwork *network = dure_network_canvas_get_network (self->canvas);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), node >= 0 ? "pointer" : NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), node >= 0 ? network->nodes[node].name : NULL);
}

static void
dure_neighbourhood_dispose (GObject *object)
{
  DureNeighbourhood *self = DURE_NEIGHBOURHOOD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->agency, g_free);
  G_OBJECT_CLASS (dure_neighbourhood_parent_class)->dispose (object);
}

static void
dure_neighbourhood_class_init (DureNeighbourhoodClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dure_neighbourhood_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dure_neighbourhood_init (DureNeighbourhood *self)
{
  GtkWidget          *canvas = dure_network_canvas_new ();
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->canvas = DURE_NETWORK_CANVAS (canvas);
  /* It lies in a page that scrolls: it does not take the wheel, the keys or the drag. */
  gtk_widget_set_can_target (canvas, FALSE);
  gtk_widget_set_focusable (canvas, FALSE);
  gtk_widget_set_vexpand (canvas, FALSE);
  gtk_widget_set_size_request (canvas, -1, HEIGHT);
  dure_network_canvas_set_steps (self->canvas, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Picture of the agencies around it; they stand in the list below"), -1);
  g_signal_connect_object (click, "released", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  adw_bin_set_child (ADW_BIN (self), canvas);
}

/** dure_neighbourhood_new: (transfer floating): a picture of nothing yet. */
GtkWidget *
dure_neighbourhood_new (void)
{
  return g_object_new (DURE_TYPE_NEIGHBOURHOOD, NULL);
}

/**
 * dure_neighbourhood_set_agency:
 * @desk: where to read
 * @agency: id of an agency
 *
 * Reads its partners, and theirs when they are few, on the reader's thread. When it has none, nothing is seen.
 */
void
dure_neighbourhood_set_agency (DureNeighbourhood *self, DureDesk *desk, const char *agency)
{
  g_return_if_fail (DURE_IS_NEIGHBOURHOOD (self));
  g_return_if_fail (DURE_IS_DESK (desk) && agency != NULL);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (g_strcmp0 (self->agency, agency) != 0)
    {
      g_free (self->agency);
      self->agency = g_strdup (agency);
      dure_network_canvas_set_network (self->canvas, NULL, NULL);
    }
  dure_store_thread_run_async (dure_desk_get_reader (desk), around_func, g_strdup (agency), g_free, around_free,
                               self->cancellable, around_cb, g_object_ref (self));
}
