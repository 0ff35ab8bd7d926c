/* test-live.c: the live channel
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <libsoup/soup.h>

#include "server-fixture.h"
#include "sync/dure-live.h"

typedef struct
{
  gint64   seq;
  gboolean closed;
} Heard;

static void
moved_cb (DureLive *live, gint64 seq, gpointer data)
{
  ((Heard *)data)->seq = seq;
}

static void
closed_cb (DureLive *live, gpointer data)
{
  ((Heard *)data)->closed = TRUE;
}

/* Waits at most so many milliseconds for the number, or for the end. */
static void
wait_for (Heard *heard, gint64 seq, guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (heard->seq < seq && !heard->closed && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
}

static DureLive *
listen (const char *uri, const char *token, Heard *heard)
{
  DureLive *live = dure_live_new (uri, token, NULL, NULL);

  g_signal_connect (live, "moved", G_CALLBACK (moved_cb), heard);
  g_signal_connect (live, "closed", G_CALLBACK (closed_cb), heard);
  return live;
}

static void
test_within_a_second (void)
{
  TestServer      *server = test_server_new ();
  Device          *a = device_new ();
  Device          *b = device_new ();
  Heard            heard = { 0 };
  g_autofree char *token = NULL;
  g_autofree char *id = NULL;
  g_autoptr (DureLive) live = NULL;

  device_enrol (a, server->uri, "kim");
  device_enrol (b, server->uri, "lee");
  token = device_token (b);
  live = listen (server->uri, token, &heard);
  wait_for (&heard, 1, 300);
  id = device_add_agency (a, "하나복지관");
  device_round (a);
  wait_for (&heard, 1, 1000);
  g_assert_cmpint (heard.seq, ==, 1);
  g_assert_false (heard.closed);
  /* The server goes: the device hears of that too. */
  test_server_stop (server);
  wait_for (&heard, 2, 3000);
  g_assert_true (heard.closed);
  dure_live_stop (live);
  device_free (a);
  device_free (b);
  test_server_free (server);
}

static void
test_strangers (void)
{
  TestServer *server = test_server_new ();
  Heard       heard = { 0 };
  g_autoptr (DureLive) live = listen (server->uri, "0123456789", &heard);

  wait_for (&heard, 1, 3000);
  g_assert_true (heard.closed);
  g_assert_cmpint (heard.seq, ==, 0);
  test_server_free (server);
}

static guint
status_of (const char *uri, const char *method, const char *path, gsize length)
{
  g_autofree char *whole = g_strconcat (uri, path, NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (method, whole);
  g_autofree char *body = g_strnfill (length, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new (body, length);
  g_autoptr (GBytes) answer = NULL;

  soup_message_set_request_body_from_bytes (message, "text/plain", bytes);
  answer = soup_session_send_and_read (session, message, NULL, NULL);
  g_assert_nonnull (answer);
  return soup_message_get_status (message);
}

/* Nothing large of a stranger's is kept. */
static void
test_large_bodies (void)
{
  TestServer *server = test_server_new ();

  g_assert_cmpuint (status_of (server->uri, "POST", "/v1/changes", 100 * 1024), ==, 401);
  g_assert_cmpuint (status_of (server->uri, "POST", "/v1/enrol", 100 * 1024), ==, 413);
  g_assert_cmpuint (status_of (server->uri, "POST", "/v1/live", 100 * 1024), ==, 401);
  g_assert_cmpuint (status_of (server->uri, "GET", "/v1/live", 0), ==, 401);
  g_assert_cmpuint (status_of (server->uri, "POST", "/", 100 * 1024), ==, 413);
  g_assert_cmpuint (status_of (server->uri, "POST", "/v1/enrol", 100), ==, 415);
  test_server_free (server);
}

static void
test_stopped_early (void)
{
  TestServer *server = test_server_new ();
  Heard       heard = { 0 };
  DureLive   *live = listen (server->uri, "0123456789", &heard);
  gpointer    weak = live;

  g_object_add_weak_pointer (G_OBJECT (live), &weak);
  dure_live_stop (live);
  g_object_unref (live);
  wait_for (&heard, 1, 300);
  g_assert_false (heard.closed);
  g_assert_null (weak);
  test_server_free (server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/live/within-a-second", test_within_a_second);
  g_test_add_func ("/server/live/strangers", test_strangers);
  g_test_add_func ("/server/live/large-bodies", test_large_bodies);
  g_test_add_func ("/server/live/stopped-early", test_stopped_early);
  return g_test_run ();
}
