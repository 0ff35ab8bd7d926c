/* dure-sync-bundle.c: takes the bundle that came from the server, or shows what is in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is verified before anything is written; then it goes the way of a pull, batch by batch, so that one that
 * was stopped half-way is taken again from the beginning.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-sync-bundle.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "base/dure-stamp.h"
#include "store/dure-store-age.h"
#include "sync/dure-bundle-reader.h"
#include "sync/dure-sync-bundle-private.h"

#define BATCH 2000
#define PROBLEM_ENDED "urn:dure:problem:record-ended"

static gboolean
deny (GError **error, const char *sentence)
{
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DENIED, sentence);
  return FALSE;
}

/* Whether a genuine bundle is meant for this device. */
static gboolean
check_address (DureStore *store, const DureBundle *bundle, GError **error)
{
  g_autofree char *tenant = dure_store_get_meta (store, DURE_META_TENANT);

  if (!bundle->from_server)
    return deny (error, _ ("This bundle was made by a computer for its server; “dured bundle apply” takes it there."));
  if (strcmp (bundle->device, dure_store_get_device (store)) != 0)
    return deny (error, _ ("This bundle is for another computer."));
  if (g_strcmp0 (tenant, bundle->tenant) == 0)
    return TRUE;
  dure_set_error (error, DURE_ERROR_DENIED, _ ("This bundle is of “%s”, and this computer belongs to “%s”."),
                  bundle->tenant, tenant != NULL ? tenant : "");
  return FALSE;
}

/* Opens the file at @path as far as @store can; the sender's key is the server's, or this computer's own. */
static DureBundleReader *
open_bundle (DureStore *store, const char *path, DureBundlePublic *server, DureBundleKey *own, GError **error)
{
  g_autoptr (DureBundleReader) reader = NULL;

  if (!dure_sync_bundle_ends (store, own, server, error))
    return NULL;
  reader = dure_bundle_reader_open (path, error);
  return reader != NULL && check_address (store, dure_bundle_reader_get_manifest (reader), error)
                 && dure_bundle_reader_verify (reader, server, error)
                 && dure_bundle_reader_decrypt (reader, own, server, error)
             ? g_steal_pointer (&reader)
             : NULL;
}

/* Nothing in it is new: this device has come as far or further. */
static gboolean
is_known (DureStore *store, const DureBundle *bundle)
{
  g_autofree char *start = dure_store_get_meta (store, DURE_META_START);
  gint64           cursor = dure_sync_get_number (store, DURE_META_CURSOR, -1);

  if (bundle->base == DURE_BUNDLE_ANEW)
    return bundle->number <= dure_sync_get_number (store, DURE_META_BUNDLE_GOT, 0);
  return start == NULL && cursor >= bundle->seq;
}

static gboolean
check_gap (DureStore *store, const DureBundle *bundle, GError **error)
{
  gint64 cursor = dure_sync_get_number (store, DURE_META_CURSOR, -1);

  if (bundle->base < 0 || bundle->base <= cursor)
    return TRUE;
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL,
                       _ ("A bundle in between is missing: this one begins behind what this computer has. Nothing was "
                          "taken. Send a new bundle to the server; its answer brings all."));
  return FALSE;
}

/* What an answer says of the changes that wait here. */
typedef struct
{
  gint64 found; /* journal number of the last that the server has, 0 for none */
  gint64 last;  /* of the last that waits */
  guint  n;     /* up to @found */
  guint  refused;
  GPtrArray *ended; /* of DureChange: their records have ended there */
} Ack;

static gboolean
find_ack (DureStore *store, const DureBundle *bundle, Ack *ack, char **why, GError **error)
{
  g_autoptr (GHashTable) refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) items = g_strsplit (bundle->refused != NULL ? bundle->refused : "", ", ", -1);
  guint n = 0, n_refused = 0;

  for (char **item = items; *item != NULL; item++)
    {
      char *type = strchr (*item, ' ');

      if (type != NULL)
        g_hash_table_insert (refused, g_strndup (*item, (gsize)(type - *item)), g_strdup (type + 1));
    }
  for (;;)
    {
      g_autoptr (GPtrArray) changes = dure_store_unsent_after (store, ack->last, BATCH, error);

      if (changes == NULL)
        return FALSE;
      if (changes->len == 0)
        return TRUE;
      for (guint i = 0; i < changes->len; i++)
        {
          const DureChange *change = g_ptr_array_index (changes, i);
          const char       *type = g_hash_table_lookup (refused, change->stamp);

          n++;
          if (type != NULL && strcmp (type, PROBLEM_ENDED) == 0)
            {
              g_ptr_array_add (ack->ended, dure_change_copy (change));
              type = NULL;
            }
          if (type != NULL && ack->found == 0)
            {
              n_refused++;
              if (*why == NULL)
                *why = g_strdup (dure_client_explain (type));
            }
          ack->last = change->seq;
          if (g_strcmp0 (change->stamp, bundle->taken) == 0)
            {
              ack->found = change->seq;
              ack->n = n;
              ack->refused = n_refused;
            }
        }
    }
}

/* What stays waiting was written before what now comes. */
static gboolean
note_mark (DureStore *store, const Ack *ack, gint64 cursor, GError **error)
{
  g_autofree char *text = dure_store_get_meta (store, DURE_META_BUNDLE_MARKS);
  g_auto (GStrv) marks = g_strsplit (text != NULL ? text : "", " ", -1);
  g_autoptr (GString) kept = g_string_new (NULL);
  gint64 last = 0;

  for (char **mark = marks; *mark != NULL; mark++)
    {
      gint64 up_to = g_ascii_strtoll (*mark, NULL, 10);

      if (up_to > ack->found && **mark != '\0')
        {
          g_string_append_printf (kept, "%s%s", kept->len > 0 ? " " : "", *mark);
          last = up_to;
        }
    }
  if (ack->last > ack->found && ack->last > last)
    g_string_append_printf (kept, "%s%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, kept->len > 0 ? " " : "", ack->last,
                            MAX (cursor, 0));
  return dure_store_set_meta (store, DURE_META_BUNDLE_MARKS, kept->len > 0 ? kept->str : NULL, error);
}

static gboolean
note_refused (DureStore *store, const Ack *ack, const char *why, GError **error)
{
  gint64 refused = dure_sync_get_number (store, DURE_META_REFUSED, 0);

  return ack->refused == 0
         || (dure_sync_set_number (store, DURE_META_REFUSED, refused + ack->refused, error)
             && (refused > 0 || dure_store_set_meta (store, DURE_META_REFUSAL, why, error)));
}

/* In one transaction: what the server has of this device, and what it needs to know of what it does not have. */
static gboolean
take_ack (DureStore *store, const DureBundle *bundle, DureBundleResult *result, GError **error)
{
  g_autoptr (GPtrArray) ended = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
  Ack              ack = { .ended = ended };
  g_autofree char *why = NULL;

  if (!find_ack (store, bundle, &ack, &why, error))
    return FALSE;
  for (guint i = 0; i < ended->len; i++)
    {
      const DureChange *change = g_ptr_array_index (ended, i);

      if (change->seq <= ack.found && !dure_store_send_whole (store, change->entity, change->id, NULL, error))
        return FALSE;
    }
  if (!dure_store_begin (store, NULL, error))
    return FALSE;
  if ((ack.found == 0 || dure_store_mark_sent (store, ack.found, error))
      && note_refused (store, &ack, why, error)
      && (result->known || note_mark (store, &ack, dure_sync_get_number (store, DURE_META_CURSOR, 0), error)))
    {
      result->acknowledged = ack.n - ack.refused;
      result->sync.refused = ack.refused;
      result->sync.refusal = g_steal_pointer (&why);
      return dure_store_commit (store, error);
    }
  dure_store_rollback (store);
  return FALSE;
}

/* The newest answer knows best how far this clock is off. */
static gboolean
note_clock (DureStore *store, const DureBundle *bundle, DureBundleResult *result, GError **error)
{
  if (bundle->clock > 0)
    {
      result->sync.offset_ms = -bundle->clock;
      return dure_store_restamp (store, -bundle->clock, &result->sync.restamped, error);
    }
  return dure_sync_get_number (store, DURE_META_OFFSET, 0) >= 0
         || dure_sync_set_number (store, DURE_META_OFFSET, 0, error);
}

static gboolean
apply (DureStore *store, DureBundleReader *reader, DureBundleResult *result, GError **error)
{
  const DureBundle *bundle = dure_bundle_reader_get_manifest (reader);
  g_autoptr (DureLines) lines = dure_lines_new (G_INPUT_STREAM (reader), NULL);
  DureRound round = { .store = store, .result = &result->sync };
  gint64    got = dure_sync_get_number (store, DURE_META_BUNDLE_GOT, 0);
  g_autofree char *start = dure_store_get_meta (store, DURE_META_START);

  if (got > 0 && bundle->previous > got)
    result->missed = bundle->previous;
  result->known = is_known (store, bundle);
  if (!result->known && !check_gap (store, bundle, error))
    return FALSE;
  if (!dure_sync_bundle_take_files (store, lines, &result->sync, error) || !take_ack (store, bundle, result, error) || (bundle->number > got && !note_clock (store, bundle, result, error)))
    return FALSE;
  /* The server has a bundle that was made where this device is now: what was brought back is there. */
  if (bundle->number > got && bundle->base >= 0 && bundle->base == dure_sync_get_number (store, DURE_META_CURSOR, -1)
      && !dure_store_set_meta (store, DURE_META_RETURN, NULL, error))
    return FALSE;
  /* Everything, although this device has something: it was away too long. */
  if (!result->known && bundle->base == DURE_BUNDLE_EVERYTHING && start == NULL
      && dure_sync_get_number (store, DURE_META_CURSOR, -1) >= 0 && !dure_sync_begin_sweep (&round, error))
    return FALSE;
  if (!result->known
      && ((bundle->base == DURE_BUNDLE_ANEW && !dure_sync_begin_anew (&round, error))
          || !dure_sync_receive_lines (&round, lines, bundle->base < 0, error)))
    return FALSE;
  return (bundle->number <= got || dure_sync_set_number (store, DURE_META_BUNDLE_GOT, bundle->number, error))
         && dure_sync_set_number (store, DURE_META_LAST, dure_now_ms (), error) && dure_store_scrub (store, error);
}

/**
 * dure_sync_bundle_apply:
 * @store: the store of this device
 * @path: a bundle that the server made
 * @result: (out caller-allocates): what was done
 * @error: return location; %DURE_ERROR_DENIED when it is not for this device or not from its server,
 *   %DURE_ERROR_DAMAGED when it was changed, %DURE_ERROR_PROTOCOL when one in between is missing
 *
 * Takes what others wrote, and notes what the server has of this device. Taking it twice, or after a later one, does
 * no harm. One that cannot be verified changes nothing. Memory: one batch.
 *
 * Returns: whether it was taken
 */
gboolean
dure_sync_bundle_apply (DureStore *store, const char *path, DureBundleResult *result, GError **error)
{
  g_auto (DureBundleKey) own = { 0 };
  DureBundlePublic server;
  g_autoptr (DureBundleReader) reader = NULL;
  gboolean good, settled;

  memset (result, 0, sizeof *result);
  reader = open_bundle (store, path, &server, &own, error);
  good = reader != NULL && apply (store, reader, result, error)
         && dure_sync_settle (store, &settled, error);
  result->waiting = dure_store_count_unsent (store) + dure_sync_count_return (store);
  return good;
}

static char *
name_record (const DureChange *change)
{
  return g_strconcat (change->entity, " ", change->id, NULL);
}

/* @records: name of a record -> whether others changed it */
static gboolean
count_waiting (DureStore *store, GHashTable *records, DureBundlePreview *preview, GError **error)
{
  g_autoptr (GHashTable) waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gint64 after = 0;;)
    {
      g_autoptr (GPtrArray) changes = dure_store_unsent_after (store, after, BATCH, error);

      if (changes == NULL)
        return FALSE;
      if (changes->len == 0)
        break;
      for (guint i = 0; i < changes->len; i++)
        {
          g_autofree char *name = name_record (g_ptr_array_index (changes, i));

          after = ((DureChange *)g_ptr_array_index (changes, i))->seq;
          if (GPOINTER_TO_INT (g_hash_table_lookup (records, name)))
            g_hash_table_add (waiting, g_steal_pointer (&name));
        }
    }
  preview->waiting = g_hash_table_size (waiting);
  return TRUE;
}

static gboolean
read_preview (DureStore *store, DureBundleReader *reader, DureBundlePreview *preview, GError **error)
{
  g_autoptr (DureLines) lines = dure_lines_new (G_INPUT_STREAM (reader), NULL);
  g_autoptr (GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean snapshot = dure_bundle_reader_get_manifest (reader)->base < 0;

  if (!dure_sync_bundle_skip_files (lines, error))
    return FALSE;
  for (gboolean more = TRUE; more;)
    {
      g_auto (DureWireLine) line = { 0 };
      g_autofree char *name = NULL;
      DureChangeField *state;
      gboolean         others;

      if (!dure_lines_next (lines, &line, error))
        return FALSE;
      if (line.kind == DURE_WIRE_END)
        {
          more = snapshot || line.more;
          snapshot = FALSE;
        }
      if (line.kind != DURE_WIRE_CHANGE)
        continue;
      name = name_record (line.change);
      others = strcmp (dure_stamp_device (line.change->stamp), dure_store_get_device (store)) != 0
               || GPOINTER_TO_INT (g_hash_table_lookup (records, name));
      g_hash_table_insert (records, g_steal_pointer (&name), GINT_TO_POINTER (others));
      state = strcmp (line.change->entity, "conflict") == 0 ? dure_change_find (line.change, "state") : NULL;
      preview->conflicts += state != NULL && g_strcmp0 (state->value, "open") == 0;
    }
  preview->records = g_hash_table_size (records);
  return count_waiting (store, records, preview, error);
}

/**
 * dure_sync_bundle_show:
 * @store: the store of this device
 * @path: a bundle
 * @manifest: (out caller-allocates): what it says of itself; verified when this succeeds
 * @preview: (out caller-allocates): what it would bring; for one that this device made, nothing
 * @error: return location
 *
 * Writes nothing.
 *
 * Returns: whether it is genuine
 */
gboolean
dure_sync_bundle_show (
    DureStore *store, const char *path, DureBundle *manifest, DureBundlePreview *preview, GError **error)
{
  g_auto (DureBundleKey) own = { 0 };
  DureBundlePublic server;
  g_autoptr (DureBundleReader) reader = dure_bundle_reader_open (path, error);
  const DureBundle *bundle;

  memset (manifest, 0, sizeof *manifest);
  memset (preview, 0, sizeof *preview);
  if (reader == NULL || !dure_sync_bundle_ends (store, &own, &server, error))
    return FALSE;
  bundle = dure_bundle_reader_get_manifest (reader);
  if (!bundle->from_server && strcmp (bundle->device, own.public.device) == 0)
    {
      if (!dure_bundle_reader_verify (reader, &own.public, error))
        return FALSE;
    }
  else
    {
      if (!check_address (store, bundle, error) || !dure_bundle_reader_verify (reader, &server, error)
          || !dure_bundle_reader_decrypt (reader, &own, &server, error)
          || !read_preview (store, reader, preview, error))
        return FALSE;
      preview->for_us = TRUE;
      preview->known = is_known (store, bundle);
    }
  dure_bundle_copy (manifest, bundle);
  return TRUE;
}
