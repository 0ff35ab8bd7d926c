/* bench-device.c: one device, a process of its own that does what a line on its standard input says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "bench-sync.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-data.h"
#include "sync/dure-sync.h"

static void
run_round (DureStore *store)
{
  double begun = bench_now ();
  double cpu = bench_cpu_now ();
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  if (!dure_sync_round (store, &result, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
  printf ("%.3f %.3f %u %u %.1f\n", bench_now () - begun, bench_cpu_now () - cpu, result.sent, result.received,
          bench_peak_mib ("self"));
}

/* Records whose line on the wire has about 300 bytes. */
static void
add (DureStore *store, guint n, guint first)
{
  static const char *const words[]
      = { "종합사회복지관", "노인복지관", "정신건강복지센터", "지역자활센터", "가족센터" };
  static const char *const kinds[]
      = { "welfare-centre", "senior-centre", "mental-health-centre", "self-support-centre", "family-centre" };
  static const char *const dongs[] = { "하안1동", "철산3동", "소하1동", "학온동", "광명7동", "일직동", "하안4동" };
  g_autoptr (GError) error = NULL;

  if (!dure_store_begin (store, "bench", &error))
    g_error ("%s", error->message);
  for (guint i = first; i < first + n; i++)
    {
      g_autoptr (DureRecord) agency = dure_record_new (DURE_ENTITY_AGENCY);
      guint            kind = i * 7 % G_N_ELEMENTS (words);
      g_autofree char *name
          = g_strdup_printf ("%s 제%u%s", dongs[i * 5 % G_N_ELEMENTS (dongs)], i + 1, words[kind]);
      g_autofree char *phone = g_strdup_printf ("02%08u", i * 7919 % 100000000);

      dure_record_set (agency, DURE_AGENCY_NAME, name);
      dure_record_set (agency, DURE_AGENCY_KIND, kinds[kind]);
      dure_record_set (agency, DURE_AGENCY_SECTOR, i % 3 == 0 ? "public" : "private");
      dure_record_set (agency, DURE_AGENCY_PHONE, phone);
      if (!dure_store_write (store, agency, &error))
        g_error ("%s", error->message);
    }
  if (!dure_store_commit (store, &error))
    g_error ("%s", error->message);
}

/* Gives the agencies from the FIRSTth on, in the order of their names, another telephone number. */
static void
edit (DureStore *store, guint n, guint first)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  dure_query_sort (query, DURE_AGENCY_NAME, FALSE);
  dure_query_limit (query, first + n);
  list = dure_store_list (store, query, &error);
  if (list == NULL || list->len < first + n || !dure_store_begin (store, "bench", &error))
    g_error ("edit: %s", error != NULL ? error->message : "too few records");
  for (guint i = first; i < first + n; i++)
    {
      DureRecord      *agency = g_ptr_array_index (list, i);
      g_autofree char *phone = g_strdup_printf ("031%08u", g_random_int_range (0, 99999999));

      dure_record_set (agency, DURE_AGENCY_PHONE, phone);
      if (!dure_store_write (store, agency, &error))
        g_error ("%s", error->message);
    }
  if (!dure_store_commit (store, &error))
    g_error ("%s", error->message);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
say_digest (DureStore *store)
{
  static const guint fields[]
      = { DURE_AGENCY_NAME, DURE_AGENCY_KIND, DURE_AGENCY_SECTOR, DURE_AGENCY_PHONE };
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (GPtrArray) list = dure_store_list (store, query, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < list->len; i++)
    {
      DureRecord *agency = g_ptr_array_index (list, i);
      GString    *line = g_string_new (dure_record_get_id (agency));

      for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
        g_string_append_printf (line, "\t%s", dure_record_get (agency, fields[f]));
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_checksum_update (sum, g_ptr_array_index (lines, i), -1);
  printf ("%u %s\n", lines->len, g_checksum_get_string (sum));
}

int
bench_device_main (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_store_open (path, DURE_STORE_CREATE, &error);
  char line[200];

  if (store == NULL)
    g_error ("%s", error->message);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      guint n, first;

      if (g_str_has_prefix (line, "round"))
        run_round (store);
      else if (g_str_has_prefix (line, "digest"))
        say_digest (store);
      else if (sscanf (line, "add %u %u", &n, &first) == 2)
        {
          add (store, n, first);
          puts ("done");
        }
      else if (sscanf (line, "edit %u %u", &n, &first) == 2)
        {
          edit (store, n, first);
          puts ("done");
        }
      fflush (stdout);
    }
  return EXIT_SUCCESS;
}

BenchDevice *
bench_device_start (const char *path)
{
  BenchDevice *self = g_new0 (BenchDevice, 1);

  self->process = bench_spawn ("/proc/self/exe", "--device", path, NULL);
  self->in = g_subprocess_get_stdin_pipe (self->process);
  self->out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->path = g_strdup (path);
  return self;
}

void
bench_device_tell (BenchDevice *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list          arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_output_stream_printf (self->in, NULL, NULL, NULL, "%s\n", line);
  g_output_stream_flush (self->in, NULL, NULL);
}

/* (transfer full) */
char *
bench_device_hear (BenchDevice *self)
{
  char *line = g_data_input_stream_read_line (self->out, NULL, NULL, NULL);

  if (line == NULL)
    g_error ("a device has ended");
  return line;
}

BenchRound
bench_device_hear_round (BenchDevice *self)
{
  g_autofree char *line = bench_device_hear (self);
  BenchRound       round = { 0 };

  if (sscanf (line, "%lf %lf %u %u %lf", &round.ms, &round.cpu_ms, &round.sent, &round.received, &round.peak_mib) != 5)
    g_error ("a device said “%s”", line);
  return round;
}

BenchRound
bench_device_round (BenchDevice *self)
{
  bench_device_tell (self, "round");
  return bench_device_hear_round (self);
}

void
bench_device_stop (BenchDevice *self)
{
  g_output_stream_close (self->in, NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->out);
  g_object_unref (self->process);
  g_free (self->path);
  g_free (self);
}
