/* dure-window-restore.c: the window goes back to a backup
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All connections to the store are closed first, what stands in it is backed up, the backup takes its place, and the
 * window opens it. When any of this fails the window opens what was there.
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-window-private.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-settings.h"
#include "base/dure-error.h"
#include "store/dure-store-backups.h"
#include "sync/dure-sync.h"

/* A search or a round of sync that was under way still has to let go of the store. */
#define TRIES 50
#define TRY_USEC (G_USEC_PER_SEC / 10)

typedef struct
{
  char *path;
  char *backup;
  char *folder;
  guint keep;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job->backup);
  g_free (job->folder);
  g_free (job);
}

/* What cannot be read cannot be backed up; the restore keeps the file as it is. */
static gboolean
back_up_present (const Job *job, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (DureStore) store = dure_store_open (job->path, DURE_STORE_READ_ONLY, NULL);
  g_autofree char *copy = NULL;

  if (store == NULL)
    return TRUE;
  copy = dure_backups_make (store, job->folder, job->keep, TRUE, NULL, &failure);
  if (copy != NULL || g_error_matches (failure, DURE_ERROR, DURE_ERROR_DAMAGED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
restore (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (GError) error = NULL;
  gboolean done = back_up_present (job, &error);

  for (guint i = 0; done && i < TRIES; i++)
    {
      g_clear_error (&error);
      if (dure_store_restore_file (job->backup, job->path, dure_sync_carry, &error)
          || !g_error_matches (error, DURE_ERROR, DURE_ERROR_BUSY))
        break;
      g_usleep (TRY_USEC);
    }
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DureWindow *self = DURE_WINDOW (source);
  const Job  *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  /* Closed meanwhile: the next start shows what was put back. */
  if (!gtk_widget_get_realized (GTK_WIDGET (self)))
    return;
  dure_window_open_store (self, job->path);
  if (error != NULL)
    dure_window_error (self, error->message);
  else
    dure_window_toast (self, _ ("Everything is as it was in the backup"), FALSE);
}

static GtkWidget *
make_waiting (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Going Back to the Backup"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _ ("What stands here now is backed up first."));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_spinner_start (GTK_SPINNER (spinner));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), spinner);
  return page;
}

/**
 * dure_window_restore:
 * @backup: a copy of the store that the window shows
 *
 * Backs up what stands in the store, and puts @backup in its place.
 */
void
dure_window_restore (DureWindow *self, const char *backup)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *chosen = dure_settings_get_text ("backup-folder");
  Job             *job;

  g_return_if_fail (DURE_IS_WINDOW (self));
  g_return_if_fail (self->path != NULL);

  /* A field that is being edited is saved when it is left. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  job = g_new0 (Job, 1);
  job->path = g_strdup (self->path);
  job->backup = g_strdup (backup);
  job->folder = dure_backups_folder (self->path, chosen);
  job->keep = (guint)MAX (dure_settings_get_int ("backup-keep"), 1);
  dure_window_close_desk (self);
  dure_window_put_state (self, "waiting", make_waiting ());
  task = g_task_new (self, NULL, restored_cb, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, restore);
}
