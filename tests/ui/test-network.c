/* test-network.c: the place of the network: picture and list, hand-made places
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "app/network/dure-meeting-network.h"
#include "app/network/dure-network-canvas-private.h"
#include "app/network/dure-network-facts.h"
#include "app/network/dure-network-list.h"
#include "app/network/dure-network-page.h"
#include "app/shell/dure-window.h"
#include "dure-ui-test.h"

static DureWindow *
open_network (const char *sample)
{
  g_autofree char *path = dure_ui_test_path ();
  DureWindow      *window;

  dure_ui_test_make_store (path, sample);
  window = dure_window_new (NULL);
  dure_window_open_store (window, path);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (dure_window_go (window, "network"));
  return window;
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *)data == NULL;
}

static void
close_window (GtkWindow *window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_close (window);
  dure_ui_test_wait (is_gone, &weak, "the window is finalised when it is closed");
}

static DureNetworkCanvas *
canvas_of (gpointer widget)
{
  return DURE_NETWORK_CANVAS (dure_ui_test_find (widget, DURE_TYPE_NETWORK_CANVAS, NULL));
}

static gboolean
has_network (gpointer window)
{
  DureNetworkCanvas *canvas = canvas_of (window);

  return canvas != NULL && dure_network_canvas_get_network (canvas) != NULL && canvas->tick == 0;
}

static void
test_list_and_picture (void)
{
  DureWindow        *window = open_network ("gwangmyeong");
  DureNetworkCanvas *canvas;
  DureNetworkList   *list;
  DureNetwork       *network;
  guint              n;

  dure_ui_test_wait (has_network, window, "the network is read");
  canvas = canvas_of (window);
  network = dure_network_canvas_get_network (canvas);
  g_assert_cmpuint (network->n_nodes, ==, 32);
  list = DURE_NETWORK_LIST (dure_ui_test_find (GTK_WIDGET (window), DURE_TYPE_NETWORK_LIST, NULL));
  n = network->n_nodes;

  /* From the picture to the list… */
  for (guint v = 0; v < n; v++)
    {
      dure_network_canvas_select (canvas, network->nodes[v].id, FALSE);
      g_assert_cmpstr (dure_network_list_get_selected (list), ==, network->nodes[v].id);
    }
  /* …and what is selected is named beside it. */
  g_assert_nonnull (dure_ui_test_find (dure_ui_test_find (GTK_WIDGET (window), DURE_TYPE_NETWORK_FACTS, NULL),
                                       GTK_TYPE_LABEL, network->nodes[n - 1].name));

  /* From the list to the picture, as the keyboard does it. */
  {
    GtkColumnView     *view = GTK_COLUMN_VIEW (dure_ui_test_find (GTK_WIDGET (list), GTK_TYPE_COLUMN_VIEW, NULL));
    GtkSelectionModel *selection = gtk_column_view_get_model (view);

    gtk_selection_model_select_item (selection, 3, TRUE);
    g_assert_cmpstr (dure_network_list_get_selected (list), ==,
                     network->nodes[dure_network_canvas_get_selected (canvas)].id);
  }

  dure_network_list_set_search (list, "없는 이름");
  g_assert_null (dure_network_list_first_match (list, "없는 이름", NULL));
  g_assert_nonnull (dure_network_list_first_match (list, "보건소", NULL));
  close_window (GTK_WINDOW (window));
}

typedef struct
{
  DureNetworkCanvas *canvas;
  guint              node;
  double             x;
  gboolean           pinned;
} Expected;

static gboolean
is_at (gpointer data)
{
  Expected *expected = data;

  return expected->canvas->tick == 0 && fabs (expected->canvas->points[expected->node].x - expected->x) < 0.02
         && expected->canvas->pinned[expected->node] == expected->pinned;
}

static void
test_place_and_undo (void)
{
  DureWindow      *window = open_network ("gwangmyeong");
  Expected         expected = { .node = 5 };
  double           before;
  double           other;
  g_autoptr (GtkBitset) placed = gtk_bitset_new_empty ();

  dure_ui_test_wait (has_network, window, "the network is read");
  expected.canvas = canvas_of (window);
  before = expected.canvas->points[5].x;
  other = expected.canvas->points[6].x;
  gtk_bitset_add (placed, 5);
  expected.canvas->points[5] = (DurePoint){ before + 321, 12 };
  g_signal_emit_by_name (expected.canvas, "nodes-placed", placed);
  expected.x = before + 321;
  expected.pinned = TRUE;
  dure_ui_test_wait (is_at, &expected, "what was dragged stays where it was put");
  g_assert_cmpfloat (expected.canvas->points[6].x, ==, other);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  expected.x = before;
  expected.pinned = FALSE;
  dure_ui_test_wait (is_at, &expected, "undo puts it back");
  g_assert_cmpfloat (expected.canvas->points[6].x, ==, other);
  close_window (GTK_WINDOW (window));
}

static gboolean
shows_who_knows_nobody (gpointer widget)
{
  DureNetworkCanvas *canvas = canvas_of (widget);

  return canvas->alone != NULL && dure_ui_test_find (widget, GTK_TYPE_LABEL, "No tie at all") != NULL;
}

/* The sample's event has 32 agencies, of which two know nobody. */
static void
test_before_meeting (void)
{
  g_autofree char *path = dure_ui_test_path ();
  g_autoptr (DureDesk) desk = NULL;
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_EVENT);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget         *window = gtk_window_new ();
  GtkWidget         *meeting = dure_meeting_network_new ();
  DureNetworkCanvas *canvas;
  guint              n = 0;

  dure_ui_test_make_store (path, "gwangmyeong");
  desk = dure_desk_open (path, &error);
  g_assert_no_error (error);
  events = dure_store_list (dure_desk_get_store (desk), query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 1);
  gtk_window_set_child (GTK_WINDOW (window), meeting);
  gtk_window_present (GTK_WINDOW (window));
  dure_meeting_network_set_event (DURE_MEETING_NETWORK (meeting), desk,
                                  dure_record_get_id (g_ptr_array_index (events, 0)));
  dure_ui_test_wait (shows_who_knows_nobody, meeting, "who knows nobody is listed");
  canvas = canvas_of (meeting);
  for (guint v = 0; v < dure_network_canvas_get_network (canvas)->n_nodes; v++)
    n += canvas->alone[v] ? 1 : 0;
  g_assert_cmpuint (n, ==, 2);
  close_window (GTK_WINDOW (window));
}

static gboolean
shows_empty (gpointer window)
{
  return dure_ui_test_find (window, ADW_TYPE_STATUS_PAGE, "No Network Yet") != NULL
         && gtk_widget_get_mapped (dure_ui_test_find (window, ADW_TYPE_STATUS_PAGE, "No Network Yet"));
}

static void
test_empty (void)
{
  DureWindow *window = open_network (NULL);

  dure_ui_test_wait (shows_empty, window, "an empty network says what it is for");
  close_window (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  dure_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/network/list-and-picture", test_list_and_picture);
  g_test_add_func ("/ui/network/place-and-undo", test_place_and_undo);
  g_test_add_func ("/ui/network/before-meeting", test_before_meeting);
  g_test_add_func ("/ui/network/empty", test_empty);
  return g_test_run ();
}
