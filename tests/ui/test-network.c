/* test-network.c: the place of the network, in the real window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "app/network/dure-network-checks.h"
#include "app/network/dure-network-item.h"
#include "base/dure-date.h"
#include "network-fixture.h"

#define MOVES 20

static void
test_list_and_picture (void)
{
  DureWindow        *window;
  DureNetworkPage   *page = network_ui_open_settled ("gwangmyeong", &window);
  DureNetwork       *network = network_ui_network_of (page);
  GtkColumnView     *view = GTK_COLUMN_VIEW (dure_ui_test_find (GTK_WIDGET (page->list), GTK_TYPE_COLUMN_VIEW, NULL));
  GtkSelectionModel *selection = gtk_column_view_get_model (view);
  g_autoptr (GtkBitset) three = gtk_bitset_new_range (2, 3);
  g_autoptr (GtkColumnViewColumn) ties = g_list_model_get_item (gtk_column_view_get_columns (view), 2);
  g_autoptr (DureNetworkItem) first = NULL;

  g_assert_cmpuint (network->n_nodes, ==, 32);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, 32);
  /* From the picture to the list, one and several… */
  for (guint v = 0; v < network->n_nodes; v++)
    {
      dure_network_canvas_select (page->canvas, network->nodes[v].id, FALSE);
      g_assert_true (gtk_selection_model_is_selected (selection, v));
    }
  g_assert_nonnull (dure_ui_test_find_part (GTK_WIDGET (page->facts), network->nodes[31].name));
  dure_network_canvas_set_selection (page->canvas, three);
  for (guint v = 0; v < network->n_nodes; v++)
    g_assert_cmpint (gtk_selection_model_is_selected (selection, v), ==, v >= 2 && v < 5);
  g_assert_nonnull (dure_ui_test_find_part (GTK_WIDGET (page->facts), "3 agencies"));
  /* …and back, also when the list is sorted otherwise. */
  gtk_column_view_sort_by_column (view, ties, GTK_SORT_ASCENDING);
  for (guint i = 1; i < 32; i++)
    {
      g_autoptr (DureNetworkItem) before = g_list_model_get_item (G_LIST_MODEL (selection), i - 1);
      g_autoptr (DureNetworkItem) after = g_list_model_get_item (G_LIST_MODEL (selection), i);

      g_assert_cmpuint (dure_graph_degree (network->graph, dure_network_item_get_node (before)), >=,
                        dure_graph_degree (network->graph, dure_network_item_get_node (after)));
    }
  gtk_selection_model_select_item (selection, 0, TRUE);
  first = g_list_model_get_item (G_LIST_MODEL (selection), 0);
  g_assert_cmpint (dure_network_canvas_get_selected (page->canvas), ==, (int)dure_network_item_get_node (first));

  /* Initial consonants find, and only what is found is listed. */
  gtk_editable_set_text (page->search, "ㅂㄱㅅ");
  dure_ui_test_rest (400);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), <, 32);
  g_assert_cmpint (dure_network_canvas_get_selected (page->canvas), >=, 0);
  g_assert_nonnull (strstr (network->nodes[dure_network_canvas_get_selected (page->canvas)].name, "보건소"));
  g_assert_nonnull (dure_ui_test_find_part (page->matches, "보건소"));
  dure_ui_test_close (window);
}

static void
move (DureNetworkPage *page, guint node, double x, double y)
{
  g_autoptr (GtkBitset) nodes = gtk_bitset_new_range (node, 1);

  page->canvas->points[node] = (DurePoint){ x, y };
  g_signal_emit_by_name (page->canvas, "nodes-placed", nodes);
}

typedef struct
{
  DureNetworkCanvas *canvas;
  guint              node;
  DurePoint          point;
  gboolean           pinned;
} Expected;

static gboolean
is_at (gpointer data)
{
  Expected *expected = data;
  DurePoint at = dure_network_canvas_get_point (expected->canvas, expected->node);

  return expected->canvas->tick == 0 && fabs (at.x - expected->point.x) < 0.02 && fabs (at.y - expected->point.y) < 0.02
         && expected->canvas->pinned[expected->node] == expected->pinned;
}

static void
test_undo_of_twenty_moves (void)
{
  DureWindow           *window;
  DureNetworkPage      *page = network_ui_open_settled ("gwangmyeong", &window);
  g_autofree DurePoint *before = g_memdup2 (page->canvas->points, 32 * sizeof (DurePoint));
  Expected              expected = { .canvas = page->canvas };

  for (guint i = 0; i < MOVES; i++)
    {
      move (page, i, before[i].x + 300 + i, before[i].y - 200);
      expected.node = i;
      expected.point = (DurePoint){ before[i].x + 300 + i, before[i].y - 200 };
      expected.pinned = TRUE;
      dure_ui_test_wait (is_at, &expected, "what was dragged stays where it was put");
    }
  dure_ui_test_rest (300);
  for (guint i = MOVES; i-- > 0;)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
      expected.node = i;
      expected.point = before[i];
      expected.pinned = FALSE;
      dure_ui_test_wait (is_at, &expected, "undo puts one after the other back");
    }
  for (guint v = 0; v < 32; v++)
    {
      DurePoint at = dure_network_canvas_get_point (page->canvas, v);

      g_assert_cmpfloat_with_epsilon (at.x, before[v].x, 0.02);
      g_assert_cmpfloat_with_epsilon (at.y, before[v].y, 0.02);
    }
  dure_ui_test_close (window);
}

/* Several that are dragged together are one step; what is unpinned goes back. */
static void
test_group_move_and_unpin (void)
{
  DureWindow      *window;
  DureNetworkPage *page = network_ui_open_settled ("gwangmyeong", &window);
  g_autoptr (GtkBitset) three = gtk_bitset_new_range (4, 3);
  Expected expected = { .canvas = page->canvas, .node = 5, .point = page->canvas->points[5], .pinned = TRUE };

  for (guint v = 4; v < 7; v++)
    page->canvas->points[v].x += 500;
  expected.point.x += 500;
  g_signal_emit_by_name (page->canvas, "nodes-placed", three);
  dure_ui_test_wait (is_at, &expected, "what was dragged is pinned");
  g_assert_true (page->canvas->pinned[4] && page->canvas->pinned[5] && page->canvas->pinned[6]);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  expected.point.x -= 500;
  expected.pinned = FALSE;
  dure_ui_test_wait (is_at, &expected, "one undo puts all three back");
  g_assert_false (page->canvas->pinned[4] || page->canvas->pinned[6]);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.redo", NULL);
  expected.point.x += 500;
  expected.pinned = TRUE;
  dure_ui_test_wait (is_at, &expected, "redo moves all three again");
  dure_network_canvas_set_selection (page->canvas, three);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page->facts), "network.unpin", NULL));
  expected.point.x -= 500;
  expected.pinned = FALSE;
  dure_ui_test_wait (is_at, &expected, "what is unpinned goes back to the layout");
  dure_ui_test_close (window);
}

static DureNetworkChecks *
checks_of (DureNetworkPage *page, const char *title)
{
  GtkWidget *label = dure_ui_test_find (GTK_WIDGET (page->filters), GTK_TYPE_LABEL, title);

  g_assert_nonnull (label);
  return DURE_NETWORK_CHECKS (gtk_widget_get_ancestor (label, DURE_TYPE_NETWORK_CHECKS));
}

static void
test_measures_follow_the_filter (void)
{
  DureWindow      *window;
  DureNetworkPage *page = network_ui_open_settled ("gwangmyeong", &window);
  double           density = dure_network_model_get_analysis (page->model)->density;
  guint            n_public = 0;
  g_autofree char *coverage = NULL;

  for (guint v = 0; v < 32; v++)
    n_public += network_ui_network_of (page)->nodes[v].sector == DURE_SECTOR_PUBLIC;
  g_assert_cmpuint (n_public, >, 0);
  g_assert_cmpuint (n_public, <, 32);
  dure_network_checks_set_ticked (checks_of (page, "Sector (shape)"), DURE_SECTOR_PRIVATE, FALSE);
  dure_network_checks_set_ticked (checks_of (page, "Sector (shape)"), DURE_SECTOR_COUNCIL, FALSE);
  network_ui_settle (page);
  g_assert_cmpuint (network_ui_network_of (page)->n_nodes, ==, n_public);
  g_assert_cmpfloat (dure_network_model_get_analysis (page->model)->density, !=, density);
  g_assert_cmpuint (dure_network_model_get_analysis (page->model)->n_nodes, ==, n_public);
  coverage = dure_network_coverage (network_ui_network_of (page));
  g_assert_nonnull (dure_ui_test_find_part (GTK_WIDGET (page->facts), coverage));
  g_assert_cmpuint (dure_network_conditions (dure_network_model_get_view (page->model)->filter), ==, 1);
  g_assert_nonnull (dure_ui_test_find (GTK_WIDGET (page->filters), GTK_TYPE_BUTTON, "Clear 1 Condition"));

  dure_network_filters_clear (page->filters);
  network_ui_settle (page);
  g_assert_cmpuint (network_ui_network_of (page)->n_nodes, ==, 32);
  g_assert_cmpfloat_with_epsilon (dure_network_model_get_analysis (page->model)->density, density, 1e-12);
  dure_ui_test_close (window);
}

static void
click_legend (DureNetworkPage *page, const char *label)
{
  GtkWidget *text = dure_ui_test_find (GTK_WIDGET (page->legend), GTK_TYPE_LABEL, label);

  g_assert_nonnull (text);
  g_signal_emit_by_name (gtk_widget_get_ancestor (text, GTK_TYPE_BUTTON), "clicked");
  network_ui_settle (page);
}

static void
test_legend_filters (void)
{
  DureWindow      *window;
  DureNetworkPage *page = network_ui_open_settled ("gwangmyeong", &window);
  g_autoptr (DureNetworkView) view = NULL;
  DureNetwork *network;

  click_legend (page, dure_area_label (1));
  network = network_ui_network_of (page);
  g_assert_cmpuint (network->n_nodes, >, 0);
  g_assert_cmpuint (network->n_nodes, <, 32);
  for (guint v = 0; v < network->n_nodes; v++)
    g_assert_cmpuint (network->nodes[v].areas & 1u << 1, !=, 0);
  click_legend (page, dure_area_label (1));
  g_assert_cmpuint (network_ui_network_of (page)->n_nodes, ==, 32);

  /* A community is shown by the names of its members. */
  view = dure_network_view_copy (dure_network_model_get_view (page->model));
  view->colour = DURE_COLOUR_COMMUNITY;
  dure_network_model_set_view (page->model, view);
  network_ui_settle (page);
  click_legend (page, "Community 1");
  g_assert_cmpuint (network_ui_network_of (page)->n_nodes, >, 1);
  g_assert_cmpuint (network_ui_network_of (page)->n_nodes, <, 32);
  dure_network_filters_clear (page->filters);
  network_ui_settle (page);
  g_assert_cmpuint (network_ui_network_of (page)->n_nodes, ==, 32);
  dure_ui_test_close (window);
}

static gboolean
has_comparison (gpointer data)
{
  return network_ui_is_settled (data) && dure_network_model_get_comparison (((DureNetworkPage *)data)->model) != NULL;
}

static void
test_two_periods (void)
{
  DureWindow                  *window;
  DureNetworkPage             *page = network_ui_open_settled ("gwangmyeong", &window);
  const DureNetworkComparison *comparison;
  GtkWidget                   *toggle;
  guint                        n_new = 0;
  guint                        n_lost = 0;

  toggle = dure_ui_test_find (GTK_WIDGET (page->time), GTK_TYPE_TOGGLE_BUTTON, "Compare Two Periods");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  dure_ui_test_wait (has_comparison, page, "two periods are compared");
  comparison = dure_network_model_get_comparison (page->model);
  g_assert_true (comparison->network == network_ui_network_of (page));
  for (guint t = 0; t < comparison->network->n_ties; t++)
    {
      n_new += comparison->tie_change[t] == DURE_CHANGE_NEW;
      n_lost += comparison->tie_change[t] == DURE_CHANGE_LOST;
    }
  g_assert_cmpuint (n_new, ==, comparison->n_new);
  g_assert_cmpuint (n_lost, ==, comparison->n_lost);
  g_assert_cmpuint (n_new + n_lost, >, 0);
  g_assert_nonnull (dure_ui_test_find_part (GTK_WIDGET (page->facts), "Two periods"));
  g_assert_false (gtk_widget_get_visible (page->before));

  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (dure_ui_test_find (GTK_WIDGET (page->time), GTK_TYPE_TOGGLE_BUTTON, "Side by Side")), TRUE);
  g_assert_true (gtk_widget_get_visible (page->before));
  g_assert_true (dure_network_canvas_get_network (page->before_canvas) == comparison->before_network);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), FALSE);
  dure_ui_test_rest (20);
  dure_ui_test_wait (network_ui_is_settled, page, "one period again");
  g_assert_null (dure_network_model_get_comparison (page->model));
  g_assert_false (gtk_widget_get_visible (page->before));
  dure_ui_test_close (window);
}

static void
test_time_line (void)
{
  DureWindow              *window;
  DureNetworkPage         *page = network_ui_open_settled ("gwangmyeong", &window);
  DureNetworkTimeline     *line = dure_network_time_panel_get_timeline (page->time);
  const DureNetworkFilter *filter;
  DureDaySpan              span;

  g_assert_cmpuint (dure_network_timeline_get_n (line), >, 1);
  g_assert_false (dure_network_timeline_get_period (line, &span));
  g_assert_true (dure_network_timeline_move (line, 1));
  network_ui_settle (page);
  filter = dure_network_model_get_view (page->model)->filter;
  g_assert_true (dure_network_timeline_get_period (line, &span));
  g_assert_cmpint (filter->from, ==, span.from);
  g_assert_cmpint (filter->to, ==, span.to);
  g_assert_cmpint (span.to - span.from, <, 31);
  g_assert_true (dure_network_timeline_move (line, 1));
  g_assert_cmpint (dure_network_model_get_view (page->model)->filter->from, ==, span.to + 1);
  g_assert_false (dure_network_timeline_move (line, -5));
  dure_ui_test_close (window);
}

typedef struct
{
  DureNetworkPage *page;
  const char      *part;
} Text;

static gboolean
says (gpointer data)
{
  Text *text = data;

  return dure_ui_test_find_part (GTK_WIDGET (text->page->facts), text->part) != NULL;
}

static void
test_what_if (void)
{
  DureWindow      *window;
  DureNetworkPage *page = network_ui_open_settled ("gwangmyeong", &window);
  const guint     *cut_off = dure_network_model_get_cut_off (page->model);
  const DureCuts  *cuts = dure_network_model_get_cuts (page->model);
  Text             text = { page, "Cut off: " };
  GtkWidget       *button;
  int              cut_point = -1;

  for (guint v = 0; v < 32; v++)
    {
      g_autoptr (GArray) off = dure_cut_off (network_ui_network_of (page)->graph, v);

      g_assert_cmpuint (cut_off[v], ==, cuts->is_cut_point[v] ? off->len : 0);
      if (cuts->is_cut_point[v])
        cut_point = (int)v;
    }
  g_assert_cmpint (cut_point, >=, 0);
  dure_network_canvas_select (page->canvas, network_ui_network_of (page)->nodes[cut_point].id, FALSE);
  button = dure_ui_test_find (GTK_WIDGET (page->facts), GTK_TYPE_TOGGLE_BUTTON, "What If It Were Not There?");
  g_assert_nonnull (button);
  g_assert_false (says (&text));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  dure_ui_test_wait (says, &text, "who would be cut off is named");
  dure_ui_test_close (window);
}

static gboolean
shows_empty (gpointer window)
{
  GtkWidget *page = dure_ui_test_find (window, ADW_TYPE_STATUS_PAGE, "No Network Yet");

  return page != NULL && gtk_widget_get_mapped (page);
}

static void
test_empty (void)
{
  DureWindow *window = network_ui_open_network (NULL);

  dure_ui_test_wait (shows_empty, window, "an empty network says what it is for");
  dure_ui_test_close (window);
}

static void
test_one_agency (void)
{
  g_autofree char *path = dure_ui_test_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DureRecord) agency = dure_record_new (DURE_ENTITY_AGENCY);
  DureWindow *window;

  dure_ui_test_make_store (path, NULL);
  {
    g_autoptr (DureStore) store = dure_store_open (path, 0, &error);

    dure_record_set (agency, DURE_AGENCY_NAME, "하나뿐인 복지관");
    dure_record_set (agency, DURE_AGENCY_KIND, "welfare-centre");
    dure_record_set (agency, DURE_AGENCY_SECTOR, "private");
    g_assert_true (dure_store_begin (store, "one", &error));
    dure_store_write (store, agency, &error);
    g_assert_no_error (error);
    g_assert_true (dure_store_commit (store, &error));
  }
  window = dure_window_new (NULL);
  dure_window_open_store (window, path);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (dure_window_go (window, "network"));
  dure_ui_test_wait (network_ui_is_settled, network_ui_page_of (window), "the network is read");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (network_ui_page_of (window)->hint)));
  g_assert_cmpuint (network_ui_network_of (network_ui_page_of (window))->n_nodes, ==, 1);
  dure_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  dure_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/network/list-and-picture", test_list_and_picture);
  g_test_add_func ("/ui/network/undo-of-twenty-moves", test_undo_of_twenty_moves);
  g_test_add_func ("/ui/network/group-move-and-unpin", test_group_move_and_unpin);
  g_test_add_func ("/ui/network/measures-follow-the-filter", test_measures_follow_the_filter);
  g_test_add_func ("/ui/network/legend-filters", test_legend_filters);
  g_test_add_func ("/ui/network/two-periods", test_two_periods);
  g_test_add_func ("/ui/network/time-line", test_time_line);
  g_test_add_func ("/ui/network/what-if", test_what_if);
  g_test_add_func ("/ui/network/empty", test_empty);
  g_test_add_func ("/ui/network/one-agency", test_one_agency);
  return g_test_run ();
}
