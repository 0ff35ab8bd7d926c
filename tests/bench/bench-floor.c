/* bench-floor.c: what the work of a first sync takes at least
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same rows into a bare SQLite file, durable, in one transaction, with the primary key and nothing else; and the
 * same bytes, packed with zlib at the same level by one process, over loopback HTTP, unpacked by another.
 */
#include "config.h"

#include "bench-sync.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-data.h"
#include "sync/dure-gzip.h"

#define COLUMNS 40
#define PART (64 * 1024)

typedef struct
{
  char *cells[COLUMNS];
} Row;

static void
row_clear (gpointer data)
{
  for (guint i = 0; i < COLUMNS; i++)
    g_free (((Row *)data)->cells[i]);
}

/* The agencies of a store, and how their table and a row of it are made. */
static GArray *
read_rows (const char *store, char **table_sql, char **insert_sql)
{
  GArray       *rows = g_array_new (FALSE, TRUE, sizeof (Row));
  GString      *sql = g_string_new ("INSERT INTO agency VALUES (?");
  sqlite3      *db = NULL;
  sqlite3_stmt *stmt = NULL;
  int           n;

  g_array_set_clear_func (rows, row_clear);
  sqlite3_open_v2 (store, &db, SQLITE_OPEN_READONLY, NULL);
  sqlite3_prepare_v2 (db, "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'agency'", -1, &stmt, NULL);
  if (sqlite3_step (stmt) != SQLITE_ROW)
    g_error ("%s: %s", store, sqlite3_errmsg (db));
  *table_sql = g_strdup ((const char *)sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  sqlite3_prepare_v2 (db, "SELECT * FROM agency", -1, &stmt, NULL);
  n = sqlite3_column_count (stmt);
  g_assert (n <= COLUMNS);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      Row row = { 0 };

      for (int i = 0; i < n; i++)
        row.cells[i] = g_strdup ((const char *)sqlite3_column_text (stmt, i));
      g_array_append_val (rows, row);
    }
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  for (int i = 1; i < n; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  *insert_sql = g_string_free (sql, FALSE);
  return rows;
}

/* Milliseconds; @cpu_ms: this thread's work in it */
double
bench_floor_insert (const char *store, const char *directory, double *cpu_ms)
{
  g_autofree char *path = g_build_filename (directory, "bare.db", NULL);
  g_autofree char *table_sql = NULL;
  g_autofree char *insert_sql = NULL;
  g_autoptr (GArray) rows = read_rows (store, &table_sql, &insert_sql);
  sqlite3      *db = NULL;
  sqlite3_stmt *stmt = NULL;
  double        begun, took;

  sqlite3_open (path, &db);
  sqlite3_exec (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY", NULL, NULL,
                NULL);
  sqlite3_exec (db, table_sql, NULL, NULL, NULL);
  begun = bench_now ();
  *cpu_ms = bench_cpu_now ();
  sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  sqlite3_prepare_v2 (db, insert_sql, -1, &stmt, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      for (int c = 0; c < sqlite3_bind_parameter_count (stmt); c++)
        sqlite3_bind_text (stmt, c + 1, row->cells[c], -1, SQLITE_STATIC);
      if (sqlite3_step (stmt) != SQLITE_DONE)
        g_error ("%s", sqlite3_errmsg (db));
      sqlite3_reset (stmt);
    }
  if (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  took = bench_now () - begun;
  *cpu_ms = bench_cpu_now () - *cpu_ms;
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  bench_remove_store (path);
  return took;
}

/* Answers one request with the file @path, packed part by part. */
int
bench_serve_main (const char *path)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GZlibCompressor) packer = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, DURE_GZIP_LEVEL);
  static const char head[] = "HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n";
  g_autofree char  *text = NULL;
  char              asked[4096];
  gsize             length;
  GOutputStream    *out;

  if (port == 0 || !g_file_get_contents (path, &text, &length, NULL))
    return EXIT_FAILURE;
  printf ("%u\n", port);
  fflush (stdout);
  connection = g_socket_listener_accept (listener, NULL, NULL, NULL);
  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), asked, sizeof asked, NULL, NULL);
  out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
  for (gsize at = 0; at < length; at += PART)
    {
      g_autoptr (GByteArray) packed = g_byte_array_new ();
      gsize part = MIN (PART, length - at);

      dure_gzip_feed (G_CONVERTER (packer), text + at, part, at + part == length, packed, G_MAXUINT32 / 2, NULL);
      g_output_stream_write_all (out, packed->data, packed->len, NULL, NULL, NULL);
    }
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  printf ("%.3f\n", bench_cpu_now ());
  return EXIT_SUCCESS;
}

static gsize
fetch (guint16 port)
{
  static const char ask[] = "GET / HTTP/1.0\r\n\r\n";
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  g_autoptr (GZlibDecompressor) unpacker = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  GInputStream    *in;
  g_autofree char *part = g_malloc (PART);
  gssize           n;
  gsize            total = 0;
  gboolean         head = TRUE;

  if (connection == NULL)
    g_error ("no connection");
  in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), ask, strlen (ask), NULL, NULL,
                             NULL);
  while ((n = g_input_stream_read (in, part, PART, NULL, NULL)) > 0)
    {
      g_autoptr (GByteArray) plain = g_byte_array_new ();
      const char *body = head ? g_strstr_len (part, n, "\r\n\r\n") : part;

      body += head ? 4 : 0;
      head = FALSE;
      dure_gzip_feed (G_CONVERTER (unpacker), body, (gsize)(part + n - body), FALSE, plain, G_MAXUINT32 / 2, NULL);
      total += plain->len;
    }
  return total;
}

/* Milliseconds; @cpu_ms: the work of both processes in it */
double
bench_floor_http (GBytes *body, const char *directory, double *cpu_ms)
{
  g_autofree char *path = g_build_filename (directory, "body", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) out = NULL;
  g_autofree char *line = NULL;
  g_autofree char *work = NULL;
  double           begun, took;
  gsize            got;

  if (!g_file_set_contents (path, g_bytes_get_data (body, NULL), (gssize)g_bytes_get_size (body), &error))
    g_error ("%s", error->message);
  process = bench_spawn ("/proc/self/exe", "--serve", path, NULL);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  begun = bench_now ();
  *cpu_ms = bench_cpu_now ();
  got = fetch ((guint16)atoi (line));
  took = bench_now () - begun;
  *cpu_ms = bench_cpu_now () - *cpu_ms;
  work = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  *cpu_ms += work != NULL ? g_ascii_strtod (work, NULL) : 0;
  if (got != g_bytes_get_size (body))
    g_error ("the floor lost bytes");
  g_subprocess_wait (process, NULL, NULL);
  return took;
}
