/* test-store-care.c: damaged and newer files, backup, a full disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "base/dure-error.h"
#include "store-fixture.h"

static void
assert_refused (const char *path, DureError code)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  gsize length, length_after;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &before, &length, NULL));
  g_assert_null (dure_store_open (path, 0, &error));
  g_assert_true (g_error_matches (error, DURE_ERROR, (int) code));
  g_assert_nonnull (strstr (error->message, path));
  g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
}

static char *
closed_copy (Fixture *fixture, const char *name)
{
  char *path = g_build_filename (fixture->directory, name, NULL);
  g_autoptr (GError) error = NULL;

  dure_store_backup (fixture->store, path, &error);
  g_assert_no_error (error);
  return path;
}

static void
change_bytes (const char *path, gsize at, const char *bytes, gsize n)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpuint (at + n, <=, length);
  memcpy (content + at, bytes, n);
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
}

static void
test_bad_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->directory, "text.db", NULL);
  g_autofree char *newer = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *broken = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  for (int i = 0; i < 200; i++)
    g_free (add_agency (fixture->store, "광명종합사회복지관"));
  g_assert_true (g_file_set_contents (other, "이것은 그냥 글입니다. 데이터베이스가 아닙니다. 그래서 열 수 없습니다. 더 길어야 백 바이트가 넘습니다.", -1, NULL));
  assert_refused (other, DURE_ERROR_DAMAGED);

  g_assert_true (g_file_set_contents (other, "", 0, NULL));
  assert_refused (other, DURE_ERROR_DAMAGED);

  newer = closed_copy (fixture, "newer.db");
  change_bytes (newer, 60, "\0\0\x03\xe7", 4);
  assert_refused (newer, DURE_ERROR_NEWER);

  cut = closed_copy (fixture, "cut.db");
  g_assert_true (g_file_get_contents (cut, &content, &length, NULL));
  g_assert_true (g_file_set_contents (cut, content, (gssize) (length / 2), NULL));
  assert_refused (cut, DURE_ERROR_DAMAGED);

  broken = closed_copy (fixture, "broken.db");
  for (gsize at = 4096 * 3; at + 4096 < length; at += 4096)
    change_bytes (broken, at, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 16);
  g_assert_null (dure_store_open (broken, 0, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DAMAGED);

  g_clear_error (&error);
  g_assert_null (dure_store_open ("/nonexistent/a.db", 0, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
}

/* A database of another program is not turned into a store. */
static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "foreign.db", NULL);
  sqlite3 *db = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, "CREATE TABLE mine (x)", NULL, NULL, NULL);
  sqlite3_close (db);
  g_assert_null (dure_store_open (path, DURE_STORE_CREATE, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DAMAGED);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "SELECT * FROM agency", NULL, NULL, NULL), ==, SQLITE_ERROR);
  sqlite3_close (db);
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_agency (fixture->store, "가");
  g_autofree char *copy = closed_copy (fixture, "copy.db");
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  struct stat status;

  g_assert_false (dure_store_backup (fixture->store, fixture->path, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  set_agency (fixture->store, id, DURE_AGENCY_NAME, "나");
  problems = dure_store_check (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpint (stat (copy, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_clear_object (&fixture->store);
  g_assert_true (dure_store_restore_file (copy, fixture->path, NULL, &error));
  g_assert_no_error (error);
  fixture->store = dure_store_open (fixture->path, 0, &error);
  g_assert_no_error (error);
  assert_agency (fixture->store, id, DURE_AGENCY_NAME, "가");
}

/* A store that somebody has open is not pulled away under him. */
static void
test_restore_while_open (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_agency (fixture->store, "가");
  g_autofree char *copy = closed_copy (fixture, "copy.db");
  g_autofree char *kept = g_strconcat (fixture->path, ".before-restore", NULL);
  g_autoptr (GError) error = NULL;

  set_agency (fixture->store, id, DURE_AGENCY_NAME, "나");
  g_assert_false (dure_store_restore_file (copy, fixture->path, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_BUSY);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  set_agency (fixture->store, id, DURE_AGENCY_HEAD, "표본관장");
  g_clear_object (&fixture->store);
  g_clear_error (&error);
  g_assert_true (dure_store_restore_file (copy, fixture->path, NULL, &error));
  g_assert_no_error (error);
  fixture->store = dure_store_open (kept, 0, &error);
  g_assert_no_error (error);
  assert_agency (fixture->store, id, DURE_AGENCY_HEAD, "표본관장");
}

static void
assert_search_wrong (DureStore *store, gboolean wrong)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = dure_store_check (store, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, wrong ? 1 : 0);
}

/* An index that lacks a record, or has one too many, is noticed, and can be made anew. */
static void
test_search_index (Fixture *fixture, gconstpointer data)
{
  static const char *const wrongs[] = { "INSERT INTO search (search) VALUES ('delete-all')",
                                        "INSERT INTO search (rowid, grams) VALUES (99, '새가')",
                                        "UPDATE agency SET name = '몰래 바꾼 이름' WHERE name = 'Dure-1 복지관 (나)'" };
  g_autofree char *id = add_agency (fixture->store, "Dure-1 복지관 (나)");
  g_autofree char *other = add_agency (fixture->store, "가");
  g_autoptr (GError) error = NULL;

  set_agency (fixture->store, id, DURE_AGENCY_ADDRESS, "광명시 오리로 1-2, B동/3");
  g_assert_true (dure_store_delete (fixture->store, DURE_ENTITY_AGENCY, other, NULL));
  assert_search_wrong (fixture->store, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      sqlite3 *db = NULL;

      g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_exec (db, wrongs[i], NULL, NULL, NULL), ==, SQLITE_OK);
      sqlite3_close (db);
      assert_search_wrong (fixture->store, TRUE);
      g_assert_true (dure_store_rebuild_search (fixture->store, &error));
      g_assert_no_error (error);
      assert_search_wrong (fixture->store, FALSE);
    }
}

/* max_page_count is how SQLite lets a test meet a full disk. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *text = g_strnfill (20000, 'x');
  g_autofree char *id = add_agency (fixture->store, "가");
  gint64 before;

  dure_store_limit_pages (fixture->store, 4);
  before = dure_store_count (fixture->store, query, NULL);
  for (int i = 0; i < 50 && error == NULL; i++)
    {
      g_autoptr (DureRecord) agency = dure_store_get (fixture->store, DURE_ENTITY_AGENCY, id, NULL);

      text[0] = (char) ('a' + i % 26);
      dure_record_set (agency, DURE_AGENCY_NOTE, text);
      dure_store_write (fixture->store, agency, &error);
    }
  g_assert_error (error, DURE_ERROR, DURE_ERROR_FULL);
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, before);
  dure_store_limit_pages (fixture->store, 100000);
  problems = dure_store_check (fixture->store, NULL);
  g_assert_cmpuint (problems->len, ==, 0);
  set_agency (fixture->store, id, DURE_AGENCY_NAME, "나");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/care/bad-files", test_bad_files);
  ADD ("/care/foreign", test_foreign);
  ADD ("/care/backup", test_backup);
  ADD ("/care/restore-while-open", test_restore_while_open);
  ADD ("/care/search-index", test_search_index);
  ADD ("/care/full", test_full);
  return g_test_run ();
}
