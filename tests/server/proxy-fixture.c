/* proxy-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "config.h"

#include "proxy-fixture.h"

#include <string.h>

static gpointer
hand_back (gpointer data)
{
  GSocket **ends = data;
  char      buffer[8192];
  gssize    n;

  while ((n = g_socket_receive (ends[1], buffer, sizeof buffer, NULL, NULL)) > 0)
    for (gssize sent = 0, m; sent < n; sent += m)
      if ((m = g_socket_send (ends[0], buffer + sent, (gsize)(n - sent), NULL, NULL)) <= 0)
        return NULL;
  g_socket_shutdown (ends[0], TRUE, TRUE, NULL);
  return NULL;
}

static gboolean
through_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  static const char refusal[] = "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"city\"\r\nContent-Length: 0\r\n"
                                "Connection: close\r\n\r\n";
  static const char open[] = "HTTP/1.1 200 Open\r\n\r\n";
  TestProxy  *self = data;
  GSocket    *ends[2] = { g_socket_connection_get_socket (connection), NULL };
  char        head[16384];
  gssize      n = g_socket_receive (ends[0], head, sizeof head - 1, NULL, NULL);
  gboolean    tunnel = n > 8 && memcmp (head, "CONNECT ", 8) == 0;
  const char *host = n <= 8 ? NULL : tunnel ? head + 1 : memmem (head, (gsize)n, "http://", 7);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) other = NULL;
  g_autofree char *address = NULL;
  GThread         *back;

  if (host == NULL)
    return TRUE;
  head[n] = '\0';
  if (self->wants != NULL && strstr (head, self->wants) == NULL)
    {
      g_socket_send (ends[0], refusal, sizeof refusal - 1, NULL, NULL);
      return TRUE;
    }
  address = g_strndup (host + 7, strcspn (host + 7, "/ "));
  other = g_socket_client_connect_to_host (client, address, 80, NULL, NULL);
  if (other == NULL)
    return TRUE;
  g_atomic_int_inc (&self->n_through);
  ends[1] = g_socket_connection_get_socket (other);
  if (tunnel)
    {
      g_socket_send (ends[0], open, sizeof open - 1, NULL, NULL);
      n = 0;
    }
  back = g_thread_new ("back", hand_back, ends);
  do
    for (gssize sent = 0, m; sent < n; sent += m)
      if ((m = g_socket_send (ends[1], head + sent, (gsize)(n - sent), NULL, NULL)) <= 0)
        break;
  while ((n = g_socket_receive (ends[0], head, sizeof head - 1, NULL, NULL)) > 0);
  g_socket_shutdown (ends[1], TRUE, TRUE, NULL);
  g_thread_join (back);
  return TRUE;
}

static gpointer
run_proxy (gpointer data)
{
  TestProxy *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
test_proxy_start (TestProxy *self)
{
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->service = g_threaded_socket_service_new (50);
  self->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, NULL);
  g_signal_connect (self->service, "run", G_CALLBACK (through_cb), self);
  g_socket_service_start (self->service);
  g_main_context_pop_thread_default (self->context);
  self->thread = g_thread_new ("proxy", run_proxy, self);
}

void
test_proxy_stop (TestProxy *self)
{
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
}
