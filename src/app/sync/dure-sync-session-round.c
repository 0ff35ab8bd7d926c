/* dure-sync-session-round.c: a round on its thread, and the live channel that asks for the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-app-sync"

#include "config.h"

#include "app/sync/dure-sync-session-private.h"

#include "base/dure-error.h"
#include "store/dure-blob.h"

/* Many pushes at once make one round. */
#define LIVE_MS 300
#define FIRST_RETRY_MS 5000
#define LAST_RETRY_MS 300000

/* What a round brings back from its thread. */
typedef struct
{
  DureSyncResult result;
  gboolean       enrolled;
  GError        *error; /* (nullable): what ended it */
} Round;

typedef struct
{
  DureSyncSession *session;
  double           fraction;
} Progress;

static void
round_free (gpointer data)
{
  Round *round = data;

  dure_sync_result_clear (&round->result);
  g_clear_error (&round->error);
  g_free (round);
}

static gboolean
show_progress (gpointer data)
{
  Progress *progress = data;

  if (progress->session->state == DURE_SYNC_RUNNING)
    {
      progress->session->fraction = progress->fraction;
      dure_sync_session_say_changed (progress->session);
    }
  return G_SOURCE_REMOVE;
}

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  g_object_unref (progress->session);
  g_free (progress);
}

static void
progress_cb (DureSyncStep step, guint done, guint total, gpointer data)
{
  DureSyncSession *self = data;
  Progress        *progress;

  /* Small rounds are over before anybody could read about them. */
  if (total < 1000)
    return;
  progress = g_new (Progress, 1);
  progress->session = g_object_ref (self);
  progress->fraction = (double)done / total;
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, show_progress, progress, progress_free);
}

static gpointer
run_round (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Round *round = g_new0 (Round, 1);

  round->enrolled = dure_sync_is_enrolled (store);
  if (round->enrolled)
    dure_sync_round (store, &round->result, progress_cb, data, cancellable, &round->error);
  return round;
}

static void
note_failure (DureSyncSession *self, GError *error)
{
  guint wait = FIRST_RETRY_MS << MIN (self->failures, 10);

  self->failures++;
  g_free (self->error);
  self->error = g_strdup (error->message);
  if (g_error_matches (error, DURE_ERROR, DURE_ERROR_DENIED))
    {
      self->state = DURE_SYNC_DENIED;
      dure_sync_session_close_live (self);
      return;
    }
  self->state = g_error_matches (error, DURE_ERROR, DURE_ERROR_UNREACHABLE) ? DURE_SYNC_OFFLINE : DURE_SYNC_FAILED;
  dure_sync_session_run_in (self, MIN (wait, LAST_RETRY_MS));
}

/* Whether the live channel told of something that this device does not have yet. */
static gboolean
is_behind (DureSyncSession *self)
{
  g_autofree char *cursor = dure_store_get_meta (dure_desk_get_store (self->desk), "sync.cursor");

  return self->heard > (cursor != NULL ? g_ascii_strtoll (cursor, NULL, 10) : 0);
}

static void
moved_cb (DureSyncSession *self, gint64 seq)
{
  self->heard = seq;
  if (self->desk != NULL && self->state == DURE_SYNC_RESTING && is_behind (self))
    dure_sync_session_run_in (self, LIVE_MS);
}

/* A file whose record is here already. */
static void
filed_cb (DureSyncSession *self, const char *sha256)
{
  if (self->desk == NULL || dure_blob_size (dure_store_get_path (dure_desk_get_store (self->desk)), sha256) >= 0)
    return;
  if (self->state == DURE_SYNC_RUNNING)
    self->again = TRUE;
  else if (self->state == DURE_SYNC_RESTING)
    dure_sync_session_run_in (self, LIVE_MS);
}

void
dure_sync_session_close_live (DureSyncSession *self)
{
  if (self->live == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->live, self);
  dure_live_stop (self->live);
  g_clear_object (&self->live);
  self->heard = 0;
}

/* Opened after a round that went well; when it breaks, the next such round opens another. */
static void
open_live (DureSyncSession *self, const char *token)
{
  DureStore       *store = dure_desk_get_store (self->desk);
  g_autofree char *url = dure_store_get_meta (store, "sync.url");
  g_autofree char *root = dure_store_get_meta (store, "sync.root");
  g_autofree char *proxy = dure_store_get_meta (store, "sync.proxy");

  if (self->live != NULL || url == NULL || token == NULL)
    return;
  self->live = dure_live_new (url, token, root, proxy);
  g_signal_connect_object (self->live, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->live, "filed", G_CALLBACK (filed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->live, "closed", G_CALLBACK (dure_sync_session_close_live), self, G_CONNECT_SWAPPED);
}

static void
round_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DureSyncSession) self = data;
  g_autoptr (GError) error = NULL;
  Round *round = dure_store_thread_run_finish (result, &error);

  if (round != NULL)
    error = g_steal_pointer (&round->error);
  self->fraction = -1;
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->problem, g_free);
  if (self->desk == NULL)
    {
      g_clear_pointer (&round, round_free);
      return;
    }
  if (error == NULL && round->enrolled)
    {
      self->state = DURE_SYNC_RESTING;
      self->failures = 0;
      /* What was refused for good is kept by the store, and told of by itself. */
      self->error = round->result.refused == 0 ? g_steal_pointer (&round->result.refusal) : NULL;
      if (self->error == NULL)
        self->error = g_steal_pointer (&round->result.files_error);
      self->again = self->again || round->result.files_left > 0;
      if (!self->paused)
        open_live (self, round->result.token);
      dure_sync_session_run_in (self, is_behind (self) ? LIVE_MS
                                      : self->again    ? DURE_SESSION_AFTER_WRITE_MS
                                                       : DURE_SESSION_EVERY_MS);
    }
  else if (error == NULL)
    self->state = DURE_SYNC_NOT_ENROLLED;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      self->state = DURE_SYNC_RESTING;
      dure_sync_session_run_in (self, DURE_SESSION_EVERY_MS);
    }
  else
    {
      note_failure (self, error);
      if (round != NULL)
        self->problem = g_steal_pointer (&round->result.problem);
    }
  self->again = FALSE;
  g_clear_pointer (&round, round_free);
  dure_store_poll (dure_desk_get_store (self->desk));
  dure_sync_session_count (self);
  dure_sync_session_say_changed (self);
}

DureStoreThread *
dure_sync_session_get_thread (DureSyncSession *self)
{
  if (self->thread == NULL)
    self->thread = dure_store_thread_new (dure_store_get_path (dure_desk_get_store (self->desk)), 0);
  return self->thread;
}

void
dure_sync_session_start_round (DureSyncSession *self)
{
  if (self->desk == NULL || self->enrolling || self->paused || self->state == DURE_SYNC_NOT_ENROLLED)
    return;
  if (self->state == DURE_SYNC_RUNNING)
    {
      self->again = TRUE;
      return;
    }
  g_clear_handle_id (&self->timer, g_source_remove);
  self->state = DURE_SYNC_RUNNING;
  self->fraction = -1;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  dure_sync_session_say_changed (self);
  /* The reference of the callback holds for the thread too: the session must not end there. */
  dure_store_thread_run_async (dure_sync_session_get_thread (self), run_round, self, NULL, round_free,
                               self->cancellable, round_done_cb, g_object_ref (self));
}
