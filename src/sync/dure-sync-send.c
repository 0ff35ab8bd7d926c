/* dure-sync-send.c: the sending half of a round
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What waits goes out in the order in which it was written, before anything is taken: so the number up to which this
 * device had taken (`after`) says what the author of a change could know, and the server sees who deleted without
 * knowing of an edit.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "base/dure-json-read.h"
#include "base/dure-stamp.h"
#include "store/dure-store-age.h"
#include "store/dure-store-return.h"
#include "sync/dure-sync-private.h"

#define PROBLEM_AHEAD "urn:dure:problem:stamp-ahead"
#define PROBLEM_ENDED "urn:dure:problem:record-ended"
#define PROBLEM_TAKEN "urn:dure:problem:stamp-taken"
#define PROBLEM_DEVICE "urn:dure:problem:wrong-device"
/* So often in a round changes get new stamps. */
#define RESTAMPS 3
/* A difference below this is none: the way of the answer takes time too. */
#define CLOCK_SLACK_MS (60 * 1000)

/** What the server said about a batch. */
typedef struct
{
  guint    n_refused;
  guint    first_again; /* place of the first change that needs another stamp; the batch's length for none */
  gint64   before;
  gint64   seq;
  gint64   epoch;
  gint64   now;
  gboolean plain;
  char    *at;   /* (nullable): stamp of the change with the number @seq */
  gboolean foreign; /* a change is of the number that this device had before */
  GArray  *ended; /* places of changes whose records have ended there, guint */
  char    *latest; /* (nullable): the largest stamp that the server has */
  char    *last; /* a stamp was taken by another change: the largest that the server has */
} Answer;

void
dure_sync_tell (DureRound *round, DureSyncStep step, guint done, guint total)
{
  if (round->progress != NULL)
    round->progress (step, done, total, round->data);
}

/* Keeps how far this clock is off, so that new stamps are right; @now is the server's. */
gboolean
dure_sync_note_clock (DureRound *round, gint64 now, GError **error)
{
  gint64 offset = now - dure_now_ms ();
  gint64 kept = dure_sync_get_number (round->store, DURE_META_OFFSET, 0);

  if (now == 0)
    return TRUE;
  round->now = now;
  round->result->offset_ms = offset;
  if (ABS (offset) < CLOCK_SLACK_MS)
    offset = 0;
  return ABS (offset - kept) < CLOCK_SLACK_MS || dure_sync_set_number (round->store, DURE_META_OFFSET, offset, error);
}

/* Written under the number that this file had as a copy of another, and not known to the server. */
static gboolean
is_foreign (DureRound *round, GPtrArray *changes, const char *type, gint64 line)
{
  const DureChange *change;

  if (g_strcmp0 (type, PROBLEM_DEVICE) != 0 || line < 1 || line > changes->len)
    return FALSE;
  change = g_ptr_array_index (changes, line - 1);
  return g_strcmp0 (dure_stamp_device (change->stamp), dure_store_get_device (round->store)) != 0;
}

/* Always FALSE. */
gboolean
dure_sync_broke_off (GError **error)
{
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_UNREACHABLE,
                       _ ("The connection to the server broke off. What came is kept, and the rest is fetched later."));
  return FALSE;
}

static gboolean
read_answer (DureRound *round, GBytes *body, GPtrArray *changes, guint n, guint n_changes, Answer *answer, GError **error)
{
  DureSyncResult *result = round->result;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object = dure_sync_parse_object (parser, body, error);
  JsonArray  *refused;

  if (object == NULL)
    return FALSE;
  refused = dure_json_array (object, "refused");
  if (refused == NULL || !json_object_has_member (object, "accepted"))
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL,
                           _ ("The answer of the server is not in Dure's format."));
      return FALSE;
    }
  if (dure_json_int (object, "accepted", 0) < (gint64)n_changes - json_array_get_length (refused))
    return dure_sync_broke_off (error);
  answer->first_again = n;
  answer->ended = g_array_new (FALSE, FALSE, sizeof (guint));
  answer->before = dure_json_int (object, "before", 0);
  answer->seq = dure_json_int (object, "seq", 0);
  answer->epoch = dure_json_int (object, "epoch", 0);
  answer->now = dure_json_int (object, "now", 0);
  answer->at = g_strdup (dure_json_text (object, "last", NULL));
  answer->latest = g_strdup (dure_json_text (object, "stamp", NULL));
  answer->plain = dure_json_is_true (object, "plain");
  for (guint i = 0; i < json_array_get_length (refused); i++)
    {
      JsonObject *item = dure_json_object_in (json_array_get_element (refused, i));
      const char *type, *why;
      gint64      line;
      gboolean    foreign;

      if (item == NULL)
        continue;
      line = dure_json_int (item, "line", 0);
      type = dure_json_text (item, "type", NULL);
      if (g_strcmp0 (type, PROBLEM_TAKEN) == 0 && answer->last == NULL)
        answer->last = g_strdup (dure_json_text (object, "stamp", ""));
      foreign = is_foreign (round, changes, type, line);
      answer->foreign = answer->foreign || foreign;
      if (foreign || g_strcmp0 (type, PROBLEM_AHEAD) == 0 || g_strcmp0 (type, PROBLEM_TAKEN) == 0)
        {
          if (line >= 1 && line <= n)
            answer->first_again = MIN (answer->first_again, (guint)line - 1);
          continue;
        }
      if (g_strcmp0 (type, PROBLEM_ENDED) == 0 && line >= 1 && line <= n)
        {
          guint place = (guint)line - 1;

          g_array_append_val (answer->ended, place);
          continue;
        }
      answer->n_refused++;
      if (result->refusal != NULL)
        continue;
      why = dure_client_explain (type);
      result->refusal = g_strdup (why != NULL ? why : dure_json_text (item, "detail", ""));
    }
  return TRUE;
}

/* Nothing came between: what was sent need not come back. A server that had nothing has no snapshot to give. */
static gboolean
note_cursor (DureStore *store, const Answer *answer, GError **error)
{
  g_autofree char *start = dure_store_get_meta (store, DURE_META_START);
  gint64           cursor = dure_sync_get_number (store, DURE_META_CURSOR, -1);

  if (start != NULL || cursor != (answer->before == 0 && cursor < 0 ? -1 : answer->before))
    return TRUE;
  return dure_sync_set_number (store, DURE_META_CURSOR, answer->seq, error)
         && (cursor >= 0 || dure_sync_set_number (store, DURE_META_EPOCH, answer->epoch, error));
}

/* Notes what the server has now. */
static gboolean
note_sent (DureRound *round, GPtrArray *changes, guint n, const Answer *answer, GError **error)
{
  gint64 refused = dure_sync_get_number (round->store, DURE_META_REFUSED, 0);

  if (!dure_sync_note_clock (round, answer->now, error)
      || (answer->seq > 0 && !dure_sync_note_at (round->store, answer->seq, answer->at, error)))
    return FALSE;
  if (answer->first_again > 0
      && !dure_store_mark_sent (
          round->store, ((DureChange *)g_ptr_array_index (changes, MIN (answer->first_again, n) - 1))->seq, error))
    return FALSE;
  if (answer->n_refused > 0
      && (!dure_sync_set_number (round->store, DURE_META_REFUSED, refused + answer->n_refused, error)
          || (refused == 0 && !dure_store_set_meta (round->store, DURE_META_REFUSAL, round->result->refusal, error))))
    return FALSE;
  if (answer->plain && answer->first_again == n && answer->seq > answer->before
      && !note_cursor (round->store, answer, error))
    return FALSE;
  round->result->sent += MIN (answer->first_again, n) - MIN (answer->n_refused, MIN (answer->first_again, n));
  round->result->refused += answer->n_refused;
  return TRUE;
}

/* Stamps again what the clock had stamped too late, what is of an old number, or all from the first change whose stamp
 * is taken: the order in which things were written stays. */
static gboolean
restamp (DureRound *round, const DureChange *first, const Answer *answer, GError **error)
{
  gint64 offset = answer->now - dure_now_ms ();
  guint  n = 0;

  if (round->restamped == RESTAMPS || answer->now == 0)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL,
                           _ ("The server refuses the time of the changes. Check the clock of this computer."));
      return FALSE;
    }
  round->restamped++;
  if (answer->foreign && !dure_store_take_over (round->store, first->seq, &n, error))
    return FALSE;
  round->result->restamped += n;
  if (answer->foreign)
    return TRUE;
  if (answer->last != NULL ? !dure_store_restamp_from (round->store, first->seq, answer->last, &n, error)
                           : !dure_store_restamp (round->store, offset, &n, error))
    return FALSE;
  round->result->restamped += n;
  return TRUE;
}

static void
answer_clear (Answer *answer)
{
  g_free (answer->at);
  g_free (answer->latest);
  g_free (answer->last);
  g_clear_pointer (&answer->ended, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static gboolean
send_batch (DureRound *round, GPtrArray *changes, GError **error)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = dure_sync_changes_path (round->store);
  g_auto (Answer) answer = { 0 };
  gboolean anew = dure_sync_get_number (round->store, DURE_META_ANEW, 0) != 0;
  guint    n = 0, n_changes = 0;

  while (n < changes->len && body->len < DURE_SYNC_PUSH_BYTES)
    {
      DureChange *change = g_ptr_array_index (changes, n++);

      if (anew && !dure_store_add_known (round->store, change, error))
        return FALSE;

      /* A new record of which nothing is set says nothing. */
      if (change->fields->len > 0)
        {
          dure_wire_append (body, change, 0, 0);
          n_changes++;
        }
      else
        g_string_append (body, "{\"start\":1}\n");
    }
  bytes = dure_client_post (round->client, path, DURE_WIRE_TYPE, body, round->cancellable, error);
  if (bytes == NULL || !read_answer (round, bytes, changes, n, n_changes, &answer, error))
    return FALSE;
  for (guint i = 0; i < answer.ended->len; i++)
    {
      const DureChange *change = g_ptr_array_index (changes, g_array_index (answer.ended, guint, i));

      if (!dure_store_send_whole (round->store, change->entity, change->id, answer.latest, error))
        return FALSE;
    }
  /* One transaction, so that what was sent and the cursor never disagree; if the power goes, it is sent once more. */
  if (!dure_store_begin_lazy (round->store, error))
    return FALSE;
  if (!note_sent (round, changes, n, &answer, error))
    {
      dure_store_rollback (round->store);
      return FALSE;
    }
  if (!dure_store_commit (round->store, error))
    return FALSE;
  return answer.first_again == n || restamp (round, g_ptr_array_index (changes, answer.first_again), &answer, error);
}

static gboolean
send_next (DureRound *round, gboolean *done, guint before, guint total, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;

  if (!dure_sync_return (round, error))
    return FALSE;
  changes = dure_store_unsent (round->store, DURE_SYNC_PUSH_MOST, error);
  if (changes == NULL)
    return FALSE;
  *done = changes->len == 0;
  if (*done)
    return TRUE;
  dure_sync_tell (round, DURE_SYNC_STEP_SEND, round->result->sent - before, total);
  return send_batch (round, changes, error);
}

/* Sends all that waits. An account that may only read keeps what it wrote, and goes on taking. */
gboolean
dure_sync_send (DureRound *round, GError **error)
{
  guint    total = (guint)dure_store_count_unsent (round->store);
  guint    before = round->result->sent;
  gboolean done = FALSE;

  while (!done)
    {
      g_autoptr (GError) failure = NULL;

      if (send_next (round, &done, before, total, &failure))
        continue;
      if (g_strcmp0 (dure_client_get_problem (round->client), "role") == 0)
        {
          round->read_only = TRUE;
          if (round->result->refusal == NULL)
            round->result->refusal = g_strdup (failure->message);
          return TRUE;
        }
      /* From then on it asks from the beginning, so this comes once. */
      if (g_strcmp0 (dure_client_get_problem (round->client), "ahead") == 0)
        {
          if (!dure_sync_begin_anew (round, error))
            return FALSE;
          continue;
        }
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}
