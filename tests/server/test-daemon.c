/* test-daemon.c: dured as a process: statuses, a graceful stop, and being killed at any moment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

#include "base/dure-error.h"
#include "daemon-fixture.h"
#include "proxy-fixture.h"
#include "sync/dure-root.h"

static void
set_up (Daemon *daemon, gconstpointer data)
{
  daemon->directory = g_dir_make_tmp ("dured-XXXXXX", NULL);
  daemon->storage = test_storage_new (daemon->directory);
  g_assert_cmpint (dured_run (NULL, NULL, "--storage", daemon->storage, "tenant", "add", TENANT, NULL), ==, 0);
  g_assert_cmpint (
      dured_run (PASSWORD "\n", NULL, "--storage", daemon->storage, "--role", "editor", "user", "add", TENANT, "kim", NULL),
      ==, 0);
}

static void
tear_down (Daemon *daemon, gconstpointer data)
{
  g_clear_object (&daemon->process);
  remove_directory (daemon->directory);
  g_free (daemon->directory);
  g_free (daemon->storage);
  g_free (daemon->uri);
}

static void
assert_refused (int status, int expected, char *said)
{
  g_autofree char *text = said;

  g_assert_cmpint (status, ==, expected);
  g_assert_true (g_str_has_prefix (text, "dured: "));
  g_assert_true (g_str_has_suffix (text, ".\n"));
}

static void
test_statuses (Daemon *daemon, gconstpointer data)
{
  const char      *s = daemon->storage;
  g_autofree char *busy = NULL;
  char            *said;
  int              status;

  status = dured_run (NULL, &said, "serve", NULL);
  assert_refused (status, 2, said);
  status = dured_run (NULL, &said, "--storage", "paper:x", "serve", NULL);
  assert_refused (status, 2, said);
  status = dured_run (NULL, &said, "--storage", s, NULL);
  assert_refused (status, 2, said);
  status = dured_run (NULL, &said, "--storage", s, "fly", NULL);
  assert_refused (status, 2, said);
  status = dured_run (NULL, &said, "--storage", s, "tenant", "add", TENANT, NULL);
  assert_refused (status, 1, said);
  status = dured_run (NULL, &said, "--storage", s, "tenant", "add", "../x", NULL);
  assert_refused (status, 2, said);
  status = dured_run ("long enough\n", &said, "--storage", s, "user", "add", "nowhere", "kim", NULL);
  assert_refused (status, 1, said);
  status = dured_run ("short\n", &said, "--storage", s, "user", "add", TENANT, "lee", NULL);
  assert_refused (status, 2, said);
  status = dured_run ("", &said, "--storage", s, "user", "add", TENANT, "lee", NULL);
  assert_refused (status, 2, said);
  status = dured_run ("long enough\n", &said, "--storage", s, "--role", "king", "user", "add", TENANT, "lee", NULL);
  assert_refused (status, 2, said);
  status = dured_run (NULL, &said, "--storage", s, "device", "list", "nowhere", NULL);
  assert_refused (status, 1, said);
  status = dured_run (NULL, &said, "--storage", s, "device", "revoke", TENANT, "00000000000000aa", NULL);
  assert_refused (status, 1, said);
  status = dured_run (NULL, &said, "--storage", s, "device", "revoke", "../x", "00000000000000aa", NULL);
  assert_refused (status, 1, said);
  status = dured_run (NULL, &said, "--storage", s, "--listen", "nonsense", "serve", NULL);
  assert_refused (status, 2, said);
  dured_start (daemon);
  busy = g_strdup_printf ("127.0.0.1:%u", daemon->port);
  status = dured_run (NULL, &said, "--storage", s, "--listen", busy, "serve", NULL);
  assert_refused (status, 1, said);
  g_subprocess_force_exit (daemon->process);
  g_subprocess_wait (daemon->process, NULL, NULL);
}

static void
test_graceful_stop (Daemon *daemon, gconstpointer data)
{
  Device          *device = device_new ();
  g_autofree char *id = device_add_agency (device, "하나복지관");

  dured_start (daemon);
  device_enrol (device, daemon->uri, "kim");
  device_round (device);
  g_subprocess_send_signal (daemon->process, SIGTERM);
  g_subprocess_wait (daemon->process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (daemon->process));
  g_assert_cmpint (g_subprocess_get_exit_status (daemon->process), ==, 0);
  device_free (device);
}

static gpointer
kill_soon (gpointer data)
{
  Daemon *daemon = data;

  g_usleep ((gulong)g_test_rand_int_range (0, 25000));
  g_subprocess_force_exit (daemon->process);
  return NULL;
}

/* kill -9 of the server at random moments of a round; then all is there, once. */
static void
test_killed (Daemon *daemon, gconstpointer data)
{
  Device          *a = device_new ();
  Device          *b = device_new ();
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  guint            n_broken = 0;

  dured_start (daemon);
  device_enrol (a, daemon->uri, "kim");
  device_enrol (b, daemon->uri, "kim");
  for (guint i = 0; i < 12; i++)
    {
      Device  *device = i % 2 == 0 ? a : b;
      GThread *killer;
      g_auto (DureSyncResult) result = { 0 };
      g_autoptr (GError) error = NULL;

      for (guint n = 0; n < 60; n++)
        {
          g_autofree char *name = g_strdup_printf ("기관 %u-%u호", i, n);
          g_autofree char *id = device_add_agency (device, name);
        }
      killer = g_thread_new ("killer", kill_soon, daemon);
      if (!device_try (device, &result, &error))
        {
          g_assert_error (error, DURE_ERROR, DURE_ERROR_UNREACHABLE);
          n_broken++;
        }
      g_thread_join (killer);
      g_subprocess_wait (daemon->process, NULL, NULL);
      g_clear_object (&daemon->process);
      dured_start (daemon);
    }
  g_test_message ("%u rounds broke off", n_broken);
  device_round (a);
  device_round (b);
  device_round (a);
  one = device_dump (a);
  two = device_dump (b);
  g_assert_cmpstr (one, ==, two);
  {
    g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);

    g_assert_cmpint (dure_store_count (a->store, query, NULL), ==, 12 * 60);
  }
  g_subprocess_send_signal (daemon->process, SIGTERM);
  g_subprocess_wait (daemon->process, NULL, NULL);
  g_assert_cmpint (dured_run (NULL, NULL, "--storage", daemon->storage, "log", "verify", NULL), ==, 0);
  device_free (a);
  device_free (b);
}

static char *
write_settings (Daemon *daemon, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (daemon->directory, "dured.conf", NULL);

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* The file that is installed says nothing that the program does not know; a wrong one is refused with its name. */
static void
test_settings (Daemon *daemon, gconstpointer data)
{
  static const char *const wrong[] = {
    "[dured]\nstroage=sqlite:x\n", "[server]\nstorage=sqlite:x\n", "[dured]\nmost-connections=-1\n",
    "[dured]\nmetrics=maybe\n",    "nonsense\n",                    "[dured]\ntls-key=key.pem\nstorage=sqlite:%s\n",
  };
  g_autofree char *installed = g_build_filename (g_getenv ("DURE_SOURCE_DIR"), "data", "dured.conf", NULL);
  char            *said;
  int              status;

  g_assert_cmpint (dured_run (NULL, NULL, "--config", installed, "--storage", daemon->storage, "tenant", "list", NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = write_settings (daemon, wrong[i]);

      status = dured_run (NULL, &said, "--config", path, "--storage", daemon->storage, "serve", NULL);
      assert_refused (status, 2, said);
    }
  status = dured_run (NULL, &said, "--config", "/nowhere/dured.conf", "--storage", daemon->storage, "serve", NULL);
  assert_refused (status, 2, said);
}

static guint
get (SoupSession *session, const char *uri, const char *path, char **body, GError **error)
{
  g_autofree char *address = g_strconcat (uri, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GBytes) bytes = soup_session_send_and_read (session, message, NULL, error);

  if (bytes == NULL)
    return 0;
  if (body != NULL)
    *body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return soup_message_get_status (message);
}

/* Through a proxy, what goes to a server with a certificate goes through a tunnel, and the proxy sees no token. */
static void
assert_tunnels (Device *device)
{
  TestProxy        proxy = { .wants = "Proxy-Authorization: Basic a2ltOnNlY3JldC13b3Jk" };
  g_autofree char *address = NULL;
  g_autofree char *without = NULL;
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  test_proxy_start (&proxy);
  without = g_strdup_printf ("127.0.0.1:%u", proxy.port);
  address = g_strdup_printf ("http://kim:secret-word@127.0.0.1:%u", proxy.port);
  g_assert_true (dure_sync_set_proxy (device->store, without, NULL));
  g_assert_false (device_try (device, &result, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_UNREACHABLE);
  g_assert_cmpstr (result.problem, ==, "proxy");
  g_assert_true (dure_sync_set_proxy (device->store, address, NULL));
  device_round (device);
  g_assert_cmpint (g_atomic_int_get (&proxy.n_through), >, 0);
  test_proxy_stop (&proxy);
}

/* A device that was given the root certificate sends and takes; one that was not sends nothing. */
static void
assert_enrols_with_root (const char *uri, const char *certificate, const char *no_certificate)
{
  Device          *device = device_new ();
  g_autofree char *root = NULL;
  DureEnrol        enrol = { uri, TENANT, "kim", PASSWORD, "PC", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_false (dure_sync_enrol (device->store, &enrol, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "root certificate"));
  g_clear_error (&error);
  g_assert_null (dure_root_read (no_certificate, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (dure_root_read ("/nowhere.pem", &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  root = dure_root_read (certificate, &error);
  g_assert_no_error (error);
  enrol.root = root;
  dure_sync_enrol (device->store, &enrol, NULL, &error);
  g_assert_no_error (error);
  device_round (device);
  assert_tunnels (device);
  device_free (device);
}

/* TLS by itself: only who trusts its certificate gets an answer; SIGHUP reads it anew. */
static void
test_tls (Daemon *daemon, gconstpointer data)
{
  const char      *source = g_getenv ("DURE_SOURCE_DIR");
  g_autofree char *certificate = g_build_filename (source, "tests", "server", "tls", "certificate.pem", NULL);
  g_autofree char *key = g_build_filename (source, "tests", "server", "tls", "key.pem", NULL);
  g_autofree char *text = g_strdup_printf ("[dured]\nstorage=%s\nlisten=127.0.0.1:0\ntls-certificate=%s\ntls-key=%s\n"
                                           "metrics=yes\n",
                                           daemon->storage, certificate, key);
  g_autofree char *settings = write_settings (daemon, text);
  g_autofree char *metrics = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) trusted = NULL;
  g_autoptr (SoupSession) stranger = soup_session_new ();
  g_autoptr (SoupSession) friend = NULL;
  char *said;
  int   status;

  status = dured_run (NULL, &said, "--storage", daemon->storage, "--tls-certificate", key, "--tls-key", certificate, "serve", NULL);
  assert_refused (status, 1, said);
  trusted = g_tls_file_database_new (certificate, &error);
  g_assert_no_error (error);
  friend = soup_session_new_with_options ("tls-database", trusted, NULL);
  daemon->process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, dured_program, "--config", settings, "serve", NULL);
  g_assert_no_error (error);
  dured_read_uri (daemon);
  g_assert_true (g_str_has_prefix (daemon->uri, "https://"));
  g_assert_cmpuint (get (stranger, daemon->uri, "/v1/health", NULL, &error), ==, 0);
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_clear_error (&error);
  g_assert_cmpuint (get (friend, daemon->uri, "/v1/health", NULL, &error), ==, 200);
  assert_enrols_with_root (daemon->uri, certificate, key);
  g_subprocess_send_signal (daemon->process, SIGHUP);
  g_usleep (100000);
  soup_session_abort (friend);
  g_assert_cmpuint (get (friend, daemon->uri, "/v1/health", NULL, &error), ==, 200);
  g_assert_cmpuint (get (friend, daemon->uri, "/metrics", &metrics, &error), ==, 200);
  g_assert_nonnull (strstr (metrics, "dured_requests_total{method=\"GET\",path=\"/v1/health\",status=\"200\"} 2\n"));
  g_subprocess_send_signal (daemon->process, SIGTERM);
  g_subprocess_wait (daemon->process, NULL, NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (daemon->process), ==, 0);
}

static GSocketConnection *
knock (Daemon *daemon)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_timeout (client, 10);
  return g_socket_client_connect_to_uri (client, daemon->uri, 80, NULL, NULL);
}

/* Whether the server shuts the connection within ten seconds. */
static gboolean
is_shut (GSocketConnection *connection)
{
  char    byte;
  GError *error = NULL;
  gssize  n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), &byte, 1, NULL, &error);
  gboolean late = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);

  g_clear_error (&error);
  return n <= 0 && !late;
}

/* Who finds no place is sent away; who says nothing, or stops in the middle of a word, loses his, and others come in. */
static void
test_connections (Daemon *daemon, gconstpointer data)
{
  static const char half[] = "POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Le";
  g_autofree char *text = g_strdup_printf ("[dured]\nstorage=%s\nlisten=127.0.0.1:0\nmost-connections=3\nsilent-seconds=2\n",
                                           daemon->storage);
  g_autofree char *settings = write_settings (daemon, text);
  GSocketConnection *held[3];
  g_autoptr (GSocketConnection) fourth = NULL;
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GError) error = NULL;

  daemon->process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, dured_program, "--config", settings, "serve", NULL);
  g_assert_no_error (error);
  dured_read_uri (daemon);
  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    {
      held[i] = knock (daemon);
      g_assert_nonnull (held[i]);
    }
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (held[0])), half, strlen (half), NULL, NULL, NULL);
  g_usleep (200000);
  fourth = knock (daemon);
  g_assert_true (fourth == NULL || is_shut (fourth));
  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    {
      g_assert_true (is_shut (held[i]));
      g_object_unref (held[i]);
    }
  g_assert_cmpuint (get (session, daemon->uri, "/v1/health", NULL, &error), ==, 200);
  g_assert_no_error (error);
  g_subprocess_send_signal (daemon->process, SIGTERM);
  g_subprocess_wait (daemon->process, NULL, NULL);
}

/* A backup is made while devices write, and is a whole server again elsewhere. */
static void
test_backup (Daemon *daemon, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (daemon->directory, "copy", NULL);
  g_autofree char *other = g_build_filename (daemon->directory, "other", NULL);
  g_autofree char *elsewhere = g_strconcat ("sqlite:", other, NULL);
  g_autofree char *damaged = g_build_filename (copy, "tenant-" TENANT ".db", NULL);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  Device          *a = device_new ();
  Device          *b = device_new ();
  g_autofree char *id = device_add_agency (a, "하나복지관");
  char            *said;
  int              status;

  dured_start (daemon);
  device_enrol (a, daemon->uri, "kim");
  device_round (a);
  g_assert_cmpint (dured_run (NULL, NULL, "--storage", daemon->storage, "backup", copy, NULL), ==, 0);
  status = dured_run (NULL, &said, "--storage", daemon->storage, "backup", copy, NULL);
  assert_refused (status, 1, said);
  status = dured_run (NULL, &said, "--storage", daemon->storage, "restore", copy, NULL);
  assert_refused (status, 1, said);
  g_assert_cmpint (dured_run (NULL, NULL, "--storage", elsewhere, "restore", copy, NULL), ==, 0);
  g_subprocess_send_signal (daemon->process, SIGTERM);
  g_subprocess_wait (daemon->process, NULL, NULL);
  g_clear_object (&daemon->process);

  g_free (daemon->storage);
  daemon->storage = g_strdup (elsewhere);
  daemon->port = 0;
  dured_start (daemon);
  device_enrol (b, daemon->uri, "kim");
  device_round (b);
  one = device_dump (a);
  two = device_dump (b);
  g_assert_cmpstr (one, ==, two);
  g_subprocess_send_signal (daemon->process, SIGTERM);
  g_subprocess_wait (daemon->process, NULL, NULL);

  g_assert_true (g_file_set_contents (damaged, "no database", -1, NULL));
  g_free (daemon->storage);
  daemon->storage = g_strconcat ("sqlite:", daemon->directory, "/third", NULL);
  status = dured_run (NULL, &said, "--storage", daemon->storage, "restore", copy, NULL);
  assert_refused (status, 1, said);
  g_assert_cmpint (dured_run (NULL, NULL, "--storage", daemon->storage, "tenant", "list", NULL), ==, 0);
  device_free (a);
  device_free (b);
}

/* A locked account and its devices are shut out at once, and let in again; a tenant goes with all of its own. */
static void
test_accounts (Daemon *daemon, gconstpointer data)
{
  Device          *device = device_new ();
  g_autofree char *id = device_add_agency (device, "하나복지관");
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  char *said;
  int   status;

  dured_start (daemon);
  device_enrol (device, daemon->uri, "kim");
  g_assert_cmpint (dured_run (NULL, NULL, "--storage", daemon->storage, "user", "lock", TENANT, "kim", NULL), ==, 0);
  g_assert_false (device_try (device, &result, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DENIED);
  g_assert_cmpint (dured_run (NULL, NULL, "--storage", daemon->storage, "user", "unlock", TENANT, "kim", NULL), ==, 0);
  device_round (device);
  g_assert_cmpint (dured_run (NULL, NULL, "--storage", daemon->storage, "user", "role", TENANT, "kim", "viewer", NULL), ==, 0);
  status = dured_run (NULL, &said, "--storage", daemon->storage, "user", "role", TENANT, "kim", "king", NULL);
  assert_refused (status, 2, said);
  status = dured_run (NULL, &said, "--storage", daemon->storage, "user", "lock", TENANT, "nobody", NULL);
  assert_refused (status, 1, said);
  g_subprocess_send_signal (daemon->process, SIGTERM);
  g_subprocess_wait (daemon->process, NULL, NULL);
  g_assert_cmpint (dured_run (NULL, NULL, "--storage", daemon->storage, "tenant", "remove", TENANT, NULL), ==, 0);
  status = dured_run (NULL, &said, "--storage", daemon->storage, "user", "list", TENANT, NULL);
  assert_refused (status, 1, said);
  status = dured_run (NULL, &said, "--storage", daemon->storage, "tenant", "remove", TENANT, NULL);
  assert_refused (status, 1, said);
  g_assert_cmpint (dured_run (NULL, NULL, "--storage", daemon->storage, "log", "verify", NULL), ==, 0);
  device_free (device);
}

/* PostgreSQL has programs of its own for copies; what is wrong about an address is said without it. */
static void
test_postgres (Daemon *daemon, gconstpointer data)
{
  static const char *const wrong[]
      = { "postgres:", "postgres:postgresql://kim:secret-word@[x/y", "postgres:postgresql:///y?secret-word=1",
          "postgres://kim:secret-word@[h/y", "postgres:host=h password='secret-word" };
  g_autofree char *none = g_strdup_printf ("postgres:postgresql://kim:secret-word@/y?host=%s", daemon->directory);
  char            *said;
  int              status;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      status = dured_run (NULL, &said, "--storage", wrong[i], "tenant", "list", NULL);
      g_assert_null (strstr (said, "secret-word"));
      assert_refused (status, 2, said);
      status = dured_run (NULL, &said, "--storage", wrong[i], "restore", daemon->directory, NULL);
      g_assert_null (strstr (said, "secret-word"));
      assert_refused (status, 2, said);
    }
  status = dured_run (NULL, &said, "--storage", none, "tenant", "list", NULL);
  g_assert_null (strstr (said, "secret-word"));
  assert_refused (status, 1, said);
  if (!test_uses_postgres ())
    return;
  status = dured_run (NULL, &said, "--storage", daemon->storage, "backup", daemon->directory, NULL);
  g_assert_nonnull (strstr (said, "pg_dump"));
  assert_refused (status, 2, said);
  status = dured_run (NULL, &said, "--storage", daemon->storage, "restore", daemon->directory, NULL);
  g_assert_nonnull (strstr (said, "pg_restore"));
  assert_refused (status, 2, said);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc < 2)
    return 77;
  dured_program = argv[1];
  g_test_add ("/server/daemon/statuses", Daemon, NULL, set_up, test_statuses, tear_down);
  g_test_add ("/server/daemon/graceful-stop", Daemon, NULL, set_up, test_graceful_stop, tear_down);
  g_test_add ("/server/daemon/killed", Daemon, NULL, set_up, test_killed, tear_down);
  g_test_add ("/server/daemon/settings", Daemon, NULL, set_up, test_settings, tear_down);
  g_test_add ("/server/daemon/tls", Daemon, NULL, set_up, test_tls, tear_down);
  g_test_add ("/server/daemon/connections", Daemon, NULL, set_up, test_connections, tear_down);
  g_test_add ("/server/daemon/postgres", Daemon, NULL, set_up, test_postgres, tear_down);
  if (!test_uses_postgres ())
    g_test_add ("/server/daemon/backup", Daemon, NULL, set_up, test_backup, tear_down);
  g_test_add ("/server/daemon/accounts", Daemon, NULL, set_up, test_accounts, tear_down);
  return g_test_run ();
}
