/* dure-live.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs in the main context of the thread that makes it, and never waits. It only says that there is something to fetch;
 * what that is comes by the usual round.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-live.h"

#include <libsoup/soup.h>
#include <string.h>

#include "store/dure-blob.h"
#include "sync/dure-proxy.h"
#include "sync/dure-root.h"

struct _DureLive
{
  GObject parent_instance;

  SoupSession             *session;
  SoupWebsocketConnection *connection;
  GCancellable            *cancellable;
};

G_DEFINE_FINAL_TYPE (DureLive, dure_live, G_TYPE_OBJECT)

enum
{
  MOVED,
  FILED,
  CLOSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/**
 * dure_live_parse:
 * @text: a message; need not end with a NUL
 * @length: bytes of @text
 * @seq: (out): the last sequence number of the server
 *
 * Returns: whether @text is `{"seq":NUMBER}`; a newer server may add members behind it
 */
gboolean
dure_live_parse (const char *text, gsize length, gint64 *seq)
{
  static const char head[] = "{\"seq\":";
  g_autofree char  *line = g_strndup (text, MIN (length, 100));
  char             *number = line + strlen (head), *end;
  gint64            value;

  if (!g_str_has_prefix (line, head) || !g_ascii_isdigit (*number))
    return FALSE;
  value = g_ascii_strtoll (number, &end, 10);
  if (*end != '}' && *end != ',')
    return FALSE;
  *seq = value;
  return TRUE;
}

static void
message_cb (DureLive *self, int type, GBytes *message)
{
  static const char head[] = "{\"file\":\"";
  gsize             length;
  const char       *text = g_bytes_get_data (message, &length);
  gint64            seq;

  if (type != SOUP_WEBSOCKET_DATA_TEXT)
    return;
  if (length > strlen (head) + DURE_SHA256_LENGTH && memcmp (text, head, strlen (head)) == 0)
    {
      g_autofree char *sha256 = g_strndup (text + strlen (head), DURE_SHA256_LENGTH);

      if (dure_sha256_is_valid (sha256))
        g_signal_emit (self, signals[FILED], 0, sha256);
    }
  else if (dure_live_parse (text, length, &seq))
    g_signal_emit (self, signals[MOVED], 0, seq);
}

static void
closed_cb (DureLive *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DureLive) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupWebsocketConnection) connection
      = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);

  if (self->cancellable == NULL)
    {
      if (connection != NULL)
        soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
      return;
    }
  if (connection == NULL)
    {
      g_debug ("no live channel: %s", error->message);
      g_signal_emit (self, signals[CLOSED], 0);
      return;
    }
  self->connection = g_steal_pointer (&connection);
  soup_websocket_connection_set_max_incoming_payload_size (self->connection, 1024);
  soup_websocket_connection_set_keepalive_interval (self->connection, 30);
  g_signal_connect_object (self->connection, "message", G_CALLBACK (message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->connection, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
}

static void
dure_live_dispose (GObject *object)
{
  DureLive *self = DURE_LIVE (object);

  dure_live_stop (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (dure_live_parent_class)->dispose (object);
}

static void
dure_live_class_init (DureLiveClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dure_live_dispose;

  /**
   * DureLive::moved:
   * @seq: last sequence number of the server
   *
   * Somebody has sent something, perhaps this device.
   */
  signals[MOVED]
      = g_signal_new ("moved", DURE_TYPE_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  /**
   * DureLive::filed:
   * @sha256: hash of a file
   *
   * The server has all of a file now; perhaps this device sent it.
   */
  signals[FILED]
      = g_signal_new ("filed", DURE_TYPE_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * DureLive::closed:
   *
   * The channel could not be opened, or is shut; a new one is needed.
   */
  signals[CLOSED] = g_signal_new ("closed", DURE_TYPE_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dure_live_init (DureLive *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * dure_live_new:
 * @url: what dure_client_check_url() returned
 * @token: what enrolment gave this device
 * @root: (nullable): certificates of the city that are trusted beside the system's, as PEM
 * @proxy: (nullable): what dure_proxy_check() gave
 *
 * Returns: (transfer full): a channel that is being opened
 */
DureLive *
dure_live_new (const char *url, const char *token, const char *root, const char *proxy)
{
  DureLive        *self = g_object_new (DURE_TYPE_LIVE, NULL);
  g_autofree char *whole = g_strconcat (url, "/v1/live", NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, whole);

  self->session = soup_session_new_with_options ("timeout", 20, "user-agent", "Dure/" DURE_VERSION, NULL);
  dure_proxy_apply (self->session, proxy);
  if (message == NULL)
    return self;
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
  dure_root_trust (message, root);
  dure_proxy_answer (message, proxy);
  soup_session_websocket_connect_async (self->session, message, NULL, NULL, G_PRIORITY_LOW, self->cancellable,
                                        connected_cb, g_object_ref (self));
  return self;
}

/** dure_live_stop: shuts the channel; no signal comes any more. */
void
dure_live_stop (DureLive *self)
{
  g_return_if_fail (DURE_IS_LIVE (self));
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->connection, self);
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  g_clear_object (&self->connection);
}
