/* test-threads.c: the threads that answer: none waits for another's tenant, and together they lose nothing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Also run under the thread sanitizer (./dev tsan).
 */
#include "config.h"

#include <libsoup/soup.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "server-fixture.h"
#include "server/dure-server-fold.h"
#include "sync/dure-live.h"

#define HANDS 4
#define TENANTS 6
#define DEVICES 2 /* a tenant */
#define ROUNDS 8
#define CHANGES 5 /* a round */

static const char *program;

static void
add_tenant (gpointer server, gpointer name)
{
  DureServer *self = ((TestServer *)server)->server;

  g_assert_true (dure_server_add_tenant (self, name, NULL));
  g_assert_true (dure_server_add_account (self, name, "kim", PASSWORD, DURE_ROLE_EDITOR, NULL));
}

static void
enrol (Device *device, const char *uri, const char *tenant)
{
  const DureEnrol enrol = { uri, tenant, "kim", PASSWORD, "업무 PC" };
  g_autoptr (GError) error = NULL;

  dure_sync_enrol (device->store, &enrol, NULL, &error);
  g_assert_no_error (error);
}

/* One device that writes and syncs, on a thread of its own; who else works, and until when. */
typedef struct
{
  TestServer *server;
  Device     *device;
  char       *tenant;
  gint       *stop; /* for those who go on until the devices are done */
  gint        n;    /* what was done, or heard */
} Worker;

static gpointer
work (gpointer data)
{
  Worker *worker = data;

  enrol (worker->device, worker->server->uri, worker->tenant);
  for (guint i = 0; i < ROUNDS; i++)
    {
      for (guint k = 0; k < CHANGES; k++)
        g_free (device_add_agency (worker->device, "하나복지관"));
      device_round (worker->device);
    }
  return NULL;
}

static gpointer
log_in (gpointer data)
{
  Worker *worker = data;

  while (!g_atomic_int_get (worker->stop))
    {
      Device *device = device_new ();

      enrol (device, worker->server->uri, worker->tenant);
      device_free (device);
      worker->n++;
    }
  return NULL;
}

static gpointer
measure (gpointer data)
{
  Worker          *worker = data;
  g_autofree char *uri = g_strconcat (worker->server->uri, "/metrics", NULL);

  while (!g_atomic_int_get (worker->stop))
    {
      g_autoptr (SoupSession) session = soup_session_new ();
      g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
      g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, NULL);

      g_assert_nonnull (body);
      g_assert_cmpuint (soup_message_get_status (message), ==, 200);
      worker->n++;
    }
  return NULL;
}

static void
moved_cb (DureLive *live, gint64 seq, gpointer data)
{
  ((Worker *)data)->n = (gint)seq;
}

/* Hears on the live channel of its tenant. */
static gpointer
hear (gpointer data)
{
  Worker *worker = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autofree char *token = device_token (worker->device);
  g_autoptr (DureLive) live = NULL;

  g_main_context_push_thread_default (context);
  live = dure_live_new (worker->server->uri, token, NULL, NULL);
  g_signal_connect (live, "moved", G_CALLBACK (moved_cb), worker);
  while (!g_atomic_int_get (worker->stop))
    if (!g_main_context_iteration (context, FALSE))
      g_usleep (1000);
  dure_live_stop (live);
  g_clear_object (&live);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  return NULL;
}

/* What an administrator does meanwhile: copies everything, folds, and looks after what was purged. */
static gpointer
administer (gpointer data)
{
  Worker *worker = data;

  while (!g_atomic_int_get (worker->stop))
    {
      g_autofree char *copy = g_strdup_printf ("%s/copy-%d", worker->server->directory, worker->n++);
      g_autoptr (GError) error = NULL;
      g_autoptr (DureStorage) storage = dure_storage_open (worker->server->storage, &error);
      g_autoptr (DureServer) server = NULL;
      g_autoptr (DureFold) fold = dure_fold_new (worker->tenant, 1);
      gboolean done = FALSE;

      g_assert_no_error (error);
      if (!test_uses_postgres ())
        DURE_STORAGE_GET_CLASS (storage)->backup (storage, copy, &error);
      g_assert_no_error (error);
      server = dure_server_new (storage);
      while (!done)
        {
          dure_server_fold (server, fold, &done, &error);
          g_assert_no_error (error);
        }
      dure_server_clean (server);
    }
  return NULL;
}

static void
show_metrics (gpointer server, gpointer data)
{
  dure_listener_set_metrics (((TestServer *)server)->listener, TRUE);
}

static void
clean (gpointer server, gpointer data)
{
  dure_listener_clean (((TestServer *)server)->listener);
}

static void
verify (gpointer server, gpointer data)
{
  DureStorage *storage = dure_server_get_storage (((TestServer *)server)->server);
  gint64       n_lines;
  g_autoptr (GError) error = NULL;

  DURE_STORAGE_GET_CLASS (storage)->verify_log (storage, &n_lines, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_lines, >, TENANTS * DEVICES * ROUNDS);
}

static guint
count (const char *text, const char *word)
{
  guint n = 0;

  while ((text = strstr (text, word)) != NULL)
    {
      text += strlen (word);
      n++;
    }
  return n;
}

/* Several tenants at once, each by several devices; beside them live channels, log-ins, metrics, copies and folds. */
static void
test_all_at_once (void)
{
  TestServer *server = test_server_new_with_hands (HANDS);
  Worker      workers[TENANTS][DEVICES] = { 0 };
  GThread    *threads[TENANTS][DEVICES];
  gint        stop = 0;
  GThreadFunc const beside[] = { log_in, measure, hear, administer };
  Worker      others[G_N_ELEMENTS (beside)] = { 0 };
  GThread    *other_threads[G_N_ELEMENTS (beside)];
  Device     *listener = device_new ();

  test_server_call (server, show_metrics, NULL);
  for (guint t = 0; t < TENANTS; t++)
    {
      g_autofree char *tenant = g_strdup_printf ("tenant%u", t);

      test_server_call (server, add_tenant, tenant);
      for (guint d = 0; d < DEVICES; d++)
        workers[t][d] = (Worker){ server, device_new (), g_strdup (tenant), &stop, 0 };
    }
  enrol (listener, server->uri, "tenant0");
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      others[i] = (Worker){ server, listener, workers[0][0].tenant, &stop, 0 };
      other_threads[i] = g_thread_new ("beside", beside[i], &others[i]);
    }
  for (guint t = 0; t < TENANTS; t++)
    for (guint d = 0; d < DEVICES; d++)
      threads[t][d] = g_thread_new ("device", work, &workers[t][d]);
  for (guint t = 0; t < TENANTS; t++)
    for (guint d = 0; d < DEVICES; d++)
      {
        g_thread_join (threads[t][d]);
        test_server_call (server, clean, NULL);
      }
  g_atomic_int_set (&stop, 1);
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_thread_join (other_threads[i]);
      g_assert_cmpint (others[i].n, >, 0);
    }
  for (guint t = 0; t < TENANTS; t++)
    {
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      device_round (workers[t][0].device);
      device_round (workers[t][1].device);
      first = device_dump (workers[t][0].device);
      second = device_dump (workers[t][1].device);
      g_assert_cmpstr (first, ==, second);
      g_assert_cmpuint (count (first, "하나복지관"), ==, DEVICES * ROUNDS * CHANGES);
    }
  test_server_call (server, verify, NULL);
  for (guint t = 0; t < TENANTS; t++)
    for (guint d = 0; d < DEVICES; d++)
      {
        device_free (workers[t][d].device);
        g_free (workers[t][d].tenant);
      }
  device_free (listener);
  test_server_free (server);
}

/* Run as a program of its own: holds the lock of writing in a file until nothing more is said. */
static int
hold (const char *path)
{
  sqlite3 *db;
  int      status = sqlite3_open (path, &db);

  if (status == SQLITE_OK)
    status = sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  if (status != SQLITE_OK)
    return 1;
  puts ("held");
  fflush (stdout);
  while (getchar () != EOF)
    ;
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close (db);
  return 0;
}

static GSubprocess *
start_holding (TestServer *server, const char *tenant)
{
  g_autofree char *path = g_strdup_printf ("%s/tenant-%s.db", server->directory, tenant);
  g_autoptr (GError) error = NULL;
  GSubprocess *holder = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                                          "--hold", path, NULL);
  g_autoptr (GDataInputStream) said = NULL;
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  said = g_data_input_stream_new (g_subprocess_get_stdout_pipe (holder));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (said), FALSE);
  line = g_data_input_stream_read_line (said, NULL, NULL, NULL);
  g_assert_cmpstr (line, ==, "held");
  return holder;
}

/* Who waits for a file that somebody has locked; the others go on meanwhile. */
typedef struct
{
  Device *device;
  gint    done;
} Waiting;

static gpointer
wait_for_lock (gpointer data)
{
  Waiting *waiting = data;

  device_round (waiting->device);
  g_atomic_int_set (&waiting->done, 1);
  return NULL;
}

static void
test_locked (void)
{
  TestServer  *server = test_server_new_with_hands (HANDS);
  Device      *others[TENANTS];
  Waiting      waiting = { device_new (), 0 };
  GSubprocess *holder;
  GThread     *thread;
  guint        n = 0;

  device_enrol (waiting.device, server->uri, "kim");
  device_round (waiting.device);
  /* Those whom another thread answers. */
  for (guint t = 0; n < G_N_ELEMENTS (others); t++)
    {
      g_autofree char *tenant = g_strdup_printf ("tenant%u", t);

      if (g_str_hash (tenant) % HANDS == g_str_hash (TENANT) % HANDS)
        continue;
      test_server_call (server, add_tenant, tenant);
      others[n] = device_new ();
      enrol (others[n++], server->uri, tenant);
    }
  holder = start_holding (server, TENANT);
  g_free (device_add_agency (waiting.device, "하나복지관"));
  thread = g_thread_new ("waiting", wait_for_lock, &waiting);
  /* By the end of these the push has long been there. What is asserted is the order: the lock is still held. */
  for (guint i = 0; i < 2 * n; i++)
    {
      g_free (device_add_agency (others[i % n], "두리복지관"));
      device_round (others[i % n]);
      test_server_call (server, clean, NULL);
      g_assert_false (g_atomic_int_get (&waiting.done));
    }
  g_output_stream_close (g_subprocess_get_stdin_pipe (holder), NULL, NULL);
  g_thread_join (thread);
  g_assert_true (g_subprocess_wait_check (holder, NULL, NULL));
  g_assert_cmpint (dure_store_count_unsent (waiting.device->store), ==, 0);
  g_object_unref (holder);
  for (guint i = 0; i < n; i++)
    device_free (others[i]);
  device_free (waiting.device);
  test_server_free (server);
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 3 && strcmp (argv[1], "--hold") == 0)
    return hold (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/threads/all-at-once", test_all_at_once);
  if (!test_uses_postgres ())
    g_test_add_func ("/server/threads/locked", test_locked);
  return g_test_run ();
}
