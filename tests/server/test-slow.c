/* test-slow.c: who takes his time over a request or an answer is cut off, who is on a slow line is not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Over real sockets, with limits of a fraction of a second. Whoever is to be cut off goes on until he is; that he ever
 * is, is what is asserted, not when.
 */
#include "config.h"

#include <gio/gio.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "server-fixture.h"

#define PATIENCE_SECONDS 100
#define DRIP_US 20000

/* For those who are to be cut off; for those who are not, on a machine that is busy; and for those who wait. */
static const DurePaceLimits strict = { .begin_ms = 1500, .head_ms = 400, .slow_ms = 400, .rate = 1000 };
static const DurePaceLimits fair = { .begin_ms = 60000, .head_ms = 60000, .slow_ms = 2000, .rate = 500 };
static const DurePaceLimits patient = { .begin_ms = 60000, .head_ms = 100, .slow_ms = 100, .rate = 1000 };

typedef struct
{
  TestServer *server;
  Device     *device;
  char       *token;
} Fixture;

static void
set_limits (gpointer server, gpointer limits)
{
  dure_pace_set_limits (dure_listener_get_pace (((TestServer *)server)->listener), limits);
}

static void
set_certificate (gpointer server, gpointer data)
{
  g_autofree char *folder = g_build_filename (g_getenv ("DURE_SOURCE_DIR"), "tests", "server", "tls", NULL);
  g_autofree char *certificate = g_build_filename (folder, "certificate.pem", NULL);
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autoptr (GError) error = NULL;

  dure_acceptor_set_certificate (dure_listener_get_acceptor (((TestServer *)server)->listener), certificate, key,
                                 &error);
  g_assert_no_error (error);
}

static void
get_cut (gpointer server, gpointer data)
{
  *(guint64 *)data = dure_pace_get_cut (dure_listener_get_pace (((TestServer *)server)->listener));
}

static guint64
count_cut (Fixture *fixture)
{
  guint64 n;

  test_server_call (fixture->server, get_cut, &n);
  return n;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  /* Answers come from a thread of their own, as in dured. */
  fixture->server = test_server_new_with_hands (2);
  fixture->device = device_new ();
  device_enrol (fixture->device, fixture->server->uri, "kim");
  fixture->token = device_token (fixture->device);
  test_server_call (fixture->server, set_limits, (gpointer)data);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  device_free (fixture->device);
  test_server_free (fixture->server);
  g_free (fixture->token);
}

/* A socket that keeps little for who does not read. */
static GSocket *
knock (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint16 port = (guint16)atoi (strrchr (fixture->server->uri, ':') + 1);
  g_autoptr (GInetAddress) host = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (host, port);
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, 4096, NULL);
  g_socket_set_timeout (socket, PATIENCE_SECONDS);
  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  return socket;
}

static void
say (GSocket *socket, const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;

  for (gsize sent = 0; sent < length;)
    {
      gssize n = g_socket_send (socket, text + sent, length - sent, NULL, &error);

      g_assert_no_error (error);
      sent += (gsize)n;
    }
}

/* What comes until the other side hangs up. */
static char *
hear (GSocket *socket)
{
  g_autoptr (GString) all = g_string_new (NULL);
  char part[4096];

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_socket_receive (socket, part, sizeof part, NULL, &error);

      g_assert_false (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
      if (n <= 0)
        return g_string_free (g_steal_pointer (&all), FALSE);
      g_string_append_len (all, part, n);
    }
}

/* Says @text, then @drip again and again, until the other side hangs up. */
static char *
drip (GSocket *socket, const char *text, const char *more)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;

  say (socket, text, strlen (text));
  while (g_socket_condition_check (socket, G_IO_IN | G_IO_HUP) == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_socket_send (socket, more, strlen (more), NULL, NULL);
      g_usleep (DRIP_US);
    }
  return hear (socket);
}

static void
assert_well (Fixture *fixture)
{
  static const char request[] = "GET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  g_autoptr (GSocket) socket = knock (fixture);
  g_autofree char *answer = NULL;

  say (socket, request, strlen (request));
  answer = hear (socket);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
}

static void
assert_too_slow (const char *answer)
{
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 408 Request Timeout\r\n"));
  g_assert_nonnull (strstr (answer, "\r\nContent-Type: application/problem+json\r\n"));
  g_assert_nonnull (strstr (answer, "{\"type\":\"urn:dure:problem:slow\","));
  g_assert_true (g_str_has_suffix (answer, "}\n"));
}

static void
test_head (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) socket = knock (fixture);
  g_autofree char *answer = drip (socket, "GET /v1/health HTTP/1.1\r\nHost: x\r\n", "A: b\r\n");

  assert_too_slow (answer);
  g_assert_cmpuint (count_cut (fixture), ==, 1);
  assert_well (fixture);
}

static void
test_body (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) socket = knock (fixture);
  g_autofree char *answer
      = drip (socket, "POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n", "{");

  assert_too_slow (answer);
  g_assert_cmpuint (count_cut (fixture), ==, 1);
  assert_well (fixture);
}

/* What was fast for a while is no credit. */
static void
test_body_that_slows_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) socket = knock (fixture);
  g_autofree char *much = g_strnfill (50000, '{');
  g_autofree char *text
      = g_strconcat ("POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n", much, NULL);
  g_autofree char *answer = drip (socket, text, "{");

  assert_too_slow (answer);
}

/* Somebody who has connected and says nothing, though the certificate's greeting drips. */
static void
test_greeting (Fixture *fixture, gconstpointer data)
{
  /* The head of a record of TLS with 512 bytes to come. */
  static const char      record[] = { 0x16, 0x03, 0x01, 0x02, 0x00 };
  gint64                 end = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;
  g_autoptr (GSocket) socket = NULL;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("no library for TLS");
      return;
    }
  test_server_call (fixture->server, set_certificate, NULL);
  socket = knock (fixture);
  say (socket, record, sizeof record);
  while (g_socket_condition_check (socket, G_IO_IN | G_IO_HUP) == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_socket_send (socket, "\1", 1, NULL, NULL);
      g_usleep (DRIP_US);
    }
  g_assert_cmpuint (count_cut (fixture), ==, 1);
}

/* A file of so many bytes; its name. */
static char *
put_file (Fixture *fixture, gsize size)
{
  g_autoptr (GSocket) socket = knock (fixture);
  g_autofree char *bytes = g_malloc (size);
  g_autofree char *name = NULL;
  g_autofree char *head = NULL;
  g_autofree char *answer = NULL;

  for (gsize i = 0; i < size; i++)
    bytes[i] = (char)(i * 2654435761u >> 7);
  name = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, size);
  head = g_strdup_printf ("PUT /v1/blobs/%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type:"
                          " application/octet-stream\r\nContent-Length: %" G_GSIZE_FORMAT "\r\nConnection: close\r\n\r\n",
                          name, fixture->token, size);
  say (socket, head, strlen (head));
  say (socket, bytes, size);
  answer = hear (socket);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
  return g_steal_pointer (&name);
}

static GSocket *
ask_for_file (Fixture *fixture, const char *name)
{
  GSocket         *socket = knock (fixture);
  g_autofree char *head = g_strdup_printf ("GET /v1/blobs/%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                                           "Connection: close\r\n\r\n",
                                           name, fixture->token);

  say (socket, head, strlen (head));
  return socket;
}

/* Takes @part bytes, waits, and so on, until the other side hangs up; returns how many came. */
static gsize
sip (GSocket *socket, gsize part, gulong wait_us)
{
  gint64           end = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;
  g_autofree char *bytes = g_malloc (part);
  gsize            all = 0;

  for (;;)
    {
      gssize n = g_socket_receive (socket, bytes, part, NULL, NULL);

      if (n <= 0)
        return all;
      all += (gsize)n;
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      /* What the kernel has got before is still there. */
      if (g_socket_condition_check (socket, G_IO_HUP) == 0)
        g_usleep (wait_us);
    }
}

static void
test_answer (Fixture *fixture, gconstpointer data)
{
  const gsize      size = 4 * 1024 * 1024;
  g_autofree char *name = put_file (fixture, size);
  g_autoptr (GSocket) socket = ask_for_file (fixture, name);

  test_server_call (fixture->server, set_limits, (gpointer)&strict);
  g_assert_cmpuint (sip (socket, 1, DRIP_US), <, size);
  g_assert_cmpuint (count_cut (fixture), ==, 1);
  assert_well (fixture);
}

/* A line of 30 kB a second, which is far above the limit, sends and takes a file. */
static void
test_slow_line (Fixture *fixture, gconstpointer data)
{
  const gsize      size = 60000;
  g_autofree char *body = g_strnfill (size, '{');
  g_autofree char *name = put_file (fixture, 90000);
  g_autoptr (GSocket) down = ask_for_file (fixture, name);
  g_autoptr (GSocket) up = NULL;
  g_autofree char *answer = NULL;
  static const char head[]
      = "POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\nConnection: close\r\n\r\n";

  g_assert_cmpuint (sip (down, 3000, 100000), >, 90000);
  up = knock (fixture);
  say (up, head, strlen (head));
  for (gsize sent = 0; sent < size; sent += 3000)
    {
      say (up, body + sent, 3000);
      g_usleep (100000);
    }
  answer = hear (up);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400"));
  g_assert_cmpuint (count_cut (fixture), ==, 0);
}

/* What comes up to @end; what is no text of it is left out. */
static char *
hear_until (GSocket *socket, const char *end)
{
  g_autoptr (GString) heard = g_string_new (NULL);

  while (strstr (heard->str, end) == NULL)
    {
      char byte;

      g_assert_cmpint (g_socket_receive (socket, &byte, 1, NULL, NULL), ==, 1);
      if (byte != '\0')
        g_string_append_c (heard, byte);
    }
  return g_string_free (g_steal_pointer (&heard), FALSE);
}

/* A live channel on which nothing is said for many terms goes on; who connects and only later asks is answered; who
 * never does is cut off. */
static void
test_quiet (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) live = knock (fixture);
  g_autoptr (GSocket) later = knock (fixture);
  g_autoptr (GSocket) never = NULL;
  g_autofree char *head = g_strdup_printf ("GET /v1/live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nConnection: Upgrade\r\n"
                                           "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                                           fixture->token);
  static const char health[] = "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n";
  g_autofree char *opened = NULL;
  g_autofree char *answer = NULL;

  say (live, head, strlen (head));
  opened = hear_until (live, "\r\n\r\n");
  g_assert_true (g_str_has_prefix (opened, "HTTP/1.1 101"));
  /* Several terms of a head, a body and an answer. */
  g_usleep (800000);
  say (later, health, strlen (health));
  answer = hear (later);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
  g_assert_cmpuint (count_cut (fixture), ==, 0);
  test_server_call (fixture->server, set_limits, (gpointer)&strict);
  never = knock (fixture);
  g_free (hear (never));
  g_assert_cmpuint (count_cut (fixture), ==, 1);
  test_server_call (fixture->server, set_limits, (gpointer)&fair);
  g_free (device_add_agency (fixture->device, "하나복지관"));
  device_round (fixture->device);
  g_free (hear_until (live, "{\"seq\":1}"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/server/slow/head", Fixture, &strict, set_up, test_head, tear_down);
  g_test_add ("/server/slow/body", Fixture, &strict, set_up, test_body, tear_down);
  g_test_add ("/server/slow/body-that-slows-down", Fixture, &strict, set_up, test_body_that_slows_down, tear_down);
  g_test_add ("/server/slow/greeting", Fixture, &strict, set_up, test_greeting, tear_down);
  g_test_add ("/server/slow/answer", Fixture, &fair, set_up, test_answer, tear_down);
  g_test_add ("/server/slow/slow-line", Fixture, &fair, set_up, test_slow_line, tear_down);
  g_test_add ("/server/slow/quiet", Fixture, &patient, set_up, test_quiet, tear_down);
  return g_test_run ();
}
