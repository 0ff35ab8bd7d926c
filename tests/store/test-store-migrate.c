/* test-store-migrate.c: a store of an older table is brought up to date, or left as it was
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "base/dure-error.h"
#include "store-fixture.h"
#include "store/dure-store-private.h"

#define PRACTICE "019234ab-0000-7000-8000-0000000000cc"

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static gint64
ask (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  gint64 value = -1;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    value = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return value;
}

/* Makes the store what an older program would have written: without fax numbers and without practices, which it keeps
 * unknown. Gives the id of an agency. */
static char *
make_old (Fixture *fixture)
{
  char *id = add_agency (fixture->store, "광명종합사회복지관");
  g_autoptr (GPtrArray) problems = NULL;

  g_clear_object (&fixture->store);
  run_sql (fixture->path, "ALTER TABLE agency DROP COLUMN fax; DROP TABLE practice; PRAGMA user_version = 1;");
  run_sql (fixture->path, "UPDATE agency SET _extra = '{\"fax\":\"0226800001\",\"orbit\":\"높음\"}',"
                          " _stamps = '{\"fax\":\"018000000001-0000-00000000000000aa\"}';");
  run_sql (fixture->path, "INSERT INTO unknown (stamp, entity, id, by, body) VALUES"
                          " ('018000000002-0000-00000000000000aa', 'practice', '" PRACTICE "', 'kim', '{\"title\":\"안부 우유\"}'),"
                          " ('018000000003-0000-00000000000000aa', 'practice', '" PRACTICE "', 'kim', '{\"title\":\"안부 두유\",\"text\":null}'),"
                          " ('018000000004-0000-00000000000000aa', 'spaceship', '" PRACTICE "', 'kim', '{}');");
  return id;
}

static void
assert_new (Fixture *fixture, const char *id)
{
  g_autoptr (DureRecord) practice = NULL;
  g_autoptr (DureRecord) agency = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError) error = NULL;

  assert_agency (fixture->store, id, DURE_AGENCY_FAX, "0226800001");
  agency = dure_store_get (fixture->store, DURE_ENTITY_AGENCY, id, NULL);
  g_assert_cmpstr (dure_record_get_extra (agency), ==, "{\"orbit\":\"높음\"}");
  practice = dure_store_get (fixture->store, DURE_ENTITY_PRACTICE, PRACTICE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dure_record_get (practice, DURE_PRACTICE_TITLE), ==, "안부 두유");
  hits = dure_store_search (fixture->store, "ㅈㅎㅅㅎㅂㅈ", 5, NULL, NULL);
  g_assert_cmpuint (hits->len, ==, 1);
  problems = dure_store_check (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpint (dure_store_count_unsent (fixture->store), ==, 1);
  set_agency (fixture->store, id, DURE_AGENCY_FAX, "0226800002");
}

static void
test_older (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = make_old (fixture);
  g_autofree char *copy = g_strconcat (fixture->path, ".v1.bak", NULL);
  g_autoptr (GError) error = NULL;

  dure_store_version = 2;
  fixture->store = dure_store_open (fixture->path, 0, &error);
  g_assert_no_error (error);
  assert_new (fixture, id);
  g_clear_object (&fixture->store);
  g_assert_cmpint (ask (fixture->path, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (ask (fixture->path, "SELECT count(*) FROM unknown"), ==, 1);
  g_assert_cmpint (ask (copy, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (ask (copy, "SELECT count(*) FROM agency"), ==, 1);
  g_assert_cmpint (ask (copy, "SELECT count(*) FROM pragma_table_info ('agency') WHERE name = 'fax'"), ==, 0);
  /* Once is enough. */
  g_assert_cmpint (g_unlink (copy), ==, 0);
  fixture->store = dure_store_open (fixture->path, 0, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  dure_store_version = DURE_SCHEMA_VERSION;
}

/* A program that only reads finds the new columns too. */
static void
test_reader (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = make_old (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) reader = NULL;

  dure_store_version = 2;
  reader = dure_store_open (fixture->path, DURE_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  assert_agency (reader, id, DURE_AGENCY_FAX, "0226800001");
  dure_store_version = DURE_SCHEMA_VERSION;
}

/* A backup of an older version is put back as it is and then brought up to date. */
static void
test_old_backup (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = make_old (fixture);
  g_autofree char *backup = g_build_filename (fixture->directory, "old.bak", NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize length, length_after;

  g_assert_cmpint (g_rename (fixture->path, backup), ==, 0);
  g_assert_true (g_file_get_contents (backup, &bytes, &length, NULL));
  dure_store_version = 2;
  g_assert_true (dure_store_restore_file (backup, fixture->path, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (backup, &after, &length_after, NULL));
  g_assert_cmpmem (bytes, length, after, length_after);
  fixture->store = dure_store_open (fixture->path, 0, &error);
  g_assert_no_error (error);
  assert_new (fixture, id);
  dure_store_version = DURE_SCHEMA_VERSION;
}

/* A migration that fails in the middle leaves no trace, and says so. */
static void
test_failure (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = make_old (fixture);
  g_autoptr (GError) error = NULL;

  run_sql (fixture->path, "CREATE INDEX practice__sort ON meta (value);");
  dure_store_version = 2;
  g_assert_null (dure_store_open (fixture->path, 0, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (ask (fixture->path, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (ask (fixture->path, "SELECT count(*) FROM pragma_table_info ('agency') WHERE name = 'fax'"), ==, 0);
  g_assert_cmpint (ask (fixture->path, "SELECT count(*) FROM sqlite_master WHERE name = 'practice'"), ==, 0);
  g_assert_cmpint (ask (fixture->path, "SELECT count(*) FROM agency WHERE _extra LIKE '%fax%'"), ==, 1);
  g_clear_error (&error);
  run_sql (fixture->path, "DROP INDEX practice__sort;");
  fixture->store = dure_store_open (fixture->path, 0, &error);
  g_assert_no_error (error);
  assert_new (fixture, id);
  dure_store_version = DURE_SCHEMA_VERSION;
}

/* Where no copy can be kept, nothing is changed. */
static void
test_no_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = make_old (fixture);
  g_autofree char *part = g_strconcat (fixture->path, ".v1.bak.part", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (part, 0700), ==, 0);
  dure_store_version = 2;
  g_assert_null (dure_store_open (fixture->path, 0, &error));
  g_assert_nonnull (strstr (error->message, ".v1.bak"));
  g_assert_cmpint (ask (fixture->path, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (g_rmdir (part), ==, 0);
  dure_store_version = DURE_SCHEMA_VERSION;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/migrate/older", test_older);
  ADD ("/migrate/reader", test_reader);
  ADD ("/migrate/old-backup", test_old_backup);
  ADD ("/migrate/failure", test_failure);
  ADD ("/migrate/no-copy", test_no_copy);
  return g_test_run ();
}
