/* dure-gzip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-gzip.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"

#define PART (64 * 1024)

/**
 * dure_gzip_feed:
 * @converter: a compressor or decompressor
 * @data: what goes in
 * @length: its bytes
 * @end: whether nothing follows
 * @out: what came out is appended
 * @limit: the most bytes that @out may have
 * @error: return location; %DURE_ERROR_PROTOCOL, %DURE_ERROR_FULL when more came out than @limit, or
 *   %DURE_ERROR_UNREACHABLE when what went in broke off
 *
 * Returns: whether all went in
 */
gboolean
dure_gzip_feed (
    GConverter *converter, const char *data, gsize length, gboolean end, GByteArray *out, gsize limit, GError **error)
{
  while (length > 0 || end)
    {
      gsize used, made;
      guint before = out->len;
      g_autoptr (GError) failure = NULL;
      GConverterResult result;

      g_byte_array_set_size (out, before + PART);
      result = g_converter_convert (converter, data, length, out->data + before, PART,
                                    end ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &used, &made, &failure);
      if (result == G_CONVERTER_ERROR)
        made = used = 0;
      g_byte_array_set_size (out, before + (guint)made);
      if (out->len > limit)
        {
          g_set_error_literal (error, DURE_ERROR, DURE_ERROR_FULL, _ ("What was sent is too large."));
          return FALSE;
        }
      if (result == G_CONVERTER_FINISHED)
        return TRUE;
      if (result == G_CONVERTER_ERROR)
        {
          /* Nothing comes out before more goes in. */
          if (!end && g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
            return TRUE;
          if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
            g_set_error_literal (error, DURE_ERROR, DURE_ERROR_UNREACHABLE, _ ("What was sent broke off on the way."));
          else
            g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL, _ ("What was sent is damaged."));
          return FALSE;
        }
      data += used;
      length -= used;
    }
  return TRUE;
}

static GBytes *
convert (GConverter *converter, const char *data, gsize length, gsize limit, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  if (!dure_gzip_feed (converter, data, length, TRUE, out, limit, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/** dure_gzip_pack: Returns: (transfer full): @data, packed. */
GBytes *
dure_gzip_pack (const char *data, gsize length)
{
  g_autoptr (GZlibCompressor) packer = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, DURE_GZIP_LEVEL);

  return convert (G_CONVERTER (packer), data, length, G_MAXUINT32 / 2, NULL);
}

/** dure_gzip_unpack: Returns: (transfer full) (nullable): at most @limit bytes; errors as dure_gzip_feed() */
GBytes *
dure_gzip_unpack (const char *data, gsize length, gsize limit, GError **error)
{
  g_autoptr (GZlibDecompressor) unpacker = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  return convert (G_CONVERTER (unpacker), data, length, limit, error);
}
