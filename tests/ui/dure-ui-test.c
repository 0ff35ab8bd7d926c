/* dure-ui-test.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "dure-ui-test.h"

#include <stdlib.h>
#include <string.h>

#include "app/dure-resources.h"
#include "base/dure-i18n.h"
#include "domain/dure-sample.h"

#define PATIENCE_US (10 * G_USEC_PER_SEC)

void
dure_ui_test_init (int *argc, char ***argv)
{
  g_autofree char *home = g_dir_make_tmp ("dure-ui-home-XXXXXX", NULL);

  /* Not GTest's isolation, which hides the system's data folders too: without them no picture is recognised. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  g_test_init (argc, argv, NULL);
  dure_i18n_init ();
  dure_register_resource ();
  if (!gtk_init_check ())
    {
      g_print ("no display\n");
      exit (77);
    }
  adw_init ();
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()), "/kr/dure/Dure/icons");
}

char *
dure_ui_test_path (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dure-ui-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return g_build_filename (folder, "store.db", NULL);
}

void
dure_ui_test_make_store (const char *path, const char *sample)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_store_open (path, DURE_STORE_CREATE, &error);

  g_assert_no_error (error);
  if (sample != NULL)
    dure_sample_fill (store, sample, &error);
  g_assert_no_error (error);
}

static gboolean
ended_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
dure_ui_test_wait (DureUiCondition condition, gpointer data, const char *what)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (!condition (data))
    {
      if (g_get_monotonic_time () > end)
        g_error ("waited in vain: %s", what);
      dure_ui_test_rest (10);
    }
}

void
dure_ui_test_rest (guint milliseconds)
{
  gboolean ended = FALSE;

  g_timeout_add (milliseconds, ended_cb, &ended);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  static const char *const names[] = { "label", "title", "text" };

  if (text == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GParamSpec      *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), names[i]);
      g_autofree char *value = NULL;

      if (pspec == NULL || pspec->value_type != G_TYPE_STRING)
        continue;
      g_object_get (widget, names[i], &value, NULL);
      if (g_strcmp0 (value, text) == 0)
        return TRUE;
    }
  return FALSE;
}

GtkWidget *
dure_ui_test_find (GtkWidget *widget, GType type, const char *text)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && says (widget, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = dure_ui_test_find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

DureDesk *
dure_ui_test_open_desk (const char *sample)
{
  g_autofree char   *path = dure_ui_test_path ();
  g_autoptr (GError) error = NULL;
  DureDesk *desk;

  dure_ui_test_make_store (path, sample);
  desk = dure_desk_open (path, &error);
  g_assert_no_error (error);
  return desk;
}

GtkWindow *
dure_ui_test_window_new (const char *name, const char *type, GCallback activated, gpointer data)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, G_VARIANT_TYPE (type));
  GtkWidget *window = adw_window_new ();

  g_signal_connect (action, "activate", activated, data);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (actions));
  gtk_window_present (GTK_WINDOW (window));
  return GTK_WINDOW (window);
}

DureWindow *
dure_ui_test_open (const char *path)
{
  DureWindow *window = dure_window_new (NULL);

  dure_window_open_store (window, path);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

DureWindow *
dure_ui_test_open_sample (const char *sample)
{
  g_autofree char *path = dure_ui_test_path ();

  dure_ui_test_make_store (path, sample);
  return dure_ui_test_open (path);
}

gboolean
dure_ui_test_is_gone (gpointer data)
{
  return *(gpointer *)data == NULL;
}

void
dure_ui_test_close (gpointer window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_close (GTK_WINDOW (window));
  dure_ui_test_wait (dure_ui_test_is_gone, &weak, "the window is finalised when it is closed");
}

void
dure_ui_test_let_go (gpointer object)
{
  gpointer weak = object;

  g_object_add_weak_pointer (G_OBJECT (object), &weak);
  g_object_unref (object);
  dure_ui_test_wait (dure_ui_test_is_gone, &weak, "nothing holds it any more");
}

GtkWidget *
dure_ui_test_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }
  return NULL;
}

GtkWidget *
dure_ui_test_find_part (GtkWidget *widget, const char *part)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = dure_ui_test_find_part (child, part);

      if (found != NULL)
        return found;
    }
  return NULL;
}
