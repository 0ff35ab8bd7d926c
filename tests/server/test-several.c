/* test-several.c: two dured on one database in PostgreSQL
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/dure-error.h"
#include "daemon-fixture.h"
#include "server/dure-password.h"
#include "server/dure-postgres.h"
#include "sync/dure-client.h"
#include "sync/dure-live.h"

#define N_DEVICES 6
#define N_ROUNDS 5
#define N_AGENCIES 10

typedef struct
{
  char  *storage;
  Daemon one;
  Daemon two;
} Pair;

static PGconn *
connect (const Pair *pair)
{
  g_autoptr (GError) error = NULL;
  PGconn *connection = dure_postgres_connect (pair->storage + strlen ("postgres:"), &error);

  g_assert_no_error (error);
  return connection;
}

static gint64
ask (const Pair *pair, const char *sql)
{
  PGconn *connection = connect (pair);
  g_autoptr (PGresult) result = PQexec (connection, sql);
  gint64 number;

  g_assert_cmpstr (PQresultErrorMessage (result), ==, "");
  number = dure_postgres_number (result, 0, 0);
  PQfinish (connection);
  return number;
}

/* Both are started on a database without tables at the same moment. */
static gpointer
start (gpointer data)
{
  dured_start (data);
  return NULL;
}

static void
set_up (Pair *pair, gconstpointer data)
{
  GThread *threads[2];
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStorage) storage = NULL;
  g_autoptr (DureServer) server = NULL;

  pair->storage = test_storage_new (NULL);
  pair->one.storage = pair->two.storage = pair->storage;
  threads[0] = g_thread_new ("one", start, &pair->one);
  threads[1] = g_thread_new ("two", start, &pair->two);
  g_thread_join (threads[0]);
  g_thread_join (threads[1]);
  dure_password_set_cheap (TRUE);
  storage = dure_storage_open (pair->storage, &error);
  g_assert_no_error (error);
  server = dure_server_new (storage);
  g_assert_true (dure_server_add_tenant (server, TENANT, NULL));
  g_assert_true (dure_server_add_account (server, TENANT, "kim", PASSWORD, DURE_ROLE_EDITOR, NULL));
}

static void
tear_down (Pair *pair, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStorage) storage = dure_storage_open (pair->storage, &error);
  gint64 n_lines;

  g_assert_no_error (error);
  dured_stop (&pair->one);
  dured_stop (&pair->two);
  DURE_STORAGE_GET_CLASS (storage)->verify_log (storage, &n_lines, &error);
  g_assert_no_error (error);
  g_free (pair->one.uri);
  g_free (pair->two.uri);
  g_free (pair->storage);
}

typedef struct
{
  Device     *device;
  const char *shared; /* an agency that everybody changes */
  guint       number;
  gboolean    may_break;
  guint       n_broken;
} Desk;

static void
try_round (Desk *desk)
{
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  if (device_try (desk->device, &result, &error))
    return;
  if (!desk->may_break)
    g_assert_no_error (error);
  g_assert_error (error, DURE_ERROR, DURE_ERROR_UNREACHABLE);
  desk->n_broken++;
  g_usleep (20000);
}

/* A day at one desk. */
static gpointer
work (gpointer data)
{
  Desk *desk = data;
  g_autoptr (GError) error = NULL;

  desk->device->store = dure_store_open (desk->device->path, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autofree char *head = g_strdup_printf ("%u-%u", desk->number, i);

      for (guint n = 0; n < N_AGENCIES; n++)
        {
          g_autofree char *name = g_strdup_printf ("기관 %u-%u-%u호", desk->number, i, n);
          g_autofree char *id = device_add_agency (desk->device, name);
        }
      device_set (desk->device, DURE_ENTITY_AGENCY, desk->shared, DURE_AGENCY_HEAD, head);
      try_round (desk);
    }
  g_clear_object (&desk->device->store);
  return NULL;
}

typedef struct
{
  Pair  *pair;
  gint64 seen;
  gint   done;
} Reader;

/* Reads what is new as fast as it can: a number never comes after a larger one. */
static gpointer
read_along (gpointer data)
{
  Reader *reader = data;
  PGconn *connection = connect (reader->pair);

  while (!g_atomic_int_get (&reader->done))
    {
      g_autofree char *sql
          = g_strdup_printf ("SELECT seq FROM change WHERE seq > %" G_GINT64_FORMAT " ORDER BY seq", reader->seen);
      g_autoptr (PGresult) result = PQexec (connection, sql);

      g_assert_cmpstr (PQresultErrorMessage (result), ==, "");
      for (int i = 0; i < PQntuples (result); i++)
        g_assert_cmpint (dure_postgres_number (result, i, 0), ==, ++reader->seen);
      g_usleep (500);
    }
  PQfinish (connection);
  return NULL;
}

static void
kill_and_restart (Daemon *daemon)
{
  g_subprocess_force_exit (daemon->process);
  g_subprocess_wait (daemon->process, NULL, NULL);
  g_clear_object (&daemon->process);
  dured_start (daemon);
}

/* All desks work at the same time, half of them with each server. */
static void
work_all (Pair *pair, gboolean with_kills)
{
  Desk             desks[N_DEVICES] = { 0 };
  GThread         *threads[N_DEVICES];
  Reader           reader = { .pair = pair };
  GThread         *reading;
  g_autofree char *shared = NULL;
  g_autofree char *first = NULL;
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  guint n_broken = 0;

  for (guint i = 0; i < N_DEVICES; i++)
    {
      desks[i] = (Desk){ .device = device_new (), .number = i, .may_break = with_kills };
      device_enrol (desks[i].device, i % 2 == 0 ? pair->one.uri : pair->two.uri, "kim");
      if (i == 0)
        shared = device_add_agency (desks[0].device, "하나복지관");
      device_round (desks[i].device);
      desks[i].shared = shared;
      g_clear_object (&desks[i].device->store);
    }
  reading = g_thread_new ("reader", read_along, &reader);
  for (guint i = 0; i < N_DEVICES; i++)
    threads[i] = g_thread_new ("desk", work, &desks[i]);
  for (guint i = 0; with_kills && i < 4; i++)
    {
      g_usleep ((gulong)g_test_rand_int_range (20000, 100000));
      kill_and_restart (i % 2 == 0 ? &pair->one : &pair->two);
    }
  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_thread_join (threads[i]);
      n_broken += desks[i].n_broken;
    }
  g_test_message ("%u rounds broke off", n_broken);

  for (guint i = 0; i < 2 * N_DEVICES; i++)
    {
      Device *device = desks[i % N_DEVICES].device;

      if (device->store == NULL)
        device->store = dure_store_open (device->path, 0, NULL);
      device_round (device);
    }
  g_atomic_int_set (&reader.done, TRUE);
  g_thread_join (reading);
  first = device_dump (desks[0].device);
  g_assert_cmpint (dure_store_count (desks[0].device->store, query, NULL), ==, N_DEVICES * N_ROUNDS * N_AGENCIES + 1);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_autofree char *other = device_dump (desks[i].device);

      g_assert_cmpstr (first, ==, other);
      device_free (desks[i].device);
    }
  g_assert_cmpint (reader.seen, >, N_DEVICES * N_ROUNDS * N_AGENCIES);
  g_assert_cmpint (ask (pair, "SELECT max (seq) - count (*) FROM change"), ==, 0);
  g_assert_cmpint (ask (pair, "SELECT max (n) - count (*) FROM record"), ==, 0);
}

static void
test_at_once (Pair *pair, gconstpointer data)
{
  work_all (pair, FALSE);
}

static void
test_killed (Pair *pair, gconstpointer data)
{
  work_all (pair, TRUE);
}

typedef struct
{
  gint64   seq;
  char    *file;
  gboolean closed;
} Heard;

static void
moved_cb (DureLive *live, gint64 seq, gpointer data)
{
  ((Heard *)data)->seq = seq;
}

static void
filed_cb (DureLive *live, const char *sha256, gpointer data)
{
  g_free (((Heard *)data)->file);
  ((Heard *)data)->file = g_strdup (sha256);
}

static void
closed_cb (DureLive *live, gpointer data)
{
  ((Heard *)data)->closed = TRUE;
}

/* Waits at most so many milliseconds for the number. */
static void
wait_for (Heard *heard, gint64 seq, guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (heard->seq < seq && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_false (heard->closed);
}

/* What is pushed at one server is on the live channel of the other within a second, also after the database has cut
 * all connections. */
static void
test_live (Pair *pair, gconstpointer data)
{
  Device          *a = device_new ();
  Device          *b = device_new ();
  Heard            heard = { 0 };
  g_autofree char *token = NULL;
  g_autofree char *id = NULL;
  g_autofree char *other = NULL;
  g_autofree char *third = NULL;
  gint64           started;
  g_autoptr (DureLive) live = NULL;

  device_enrol (a, pair->one.uri, "kim");
  device_enrol (b, pair->two.uri, "kim");
  token = device_token (b);
  live = dure_live_new (pair->two.uri, token, NULL, NULL);
  g_signal_connect (live, "moved", G_CALLBACK (moved_cb), &heard);
  g_signal_connect (live, "closed", G_CALLBACK (closed_cb), &heard);
  wait_for (&heard, 1, 300);
  id = device_add_agency (a, "하나복지관");
  device_round (a);
  started = g_get_monotonic_time ();
  wait_for (&heard, 1, 1000);
  g_assert_cmpint (heard.seq, ==, 1);
  g_test_message ("heard after %.1f ms", (double)(g_get_monotonic_time () - started) / 1000);
  g_assert_cmpint (ask (pair, "SELECT count (pg_terminate_backend (pid)) FROM pg_stat_activity"
                              " WHERE datname = current_database () AND pid <> pg_backend_pid ()"),
                   ==, 14);
  /* The servers notice by themselves: this push is made while nobody listens. */
  other = device_add_agency (a, "두리복지관");
  device_round (a);
  wait_for (&heard, 2, 3000);
  g_assert_cmpint (heard.seq, ==, 2);
  third = device_add_agency (a, "세움복지관");
  device_round (a);
  wait_for (&heard, 3, 1000);
  g_assert_cmpint (heard.seq, ==, 3);
  device_round (b);
  device_assert (b, DURE_ENTITY_AGENCY, third, DURE_AGENCY_NAME, "세움복지관");
  dure_live_stop (live);
  device_free (a);
  device_free (b);
}

/* A file that one server has got whole is told by the other. */
static void
test_live_file (Pair *pair, gconstpointer data)
{
  static const char content[] = "회의 자료";
  Device           *a = device_new ();
  Device           *b = device_new ();
  Heard             heard = { 0 };
  DureClient       *client;
  g_autoptr (GBytes) bytes = g_bytes_new_static (content, strlen (content));
  g_autofree char  *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char  *token_a = NULL;
  g_autofree char  *token_b = NULL;
  g_autoptr (DureLive) live = NULL;
  g_autoptr (GError) error = NULL;
  gint64 got = 0, end;

  device_enrol (a, pair->one.uri, "kim");
  device_enrol (b, pair->two.uri, "kim");
  token_a = device_token (a);
  token_b = device_token (b);
  live = dure_live_new (pair->two.uri, token_b, NULL, NULL);
  g_signal_connect (live, "filed", G_CALLBACK (filed_cb), &heard);
  g_signal_connect (live, "closed", G_CALLBACK (closed_cb), &heard);
  wait_for (&heard, 1, 300);
  client = dure_client_new (pair->one.uri, token_a, NULL, NULL);
  dure_client_put_blob (client, sha256, 0, bytes, (gint64)strlen (content), &got, NULL, &error);
  dure_client_free (client);
  g_assert_no_error (error);
  for (end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC; heard.file == NULL && g_get_monotonic_time () < end;)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_cmpstr (heard.file, ==, sha256);
  dure_live_stop (live);
  g_free (heard.file);
  device_free (a);
  device_free (b);
}

/* A tenant that goes at one server is gone at the other. */
static void
test_tenant_removed (Pair *pair, gconstpointer data)
{
  Device          *device = device_new ();
  g_autofree char *id = device_add_agency (device, "하나복지관");
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  device_enrol (device, pair->one.uri, "kim");
  device_round (device);
  g_assert_cmpint (dured_run (NULL, NULL, "--storage", pair->storage, "tenant", "remove", TENANT, NULL), ==, 0);
  g_assert_false (device_try (device, &result, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DENIED);
  g_assert_cmpint (ask (pair, "SELECT (SELECT count (*) FROM change) + (SELECT count (*) FROM record)"
                              " + (SELECT count (*) FROM device) + (SELECT count (*) FROM account)"),
                   ==, 0);
  device_free (device);
}

/* A push waits while another server writes in the same tenant, but not for long: the device sends again. */
static void
test_locked (Pair *pair, gconstpointer data)
{
  Device          *device = device_new ();
  g_autofree char *id = device_add_agency (device, "하나복지관");
  PGconn          *connection = connect (pair);
  gint64           started;
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  device_enrol (device, pair->one.uri, "kim");
  PQclear (PQexec (connection, "BEGIN; SELECT 1 FROM tenant FOR NO KEY UPDATE"));
  started = g_get_monotonic_time ();
  g_assert_false (device_try (device, &result, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_UNREACHABLE);
  g_assert_cmpint (g_get_monotonic_time () - started, >, G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 8 * G_USEC_PER_SEC);
  g_assert_cmpint (ask (pair, "SELECT count (*) FROM change"), ==, 0);
  PQclear (PQexec (connection, "COMMIT"));
  PQfinish (connection);
  device_round (device);
  g_assert_cmpint (ask (pair, "SELECT count (*) FROM change"), ==, 1);
  device_free (device);
}

/* The server's key for bundles is made once for all servers of the database. */
static void
test_bundle_key (Pair *pair, gconstpointer data)
{
  PGconn *connection = connect (pair);
  g_autoptr (PGresult) first = NULL;
  g_autoptr (PGresult) second = NULL;

  g_assert_cmpint (dured_run (NULL, NULL, "--storage", pair->storage, "bundle", "key", NULL), ==, 0);
  first = PQexec (connection, "SELECT state FROM bundle");
  g_assert_cmpint (dured_run (NULL, NULL, "--storage", pair->storage, "bundle", "key", NULL), ==, 0);
  second = PQexec (connection, "SELECT state FROM bundle");
  g_assert_cmpint (PQntuples (first), ==, 1);
  g_assert_cmpint (PQntuples (second), ==, 1);
  g_assert_cmpstr (dure_postgres_text (first, 0, 0), ==, dure_postgres_text (second, 0, 0));
  PQfinish (connection);
}

/* Tables of a newer program are left alone. */
static void
test_newer (Pair *pair, gconstpointer data)
{
  PGconn *connection = connect (pair);
  g_autoptr (GError) error = NULL;

  PQclear (PQexec (connection, "INSERT INTO version VALUES (1000)"));
  g_assert_null (dure_storage_open (pair->storage, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NEWER);
  PQclear (PQexec (connection, "DELETE FROM version WHERE version = 1000"));
  PQfinish (connection);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc < 2 || !test_uses_postgres ())
    return 77;
  dured_program = argv[1];
  g_test_add ("/server/several/at-once", Pair, NULL, set_up, test_at_once, tear_down);
  g_test_add ("/server/several/killed", Pair, NULL, set_up, test_killed, tear_down);
  g_test_add ("/server/several/live", Pair, NULL, set_up, test_live, tear_down);
  g_test_add ("/server/several/live-file", Pair, NULL, set_up, test_live_file, tear_down);
  g_test_add ("/server/several/tenant-removed", Pair, NULL, set_up, test_tenant_removed, tear_down);
  g_test_add ("/server/several/locked", Pair, NULL, set_up, test_locked, tear_down);
  g_test_add ("/server/several/bundle-key", Pair, NULL, set_up, test_bundle_key, tear_down);
  g_test_add ("/server/several/newer", Pair, NULL, set_up, test_newer, tear_down);
  return g_test_run ();
}
