/* bench-import.c: what the write path costs beside a bare insert of the same rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both write the same agencies in one transaction to a new file with the same pragmas. The bare side inserts the same
 * columns into a table of the same definition with its primary key, and nothing else; ours also stamps, keeps the
 * journal, the search and the indexes.
 */
#include "config.h"

#include "bench.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "base/dure-text.h"
#include "bench-data.h"

static GPtrArray *
make_records (guint n)
{
  g_autoptr (BenchData) data = bench_data_new ();
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (records, bench_agency (data));
  return records;
}

static double
run_store (const char *directory, GPtrArray *records, char **table_sql)
{
  g_autofree char *path = g_build_filename (directory, "store.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_store_open (path, DURE_STORE_CREATE, &error);
  sqlite3      *db = NULL;
  sqlite3_stmt *stmt = NULL;
  double        begun, took;

  g_assert_no_error (error);
  begun = bench_now ();
  g_assert_true (dure_store_begin (store, "bench", &error));
  for (guint i = 0; i < records->len; i++)
    if (!dure_store_write (store, records->pdata[i], &error))
      g_error ("%s", error->message);
  g_assert_true (dure_store_commit (store, &error));
  took = bench_now () - begun;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  sqlite3_prepare_v2 (db, "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'agency'", -1, &stmt, NULL);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  g_free (*table_sql);
  *table_sql = g_strdup ((const char *)sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  g_clear_object (&store);
  bench_remove_store (path);
  return took;
}

static double
run_bare (const char *directory, GPtrArray *records, const char *table_sql)
{
  g_autofree char  *path = g_build_filename (directory, "bare.db", NULL);
  const DureEntity *entity = dure_entity (DURE_ENTITY_AGENCY);
  g_autoptr (GString) sql = g_string_new ("INSERT INTO agency (id, _deleted, _stamp, _sort");
  g_autoptr (GPtrArray) sorts = g_ptr_array_new_with_free_func (g_free);
  sqlite3      *db = NULL;
  sqlite3_stmt *stmt = NULL;
  double        begun, took;

  for (guint f = 0; f < entity->n_fields; f++)
    g_string_append_printf (sql, ", \"%s\"", entity->fields[f].key);
  g_string_append (sql, ") VALUES (?, 0, ?, ?");
  for (guint f = 0; f < entity->n_fields; f++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (sorts, dure_text_sort_key (dure_record_get_title (records->pdata[i])));

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (
      db,
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY",
      NULL, NULL, NULL);
  g_assert_cmpint (sqlite3_exec (db, table_sql, NULL, NULL, NULL), ==, SQLITE_OK);
  begun = bench_now ();
  sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql->str, -1, &stmt, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < records->len; i++)
    {
      DureRecord *record = records->pdata[i];

      sqlite3_bind_text (stmt, 1, dure_record_get_id (record), -1, SQLITE_STATIC);
      sqlite3_bind_text (stmt, 2, dure_record_get_stamp (record), -1, SQLITE_STATIC);
      sqlite3_bind_text (stmt, 3, sorts->pdata[i], -1, SQLITE_STATIC);
      for (guint f = 0; f < entity->n_fields; f++)
        sqlite3_bind_text (stmt, (int)f + 4, dure_record_get (record, f), -1, SQLITE_STATIC);
      g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_DONE);
      sqlite3_reset (stmt);
    }
  g_assert_cmpint (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  took = bench_now () - begun;
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  bench_remove_store (path);
  return took;
}

void
bench_import (const char *directory, guint n_records, guint runs)
{
  g_autoptr (GArray) store_times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bare_times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *table_sql = NULL;
  double           ours, bare;

  for (guint i = 0; i < runs; i++)
    {
      g_autoptr (GPtrArray) records = make_records (n_records);
      double time = run_store (directory, records, &table_sql);

      g_array_append_val (store_times, time);
      time = run_bare (directory, records, table_sql);
      g_array_append_val (bare_times, time);
    }
  ours = bench_percentile (store_times, 50);
  bare = bench_percentile (bare_times, 50);
  g_print ("(a) import of %u agencies in one transaction, medians of %u runs\n", n_records, runs);
  bench_line ("    dure_store_write, journal and search", "%8.0f ms", ours);
  bench_line ("    bare SQLite insert of the same rows", "%8.0f ms", bare);
  bench_line ("    ratio (goal 6 or less)", "%8.2f", ours / bare);
}
