/* dure-sync-blobs-round.c: the end of a round: files go and come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small files come by themselves, larger ones when somebody opens them. A round gives files half a minute, and ends at
 * once when an officer has written something; the next one goes on where this one ended.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "sync/dure-sync-blobs.h"
#include "sync/dure-sync-private.h"

/* So much goes at once: on a line that breaks often, larger pieces would never arrive whole. */
#define PIECE (256 * 1024)
/* So large a file comes without being asked for. */
#define SMALL (5 * 1024 * 1024)
#define ROUND_US (30 * G_TIME_SPAN_SECOND)
#define HOUR_MS (3600 * G_GINT64_CONSTANT (1000))
#define DAY_MS (24 * HOUR_MS)
/* So often one file may have to begin at another byte than was thought. */
#define TURNS 8

/** One file on its way. */
typedef struct
{
  DureStore            *store;
  DureClient           *client;
  const char           *sha256;
  GFileProgressCallback progress;
  gpointer              data;
  gboolean (*goes_on) (gpointer data); /* asked between two pieces; NULL for always */
  gpointer      goes_on_data;
  GCancellable *cancellable;
} Way;

static gboolean
interrupted (Way *way, GError **error)
{
  if (g_cancellable_is_cancelled (way->cancellable))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Stopped."));
  else if (way->goes_on != NULL && !way->goes_on (way->goes_on_data))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "");
  else
    return FALSE;
  return TRUE;
}

static void
tell (Way *way, gint64 done, gint64 total)
{
  if (way->progress != NULL)
    way->progress (done, total, way->data);
}

static GBytes *
read_piece (GFileInputStream *stream, gint64 at, GCancellable *cancellable, GError **error)
{
  g_autofree guchar *buffer = g_malloc (PIECE);
  g_autoptr (GError) failure = NULL;
  gsize n = 0;

  if (g_seekable_seek (G_SEEKABLE (stream), at, G_SEEK_SET, cancellable, &failure)
      && g_input_stream_read_all (G_INPUT_STREAM (stream), buffer, PIECE, &n, cancellable, &failure) && n > 0)
    return g_bytes_new_take (g_steal_pointer (&buffer), n);
  dure_set_error (error, DURE_ERROR_FAILED, _ ("The file could not be read: %s"),
                  failure != NULL ? failure->message : "");
  return NULL;
}

/* Sends what the server lacks of a blob that is here. */
static gboolean
send_blob (Way *way, GError **error)
{
  g_autofree char *path = dure_store_blob_path (way->store, way->sha256);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gint64           total = dure_blob_size (dure_store_get_path (way->store), way->sha256), at, got;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean whole;
  guint    turns = 0;

  if (!dure_client_head_blob (way->client, way->sha256, &whole, &at, way->cancellable, error))
    return FALSE;
  if (whole)
    return TRUE;
  stream = g_file_read (file, way->cancellable, &failure);
  if (stream == NULL)
    {
      dure_set_error (error, DURE_ERROR_FAILED, _ ("The file could not be read: %s"), failure->message);
      return FALSE;
    }
  /* An upload of something else under this name; it fails at its end and begins anew. */
  at = at < total ? at : 0;
  while (at < total)
    {
      g_autoptr (GBytes) piece = NULL;

      tell (way, at, total);
      if (interrupted (way, error))
        return FALSE;
      piece = read_piece (stream, at, way->cancellable, error);
      if (piece == NULL
          || !dure_client_put_blob (way->client, way->sha256, at, piece, total, &got, way->cancellable, error))
        return FALSE;
      if (got != at + (gint64)g_bytes_get_size (piece) && got < total && ++turns > TURNS)
        {
          g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL,
                               _ ("The answer of the server is not in Dure's format."));
          return FALSE;
        }
      at = got;
    }
  tell (way, total, total);
  return TRUE;
}

/* Takes what is lacking here of a blob; what came stays for the next try when it breaks off. */
static gboolean
receive_blob (Way *way, gint64 size, GError **error)
{
  const char *store = dure_store_get_path (way->store);
  g_autoptr (GInputStream) stream = NULL;
  g_autofree guchar *buffer = g_malloc (DURE_BLOB_PIECE);
  gint64 at;
  gssize n;

  stream = dure_client_get_blob (way->client, way->sha256, dure_blob_part_size (store, way->sha256), &at,
                                 way->cancellable, error);
  if (stream == NULL)
    {
      /* What is here is more than there is. */
      if (g_strcmp0 (dure_client_get_problem (way->client), "range") == 0)
        dure_blob_part_drop (store, way->sha256);
      return FALSE;
    }
  for (;;)
    {
      tell (way, at, MAX (size, at));
      if (interrupted (way, error))
        return FALSE;
      n = dure_client_read (way->client, stream, buffer, DURE_BLOB_PIECE, way->cancellable, error);
      if (n < 0)
        return FALSE;
      if (n == 0)
        break;
      if (!dure_blob_part_append (store, way->sha256, at, buffer, (gsize)n, error))
        return FALSE;
      at += n;
    }
  /* An answer may end early without a word. */
  if (at < size)
    {
      g_set_error_literal (
          error, DURE_ERROR, DURE_ERROR_UNREACHABLE,
          _ ("The connection to the server broke off. What came is kept, and the rest is fetched later."));
      return FALSE;
    }
  return dure_blob_part_finish (store, way->sha256, way->cancellable, error);
}

typedef struct
{
  DureRound *round;
  gint64     end; /* monotonic */
} Stage;

static gboolean
stage_goes_on (gpointer data)
{
  Stage *stage = data;

  return g_get_monotonic_time () < stage->end && dure_store_count_unsent (stage->round->store) == 0;
}

static void
stage_progress (goffset done, goffset total, gpointer data)
{
  dure_sync_tell (((Stage *)data)->round, DURE_SYNC_STEP_FILES, (guint)(done / 1024), (guint)MAX (total / 1024, 1));
}

/* "absent MS" and "refused MS" are asked again after an hour, of a fresh record every time. */
static gboolean
rests (const DureBlobWish *wish)
{
  const char *when = wish->mark != NULL ? strchr (wish->mark, ' ') : NULL;
  gint64      now = dure_now_ms ();

  if (when == NULL || ABS (now - g_ascii_strtoll (when, NULL, 10)) > HOUR_MS)
    return FALSE;
  return g_str_has_prefix (wish->mark, DURE_BLOB_REFUSED) || now - wish->written > DAY_MS;
}

static gboolean
mark_when (DureStore *store, const char *sha256, const char *what, GError **error)
{
  g_autofree char *mark = g_strdup_printf ("%s %" G_GINT64_FORMAT, what, dure_now_ms ());

  return dure_store_mark_blob (store, sha256, mark, error);
}

/* Returns whether the round can go on with the next. */
static gboolean
note_failure (DureRound *round, const char *sha256, GError *failure)
{
  if (g_error_matches (failure, DURE_ERROR, DURE_ERROR_NOT_FOUND))
    return mark_when (round->store, sha256, DURE_BLOB_ABSENT, NULL);
  if (failure->domain == G_IO_ERROR)
    {
      round->result->files_left++;
      return FALSE;
    }
  if (round->result->files_error == NULL)
    round->result->files_error = g_strdup (failure->message);
  /* Also one that is damaged, here or there: it would be carried in vain with every round. */
  if (g_error_matches (failure, DURE_ERROR, DURE_ERROR_INVALID) || g_error_matches (failure, DURE_ERROR, DURE_ERROR_FULL)
      || g_error_matches (failure, DURE_ERROR, DURE_ERROR_DAMAGED))
    return mark_when (round->store, sha256, DURE_BLOB_REFUSED, NULL);
  return g_error_matches (failure, DURE_ERROR, DURE_ERROR_FAILED);
}

/* Returns whether the round can go on with the next. */
static gboolean
settle (DureRound *round, Stage *stage, const DureBlobWish *wish, gboolean here)
{
  g_autoptr (GError) failure = NULL;
  Way way = { round->store, round->client,  wish->sha256,      stage_progress,
              stage,        stage_goes_on, stage, round->cancellable };

  if (here ? !send_blob (&way, &failure) : !receive_blob (&way, wish->size, &failure))
    return note_failure (round, wish->sha256, failure);
  if (here)
    round->result->files_sent++;
  else
    round->result->files_received++;
  return dure_store_mark_blob (round->store, wish->sha256, DURE_BLOB_BOTH, NULL);
}

/* Sends the files that the server lacks, then takes the small ones that this computer lacks. What goes wrong is in the
 * result; the round went well all the same. */
void
dure_sync_blobs (DureRound *round)
{
  const char      *path = dure_store_get_path (round->store);
  g_autofree char *role = dure_store_get_meta (round->store, DURE_META_ROLE);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GPtrArray) wishes = NULL;
  Stage    stage = { round, g_get_monotonic_time () + ROUND_US };
  gboolean goes_on = TRUE;

  /* The server gives no files to whoever may only read. */
  if (g_strcmp0 (role, "viewer") == 0)
    return;
  wishes = dure_store_list_wishes (round->store, DURE_BLOB_BOTH, &failure);
  if (wishes == NULL)
    round->result->files_error = g_strdup (failure->message);
  for (gboolean here = TRUE; wishes != NULL; here = FALSE)
    {
      for (guint i = 0; i < wishes->len; i++)
        {
          const DureBlobWish *wish = wishes->pdata[i];
          gboolean            is_here = dure_blob_size (path, wish->sha256) >= 0;

          if (!dure_sha256_is_valid (wish->sha256) || is_here != here || rests (wish) || (!here && wish->size > SMALL))
            continue;
          if (goes_on)
            goes_on = settle (round, &stage, wish, here);
          else if (round->result->files_left > 0)
            round->result->files_left++;
        }
      if (!here)
        break;
    }
}

/* Files that the server lacks, although it may have had them: those that are here go again. */
gboolean
dure_sync_note_wanted (DureStore *store, const char *wanted, GError **error)
{
  g_auto (GStrv) hashes = g_strsplit (wanted, " ", -1);

  for (guint i = 0; hashes[i] != NULL; i++)
    if (dure_sha256_is_valid (hashes[i]) && dure_sync_blob_state (store, hashes[i]) == DURE_BLOB_HERE
        && !dure_store_mark_blob (store, hashes[i], NULL, error))
      return FALSE;
  return TRUE;
}

/**
 * dure_sync_fetch_blob:
 * @store: the store of this device
 * @sha256: which blob
 * @progress: (nullable) (scope call): told after each piece, on this thread
 * @data: for @progress
 * @cancellable: (nullable): stops it
 * @error: return location; %DURE_ERROR_NOT_FOUND when neither this computer nor the server has it
 *
 * Brings a file here that somebody wants now, whatever its size. What came stays when it breaks off.
 *
 * Returns: whether it is here
 */
gboolean
dure_sync_fetch_blob (DureStore            *store,
                      const char           *sha256,
                      GFileProgressCallback progress,
                      gpointer              data,
                      GCancellable         *cancellable,
                      GError              **error)
{
  g_autofree char *url = dure_store_get_meta (store, DURE_META_URL);
  g_autofree char *root = dure_store_get_meta (store, DURE_META_ROOT);
  g_autofree char *proxy = dure_store_get_meta (store, DURE_META_PROXY);
  g_auto (DureToken) token = { 0 };
  g_autoptr (DureClient) client = NULL;
  Way way = { store, NULL, sha256, progress, data, NULL, NULL, cancellable };
  g_autoptr (GPtrArray) wishes = NULL;
  gint64 size = 0;

  if (dure_blob_size (dure_store_get_path (store), sha256) >= 0)
    return TRUE;
  if (!dure_sync_is_enrolled (store) || !dure_sha256_is_valid (sha256))
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_NOT_FOUND,
                           _ ("The file of this attachment is not on this computer."));
      return FALSE;
    }
  if (!dure_sync_check_machine (store, error) || !dure_token_store_get (store, &token, error))
    return FALSE;
  wishes = dure_store_list_wishes (store, "", error);
  if (wishes == NULL)
    return FALSE;
  for (guint i = 0; i < wishes->len; i++)
    if (strcmp (((DureBlobWish *)wishes->pdata[i])->sha256, sha256) == 0)
      size = ((DureBlobWish *)wishes->pdata[i])->size;
  client = way.client = dure_client_new (url, token.token, root, proxy);
  return receive_blob (&way, size, error) && dure_store_mark_blob (store, sha256, DURE_BLOB_BOTH, error);
}
