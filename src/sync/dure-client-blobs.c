/* dure-client-blobs.c: blobs to the server and from it, in pieces
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"


#include "sync/dure-client-private.h"
#include "sync/dure-range.h"

static char *
path_of (const char *sha256)
{
  return g_strconcat ("/v1/blobs/", sha256, NULL);
}

/**
 * dure_client_head_blob:
 * @self: a client
 * @sha256: which blob
 * @whole: (out): whether the server has all of it
 * @got: (out): how many bytes of an upload it has
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Returns: whether the server said so
 */
gboolean
dure_client_head_blob (
    DureClient *self, const char *sha256, gboolean *whole, gint64 *got, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = path_of (sha256);
  DureCall         call = { .method = "HEAD", .path = path };
  g_auto (DureReply) reply = { 0 };

  if (!dure_client_exchange (self, &call, &reply, cancellable, error))
    return FALSE;
  *whole = reply.status == 200;
  *got = reply.offset;
  /* A server that keeps no blobs answers 404 too, but says nothing of an upload. */
  if (reply.status == 200 || (reply.status == 404 && reply.offset >= 0))
    return TRUE;
  dure_client_refuse (self, &reply, cancellable, error);
  return FALSE;
}

/**
 * dure_client_put_blob:
 * @self: a client
 * @sha256: which blob
 * @at: how many of its bytes the server has
 * @piece: those that follow
 * @total: how many bytes it has in all
 * @got: (out): how many bytes the server has now; also where it goes on when it did not take this piece
 * @cancellable: (nullable): stops it
 * @error: return location; %DURE_ERROR_DAMAGED when the whole was not what @sha256 says, %DURE_ERROR_FULL
 *
 * Returns: whether the server answered where it goes on
 */
gboolean
dure_client_put_blob (DureClient   *self,
                      const char   *sha256,
                      gint64        at,
                      GBytes       *piece,
                      gint64        total,
                      gint64       *got,
                      GCancellable *cancellable,
                      GError      **error)
{
  g_autofree char *path = path_of (sha256);
  g_autofree char *range
      = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, at,
                         at + (gint64)g_bytes_get_size (piece) - 1, total);
  DureCall call = {
    .method = "PUT", .path = path, .type = "application/octet-stream", .body = piece, .content_range = range
  };
  g_auto (DureReply) reply = { 0 };

  if (!dure_client_exchange (self, &call, &reply, cancellable, error))
    return FALSE;
  *got = reply.offset;
  if ((reply.status == 200 || reply.status == 409) && reply.offset >= 0 && reply.offset <= total)
    return TRUE;
  dure_client_refuse (self, &reply, cancellable, error);
  return FALSE;
}

/**
 * dure_client_get_blob:
 * @self: a client
 * @sha256: which blob
 * @from: how many of its bytes are here
 * @at: (out): at which byte the answer begins, @from or 0
 * @cancellable: (nullable): stops it
 * @error: return location; %DURE_ERROR_NOT_FOUND when the server does not have it
 *
 * Returns: (transfer full) (nullable): its bytes from there on
 */
GInputStream *
dure_client_get_blob (
    DureClient *self, const char *sha256, gint64 from, gint64 *at, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = path_of (sha256);
  g_autofree char *range = from > 0 ? g_strdup_printf ("bytes=%" G_GINT64_FORMAT "-", from) : NULL;
  DureCall         call = { .method = "GET", .path = path, .range = range };
  g_auto (DureReply) reply = { 0 };
  gint64 last, total;

  if (!dure_client_exchange (self, &call, &reply, cancellable, error))
    return NULL;
  *at = 0;
  if (reply.status == 200
      || (reply.status == 206 && from > 0 && dure_content_range_parse (reply.content_range, at, &last, &total)
          && *at == from))
    return g_steal_pointer (&reply.stream);
  dure_client_refuse (self, &reply, cancellable, error);
  return NULL;
}

/** dure_client_read: reads on; Returns: how many bytes, 0 at the end, -1 with a sentence in @error */
gssize
dure_client_read (
    DureClient *self, GInputStream *stream, gpointer buffer, gsize most, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gsize n = 0;

  if (g_input_stream_read_all (stream, buffer, most, &n, cancellable, &failure) || n > 0)
    return (gssize)n;
  dure_client_translate (self, failure, error);
  return -1;
}
