/* dure-sync-bundle-files.c: files of attachments in bundles, on the side of a device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"
#include "store/dure-store-blobs.h"
#include "sync/dure-sync-bundle-private.h"

/* Writes the whole file of @sha256, piece by piece. */
static gboolean
add_file (DureStore *store, DureBundleWriter *writer, const char *sha256, gint64 size, GError **error)
{
  g_autofree char *path = dure_store_blob_path (store, sha256);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &failure);
  g_autofree guchar *buffer = g_malloc (DURE_BUNDLE_FILE_PIECE);
  gsize n = 0;

  for (gint64 at = 0; stream != NULL && at < size; at += (gint64)n)
    {
      g_auto (DureBundleFile) part = { .kind = DURE_BUNDLE_FILE_PART, .size = size, .at = at };

      if (!g_input_stream_read_all (G_INPUT_STREAM (stream), buffer, DURE_BUNDLE_FILE_PIECE, &n, NULL, &failure)
          || n == 0)
        break;
      g_strlcpy (part.sha256, sha256, sizeof part.sha256);
      part.data = g_bytes_new (buffer, n);
      if (!dure_bundle_writer_add_file (writer, &part, error))
        return FALSE;
      if (at + (gint64)n == size)
        return TRUE;
    }
  dure_set_error (error, DURE_ERROR_FAILED, _ ("The file could not be read: %s"),
                  failure != NULL ? failure->message : path);
  return FALSE;
}

/* Adds the files that the server is not known to have, as many as there is room for, and names those that are not
 * here. A damaged one is left out: the server would not take it. */
gboolean
dure_sync_bundle_add_files (DureStore *store, DureBundleWriter *writer, DureBundle *made, GError **error)
{
  g_autoptr (GPtrArray) wishes = dure_store_list_wishes (store, DURE_BLOB_BOTH, error);
  gint64 room = DURE_BUNDLE_MAX_FILES;
  guint  n_wants = 0;

  for (guint i = 0; wishes != NULL && i < wishes->len; i++)
    {
      const DureBlobWish *wish = wishes->pdata[i];
      gint64              size = dure_blob_size (dure_store_get_path (store), wish->sha256);

      if (!dure_sha256_is_valid (wish->sha256))
        continue;
      if (size < 0 && n_wants++ < DURE_BUNDLE_MAX_WANTS)
        {
          DureBundleFile want = { .kind = DURE_BUNDLE_FILE_WANT };

          g_strlcpy (want.sha256, wish->sha256, sizeof want.sha256);
          if (!dure_bundle_writer_add_file (writer, &want, error))
            return FALSE;
        }
      if (size <= 0 || !dure_blob_verify (dure_store_get_path (store), wish->sha256, NULL, NULL))
        continue;
      if (size > room)
        {
          made->files_left++;
          continue;
        }
      room -= size;
      if (!add_file (store, writer, wish->sha256, size, error))
        return FALSE;
    }
  return wishes != NULL;
}

static gboolean
take_part (DureStore *store, const DureBundleFile *file, DureSyncResult *result, GError **error)
{
  const char   *path = dure_store_get_path (store);
  gsize         length;
  gconstpointer bytes = g_bytes_get_data (file->data, &length);
  g_autoptr (GError) failure = NULL;

  if (dure_blob_size (path, file->sha256) >= 0
      || (file->at > 0 && dure_blob_part_size (path, file->sha256) != file->at))
    return TRUE;
  if (!dure_blob_part_append (path, file->sha256, file->at, bytes, length, error))
    return FALSE;
  if (file->at + (gint64)length < file->size)
    return TRUE;
  if (!dure_blob_part_finish (path, file->sha256, NULL, &failure))
    {
      /* Something else was sent to the server under that name long ago: nobody can have it. */
      if (result->files_error == NULL)
        result->files_error = g_strdup (failure->message);
      return g_error_matches (failure, DURE_ERROR, DURE_ERROR_DAMAGED);
    }
  result->files_received++;
  return dure_store_mark_blob (store, file->sha256, DURE_BLOB_BOTH, error);
}

/* Takes the lines about files with which the bundle of a server begins. */
gboolean
dure_sync_bundle_take_files (DureStore *store, DureLines *lines, DureSyncResult *result, GError **error)
{
  const char *text;
  gsize       length;

  while (dure_lines_peek (lines, &text, &length, error))
    {
      g_auto (DureBundleFile) file = { 0 };

      if (!dure_bundle_file_is_line (text, length))
        return TRUE;
      if (!dure_bundle_file_parse (&file, text, length, error))
        return FALSE;
      dure_lines_skip (lines);
      if (file.kind == DURE_BUNDLE_FILE_PART && !take_part (store, &file, result, error))
        return FALSE;
      if (file.kind == DURE_BUNDLE_FILE_HAS && dure_blob_size (dure_store_get_path (store), file.sha256) >= 0)
        {
          result->files_sent++;
          if (!dure_store_mark_blob (store, file.sha256, DURE_BLOB_BOTH, error))
            return FALSE;
        }
    }
  return FALSE;
}

/* Passes over them. */
gboolean
dure_sync_bundle_skip_files (DureLines *lines, GError **error)
{
  const char *text;
  gsize       length;

  while (dure_lines_peek (lines, &text, &length, error))
    {
      if (!dure_bundle_file_is_line (text, length))
        return TRUE;
      dure_lines_skip (lines);
    }
  return FALSE;
}
