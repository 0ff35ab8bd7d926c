/* test-daemon.c: dured as a process: statuses, a graceful stop, and being killed at any moment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <signal.h>
#include <string.h>

#include "base/dure-error.h"
#include "server-fixture.h"

static char *program;

/* Runs dured to its end; gives its exit status. */
static int
run (const char *input, char **said, const char *first, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *err = NULL;
  va_list          list;

  g_ptr_array_add (words, program);
  va_start (list, first);
  for (const char *word = first; word != NULL; word = va_arg (list, const char *))
    g_ptr_array_add (words, (char *)word);
  va_end (list);
  g_ptr_array_add (words, NULL);
  process = g_subprocess_newv (
      (const char *const *)words->pdata,
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  if (said != NULL)
    *said = g_steal_pointer (&err);
  return g_subprocess_get_exit_status (process);
}

typedef struct
{
  char        *directory;
  char        *storage;
  GSubprocess *process;
  char        *uri;
  guint16      port;
} Daemon;

static void
start (Daemon *daemon)
{
  g_autofree char *listen = g_strdup_printf ("127.0.0.1:%u", daemon->port);
  g_autoptr (GDataInputStream) out = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  daemon->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--storage", daemon->storage,
                                      "--listen", listen, "serve", NULL);
  g_assert_no_error (error);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (daemon->process));
  line = g_data_input_stream_read_line (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (line, "listening on http://127.0.0.1:"));
  g_free (daemon->uri);
  daemon->uri = g_strdup (line + strlen ("listening on "));
  daemon->port = (guint16)atoi (strrchr (line, ':') + 1);
}

static void
set_up (Daemon *daemon, gconstpointer data)
{
  daemon->directory = g_dir_make_tmp ("dured-XXXXXX", NULL);
  daemon->storage = g_strconcat ("sqlite:", daemon->directory, NULL);
  g_assert_cmpint (run (NULL, NULL, "--storage", daemon->storage, "tenant", "add", TENANT, NULL), ==, 0);
  g_assert_cmpint (
      run (PASSWORD "\n", NULL, "--storage", daemon->storage, "--role", "editor", "user", "add", TENANT, "kim", NULL),
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

  status = run (NULL, &said, "serve", NULL);
  assert_refused (status, 2, said);
  status = run (NULL, &said, "--storage", "paper:x", "serve", NULL);
  assert_refused (status, 2, said);
  status = run (NULL, &said, "--storage", s, NULL);
  assert_refused (status, 2, said);
  status = run (NULL, &said, "--storage", s, "fly", NULL);
  assert_refused (status, 2, said);
  status = run (NULL, &said, "--storage", s, "tenant", "add", TENANT, NULL);
  assert_refused (status, 1, said);
  status = run (NULL, &said, "--storage", s, "tenant", "add", "../x", NULL);
  assert_refused (status, 2, said);
  status = run ("long enough\n", &said, "--storage", s, "user", "add", "nowhere", "kim", NULL);
  assert_refused (status, 1, said);
  status = run ("short\n", &said, "--storage", s, "user", "add", TENANT, "lee", NULL);
  assert_refused (status, 2, said);
  status = run ("", &said, "--storage", s, "user", "add", TENANT, "lee", NULL);
  assert_refused (status, 2, said);
  status = run ("long enough\n", &said, "--storage", s, "--role", "king", "user", "add", TENANT, "lee", NULL);
  assert_refused (status, 2, said);
  status = run (NULL, &said, "--storage", s, "device", "list", "nowhere", NULL);
  assert_refused (status, 1, said);
  status = run (NULL, &said, "--storage", s, "device", "revoke", TENANT, "00000000000000aa", NULL);
  assert_refused (status, 1, said);
  status = run (NULL, &said, "--storage", s, "device", "revoke", "../x", "00000000000000aa", NULL);
  assert_refused (status, 1, said);
  status = run (NULL, &said, "--storage", s, "--listen", "nonsense", "serve", NULL);
  assert_refused (status, 2, said);
  start (daemon);
  busy = g_strdup_printf ("127.0.0.1:%u", daemon->port);
  status = run (NULL, &said, "--storage", s, "--listen", busy, "serve", NULL);
  assert_refused (status, 1, said);
  g_subprocess_force_exit (daemon->process);
  g_subprocess_wait (daemon->process, NULL, NULL);
}

static void
test_graceful_stop (Daemon *daemon, gconstpointer data)
{
  Device          *device = device_new ();
  g_autofree char *id = device_add_agency (device, "하나복지관");

  start (daemon);
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

  start (daemon);
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
      start (daemon);
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
  g_assert_cmpint (run (NULL, NULL, "--storage", daemon->storage, "log", "verify", NULL), ==, 0);
  device_free (a);
  device_free (b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc < 2)
    return 77;
  program = argv[1];
  g_test_add ("/server/daemon/statuses", Daemon, NULL, set_up, test_statuses, tear_down);
  g_test_add ("/server/daemon/graceful-stop", Daemon, NULL, set_up, test_graceful_stop, tear_down);
  g_test_add ("/server/daemon/killed", Daemon, NULL, set_up, test_killed, tear_down);
  return g_test_run ();
}
