/* dure-backup-keeper.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-backup-keeper.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-settings.h"
#include "base/dure-worker.h"
#include "store/dure-store-backups.h"

/* The start of the program is not the time for it; a long session meets midnight. */
#define FIRST_SECONDS 30
#define EVERY_SECONDS (10 * 60)

struct _DureBackupKeeper
{
  GObject       parent_instance;

  char         *path;
  DureWorker   *worker; /* starts with the first task */
  GCancellable *cancellable;
  guint         source;
  gboolean      running;
  gboolean      said; /* that it failed */
};

G_DEFINE_FINAL_TYPE (DureBackupKeeper, dure_backup_keeper, G_TYPE_OBJECT)

enum
{
  MADE,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a task needs to know, copied. */
typedef struct
{
  char    *path;
  char    *folder;
  guint    keep;
  gboolean if_due;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job->folder);
  g_free (job);
}

static void
make_copy (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job    *job = data;
  GError *error = NULL;
  char   *copy = NULL;
  g_autoptr (DureStore) store = dure_store_open (job->path, DURE_STORE_READ_ONLY, &error);

  if (store != NULL && (!job->if_due || dure_backups_is_due (store, job->folder)))
    copy = dure_backups_make (store, job->folder, job->keep, FALSE, cancellable, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, copy, g_free);
}

static void
read_list (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job       *job = data;
  GError    *error = NULL;
  GPtrArray *list = dure_backups_list (job->folder, &error);

  if (list == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, list, (GDestroyNotify)g_ptr_array_unref);
}

static void
run (DureBackupKeeper *self, GTask *task, GTaskThreadFunc func, gboolean if_due)
{
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (self->path);
  job->folder = dure_backup_keeper_get_folder (self);
  job->keep = (guint)MAX (dure_settings_get_int ("backup-keep"), 1);
  job->if_due = if_due;
  g_task_set_task_data (task, job, job_free);
  if (self->worker == NULL)
    self->worker = dure_worker_new ("dure-backup");
  dure_worker_run (self->worker, task, func);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DureBackupKeeper *self = DURE_BACKUP_KEEPER (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_task_propagate_pointer (G_TASK (result), &error);

  self->running = FALSE;
  if (copy != NULL)
    {
      self->said = FALSE;
      g_signal_emit (self, signals[MADE], 0);
    }
  else if (error != NULL && !self->said && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *sentence = g_strdup_printf (_ ("Today's backup could not be made. %s"), error->message);

      self->said = TRUE;
      g_signal_emit (self, signals[FAILED], 0, sentence);
    }
}

static gboolean
look_cb (gpointer user_data)
{
  DureBackupKeeper *self = user_data;

  self->source = g_timeout_add_seconds (EVERY_SECONDS, look_cb, self);
  dure_backup_keeper_look (self);
  return G_SOURCE_REMOVE;
}

static void
dure_backup_keeper_dispose (GObject *object)
{
  DureBackupKeeper *self = DURE_BACKUP_KEEPER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->worker, dure_worker_free);
  G_OBJECT_CLASS (dure_backup_keeper_parent_class)->dispose (object);
}

static void
dure_backup_keeper_finalize (GObject *object)
{
  DureBackupKeeper *self = DURE_BACKUP_KEEPER (object);

  g_object_unref (self->cancellable);
  g_free (self->path);
  G_OBJECT_CLASS (dure_backup_keeper_parent_class)->finalize (object);
}

static void
dure_backup_keeper_class_init (DureBackupKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dure_backup_keeper_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_backup_keeper_finalize;

  signals[MADE]
      = g_signal_new ("made", DURE_TYPE_BACKUP_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", DURE_TYPE_BACKUP_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dure_backup_keeper_init (DureBackupKeeper *self)
{
  self->cancellable = g_cancellable_new ();
}

/** dure_backup_keeper_new: (transfer full): the one who keeps copies of the store at @path. */
DureBackupKeeper *
dure_backup_keeper_new (const char *path)
{
  DureBackupKeeper *self = g_object_new (DURE_TYPE_BACKUP_KEEPER, NULL);

  self->path = g_strdup (path);
  return self;
}

/** dure_backup_keeper_start: from now on, when the program has started and then every few minutes, it looks. */
void
dure_backup_keeper_start (DureBackupKeeper *self)
{
  g_return_if_fail (DURE_IS_BACKUP_KEEPER (self));

  if (self->source == 0)
    self->source = g_timeout_add_seconds (FIRST_SECONDS, look_cb, self);
}

/** dure_backup_keeper_look: makes today's copy if the user wants one, there is none, and something was written. */
void
dure_backup_keeper_look (DureBackupKeeper *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DURE_IS_BACKUP_KEEPER (self));

  if (self->running || !dure_settings_get_bool ("backup"))
    return;
  self->running = TRUE;
  task = g_task_new (self, self->cancellable, looked_cb, NULL);
  run (self, task, make_copy, TRUE);
}

/** dure_backup_keeper_get_folder: (transfer full): where the copies of this store stand; need not exist. */
char *
dure_backup_keeper_get_folder (DureBackupKeeper *self)
{
  g_autofree char *chosen = dure_settings_get_text ("backup-folder");

  g_return_val_if_fail (DURE_IS_BACKUP_KEEPER (self), NULL);

  return dure_backups_folder (self->path, chosen);
}

/** dure_backup_keeper_make_async: makes a copy now. */
void
dure_backup_keeper_make_async (DureBackupKeeper *self, GAsyncReadyCallback done, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DURE_IS_BACKUP_KEEPER (self));

  task = g_task_new (self, self->cancellable, done, user_data);
  g_task_set_source_tag (task, dure_backup_keeper_make_async);
  run (self, task, make_copy, FALSE);
}

/** dure_backup_keeper_make_finish: (transfer full) (nullable): the copy; %NULL with @error set when there is none. */
char *
dure_backup_keeper_make_finish (DureBackupKeeper *self, GAsyncResult *result, GError **error)
{
  char *copy;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  copy = g_task_propagate_pointer (G_TASK (result), error);
  if (copy != NULL)
    {
      self->said = FALSE;
      g_signal_emit (self, signals[MADE], 0);
    }
  return copy;
}

/** dure_backup_keeper_list_async: reads which copies there are. */
void
dure_backup_keeper_list_async (DureBackupKeeper   *self,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback done,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DURE_IS_BACKUP_KEEPER (self));

  task = g_task_new (self, cancellable, done, user_data);
  g_task_set_source_tag (task, dure_backup_keeper_list_async);
  run (self, task, read_list, FALSE);
}

/** dure_backup_keeper_list_finish: (transfer full) (element-type DureBackup) (nullable): the copies, newest first. */
GPtrArray *
dure_backup_keeper_list_finish (DureBackupKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
