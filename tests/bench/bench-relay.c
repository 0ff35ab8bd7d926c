/* bench-relay.c: passes connections on and counts their bytes, both ways
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Headers count, too; those of TCP do not. What is timed does not go through here.
 */
#include "config.h"

#include "bench-sync.h"

struct _BenchRelay
{
  char  *to;
  gint64 bytes; /* of all threads, under the lock */
  GMutex lock;
};

typedef struct
{
  BenchRelay        *relay;
  GSocketConnection *from, *to;
} Way;

static gpointer
pass (gpointer data)
{
  Way          *way = data;
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (way->from));
  char          part[16384];
  gssize        n;

  while ((n = g_input_stream_read (in, part, sizeof part, NULL, NULL)) > 0)
    {
      g_mutex_lock (&way->relay->lock);
      way->relay->bytes += n;
      g_mutex_unlock (&way->relay->lock);
      if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (way->to)), part, (gsize)n, NULL,
                                      NULL, NULL))
        break;
    }
  g_socket_shutdown (g_socket_connection_get_socket (way->to), FALSE, TRUE, NULL);
  g_object_unref (way->from);
  g_object_unref (way->to);
  g_free (way);
  return NULL;
}

static void
start_way (BenchRelay *self, GSocketConnection *from, GSocketConnection *to)
{
  Way *way = g_new (Way, 1);

  *way = (Way){ self, g_object_ref (from), g_object_ref (to) };
  g_thread_unref (g_thread_new ("way", pass, way));
}

static gboolean
run_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  BenchRelay *self = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) there = g_socket_client_connect_to_uri (client, self->to, 80, NULL, NULL);

  if (there == NULL)
    return TRUE;
  start_way (self, connection, there);
  start_way (self, there, connection);
  return TRUE;
}

static gpointer
serve (gpointer data)
{
  GMainLoop *loop = g_main_loop_new (data, FALSE);

  g_main_loop_run (loop);
  return NULL;
}

/* It runs until the program ends. */
BenchRelay *
bench_relay_start (const char *to, char **uri)
{
  BenchRelay     *self = g_new0 (BenchRelay, 1);
  GMainContext   *context = g_main_context_new ();
  GSocketService *service;
  guint16         port;

  g_mutex_init (&self->lock);
  self->to = g_strdup (to);
  g_main_context_push_thread_default (context);
  service = g_threaded_socket_service_new (64);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_signal_connect (service, "run", G_CALLBACK (run_cb), self);
  g_socket_service_start (service);
  g_main_context_pop_thread_default (context);
  g_thread_unref (g_thread_new ("relay", serve, context));
  *uri = g_strdup_printf ("http://127.0.0.1:%u", port);
  return self;
}

/* How many bytes went through since this was last asked. */
gint64
bench_relay_take_bytes (BenchRelay *self)
{
  gint64 bytes;

  g_mutex_lock (&self->lock);
  bytes = self->bytes;
  self->bytes = 0;
  g_mutex_unlock (&self->lock);
  return bytes;
}
