/* dure-blob.c: the bytes of attachments, kept beside the store under their own hash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include "store/dure-blob.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/dure-error.h"

#define PART ".part"

/**
 * dure_blob_path:
 * @store_path: file of the store
 * @sha256: hash of a blob, also one that came from elsewhere
 *
 * Returns: (transfer full) (nullable): where that blob is, or would be; %NULL when @sha256 is no hash
 */
char *
dure_blob_path (const char *store_path, const char *sha256)
{
  return dure_sha256_is_valid (sha256) ? g_strdup_printf ("%s" DURE_BLOBS "/%.2s/%s", store_path, sha256, sha256) : NULL;
}

static char *
part_path (const char *store_path, const char *sha256)
{
  g_autofree char *path = dure_blob_path (store_path, sha256);

  return path != NULL ? g_strconcat (path, PART, NULL) : NULL;
}

static gint64
size_of (const char *path)
{
  GStatBuf status;

  return path != NULL && g_stat (path, &status) == 0 && S_ISREG (status.st_mode) ? status.st_size : -1;
}

/** dure_blob_size: Returns: how many bytes the blob has; -1 when it is not here */
gint64
dure_blob_size (const char *store_path, const char *sha256)
{
  g_autofree char *path = dure_blob_path (store_path, sha256);

  return size_of (path);
}

static gboolean
write_fails (const char *path, int code, GError **error)
{
  dure_set_error (error, code == ENOSPC || code == EDQUOT ? DURE_ERROR_FULL : DURE_ERROR_FAILED,
                  _ ("“%s” could not be written: %s."), path, g_strerror (code));
  return FALSE;
}

static gboolean
write_all (int fd, const char *path, const guchar *bytes, gsize length, GError **error)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return write_fails (path, errno, error);
      bytes += n;
      length -= (gsize)n;
    }
  return TRUE;
}

/* What a rename did is on the disk only when its directory is. */
static void
settle_directory (const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);
  int              fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

static gboolean
make_directory (const char *path, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (path);

  return g_mkdir_with_parents (directory, 0700) == 0 || write_fails (directory, errno, error);
}

/* Puts a file that is whole under its name. */
static gboolean
settle (const char *from, const char *to, GError **error)
{
  if (!make_directory (to, error))
    return FALSE;
  if (g_rename (from, to) != 0)
    return write_fails (to, errno, error);
  settle_directory (to);
  return TRUE;
}

static gboolean
too_large (GError **error)
{
  dure_set_error (error, DURE_ERROR_INVALID, _ ("An attachment may have %u MiB at most."),
                  (guint)(DURE_BLOB_MOST / 1024 / 1024));
  return FALSE;
}

static gboolean
translate (GError *failure, GError **error)
{
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled."));
  else if (failure->domain == DURE_ERROR)
    g_propagate_error (error, g_error_copy (failure));
  else
    dure_set_error (error, DURE_ERROR_FAILED, _ ("The file could not be read: %s"), failure->message);
  return FALSE;
}

/* Copies all of @stream to @fd and hashes it on the way. */
static gboolean
take (GInputStream         *stream,
      int                   fd,
      const char           *path,
      gint64                total,
      GFileProgressCallback progress,
      gpointer              data,
      GCancellable         *cancellable,
      char                **sha256,
      gint64               *size,
      GError              **error)
{
  g_autoptr (GChecksum) hash = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *buffer = g_malloc (DURE_BLOB_PIECE);
  g_autoptr (GError) failure = NULL;
  gssize n;

  *size = 0;
  while ((n = g_input_stream_read (stream, buffer, DURE_BLOB_PIECE, cancellable, &failure)) > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, &failure))
        return translate (failure, error);
      *size += n;
      if (*size > DURE_BLOB_MOST)
        return too_large (error);
      g_checksum_update (hash, buffer, n);
      if (fd >= 0 && !write_all (fd, path, buffer, (gsize)n, error))
        return FALSE;
      if (progress != NULL)
        progress (*size, MAX (total, *size), data);
    }
  if (n < 0)
    return translate (failure, error);
  *sha256 = g_strdup (g_checksum_get_string (hash));
  return TRUE;
}

/**
 * dure_blob_add:
 * @store_path: file of the store
 * @stream: what the blob is to hold
 * @total: how many bytes are expected, for @progress; 0 when that is not known
 * @progress: (nullable) (scope call): told after each piece, on this thread
 * @data: for @progress
 * @cancellable: (nullable): stops it
 * @sha256: (out) (transfer full): its name
 * @size: (out): how many bytes it has
 * @error: return location; %DURE_ERROR_INVALID when it is empty or too large, %DURE_ERROR_FULL
 *
 * Returns: whether the blob is here, durably
 */
gboolean
dure_blob_add (const char           *store_path,
               GInputStream         *stream,
               gint64                total,
               GFileProgressCallback progress,
               gpointer              data,
               GCancellable         *cancellable,
               char                **sha256,
               gint64               *size,
               GError              **error)
{
  g_autofree char *temporary = g_strconcat (store_path, DURE_BLOBS "/" DURE_BLOB_NEW "XXXXXX", NULL);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  gboolean         good;
  int              fd;

  if (total > DURE_BLOB_MOST)
    return too_large (error);
  if (!make_directory (temporary, error))
    return FALSE;
  fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    return write_fails (temporary, errno, error);
  good = take (stream, fd, temporary, total, progress, data, cancellable, &name, size, error);
  if (good && *size == 0)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("The file is empty; there is nothing to attach."));
      good = FALSE;
    }
  if (good && fsync (fd) != 0)
    good = write_fails (temporary, errno, error);
  close (fd);
  path = good ? dure_blob_path (store_path, name) : NULL;
  /* Also over one that is here: that one may be damaged, or be about to be swept away. */
  good = good && settle (temporary, path, error);
  if (good)
    *sha256 = g_steal_pointer (&name);
  else
    g_unlink (temporary);
  return good;
}

/**
 * dure_blob_add_file:
 *
 * As dure_blob_add(), from a file; what is no file, as a folder or a device, is refused.
 */
gboolean
dure_blob_add_file (const char           *store_path,
                    GFile                *file,
                    GFileProgressCallback progress,
                    gpointer              data,
                    GCancellable         *cancellable,
                    char                **sha256,
                    gint64               *size,
                    GError              **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                           G_FILE_QUERY_INFO_NONE, cancellable, &failure);
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *shown = g_file_get_parse_name (file);

  if (info == NULL)
    return translate (failure, error);
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("“%s” is no file. Only single files can be attached."), shown);
      return FALSE;
    }
  stream = G_INPUT_STREAM (g_file_read (file, cancellable, &failure));
  if (stream == NULL)
    return translate (failure, error);
  return dure_blob_add (store_path, stream, g_file_info_get_size (info), progress, data, cancellable, sha256, size,
                        error);
}

static gboolean
not_here (GError **error)
{
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_NOT_FOUND, _ ("The file of this attachment is not on this computer."));
  return FALSE;
}

/**
 * dure_blob_copy:
 * @store_path: file of the store
 * @sha256: which blob
 * @to: where the copy goes; an existing file is replaced
 * @progress: (nullable) (scope call): told now and then, on this thread
 * @data: for @progress
 * @cancellable: (nullable): stops it
 * @error: return location; %DURE_ERROR_NOT_FOUND when the blob is not here, %DURE_ERROR_DAMAGED
 *
 * The copy is compared with the hash, so that a damaged blob is not handed out as sound.
 *
 * Returns: whether the copy is there
 */
gboolean
dure_blob_copy (const char           *store_path,
                const char           *sha256,
                GFile                *to,
                GFileProgressCallback progress,
                gpointer              data,
                GCancellable         *cancellable,
                GError              **error)
{
  g_autofree char *path = dure_blob_path (store_path, sha256);
  g_autoptr (GFile) from = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr (GError) failure = NULL;

  if (size_of (path) < 0)
    return not_here (error);
  if (!dure_blob_verify (store_path, sha256, cancellable, error))
    return FALSE;
  if (g_file_copy (from, to, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable, progress, data,
                   &failure))
    return TRUE;
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled."));
  else
    dure_set_error (error,
                    g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? DURE_ERROR_FULL : DURE_ERROR_FAILED,
                    _ ("The copy “%s” could not be written: %s"), g_file_peek_path (to), failure->message);
  return FALSE;
}

static gboolean
verify_path (const char *path, const char *sha256, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (g_file_read (file, cancellable, &failure));
  g_autofree char *found = NULL;
  gint64           size;

  if (stream == NULL)
    return translate (failure, error);
  if (!take (stream, -1, path, 0, NULL, NULL, cancellable, &found, &size, error))
    return FALSE;
  if (strcmp (found, sha256) == 0)
    return TRUE;
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DAMAGED,
                       _ ("The file of this attachment is damaged: it is not what was attached."));
  return FALSE;
}

/**
 * dure_blob_verify:
 *
 * Reads the blob and compares it with its name.
 *
 * Returns: whether it is here and what it was; %FALSE with %DURE_ERROR_NOT_FOUND or %DURE_ERROR_DAMAGED
 */
gboolean
dure_blob_verify (const char *store_path, const char *sha256, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = dure_blob_path (store_path, sha256);

  return size_of (path) >= 0 ? verify_path (path, sha256, cancellable, error) : not_here (error);
}

/** dure_blob_part_size: Returns: how many bytes have come of a blob that is on its way; 0 for none */
gint64
dure_blob_part_size (const char *store_path, const char *sha256)
{
  g_autofree char *path = part_path (store_path, sha256);

  return MAX (size_of (path), 0);
}

/**
 * dure_blob_part_append:
 * @store_path: file of the store
 * @sha256: which blob
 * @at: how many bytes came before; what stands behind them is dropped
 * @bytes: what came
 * @length: how much
 * @error: return location
 *
 * Returns: whether it was written
 */
gboolean
dure_blob_part_append (
    const char *store_path, const char *sha256, gint64 at, gconstpointer bytes, gsize length, GError **error)
{
  g_autofree char *path = part_path (store_path, sha256);
  gboolean         good;
  int              fd;

  g_return_val_if_fail (path != NULL, FALSE);
  if (at + (gint64)length > DURE_BLOB_MOST)
    return too_large (error);
  if (!make_directory (path, error))
    return FALSE;
  fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return write_fails (path, errno, error);
  good = (ftruncate (fd, at) == 0 && lseek (fd, at, SEEK_SET) == at) || write_fails (path, errno, error);
  good = good && write_all (fd, path, bytes, length, error);
  close (fd);
  return good;
}

/**
 * dure_blob_part_finish:
 *
 * Makes a blob of what came, when it is what its name says; otherwise what came is dropped.
 *
 * Returns: whether the blob is here; %FALSE with %DURE_ERROR_DAMAGED when something else came
 */
gboolean
dure_blob_part_finish (const char *store_path, const char *sha256, GCancellable *cancellable, GError **error)
{
  g_autofree char *part = part_path (store_path, sha256);
  g_autofree char *path = dure_blob_path (store_path, sha256);
  g_autoptr (GError) failure = NULL;
  int fd;

  g_return_val_if_fail (part != NULL, FALSE);
  if (!verify_path (part, sha256, cancellable, &failure))
    {
      if (g_error_matches (failure, DURE_ERROR, DURE_ERROR_DAMAGED))
        g_unlink (part);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  fd = open (part, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || fsync (fd) != 0)
    {
      write_fails (part, errno, error);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  close (fd);
  return settle (part, path, error);
}

/** dure_blob_part_drop: begins anew with a blob that was on its way. */
void
dure_blob_part_drop (const char *store_path, const char *sha256)
{
  g_autofree char *path = part_path (store_path, sha256);

  if (path != NULL)
    g_unlink (path);
}
