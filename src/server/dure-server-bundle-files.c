/* dure-server-bundle-files.c: files of attachments in bundles, on the side of the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What comes goes the way of an upload, with its limits; what a device sent and what it lacks is kept with the state
 * of the device until its next bundle.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "server/dure-server-bundle-private.h"

#define SENT "files-sent"
#define WANTED "files-wanted"

/* The names under @key, without what is no name. */
static char **
names_of (DureBundleDevice *device, const char *key)
{
  g_autofree char *text = g_key_file_get_string (device->state, DURE_BUNDLE_GROUP, key, NULL);

  return g_strsplit (text != NULL ? text : "", " ", -1);
}

void
dure_server_bundle_begin_files (DureBundleDevice *device)
{
  g_key_file_remove_key (device->state, DURE_BUNDLE_GROUP, SENT, NULL);
  g_key_file_remove_key (device->state, DURE_BUNDLE_GROUP, WANTED, NULL);
}

static void
note_name (DureBundleDevice *device, const char *key, const char *sha256)
{
  g_auto (GStrv) names = names_of (device, key);
  g_autofree char *text = NULL;

  if (g_strv_length (names) >= DURE_BUNDLE_MAX_WANTS || g_strv_contains ((const char *const *)names, sha256))
    return;
  text = *names != NULL ? g_strjoinv (" ", names) : NULL;
  if (text != NULL)
    {
      g_autofree char *more = g_strconcat (text, " ", sha256, NULL);

      g_key_file_set_string (device->state, DURE_BUNDLE_GROUP, key, more);
    }
  else
    g_key_file_set_string (device->state, DURE_BUNDLE_GROUP, key, sha256);
}

static gboolean
take_part (DureServer *self, DureBundleDevice *device, DureServerBundle *result, const DureBundleFile *file, GError **error)
{
  g_autofree char *path = g_strconcat (DURE_SERVER_BLOBS, file->sha256, NULL);
  g_autoptr (DureRequest) request = dure_request_new ("PUT", path, file->data);
  g_autoptr (DureResponse) response = NULL;
  gint64 end = file->at + (gint64)g_bytes_get_size (file->data);

  request->remote = g_strdup ("bundle");
  request->content_range = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, file->at,
                                            end - 1, file->size);
  response = dure_server_blob (self, device->who, request);
  if (response->status == 200 && end == file->size)
    {
      result->files++;
      note_name (device, SENT, file->sha256);
    }
  /* That something else comes under a name, or finds no room, is no reason not to take the rest; the device keeps it. */
  if (response->status == 413 || response->status == 422 || (response->status == 507 && file->at == 0))
    result->files_refused++;
  if (response->status == 200 || response->status == 409 || response->status == 413 || response->status == 422
      || (response->status == 507 && strstr (response->body->str, "blob-quota") != NULL))
    return TRUE;
  return dure_server_bundle_check (response, error);
}

/* Takes one line of a device's bundle that is about a file. */
gboolean
dure_server_bundle_take_file (DureServer       *self,
                              DureBundleDevice *device,
                              DureServerBundle *result,
                              const char       *text,
                              gsize             length,
                              GError          **error)
{
  g_auto (DureBundleFile) file = { 0 };

  if (!dure_bundle_file_parse (&file, text, length, error))
    return FALSE;
  if (device->who->role == DURE_ROLE_VIEWER)
    return TRUE;
  if (file.kind == DURE_BUNDLE_FILE_WANT && !result->known)
    note_name (device, WANTED, file.sha256);
  return file.kind != DURE_BUNDLE_FILE_PART || take_part (self, device, result, &file, error);
}

static gboolean
add_file (DureServer       *self,
          DureBundleDevice *device,
          DureBundleWriter *writer,
          const char       *sha256,
          gint64            size,
          GError          **error)
{
  g_autoptr (GString) piece = g_string_new (NULL);

  for (gint64 at = 0; at < size;)
    {
      gsize done = 0;

      g_string_truncate (piece, 0);
      if (!DURE_STORAGE_GET_CLASS (self->storage)->read_piece (self->storage, device->who->tenant, sha256, at, piece, error))
        return FALSE;
      if (piece->len == 0)
        {
          g_set_error_literal (error, DURE_ERROR, DURE_ERROR_FAILED,
                               _ ("The server does not have this file, or not all of it yet."));
          return FALSE;
        }
      while (done < piece->len)
        {
          gsize n = MIN (piece->len - done, DURE_BUNDLE_FILE_PIECE);
          g_auto (DureBundleFile) part = { .kind = DURE_BUNDLE_FILE_PART, .size = size, .at = at + (gint64)done };

          g_strlcpy (part.sha256, sha256, sizeof part.sha256);
          part.data = g_bytes_new (piece->str + done, n);
          if (!dure_bundle_writer_add_file (writer, &part, error))
            return FALSE;
          done += n;
        }
      at += (gint64)piece->len;
    }
  return TRUE;
}

/* Says which files of the device the server has, and adds those that the device lacks, as many as there is room for. */
gboolean
dure_server_bundle_add_files (
    DureServer *self, DureBundleDevice *device, DureBundleWriter *writer, DureBundle *made, GError **error)
{
  static const char *const keys[] = { SENT, WANTED };
  gint64                   room = DURE_BUNDLE_MAX_FILES;

  if (device->who->role == DURE_ROLE_VIEWER)
    return TRUE;
  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      g_auto (GStrv) names = names_of (device, keys[k]);

      for (char **name = names; *name != NULL; name++)
        {
          DureBundleFile has = { .kind = DURE_BUNDLE_FILE_HAS };
          DureStoredBlob blob;
          gboolean       found;

          if (!dure_sha256_is_valid (*name))
            continue;
          if (!DURE_STORAGE_GET_CLASS (self->storage)->get_blob (self->storage, device->who->tenant, *name, &blob, &found,
                                                                 error))
            return FALSE;
          if (!found || blob.got < blob.size)
            continue;
          g_strlcpy (has.sha256, *name, sizeof has.sha256);
          if (k == 0)
            {
              if (!dure_bundle_writer_add_file (writer, &has, error))
                return FALSE;
            }
          else if (blob.size > room)
            made->files_left++;
          else if (!add_file (self, device, writer, *name, blob.size, error))
            return FALSE;
          else
            room -= blob.size;
        }
    }
  return TRUE;
}
