/* dure-bundle-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is decrypted before signature and hash are verified over the whole file; and nothing decrypted is written to
 * the disk.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-bundle-reader.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "base/dure-error.h"
#include "sync/dure-bundle-private.h"
#include "sync/dure-gzip.h"

#define PART (64 * 1024)
#define MAX_SEALED (DURE_BUNDLE_MAX_PIECE + 64 * 1024)
#define HEAD                                                             \
  (crypto_box_SEALBYTES + crypto_secretstream_xchacha20poly1305_KEYBYTES \
   + crypto_secretstream_xchacha20poly1305_HEADERBYTES)

struct _DureBundleReader
{
  GInputStream parent_instance;

  FILE      *file;
  DureBundle manifest;
  GString   *text; /* of the manifest, as far as it is signed */
  guint8     signature[64];
  gint64     body_at;

  crypto_secretstream_xchacha20poly1305_state state;
  guint8                                      bound[DURE_BUNDLE_BOUND_BYTES];
  gint64                                      left; /* bytes of the encrypted part that were not read */
  int                                         base64_state;
  guint                                       base64_save;
  GByteArray                                 *raw; /* decoded, not yet decrypted */
  GBytes                                     *piece;
  gsize                                       piece_at;
  gboolean                                    open;
  gboolean                                    ended;
};

G_DEFINE_FINAL_TYPE (DureBundleReader, dure_bundle_reader, G_TYPE_INPUT_STREAM)

static gboolean
wrong (GError **error, const char *sentence)
{
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DAMAGED, sentence);
  return FALSE;
}

static gboolean
unreadable (GError **error)
{
  dure_set_error (error, DURE_ERROR_FAILED, _ ("The bundle could not be read: %s."), g_strerror (errno));
  return FALSE;
}

/* Decodes more of the encrypted part until @need bytes are there. */
static gboolean
fill (DureBundleReader *self, gsize need, GError **error)
{
  char text[PART];

  while (self->raw->len < need)
    {
      gsize want = (gsize)MIN ((gint64)sizeof text, self->left);
      gsize n = want > 0 ? fread (text, 1, want, self->file) : 0;
      guint before = self->raw->len;

      if (n == 0)
        return wrong (error, _ ("The encrypted part of the bundle is damaged."));
      self->left -= (gint64)n;
      g_byte_array_set_size (self->raw, before + (guint)n);
      g_byte_array_set_size (self->raw, before
                                            + (guint)g_base64_decode_step (text, n, self->raw->data + before,
                                                                           &self->base64_state, &self->base64_save));
    }
  return TRUE;
}

static gboolean
next_piece (DureBundleReader *self, GError **error)
{
  g_autofree guint8 *plain = NULL;
  unsigned long long length;
  guint8             tag;
  gsize              sealed;

  if (!fill (self, 4, error))
    return FALSE;
  sealed = (gsize)self->raw->data[0] | (gsize)self->raw->data[1] << 8 | (gsize)self->raw->data[2] << 16
           | (gsize)self->raw->data[3] << 24;
  if (sealed < crypto_secretstream_xchacha20poly1305_ABYTES || sealed > MAX_SEALED)
    return wrong (error, _ ("The encrypted part of the bundle is damaged."));
  if (!fill (self, 4 + sealed, error))
    return FALSE;
  plain = g_malloc (sealed);
  if (crypto_secretstream_xchacha20poly1305_pull (&self->state, plain, &length, &tag, self->raw->data + 4, sealed,
                                                  self->bound, sizeof self->bound)
      != 0)
    return wrong (error, _ ("The encrypted part of the bundle is damaged, or somebody else than its sender made it."));
  g_byte_array_remove_range (self->raw, 0, (guint)(4 + sealed));
  g_clear_pointer (&self->piece, g_bytes_unref);
  self->piece = dure_gzip_unpack ((const char *)plain, (gsize)length, DURE_BUNDLE_MAX_PIECE, error);
  self->piece_at = 0;
  self->ended = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  return self->piece != NULL;
}

static gssize
read_lines (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  DureBundleReader *self = DURE_BUNDLE_READER (stream);
  const guint8     *data;
  gsize             length;

  if (!self->open)
    return 0;
  for (;;)
    {
      data = g_bytes_get_data (self->piece, &length);
      if (self->piece_at < length)
        break;
      if (self->ended)
        return 0;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !next_piece (self, error))
        {
          self->open = FALSE;
          return -1;
        }
    }
  count = MIN (count, length - self->piece_at);
  memcpy (buffer, data + self->piece_at, count);
  self->piece_at += count;
  return (gssize)count;
}

static void
dure_bundle_reader_finalize (GObject *object)
{
  DureBundleReader *self = DURE_BUNDLE_READER (object);

  g_clear_pointer (&self->file, fclose);
  dure_bundle_clear (&self->manifest);
  g_string_free (self->text, TRUE);
  g_byte_array_unref (self->raw);
  g_clear_pointer (&self->piece, g_bytes_unref);
  sodium_memzero (&self->state, sizeof self->state);
  G_OBJECT_CLASS (dure_bundle_reader_parent_class)->finalize (object);
}

static void
dure_bundle_reader_class_init (DureBundleReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dure_bundle_reader_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = read_lines;
}

static void
dure_bundle_reader_init (DureBundleReader *self)
{
  self->text = g_string_new (NULL);
  self->raw = g_byte_array_new ();
}

/* The file is exactly manifest, encrypted part and end. */
static gboolean
check_shape (DureBundleReader *self, gint64 size, GError **error)
{
  gint64 expected = self->body_at + self->manifest.size + (gint64)strlen (DURE_BUNDLE_END);
  char   end[sizeof DURE_BUNDLE_END];

  if (size < expected)
    {
      dure_set_error (error, DURE_ERROR_DAMAGED,
                      _ ("The bundle broke off: %d bytes are missing. Copy the file once more."),
                      (int)MIN (expected - size, G_MAXINT));
      return FALSE;
    }
  if (size > expected)
    return wrong (error, _ ("Something was added to the end of the bundle."));
  if (fseeko (self->file, self->body_at + self->manifest.size, SEEK_SET) != 0
      || fread (end, 1, strlen (DURE_BUNDLE_END), self->file) != strlen (DURE_BUNDLE_END))
    return unreadable (error);
  return memcmp (end, DURE_BUNDLE_END, strlen (DURE_BUNDLE_END)) == 0
         || wrong (error, _ ("The end of the bundle was changed."));
}

static gboolean
read_manifest (DureBundleReader *self, GError **error)
{
  g_autofree char *text = g_malloc (DURE_BUNDLE_MAX_MANIFEST + 1);
  gsize            n, signature_at;
  gint64           size;
  const char      *begin;

  if (fseeko (self->file, 0, SEEK_END) != 0 || (size = ftello (self->file)) < 0
      || fseeko (self->file, 0, SEEK_SET) != 0)
    return unreadable (error);
  if (size > DURE_BUNDLE_MAX_SIZE)
    return wrong (error, _ ("The bundle is too large."));
  n = fread (text, 1, DURE_BUNDLE_MAX_MANIFEST, self->file);
  if (ferror (self->file))
    return unreadable (error);
  begin = g_strstr_len (text, (gssize)n, DURE_BUNDLE_BEGIN);
  if (!dure_bundle_parse (&self->manifest, text, begin != NULL ? (gsize)(begin - text) : n, &signature_at,
                          self->signature, error))
    return FALSE;
  /* A list without what it lists. */
  if (begin == NULL)
    return wrong (error, _ ("The bundle broke off after its list. Copy the file once more."));
  self->body_at = begin - text + (gint64)strlen (DURE_BUNDLE_BEGIN);
  g_string_append_len (self->text, text, (gssize)signature_at);
  return check_shape (self, size, error);
}

/**
 * dure_bundle_reader_new:
 * @file: (transfer full): a file that can be sought in
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a reader that knows the manifest and nothing of whether it is genuine
 */
DureBundleReader *
dure_bundle_reader_new (FILE *file, GError **error)
{
  g_autoptr (DureBundleReader) self = g_object_new (DURE_TYPE_BUNDLE_READER, NULL);

  self->file = file;
  return read_manifest (self, error) ? g_steal_pointer (&self) : NULL;
}

/** dure_bundle_reader_open: as dure_bundle_reader_new(), of the file at @path. */
DureBundleReader *
dure_bundle_reader_open (const char *path, GError **error)
{
  FILE *file = fopen (path, "re");

  if (file != NULL)
    return dure_bundle_reader_new (file, error);
  dure_set_error (error, errno == ENOENT ? DURE_ERROR_NOT_FOUND : DURE_ERROR_FAILED, _ ("“%s” could not be read: %s."),
                  path, g_strerror (errno));
  return NULL;
}

/** dure_bundle_reader_get_manifest: Returns: (transfer none): the manifest */
const DureBundle *
dure_bundle_reader_get_manifest (DureBundleReader *self)
{
  return &self->manifest;
}

static gboolean
check_hash (DureBundleReader *self, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  char   text[PART];
  gint64 left = self->manifest.size;

  if (fseeko (self->file, self->body_at, SEEK_SET) != 0)
    return unreadable (error);
  while (left > 0)
    {
      gsize n = fread (text, 1, (gsize)MIN ((gint64)sizeof text, left), self->file);

      if (n == 0)
        return unreadable (error);
      g_checksum_update (checksum, (const guchar *)text, (gssize)n);
      left -= (gint64)n;
    }
  return strcmp (g_checksum_get_string (checksum), self->manifest.hash) == 0
         || wrong (error, _ ("The encrypted part of the bundle was changed on the way. Copy the file once more."));
}

/**
 * dure_bundle_reader_verify:
 * @self: a reader
 * @sender: what is known of him who is said to have made it
 * @error: return location; %DURE_ERROR_DENIED when another key signed, %DURE_ERROR_DAMAGED when something was changed
 *
 * Cost: one walk over the file.
 *
 * Returns: whether all of it is as the sender made it
 */
gboolean
dure_bundle_reader_verify (DureBundleReader *self, const DureBundlePublic *sender, GError **error)
{
  g_autofree char *fingerprint = dure_bundle_public_fingerprint (sender);

  if (sodium_init () < 0
      || crypto_sign_verify_detached (self->signature, (const guint8 *)self->text->str, self->text->len, sender->sign)
             != 0)
    {
      if (strcmp (fingerprint, self->manifest.sender) == 0)
        return wrong (error, _ ("The signature is wrong: the list of the bundle was changed."));
      dure_set_error (error, DURE_ERROR_DENIED,
                      _ ("The bundle is signed with another key than the one that is known here. "
                         "Here: %s. In the bundle: %s."),
                      fingerprint, self->manifest.sender);
      return FALSE;
    }
  return check_hash (self, error);
}

/**
 * dure_bundle_reader_decrypt:
 * @self: a reader that dure_bundle_reader_verify() found good
 * @own: the receiver's key
 * @sender: as there
 * @error: return location; %DURE_ERROR_DENIED when it is for somebody else
 *
 * After this the stream gives the lines; called again it gives them from the beginning.
 *
 * Returns: whether it could be opened
 */
gboolean
dure_bundle_reader_decrypt (DureBundleReader       *self,
                            const DureBundleKey    *own,
                            const DureBundlePublic *sender,
                            GError                **error)
{
  guint8   key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
  gboolean opened;

  self->open = self->ended = FALSE;
  self->left = self->manifest.size;
  self->base64_state = 0;
  self->base64_save = 0;
  g_byte_array_set_size (self->raw, 0);
  if (sodium_init () < 0 || fseeko (self->file, self->body_at, SEEK_SET) != 0)
    return unreadable (error);
  if (!fill (self, HEAD, error))
    return FALSE;
  if (crypto_box_seal_open (key, self->raw->data, crypto_box_SEALBYTES + sizeof key, own->public.box, own->box) != 0)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DENIED,
                           _ ("The bundle is for another receiver: the key here does not open it."));
      return FALSE;
    }
  opened = crypto_secretstream_xchacha20poly1305_init_pull (&self->state,
                                                            self->raw->data + crypto_box_SEALBYTES + sizeof key, key)
           == 0;
  sodium_memzero (key, sizeof key);
  if (!opened)
    return wrong (error, _ ("The encrypted part of the bundle is damaged."));
  g_byte_array_remove_range (self->raw, 0, HEAD);
  memcpy (self->bound, sender->sign, DURE_BUNDLE_SIGN_BYTES);
  memcpy (self->bound + DURE_BUNDLE_SIGN_BYTES, sender->box, DURE_BUNDLE_BOX_BYTES);
  self->open = next_piece (self, error);
  return self->open;
}
