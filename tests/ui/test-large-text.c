/* test-large-text.c: where text is two or three times the size nothing is out of reach
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/register/dure-purge-question.h"
#include "app/sync/dure-sync-status.h"
#include "dure-ui-test.h"

static void
set_scale (int scale)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", scale * 96 * 1024, NULL);
}

static gboolean
is_dialog (gpointer window)
{
  return GTK_IS_WINDOW (window) && !DURE_IS_WINDOW (window) && gtk_widget_get_mapped (window);
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (is_dialog (window))
        return window;
    }
  return NULL;
}

static gboolean
has_dialog (gpointer unused)
{
  return find_dialog () != NULL;
}

static gboolean
has_no_dialog (gpointer unused)
{
  return find_dialog () == NULL;
}

static GdkRectangle
get_screen (GtkWidget *window)
{
  GdkSurface   *surface = gtk_native_get_surface (GTK_NATIVE (window));
  GdkDisplay   *display = gtk_widget_get_display (window);
  GdkRectangle  screen;

  gdk_monitor_get_geometry (gdk_display_get_monitor_at_surface (display, surface), &screen);
  return screen;
}

/* Each dialog is within the screen, also a low one, and no smaller than at the usual size of text. */
static void
test_dialogs (void)
{
  static const struct
  {
    const char *action;
    int         least; /* its default width in the file of the interface */
  } dialogs[] = {
    { "win.enrol", 540 },   { "win.export-all", 560 }, { "win.preferences", 620 },
    { "win.privacy", 640 }, { "win.conflicts", 700 },  { "win.help", 560 },
  };
  DureWindow *window = dure_ui_test_open_sample ("gwangmyeong");

  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      GtkWidget   *dialog;
      GdkRectangle screen;
      int          least_height;

      g_test_message ("%s", dialogs[i].action);
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), dialogs[i].action, NULL));
      dure_ui_test_wait (has_dialog, NULL, dialogs[i].action);
      dure_ui_test_rest (100);
      dialog = find_dialog ();
      screen = get_screen (dialog);
      gtk_widget_measure (dialog, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (dialog), &least_height, NULL, NULL, NULL);
      g_assert_cmpint (least_height, <=, 700);
      g_assert_cmpint (gtk_widget_get_height (dialog), <=, screen.height);
      g_assert_cmpint (gtk_widget_get_width (dialog), <=, screen.width);
      g_assert_cmpint (gtk_widget_get_width (dialog), >, dialogs[i].least);
      gtk_window_destroy (GTK_WINDOW (dialog));
      dure_ui_test_wait (has_no_dialog, NULL, "the dialog closes");
    }
  dure_ui_test_close (window);
}

/* The window of the shortcuts does not scroll: at twice the size it is no higher than 700. */
static void
test_shortcuts (void)
{
  DureWindow *window = dure_ui_test_open_sample ("gwangmyeong");
  GtkWidget  *dialog;

  set_scale (2);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.shortcuts", NULL));
  dure_ui_test_wait (has_dialog, NULL, "the window of the shortcuts");
  dure_ui_test_rest (100);
  dialog = find_dialog ();
  g_assert_cmpint (gtk_widget_get_height (dialog), <=, 700);
  gtk_window_destroy (GTK_WINDOW (dialog));
  set_scale (3);
  dure_ui_test_close (window);
}

/* A message dialog does not scroll by itself. */
static void
test_purge_question (void)
{
  DureWindow *window = dure_ui_test_open_sample ("gwangmyeong");
  DureDesk   *desk = dure_window_get_desk (window);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_PERSON);
  g_autoptr (GPtrArray) people = dure_store_list (dure_desk_get_store (desk), query, NULL);
  GtkWidget *dialog;
  int        least_height;

  set_scale (2);
  g_assert_cmpuint (people->len, >, 0);
  dure_purge_question_present (GTK_WINDOW (window), desk, people);
  dure_ui_test_wait (has_dialog, NULL, "the question");
  dialog = find_dialog ();
  gtk_widget_measure (dialog, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (dialog), &least_height, NULL, NULL, NULL);
  g_assert_cmpint (least_height, <=, 700);
  gtk_window_destroy (GTK_WINDOW (dialog));
  set_scale (3);
  dure_ui_test_close (window);
}

static gboolean
has_status (gpointer window)
{
  return dure_ui_test_find (window, DURE_TYPE_SYNC_STATUS, NULL) != NULL;
}

/* What the sync line shows grows with the text. Where its longest line sets its width GTK reckons with too few lines, and
 * the button at the foot is cut off. */
static void
test_sync_popover (void)
{
  DureWindow *window = dure_ui_test_open_sample ("gwangmyeong");
  GtkWidget  *status, *button;

  dure_ui_test_wait (has_status, window, "the sync line");
  status = dure_ui_test_find (GTK_WIDGET (window), DURE_TYPE_SYNC_STATUS, NULL);
  g_signal_emit_by_name (dure_ui_test_find (status, GTK_TYPE_BUTTON, NULL), "clicked");
  dure_ui_test_rest (300);
  button = dure_ui_test_find (status, GTK_TYPE_BUTTON, "Enrol with a Server…");
  g_assert_true (gtk_widget_get_mapped (button));
  g_assert_cmpint (gtk_widget_get_width (button), >, 2 * 280);
  dure_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  dure_ui_test_init (&argc, &argv);
  set_scale (3);
  g_test_add_func ("/ui/large-text/dialogs", test_dialogs);
  g_test_add_func ("/ui/large-text/shortcuts", test_shortcuts);
  g_test_add_func ("/ui/large-text/purge-question", test_purge_question);
  g_test_add_func ("/ui/large-text/sync-popover", test_sync_popover);
  return g_test_run ();
}
