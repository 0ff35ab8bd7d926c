/* dure-backup-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-backup-page.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-backup-words.h"
#include "app/shell/dure-file-dialog.h"
#include "app/shell/dure-settings.h"
#include "app/widgets/dure-group-rows.h"

struct _DureBackupPage
{
  AdwPreferencesPage   parent_instance;

  GtkSwitch           *daily_switch;
  GtkAdjustment       *keep_adjustment;
  AdwActionRow        *folder_row;
  GtkWidget           *usual_button;
  AdwPreferencesGroup *copies_group;
  GtkButton           *now_button;
  AdwActionRow        *none_row;

  DureWindow          *window; /* weak */
  GPtrArray           *rows;
  GCancellable        *cancellable;
};

G_DEFINE_FINAL_TYPE (DureBackupPage, dure_backup_page, ADW_TYPE_PREFERENCES_PAGE)

static DureBackupKeeper *
keeper_of (DureBackupPage *self)
{
  return self->window != NULL ? dure_window_get_backups (self->window) : NULL;
}

static void
say (DureBackupPage *self, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), adw_toast_new (text));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  DureBackupPage *self = DURE_BACKUP_PAGE (user_data);
  DureWindow     *window = self->window;
  GtkRoot        *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *path = g_strdup (g_object_get_data (G_OBJECT (dialog), "dure-path"));

  if (!g_str_equal (response, "restore") || window == NULL)
    return;
  /* The dialog outlives the window that it stands before. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  gtk_window_close (GTK_WINDOW (root));
  dure_window_restore (window, path);
}

static void
restore_clicked_cb (GtkButton *button, DureBackupPage *self)
{
  const char      *path = g_object_get_data (G_OBJECT (button), "dure-path");
  const char      *when = g_object_get_data (G_OBJECT (button), "dure-when");
  g_autofree char *body = g_strdup_printf (_ ("Everything will be as it was on %s. What stands here now is backed up "
                                              "first and appears in this list."),
                                           when);
  GtkWidget       *dialog
      = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Go back to this backup?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "restore", _ ("Go Back"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "restore", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "dure-path", g_strdup (path), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_row (DureBackupPage *self, const DureBackup *backup)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *when = dure_backup_words_when (backup);
  g_autofree char *facts = dure_backup_words_facts (backup);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), when);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), facts);
  if (backup->records >= 0)
    {
      GtkWidget       *button = gtk_button_new_with_label (_ ("Go Back…"));
      g_autofree char *name = g_strdup_printf (_ ("Go back to the backup of %s"), when);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      g_object_set_data_full (G_OBJECT (button), "dure-path", g_strdup (backup->path), g_free);
      g_object_set_data_full (G_OBJECT (button), "dure-when", g_strdup (when), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (restore_clicked_cb), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  dure_group_rows_add (self->rows, self->copies_group, row);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = dure_backup_keeper_list_finish (DURE_BACKUP_KEEPER (source), result, &error);
  DureBackupPage *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  dure_group_rows_clear (self->rows);
  gtk_widget_set_visible (GTK_WIDGET (self->none_row), list == NULL || list->len == 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->none_row),
                                 error != NULL ? error->message : _ ("There is no backup yet"));
  for (guint i = 0; list != NULL && i < list->len; i++)
    add_row (self, list->pdata[i]);
}

/* Another folder while one is read: only the last answer counts. */
static void
read_copies (DureBackupPage *self)
{
  DureBackupKeeper *keeper = keeper_of (self);
  g_autofree char  *folder = NULL;
  g_autofree char  *chosen = dure_settings_get_text ("backup-folder");

  if (keeper == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  folder = dure_backup_keeper_get_folder (keeper);
  adw_action_row_set_subtitle (self->folder_row, folder);
  gtk_widget_set_visible (self->usual_button, *chosen != '\0');
  dure_backup_keeper_list_async (keeper, self->cancellable, listed_cb, self);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureBackupPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = dure_backup_keeper_make_finish (DURE_BACKUP_KEEPER (source), result, &error);

  gtk_widget_set_sensitive (GTK_WIDGET (self->now_button), TRUE);
  if (copy != NULL)
    say (self, _ ("Backed up"));
  else if (self->window != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* A toast goes; this has to be read. */
      dure_window_error (self->window, error->message);
      say (self, error->message);
    }
}

static void
now_clicked_cb (DureBackupPage *self)
{
  DureBackupKeeper *keeper = keeper_of (self);

  if (keeper == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->now_button), FALSE);
  dure_backup_keeper_make_async (keeper, made_cb, g_object_ref (self));
}

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureBackupPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dure_file_dialog_finish (result, &error);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    dure_settings_set_text ("backup-folder", path);
  else if (file != NULL)
    say (self, _ ("This folder cannot be used as one of this computer. Choose another."));
}

static void
folder_clicked_cb (DureBackupPage *self)
{
  dure_file_dialog_folder_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Folder for Backups"), NULL,
                                 folder_chosen_cb, g_object_ref (self));
}

static void
usual_clicked_cb (DureBackupPage *self)
{
  dure_settings_set_text ("backup-folder", "");
}

/* Who asks for daily copies and has none of today gets one. */
static void
daily_cb (DureBackupPage *self)
{
  DureBackupKeeper *keeper = keeper_of (self);

  if (keeper != NULL && dure_settings_get_bool ("backup"))
    dure_backup_keeper_look (keeper);
}

static void
dure_backup_page_dispose (GObject *object)
{
  DureBackupPage *self = DURE_BACKUP_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->window);
  G_OBJECT_CLASS (dure_backup_page_parent_class)->dispose (object);
}

static void
dure_backup_page_finalize (GObject *object)
{
  DureBackupPage *self = DURE_BACKUP_PAGE (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (dure_backup_page_parent_class)->finalize (object);
}

static void
dure_backup_page_class_init (DureBackupPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_backup_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_backup_page_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/shell/dure-backup-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DureBackupPage, daily_switch);
  gtk_widget_class_bind_template_child (widget_class, DureBackupPage, keep_adjustment);
  gtk_widget_class_bind_template_child (widget_class, DureBackupPage, folder_row);
  gtk_widget_class_bind_template_child (widget_class, DureBackupPage, usual_button);
  gtk_widget_class_bind_template_child (widget_class, DureBackupPage, copies_group);
  gtk_widget_class_bind_template_child (widget_class, DureBackupPage, now_button);
  gtk_widget_class_bind_template_child (widget_class, DureBackupPage, none_row);
  gtk_widget_class_bind_template_callback (widget_class, now_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, usual_clicked_cb);
}

static void
dure_backup_page_init (DureBackupPage *self)
{
  DureSettings *settings = dure_settings_get_default ();

  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_bind_property (settings, "backup", self->daily_switch, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (settings, "backup-keep", self->keep_adjustment, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (settings, "notify::backup", G_CALLBACK (daily_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "notify::backup-folder", G_CALLBACK (read_copies), self, G_CONNECT_SWAPPED);
}

/** dure_backup_page_set_window: shows the copies of the store that @window shows. */
void
dure_backup_page_set_window (DureBackupPage *self, DureWindow *window)
{
  DureBackupKeeper *keeper = dure_window_get_backups (window);

  g_set_weak_pointer (&self->window, window);
  if (keeper != NULL)
    g_signal_connect_object (keeper, "made", G_CALLBACK (read_copies), self, G_CONNECT_SWAPPED);
  read_copies (self);
}
