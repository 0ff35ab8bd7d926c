/* dure-export-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-export-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-file-dialog.h"
#include "app/widgets/dure-dialog.h"
#include "base/dure-date.h"
#include "exchange/dure-export-all.h"

#define PROGRESS_MS 100

/* What the thread needs; the dialog reads only @permille meanwhile. */
typedef struct
{
  char *path;
  char *directory;
  char *reason;
  gint  permille;
} Job;

struct _DureExportDialog
{
  AdwWindow       parent_instance;

  GtkWidget      *export_button;
  GtkProgressBar *progress;
  GtkEditable    *reason_row;
  GtkWidget      *reason_group;
  GtkLabel       *error_label;

  DureWindow     *window; /* weak */
  GCancellable   *cancellable;
  Job            *job; /* of the task under way, or NULL */
  guint           source;
};

G_DEFINE_FINAL_TYPE (DureExportDialog, dure_export_dialog, ADW_TYPE_WINDOW)

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job->directory);
  g_free (job->reason);
  g_free (job);
}

static void
told (double done, gpointer data)
{
  g_atomic_int_set (&((Job *)data)->permille, (gint)(done * 1000));
}

static void
export (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job    *job = data;
  GError *error = NULL;
  g_autoptr (DureStore) store = dure_store_open (job->path, 0, &error);

  if (store != NULL && dure_export_all (store, job->directory, job->reason, told, job, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
progress_cb (gpointer user_data)
{
  DureExportDialog *self = user_data;

  gtk_progress_bar_set_fraction (self->progress, g_atomic_int_get (&self->job->permille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
set_running (DureExportDialog *self, Job *job)
{
  self->job = job;
  g_clear_handle_id (&self->source, g_source_remove);
  if (job != NULL)
    self->source = g_timeout_add (PROGRESS_MS, progress_cb, self);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), job != NULL);
  gtk_widget_set_sensitive (self->reason_group, job == NULL);
  gtk_widget_set_sensitive (self->export_button, job == NULL);
}

static void
say (DureExportDialog *self, const char *sentence)
{
  gtk_label_set_label (self->error_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), *sentence != '\0');
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DureExportDialog *self = DURE_EXPORT_DIALOG (source);
  Job              *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  set_running (self, NULL);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_autofree char *name = g_path_get_basename (job->directory);
      g_autofree char *text = g_strdup_printf (_ ("Everything is in the folder “%s”"), name);

      if (self->window != NULL)
        dure_window_toast (self->window, text, FALSE);
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, error->message);
}

/* A folder of its own in the one that was chosen. */
static char *
free_directory (const char *folder)
{
  g_autofree char *today = dure_day_to_date (dure_day_today ());
  g_autofree char *name = g_strdup_printf ("dure-%s", today);
  char            *path = g_build_filename (folder, name, NULL);

  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_free (path);
      path = g_strdup_printf ("%s/%s-%u", folder, name, i);
    }
  return path;
}

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureExportDialog) self = user_data;
  g_autoptr (GFile) file = dure_file_dialog_finish (result, NULL);
  g_autofree char  *folder = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (file != NULL && folder == NULL)
    say (self, _ ("This folder cannot be used as one of this computer. Choose another."));
  if (folder == NULL || self->window == NULL || self->job != NULL || !dure_dialog_is_open (self))
    return;
  say (self, "");
  job = g_new0 (Job, 1);
  job->path = g_strdup (dure_window_get_path (self->window));
  job->directory = free_directory (folder);
  job->reason = g_strdup (gtk_editable_get_text (self->reason_row));
  set_running (self, job);
  task = g_task_new (self, self->cancellable, exported_cb, NULL);
  /* What was written is told as written. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, export);
}

static void
export_clicked_cb (DureExportDialog *self)
{
  dure_file_dialog_folder_async (GTK_WINDOW (self), _ ("Export Everything Into"), NULL, folder_chosen_cb,
                                 g_object_ref (self));
}

static void
reason_changed_cb (DureExportDialog *self)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (self->reason_row)));

  gtk_widget_set_sensitive (self->export_button, *reason != '\0');
}

static void
dure_export_dialog_dispose (GObject *object)
{
  DureExportDialog *self = DURE_EXPORT_DIALOG (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_weak_pointer (&self->window);
  G_OBJECT_CLASS (dure_export_dialog_parent_class)->dispose (object);
}

static void
dure_export_dialog_finalize (GObject *object)
{
  g_object_unref (DURE_EXPORT_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (dure_export_dialog_parent_class)->finalize (object);
}

static void
dure_export_dialog_class_init (DureExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_export_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/shell/dure-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DureExportDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, DureExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, DureExportDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, DureExportDialog, reason_group);
  gtk_widget_class_bind_template_child (widget_class, DureExportDialog, error_label);
  gtk_widget_class_bind_template_callback (widget_class, export_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, reason_changed_cb);
}

static void
dure_export_dialog_init (DureExportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  /* Nothing is left then of what is under way. */
  dure_dialog_cancel_closed (GTK_WINDOW (self), self->cancellable);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** dure_export_dialog_present: asks why and where, and exports the store that @window shows. */
void
dure_export_dialog_present (DureWindow *window)
{
  DureExportDialog *self = g_object_new (DURE_TYPE_EXPORT_DIALOG, NULL);

  g_set_weak_pointer (&self->window, window);
  dure_dialog_present (GTK_WINDOW (self), GTK_WINDOW (window));
}
