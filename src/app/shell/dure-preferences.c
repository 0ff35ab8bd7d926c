/* dure-preferences.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-preferences.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-backup-page.h"
#include "app/shell/dure-settings.h"
#include "app/sync/dure-sync-session.h"

struct _DurePreferences
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow         *scheme_row;
  AdwComboRow         *scale_row;
  AdwComboRow         *week_row;
  GtkSwitch           *lunar_switch;
  AdwEntryRow         *author_row;
  AdwActionRow        *path_row;
  AdwActionRow        *sync_row;
  GtkButton           *enrol_button;
  DureBackupPage      *backup_page;

  DureWindow          *window; /* weak */
};

G_DEFINE_FINAL_TYPE (DurePreferences, dure_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static const char *const schemes[] = { "follow", "light", "dark" };
static const int         scales[] = { 100, 115, 130 };

static void
scheme_selected_cb (DurePreferences *self)
{
  guint selected = adw_combo_row_get_selected (self->scheme_row);

  if (selected < G_N_ELEMENTS (schemes))
    dure_settings_set_text ("color-scheme", schemes[selected]);
}

static void
scale_selected_cb (DurePreferences *self)
{
  guint selected = adw_combo_row_get_selected (self->scale_row);

  if (selected < G_N_ELEMENTS (scales))
    dure_settings_set_int ("text-scale", scales[selected]);
}

static void
week_selected_cb (DurePreferences *self)
{
  guint selected = adw_combo_row_get_selected (self->week_row);

  if (selected != GTK_INVALID_LIST_POSITION)
    dure_settings_set_bool ("week-starts-monday", selected == 1);
}

static gpointer
write_author (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (dure_store_set_meta (store, "author", data, error));
}

static void
author_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DurePreferences) self = user_data;
  g_autoptr (GError) error = NULL;

  dure_desk_run_finish (DURE_DESK (source), result, &error);
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self),
                                    adw_toast_new (error != NULL ? error->message : _ ("Saved")));
}

static void
author_applied_cb (DurePreferences *self)
{
  DureDesk        *desk = self->window != NULL ? dure_window_get_desk (self->window) : NULL;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->author_row))));

  if (desk != NULL)
    dure_desk_run_async (desk, write_author, g_steal_pointer (&name), g_free, NULL, NULL, author_written_cb,
                         g_object_ref (self));
}

static void
folder_clicked_cb (DurePreferences *self)
{
  const char       *path = self->window != NULL ? dure_window_get_path (self->window) : NULL;
  g_autofree char  *folder = NULL;
  g_autofree char  *uri = NULL;

  if (path == NULL)
    return;
  folder = g_path_get_dirname (path);
  uri = g_filename_to_uri (folder, NULL, NULL);
  if (uri != NULL)
    g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

/* Closes this window first: two modal windows on one parent confuse. */
static void
leave_for (DurePreferences *self, const char *action)
{
  DureWindow *window = self->window;

  gtk_window_close (GTK_WINDOW (self));
  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), action, NULL);
}

static void
backup_clicked_cb (DurePreferences *self)
{
  leave_for (self, "win.backup");
}

static void
enrol_clicked_cb (DurePreferences *self)
{
  leave_for (self, "win.enrol");
}

static void
dure_preferences_dispose (GObject *object)
{
  g_clear_weak_pointer (&DURE_PREFERENCES (object)->window);
  G_OBJECT_CLASS (dure_preferences_parent_class)->dispose (object);
}

static void
dure_preferences_class_init (DurePreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_preferences_dispose;
  g_type_ensure (DURE_TYPE_BACKUP_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/shell/dure-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, DurePreferences, scheme_row);
  gtk_widget_class_bind_template_child (widget_class, DurePreferences, scale_row);
  gtk_widget_class_bind_template_child (widget_class, DurePreferences, week_row);
  gtk_widget_class_bind_template_child (widget_class, DurePreferences, lunar_switch);
  gtk_widget_class_bind_template_child (widget_class, DurePreferences, author_row);
  gtk_widget_class_bind_template_child (widget_class, DurePreferences, path_row);
  gtk_widget_class_bind_template_child (widget_class, DurePreferences, sync_row);
  gtk_widget_class_bind_template_child (widget_class, DurePreferences, enrol_button);
  gtk_widget_class_bind_template_child (widget_class, DurePreferences, backup_page);
  gtk_widget_class_bind_template_callback (widget_class, scheme_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, scale_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, week_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, author_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, backup_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, enrol_clicked_cb);
}

static void
dure_preferences_init (DurePreferences *self)
{
  g_autofree char *scheme = dure_settings_get_text ("color-scheme");
  int              scale = dure_settings_get_int ("text-scale");
  gboolean         monday = dure_settings_get_bool ("week-starts-monday");

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_equal (schemes[i], scheme))
      adw_combo_row_set_selected (self->scheme_row, i);
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    if (scales[i] == scale)
      adw_combo_row_set_selected (self->scale_row, i);
  adw_combo_row_set_selected (self->week_row, monday);
  g_object_bind_property (dure_settings_get_default (), "lunar-dates", self->lunar_switch, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

/** dure_preferences_new: the preferences of the program, and of the store that @window shows. */
GtkWidget *
dure_preferences_new (DureWindow *window)
{
  DurePreferences *self = g_object_new (DURE_TYPE_PREFERENCES, NULL);
  DureDesk        *desk = dure_window_get_desk (window);

  g_set_weak_pointer (&self->window, window);
  adw_action_row_set_subtitle (self->path_row, dure_window_get_path (window));
  dure_backup_page_set_window (self->backup_page, window);
  if (desk != NULL)
    {
      g_autofree char *author = dure_store_get_meta (dure_desk_get_store (desk), "author");

      DureSyncSession *session = dure_sync_session_for_desk (desk);
      gboolean         enrolled = dure_sync_session_get_state (session) != DURE_SYNC_NOT_ENROLLED;

      gtk_editable_set_text (GTK_EDITABLE (self->author_row), author != NULL ? author : "");
      adw_action_row_set_subtitle (self->sync_row,
                                   enrolled ? dure_sync_session_get_server (session)
                                            : _ ("None. Everything stays on this computer."));
      if (enrolled)
        gtk_button_set_label (self->enrol_button, _ ("Register Again…"));
    }
  return GTK_WIDGET (self);
}
