/* load.c: many devices of many municipalities on one server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * load [--devices M] [--tenants T] [--seconds S] [--rate CHANGES-A-MINUTE] [sqlite] [postgres]
 *
 * Each simulated device is enrolled, holds a live channel, writes a change now and then, and takes what others wrote
 * when its channel says that there is something: what the desktop does, without its store. Each request has a
 * connection of its own, as each round of the desktop has. All devices are in one process, whose own waiting counts.
 * Measuring begins when all are there.
 */
#include "config.h"

#include <libsoup/soup.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/dure-date.h"
#include "base/dure-stamp.h"
#include "base/dure-uuid.h"
#include "bench-data.h"
#include "bench-sync.h"
#include "sync/dure-wire.h"

#define STARTING 16
#define SETTLE_MS 3000

static int    n_devices = 1000;
static int    n_tenants = 229;
static int    seconds = 60;
static double rate = 1;

typedef struct
{
  BenchServer  server;
  SoupSession *session;
  GMainLoop   *loop;
  GPtrArray   *devices;
  GHashTable  *moves; /* "TENANT SEQ" -> Move */
  guint        n_started;
  guint        n_ready;
  gboolean     measures;
  guint        n_failed;
  GArray      *pushes, *pulls, *lags; /* milliseconds */
} Load;

typedef struct
{
  Load       *load;
  guint       tenant;
  char       *number;
  char       *token;
  DureClock  *clock;
  GPtrArray  *records;
  gint64      cursor;
  gint64      moved; /* what the live channel said last */
  gboolean    busy;
  gboolean    ready;
  double      asked;
  gboolean    due; /* a change waits until the request under way is answered */
  SoupWebsocketConnection *live;
} Device;

/* A push and the live lines that tell of it; either may come first. */
typedef struct
{
  double  sent; /* 0 while the answer is not there */
  GArray *heard;
} Move;

static void take (Device *device);
static void start_next (Load *load);

static void
move_free (gpointer data)
{
  g_array_unref (((Move *)data)->heard);
  g_free (data);
}

static Move *
find_move (Load *load, guint tenant, gint64 seq)
{
  char *key = g_strdup_printf ("%u %" G_GINT64_FORMAT, tenant, seq);
  Move *move = g_hash_table_lookup (load->moves, key);

  if (move == NULL)
    {
      move = g_new0 (Move, 1);
      move->heard = g_array_new (FALSE, FALSE, sizeof (double));
      g_hash_table_insert (load->moves, g_strdup (key), move);
    }
  g_free (key);
  return move;
}

static void
note (Load *load, GArray *times, double ms)
{
  if (load->measures)
    g_array_append_val (times, ms);
}

static gint64
member (const char *text, const char *name)
{
  const char *at = strstr (text, name);

  return at != NULL ? g_ascii_strtoll (at + strlen (name), NULL, 10) : -1;
}

static SoupMessage *
make_message (Device *device, const char *method, const char *format, ...) G_GNUC_PRINTF (3, 4);

static SoupMessage *
make_message (Device *device, const char *method, const char *format, ...)
{
  g_autofree char *path = NULL;
  g_autofree char *whole = NULL;
  SoupMessage     *message;
  va_list          arguments;

  va_start (arguments, format);
  path = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  whole = g_strconcat (device->load->server.uri, path, NULL);
  message = soup_message_new (method, whole);
  if (device->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", device->token, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
    }
  return message;
}

/* (transfer full) (nullable): the answer, when it is good */
static char *
finish (Device *device, GAsyncResult *result)
{
  Load *load = device->load;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (load->session, result, &error);
  SoupMessage *message = soup_session_get_async_result_message (load->session, result);

  if (bytes != NULL && soup_message_get_status (message) == 200)
    return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (load->n_failed++ == 0)
    g_printerr ("a request failed: %s, status %u\n", error != NULL ? error->message : "", soup_message_get_status (message));
  return NULL;
}

static void
send_message (Device *device, SoupMessage *message, GAsyncReadyCallback done)
{
  device->busy = TRUE;
  device->asked = bench_now ();
  soup_message_headers_replace (soup_message_get_request_headers (message), "Connection", "close");
  soup_session_send_and_read_async (device->load->session, message, G_PRIORITY_DEFAULT, NULL, done, device);
  g_object_unref (message);
}

static void
pushed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Device          *device = data;
  Load            *load = device->load;
  g_autofree char *text = finish (device, result);
  gint64           seq;
  Move            *move;

  device->busy = FALSE;
  if (text == NULL)
    return;
  if (member (text, "\"accepted\":") != 1 && load->n_failed++ == 0)
    g_printerr ("a change was refused: %s\n", text);
  note (load, load->pushes, bench_now () - device->asked);
  seq = member (text, "\"seq\":");
  if (strstr (text, "\"plain\":true") != NULL && member (text, "\"before\":") == device->cursor)
    device->cursor = seq;
  move = find_move (load, device->tenant, seq);
  move->sent = device->asked;
  for (guint i = 0; i < move->heard->len; i++)
    note (load, load->lags, g_array_index (move->heard, double, i) - move->sent);
  take (device);
}

/* One new record in four changes, else an edit of one of this device's own. */
static void
write_change (Device *device)
{
  char             stamp[DURE_STAMP_LENGTH + 1];
  gboolean         is_new = device->records->len == 0 || g_random_int_range (0, 4) == 0;
  g_autofree char *name = g_strdup_printf ("하안%d동 제%u종합사회복지관", g_random_int_range (1, 5), g_random_int ());
  g_autofree char *phone = g_strdup_printf ("02%08u", g_random_int_range (0, 99999999));
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (DureChange) change = NULL;
  SoupMessage *message;

  if (is_new)
    {
      char id[DURE_UUID_LENGTH + 1];

      dure_uuid_v7 (id);
      g_ptr_array_add (device->records, g_strdup (id));
    }
  dure_clock_next (device->clock, stamp);
  change = dure_change_new (
      stamp, "agency", device->records->pdata[is_new ? (gint)device->records->len - 1 : g_random_int_range (0, (gint)device->records->len)], "bench");
  if (is_new)
    {
      dure_change_add (change, "name", name, NULL);
      dure_change_add (change, "kind", "welfare-centre", NULL);
      dure_change_add (change, "sector", "private", NULL);
    }
  dure_change_add (change, "phone", phone, NULL);
  dure_wire_append (line, change, 0, 0);
  body = g_bytes_new (line->str, line->len);
  message = make_message (device, "POST", "/v1/changes?after=%" G_GINT64_FORMAT, device->cursor);
  soup_message_set_request_body_from_bytes (message, DURE_WIRE_TYPE, body);
  device->due = FALSE;
  send_message (device, message, pushed_cb);
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Device          *device = data;
  g_autofree char *text = finish (device, result);
  const char      *end = text != NULL ? g_strrstr (text, "{\"end\":") : NULL;

  device->busy = FALSE;
  if (end == NULL)
    return;
  note (device->load, device->load->pulls, bench_now () - device->asked);
  device->cursor = member (end, "\"seq\":");
  if (!device->ready)
    {
      device->ready = TRUE;
      device->load->n_ready++;
      start_next (device->load);
    }
  take (device);
}

/* What is next for a device that waits for no answer: its change, else what others wrote. */
static void
take (Device *device)
{
  if (device->busy)
    return;
  if (device->due)
    write_change (device);
  else if (device->moved > device->cursor || !device->ready)
    send_message (device, make_message (device, "GET", "/v1/changes?after=%" G_GINT64_FORMAT, device->cursor),
                  pulled_cb);
}

static void
live_line_cb (SoupWebsocketConnection *live, int type, GBytes *line, gpointer data)
{
  Device          *device = data;
  Load            *load = device->load;
  g_autofree char *text = g_strndup (g_bytes_get_data (line, NULL), g_bytes_get_size (line));
  gint64           seq = member (text, "\"seq\":");
  double           now = bench_now ();
  Move            *move = find_move (load, device->tenant, seq);

  device->moved = MAX (device->moved, seq);
  if (move->sent > 0)
    note (load, load->lags, now - move->sent);
  else
    g_array_append_val (move->heard, now);
  take (device);
}

static void
live_closed_cb (SoupWebsocketConnection *live, gpointer data)
{
  Device *device = data;

  if (device->load->n_failed++ == 0)
    g_printerr ("a live channel was closed\n");
}

static void
live_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Device *device = data;
  g_autoptr (GError) error = NULL;

  device->live = soup_session_websocket_connect_finish (device->load->session, result, &error);
  if (device->live == NULL)
    g_error ("no live channel: %s", error->message);
  soup_websocket_connection_set_keepalive_interval (device->live, 30);
  g_signal_connect (device->live, "message", G_CALLBACK (live_line_cb), device);
  g_signal_connect (device->live, "closed", G_CALLBACK (live_closed_cb), device);
  take (device);
}

static void
enrolled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Device          *device = data;
  g_autofree char *text = finish (device, result);
  const char      *token = text != NULL ? strstr (text, "\"token\":\"") : NULL;
  SoupMessage     *message;

  if (token == NULL)
    g_error ("a device could not be enrolled: %s", text);
  token += strlen ("\"token\":\"");
  device->token = g_strndup (token, strcspn (token, "\""));
  device->busy = FALSE;
  message = make_message (device, "GET", "/v1/live");
  soup_session_websocket_connect_async (device->load->session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL, live_cb,
                                        device);
  g_object_unref (message);
}

static void
start_next (Load *load)
{
  Device          *device;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;
  SoupMessage *message;

  if (load->n_started == load->devices->len)
    return;
  device = g_ptr_array_index (load->devices, load->n_started++);
  text = g_strdup_printf ("{\"tenant\":\"t%u\",\"user\":\"" BENCH_USER "\",\"password\":\"" BENCH_PASSWORD
                          "\",\"device\":\"%s\",\"name\":\"bench\"}",
                          device->tenant, device->number);
  body = g_bytes_new (text, strlen (text));
  message = make_message (device, "POST", "/v1/enrol");
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  send_message (device, message, enrolled_cb);
}

static gboolean
due_cb (gpointer data)
{
  Device *device = data;
  guint   period = (guint)(60000 / rate);

  device->due = TRUE;
  take (device);
  g_timeout_add (period / 2 + (guint)g_random_int_range (0, (gint)period), due_cb, device);
  return G_SOURCE_REMOVE;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
run_for (Load *load, guint milliseconds)
{
  g_timeout_add (milliseconds, quit_cb, load->loop);
  g_main_loop_run (load->loop);
}

static void
add_devices (Load *load)
{
  for (int i = 0; i < n_devices; i++)
    {
      Device *device = g_new0 (Device, 1);
      char    number[DURE_DEVICE_LENGTH + 1];

      dure_device_new (number);
      device->load = load;
      device->tenant = (guint)(i % n_tenants);
      device->number = g_strdup (number);
      device->clock = dure_clock_new (number);
      device->records = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (load->devices, device);
    }
}

static void
times_line (const char *what, GArray *times, double goal)
{
  double p99 = bench_percentile (times, 99);

  g_print ("    %-28s %6u  p50 %6.1f ms, p99 %6.1f ms, most %6.1f ms", what, times->len, bench_percentile (times, 50),
           p99, bench_percentile (times, 100));
  if (goal > 0)
    g_print ("  goal of p99 %3.0f, %4.2f of it%s", goal, p99 / goal, p99 > goal ? "  OVER" : "");
  g_print ("\n");
}

static void
measure (const char *storage)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("dure-load-XXXXXX", &error);
  g_autoptr (GPtrArray) tenants = g_ptr_array_new_with_free_func (g_free);
  Load   load = { .session = soup_session_new_with_options ("max-conns", 8192, "max-conns-per-host", 8192, NULL),
                  .loop = g_main_loop_new (NULL, FALSE),
                  .devices = g_ptr_array_new (),
                  .moves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, move_free),
                  .pushes = g_array_new (FALSE, FALSE, sizeof (double)),
                  .pulls = g_array_new (FALSE, FALSE, sizeof (double)),
                  .lags = g_array_new (FALSE, FALSE, sizeof (double)) };
  double cpu, own_cpu, begun, ramp = bench_now ();

  if (directory == NULL)
    g_error ("%s", error->message);
  for (int i = 0; i < n_tenants; i++)
    g_ptr_array_add (tenants, g_strdup_printf ("t%d", i));
  g_ptr_array_add (tenants, NULL);
  g_print ("Load with %s: %d devices of %d tenants, each %g changes a minute, %d s\n", storage, n_devices, n_tenants,
           rate, seconds);
  bench_server_prepare (&load.server, directory, (const char *const *)tenants->pdata);
  bench_server_start (&load.server);
  add_devices (&load);
  for (guint i = 0; i < STARTING; i++)
    start_next (&load);
  while (load.n_ready < load.devices->len)
    run_for (&load, 100);
  for (guint i = 0; i < load.devices->len; i++)
    g_timeout_add ((guint)g_random_int_range (0, (gint)(60000 / rate)), due_cb, g_ptr_array_index (load.devices, i));
  run_for (&load, SETTLE_MS);
  g_print ("    all are there after %.0f s\n", (bench_now () - ramp) / 1000);
  load.measures = TRUE;
  cpu = bench_server_cpu_ms (&load.server);
  own_cpu = bench_cpu_now ();
  begun = bench_now ();
  run_for (&load, (guint)seconds * 1000);
  load.measures = FALSE;
  begun = bench_now () - begun;
  cpu = bench_server_cpu_ms (&load.server) - cpu;
  own_cpu = bench_cpu_now () - own_cpu;
  times_line ("pushes", load.pushes, 100);
  times_line ("pulls", load.pulls, 0);
  times_line ("from push to live line", load.lags, 0);
  bench_goal_line ("server's memory, at most", "MiB", bench_server_peak_mib (&load.server), 250);
  g_print ("    server's share of one core %.0f %%, of the devices' process %.0f %%; requests that failed: %u\n",
           cpu * 100 / begun, own_cpu * 100 / begun, load.n_failed);
  bench_server_clear (&load.server);
  bench_remove_tree (directory);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("[sqlite] [postgres]");
  g_autoptr (GError) error = NULL;
  struct rlimit      limit;
  const GOptionEntry options[] = {
    { "devices", 0, 0, G_OPTION_ARG_INT, &n_devices, "Devices", "M" },
    { "tenants", 0, 0, G_OPTION_ARG_INT, &n_tenants, "Municipalities", "T" },
    { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, "How long it is measured", "S" },
    { "rate", 0, 0, G_OPTION_ARG_DOUBLE, &rate, "Changes of each device a minute", "N" },
    { NULL },
  };

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || n_devices < 1 || n_tenants < 1 || seconds < 1
      || rate <= 0)
    {
      g_printerr ("load: %s\n", error != NULL ? error->message : "a number is too small");
      return 2;
    }
  setlocale (LC_ALL, "");
  setvbuf (stdout, NULL, _IOLBF, 0);
  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
  if (bench_asks_for (argc, argv, "sqlite"))
    measure ("SQLite");
  if (bench_has_postgres ())
    measure ("PostgreSQL");
  else if (bench_asks_for (argc, argv, "postgres"))
    {
      g_autofree char *words = g_strdup_printf ("--devices=%d --tenants=%d --seconds=%d --rate=%g", n_devices,
                                                n_tenants, seconds, rate);

      bench_run_with_postgres (words);
    }
  return EXIT_SUCCESS;
}
