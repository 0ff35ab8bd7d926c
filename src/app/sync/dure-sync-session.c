/* dure-sync-session.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rounds run on a thread of their own with a store of their own, so that an officer's writes never wait for the
 * network; they wait for one batch of another's changes at most. Nothing of it runs on the main thread but counting.
 */
#define G_LOG_DOMAIN "dure-app-sync"

#include "config.h"

#include "app/sync/dure-sync-session-private.h"

#include "sync/dure-conflict.h"

G_DEFINE_FINAL_TYPE (DureSyncSession, dure_sync_session, G_TYPE_OBJECT)

enum
{
  CHANGED,
  LOST,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

void
dure_sync_session_say_changed (DureSyncSession *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Counts what waits and what clashes; both are one look into an index. */
void
dure_sync_session_count (DureSyncSession *self)
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
  g_free (self->refusal);
  self->refusal = NULL;
  self->n_refused = dure_sync_get_refused (store, &self->refusal);
  if (!dure_sync_is_enrolled (store))
    self->state = DURE_SYNC_NOT_ENROLLED;
  else if (self->state == DURE_SYNC_NOT_ENROLLED)
    self->state = DURE_SYNC_RESTING;
  if (self->paused && self->state != DURE_SYNC_NOT_ENROLLED && self->state != DURE_SYNC_RUNNING)
    self->state = DURE_SYNC_PAUSED;
}

static gpointer
find_lost (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return dure_conflicts_untold (store, error);
}

static void
lost_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DureSyncSession) self = data;
  g_autoptr (GPtrArray) conflicts = dure_desk_run_finish (DURE_DESK (source), result, NULL);

  if (self->desk != NULL && conflicts != NULL && conflicts->len > 0)
    g_signal_emit (self, signals[LOST], 0, conflicts);
}

/* Whose value lost is told, once. */
static void
look_for_lost (DureSyncSession *self)
{
  if (self->lost_looked || self->state == DURE_SYNC_NOT_ENROLLED)
    return;
  self->lost_looked = TRUE;
  dure_desk_run_async (self->desk, find_lost, NULL, NULL, (GDestroyNotify)g_ptr_array_unref, NULL, lost_found_cb,
                       g_object_ref (self));
}

static gboolean
timer_cb (gpointer data)
{
  DureSyncSession *self = data;

  self->timer = 0;
  self->metered = g_network_monitor_get_network_metered (g_network_monitor_get_default ());
  /* Where data cost money the officer says when. */
  if (self->metered)
    {
      dure_sync_session_run_in (self, DURE_SESSION_EVERY_MS);
      dure_sync_session_say_changed (self);
    }
  else
    dure_sync_session_start_round (self);
  return G_SOURCE_REMOVE;
}

/* Runs the next round in so many milliseconds, a fifth sooner or later so that a city's computers do not come at once.
 */
void
dure_sync_session_run_in (DureSyncSession *self, guint ms)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (ms - ms / 5 + (guint)g_random_int_range (0, (gint32)(ms / 5 * 2 + 1)), timer_cb, self);
}

static gboolean
count_cb (gpointer data)
{
  DureSyncSession *self = data;

  self->count_source = 0;
  dure_sync_session_count (self);
  dure_sync_session_say_changed (self);
  look_for_lost (self);
  if (self->n_waiting > 0 && (self->state == DURE_SYNC_RESTING || self->state == DURE_SYNC_FAILED))
    dure_sync_session_run_in (self, DURE_SESSION_AFTER_WRITE_MS);
  else if (self->n_waiting > 0 && self->state == DURE_SYNC_RUNNING)
    self->again = TRUE;
  return G_SOURCE_REMOVE;
}

/* A burst of changes is counted once. */
static void
store_changed_cb (DureSyncSession *self, guint entity)
{
  if (entity == DURE_ENTITY_CONFLICT)
    self->lost_looked = FALSE;
  if (self->count_source == 0)
    self->count_source = g_timeout_add (150, count_cb, self);
}

static void
network_changed_cb (DureSyncSession *self, gboolean available)
{
  if (available && self->state == DURE_SYNC_OFFLINE)
    dure_sync_session_run_in (self, DURE_SESSION_AFTER_WRITE_MS);
}

static void
dure_sync_session_dispose (GObject *object)
{
  DureSyncSession *self = DURE_SYNC_SESSION (object);

  dure_sync_session_close_live (self);
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
  g_free (self->problem);
  g_free (self->refusal);
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

  /**
   * DureSyncSession::lost:
   * @conflicts: (element-type DureRecord): conflicts in which a value that was written here lost; each is told of once
   */
  signals[LOST] = g_signal_new ("lost", DURE_TYPE_SYNC_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_PTR_ARRAY);
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
  dure_sync_session_close_live (self);
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
  self->paused = dure_sync_get_paused (dure_desk_get_store (desk));
  dure_sync_session_count (self);
  if (self->state != DURE_SYNC_NOT_ENROLLED)
    dure_sync_session_run_in (self, 1000);
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

/** dure_sync_session_get_n_refused: Returns: how many changes the server will never take */
guint
dure_sync_session_get_n_refused (DureSyncSession *self)
{
  return self->n_refused;
}

/** dure_sync_session_get_refusal: Returns: (nullable): why it does not take them, a sentence */
const char *
dure_sync_session_get_refusal (DureSyncSession *self)
{
  return self->refusal;
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

/** dure_sync_session_get_problem: Returns: (nullable): its name, as docs/protocol.md has them, or "proxy" */
const char *
dure_sync_session_get_problem (DureSyncSession *self)
{
  return self->problem;
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
  dure_sync_session_start_round (self);
}

/** dure_sync_session_get_metered: Returns: whether nothing goes by itself because the connection costs by volume */
gboolean
dure_sync_session_get_metered (DureSyncSession *self)
{
  return self->metered;
}
