/* dure-sync-session.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rounds run on a thread of their own with a store of their own, so that an officer's writes never wait for the
 * network; they wait for one batch of another's changes at most. Nothing of it runs on the main thread but counting.
 */
#define G_LOG_DOMAIN "dure-app-sync"

#include "config.h"

#include "app/sync/dure-sync-session.h"

#include <string.h>

#include "base/dure-error.h"
#include "sync/dure-live.h"

#define AFTER_WRITE_MS 2000
#define EVERY_MS 60000
/* Many pushes at once make one round. */
#define LIVE_MS 300
#define FIRST_RETRY_MS 5000
#define LAST_RETRY_MS 300000

struct _DureSyncSession
{
  GObject parent_instance;

  DureDesk        *desk; /* weak; the desk owns the session */
  DureStoreThread *thread;
  GCancellable    *cancellable;
  DureSyncState    state;
  char            *error;
  char            *server;
  guint            n_waiting;
  guint            n_conflicts;
  guint            failures;
  gint64           last;
  double           fraction; /* of the first copy; below 0 when nothing long is under way */
  gboolean         enrolling;
  gboolean         again; /* asked for while a round ran */
  guint            timer;
  guint            count_source;
  DureLive        *live;  /* (nullable) */
  gint64           heard; /* last number of the server that the live channel told of */
};

G_DEFINE_FINAL_TYPE (DureSyncSession, dure_sync_session, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void start_round (DureSyncSession *self);

/* What a round carries to its thread and brings back. */
typedef struct
{
  DureSyncSession *session;
  DureSyncResult   result;
  gboolean         enrolled;
} Round;

typedef struct
{
  DureSyncSession *session;
  double           fraction;
} Progress;

typedef struct
{
  char *url, *tenant, *user, *password, *device_name;
} Enrolment;

static void
round_free (gpointer data)
{
  Round *round = data;

  dure_sync_result_clear (&round->result);
  g_free (round);
}

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
  g_free (enrolment);
}

static void
say_changed (DureSyncSession *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Counts what waits and what clashes; both are one look into an index. */
static void
count (DureSyncSession *self)
{
  DureStore *store = self->desk != NULL ? dure_desk_get_store (self->desk) : NULL;
  g_autoptr (DureQuery) query = NULL;
  g_autofree char *last = NULL;

  if (store == NULL)
    return;
  query = dure_query_new (DURE_ENTITY_CONFLICT);
  dure_query_where (query, DURE_CONFLICT_STATE, DURE_EQUAL, "open");
  self->n_conflicts = (guint)MAX (dure_store_count (store, query, NULL), 0);
  /* Before there is a server everything waits, and nobody needs to count it. */
  self->n_waiting = dure_sync_is_enrolled (store) ? (guint)dure_store_count_unsent (store) : 0;
  last = dure_store_get_meta (store, "sync.last");
  self->last = last != NULL ? g_ascii_strtoll (last, NULL, 10) : 0;
  g_free (self->server);
  self->server = dure_store_get_meta (store, "sync.url");
  if (!dure_sync_is_enrolled (store))
    self->state = DURE_SYNC_NOT_ENROLLED;
  else if (self->state == DURE_SYNC_NOT_ENROLLED)
    self->state = DURE_SYNC_RESTING;
}

static gboolean
timer_cb (gpointer data)
{
  DureSyncSession *self = data;

  self->timer = 0;
  start_round (self);
  return G_SOURCE_REMOVE;
}

/* Runs the next round in so many milliseconds, a fifth sooner or later so that a city's computers do not come at once.
 */
static void
run_in (DureSyncSession *self, guint ms)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (ms - ms / 5 + (guint)g_random_int_range (0, (gint32)(ms / 5 * 2 + 1)), timer_cb, self);
}

static gboolean
count_cb (gpointer data)
{
  DureSyncSession *self = data;

  self->count_source = 0;
  count (self);
  say_changed (self);
  if (self->n_waiting > 0 && (self->state == DURE_SYNC_RESTING || self->state == DURE_SYNC_FAILED))
    run_in (self, AFTER_WRITE_MS);
  else if (self->n_waiting > 0 && self->state == DURE_SYNC_RUNNING)
    self->again = TRUE;
  return G_SOURCE_REMOVE;
}

/* A burst of changes is counted once. */
static void
store_changed_cb (DureSyncSession *self)
{
  if (self->count_source == 0)
    self->count_source = g_timeout_add (150, count_cb, self);
}

static gboolean
show_progress (gpointer data)
{
  Progress *progress = data;

  if (progress->session->state == DURE_SYNC_RUNNING)
    {
      progress->session->fraction = progress->fraction;
      say_changed (progress->session);
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
  if (!round->enrolled || dure_sync_round (store, &round->result, progress_cb, data, cancellable, error))
    return round;
  round_free (round);
  return NULL;
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
      return;
    }
  self->state = g_error_matches (error, DURE_ERROR, DURE_ERROR_UNREACHABLE) ? DURE_SYNC_OFFLINE : DURE_SYNC_FAILED;
  run_in (self, MIN (wait, LAST_RETRY_MS));
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
    run_in (self, LIVE_MS);
}

static void
close_live (DureSyncSession *self)
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
open_live (DureSyncSession *self)
{
  DureStore       *store = dure_desk_get_store (self->desk);
  g_autofree char *url = dure_store_get_meta (store, "sync.url");
  g_autofree char *token = dure_store_get_meta (store, "sync.token");

  if (self->live != NULL || url == NULL || token == NULL)
    return;
  self->live = dure_live_new (url, token);
  g_signal_connect_object (self->live, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->live, "closed", G_CALLBACK (close_live), self, G_CONNECT_SWAPPED);
}

static void
round_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DureSyncSession) self = data;
  g_autoptr (GError) error = NULL;
  Round *round = dure_store_thread_run_finish (result, &error);

  self->fraction = -1;
  g_clear_pointer (&self->error, g_free);
  if (self->desk == NULL)
    {
      g_clear_pointer (&round, round_free);
      return;
    }
  if (round != NULL && round->enrolled)
    {
      self->state = DURE_SYNC_RESTING;
      self->failures = 0;
      self->error = g_steal_pointer (&round->result.refusal);
      open_live (self);
      run_in (self, is_behind (self) ? LIVE_MS : self->again ? AFTER_WRITE_MS : EVERY_MS);
    }
  else if (round != NULL)
    self->state = DURE_SYNC_NOT_ENROLLED;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      self->state = DURE_SYNC_RESTING;
      run_in (self, EVERY_MS);
    }
  else
    note_failure (self, error);
  self->again = FALSE;
  g_clear_pointer (&round, round_free);
  dure_store_poll (dure_desk_get_store (self->desk));
  count (self);
  say_changed (self);
}

static DureStoreThread *
get_thread (DureSyncSession *self)
{
  if (self->thread == NULL)
    self->thread = dure_store_thread_new (dure_store_get_path (dure_desk_get_store (self->desk)), 0);
  return self->thread;
}

static void
start_round (DureSyncSession *self)
{
  if (self->desk == NULL || self->enrolling || self->state == DURE_SYNC_NOT_ENROLLED)
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
  say_changed (self);
  dure_store_thread_run_async (get_thread (self), run_round, g_object_ref (self), g_object_unref, round_free,
                               self->cancellable, round_done_cb, g_object_ref (self));
}

static void
network_changed_cb (DureSyncSession *self, gboolean available)
{
  if (available && self->state == DURE_SYNC_OFFLINE)
    run_in (self, AFTER_WRITE_MS);
}

static void
dure_sync_session_dispose (GObject *object)
{
  DureSyncSession *self = DURE_SYNC_SESSION (object);

  close_live (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->count_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->thread, dure_store_thread_free);
  g_clear_weak_pointer (&self->desk);
  G_OBJECT_CLASS (dure_sync_session_parent_class)->dispose (object);
}

static void
dure_sync_session_finalize (GObject *object)
{
  DureSyncSession *self = DURE_SYNC_SESSION (object);

  g_free (self->error);
  g_free (self->server);
  G_OBJECT_CLASS (dure_sync_session_parent_class)->finalize (object);
}

static void
dure_sync_session_class_init (DureSyncSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dure_sync_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_sync_session_finalize;

  /**
   * DureSyncSession::changed:
   *
   * Anything that the getters tell is different now.
   */
  signals[CHANGED]
      = g_signal_new ("changed", DURE_TYPE_SYNC_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dure_sync_session_init (DureSyncSession *self)
{
  self->fraction = -1;
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* The desk is going: nothing of it may be used any more, and a round that runs is of no use. */
static void
release_session (gpointer data)
{
  DureSyncSession *self = data;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  close_live (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->count_source, g_source_remove);
  g_clear_weak_pointer (&self->desk);
  g_object_unref (self);
}

/**
 * dure_sync_session_for_desk:
 * @desk: a desk
 *
 * The first call starts the session; its first round runs soon after the window is there.
 *
 * Returns: (transfer none): the session of that desk
 */
DureSyncSession *
dure_sync_session_for_desk (DureDesk *desk)
{
  static GQuark    quark;
  DureSyncSession *self;

  if (quark == 0)
    quark = g_quark_from_static_string ("dure-sync-session");
  self = g_object_get_qdata (G_OBJECT (desk), quark);
  if (self != NULL)
    return self;
  self = g_object_new (DURE_TYPE_SYNC_SESSION, NULL);
  g_set_weak_pointer (&self->desk, desk);
  g_object_set_qdata_full (G_OBJECT (desk), quark, self, release_session);
  g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  count (self);
  if (self->state != DURE_SYNC_NOT_ENROLLED)
    run_in (self, 1000);
  return self;
}

DureSyncState
dure_sync_session_get_state (DureSyncSession *self)
{
  return self->state;
}

/** dure_sync_session_get_n_waiting: Returns: how many changes the server does not have yet */
guint
dure_sync_session_get_n_waiting (DureSyncSession *self)
{
  return self->n_waiting;
}

/** dure_sync_session_get_n_conflicts: Returns: how many conflicts are open */
guint
dure_sync_session_get_n_conflicts (DureSyncSession *self)
{
  return self->n_conflicts;
}

/** dure_sync_session_get_last: Returns: when a round last went well, in milliseconds; 0 for never */
gint64
dure_sync_session_get_last (DureSyncSession *self)
{
  return self->last;
}

/** dure_sync_session_get_fraction: Returns: how much of a long round is done, 0 to 1; below 0 when none runs */
double
dure_sync_session_get_fraction (DureSyncSession *self)
{
  return self->fraction;
}

/** dure_sync_session_get_error: Returns: (nullable): what went wrong last, a sentence */
const char *
dure_sync_session_get_error (DureSyncSession *self)
{
  return self->error;
}

/** dure_sync_session_get_server: Returns: (nullable): address of the server */
const char *
dure_sync_session_get_server (DureSyncSession *self)
{
  return self->server;
}

/** dure_sync_session_sync_now: runs a round at once, or after the one that runs. */
void
dure_sync_session_sync_now (DureSyncSession *self)
{
  start_round (self);
}

/** dure_sync_session_cancel: stops the round that runs; what it has taken stays. */
void
dure_sync_session_cancel (DureSyncSession *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static gpointer
run_enrol (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Enrolment      *enrolment = data;
  const DureEnrol enrol
      = { enrolment->url, enrolment->tenant, enrolment->user, enrolment->password, enrolment->device_name };

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
  close_live (self);
  if (self->desk != NULL)
    count (self);
  if (error == NULL)
    {
      g_clear_pointer (&self->error, g_free);
      self->failures = 0;
      self->state = DURE_SYNC_RESTING;
      start_round (self);
    }
  say_changed (self);
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
  self->enrolling = TRUE;
  dure_store_thread_run_async (get_thread (self), run_enrol, enrolment, enrolment_free, NULL, cancellable,
                               enrol_done_cb, task);
}

/** dure_sync_session_enrol_finish: Returns: whether this computer is enrolled */
gboolean
dure_sync_session_enrol_finish (DureSyncSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
