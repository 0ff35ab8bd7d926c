/* dure-client.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Synchronous, over libsoup. Certificates are checked.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-client-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-json-check.h"
#include "base/dure-json-read.h"
#include "sync/dure-gzip.h"
#include "sync/dure-proxy.h"
#include "sync/dure-root.h"

#define TIMEOUT_SECONDS 20
#define MAX_ANSWER (4 * 1024 * 1024)
#define PROBLEM_PREFIX "urn:dure:problem:"
#define READ_PART (64 * 1024)

struct _DureClient
{
  GMainContext *context; /* of the session alone: its timers must not run on the main thread */
  SoupSession  *session; /* NULL with a transport of a test */
  char         *url;
  char         *token;
  char         *root;
  char         *proxy; /* (nullable): what dure_proxy_check() gave */
  char         *proxy_shown; /* (nullable): its address without its password */
  char         *problem; /* name of the last problem that the server told of */
};

/* What each problem means to the officer; the server's own sentence stands in for names that are not here. */
static const struct
{
  const char *name;
  DureError   code;
  const char *sentence;
} problems[] = {
  { "wrong-password", DURE_ERROR_DENIED, N_ ("The municipality, the user name or the password is wrong.") },
  { "wait", DURE_ERROR_DENIED, N_ ("The password was wrong too often. Wait a while, then try again.") },
  { "locked", DURE_ERROR_DENIED, N_ ("This account is locked. Ask the administrator of the server.") },
  { "token-missing", DURE_ERROR_DENIED, N_ ("This computer is not enrolled with the server.") },
  { "token-revoked", DURE_ERROR_DENIED,
    N_ ("The server does not know this computer any more. What was written is on this computer; enrol it again to "
        "send it.") },
  { "token-expired", DURE_ERROR_DENIED,
    N_ ("This computer was away for so long that its enrolment has run out. What was written is on this computer; enrol "
        "it again to send it.") },
  { "device-copied", DURE_ERROR_DENIED,
    N_ ("This file was copied from another computer, or put back from an older copy, and the server knows the other one. "
        "Enrol this computer again: it gets a number of its own, and nothing that was written is lost.") },
  { "role", DURE_ERROR_DENIED, N_ ("This account may only read. What was written stays on this computer.") },
  { "unknown-tenant", DURE_ERROR_NOT_FOUND,
    N_ ("The server has no such municipality. Ask its administrator how it is written.") },
  { "too-large", DURE_ERROR_PROTOCOL, N_ ("More was sent at once than the server takes.") },
  { "truncated", DURE_ERROR_UNREACHABLE, N_ ("What was sent broke off on the way. It is sent again later.") },
  { "slow", DURE_ERROR_UNREACHABLE,
    N_ ("The network was too slow for the server to wait. What was written is on this computer and is sent later.") },
  { "not-utf8", DURE_ERROR_PROTOCOL, N_ ("The server does not take texts that are not UTF-8.") },
  { "too-deep", DURE_ERROR_PROTOCOL, N_ ("The server does not take what is nested so deeply.") },
  { "wrong-type", DURE_ERROR_PROTOCOL, N_ ("The server does not take values of another type than it expects.") },
  { "content-type", DURE_ERROR_PROTOCOL,
    N_ ("The server does not take data of this type. Perhaps a proxy on the way changes it.") },
  { "packing", DURE_ERROR_PROTOCOL,
    N_ ("The server cannot unpack what was sent. Perhaps a proxy on the way changes it.") },
  { "stamp-ahead", DURE_ERROR_PROTOCOL,
    N_ ("The server refuses the time of the changes. Check the clock of this computer.") },
  { "wrong-device", DURE_ERROR_PROTOCOL, N_ ("It was made on another computer.") },
  { "stamp-taken", DURE_ERROR_PROTOCOL,
    N_ ("Another computer has sent a change with the same stamp: this file is used on two computers.") },
  { "blob-unknown", DURE_ERROR_NOT_FOUND,
    N_ ("The server does not have this file yet. It comes when the computer that attached it has sent it.") },
  { "blob-mismatch", DURE_ERROR_DAMAGED, N_ ("The file changed on the way to the server. It is sent again.") },
  { "blob-too-large", DURE_ERROR_INVALID, N_ ("The server takes no files of this size. The file stays on this computer.") },
  { "blob-quota", DURE_ERROR_FULL,
    N_ ("The files of this municipality have used up their room on the server. The file stays on this computer.") },
  { "format", DURE_ERROR_PROTOCOL, N_ ("The server does not take values of this kind or length.") },
  { "busy", DURE_ERROR_UNREACHABLE,
    N_ ("The server is busy. What was written is on this computer and is sent later.") },
  { "full", DURE_ERROR_UNREACHABLE,
    N_ ("The server's disk is full. What was written is on this computer and is sent later.") },
  { "failed", DURE_ERROR_UNREACHABLE,
    N_ ("The server has a fault. What was written is on this computer and is sent later.") },
};

/* A test's own; %NULL for libsoup. */
static DureTransport test_transport;
static gpointer      test_transport_data;

/** dure_client_set_transport: for tests: clients made from now on send by @transport, or by libsoup when it is %NULL.
 */
void
dure_client_set_transport (DureTransport transport, gpointer data)
{
  test_transport = transport;
  test_transport_data = data;
}

static gboolean
has_control (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_iscntrl (*text))
      return TRUE;
  return FALSE;
}

/**
 * dure_client_check_url:
 * @typed: address of a server as somebody typed it
 * @error: return location; %DURE_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the address with its scheme (https when none is given) and without a slash at
 * the end
 */
char *
dure_client_check_url (const char *typed, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (typed != NULL ? typed : ""));
  g_autofree char *whole
      = strstr (trimmed, "://") != NULL ? g_strdup (trimmed) : g_strconcat ("https://", trimmed, NULL);
  g_autoptr (GUri) uri = g_uri_parse (whole, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  if (*trimmed == '\0' || has_control (trimmed) || strpbrk (trimmed, " \"<>\\") != NULL
      || (strcmp (scheme, "https") != 0 && strcmp (scheme, "http") != 0) || g_uri_get_host (uri) == NULL
      || *g_uri_get_host (uri) == '\0' || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL
      || g_uri_get_userinfo (uri) != NULL)
    {
      dure_set_error (error, DURE_ERROR_INVALID,
                      _ ("“%s” is not the address of a server. Write it like https://dure.example.go.kr."), trimmed);
      return NULL;
    }
  while (g_str_has_suffix (whole, "/"))
    whole[strlen (whole) - 1] = '\0';
  return g_steal_pointer (&whole);
}

/**
 * dure_client_new:
 * @url: what dure_client_check_url() returned
 * @token: (nullable): what enrolment gave this device
 * @root: (nullable): certificates of the city that are trusted beside the system's, as PEM
 * @proxy: (nullable): what dure_proxy_check() gave
 *
 * The client's main context is the thread's until it is freed, on the same thread.
 *
 * Returns: (transfer full): a client for one thread
 */
DureClient *
dure_client_new (const char *url, const char *token, const char *root, const char *proxy)
{
  DureClient *self = g_new0 (DureClient, 1);

  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  if (test_transport == NULL)
    self->session = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, "idle-timeout", TIMEOUT_SECONDS,
                                                   "user-agent", "Dure/" DURE_VERSION, NULL);
  if (self->session != NULL)
    dure_proxy_apply (self->session, proxy);
  self->proxy = g_strdup (proxy);
  self->proxy_shown = dure_proxy_to_show (proxy);
  self->url = g_strdup (url);
  self->token = g_strdup (token);
  self->root = g_strdup (root);
  return self;
}

static void
forget (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/** dure_client_set_token: the next request goes out with @token. */
void
dure_client_set_token (DureClient *self, const char *token)
{
  forget (self->token);
  self->token = g_strdup (token);
}

void
dure_client_free (DureClient *self)
{
  if (self == NULL)
    return;
  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_free (self->url);
  forget (self->token);
  g_free (self->root);
  forget (self->proxy);
  g_free (self->proxy_shown);
  g_free (self->problem);
  g_free (self);
}

/** dure_client_get_problem: Returns: (nullable): name of the problem that the server told of with the last request */
const char *
dure_client_get_problem (DureClient *self)
{
  return self->problem;
}

/* What the network said becomes what the officer needs to know. */
void
dure_client_translate (DureClient *self, GError *failure, GError **error)
{
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Stopped."));
  else if (failure->domain == G_TLS_ERROR)
    dure_set_error (error, DURE_ERROR_UNREACHABLE,
                    _ ("The certificate of the server %s could not be verified, and nothing was sent. If the city has"
                       " certificates of its own, enrol again with its root certificate."),
                    self->url);
  else if (self->proxy_shown != NULL)
    {
      self->problem = g_strdup ("proxy");
      dure_set_error (error, DURE_ERROR_UNREACHABLE,
                      _ ("The server %s cannot be reached by the proxy %s. What was written is on this computer and is"
                         " sent later. If the proxy is another now, enrol again with its address."),
                      self->url, self->proxy_shown);
    }
  else
    dure_set_error (error, DURE_ERROR_UNREACHABLE,
                    _ ("The server %s cannot be reached. What was written is on this computer and is sent later."),
                    self->url);
  g_debug ("%s", failure->message);
}

/**
 * dure_client_explain:
 * @type: (nullable): "urn:dure:problem:…"
 *
 * The server's own words are in the server's language.
 *
 * Returns: (nullable): what it means, in the officer's
 */
const char *
dure_client_explain (const char *type)
{
  if (type == NULL || !g_str_has_prefix (type, PROBLEM_PREFIX))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if (strcmp (type + strlen (PROBLEM_PREFIX), problems[i].name) == 0)
      return _ (problems[i].sentence);
  return NULL;
}

static void
report_problem (DureClient *self, guint status, GBytes *body, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);
  JsonObject *object = NULL;
  const char *type = NULL, *detail = NULL;

  g_clear_pointer (&self->problem, g_free);
  if (dure_json_is_object (text, length, DURE_JSON_DEPTH)
      && json_parser_load_from_data (parser, text, (gssize)length, NULL))
    object = dure_json_object_in (json_parser_get_root (parser));
  if (object != NULL)
    {
      type = dure_json_text (object, "type", NULL);
      detail = dure_json_text (object, "detail", NULL);
    }
  if (type != NULL && g_str_has_prefix (type, PROBLEM_PREFIX))
    self->problem = g_strdup (type + strlen (PROBLEM_PREFIX));
  if (status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    {
      g_free (self->problem);
      self->problem = g_strdup ("proxy");
      dure_set_error (error, DURE_ERROR_UNREACHABLE,
                      _ ("The proxy%s%s asks for another user name or password. Enrol again with an address like"
                         " http://user:password@proxy.example.go.kr:8080."),
                      self->proxy_shown != NULL ? " " : "", self->proxy_shown != NULL ? self->proxy_shown : "");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_strcmp0 (self->problem, problems[i].name) == 0)
      {
        g_set_error_literal (error, DURE_ERROR, problems[i].code, _ (problems[i].sentence));
        return;
      }
  if (self->problem != NULL && detail != NULL)
    dure_set_error (error, DURE_ERROR_PROTOCOL, _ ("The server refused: %s"), detail);
  else if (status >= 500)
    dure_set_error (error, DURE_ERROR_UNREACHABLE,
                    _ ("The server %s cannot answer now (%u). What was written is on this computer and is sent later."),
                    self->url, status);
  else
    dure_set_error (error, DURE_ERROR_PROTOCOL, _ ("What answers at %s is not a server of Dure (%u)."), self->url,
                    status);
}

static gboolean
send_with_soup (DureClient *self, const DureCall *call, DureReply *reply, GCancellable *cancellable, GError **error)
{
  g_autofree char *whole = g_strconcat (self->url, call->path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (call->method, whole);
  SoupMessageHeaders *headers;
  const char         *offset;

  if (message == NULL)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("“%s” is not the address of a server."), self->url);
      return FALSE;
    }
  headers = soup_message_get_request_headers (message);
  dure_root_trust (message, self->root);
  dure_proxy_answer (message, self->proxy);
  /* A token goes to the server that gave it and to no other. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (call->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", call->token, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }
  if (call->packed)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  if (call->range != NULL)
    soup_message_headers_replace (headers, "Range", call->range);
  if (call->content_range != NULL)
    soup_message_headers_replace (headers, "Content-Range", call->content_range);
  if (call->body != NULL)
    soup_message_set_request_body_from_bytes (message, call->type, call->body);
  reply->stream = soup_session_send (self->session, message, cancellable, error);
  if (reply->stream == NULL)
    return FALSE;
  reply->status = soup_message_get_status (message);
  headers = soup_message_get_response_headers (message);
  reply->type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  reply->content_range = g_strdup (soup_message_headers_get_one (headers, "Content-Range"));
  offset = soup_message_headers_get_one (headers, "Upload-Offset");
  if (offset == NULL || !g_ascii_string_to_signed (offset, 10, 0, G_MAXINT64, &reply->offset, NULL))
    reply->offset = -1;
  return TRUE;
}

static GBytes *
read_all (DureClient *self, GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GError) failure = NULL;
  gssize n;

  do
    {
      guint before = all->len;

      g_byte_array_set_size (all, before + READ_PART);
      n = g_input_stream_read (stream, all->data + before, READ_PART, cancellable, &failure);
      if (n < 0)
        {
          dure_client_translate (self, failure, error);
          return NULL;
        }
      g_byte_array_set_size (all, before + (guint)n);
      if (all->len > MAX_ANSWER)
        {
          dure_set_error (error, DURE_ERROR_PROTOCOL, _ ("The answer of the server %s is too large."), self->url);
          return NULL;
        }
    }
  while (n > 0);
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

void
dure_reply_clear (DureReply *reply)
{
  g_clear_pointer (&reply->type, g_free);
  g_clear_pointer (&reply->content_range, g_free);
  g_clear_object (&reply->stream);
}

/* Sends; an answer that refuses is one too. */
gboolean
dure_client_exchange (DureClient *self, DureCall *call, DureReply *reply, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean answered;

  g_clear_pointer (&self->problem, g_free);
  call->token = self->token;
  reply->offset = -1;
  answered = self->session != NULL ? send_with_soup (self, call, reply, cancellable, &failure)
                                   : test_transport (call, reply, test_transport_data, cancellable, &failure);
  if (answered)
    return TRUE;
  if (failure->domain == DURE_ERROR)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    dure_client_translate (self, failure, error);
  return FALSE;
}

/* Makes an error of an answer that is none of those that were hoped for. */
void
dure_client_refuse (DureClient *self, DureReply *reply, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) body = read_all (self, reply->stream, cancellable, error);

  if (body != NULL)
    report_problem (self, reply->status, body, error);
}

/* Sends, and makes an error of every answer but a good one. */
static GInputStream *
send (DureClient *self, DureCall *call, char **type, GCancellable *cancellable, GError **error)
{
  g_auto (DureReply) reply = { 0 };

  if (!dure_client_exchange (self, call, &reply, cancellable, error))
    return NULL;
  if (reply.status == SOUP_STATUS_OK)
    {
      *type = g_steal_pointer (&reply.type);
      return g_steal_pointer (&reply.stream);
    }
  dure_client_refuse (self, &reply, cancellable, error);
  return NULL;
}

/**
 * dure_client_post:
 * @self: a client
 * @path: "/v1/…"
 * @type: media type
 * @body: what is sent; packed on the way
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the body of the answer
 */
GBytes *
dure_client_post (
    DureClient *self, const char *path, const char *type, GString *body, GCancellable *cancellable, GError **error)
{
  gboolean pack = body->len >= 512;
  g_autoptr (GBytes) bytes = pack ? dure_gzip_pack (body->str, body->len) : g_bytes_new (body->str, body->len);
  DureCall         call = { .method = "POST", .path = path, .type = type, .body = bytes, .packed = pack };
  g_autofree char *answer_type = NULL;
  g_autoptr (GInputStream) stream = send (self, &call, &answer_type, cancellable, error);

  return stream != NULL ? read_all (self, stream, cancellable, error) : NULL;
}

/**
 * dure_client_get_lines:
 * @self: a client
 * @path: "/v1/…" with its query
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the lines of the answer, read as they come
 */
DureLines *
dure_client_get_lines (DureClient *self, const char *path, GCancellable *cancellable, GError **error)
{
  DureCall         call = { .method = "GET", .path = path };
  g_autofree char *type = NULL;
  GInputStream    *stream = send (self, &call, &type, cancellable, error);
  DureLines       *lines;

  if (stream == NULL)
    return NULL;
  if (g_strcmp0 (type, DURE_WIRE_TYPE) != 0)
    {
      g_object_unref (stream);
      dure_set_error (error, DURE_ERROR_PROTOCOL, _ ("What answers at %s is not a server of Dure (%u)."), self->url,
                      200u);
      return NULL;
    }
  lines = dure_lines_new (stream, cancellable);
  g_object_unref (stream);
  return lines;
}
