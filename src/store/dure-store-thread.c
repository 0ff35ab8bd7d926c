/* dure-store-thread.c: a worker with a store of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The store is opened on the thread, by the first thing that runs there, and closed there.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include "store/dure-store-thread.h"

#include "base/dure-worker.h"

struct _DureStoreThread
{
  DureWorker    *worker;
  char          *path;
  DureStoreFlags flags;
  DureStore     *store; /* touched on the thread only */
};

typedef struct
{
  DureStoreThread *thread;
  DureStoreFunc    func;
  gpointer         data;
  GDestroyNotify   free_data;
  GDestroyNotify   free_result;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job             *job = data;
  DureStoreThread *thread = job->thread;
  GError          *error = NULL;
  gpointer         result;

  if (thread->store == NULL)
    thread->store = dure_store_open (thread->path, thread->flags, &error);
  if (thread->store == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  result = job->func (thread->store, job->data, cancellable, &error);
  if (error != NULL)
    {
      if (result != NULL && job->free_result != NULL)
        job->free_result (result);
      g_task_return_error (task, error);
    }
  else
    g_task_return_pointer (task, result, job->free_result);
}

static void
close_store (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_clear_object (&((DureStoreThread *)data)->store);
  g_task_return_boolean (task, TRUE);
}

/**
 * dure_store_thread_new:
 * @path: the file
 * @flags: how to open it
 *
 * Returns: (transfer full): a thread; it starts with the first job
 */
DureStoreThread *
dure_store_thread_new (const char *path, DureStoreFlags flags)
{
  DureStoreThread *self = g_new0 (DureStoreThread, 1);

  self->path = g_strdup (path);
  self->flags = flags;
  self->worker = dure_worker_new ("dure-store");
  return self;
}

/** dure_store_thread_free: waits for the jobs that were given, then closes the store. */
void
dure_store_thread_free (DureStoreThread *self)
{
  g_autoptr (GTask) task = NULL;

  if (self == NULL)
    return;
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, self, NULL);
  dure_worker_run (self->worker, task, close_store);
  dure_worker_free (self->worker);
  g_free (self->path);
  g_free (self);
}

/**
 * dure_store_thread_run_async:
 * @self: a thread
 * @func: what to do there
 * @data: for @func
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees the result when nobody takes it
 * @cancellable: (nullable): handed to @func
 * @done: called on the thread that called this
 * @user_data: for @done
 */
void
dure_store_thread_run_async (DureStoreThread    *self,
                             DureStoreFunc       func,
                             gpointer            data,
                             GDestroyNotify      free_data,
                             GDestroyNotify      free_result,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback done,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, done, user_data);
  Job *job = g_new0 (Job, 1);

  job->thread = self;
  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  g_task_set_source_tag (task, dure_store_thread_run_async);
  g_task_set_task_data (task, job, job_free);
  dure_worker_run (self->worker, task, run_job);
}

/**
 * dure_store_thread_run_finish:
 * @result: what @done was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the function returned
 */
gpointer
dure_store_thread_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/** dure_store_thread_drain: blocks until all jobs that were given have run; for tests and for leaving. */
void
dure_store_thread_drain (DureStoreThread *self)
{
  dure_worker_drain (self->worker);
}
