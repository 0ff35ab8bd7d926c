/* dure-app.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-app.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-settings.h"
#include "app/shell/dure-window.h"
#include "base/dure-i18n.h"

#include "app/dure-resources.h"

struct _DureApp
{
  AdwApplication parent_instance;

  char *store; /* as given with --store, or NULL */
  int   dpi;   /* what the system asks for, before the user's own scale */
};

G_DEFINE_FINAL_TYPE (DureApp, dure_app, ADW_TYPE_APPLICATION)

static void
color_scheme_cb (DureSettings *settings)
{
  g_autofree char *scheme = dure_settings_get_text ("color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (scheme, "light")  ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                      : g_str_equal (scheme, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                     : ADW_COLOR_SCHEME_DEFAULT);
}

static void
text_scale_cb (DureApp *self)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int          scale = dure_settings_get_int ("text-scale");

  if (self->dpi == 0 && scale == 100)
    return;
  if (self->dpi == 0)
    g_object_get (settings, "gtk-xft-dpi", &self->dpi, NULL);
  /* Nobody has set one: GTK counts with 96 then. */
  if (self->dpi <= 0)
    self->dpi = 96 * 1024;
  g_object_set (settings, "gtk-xft-dpi", self->dpi * scale / 100, NULL);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  /* Each window saves what is being edited; the program ends with the last. */
  for (GList *l = windows; l != NULL; l = l->next)
    if (DURE_IS_WINDOW (l->data))
      gtk_window_close (l->data);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_show_about_window (gtk_application_get_active_window (user_data),
                         "application-name", _ ("Dure"),
                         "application-icon", DURE_APP_ID,
                         "version", DURE_VERSION,
                         "developer-name", _ ("The Dure developers"),
                         "copyright", "© 2026 The Dure developers",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _ ("Partner agencies, the council, meetings and the network between them, for the "
                                        "welfare officers of a city."),
                         NULL);
}

static void
dure_app_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "quit", .activate = quit_cb },
    { .name = "about", .activate = about_cb },
  };
  DureApp *self = DURE_APP (application);
  DureSettings    *settings;

  G_APPLICATION_CLASS (dure_app_parent_class)->startup (application);

  gtk_window_set_default_icon_name (DURE_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  settings = dure_settings_get_default ();
  g_signal_connect_object (settings, "notify::color-scheme", G_CALLBACK (color_scheme_cb), self, 0);
  g_signal_connect_object (settings, "notify::text-scale", G_CALLBACK (text_scale_cb), self, G_CONNECT_SWAPPED);
  color_scheme_cb (settings);
  text_scale_cb (self);
}

static void
dure_app_activate (GApplication *application)
{
  DureApp *self = DURE_APP (application);
  GtkWindow       *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      g_autofree char *path = self->store != NULL ? g_strdup (self->store) : dure_app_default_store ();

      window = GTK_WINDOW (dure_window_new (GTK_APPLICATION (self)));
      dure_window_open_store (DURE_WINDOW (window), path);
    }
  gtk_window_present (window);
}

static int
dure_app_handle_local_options (GApplication *application, GVariantDict *options)
{
  DureApp *self = DURE_APP (application);
  g_autofree char *store = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("%s %s\n", _ ("Dure"), DURE_VERSION);
      return 0;
    }
  if (g_variant_dict_lookup (options, "store", "^ay", &store))
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (store);

      g_free (self->store);
      self->store = g_file_get_path (file);
      if (self->store == NULL)
        {
          g_printerr ("%s\n", _ ("The store must be a file on this computer."));
          return 2;
        }
      /* Each store has a window of its own; they need not know each other. */
      g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
    }
  return -1;
}

static void
dure_app_finalize (GObject *object)
{
  g_free (DURE_APP (object)->store);
  G_OBJECT_CLASS (dure_app_parent_class)->finalize (object);
}

static void
dure_app_class_init (DureAppClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dure_app_finalize;
  application_class->startup = dure_app_startup;
  application_class->activate = dure_app_activate;
  application_class->handle_local_options = dure_app_handle_local_options;
}

static void
dure_app_init (DureApp *self)
{
  /* Main options are not translated by GApplication. */
  const GOptionEntry options[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, NULL, _ ("Open this store instead of the usual one"), _ ("FILE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, _ ("Show the version and end"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (
      G_APPLICATION (self), _ ("The register, the council and the meetings of a city's welfare officers."));
}

/**
 * dure_app_new:
 *
 * Takes the locale from the environment and registers what the program has built in.
 */
DureApp *
dure_app_new (void)
{
  dure_i18n_init ();
  g_set_application_name (_ ("Dure"));
  dure_register_resource ();
  return g_object_new (DURE_TYPE_APP, "application-id", DURE_APP_ID, NULL);
}

/**
 * dure_app_default_store:
 *
 * Returns: (transfer full): the store that the user chose last, else `dure/dure.db` in the user's data folder
 */
char *
dure_app_default_store (void)
{
  g_autofree char *chosen = dure_settings_get_text ("store");

  if (*chosen != '\0')
    return g_steal_pointer (&chosen);
  return g_build_filename (g_get_user_data_dir (), "dure", "dure.db", NULL);
}
