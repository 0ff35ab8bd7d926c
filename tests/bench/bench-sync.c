/* bench-sync.c: what sync costs, between real processes over loopback HTTP, beside what it must cost at least
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-sync [--records N] [--runs N] [sqlite] [postgres]: one table for each storage of the server. What is durable in
 * use is durable here: SQLite and PostgreSQL write to the disk of the temporary directory and wait for it. The bytes on
 * the wire are counted in a run of their own, which nothing times.
 */
#include "config.h"

#include "bench-sync.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-data.h"

#define N_DEVICES 50
#define N_CHANGES 100
#define N_EDITS 1000

static int n_records = 100000;
static int n_runs = 5;
static char *only;

typedef struct
{
  char       *directory;
  BenchServer server;
  BenchDevice *author;
  double       floor;
  double       floor_cpu;
} Bench;

static double
median (GArray *times)
{
  return bench_percentile (times, 50);
}

/* The same with the smallest and largest of the runs. */
static void
runs_line (const char *what, GArray *times, double goal)
{
  g_autofree char *whole = NULL;
  double           middle = median (times);

  whole = g_strdup_printf ("%s (%.*f … %.*f)", what, middle < 10 ? 1 : 0, g_array_index (times, double, 0),
                           middle < 10 ? 1 : 0, g_array_index (times, double, times->len - 1));
  bench_goal_line (whole, "ms", middle, goal);
}

static char *
new_device (Bench *bench, const char *name, const char *tenant)
{
  char *path = g_strdup_printf ("%s/%s.db", bench->directory, name);

  bench_enrol (path, bench->server.uri, tenant);
  return path;
}

static void
wait_done (BenchDevice *device)
{
  g_free (bench_device_hear (device));
}

static void
restart (Bench *bench, const char *const *paths)
{
  bench_server_stop (&bench->server);
  bench_server_start (&bench->server);
  for (; *paths != NULL; paths++)
    bench_set_url (*paths, bench->server.uri);
}

/* Someone has a register of N records, and the server gets it. */
static void
fill (Bench *bench)
{
  g_autofree char *path = new_device (bench, "author", "first");
  BenchRound       round;
  double           cpu = bench_server_cpu_ms (&bench->server);

  bench->author = bench_device_start (path);
  bench_device_tell (bench->author, "add %d 0", n_records);
  wait_done (bench->author);
  round = bench_device_round (bench->author);
  if (round.sent != (guint)n_records)
    g_error ("the first push sent %u", round.sent);
  bench_goal_line ("first push of them all", "ms", round.ms, 0);
  bench_goal_line ("  server's work in it", "ms", bench_server_cpu_ms (&bench->server) - cpu, 0);
  bench_goal_line ("  server's memory in it", "MiB", bench_server_peak_mib (&bench->server), 0);
}

static void
measure_floor (Bench *bench)
{
  g_autoptr (GArray) inserts = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) transfers = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GBytes) body = bench_snapshot (bench->author->path);
  double insert_cpu = 0, transfer_cpu = 0;

  for (int i = 0; i < n_runs; i++)
    {
      double cpu;
      double took = bench_floor_insert (bench->author->path, bench->directory, &cpu);

      g_array_append_val (inserts, took);
      insert_cpu += cpu / n_runs;
      took = bench_floor_http (body, bench->directory, &cpu);
      g_array_append_val (transfers, took);
      transfer_cpu += cpu / n_runs;
    }
  bench->floor = median (inserts) + median (transfers);
  bench_goal_line ("bytes of the answer, unpacked", "MB", (double)g_bytes_get_size (body) / 1e6, 0);
  runs_line ("floor: bare insert of the rows", inserts, 0);
  bench_goal_line ("  work in it", "ms", insert_cpu, 0);
  runs_line ("floor: the bytes over HTTP with gzip", transfers, 0);
  bench_goal_line ("  work of both ends in it", "ms", transfer_cpu, 0);
  bench->floor_cpu = insert_cpu + transfer_cpu;
}

static double
first_sync (Bench *bench, const char *name, BenchRound *round)
{
  g_autofree char *path = new_device (bench, name, "first");
  BenchDevice     *device = bench_device_start (path);
  g_autofree char *digest = NULL;
  g_autofree char *expected = NULL;

  *round = bench_device_round (device);
  bench_device_tell (device, "digest");
  digest = bench_device_hear (device);
  bench_device_tell (bench->author, "digest");
  expected = bench_device_hear (bench->author);
  if (strcmp (digest, expected) != 0)
    g_error ("the copies differ: %s, %s", digest, expected);
  bench_device_stop (device);
  return round->ms;
}

static void
measure_first (Bench *bench)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  const char *const paths[] = { bench->author->path, NULL };
  double            client = 0, client_cpu = 0, server_cpu;

  restart (bench, paths);
  server_cpu = bench_server_cpu_ms (&bench->server);
  for (int i = 0; i < n_runs; i++)
    {
      g_autofree char *name = g_strdup_printf ("new-%d", i);
      BenchRound       round;
      double           took = first_sync (bench, name, &round);

      g_array_append_val (times, took);
      client = MAX (client, round.peak_mib);
      client_cpu += round.cpu_ms / n_runs;
    }
  server_cpu = (bench_server_cpu_ms (&bench->server) - server_cpu) / n_runs;
  runs_line ("first sync", times, 4 * bench->floor);
  bench_goal_line ("  as a multiple of the floor", "×", median (times) / bench->floor, 4);
  bench_goal_line ("  device's work in it", "ms", client_cpu, 0);
  bench_goal_line ("  server's work in it", "ms", server_cpu, 0);
  bench_goal_line ("  both, as a multiple of the floor's", "×", (client_cpu + server_cpu) / bench->floor_cpu, 0);
  bench_goal_line ("  device's memory", "MiB", client, 120);
  bench_goal_line ("  server's memory", "MiB", bench_server_peak_mib (&bench->server), 80);
}

/* Sends the device through a relay once, for the bytes of what @prepare has prepared. */
static double
kilobytes (Bench *bench, BenchRelay *relay, const char *relay_uri, BenchDevice *device)
{
  double bytes;

  bench_set_url (device->path, relay_uri);
  bench_relay_take_bytes (relay);
  bench_device_round (device);
  bytes = (double)bench_relay_take_bytes (relay);
  bench_set_url (device->path, bench->server.uri);
  return bytes / 1000;
}

static void
measure_changes (Bench *bench)
{
  g_autoptr (GArray) pulls = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) pushes = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) idles = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *path = new_device (bench, "other", "first");
  g_autofree char *relay_uri = NULL;
  BenchRelay      *relay = bench_relay_start (bench->server.uri, &relay_uri);
  BenchDevice     *device = bench_device_start (path);
  double           pull_cpu = 0, push_cpu = 0, idle_cpu = 0;

  bench_goal_line ("first sync on the wire", "kB", kilobytes (bench, relay, relay_uri, device), 7300);
  for (int i = 0; i < 2 * n_runs; i++)
    {
      BenchRound round;

      bench_device_tell (bench->author, "edit %d %d", N_EDITS, i * N_EDITS);
      wait_done (bench->author);
      bench_device_round (bench->author);
      round = bench_device_round (device);
      g_array_append_val (pulls, round.ms);
      pull_cpu += round.cpu_ms / (2 * n_runs);
      bench_device_tell (device, "edit %d %d", N_EDITS, (i + 20) * N_EDITS);
      wait_done (device);
      round = bench_device_round (device);
      g_array_append_val (pushes, round.ms);
      push_cpu += round.cpu_ms / (2 * n_runs);
      bench_device_round (bench->author);
      round = bench_device_round (device);
      g_array_append_val (idles, round.ms);
      idle_cpu += round.cpu_ms / (2 * n_runs);
    }
  runs_line ("1,000 changes taken", pulls, 60);
  bench_goal_line ("  device's work in it", "ms", pull_cpu, 0);
  bench_device_tell (bench->author, "edit %d 0", N_EDITS);
  wait_done (bench->author);
  bench_device_round (bench->author);
  bench_goal_line ("  on the wire", "kB", kilobytes (bench, relay, relay_uri, device), 60);
  runs_line ("1,000 changes sent", pushes, 60);
  bench_goal_line ("  device's work in it", "ms", push_cpu, 0);
  bench_device_tell (device, "edit %d 0", N_EDITS);
  wait_done (device);
  bench_goal_line ("  on the wire", "kB", kilobytes (bench, relay, relay_uri, device), 60);
  runs_line ("nothing changed", idles, 5);
  bench_goal_line ("  device's work in it", "ms", idle_cpu, 0);
  bench_goal_line ("  on the wire", "kB", kilobytes (bench, relay, relay_uri, device), 0);
  bench_device_stop (device);
}

/* All at once: each sends what it wrote, then each takes what the others sent. */
static void
all_round (BenchDevice **devices, double *cpu)
{
  for (guint i = 0; i < N_DEVICES; i++)
    bench_device_tell (devices[i], "round");
  for (guint i = 0; i < N_DEVICES; i++)
    *cpu += bench_device_hear_round (devices[i]).cpu_ms;
}

static void
all_tell (BenchDevice **devices, const char *command, guint n, guint each)
{
  for (guint i = 0; i < N_DEVICES; i++)
    bench_device_tell (devices[i], "%s %u %u", command, n, i * each);
  for (guint i = 0; i < N_DEVICES; i++)
    wait_done (devices[i]);
}

static void
compare_all (BenchDevice **devices)
{
  g_autofree char *expected = NULL;

  for (guint i = 0; i < N_DEVICES; i++)
    {
      char *digest;

      bench_device_tell (devices[i], "digest");
      digest = bench_device_hear (devices[i]);
      if (expected != NULL && strcmp (digest, expected) != 0)
        g_error ("the copies differ: %s, %s", digest, expected);
      g_free (expected);
      expected = digest;
    }
}

/* Four fifths are new records, the others edits of records that all have. */
static void
measure_many (Bench *bench)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  BenchDevice *devices[N_DEVICES];
  const guint  edits = N_CHANGES / 5;
  double       cpu = 0, server_cpu;

  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_autofree char *name = g_strdup_printf ("many-%u", i);
      g_autofree char *path = new_device (bench, name, "many");

      devices[i] = bench_device_start (path);
    }
  bench_device_tell (devices[0], "add %u 0", N_DEVICES * edits);
  wait_done (devices[0]);
  for (guint i = 0; i < N_DEVICES; i++)
    bench_device_round (devices[i]);
  server_cpu = bench_server_cpu_ms (&bench->server);
  for (int i = 0; i < 3; i++)
    {
      double begun;

      all_tell (devices, "edit", edits, edits);
      all_tell (devices, "add", N_CHANGES - edits, 1000);
      begun = bench_now ();
      all_round (devices, &cpu);
      all_round (devices, &cpu);
      begun = bench_now () - begun;
      g_array_append_val (times, begun);
      compare_all (devices);
    }
  server_cpu = bench_server_cpu_ms (&bench->server) - server_cpu;
  runs_line ("50 devices send 100 changes each, all have all", times, 3000);
  bench_goal_line ("  devices' work in it", "ms", cpu / times->len, 0);
  bench_goal_line ("  server's work in it", "ms", server_cpu / times->len, 0);
  for (guint i = 0; i < N_DEVICES; i++)
    bench_device_stop (devices[i]);
}

static void
measure (const char *storage)
{
  static const char *const tenants[] = { "first", "many", NULL };
  g_autoptr (GError) error = NULL;
  Bench bench = { .directory = g_dir_make_tmp ("dure-bench-XXXXXX", &error) };

  if (bench.directory == NULL)
    g_error ("%s", error->message);
  g_print ("Sync with %s: %d records, medians of %d runs (least … most)\n", storage, n_records, n_runs);
  bench_server_prepare (&bench.server, bench.directory, tenants);
  bench_server_start (&bench.server);
  if (only == NULL || strcmp (only, "many") != 0)
    {
      fill (&bench);
      measure_floor (&bench);
      measure_first (&bench);
      measure_changes (&bench);
      bench_device_stop (bench.author);
    }
  if (only == NULL || strcmp (only, "many") == 0)
    measure_many (&bench);
  bench_server_clear (&bench.server);
  bench_remove_tree (bench.directory);
  g_free (bench.directory);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("[sqlite] [postgres]");
  g_autoptr (GError) error = NULL;
  const GOptionEntry options[] = {
    { "records", 0, 0, G_OPTION_ARG_INT, &n_records, "Records of the first sync", "N" },
    { "runs", 0, 0, G_OPTION_ARG_INT, &n_runs, "Runs; medians are printed", "N" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &only, "Measure one device, or many", "one|many" },
    { NULL },
  };

  g_log_writer_default_set_use_stderr (TRUE);
  if (argc == 3 && strcmp (argv[1], "--device") == 0)
    return bench_device_main (argv[2]);
  if (argc == 3 && strcmp (argv[1], "--serve") == 0)
    return bench_serve_main (argv[2]);
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("bench-sync: %s\n", error->message);
      return 2;
    }
  setlocale (LC_ALL, "");
  setvbuf (stdout, NULL, _IOLBF, 0);
  if (bench_asks_for (argc, argv, "sqlite"))
    measure ("SQLite");
  if (bench_has_postgres ())
    measure ("PostgreSQL");
  else if (bench_asks_for (argc, argv, "postgres"))
    {
      g_autofree char *words
          = g_strdup_printf ("--records=%d --runs=%d%s%s", n_records, n_runs, only != NULL ? " --only=" : "",
                             only != NULL ? only : "");

      bench_run_with_postgres (words);
    }
  return EXIT_SUCCESS;
}
