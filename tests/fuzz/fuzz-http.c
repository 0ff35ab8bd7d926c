/* fuzz-http.c: any bytes at all on a connection of the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bytes come from a real socket and go through libsoup to the listener: heads, tokens, packed bodies, the opening
 * of live channels. Then the other side hangs up. What comes back is HTTP, without a fault of the server, and the
 * server hangs up, too.
 */
#include "config.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz-fixture.h"
#include "fuzz-storage.h"
#include "server/dure-listener.h"

#define MOST_SECONDS 10

static DureListener *listener;

static void
start (void)
{
  g_autoptr (DureStorage) storage = fuzz_storage_new ();
  g_autoptr (DureServer) server = dure_server_new (storage);
  g_autoptr (GError) error = NULL;

  listener = dure_listener_new (server);
  dure_acceptor_listen (dure_listener_get_acceptor (listener), "localhost", 0, &error);
  g_assert_no_error (error);
  dure_listener_set_metrics (listener, TRUE);
}

static void
stop (void)
{
  dure_listener_stop (listener);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&listener);
}

static gboolean
late_cb (gpointer data)
{
  g_error ("the server does not hang up");
  return G_SOURCE_REMOVE;
}

/* Only wakes the main loop. */
static gboolean
readable_cb (GSocket *socket, GIOCondition condition, gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Reads until the other side hangs up, while the server runs in the same thread. */
static void
read_all (GSocket *socket, GByteArray *all)
{
  g_autoptr (GSource) readable = g_socket_create_source (socket, G_IO_IN, NULL);
  guint  late = g_timeout_add_seconds (MOST_SECONDS, late_cb, NULL);
  guint8 part[4096];

  g_source_set_callback (readable, G_SOURCE_FUNC (readable_cb), NULL, NULL);
  g_source_attach (readable, NULL);
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_socket_receive (socket, (char *)part, sizeof part, NULL, &error);

      if (n > 0)
        g_byte_array_append (all, part, (guint)n);
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        g_main_context_iteration (NULL, TRUE);
      else
        break;
    }
  g_source_destroy (readable);
  g_source_remove (late);
}

static void
check_answer (GByteArray *all)
{
  static const char head[] = "HTTP/1.";
  const char       *text = (const char *)all->data;

  if (all->len == 0)
    return;
  if (all->len < 12 || memcmp (text, head, strlen (head)) != 0 || atoi (text + 9) < 100)
    g_error ("no HTTP: %.*s", (int)MIN (all->len, 100), text);
  if (atoi (text + 9) == 500)
    g_error ("a fault of the server: %.*s", (int)MIN (all->len, 1000), text);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  GSocket *socket;

  if (size > 64 * 1024)
    return 0;
  start ();
  uri = dure_acceptor_get_uri (dure_listener_get_acceptor (listener));
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_uri (client, uri, 80, NULL, &error);
  g_assert_no_error (error);
  socket = g_socket_connection_get_socket (connection);
  g_socket_set_blocking (socket, FALSE);
  if (size > 0)
    g_socket_send (socket, (const char *)data, size, NULL, NULL);
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
  read_all (socket, all);
  check_answer (all);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  stop ();
  return 0;
}
