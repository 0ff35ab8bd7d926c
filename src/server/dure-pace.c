/* dure-pace.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The time-out of a socket ends with every byte, so whoever sends, or takes, one a minute holds a connection for ever.
 * Here each connection is looked at a few times in each of its terms. What a request sends is counted by libsoup; what
 * a client has taken of an answer only the kernel knows, which holds much of it back for him. Where the kernel does not
 * tell, nobody is cut off for it.
 *
 * All runs in the main context of the listener.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-pace.h"

#include <glib/gi18n-lib.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "server/dure-response.h"

#define LOOKS_A_TERM 8
#define MOST_TICK_MS 2000
/* Kept with the address of the other side, of which each connection has an object of its own. */
#define VISIT_KEY "dure-visit"

typedef enum
{
  WAITING, /* until something comes */
  HEAD,    /* with what goes before it for TLS */
  BODY,
  ANSWER,
  LIVE,
} Phase;

/* A connection. */
typedef struct
{
  GSocket *socket;
  GWeakRef stream; /* GIOStream that goes over it, with TLS when there is */
  Phase    phase;
  gint64   waited;     /* microseconds in this phase, or since the pace of the body was measured */
  guint64  got;        /* bytes of the body meanwhile */
  guint64  before;     /* all bytes that had come when the waiting began */
  guint64  goal;       /* where the answer has to be with the end of the term; 0 while nothing waits to be taken */
  gint64   out_waited; /* microseconds of that term */
} Visit;

struct _DurePace
{
  DurePaceLimits limits;
  GMainContext  *context;
  GHashTable    *visits; /* set of Visit */
  GSource       *source; /* (nullable) */
  gint64         looked; /* when, monotonic */
  guint          tick_ms;
  guint64        n_cut;
};

static void
visit_clear (gpointer data)
{
  Visit *visit = data;

  g_object_unref (visit->socket);
  g_weak_ref_clear (&visit->stream);
}

static void
visit_unref (gpointer visit)
{
  g_atomic_rc_box_release_full (visit, visit_clear);
}

static void
enter (Visit *visit, Phase phase)
{
  visit->phase = phase;
  visit->waited = 0;
  visit->got = 0;
}

/* Says why, where nothing is being answered yet. */
static void
tell (Visit *visit)
{
  g_autoptr (GIOStream) stream = g_weak_ref_get (&visit->stream);
  g_autoptr (DureResponse) response
      = dure_response_problem (408, "slow", "Too slow",
                               _ ("What was sent came so slowly that the server did not wait for the rest."));
  g_autofree char *text
      = g_strdup_printf ("HTTP/1.1 408 Request Timeout\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT
                         "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n%s",
                         response->type, response->body->len, response->body->str);
  GOutputStream   *out = stream != NULL ? g_io_stream_get_output_stream (stream) : NULL;

  if (G_IS_POLLABLE_OUTPUT_STREAM (out))
    g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (out), text, strlen (text), NULL, NULL);
}

/* libsoup finds the connection shut, and lets go of it. */
static void
cut (DurePace *self, Visit *visit)
{
  self->n_cut++;
  g_socket_shutdown (visit->socket, TRUE, TRUE, NULL);
}

/* What the kernel knows of the connection; zeros when it does not. */
static struct tcp_info
get_info (Visit *visit)
{
  struct tcp_info info = { 0 };
  socklen_t       length = sizeof info;

  getsockopt (g_socket_get_fd (visit->socket), IPPROTO_TCP, TCP_INFO, &info, &length);
  return info;
}

/* Bytes that the kernel holds for the other side. */
static int
count_kept (Visit *visit)
{
  int kept = 0;

  return ioctl (g_socket_get_fd (visit->socket), SIOCOUTQ, &kept) == 0 ? kept : 0;
}

/* Within each term the other side has to take what waited at its beginning, or as much as the rate asks for. */
static gboolean
takes_too_slowly (DurePace *self, Visit *visit, guint kept, gint64 passed)
{
  gint64  term = (gint64)self->limits.slow_ms * 1000;
  guint64 taken = kept > 0 ? get_info (visit).tcpi_bytes_acked : 0;

  if (taken == 0)
    {
      visit->goal = 0;
      return FALSE;
    }
  visit->out_waited += passed;
  if (visit->goal > 0 && visit->out_waited < term)
    return FALSE;
  if (visit->goal > 0 && taken < visit->goal)
    return TRUE;
  visit->goal = taken + MIN (kept, (guint64)self->limits.rate * self->limits.slow_ms / 1000);
  visit->out_waited = 0;
  return FALSE;
}

static void
refuse (DurePace *self, Visit *visit, guint kept)
{
  if (kept == 0)
    tell (visit);
  cut (self, visit);
}

/* Returns whether it goes on. */
static gboolean
look (DurePace *self, Visit *visit, gint64 passed)
{
  const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
  guint               kept = (guint)count_kept (visit);

  /* libsoup does not tell when the first byte comes. */
  if (visit->phase == WAITING && get_info (visit).tcpi_bytes_received > visit->before)
    enter (visit, HEAD);
  visit->waited = visit->phase == WAITING && kept > 0 ? 0 : visit->waited + passed;
  if (takes_too_slowly (self, visit, kept, passed))
    {
      /* Nor does the kernel keep the rest of the answer for him. */
      setsockopt (g_socket_get_fd (visit->socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
      cut (self, visit);
      return FALSE;
    }
  if (visit->phase == WAITING && visit->waited >= (gint64)self->limits.begin_ms * 1000)
    {
      cut (self, visit);
      return FALSE;
    }
  if (visit->phase == HEAD && visit->waited >= (gint64)self->limits.head_ms * 1000)
    {
      refuse (self, visit, kept);
      return FALSE;
    }
  if (visit->phase == BODY && visit->waited >= (gint64)self->limits.slow_ms * 1000)
    {
      if (visit->got < (guint64)self->limits.rate * (guint64)visit->waited / G_USEC_PER_SEC)
        {
          refuse (self, visit, kept);
          return FALSE;
        }
      enter (visit, BODY);
    }
  return TRUE;
}

static gboolean
look_cb (gpointer data)
{
  DurePace *self = data;
  gint64    now = g_get_monotonic_time ();
  /* A server that had no time itself reckons that to nobody. */
  gint64         passed = MIN (now - self->looked, 2000 * (gint64)self->tick_ms);
  GHashTableIter iter;
  gpointer       visit;

  self->looked = now;
  g_hash_table_iter_init (&iter, self->visits);
  while (g_hash_table_iter_next (&iter, &visit, NULL))
    if (g_socket_is_closed (((Visit *)visit)->socket) || !look (self, visit, passed))
      g_hash_table_iter_remove (&iter);
  if (g_hash_table_size (self->visits) > 0)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->source, g_source_unref);
  return G_SOURCE_REMOVE;
}

static void
start (DurePace *self)
{
  if (self->source != NULL)
    return;
  self->looked = g_get_monotonic_time ();
  self->source = g_timeout_source_new (self->tick_ms);
  g_source_set_callback (self->source, look_cb, self, NULL);
  g_source_attach (self->source, self->context);
}

static void
stop (DurePace *self)
{
  if (self->source == NULL)
    return;
  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

/** dure_pace_new: Returns: (transfer full): one for the main context of this thread, with the usual limits */
DurePace *
dure_pace_new (void)
{
  DurePace *self = g_new0 (DurePace, 1);

  self->context = g_main_context_ref_thread_default ();
  self->visits = g_hash_table_new_full (g_direct_hash, g_direct_equal, visit_unref, NULL);
  dure_pace_set_limits (self, &DURE_PACE_LIMITS);
  return self;
}

/** dure_pace_free: connections that are there go on. */
void
dure_pace_free (DurePace *self)
{
  if (self == NULL)
    return;
  stop (self);
  g_hash_table_unref (self->visits);
  g_main_context_unref (self->context);
  g_free (self);
}

/** dure_pace_set_limits: for all connections, from now on. */
void
dure_pace_set_limits (DurePace *self, const DurePaceLimits *limits)
{
  self->limits = *limits;
  self->tick_ms = CLAMP (MIN (MIN (limits->head_ms, limits->slow_ms), limits->begin_ms) / LOOKS_A_TERM, 1, MOST_TICK_MS);
  stop (self);
  if (g_hash_table_size (self->visits) > 0)
    start (self);
}

/**
 * dure_pace_watch:
 * @self: a pace
 * @stream: a connection that was taken, with TLS on it or not
 * @remote: the address of the other side; this object is the connection's alone
 *
 * From now on until it is closed.
 */
void
dure_pace_watch (DurePace *self, GIOStream *stream, GSocketAddress *remote)
{
  g_autoptr (GIOStream) below = NULL;
  Visit *visit;

  if (G_IS_TLS_CONNECTION (stream))
    g_object_get (stream, "base-io-stream", &below, NULL);
  else
    below = g_object_ref (stream);
  visit = g_atomic_rc_box_new0 (Visit);
  visit->socket = g_object_ref (g_socket_connection_get_socket (G_SOCKET_CONNECTION (below)));
  g_weak_ref_init (&visit->stream, stream);
  g_hash_table_add (self->visits, g_atomic_rc_box_acquire (visit));
  g_object_set_data_full (G_OBJECT (remote), VISIT_KEY, visit, visit_unref);
  start (self);
}

static Visit *
find (SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return remote != NULL ? g_object_get_data (G_OBJECT (remote), VISIT_KEY) : NULL;
}

static void
got_headers_cb (SoupServerMessage *message, gpointer visit)
{
  enter (visit, BODY);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer visit)
{
  ((Visit *)visit)->got += g_bytes_get_size (chunk);
}

static void
got_body_cb (SoupServerMessage *message, gpointer visit)
{
  enter (visit, ANSWER);
}

static void
finished_cb (SoupServerMessage *message, gpointer data)
{
  Visit *visit = data;

  enter (visit, WAITING);
  visit->before = get_info (visit).tcpi_bytes_received;
}

static void
handler_gone (gpointer visit, GClosure *closure)
{
  visit_unref (visit);
}

static void
follow (SoupServerMessage *message, const char *signal, GCallback callback, Visit *visit)
{
  g_signal_connect_data (message, signal, callback, g_atomic_rc_box_acquire (visit), handler_gone, 0);
}

/** dure_pace_follow: @message is the next request of a connection that is watched. */
void
dure_pace_follow (SoupServerMessage *message)
{
  Visit *visit = find (message);

  if (visit == NULL)
    return;
  follow (message, "got-headers", G_CALLBACK (got_headers_cb), visit);
  follow (message, "got-chunk", G_CALLBACK (got_chunk_cb), visit);
  follow (message, "got-body", G_CALLBACK (got_body_cb), visit);
  follow (message, "finished", G_CALLBACK (finished_cb), visit);
}

/** dure_pace_be_live: the connection of @message became a live channel, which is pinged. */
void
dure_pace_be_live (SoupServerMessage *message)
{
  Visit *visit = find (message);

  if (visit != NULL)
    enter (visit, LIVE);
}

/** dure_pace_get_cut: Returns: how many connections were cut off so far */
guint64
dure_pace_get_cut (DurePace *self)
{
  return self->n_cut;
}
