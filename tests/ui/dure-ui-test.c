/* dure-ui-test.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "dure-ui-test.h"

#include <stdlib.h>

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
