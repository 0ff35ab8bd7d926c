/* dure-worker.c: one thread that runs tasks one after another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-worker.h"

typedef struct
{
  GTask          *task; /* NULL ends the thread */
  GTaskThreadFunc func;
} Job;

struct _DureWorker
{
  GThread     *thread;
  GAsyncQueue *jobs;
  GMutex       lock;
  GCond        idle;
  guint        waiting; /* jobs that are queued or running */
};

static void
do_job (Job *job)
{
  if (!g_task_return_error_if_cancelled (job->task))
    job->func (job->task, g_task_get_source_object (job->task), g_task_get_task_data (job->task),
               g_task_get_cancellable (job->task));
  g_object_unref (job->task);
}

static gpointer
run (gpointer data)
{
  DureWorker *self = data;

  while (TRUE)
    {
      g_autofree Job *job = g_async_queue_pop (self->jobs);

      if (job->task == NULL)
        return NULL;
      do_job (job);
      g_mutex_lock (&self->lock);
      if (--self->waiting == 0)
        g_cond_broadcast (&self->idle);
      g_mutex_unlock (&self->lock);
    }
}

/**
 * dure_worker_new:
 * @name: the thread's name, for debuggers
 *
 * Returns: (transfer full): a worker; free with dure_worker_free()
 */
DureWorker *
dure_worker_new (const char *name)
{
  DureWorker *self = g_new0 (DureWorker, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);
  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new (name, run, self);
  return self;
}

/**
 * dure_worker_free:
 * @self: (nullable) (transfer full): a worker
 *
 * Waits until everything that was handed in is done: writing is never lost. Not from the worker's own thread.
 */
void
dure_worker_free (DureWorker *self)
{
  if (self == NULL)
    return;
  g_return_if_fail (g_thread_self () != self->thread);

  g_async_queue_push (self->jobs, g_new0 (Job, 1));
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  g_cond_clear (&self->idle);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * dure_worker_run:
 * @self: a worker
 * @task: a task; its callback runs in the main context it was made in
 * @func: what to do, on the worker's thread; must return a value or an error through @task
 *
 * Hands in work and returns at once. Tasks run in the order in which they were handed in. A task that is cancelled
 * before its turn ends with %G_IO_ERROR_CANCELLED and @func is not called.
 */
void
dure_worker_run (DureWorker *self, GTask *task, GTaskThreadFunc func)
{
  Job *job;

  g_return_if_fail (self != NULL);
  g_return_if_fail (G_IS_TASK (task));
  g_return_if_fail (func != NULL);

  g_mutex_lock (&self->lock);
  self->waiting++;
  g_mutex_unlock (&self->lock);
  job = g_new (Job, 1);
  job->task = g_object_ref (task);
  job->func = func;
  g_async_queue_push (self->jobs, job);
}

/**
 * dure_worker_drain:
 * @self: a worker
 *
 * Blocks until nothing is queued or running. The tasks' callbacks still need their main context to run. Not from the
 * worker's own thread.
 */
void
dure_worker_drain (DureWorker *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (g_thread_self () != self->thread);

  g_mutex_lock (&self->lock);
  while (self->waiting > 0)
    g_cond_wait (&self->idle, &self->lock);
  g_mutex_unlock (&self->lock);
}
