/* dure-sync-receive.c: the taking half of a round
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines are applied in batches, each in one transaction together with the number up to which it brings this device: an
 * answer that breaks off loses nothing, and the next round goes on behind it. Only the last of them waits for the disk:
 * what a loss of power takes away is asked for once more.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-stamp.h"
#include "store/dure-store-age.h"
#include "store/dure-store-blobs.h"
#include "sync/dure-sync-private.h"

/* A batch holds the store for some hundredths of a second; an officer's write waits no longer than that. More at once
 * is no faster: what a batch works on should stay in the processor's cache. */
#define BATCH 1000

/* An answer of many lines on its way into the store. */
typedef struct
{
  DureRound *round;
  GPtrArray *changes;
  gboolean   snapshot;
  gint64     start; /* SNAPSHOT: where the changes go on afterwards */
  gint64     key;   /* SNAPSHOT: last record that is complete */
  gint64     seq;
  char       last[DURE_STAMP_LENGTH + 1]; /* stamp of the change with the number @start or @seq; empty when not known */
  guint      total;
  guint      done;
  gboolean   sweeps; /* SNAPSHOT: what it does not hold was deleted meanwhile */
  gboolean   lazy;   /* something is not on the disk yet */
  gboolean   yields; /* something was written here meanwhile and has to go out first, or the account's role is another */
} Taking;

static gboolean
note_place (Taking *taking, GError **error)
{
  DureStore       *store = taking->round->store;
  g_autofree char *start = NULL;

  /* Another program on this file may have come further meanwhile. */
  if (!taking->snapshot)
    return taking->seq <= dure_sync_get_number (store, DURE_META_CURSOR, -1)
           || (dure_sync_set_number (store, DURE_META_CURSOR, taking->seq, error)
               && dure_sync_note_at (store, taking->seq, taking->last, error));
  start = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", taking->start, taking->key, taking->last);
  return dure_store_set_meta (store, DURE_META_START, start, error);
}

static gboolean
apply_in_transaction (Taking *taking, GError **error)
{
  DureRound *round = taking->round;
  guint      kept = 0, unknown = 0;

  if (!taking->snapshot && !round->read_only && round->patience > 0 && dure_store_count_unsent (round->store) > 0)
    {
      taking->yields = TRUE;
      return FALSE;
    }
  for (guint i = 0; i < taking->changes->len; i++)
    {
      DureApplied applied;

      DureChange *change = g_ptr_array_index (taking->changes, i);

      if (!dure_store_apply (round->store, change, &applied, error)
          || (taking->sweeps && !dure_store_keep (round->store, change->entity, change->id, error)))
        return FALSE;
      kept += applied == DURE_APPLIED_KEPT;
      unknown += applied == DURE_APPLIED_UNKNOWN;
    }
  if (!note_place (taking, error))
    return FALSE;
  round->result->received += taking->changes->len;
  round->result->kept += kept;
  round->result->unknown += unknown;
  return TRUE;
}

static gboolean
apply_batch (Taking *taking, GError **error)
{
  DureRound *round = taking->round;

  if (g_cancellable_set_error_if_cancelled (round->cancellable, error) || !dure_store_begin_lazy (round->store, error))
    return FALSE;
  taking->lazy = TRUE;
  if (!apply_in_transaction (taking, error))
    {
      dure_store_rollback (round->store);
      return FALSE;
    }
  g_ptr_array_set_size (taking->changes, 0);
  return dure_store_commit (round->store, error);
}

/* What an account that may see less is sent is not all: what is taken from here on belongs to @role, also when the
 * answer breaks off before its end. */
static gboolean
note_role (Taking *taking, const char *role, GError **error)
{
  DureStore       *store = taking->round->store;
  g_autofree char *old = dure_store_get_meta (store, DURE_META_ROLE);

  /* A bundle is taken as it is; its end line says the role. */
  if (role == NULL || taking->round->client == NULL || g_strcmp0 (role, old) == 0)
    return TRUE;
  if (!dure_store_set_meta (store, DURE_META_ROLE, role, error)
      || (old != NULL && !dure_store_set_meta (store, DURE_META_START, "0 0", error)))
    return FALSE;
  if (!taking->snapshot || taking->key > 0)
    {
      taking->yields = TRUE;
      return FALSE;
    }
  return TRUE;
}

/* Whether the server has all that this device holds: what it does not give then has ended. Of one that was put back
 * that is so when all was brought back, which who may only read cannot. */
static gboolean
has_all (DureStore *store)
{
  g_autofree char *role = dure_store_get_meta (store, DURE_META_ROLE);
  DureReturnPlace  place;

  return dure_sync_get_number (store, DURE_META_CURSOR, -1) >= 0
         || (dure_sync_get_number (store, DURE_META_ANEW, 0) != 0 && !dure_sync_get_return (store, &place)
             && g_strcmp0 (role, "viewer") != 0);
}

/* A snapshot for another reason, as of another role, may hide that changes were folded which this device did not have. */
static gboolean
note_epoch (Taking *taking, gint64 epoch, GError **error)
{
  DureStore *store = taking->round->store;

  if (!taking->snapshot || taking->sweeps || taking->key > 0 || !has_all (store)
      || dure_sync_get_number (store, DURE_META_EPOCH, epoch) == epoch)
    return TRUE;
  taking->sweeps = TRUE;
  return dure_sync_begin_sweep (taking->round, error);
}

/* Reads to the end line; what came before the answer broke off is applied all the same. */
static gboolean
take_lines (Taking *taking, DureLines *lines, DureWireLine *end, GError **error)
{
  guint n_whole = 0;

  for (;;)
    {
      g_auto (DureWireLine) line = { 0 };
      g_autoptr (GError) failure = NULL;

      if (!dure_lines_next (lines, &line, &failure))
        {
          g_ptr_array_set_size (taking->changes, (gint)n_whole);
          if (n_whole > 0 && !apply_batch (taking, error))
            return FALSE;
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (line.kind == DURE_WIRE_END)
        {
          *end = line;
          memset (&line, 0, sizeof line);
          return TRUE;
        }
      if (line.kind == DURE_WIRE_START)
        {
          if (!note_role (taking, line.role, error) || !note_epoch (taking, line.epoch, error))
            return FALSE;
          if (taking->start == 0)
            {
              taking->start = line.seq;
              g_strlcpy (taking->last, line.last != NULL ? line.last : "", sizeof taking->last);
            }
          taking->total = (guint)CLAMP (line.total, 0, G_MAXINT);
          continue;
        }
      if (line.change->seq != 0 && !taking->snapshot)
        {
          taking->seq = line.change->seq;
          g_strlcpy (taking->last, line.change->stamp, sizeof taking->last);
        }
      line.change->part = line.change->part || taking->snapshot;
      g_ptr_array_add (taking->changes, g_steal_pointer (&line.change));
      if (!taking->snapshot || line.key != 0)
        {
          taking->key = line.key;
          taking->done++;
          n_whole = taking->changes->len;
        }
      if (n_whole < BATCH)
        continue;
      if (n_whole == taking->changes->len)
        {
          if (!apply_batch (taking, error))
            return FALSE;
          n_whole = 0;
          dure_sync_tell (taking->round, taking->snapshot ? DURE_SYNC_STEP_SNAPSHOT : DURE_SYNC_STEP_RECEIVE,
                          taking->done, taking->total);
        }
    }
}

/* The server's numbers, clock and role, which come with every answer. */
static gboolean
note_end (DureRound *round, const DureWireLine *end, GError **error)
{
  g_autofree char *role = dure_store_get_meta (round->store, DURE_META_ROLE);

  if (end->role != NULL && g_strcmp0 (role, end->role) != 0)
    {
      /* Who may see more than before has to begin again. */
      if (!dure_store_set_meta (round->store, DURE_META_ROLE, end->role, error)
          || (role != NULL && !dure_store_set_meta (round->store, DURE_META_START, "0 0", error)))
        return FALSE;
    }
  return dure_sync_note_clock (round, end->now, error);
}

static gboolean
end_sweep (Taking *taking, GError **error)
{
  DureStore *store = taking->round->store;
  guint      n_removed;

  return !taking->sweeps
         || (dure_store_sweep (store, &n_removed, error) && dure_store_set_meta (store, DURE_META_SWEEP, NULL, error));
}

static gboolean
finish_snapshot (Taking *taking, const DureWireLine *end, GError **error)
{
  DureStore *store = taking->round->store;

  if (!dure_store_begin (store, NULL, error))
    return FALSE;
  taking->yields = FALSE;
  if (apply_in_transaction (taking, error) && dure_sync_set_number (store, DURE_META_CURSOR, taking->start, error)
      && dure_sync_note_at (store, taking->start, taking->last, error)
      && dure_sync_set_number (store, DURE_META_EPOCH, end->epoch, error)
      && dure_store_set_meta (store, DURE_META_START, NULL, error)
      && dure_store_set_meta (store, DURE_META_ANEW, NULL, error) && end_sweep (taking, error)
      && note_end (taking->round, end, error))
    return dure_store_commit (store, error);
  dure_store_rollback (store);
  return FALSE;
}

static gboolean
is_sweeping (DureStore *store)
{
  return dure_sync_get_number (store, DURE_META_SWEEP, 0) != 0;
}

/* With what this device knows of the server, also of a snapshot that broke off: the server may have been put back since. */
static char *
snapshot_path (const Taking *taking)
{
  char        stamp[DURE_STAMP_LENGTH + 1];
  gint64      seq = dure_sync_get_at (taking->round->store, stamp);
  const char *last = stamp;

  if (taking->key > 0 && taking->start > seq && *taking->last != '\0')
    {
      seq = taking->start;
      last = taking->last;
    }
  if (seq > 0)
    return g_strdup_printf ("/v1/snapshot?after=%" G_GINT64_FORMAT "&known=%" G_GINT64_FORMAT "&last=%s", taking->key, seq,
                            last);
  return g_strdup_printf ("/v1/snapshot?after=%" G_GINT64_FORMAT, taking->key);
}

static gboolean
take_snapshot (DureRound *round, const char *start, gboolean *again, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
  g_autoptr (DureLines) lines = NULL;
  g_autofree char *path = NULL;
  g_auto (DureWireLine) end = { 0 };
  Taking taking = { .round = round, .changes = changes, .snapshot = TRUE, .sweeps = is_sweeping (round->store) };

  /* The third part may be missing. */
  if (start != NULL
      && sscanf (start, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %34s", &taking.start, &taking.key, taking.last) < 2)
    taking.start = taking.key = 0;
  path = snapshot_path (&taking);
  dure_sync_tell (round, DURE_SYNC_STEP_SNAPSHOT, 0, 0);
  lines = dure_client_get_lines (round->client, path, round->cancellable, error);
  if (lines == NULL)
    return FALSE;
  if (take_lines (&taking, lines, &end, error))
    return finish_snapshot (&taking, &end, error);
  *again = taking.yields;
  return taking.yields;
}

static gboolean
finish_pull (Taking *taking, const DureWireLine *end, GError **error)
{
  DureStore *store = taking->round->store;

  /* Nothing came and nothing moved: nothing is written. */
  if (taking->changes->len == 0 && !taking->lazy && end->seq == dure_sync_get_number (store, DURE_META_CURSOR, -1))
    return note_end (taking->round, end, error);
  if (taking->seq != end->seq || end->last != NULL)
    g_strlcpy (taking->last, end->last != NULL ? end->last : "", sizeof taking->last);
  taking->seq = end->seq;
  if (!dure_store_begin (store, NULL, error))
    return FALSE;
  if (apply_in_transaction (taking, error) && dure_sync_set_number (store, DURE_META_EPOCH, end->epoch, error)
      && note_end (taking->round, end, error))
    return dure_store_commit (store, error);
  dure_store_rollback (store);
  return FALSE;
}

/* One request for what others wrote. */
static gboolean
take_changes (DureRound *round, gboolean *more, gboolean *again, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
  g_autoptr (DureLines) lines = NULL;
  g_autofree char *path = NULL;
  g_auto (DureWireLine) end = { 0 };
  Taking taking = { .round = round, .changes = changes };

  taking.seq = dure_sync_get_number (round->store, DURE_META_CURSOR, 0);
  path = dure_sync_changes_path (round->store);
  lines = dure_client_get_lines (round->client, path, round->cancellable, error);
  if (lines == NULL)
    return FALSE;
  if (!take_lines (&taking, lines, &end, error) || !finish_pull (&taking, &end, error))
    {
      *again = taking.yields;
      return taking.yields;
    }
  *more = end.more;
  return end.wanted == NULL || dure_sync_note_wanted (round->store, end.wanted, error);
}

/* What a bundle holds: a snapshot, when @snapshot, and answers about changes until there is no more. What waits here
 * goes out with the next bundle, so nothing gives way to it; and the server's clock was read long ago. */
gboolean
dure_sync_receive_lines (DureRound *round, DureLines *lines, gboolean snapshot, GError **error)
{
  for (gboolean more = TRUE; more; snapshot = FALSE)
    {
      g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
      g_auto (DureWireLine) end = { 0 };
      Taking taking = { .round = round,
                        .changes = changes,
                        .snapshot = snapshot,
                        .sweeps = snapshot && is_sweeping (round->store) };

      taking.seq = dure_sync_get_number (round->store, DURE_META_CURSOR, 0);
      if (!take_lines (&taking, lines, &end, error))
        return FALSE;
      end.now = 0;
      more = snapshot || end.more;
      if (snapshot ? !finish_snapshot (&taking, &end, error) : !finish_pull (&taking, &end, error))
        return FALSE;
    }
  return TRUE;
}

/* The server has folded changes that this device did not have: it gives all that it has, and the rest has ended. */
gboolean
dure_sync_begin_sweep (DureRound *round, GError **error)
{
  if (!dure_store_begin (round->store, NULL, error))
    return FALSE;
  if (dure_store_begin_sweep (round->store, error) && dure_store_set_meta (round->store, DURE_META_SWEEP, "1", error)
      && dure_store_set_meta (round->store, DURE_META_START, "0 0", error))
    return dure_store_commit (round->store, error);
  dure_store_rollback (round->store);
  return FALSE;
}

/* The server lacks what this device knows: it gets all that this device has, and gives all that it has. */
gboolean
dure_sync_set_anew (DureStore *store, GError **error)
{
  return dure_sync_begin_return (store, error) && dure_store_forget_marks (store, error)
         && dure_store_set_meta (store, DURE_META_CURSOR, NULL, error) && dure_sync_note_at (store, 0, NULL, error)
         && dure_store_set_meta (store, DURE_META_SWEEP, NULL, error)
         && dure_store_set_meta (store, DURE_META_ANEW, "1", error)
         && dure_store_set_meta (store, DURE_META_START, "0 0", error);
}

gboolean
dure_sync_begin_anew (DureRound *round, GError **error)
{
  if (!dure_store_begin (round->store, NULL, error))
    return FALSE;
  if (dure_sync_set_anew (round->store, error))
    return dure_store_commit (round->store, error);
  dure_store_rollback (round->store);
  return FALSE;
}

/* Of what the server refused to give: whether it is to be asked otherwise. */
static gboolean
begin_otherwise (DureRound *round, GError *failure, gboolean *again, GError **error)
{
  const char *problem = dure_client_get_problem (round->client);

  *again = TRUE;
  if (g_strcmp0 (problem, "epoch") == 0)
    {
      g_error_free (failure);
      return dure_sync_begin_sweep (round, error);
    }
  if (g_strcmp0 (problem, "ahead") == 0)
    {
      g_error_free (failure);
      return dure_sync_begin_anew (round, error);
    }
  g_propagate_error (error, failure);
  return FALSE;
}

/* Takes all there is; @again is set when there is something to send first. */
gboolean
dure_sync_receive (DureRound *round, gboolean *again, GError **error)
{
  g_autofree char *start = dure_store_get_meta (round->store, DURE_META_START);
  g_autofree char *cursor = dure_store_get_meta (round->store, DURE_META_CURSOR);
  GError          *failure = NULL;
  gboolean         more = TRUE;

  *again = FALSE;
  if ((start != NULL || cursor == NULL) && !take_snapshot (round, start, again, &failure))
    return begin_otherwise (round, failure, again, error);
  while (more && !*again)
    {
      more = FALSE;
      if (!take_changes (round, &more, again, &failure))
        return begin_otherwise (round, failure, again, error);
    }
  return TRUE;
}
