/* dure-listener.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything runs in the main context of the thread that listens.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-listener.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-worker.h"
#include "server/dure-acceptor.h"
#include "server/dure-metrics.h"
#include "sync/dure-gzip.h"

/* Answers below this are not worth packing. */
#define PACK_FROM 512
#define LIVE_PATH "/v1/live"
#define ENROL_PATH "/v1/enrol"
#define METRICS_PATH "/metrics"
/* A password takes a tenth of a second and 64 MiB to verify: one at a time, and a short queue. */
#define MOST_LOGINS 16

struct _DureListener
{
  GObject parent_instance;

  DureServer *server;
  DureAcceptor *acceptor;
  DureMetrics  *metrics;
  gboolean      shows_metrics;
  SoupServer *soup;
  GHashTable *live;   /* SoupWebsocketConnection -> tenant */
  DureWorker *logins; /* verifies passwords, so that nobody else waits meanwhile */
  guint       n_logins;
};

G_DEFINE_FINAL_TYPE (DureListener, dure_listener, G_TYPE_OBJECT)

/* An answer on its way out. */
typedef struct
{
  DureResponse *response;
  GConverter   *packer; /* (nullable) */
  gboolean      done;
} Sending;

static void
sending_free (gpointer data, GClosure *closure)
{
  Sending *sending = data;

  g_clear_object (&sending->packer);
  dure_response_free (sending->response);
  g_free (sending);
}

static char *
read_token (SoupMessageHeaders *headers)
{
  const char *value = soup_message_headers_get_one (headers, "Authorization");

  return value != NULL && g_ascii_strncasecmp (value, "Bearer ", 7) == 0 && strlen (value) < 200 ? g_strdup (value + 7)
                                                                                                 : NULL;
}

static DureRequest *
make_request (SoupServerMessage *message, const char *path, GHashTable *query)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GSocketAddress     *remote = soup_server_message_get_remote_address (message);
  DureRequest        *request = dure_request_new (soup_server_message_get_method (message), path, NULL);

  request->query = query != NULL ? g_hash_table_ref (query) : NULL;
  request->token = read_token (headers);
  request->range = g_strdup (soup_message_headers_get_one (headers, "Range"));
  request->content_range = g_strdup (soup_message_headers_get_one (headers, "Content-Range"));
  request->type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  if (G_IS_INET_SOCKET_ADDRESS (remote))
    request->remote = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  return request;
}

/* Fills in the body; returns a problem when it cannot be read. */
static DureResponse *
read_body (SoupServerMessage *message, DureRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char         *encoding = soup_message_headers_get_one (headers, "Content-Encoding");
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  GBytes     *unpacked;
  gsize       length;
  const char *data = g_bytes_get_data (body, &length);

  if (encoding != NULL && g_ascii_strcasecmp (encoding, "gzip") == 0 && length > 0)
    {
      g_autoptr (GError) error = NULL;

      unpacked = dure_gzip_unpack (data, length, dure_server_body_limit (request), &error);
      if (unpacked == NULL)
        return dure_response_problem (400, "packing", "Not gzip, or too large", error->message);
    }
  else if (encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0 && length > 0)
    return dure_response_problem (415, "packing", "Unknown packing", _ ("The server unpacks gzip only."));
  else
    unpacked = g_bytes_ref (body);
  g_bytes_unref (request->body);
  request->body = unpacked;
  return NULL;
}

/* Takes @bytes; libsoup only borrows them. */
static void
append_bytes (SoupMessageBody *body, GBytes *bytes)
{
  soup_message_body_append_bytes (body, bytes);
  g_bytes_unref (bytes);
}

static gboolean
append_part (SoupMessageBody *body, Sending *sending)
{
  g_autoptr (GString) part = g_string_new (NULL);
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  /* The packer swallows some parts whole. */
  while (!sending->done && part->len == 0 && packed->len == 0)
    {
      if (!sending->response->more (part, &sending->done, sending->response->more_data))
        return FALSE;
      if (sending->packer == NULL)
        continue;
      if (!dure_gzip_feed (sending->packer, part->str, part->len, sending->done, packed, G_MAXUINT32 / 2, NULL))
        return FALSE;
      g_string_truncate (part, 0);
    }
  if (packed->len > 0)
    append_bytes (body, g_byte_array_free_to_bytes (g_steal_pointer (&packed)));
  else if (part->len > 0)
    soup_message_body_append (body, SOUP_MEMORY_COPY, part->str, part->len);
  return TRUE;
}

static void
wrote_chunk_cb (SoupServerMessage *message, gpointer data)
{
  Sending         *sending = data;
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  if (sending->done)
    {
      soup_message_body_complete (body);
      return;
    }
  if (!append_part (body, sending))
    {
      /* The answer has no end line, so the device knows that it broke off. */
      GIOStream *stream = soup_server_message_steal_connection (message);

      g_io_stream_close (stream, NULL, NULL);
      g_object_unref (stream);
    }
}

static void
send_parts (SoupServerMessage *message, DureResponse *response, gboolean pack)
{
  Sending         *sending = g_new0 (Sending, 1);
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  sending->response = response;
  if (pack)
    sending->packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, DURE_GZIP_LEVEL));
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (body, FALSE);
  g_signal_connect_data (message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), sending, sending_free, 0);
  if (!pack && response->body->len == 0)
    {
      append_part (body, sending);
      return;
    }
  if (!pack)
    {
      soup_message_body_append (body, SOUP_MEMORY_COPY, response->body->str, response->body->len);
      return;
    }
  dure_gzip_feed (sending->packer, response->body->str, response->body->len, FALSE, packed, G_MAXUINT32 / 2, NULL);
  if (packed->len > 0)
    append_bytes (body, g_byte_array_free_to_bytes (g_steal_pointer (&packed)));
  else
    append_part (body, sending);
}

static void
send_response (SoupServerMessage *message, DureResponse *response)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char         *accept
      = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Accept-Encoding");
  /* What is attached is mostly packed already, and its ranges are of its own bytes. */
  gboolean pack
      = g_strcmp0 (response->type, "application/octet-stream") != 0 && accept != NULL && strstr (accept, "gzip") != NULL && (response->body->len >= PACK_FROM || response->more);

  soup_server_message_set_status (message, response->status, NULL);
  soup_message_headers_set_content_type (headers, response->type, NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  for (guint i = 0; response->heads != NULL && i < response->heads->len; i += 2)
    soup_message_headers_replace (headers, response->heads->pdata[i], response->heads->pdata[i + 1]);
  if (response->status == 401)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer");
  if (response->retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", response->retry_after);

      soup_message_headers_replace (headers, "Retry-After", seconds);
    }
  if (pack)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  if (response->more != NULL)
    {
      send_parts (message, response, pack);
      return;
    }
  if (pack)
    append_bytes (soup_server_message_get_response_body (message),
                  dure_gzip_pack (response->body->str, response->body->len));
  else
    soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_COPY, response->body->str,
                              response->body->len);
  dure_response_free (response);
}

/* An enrolment on its way through the worker. */
typedef struct
{
  DureRequest       *request;
  DureLogin         *login;
  SoupServerMessage *message;
  gboolean           gone; /* whoever asked has hung up */
} Verifying;

static void
verifying_free (gpointer data)
{
  Verifying *verifying = data;

  g_signal_handlers_disconnect_by_data (verifying->message, verifying);
  dure_request_free (verifying->request);
  dure_login_free (verifying->login);
  g_object_unref (verifying->message);
  g_free (verifying);
}

static void
gone_cb (SoupServerMessage *message, gpointer data)
{
  ((Verifying *)data)->gone = TRUE;
}

static void
verify (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, dure_login_verify (((Verifying *)data)->login));
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  DureListener *self = DURE_LISTENER (source);
  Verifying    *verifying = data;
  gboolean      right = g_task_propagate_boolean (G_TASK (result), NULL);
  DureResponse *response = dure_server_end_login (self->server, verifying->request, verifying->login, right);

  self->n_logins--;
  if (verifying->gone)
    dure_response_free (response);
  else
    {
      send_response (verifying->message, response);
      soup_server_message_unpause (verifying->message);
    }
  verifying_free (verifying);
}

/* Answers later; returns an answer when there is one at once. */
static DureResponse *
enrol (DureListener *self, SoupServerMessage *message, DureRequest **request)
{
  DureResponse *problem = NULL;
  DureLogin    *login;
  Verifying    *verifying;
  g_autoptr (GTask) task = NULL;

  if (self->n_logins >= MOST_LOGINS)
    {
      problem = dure_response_problem (503, "busy", "Busy", _ ("The server is busy. Try again in a moment."));
      problem->retry_after = 5;
      return problem;
    }
  login = dure_server_begin_login (self->server, *request, &problem);
  if (login == NULL)
    return problem;
  verifying = g_new0 (Verifying, 1);
  verifying->login = login;
  verifying->request = g_steal_pointer (request);
  verifying->message = g_object_ref (message);
  g_signal_connect (message, "finished", G_CALLBACK (gone_cb), verifying);
  self->n_logins++;
  soup_server_message_pause (message);
  task = g_task_new (self, NULL, verified_cb, verifying);
  g_task_set_source_tag (task, enrol);
  g_task_set_task_data (task, verifying, NULL);
  dure_worker_run (self->logins, task, verify);
  return NULL;
}

/* Only this machine is told how much the server has to do. */
static DureResponse *
show_metrics (DureListener *self, SoupServerMessage *message)
{
  GSocketAddress  *remote = soup_server_message_get_remote_address (message);
  DureResponse    *response;
  g_autofree char *text = NULL;

  if (!self->shows_metrics || !G_IS_INET_SOCKET_ADDRESS (remote)
      || !g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote))))
    return NULL;
  response = dure_response_new (200, "text/plain; version=0.0.4; charset=utf-8");
  text = dure_metrics_to_text (self->metrics, dure_acceptor_get_connections (self->acceptor),
                               g_hash_table_size (self->live));
  g_string_append (response->body, text);
  return response;
}

static void
request_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  DureListener *self = data;
  g_autoptr (DureRequest) request = make_request (message, path, query);
  DureResponse *response = read_body (message, request);

  if (response == NULL && strcmp (request->path, ENROL_PATH) == 0 && strcmp (request->method, "POST") == 0
      && g_bytes_get_size (request->body) <= dure_server_body_limit (request))
    {
      response = enrol (self, message, &request);
      if (response == NULL)
        return;
    }
  if (response == NULL && strcmp (request->path, METRICS_PATH) == 0 && strcmp (request->method, "GET") == 0)
    response = show_metrics (self, message);
  if (response == NULL)
    response = dure_server_handle (self->server, request);
  send_response (message, response);
}

typedef struct
{
  DureListener *listener;
  gint64        started;
} Timing;

static void
finished_cb (SoupServerMessage *message, Timing *timing)
{
  GUri *uri = soup_server_message_get_uri (message);

  dure_metrics_count (timing->listener->metrics, soup_server_message_get_method (message),
                      uri != NULL ? g_uri_get_path (uri) : "", soup_server_message_get_status (message),
                      g_get_monotonic_time () - timing->started);
}

static void
timing_free (gpointer data, GClosure *closure)
{
  Timing *timing = data;

  g_object_unref (timing->listener);
  g_free (timing);
}

static void
started_cb (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  Timing *timing = g_new0 (Timing, 1);

  timing->listener = g_object_ref (data);
  timing->started = g_get_monotonic_time ();
  g_signal_connect_data (message, "finished", G_CALLBACK (finished_cb), timing, timing_free, 0);
}

static void
accepted_cb (GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer data)
{
  DureListener *self = data;
  g_autoptr (GError) error = NULL;

  if (!soup_server_accept_iostream (self->soup, stream, local, remote, &error))
    g_warning ("A connection could not be taken: %s", error->message);
}

static void
refuse_size (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_truncate (body);
  send_response (message, dure_response_problem (413, "too-large", "Too large",
                                                 _ ("More was sent at once than the server takes.")));
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if ((gsize)body->length > GPOINTER_TO_SIZE (data) && soup_server_message_get_status (message) == 0)
    refuse_size (message);
}

/* Runs when the head of a request has come: too much is refused before it is read, strangers get no live channel, and
 * nobody keeps a large body of theirs in memory. */
static void
early_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  DureListener       *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gsize               limit = DURE_SERVER_MAX_BODY;

  if (strcmp (path, LIVE_PATH) == 0 || strcmp (path, "/v1/changes") == 0 || g_str_has_prefix (path, DURE_SERVER_BLOBS))
    {
      g_autoptr (DureRequest) request = make_request (message, path, query);
      DureResponse *problem = NULL;
      g_autoptr (DureEnrolment) who = dure_server_authenticate (self->server, request, &problem);

      if (who == NULL)
        {
          soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
          send_response (message, problem);
          return;
        }
      limit = MIN (dure_server_body_limit (request), DURE_SERVER_MAX_PACKED);
    }
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && (guint64)soup_message_headers_get_content_length (headers) > limit)
    refuse_size (message);
  else
    g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), GSIZE_TO_POINTER (limit));
}

static void
live_closed_cb (SoupWebsocketConnection *connection, gpointer data)
{
  DureListener *self = data;

  g_hash_table_remove (self->live, connection);
}

static void
live_cb (
    SoupServer *soup, SoupServerMessage *message, const char *path, SoupWebsocketConnection *connection, gpointer data)
{
  DureListener *self = data;
  g_autoptr (DureRequest) request = make_request (message, path, NULL);
  DureResponse *problem = NULL;
  g_autoptr (DureEnrolment) who = dure_server_authenticate (self->server, request, &problem);

  if (who == NULL)
    {
      dure_response_free (problem);
      return;
    }
  soup_websocket_connection_set_max_incoming_payload_size (connection, 1024);
  soup_websocket_connection_set_keepalive_interval (connection, 30);
  g_signal_connect_object (connection, "closed", G_CALLBACK (live_closed_cb), self, 0);
  g_hash_table_insert (self->live, g_object_ref (connection), g_strdup (who->tenant));
}

static void
tell_live (DureListener *self, const char *tenant, const char *line)
{
  GHashTableIter iter;
  gpointer       connection, of;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &connection, &of))
    if (strcmp (of, tenant) == 0 && soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
      soup_websocket_connection_send_text (connection, line);
}

static void
pushed_cb (DureServer *server, const char *tenant, gint64 seq, gpointer data)
{
  g_autofree char *line = g_strdup_printf ("{\"seq\":%" G_GINT64_FORMAT "}", seq);

  tell_live (data, tenant, line);
}

static void
filed_cb (DureServer *server, const char *tenant, const char *sha256, gpointer data)
{
  g_autofree char *line = g_strdup_printf ("{\"file\":\"%s\"}", sha256);

  tell_live (data, tenant, line);
}

static void
dure_listener_dispose (GObject *object)
{
  DureListener *self = DURE_LISTENER (object);

  dure_listener_stop (self);
  g_clear_object (&self->soup);
  g_clear_object (&self->server);
  G_OBJECT_CLASS (dure_listener_parent_class)->dispose (object);
}

static void
dure_listener_finalize (GObject *object)
{
  g_hash_table_unref (DURE_LISTENER (object)->live);
  dure_worker_free (DURE_LISTENER (object)->logins);
  dure_acceptor_free (DURE_LISTENER (object)->acceptor);
  dure_metrics_free (DURE_LISTENER (object)->metrics);
  G_OBJECT_CLASS (dure_listener_parent_class)->finalize (object);
}

static void
dure_listener_class_init (DureListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dure_listener_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_listener_finalize;
}

static void
dure_listener_init (DureListener *self)
{
  self->live = g_hash_table_new_full (g_direct_hash, g_direct_equal, g_object_unref, g_free);
  self->logins = dure_worker_new ("dured-login");
  self->acceptor = dure_acceptor_new (accepted_cb, self);
  self->metrics = dure_metrics_new ();
}

/** dure_listener_new: Returns: (transfer full): a socket for @server, not listening yet. */
DureListener *
dure_listener_new (DureServer *server)
{
  DureListener *self = g_object_new (DURE_TYPE_LISTENER, NULL);

  self->server = g_object_ref (server);
  self->soup = soup_server_new ("server-header", "dured", NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (started_cb), self);
  soup_server_add_early_handler (self->soup, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
  /* A path with a handler of its own does not inherit this one. */
  soup_server_add_early_handler (self->soup, LIVE_PATH, early_cb, self, NULL);
  soup_server_add_websocket_handler (self->soup, LIVE_PATH, NULL, NULL, live_cb, self, NULL);
  g_signal_connect_object (server, "pushed", G_CALLBACK (pushed_cb), self, 0);
  g_signal_connect_object (server, "filed", G_CALLBACK (filed_cb), self, 0);
  dure_server_watch (server);
  return self;
}

/** dure_listener_get_acceptor: Returns: (transfer none): what takes its connections, for certificates and limits. */
DureAcceptor *
dure_listener_get_acceptor (DureListener *self)
{
  return self->acceptor;
}

/** dure_listener_set_metrics: whether /metrics answers this machine. */
void
dure_listener_set_metrics (DureListener *self, gboolean metrics)
{
  self->shows_metrics = metrics;
}

/** dure_listener_stop: takes no more requests and closes the live channels. */
void
dure_listener_stop (DureListener *self)
{
  GHashTableIter iter;
  gpointer       connection;

  dure_acceptor_stop (self->acceptor);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &connection, NULL))
    {
      g_signal_handlers_disconnect_by_data (connection, self);
      if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
      g_hash_table_iter_remove (&iter);
    }
}
