/* dure-bundle-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The encrypted part comes first, into a file of its own, since the manifest tells its size and hash; then both go into
 * the file under its name. At no time is anything on the disk that is not encrypted.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-bundle-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/dure-error.h"
#include "schema/dure-schema.h"
#include "sync/dure-bundle-private.h"
#include "sync/dure-gzip.h"
#include "sync/dure-wire.h"

#define PIECE (256 * 1024)
#define COPY (64 * 1024)

struct _DureBundleWriter
{
  char                                       *path;
  char                                       *part_path;
  FILE                                       *part;
  DureBundleKey                               own;
  DureBundlePublic                            receiver;
  crypto_secretstream_xchacha20poly1305_state state;
  guint8                                      bound[DURE_BUNDLE_BOUND_BYTES];
  GString                                    *piece;
  GChecksum                                  *checksum;
  gint64                                      size;
  int                                         base64_state;
  int                                         base64_save;
  gint64                                      changes;
  GHashTable                                 *kinds; /* key of an entity -> guint */
  gboolean about_files; /* older programs cannot read it */
  gint64   files;
  gint64   files_size;
};

static gboolean
fail (const char *path, GError **error)
{
  int code = errno;

  dure_set_error (error, code == ENOSPC ? DURE_ERROR_FULL : DURE_ERROR_FAILED, _ ("“%s” could not be written: %s."),
                  path, g_strerror (code));
  return FALSE;
}

static gboolean
put_text (DureBundleWriter *self, const char *text, gsize length, GError **error)
{
  g_checksum_update (self->checksum, (const guchar *)text, (gssize)length);
  self->size += (gint64)length;
  return fwrite (text, 1, length, self->part) == length || fail (self->part_path, error);
}

static gboolean
put (DureBundleWriter *self, const guint8 *data, gsize length, GError **error)
{
  g_autofree char *text = g_malloc (length / 3 * 4 + length / 3 * 4 / 72 + 16);
  gsize            n = g_base64_encode_step (data, length, TRUE, text, &self->base64_state, &self->base64_save);

  return put_text (self, text, n, error);
}

static gboolean
put_piece (DureBundleWriter *self, gboolean last, GError **error)
{
  g_autoptr (GBytes) packed = dure_gzip_pack (self->piece->str, self->piece->len);
  gsize              length;
  const guint8      *data = g_bytes_get_data (packed, &length);
  gsize              sealed_length = length + crypto_secretstream_xchacha20poly1305_ABYTES;
  g_autofree guint8 *sealed = g_malloc (4 + sealed_length);

  for (guint i = 0; i < 4; i++)
    sealed[i] = (guint8)(sealed_length >> (8 * i));
  crypto_secretstream_xchacha20poly1305_push (
      &self->state, sealed + 4, NULL, data, length, self->bound, sizeof self->bound,
      last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  g_string_truncate (self->piece, 0);
  return put (self, sealed, 4 + sealed_length, error);
}

static gboolean
put_head (DureBundleWriter *self, GError **error)
{
  guint8 key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  guint8 head[crypto_box_SEALBYTES + sizeof key + crypto_secretstream_xchacha20poly1305_HEADERBYTES];
  int    sealed;

  crypto_secretstream_xchacha20poly1305_keygen (key);
  sealed = crypto_box_seal (head, key, sizeof key, self->receiver.box);
  crypto_secretstream_xchacha20poly1305_init_push (&self->state, head + crypto_box_SEALBYTES + sizeof key, key);
  sodium_memzero (key, sizeof key);
  if (sealed == 0)
    return put (self, head, sizeof head, error);
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("The receiver's key for bundles cannot be used."));
  return FALSE;
}

static FILE *
open_part (const char *path, char **part_path, GError **error)
{
  g_autofree char *name = g_strconcat (path, ".XXXXXX", NULL);
  int              fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);
  FILE            *file = fd >= 0 ? fdopen (fd, "w+") : NULL;

  if (file == NULL)
    {
      fail (path, error);
      if (fd >= 0)
        g_close (fd, NULL);
      return NULL;
    }
  *part_path = g_steal_pointer (&name);
  return file;
}

/**
 * dure_bundle_writer_new:
 * @path: where the bundle is to be; nothing is there before dure_bundle_writer_close()
 * @own: the sender's key
 * @receiver: who alone can open it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a writer
 */
DureBundleWriter *
dure_bundle_writer_new (const char *path, const DureBundleKey *own, const DureBundlePublic *receiver, GError **error)
{
  g_autoptr (DureBundleWriter) self = g_new0 (DureBundleWriter, 1);

  self->path = g_strdup (path);
  self->own = *own;
  self->receiver = *receiver;
  memcpy (self->bound, own->public.sign, DURE_BUNDLE_SIGN_BYTES);
  memcpy (self->bound + DURE_BUNDLE_SIGN_BYTES, own->public.box, DURE_BUNDLE_BOX_BYTES);
  self->piece = g_string_new (NULL);
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->part = open_part (path, &self->part_path, error);
  if (self->part == NULL || !put_head (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
count (DureBundleWriter *self, const char *text, gsize length)
{
  g_auto (DureWireLine) line = { 0 };
  guint n;

  if (!dure_wire_parse (text, length, &line, NULL) || line.kind != DURE_WIRE_CHANGE)
    return;
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->kinds, line.change->entity));
  g_hash_table_insert (self->kinds, g_strdup (line.change->entity), GUINT_TO_POINTER (n + 1));
  self->changes++;
}

/**
 * dure_bundle_writer_add:
 * @self: a writer
 * @lines: whole lines of the wire format
 * @length: their bytes
 * @error: return location
 *
 * Returns: whether they were written
 */
gboolean
dure_bundle_writer_add (DureBundleWriter *self, const char *lines, gsize length, GError **error)
{
  for (const char *end = lines + length; lines < end;)
    {
      const char *stop = memchr (lines, '\n', (gsize)(end - lines));
      gsize       n = (gsize)((stop != NULL ? stop + 1 : end) - lines);

      count (self, lines, stop != NULL ? n - 1 : n);
      g_string_append_len (self->piece, lines, (gssize)n);
      lines += n;
      if (self->piece->len >= PIECE && !put_piece (self, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

/** dure_bundle_writer_add_file: a line about a file. Returns: whether it was written */
gboolean
dure_bundle_writer_add_file (DureBundleWriter *self, const DureBundleFile *file, GError **error)
{
  self->about_files = TRUE;
  if (file->kind == DURE_BUNDLE_FILE_PART && file->at == 0)
    {
      self->files++;
      self->files_size += file->size;
    }
  dure_bundle_file_append (self->piece, file);
  return self->piece->len < PIECE || put_piece (self, FALSE, error);
}

/* "기관 (agency) 3, 회의 (meeting) 9", for whoever approves the file. */
static char *
describe_kinds (DureBundleWriter *self)
{
  GString *out;
  GList   *keys = g_list_sort (g_hash_table_get_keys (self->kinds), (GCompareFunc)strcmp);
  guint    shown = 0;

  if (keys == NULL)
    return NULL;
  out = g_string_new (NULL);
  for (GList *key = keys; key != NULL && shown < 100; key = key->next, shown++)
    {
      const DureEntity *entity = dure_entity_by_key (key->data);
      guint             n = GPOINTER_TO_UINT (g_hash_table_lookup (self->kinds, key->data));

      if (shown > 0)
        g_string_append (out, ", ");
      if (entity != NULL)
        g_string_append_printf (out, "%s (%s) %u", entity->label_ko, entity->key, n);
      else
        g_string_append_printf (out, "%s %u", (const char *)key->data, n);
    }
  g_list_free (keys);
  return g_string_free (out, FALSE);
}

static gboolean
copy_part (DureBundleWriter *self, FILE *out, GError **error)
{
  char  buffer[COPY];
  gsize n;

  rewind (self->part);
  while ((n = fread (buffer, 1, sizeof buffer, self->part)) > 0)
    if (fwrite (buffer, 1, n, out) != n)
      return fail (self->path, error);
  return !ferror (self->part) || fail (self->part_path, error);
}

static gboolean
write_whole (DureBundleWriter *self, const DureBundle *manifest, FILE *out, GError **error)
{
  g_autoptr (GString) text = dure_bundle_write (manifest);
  guint8 signature[crypto_sign_BYTES];

  crypto_sign_detached (signature, NULL, (const guint8 *)text->str, text->len, self->own.sign);
  g_string_append (text, DURE_BUNDLE_SIGNATURE);
  for (guint i = 0; i < sizeof signature; i++)
    g_string_append_printf (text, "%02x", signature[i]);
  g_string_append (text, "\n" DURE_BUNDLE_BEGIN);
  if (fwrite (text->str, 1, text->len, out) != text->len)
    return fail (self->path, error);
  if (!copy_part (self, out, error))
    return FALSE;
  return (fputs (DURE_BUNDLE_END, out) >= 0 && fflush (out) == 0 && fsync (fileno (out)) == 0)
         || fail (self->path, error);
}

/**
 * dure_bundle_writer_close:
 * @self: a writer
 * @manifest: (inout): what stands in it; the counts, size, hash and fingerprints are filled in
 * @error: return location
 *
 * Signs the bundle and puts it in its place, in place of what was there; only its owner may read the file.
 *
 * Returns: whether it is there
 */
gboolean
dure_bundle_writer_close (DureBundleWriter *self, DureBundle *manifest, GError **error)
{
  char             text[16];
  g_autofree char *whole = NULL;
  FILE            *out;
  gboolean         good;

  if (!put_piece (self, TRUE, error)
      || !put_text (self, text, g_base64_encode_close (TRUE, text, &self->base64_state, &self->base64_save), error))
    return FALSE;
  manifest->version = self->about_files ? DURE_BUNDLE_VERSION : 1;
  manifest->files = self->files;
  manifest->files_size = self->files_size;
  manifest->changes = self->changes;
  manifest->size = self->size;
  g_free (manifest->kinds);
  manifest->kinds = describe_kinds (self);
  g_free (manifest->hash);
  manifest->hash = g_strdup (g_checksum_get_string (self->checksum));
  g_free (manifest->sender);
  manifest->sender = dure_bundle_public_fingerprint (&self->own.public);
  g_free (manifest->receiver);
  manifest->receiver = dure_bundle_public_fingerprint (&self->receiver);
  out = open_part (self->path, &whole, error);
  if (out == NULL)
    return FALSE;
  good = write_whole (self, manifest, out, error);
  if (fclose (out) != 0 && good)
    good = fail (self->path, error);
  if (good && g_rename (whole, self->path) != 0)
    good = fail (self->path, error);
  if (!good)
    g_unlink (whole);
  return good;
}

void
dure_bundle_writer_free (DureBundleWriter *self)
{
  if (self == NULL)
    return;
  if (self->part != NULL)
    fclose (self->part);
  if (self->part_path != NULL)
    g_unlink (self->part_path);
  dure_bundle_key_clear (&self->own);
  sodium_memzero (&self->state, sizeof self->state);
  g_string_free (self->piece, TRUE);
  g_checksum_free (self->checksum);
  g_hash_table_unref (self->kinds);
  g_free (self->part_path);
  g_free (self->path);
  g_free (self);
}
