/* dure-trouble.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-trouble.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-backup-words.h"
#include "app/shell/dure-file-dialog.h"
#include "app/shell/dure-settings.h"
#include "base/dure-error.h"
#include "sync/dure-sync.h"

struct _DureTrouble
{
  AdwBin         parent_instance;

  AdwStatusPage *status;
  GtkLabel      *error_label;
  GtkWidget     *newest_button;
  GtkLabel      *newest_label;
  GtkWidget     *restore_button;
  GtkWidget     *retry_button;
  GtkWidget     *other_button;

  char          *path;
  char          *newest; /* (nullable): the newest backup that can be read */
};

G_DEFINE_FINAL_TYPE (DureTrouble, dure_trouble, ADW_TYPE_BIN)

enum
{
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
say (DureTrouble *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_label_set_label (self->error_label, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
}

static void
restore_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *backup = data;
  const char *path = g_object_get_data (G_OBJECT (task), "dure-path");
  GError     *error = NULL;

  if (dure_store_restore_file (backup, path, dure_sync_carry, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DureTrouble *self = DURE_TROUBLE (source);
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_signal_emit (self, signals[READY], 0, self->path, NULL);
  else
    say (self, error);
}

static void
restore_backup (DureTrouble *self, char *backup)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, restored_cb, NULL);

  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  g_task_set_task_data (task, backup, g_free);
  g_object_set_data_full (G_OBJECT (task), "dure-path", g_strdup (self->path), g_free);
  g_task_run_in_thread (task, restore_file);
}

static void
backup_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureTrouble) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dure_file_dialog_finish (result, &error);

  if (file != NULL)
    restore_backup (self, g_file_get_path (file));
  else if (error != NULL)
    say (self, error);
}

static void
find_newest (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) list = dure_backups_list (data, &error);

  if (list == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  while (list->len > 0 && ((DureBackup *)list->pdata[0])->records < 0)
    g_ptr_array_remove_index (list, 0);
  g_task_return_pointer (task, list->len > 0 ? g_ptr_array_steal_index (list, 0) : NULL,
                         (GDestroyNotify)dure_backup_free);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DureTrouble *self = DURE_TROUBLE (source);
  g_autoptr (DureBackup) newest = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char *when = newest != NULL ? dure_backup_words_when (newest) : NULL;
  g_autofree char *facts = newest != NULL ? dure_backup_words_facts (newest) : NULL;
  g_autofree char *text = when != NULL ? g_strdup_printf (_ ("_Go Back to the Backup of %s"), when) : NULL;

  if (newest == NULL)
    return;
  self->newest = g_steal_pointer (&newest->path);
  gtk_button_set_label (GTK_BUTTON (self->newest_button), text);
  gtk_label_set_label (self->newest_label, facts);
  gtk_widget_set_visible (self->newest_button, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->newest_label), TRUE);
  gtk_widget_remove_css_class (self->restore_button, "suggested-action");
}

/* The folder may be on another computer: the page does not wait for it. */
static void
offer_newest (DureTrouble *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, found_cb, NULL);
  g_autofree char *chosen = dure_settings_get_text ("backup-folder");

  g_task_set_task_data (task, dure_backups_folder (self->path, chosen), g_free);
  g_task_run_in_thread (task, find_newest);
}

static void
other_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureTrouble) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dure_file_dialog_finish (result, &error);
  g_autofree char  *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    g_signal_emit (self, signals[READY], 0, path, NULL);
  else if (error != NULL)
    say (self, error);
}

static GtkWindow *
window_of (DureTrouble *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
newest_clicked_cb (DureTrouble *self)
{
  restore_backup (self, g_strdup (self->newest));
}

static void
restore_clicked_cb (DureTrouble *self)
{
  dure_file_dialog_open_async (window_of (self), _ ("Choose a Backup"), NULL, NULL, NULL, backup_chosen_cb,
                               g_object_ref (self));
}

static void
other_clicked_cb (DureTrouble *self)
{
  dure_file_dialog_open_async (window_of (self), _ ("Choose a Store"), NULL, NULL, NULL, other_chosen_cb,
                               g_object_ref (self));
}

static void
retry_clicked_cb (DureTrouble *self)
{
  g_signal_emit (self, signals[READY], 0, self->path, NULL);
}

static void
dure_trouble_finalize (GObject *object)
{
  g_free (DURE_TROUBLE (object)->path);
  g_free (DURE_TROUBLE (object)->newest);
  G_OBJECT_CLASS (dure_trouble_parent_class)->finalize (object);
}

static void
dure_trouble_class_init (DureTroubleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dure_trouble_finalize;

  signals[READY] = g_signal_new ("ready", DURE_TYPE_TROUBLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/shell/dure-trouble.ui");
  gtk_widget_class_bind_template_child (widget_class, DureTrouble, status);
  gtk_widget_class_bind_template_child (widget_class, DureTrouble, error_label);
  gtk_widget_class_bind_template_child (widget_class, DureTrouble, newest_button);
  gtk_widget_class_bind_template_child (widget_class, DureTrouble, newest_label);
  gtk_widget_class_bind_template_child (widget_class, DureTrouble, restore_button);
  gtk_widget_class_bind_template_child (widget_class, DureTrouble, retry_button);
  gtk_widget_class_bind_template_child (widget_class, DureTrouble, other_button);
  gtk_widget_class_bind_template_callback (widget_class, newest_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_clicked_cb);
}

static void
dure_trouble_init (DureTrouble *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** dure_trouble_new: says @why the store at @path cannot be opened. */
GtkWidget *
dure_trouble_new (const char *path, const GError *why)
{
  DureTrouble *self = g_object_new (DURE_TYPE_TROUBLE, NULL);
  gboolean     damaged = g_error_matches (why, DURE_ERROR, DURE_ERROR_DAMAGED);
  gboolean     newer = g_error_matches (why, DURE_ERROR, DURE_ERROR_NEWER);
  g_autofree char *escaped = g_markup_escape_text (why->message, -1);

  self->path = g_strdup (path);
  adw_status_page_set_title (self->status, damaged ? _ ("The Store Is Damaged")
                                           : newer ? _ ("The Store Is from a Newer Dure")
                                                   : _ ("The Store Cannot Be Opened"));
  adw_status_page_set_description (self->status, escaped);
  /* A newer store is sound: to replace it by a backup would lose what it holds. */
  gtk_widget_set_visible (self->restore_button, damaged);
  gtk_widget_set_visible (self->retry_button, !damaged);
  gtk_widget_add_css_class (damaged ? self->restore_button : newer ? self->other_button : self->retry_button,
                            "suggested-action");
  if (damaged)
    offer_newest (self);
  return GTK_WIDGET (self);
}
