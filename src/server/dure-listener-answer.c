/* dure-listener-answer.c: answers on their way out, made here or by the crew
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All runs in the main context of the listener but for handle_there() and make_part_there(). While a hand of the crew
 * works on a message, the message stands still, and what the hand was given it has alone.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-listener-private.h"

#include <string.h>

#include "sync/dure-gzip.h"

/* Answers below this are not worth packing. */
#define PACK_FROM 512
/* Kept with a message: the hand that answers it. */
#define HAND_KEY "dure-hand"

/* An answer on its way out. */
typedef struct
{
  DureResponse *response;
  GConverter   *packer; /* (nullable) */
  DureListener *listener;
  DureHand     *hand; /* (nullable): who makes the parts */
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

/* Work of a hand for one message: a whole request, or a part of its answer. */
typedef struct
{
  DureListener      *listener;
  SoupServerMessage *message;
  DureHand          *hand;
  DureRequest       *request; /* (nullable) for a part */
  Sending           *sending; /* (nullable): lives as long as the message */
  gboolean           gone;    /* whoever asked has hung up */
} Errand;

static void
errand_gone_cb (SoupServerMessage *message, gpointer data)
{
  ((Errand *)data)->gone = TRUE;
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  errand->listener->n_errands--;
  g_signal_handlers_disconnect_by_data (errand->message, errand);
  g_clear_pointer (&errand->request, dure_request_free);
  g_object_unref (errand->message);
  g_free (errand);
}

static void
send_errand (Errand *errand, GTaskThreadFunc func, GAsyncReadyCallback done)
{
  g_autoptr (GTask) task = g_task_new (errand->listener, NULL, done, errand);

  errand->listener->n_errands++;
  g_signal_connect (errand->message, "finished", G_CALLBACK (errand_gone_cb), errand);
  g_task_set_source_tag (task, send_errand);
  g_task_set_task_data (task, errand, NULL);
  dure_worker_run (errand->hand->worker, task, func);
}

/* Takes @bytes; libsoup only borrows them. */
static void
append_bytes (SoupMessageBody *body, GBytes *bytes)
{
  soup_message_body_append_bytes (body, bytes);
  g_bytes_unref (bytes);
}

/* The next part of an answer as it goes over the wire, packed when it shall be; NULL when the answer has to break off. */
static GBytes *
make_part (Sending *sending)
{
  g_autoptr (GString) part = g_string_new (NULL);
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  /* The packer swallows some parts whole. */
  while (!sending->done && part->len == 0 && packed->len == 0)
    {
      if (!sending->response->more (part, &sending->done, sending->response->more_data))
        return NULL;
      if (sending->packer == NULL)
        continue;
      if (!dure_gzip_feed (sending->packer, part->str, part->len, sending->done, packed, G_MAXUINT32 / 2, NULL))
        return NULL;
      g_string_truncate (part, 0);
    }
  return packed->len > 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&packed))
                         : g_string_free_to_bytes (g_steal_pointer (&part));
}

/* Takes @part. */
static void
append_part (SoupServerMessage *message, GBytes *part)
{
  if (part != NULL && g_bytes_get_size (part) > 0)
    append_bytes (soup_server_message_get_response_body (message), part);
  else if (part != NULL)
    g_bytes_unref (part);
  else
    {
      /* The answer has no end line, so the device knows that it broke off. */
      GIOStream *stream = soup_server_message_steal_connection (message);

      g_io_stream_close (stream, NULL, NULL);
      g_object_unref (stream);
    }
}

static void
make_part_there (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, make_part (((Errand *)data)->sending), (GDestroyNotify)g_bytes_unref);
}

static void
part_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Errand *errand = data;
  GBytes *part = g_task_propagate_pointer (G_TASK (result), NULL);

  if (errand->gone || errand->listener->stopped)
    g_clear_pointer (&part, g_bytes_unref);
  else
    {
      gboolean whole = part != NULL;

      /* A last part in which nothing is left ends the body at once. */
      if (whole && g_bytes_get_size (part) == 0)
        soup_message_body_complete (soup_server_message_get_response_body (errand->message));
      append_part (errand->message, part);
      if (whole)
        soup_server_message_unpause (errand->message);
    }
  errand_free (errand);
}

/* libsoup waits while the body has nothing to write. */
static void
next_part (SoupServerMessage *message, Sending *sending)
{
  Errand *errand;

  if (sending->hand == NULL)
    {
      append_part (message, make_part (sending));
      return;
    }
  errand = g_new0 (Errand, 1);
  errand->listener = sending->listener;
  errand->message = g_object_ref (message);
  errand->hand = sending->hand;
  errand->sending = sending;
  send_errand (errand, make_part_there, part_made_cb);
}

static void
wrote_chunk_cb (SoupServerMessage *message, gpointer data)
{
  Sending *sending = data;

  if (sending->done)
    soup_message_body_complete (soup_server_message_get_response_body (message));
  else
    next_part (message, sending);
}

static void
send_parts (DureListener *self, SoupServerMessage *message, DureResponse *response, gboolean pack)
{
  Sending         *sending = g_new0 (Sending, 1);
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  sending->listener = self;
  sending->response = response;
  sending->hand = g_object_get_data (G_OBJECT (message), HAND_KEY);
  if (pack)
    sending->packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, DURE_GZIP_LEVEL));
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (body, FALSE);
  g_signal_connect_data (message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), sending, sending_free, 0);
  if (!pack && response->body->len == 0)
    {
      next_part (message, sending);
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
    next_part (message, sending);
}

/**
 * dure_listener_answer:
 * @self: a listener
 * @message: what was asked, which stands still or is being handled
 * @response: (transfer full): the answer
 */
void
dure_listener_answer (DureListener *self, SoupServerMessage *message, DureResponse *response)
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
      send_parts (self, message, response, pack);
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

static void
handle_there (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Errand *errand = data;

  g_task_return_pointer (task, dure_server_handle (errand->hand->server, errand->request),
                         (GDestroyNotify)dure_response_free);
}

static void
handled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Errand       *errand = data;
  DureResponse *response = g_task_propagate_pointer (G_TASK (result), NULL);

  if (errand->gone || errand->listener->stopped)
    dure_response_free (response);
  else
    {
      dure_listener_answer (DURE_LISTENER (source), errand->message, response);
      soup_server_message_unpause (errand->message);
    }
  errand_free (errand);
}

/**
 * dure_listener_hand_over:
 * @self: a listener
 * @message: a request
 * @request: (inout): the same; taken when this returns %TRUE
 *
 * Returns: whether a hand of the crew answers it
 */
gboolean
dure_listener_hand_over (DureListener *self, SoupServerMessage *message, DureRequest **request)
{
  const char *tenant = g_object_get_data (G_OBJECT (message), DURE_LISTENER_TENANT);
  Errand     *errand;

  if (self->crew == NULL || tenant == NULL)
    return FALSE;
  errand = g_new0 (Errand, 1);
  errand->listener = self;
  errand->message = g_object_ref (message);
  errand->hand = dure_crew_choose (self->crew, tenant);
  errand->request = g_steal_pointer (request);
  g_object_set_data (G_OBJECT (message), HAND_KEY, errand->hand);
  soup_server_message_pause (message);
  send_errand (errand, handle_there, handled_cb);
  return TRUE;
}
