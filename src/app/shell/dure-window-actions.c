/* dure-window-actions.c: what pages, menus and keys ask of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-window-private.h"

#include <glib/gi18n-lib.h>

#include "app/register/dure-duplicates-dialog.h"
#include "app/register/dure-privacy-dialog.h"
#include "app/shell/dure-app.h"
#include "app/shell/dure-backup.h"
#include "app/shell/dure-export-dialog.h"
#include "app/shell/dure-first-steps.h"
#include "app/shell/dure-import-dialog.h"
#include "app/shell/dure-palette.h"
#include "app/shell/dure-preferences.h"
#include "app/shell/dure-shortcuts.h"
#include "app/sync/dure-conflict-dialog.h"
#include "app/sync/dure-enrol-dialog.h"
#include "app/widgets/dure-dialog.h"
#include "base/dure-error.h"

static void
go_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_window_go (DURE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
open_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char       *key, *id;
  const DureEntity *entity;

  g_variant_get (parameter, "(&s&s)", &key, &id);
  entity = dure_entity_by_key (key);
  if (entity == NULL || !dure_window_open (DURE_WINDOW (widget), entity->id, id))
    dure_window_toast (DURE_WINDOW (widget), _ ("This record has no page of its own."), FALSE);
}

static void
back_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_window_step (DURE_WINDOW (widget), -1);
}

static void
forward_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_window_step (DURE_WINDOW (widget), 1);
}

static void
make_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DurePage *page = dure_window_get_page (DURE_WINDOW (widget));

  if (page != NULL)
    dure_page_make (page);
}

static void
make_in_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (dure_window_go (DURE_WINDOW (widget), g_variant_get_string (parameter, NULL)))
    make_cb (widget, action, NULL);
}

static void
search_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DurePage *page = dure_window_get_page (DURE_WINDOW (widget));

  if (page != NULL)
    dure_page_search (page);
}

static void
palette_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (dure_window_get_desk (DURE_WINDOW (widget)) != NULL)
    dure_dialog_present (GTK_WINDOW (dure_palette_new (DURE_WINDOW (widget))), GTK_WINDOW (widget));
}

static void
toast_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_window_toast (DURE_WINDOW (widget), g_variant_get_string (parameter, NULL),
                     g_str_equal (action, "win.toast-undo"));
}

static void
error_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_window_error (DURE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
hint_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *sentence, *button, *does;

  g_variant_get (parameter, "(&s&s&s)", &sentence, &button, &does);
  dure_notice_hint (DURE_WINDOW (widget)->notice, sentence, button, does);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = dure_desk_undo_finish (DURE_DESK (source), result, &error);
  gboolean         redo = g_task_get_source_tag (G_TASK (result)) == dure_desk_redo_async;
  g_autofree char *text = NULL;

  if (label != NULL)
    {
      text = g_strdup_printf (redo ? _ ("Done again: %s") : _ ("Undone: %s"), label);
      dure_window_toast_button (self, text, redo ? NULL : _ ("_Redo"), "win.redo");
    }
  else if (g_error_matches (error, DURE_ERROR, DURE_ERROR_NOT_FOUND))
    dure_window_toast (self, error->message, FALSE);
  else
    dure_window_error (self, error->message);
}

/* One key must not empty a store that began as a sample: below what was done since there is nothing. */
static gboolean
only_the_sample_is_left (DureWindow *self)
{
  g_autofree char *label = dure_store_undo_label (dure_desk_get_store (self->desk));

  return label != NULL && (g_str_equal (label, "Sample data") || g_str_equal (label, _ ("Sample data")));
}

static void
undo_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureWindow *self = DURE_WINDOW (widget);

  if (self->desk == NULL)
    return;
  if (g_str_equal (action, "win.redo"))
    dure_desk_redo_async (self->desk, undone_cb, g_object_ref (self));
  else if (only_the_sample_is_left (self))
    dure_window_toast (self, _ ("There is nothing to undo."), FALSE);
  else
    dure_desk_undo_async (self->desk, undone_cb, g_object_ref (self));
}

static void
shortcuts_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_dialog_present (dure_shortcuts_window_new (), GTK_WINDOW (widget));
}

static void
help_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_dialog_present (GTK_WINDOW (dure_first_steps_new ()), GTK_WINDOW (widget));
}

static void
preferences_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_dialog_present (GTK_WINDOW (dure_preferences_new (DURE_WINDOW (widget))), GTK_WINDOW (widget));
}

static void
import_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_import_dialog_ask (DURE_WINDOW (widget));
}

static void
backup_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_backup_ask (DURE_WINDOW (widget));
}

static void
export_all_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_export_dialog_present (DURE_WINDOW (widget));
}

static void
leave_sample_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *path = dure_app_default_store ();

  dure_window_open_store (DURE_WINDOW (widget), path);
}

static void
sync_now_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureWindow *self = DURE_WINDOW (widget);

  if (self->sync == NULL)
    return;
  if (dure_sync_session_get_state (dure_sync_session_for_desk (self->desk)) == DURE_SYNC_NOT_ENROLLED)
    dure_enrol_dialog_present (GTK_WINDOW (self), self->desk);
  else
    dure_sync_status_sync_now (self->sync);
}

static void
enrol_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_enrol_dialog_present (GTK_WINDOW (widget), dure_window_get_desk (DURE_WINDOW (widget)));
}

static void
conflicts_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_conflict_dialog_present (GTK_WINDOW (widget), dure_window_get_desk (DURE_WINDOW (widget)));
}

static void
privacy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_privacy_dialog_present (GTK_WINDOW (widget), dure_window_get_desk (DURE_WINDOW (widget)));
}

static void
duplicates_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const DureEntity *entity = dure_entity_by_key (g_variant_get_string (parameter, NULL));

  if (entity != NULL && entity->merged_field >= 0)
    dure_duplicates_dialog_present (GTK_WINDOW (widget), dure_window_get_desk (DURE_WINDOW (widget)), entity->id);
}

void
dure_window_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_property_action (klass, "win.sidebar", "sidebar-shown");
  gtk_widget_class_install_action (klass, "win.go", "s", go_cb);
  gtk_widget_class_install_action (klass, "win.open", "(ss)", open_cb);
  gtk_widget_class_install_action (klass, "win.back", NULL, back_cb);
  gtk_widget_class_install_action (klass, "win.forward", NULL, forward_cb);
  gtk_widget_class_install_action (klass, "win.make", NULL, make_cb);
  gtk_widget_class_install_action (klass, "win.make-in", "s", make_in_cb);
  gtk_widget_class_install_action (klass, "win.search", NULL, search_cb);
  gtk_widget_class_install_action (klass, "win.palette", NULL, palette_cb);
  gtk_widget_class_install_action (klass, "win.toast", "s", toast_cb);
  gtk_widget_class_install_action (klass, "win.toast-undo", "s", toast_cb);
  gtk_widget_class_install_action (klass, "win.error", "s", error_cb);
  gtk_widget_class_install_action (klass, "win.hint", "(sss)", hint_cb);
  gtk_widget_class_install_action (klass, "win.undo", NULL, undo_cb);
  gtk_widget_class_install_action (klass, "win.redo", NULL, undo_cb);
  gtk_widget_class_install_action (klass, "win.shortcuts", NULL, shortcuts_cb);
  gtk_widget_class_install_action (klass, "win.help", NULL, help_cb);
  gtk_widget_class_install_action (klass, "win.preferences", NULL, preferences_cb);
  gtk_widget_class_install_action (klass, "win.import", NULL, import_cb);
  gtk_widget_class_install_action (klass, "win.backup", NULL, backup_cb);
  gtk_widget_class_install_action (klass, "win.export-all", NULL, export_all_cb);
  gtk_widget_class_install_action (klass, "win.leave-sample", NULL, leave_sample_cb);
  gtk_widget_class_install_action (klass, "win.sync-now", NULL, sync_now_cb);
  gtk_widget_class_install_action (klass, "win.enrol", NULL, enrol_cb);
  gtk_widget_class_install_action (klass, "win.conflicts", NULL, conflicts_cb);
  gtk_widget_class_install_action (klass, "win.privacy", NULL, privacy_cb);
  gtk_widget_class_install_action (klass, "win.duplicates", "s", duplicates_cb);
}

void
dure_window_update_actions (DureWindow *self)
{
  static const char *const of_desk[] = {
    "win.go",      "win.open",   "win.make",       "win.make-in", "win.search",  "win.palette", "win.undo", "win.redo",
    "win.import",  "win.backup", "win.export-all", "win.help",    "win.sidebar", "win.sync-now", "win.enrol",
    "win.conflicts", "win.preferences", "win.privacy", "win.duplicates",
  };
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   desk = self->desk != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (of_desk); i++)
    gtk_widget_action_set_enabled (widget, of_desk[i], desk);
  gtk_widget_action_set_enabled (widget, "win.back", desk && self->step > 0);
  gtk_widget_action_set_enabled (widget, "win.forward", desk && self->step + 1 < self->history->len);
}
