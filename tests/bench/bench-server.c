/* bench-server.c: a real server, and devices that it knows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "bench-sync.h"

#include <glib/gstdio.h>
#include <libpq-fe.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "bench-data.h"
#include "server/dure-password.h"
#include "server/dure-server.h"
#include "sync/dure-sync-private.h"

void
bench_remove_tree (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (directory, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        bench_remove_tree (file);
      else
        g_unlink (file);
    }
  g_rmdir (directory);
}

static void
end_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* A process with pipes, which ends when this one does. */
GSubprocess *
bench_spawn (const char *program, ...)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;
  va_list      list;

  va_start (list, program);
  for (const char *word = program; word != NULL; word = va_arg (list, const char *))
    g_ptr_array_add (words, (char *)word);
  va_end (list);
  g_ptr_array_add (words, NULL);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)words->pdata, &error);
  if (process == NULL)
    g_error ("%s", error->message);
  return process;
}

/* A database of its own in the PostgreSQL of with-postgres.sh. */
static char *
make_database (const char *uri)
{
  static guint n;
  g_auto (GStrv) parts = g_strsplit (uri, "/?", 2);
  g_autofree char *address = g_strdup_printf ("%s/postgres?%s", parts[0] + strlen ("postgres:"), parts[1]);
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE bench%u", ++n);
  PGconn          *connection = PQconnectdb (address);
  PGresult        *result = PQexec (connection, sql);

  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s", PQerrorMessage (connection));
  PQclear (result);
  PQfinish (connection);
  return g_strdup_printf ("%s/bench%u?%s", parts[0], n, parts[1]);
}

/* A storage with these tenants, each with one account; SQLite in @directory, or PostgreSQL where DURE_TEST_POSTGRES
 * says so. */
void
bench_server_prepare (BenchServer *self, const char *directory, const char *const *tenants)
{
  const char *uri = g_getenv ("DURE_TEST_POSTGRES");
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStorage) storage = NULL;
  g_autoptr (DureServer) server = NULL;

  self->storage = uri != NULL ? make_database (uri) : g_strdup_printf ("sqlite:%s/server", directory);
  storage = dure_storage_open (self->storage, &error);
  if (storage == NULL)
    g_error ("%s", error->message);
  server = dure_server_new (storage);
  dure_password_set_cheap (TRUE);
  for (; *tenants != NULL; tenants++)
    if (!dure_server_add_tenant (server, *tenants, &error)
        || !dure_server_add_account (server, *tenants, BENCH_USER, BENCH_PASSWORD, DURE_ROLE_EDITOR, &error))
      g_error ("%s", error->message);
}

void
bench_server_start (BenchServer *self)
{
  g_autoptr (GDataInputStream) out = NULL;
  g_autofree char *line = NULL;

  self->process = bench_spawn (DURED, "--storage", self->storage, "--listen", "127.0.0.1:0", "serve", NULL);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  if (line == NULL || !g_str_has_prefix (line, "listening on "))
    g_error ("dured did not start");
  g_free (self->uri);
  self->uri = g_strdup (line + strlen ("listening on "));
}

void
bench_server_stop (BenchServer *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

void
bench_server_clear (BenchServer *self)
{
  if (self->process != NULL)
    bench_server_stop (self);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->storage, g_free);
}

/* Linux counts the largest resident size anew from here on. */
void
bench_server_reset_peak (BenchServer *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/clear_refs", g_subprocess_get_identifier (self->process));

  g_file_set_contents (path, "5", 1, NULL);
}

/* The largest resident size of a process, "self" or its number. */
double
bench_peak_mib (const char *pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status", pid);
  g_autofree char *text = NULL;
  const char      *line;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (line = strstr (text, "VmHWM:")) == NULL)
    return 0;
  return (double)g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10) / 1024;
}

double
bench_server_peak_mib (BenchServer *self)
{
  return bench_peak_mib (g_subprocess_get_identifier (self->process));
}

/* What all its threads have worked, to a hundredth of a second. */
double
bench_server_cpu_ms (BenchServer *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/stat", g_subprocess_get_identifier (self->process));
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  words = g_strsplit (strrchr (text, ')'), " ", -1);
  return (g_ascii_strtod (words[12], NULL) + g_ascii_strtod (words[13], NULL)) * 1000 / (double)sysconf (_SC_CLK_TCK);
}

/* Makes a store, when there is none, and enrols it. */
void
bench_enrol (const char *path, const char *uri, const char *tenant)
{
  const DureEnrol enrol
      = { .url = uri, .tenant = tenant, .user = BENCH_USER, .password = BENCH_PASSWORD, .device_name = "bench device" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_store_open (path, DURE_STORE_CREATE, &error);

  if (store == NULL || !dure_sync_enrol (store, &enrol, NULL, &error))
    g_error ("%s", error->message);
}

/* The server has another port after it was started again. */
void
bench_set_url (const char *path, const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_store_open (path, 0, &error);

  if (store == NULL || !dure_store_set_meta (store, DURE_META_URL, uri, &error))
    g_error ("%s", error->message);
}

/* What the server gives a new device, unpacked. */
GBytes *
bench_snapshot (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_store_open (path, 0, &error);
  g_autofree char *url = dure_store_get_meta (store, DURE_META_URL);
  g_auto (DureToken) token = { 0 };
  g_autofree char *whole = g_strconcat (url, "/v1/snapshot", NULL);
  g_autofree char *bearer = NULL;
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", whole);
  GBytes *body;

  if (!dure_token_store_get (store, &token, &error))
    g_error ("%s", error->message);
  bearer = g_strconcat ("Bearer ", token.token, NULL);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
  body = soup_session_send_and_read (session, message, NULL, &error);
  if (body == NULL)
    g_error ("%s", error->message);
  if (soup_message_get_status (message) != SOUP_STATUS_OK)
    g_error ("the snapshot: %u", soup_message_get_status (message));
  return body;
}

/* What this process has worked, in milliseconds. */
double
bench_cpu_now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

/* One line: what was measured, and beside it the goal, 0 for none. */
void
bench_goal_line (const char *what, const char *unit, double value, double goal)
{
  g_print ("    %-52s %8.*f %-4s", what, value < 10 ? 1 : 0, value, unit);
  if (goal > 0)
    g_print ("  goal %5.0f, %4.2f of it%s", goal, value / goal, value > goal ? "  OVER" : "");
  g_print ("\n");
}

/* Whether the command line names this storage, or none. */
gboolean
bench_asks_for (int argc, char **argv, const char *storage)
{
  return argc == 1 || g_strv_contains ((const char *const *)argv + 1, storage);
}

gboolean
bench_has_postgres (void)
{
  return g_getenv ("DURE_TEST_POSTGRES") != NULL;
}

/* Runs this program again, with these options, beside a PostgreSQL of its own. */
void
bench_run_with_postgres (const char *options)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *command = g_strdup_printf (WITH_POSTGRES " --durable %s %s postgres", self, options);
  g_autoptr (GError) error = NULL;
  int status;

  if (!g_spawn_command_line_sync (command, NULL, NULL, &status, &error))
    g_error ("%s", error->message);
  if (!g_spawn_check_wait_status (status, NULL))
    g_print ("With PostgreSQL nothing was measured.\n");
}
