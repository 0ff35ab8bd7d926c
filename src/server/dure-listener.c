/* dure-listener.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything runs in the main context of the thread that listens, but for what the crew does (dure-crew.h): whole
 * requests of those who are enrolled, and the parts of long answers. While it does, the message stands still; what the
 * crew is given it has alone.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-listener-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-worker.h"
#include "sync/dure-gzip.h"

#define LIVE_PATH "/v1/live"
#define LIMIT_KEY "dure-limit" /* kept with a message: the most bytes of its body */
#define ENROL_PATH "/v1/enrol"
#define METRICS_PATH "/metrics"
/* A password takes a tenth of a second and 64 MiB to verify: one at a time, and a short queue. */
#define MOST_LOGINS 16

G_DEFINE_FINAL_TYPE (DureListener, dure_listener, G_TYPE_OBJECT)

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
        return g_error_matches (error, DURE_ERROR, DURE_ERROR_FULL)
                   ? dure_response_problem (413, "too-large", "Too large", error->message)
               : g_error_matches (error, DURE_ERROR, DURE_ERROR_UNREACHABLE)
                   ? dure_response_problem (400, "truncated", "Broken off", error->message)
                   : dure_response_problem (400, "packing", "Not gzip", error->message);
    }
  else if (encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0 && length > 0)
    return dure_response_problem (415, "packing", "Unknown packing", _ ("The server unpacks gzip only."));
  else
    unpacked = g_bytes_ref (body);
  g_bytes_unref (request->body);
  request->body = unpacked;
  return NULL;
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
      dure_listener_answer (self, verifying->message, response);
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
                               g_hash_table_size (self->live), dure_pace_get_cut (self->pace));
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
  if (response == NULL && dure_listener_hand_over (self, message, &request))
    return;
  if (response == NULL)
    response = dure_server_handle (self->server, request);
  dure_listener_answer (self, message, response);
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
  dure_pace_follow (message);
}

static void
accepted_cb (GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer data)
{
  DureListener *self = data;
  g_autoptr (GError) error = NULL;

  dure_pace_watch (self->pace, stream, remote);
  if (!soup_server_accept_iostream (self->soup, stream, local, remote, &error))
    g_warning ("A connection could not be taken: %s", error->message);
}

static void
refuse_size (DureListener *self, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_truncate (body);
  dure_listener_answer (self, message, dure_response_problem (413, "too-large", "Too large",
                                                 _ ("More was sent at once than the server takes.")));
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  DureListener    *self = data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  gsize            limit = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (message), LIMIT_KEY));

  if ((gsize)body->length > limit && soup_server_message_get_status (message) == 0)
    refuse_size (self, message);
}

/* Runs when the head of a request has come: too much is refused before it is read, strangers get no live channel, and
 * nobody keeps a large body of theirs in memory. */
static void
early_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  DureListener       *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gsize               limit = DURE_SERVER_MAX_BODY;

  if (strcmp (path, LIVE_PATH) == 0 || strcmp (path, "/v1/changes") == 0 || strcmp (path, "/v1/snapshot") == 0
      || g_str_has_prefix (path, DURE_SERVER_BLOBS))
    {
      g_autoptr (DureRequest) request = make_request (message, path, query);
      DureResponse *problem = NULL;
      g_autoptr (DureEnrolment) who = dure_server_authenticate (self->server, request, &problem);

      if (who == NULL)
        {
          soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
          dure_listener_answer (self, message, problem);
          return;
        }
      g_object_set_data_full (G_OBJECT (message), DURE_LISTENER_TENANT, g_strdup (who->tenant), g_free);
      limit = MIN (dure_server_body_limit (request), DURE_SERVER_MAX_PACKED);
    }
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && (guint64)soup_message_headers_get_content_length (headers) > limit)
    refuse_size (self, message);
  else
    {
      g_object_set_data (G_OBJECT (message), LIMIT_KEY, GSIZE_TO_POINTER (limit));
      g_signal_connect_object (message, "got-chunk", G_CALLBACK (got_chunk_cb), self, 0);
    }
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
  dure_pace_be_live (message);
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
  DureListener    *self = data;
  gint64          *last = g_hash_table_lookup (self->told, tenant);
  g_autofree char *line = NULL;

  /* PostgreSQL tells of what the crew has stored, too. */
  if (last != NULL && *last == seq)
    return;
  g_hash_table_insert (self->told, g_strdup (tenant), g_memdup2 (&seq, sizeof seq));
  line = g_strdup_printf ("{\"seq\":%" G_GINT64_FORMAT "}", seq);
  tell_live (self, tenant, line);
}

static void
filed_cb (DureServer *server, const char *tenant, const char *sha256, gpointer data)
{
  g_autofree char *line = g_strdup_printf ("{\"file\":\"%s\"}", sha256);

  tell_live (data, tenant, line);
}

/* What a hand tells on its own thread. */
typedef struct
{
  DureListener *listener;
  char         *tenant;
  gint64        seq;
  char         *file; /* (nullable): hash of a file, instead of a number */
} Told;

static gboolean
tell_cb (gpointer data)
{
  Told *told = data;

  if (told->file != NULL)
    filed_cb (NULL, told->tenant, told->file, told->listener);
  else
    pushed_cb (NULL, told->tenant, told->seq, told->listener);
  return G_SOURCE_REMOVE;
}

static void
told_free (gpointer data)
{
  Told *told = data;

  g_object_unref (told->listener);
  g_free (told->tenant);
  g_free (told->file);
  g_free (told);
}

static void
tell (DureListener *self, const char *tenant, gint64 seq, const char *file)
{
  Told *told = g_new (Told, 1);

  *told = (Told){ g_object_ref (self), g_strdup (tenant), seq, g_strdup (file) };
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, tell_cb, told, told_free);
}

static void
hand_pushed_cb (DureServer *server, const char *tenant, gint64 seq, gpointer data)
{
  tell (data, tenant, seq, NULL);
}

static void
hand_filed_cb (DureServer *server, const char *tenant, const char *sha256, gpointer data)
{
  tell (data, tenant, 0, sha256);
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
  g_hash_table_unref (DURE_LISTENER (object)->told);
  dure_worker_free (DURE_LISTENER (object)->logins);
  dure_crew_free (DURE_LISTENER (object)->crew);
  g_main_context_unref (DURE_LISTENER (object)->context);
  dure_acceptor_free (DURE_LISTENER (object)->acceptor);
  dure_pace_free (DURE_LISTENER (object)->pace);
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
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->live = g_hash_table_new_full (g_direct_hash, g_direct_equal, g_object_unref, g_free);
  self->context = g_main_context_ref_thread_default ();
  self->logins = dure_worker_new ("dured-login");
  self->acceptor = dure_acceptor_new (accepted_cb, self);
  self->pace = dure_pace_new ();
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

/** dure_listener_get_pace: Returns: (transfer none): what cuts off the slow, for its limits. */
DurePace *
dure_listener_get_pace (DureListener *self)
{
  return self->pace;
}

/** dure_listener_set_metrics: whether /metrics answers this machine. */
void
dure_listener_set_metrics (DureListener *self, gboolean metrics)
{
  self->shows_metrics = metrics;
}

/**
 * dure_listener_employ:
 * @self: a listener that does not listen yet
 * @servers: (element-type DureServer): each on a storage of its own, which is the same as that of this one's server
 *
 * From now on these answer all who are enrolled, each on a thread of its own.
 */
void
dure_listener_employ (DureListener *self, GPtrArray *servers)
{
  g_return_if_fail (self->crew == NULL && servers->len > 0);
  for (guint i = 0; i < servers->len; i++)
    {
      g_signal_connect_object (g_ptr_array_index (servers, i), "pushed", G_CALLBACK (hand_pushed_cb), self, 0);
      g_signal_connect_object (g_ptr_array_index (servers, i), "filed", G_CALLBACK (hand_filed_cb), self, 0);
    }
  self->crew = dure_crew_new (servers);
}

/** dure_listener_clean: takes the last bytes of what was purged out of the files; nobody waits for it. */
void
dure_listener_clean (DureListener *self)
{
  dure_server_clean (self->server);
  if (self->crew != NULL)
    dure_crew_clean (self->crew);
}

/** dure_listener_stop: takes no more requests and closes the live channels. */
void
dure_listener_stop (DureListener *self)
{
  GHashTableIter iter;
  gpointer       connection;

  dure_acceptor_stop (self->acceptor);
  /* Answers that were begun go out. */
  if (self->crew != NULL)
    dure_crew_drain (self->crew);
  for (guint i = 0; i < 100 && self->n_errands > 0; i++)
    g_main_context_iteration (self->context, FALSE);
  self->stopped = TRUE;
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
