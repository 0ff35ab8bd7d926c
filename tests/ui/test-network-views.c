/* test-network-views.c: what is kept and handed on of the network: saved views, files, the meeting room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>

#include "app/shell/dure-file-dialog.h"
#include "network-fixture.h"

static gint64
count (DureWindow *window, DureEntityId entity)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);

  return dure_store_count (dure_desk_get_store (dure_window_get_desk (window)), query, NULL);
}

static gboolean
has_one_view (gpointer window)
{
  return count (window, DURE_ENTITY_VIEW) == 1;
}

static gboolean
has_no_view (gpointer window)
{
  return count (window, DURE_ENTITY_VIEW) == 0;
}

static void
test_saved_view (void)
{
  DureWindow      *window;
  DureNetworkPage *page = network_ui_open_settled ("gwangmyeong", &window);
  g_autoptr (DureNetworkView) view = dure_network_view_copy (dure_network_model_get_view (page->model));
  g_autoptr (DureNetworkView) usual = dure_network_view_copy (view);
  g_autofree DurePoint *before = NULL;
  g_autofree char      *id = NULL;
  guint                 n;

  view->filter->sectors = 1u << DURE_SECTOR_PUBLIC;
  view->colour = DURE_COLOUR_SECTOR;
  view->picture = DURE_PICTURE_GROUP;
  dure_network_model_set_view (page->model, view);
  network_ui_settle (page);
  n = network_ui_network_of (page)->n_nodes;
  g_assert_cmpuint (n, <, 32);
  before = g_memdup2 (page->canvas->points, n * sizeof (DurePoint));
  dure_network_model_save_view (page->model, "공공 기관만", TRUE);
  dure_ui_test_wait (has_one_view, window, "the view is in the store");
  id = g_strdup (dure_network_model_get_saved (page->model));
  g_assert_nonnull (id);
  g_assert_cmpint (count (window, DURE_ENTITY_POSITION), ==, n);

  /* Another picture, where everybody stands elsewhere… */
  g_assert_true (dure_network_views_open (page->views, NULL));
  network_ui_settle (page);
  g_assert_cmpuint (network_ui_network_of (page)->n_nodes, ==, 32);
  g_assert_cmpint (dure_network_model_get_view (page->model)->colour, ==, usual->colour);
  /* …and back. */
  g_assert_true (dure_network_views_open (page->views, id));
  network_ui_settle (page);
  g_assert_cmpuint (network_ui_network_of (page)->n_nodes, ==, n);
  g_assert_cmpint (dure_network_model_get_view (page->model)->colour, ==, DURE_COLOUR_SECTOR);
  g_assert_cmpint (dure_network_model_get_view (page->model)->picture, ==, DURE_PICTURE_GROUP);
  for (guint v = 0; v < n; v++)
    {
      DurePoint at = dure_network_canvas_get_point (page->canvas, v);

      g_assert_cmpfloat_with_epsilon (at.x, before[v].x, 0.02);
      g_assert_cmpfloat_with_epsilon (at.y, before[v].y, 0.02);
    }
  g_assert_cmpstr (dure_network_views_get_name (page->views), ==, "공공 기관만");

  /* Deleted with its places, and brought back. */
  dure_network_model_delete_view (page->model, id);
  dure_ui_test_wait (has_no_view, window, "the view is deleted");
  g_assert_cmpint (count (window, DURE_ENTITY_POSITION), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  dure_ui_test_wait (has_one_view, window, "undo brings the view back");
  g_assert_cmpint (count (window, DURE_ENTITY_POSITION), ==, n);
  dure_ui_test_close (window);
}

static void
test_bad_view (void)
{
  DureWindow      *window;
  DureNetworkPage *page = network_ui_open_settled ("gwangmyeong", &window);
  g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_VIEW);

  dure_record_set (record, DURE_VIEW_NAME, "깨진 관계망");
  dure_record_set (record, DURE_VIEW_FILTERS, "{ \"colour\": [");
  dure_desk_write_one_async (dure_window_get_desk (window), "bad", record, NULL, NULL, NULL);
  dure_ui_test_wait (has_one_view, window, "the record is there");
  g_assert_false (dure_network_views_open (page->views, dure_record_get_id (record)));
  g_assert_nonnull (dure_window_get_notice (window));
  g_assert_cmpuint (network_ui_network_of (page)->n_nodes, ==, 32);
  dure_ui_test_close (window);
}

static void
test_community_is_renamed (void)
{
  DureWindow         *window;
  DureNetworkPage    *page = network_ui_open_settled ("gwangmyeong", &window);
  const DureAnalysis *analysis = dure_network_model_get_analysis (page->model);
  guint               node = analysis->hub;
  guint               community = analysis->community[node];
  g_autoptr (DureNetworkView) view = NULL;

  dure_network_canvas_select (page->canvas, network_ui_network_of (page)->nodes[node].id, FALSE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page->facts), "network.name-community", "(us)", community,
                                             "하안동 이웃"));
  g_assert_nonnull (dure_ui_test_find_part (GTK_WIDGET (page->facts), "하안동 이웃"));
  /* The name stays with its agencies when the network is read again. */
  view = dure_network_view_copy (dure_network_model_get_view (page->model));
  view->filter->layers &= ~(guint)DURE_LAYER_OTHER;
  dure_network_model_set_view (page->model, view);
  network_ui_settle (page);
  g_assert_nonnull (dure_ui_test_find_part (GTK_WIDGET (page->facts), "하안동 이웃"));
  dure_ui_test_close (window);
}

static GFile *
answer (GtkFileChooserAction action, const char *title, gpointer data)
{
  return g_file_new_for_path (data);
}

static gboolean
is_written (gpointer data)
{
  GStatBuf status;

  return g_stat (data, &status) == 0 && status.st_size > 100;
}

static void
test_exports (void)
{
  static const char *const formats[] = { "png", "svg", "pdf", "graphml", "gexf", "csv" };
  static const char *const begins[] = { "\211PNG", "<?xml", "%PDF", "<?xml", "<?xml", "" };
  DureWindow              *window;
  DureNetworkPage         *page = network_ui_open_settled ("gwangmyeong", &window);
  g_autofree char         *store = dure_ui_test_path ();
  g_autofree char         *folder = g_path_get_dirname (store);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *name = g_strconcat ("network.", formats[i], NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *content = NULL;

      dure_file_dialog_set_stub (answer, path);
      /* As the menu in the header bar does it. */
      g_assert_true (gtk_widget_activate_action (page->header_end, "network.export", "s", formats[i]));
      dure_ui_test_wait (is_written, path, formats[i]);
      g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
      g_assert_true (g_str_has_prefix (content, begins[i]));
    }
  dure_ui_test_rest (100);
  g_assert_null (dure_window_get_notice (window));

  /* Where nothing can be written the window says so. */
  dure_file_dialog_set_stub (answer, "/nowhere/at/all.png");
  g_assert_true (gtk_widget_activate_action (page->header_end, "network.export", "s", "png"));
  for (guint i = 0; i < 500 && dure_window_get_notice (window) == NULL; i++)
    dure_ui_test_rest (10);
  g_assert_nonnull (dure_window_get_notice (window));
  dure_file_dialog_set_stub (NULL, NULL);
  dure_ui_test_close (window);
}

static gboolean
is_discreet (gpointer data)
{
  DureNetworkPage *page = data;
  DureNetwork     *network = network_ui_network_of (page);

  if (!network_ui_is_settled (page) || network->parent == NULL)
    return FALSE;
  for (guint v = 0; v < network->n_nodes; v++)
    if (network->nodes[v].type == DURE_NODE_MEMBER)
      {
        g_autoptr (DureRecord) person = dure_store_get (dure_desk_get_store (dure_network_model_get_desk (page->model)),
                                                        DURE_ENTITY_PERSON, network->nodes[v].id, NULL);

        return person != NULL && strstr (network->nodes[v].name, dure_record_get (person, DURE_PERSON_NAME)) == NULL;
      }
  return FALSE;
}

static gboolean
names_persons (gpointer data)
{
  DureNetworkPage *page = data;

  return network_ui_is_settled (page) && network_ui_network_of (page)->parent != NULL && !is_discreet (page);
}

static void
test_meeting_room (void)
{
  DureWindow      *window;
  DureNetworkPage *page = network_ui_open_settled ("gimcheon", &window);
  g_autoptr (DureNetworkView) view = dure_network_view_copy (dure_network_model_get_view (page->model));
  gboolean sidebar;

  view->picture = DURE_PICTURE_COUNCIL;
  dure_network_model_set_view (page->model, view);
  dure_ui_test_wait (names_persons, page, "the council is shown with its members");
  g_assert_cmpuint (network_ui_network_of (page)->n_nodes, >, 300);
  gtk_widget_activate_action (GTK_WIDGET (page), "network.meeting-room", NULL);
  dure_ui_test_wait (is_discreet, page, "no member is named in the meeting room");
  g_object_get (window, "sidebar-shown", &sidebar, NULL);
  g_assert_false (sidebar);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (page->left)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (page->right)));
  g_assert_false (gtk_widget_get_mapped (page->header_start));
  gtk_widget_activate_action (GTK_WIDGET (page), "network.meeting-room", NULL);
  dure_ui_test_wait (names_persons, page, "and at the desk they are again");
  g_object_get (window, "sidebar-shown", &sidebar, NULL);
  g_assert_true (sidebar);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (page->right)));
  dure_ui_test_close (window);
}

/* Every kind of picture shows everybody, each at a place of their own. */
static void
test_kinds_of_picture (void)
{
  DureWindow      *window;
  DureNetworkPage *page = network_ui_open_settled ("gwangmyeong", &window);

  for (guint kind = 0; kind < DURE_N_PICTURES; kind++)
    {
      g_autoptr (DureNetworkView) view = dure_network_view_copy (dure_network_model_get_view (page->model));
      DureNetwork *network;

      view->picture = (DurePictureKind)kind;
      dure_network_model_set_view (page->model, view);
      network_ui_settle (page);
      network = network_ui_network_of (page);
      if (kind == DURE_PICTURE_COUNCIL)
        g_assert_nonnull (network->parent);
      else
        g_assert_cmpuint (network->n_nodes, ==, 32);
      for (guint v = 1; v < network->n_nodes; v++)
        {
          DurePoint a = dure_network_canvas_get_point (page->canvas, v - 1);
          DurePoint b = dure_network_canvas_get_point (page->canvas, v);

          g_assert_true (isfinite (b.x) && isfinite (b.y));
          g_assert_cmpfloat (hypot (a.x - b.x, a.y - b.y), >, 1);
        }
    }
  dure_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  dure_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/network-views/saved-view", test_saved_view);
  g_test_add_func ("/ui/network-views/bad-view", test_bad_view);
  g_test_add_func ("/ui/network-views/community-is-renamed", test_community_is_renamed);
  g_test_add_func ("/ui/network-views/exports", test_exports);
  g_test_add_func ("/ui/network-views/meeting-room", test_meeting_room);
  g_test_add_func ("/ui/network-views/kinds-of-picture", test_kinds_of_picture);
  return g_test_run ();
}
