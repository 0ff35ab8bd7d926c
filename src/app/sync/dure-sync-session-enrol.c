/* dure-sync-session-enrol.c: makes this computer known to a server, off the main thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-app-sync"

#include "config.h"

#include "app/sync/dure-sync-session-private.h"

#include <string.h>

typedef struct
{
  char *url, *tenant, *user, *password, *device_name, *root, *proxy;
} Enrolment;

static void
enrolment_free (gpointer data)
{
  Enrolment *enrolment = data;

  explicit_bzero (enrolment->password, strlen (enrolment->password));
  g_free (enrolment->url);
  g_free (enrolment->tenant);
  g_free (enrolment->user);
  g_free (enrolment->password);
  g_free (enrolment->device_name);
  g_free (enrolment->root);
  if (enrolment->proxy != NULL)
    explicit_bzero (enrolment->proxy, strlen (enrolment->proxy));
  g_free (enrolment->proxy);
  g_free (enrolment);
}

static gpointer
run_enrol (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Enrolment      *enrolment = data;
  const DureEnrol enrol
      = { enrolment->url,         enrolment->tenant, enrolment->user, enrolment->password,
          enrolment->device_name, enrolment->root,   enrolment->proxy };

  return GINT_TO_POINTER (dure_sync_enrol (store, &enrol, cancellable, error));
}

static void
enrol_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  DureSyncSession *self = g_task_get_source_object (task);

  dure_store_thread_run_finish (result, &error);
  self->enrolling = FALSE;
  /* Another token, perhaps another server. */
  dure_sync_session_close_live (self);
  if (self->desk != NULL)
    dure_sync_session_count (self);
  if (error == NULL)
    {
      g_clear_pointer (&self->error, g_free);
      g_clear_pointer (&self->problem, g_free);
      self->failures = 0;
      self->state = DURE_SYNC_RESTING;
      dure_sync_session_start_round (self);
    }
  else if (self->desk != NULL && self->state != DURE_SYNC_DENIED)
    dure_sync_session_run_in (self, DURE_SESSION_EVERY_MS);
  dure_sync_session_say_changed (self);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * dure_sync_session_enrol_async:
 * @self: a session
 * @enrol: what the officer typed; copied
 * @cancellable: (nullable): stops it
 * @done: called when it is over
 * @user_data: for @done
 *
 * Makes this computer known to the server, and runs the first round.
 */
void
dure_sync_session_enrol_async (DureSyncSession    *self,
                               const DureEnrol    *enrol,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback done,
                               gpointer            user_data)
{
  GTask     *task = g_task_new (self, cancellable, done, user_data);
  Enrolment *enrolment = g_new0 (Enrolment, 1);

  g_task_set_source_tag (task, dure_sync_session_enrol_async);
  enrolment->url = g_strdup (enrol->url);
  enrolment->tenant = g_strdup (enrol->tenant);
  enrolment->user = g_strdup (enrol->user);
  enrolment->password = g_strdup (enrol->password);
  enrolment->device_name = g_strdup (enrol->device_name);
  enrolment->root = g_strdup (enrol->root);
  enrolment->proxy = g_strdup (enrol->proxy);
  self->enrolling = TRUE;
  dure_store_thread_run_async (dure_sync_session_get_thread (self), run_enrol, enrolment, enrolment_free, NULL,
                               cancellable, enrol_done_cb, task);
}

/** dure_sync_session_enrol_finish: Returns: whether this computer is enrolled */
gboolean
dure_sync_session_enrol_finish (DureSyncSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gpointer
run_forget_refused (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (dure_sync_forget_refused (store, error));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DureSyncSession) self = data;
  g_autoptr (GError) error = NULL;

  dure_store_thread_run_finish (result, &error);
  if (error != NULL)
    g_warning ("%s", error->message);
  if (self->desk == NULL)
    return;
  dure_sync_session_count (self);
  dure_sync_session_say_changed (self);
}

/** dure_sync_session_forget_refused: the officer has read how many changes the server refused, and why. */
void
dure_sync_session_forget_refused (DureSyncSession *self)
{
  if (self->desk != NULL)
    dure_store_thread_run_async (dure_sync_session_get_thread (self), run_forget_refused, NULL, NULL, NULL, NULL,
                                 kept_cb, g_object_ref (self));
}

static gpointer
run_pause (DureStore *store, gpointer paused, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (dure_sync_set_paused (store, GPOINTER_TO_INT (paused), error));
}

/** dure_sync_session_set_paused: @paused: nothing goes or comes until this is called again, also after a restart. */
void
dure_sync_session_set_paused (DureSyncSession *self, gboolean paused)
{
  if (self->desk == NULL || self->paused == paused)
    return;
  self->paused = paused;
  if (paused)
    {
      dure_sync_session_close_live (self);
      if (self->cancellable != NULL)
        g_cancellable_cancel (self->cancellable);
    }
  else if (self->state == DURE_SYNC_PAUSED)
    self->state = DURE_SYNC_RESTING;
  dure_store_thread_run_async (dure_sync_session_get_thread (self), run_pause, GINT_TO_POINTER (paused), NULL, NULL,
                               NULL, kept_cb, g_object_ref (self));
  dure_sync_session_count (self);
  dure_sync_session_start_round (self);
  dure_sync_session_say_changed (self);
}

static gpointer
run_leave (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (dure_sync_forget (store, error));
}

/** dure_sync_session_leave: this computer takes no more part; what it has stays, and what waits goes when it is enrolled
 *  again. */
void
dure_sync_session_leave (DureSyncSession *self)
{
  if (self->desk == NULL)
    return;
  dure_sync_session_close_live (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->error, g_free);
  self->paused = FALSE;
  dure_store_thread_run_async (dure_sync_session_get_thread (self), run_leave, NULL, NULL, NULL, NULL, kept_cb,
                               g_object_ref (self));
}
