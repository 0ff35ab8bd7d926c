/* dure-sync-return.c: brings back what this device holds to a server that was put back to an older state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All of it, also what others wrote: they, or their computers, may be gone. It goes out with its stamps and authors, in
 * the order in which this device knew of it, before anything else is sent or taken. Sending it again does nothing, so a
 * round that broke off goes on where it ended; only when the server is put back once more it begins anew.
 *
 * DURE_META_RETURN holds the last number that this device had taken before, and how far it has come: the journal number,
 * and then the stamp among what only newer programs know.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-json-read.h"
#include "base/dure-stamp.h"
#include "store/dure-store-age.h"
#include "store/dure-store-return.h"
#include "sync/dure-sync-private.h"

/* Returns: whether something is to be brought back */
gboolean
dure_sync_get_return (DureStore *store, DureReturnPlace *place)
{
  g_autofree char *text = dure_store_get_meta (store, DURE_META_RETURN);

  memset (place, 0, sizeof *place);
  return text != NULL
         && sscanf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %34s", &place->cursor, &place->seq, place->stamp) >= 2;
}

static gboolean
write_place (DureStore *store, const DureReturnPlace *place, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", place->cursor, place->seq,
                                           place->stamp);

  return dure_store_set_meta (store, DURE_META_RETURN, text, error);
}

/* From now on all that this device has is to be brought back; before its place is forgotten. */
gboolean
dure_sync_begin_return (DureStore *store, GError **error)
{
  g_autofree char *at = dure_store_get_meta (store, DURE_META_AT);
  DureReturnPlace  place;
  gint64           cursor = MAX (dure_sync_get_number (store, DURE_META_CURSOR, 0),
                                 at != NULL ? g_ascii_strtoll (at, NULL, 10) : 0);

  dure_sync_get_return (store, &place);
  place = (DureReturnPlace){ .cursor = MAX (place.cursor, cursor) };
  return write_place (store, &place, error);
}

/* What goes next: of the journal, and when that is through, of what only newer programs know. */
GPtrArray *
dure_sync_read_return (DureStore *store, DureReturnPlace *place, GError **error)
{
  GPtrArray *changes;

  if (*place->stamp == '\0')
    {
      changes = dure_store_held_after (store, place->seq, DURE_SYNC_PUSH_MOST, error);
      if (changes == NULL || changes->len > 0)
        return changes;
      g_ptr_array_unref (changes);
    }
  return dure_store_unknown_after (store, place->stamp, DURE_SYNC_PUSH_MOST, error);
}

/* Appends @change, and moves @place behind it. Returns: whether it says anything; a new record of which nothing is set
 * does not, and has an empty line. */
gboolean
dure_sync_write_return (GString *lines, const DureChange *change, DureReturnPlace *place)
{
  if (change->fields->len > 0)
    dure_wire_append (lines, change, 0, 0);
  if (change->seq > 0)
    place->seq = change->seq;
  else
    g_strlcpy (place->stamp, change->stamp, sizeof place->stamp);
  return change->fields->len > 0;
}

/** dure_sync_count_return: Returns: how many changes are still to be brought back */
gint64
dure_sync_count_return (DureStore *store)
{
  DureReturnPlace place;

  return dure_sync_get_return (store, &place) ? dure_store_count_held (store, place.seq) : 0;
}

/* What the server says of one change. @again: it has another stamp now. */
static gboolean
note_refused (
    DureRound *round, GPtrArray *changes, JsonNode *node, guint n, const char *latest, gboolean *again, GError **error)
{
  JsonObject *item = dure_json_object_in (node);
  gint64      line = item != NULL ? dure_json_int (item, "line", 0) : 0;
  const char *type = item != NULL ? dure_json_text (item, "type", "") : "";
  DureChange *change;

  if (line < 1 || line > n)
    return TRUE;
  change = g_ptr_array_index (changes, line - 1);
  if (g_str_has_suffix (type, ":record-ended"))
    return dure_store_send_whole (round->store, change->entity, change->id, latest, error);
  if (g_str_has_suffix (type, ":stamp-taken"))
    {
      *again = dure_entity_by_key (change->entity) != NULL;
      return !*again || dure_store_restamp_held (round->store, change, error);
    }
  if (!g_str_has_suffix (type, ":stamp-ahead"))
    return TRUE;
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL,
                       _ ("The server refuses the time of changes that it once had. Check the clock of the server."));
  return FALSE;
}

static gboolean
read_answer (DureRound *round, GBytes *bytes, GPtrArray *changes, guint n, guint n_changes, gboolean *again, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object = dure_sync_parse_object (parser, bytes, error);
  JsonArray  *refused = object != NULL ? dure_json_array (object, "refused") : NULL;
  const char *latest;

  if (object == NULL)
    return FALSE;
  if (refused == NULL || !json_object_has_member (object, "accepted"))
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL,
                           _ ("The answer of the server is not in Dure's format."));
      return FALSE;
    }
  latest = dure_json_text (object, "stamp", NULL);
  if (dure_json_int (object, "accepted", 0) < (gint64)n_changes - json_array_get_length (refused))
    return dure_sync_broke_off (error);
  if (!dure_sync_note_clock (round, dure_json_int (object, "now", 0), error)
      || !dure_sync_note_at (round->store, dure_json_int (object, "seq", 0),
                             dure_json_text (object, "last", NULL), error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (refused); i++)
    {
      gboolean this_again = FALSE;

      if (!note_refused (round, changes, json_array_get_element (refused, i), n, latest, &this_again, error))
        return FALSE;
      *again = *again || this_again;
    }
  return TRUE;
}

static gboolean
send_batch (DureRound *round, GPtrArray *changes, DureReturnPlace *place, GError **error)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *changes_path = dure_sync_changes_path (round->store);
  g_autofree char *path = g_strdup_printf ("%s&returning=%" G_GINT64_FORMAT, changes_path, place->cursor);
  gboolean again = FALSE;
  guint    n = 0, n_changes = 0;

  while (n < changes->len && body->len < DURE_SYNC_PUSH_BYTES)
    {
      if (dure_sync_write_return (body, g_ptr_array_index (changes, n++), place))
        n_changes++;
      else
        g_string_append (body, "{\"start\":1}\n");
    }
  bytes = dure_client_post (round->client, path, DURE_WIRE_TYPE, body, round->cancellable, error);
  if (bytes == NULL || !read_answer (round, bytes, changes, n, n_changes, &again, error))
    return FALSE;
  if (again)
    return TRUE;
  round->result->returned += n_changes;
  return write_place (round->store, place, error);
}

/* Brings back all that is still due. */
gboolean
dure_sync_return (DureRound *round, GError **error)
{
  gint64 total = -1;
  DureReturnPlace place;

  while (dure_sync_get_return (round->store, &place))
    {
      g_autoptr (GPtrArray) changes = dure_sync_read_return (round->store, &place, error);
      gint64 left;

      if (changes == NULL)
        return FALSE;
      if (changes->len == 0)
        return dure_store_set_meta (round->store, DURE_META_RETURN, NULL, error);
      left = dure_store_count_held (round->store, place.seq);
      total = MAX (total, left);
      dure_sync_tell (round, DURE_SYNC_STEP_SEND, (guint)(total - left), (guint)total);
      if (!send_batch (round, changes, &place, error))
        return FALSE;
    }
  return TRUE;
}
