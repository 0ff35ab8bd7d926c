/* test-store-backups.c: daily copies: which are made, which count, which go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/dure-error.h"
#include "store-fixture.h"
#include "store/dure-store-backups.h"

typedef struct
{
  Fixture store;
  char   *folder;
} Backups;

static void
set_up (Backups *backups, gconstpointer data)
{
  fixture_set_up (&backups->store, data);
  backups->folder = dure_backups_folder (backups->store.path, NULL);
  g_free (add_agency (backups->store.store, "가"));
}

static GPtrArray *
names_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray  *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  return names;
}

static void
tear_down (Backups *backups, gconstpointer data)
{
  g_autoptr (GPtrArray) names = names_in (backups->folder);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (backups->folder, names->pdata[i], NULL);

      g_unlink (path);
    }
  g_rmdir (backups->folder);
  fixture_tear_down (&backups->store, data);
  g_free (backups->folder);
}

static char *
make (Backups *backups, gboolean before)
{
  g_autoptr (GError) error = NULL;
  char *path = dure_backups_make (backups->store.store, backups->folder, 14, before, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (path);
  return path;
}

static GPtrArray *
list (Backups *backups)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *copies = dure_backups_list (backups->folder, &error);

  g_assert_no_error (error);
  return copies;
}

/* Makes a copy and dates it back. */
static void
make_on (Backups *backups, const char *time)
{
  g_autofree char *path = make (backups, FALSE);
  g_autofree char *name = g_strdup_printf ("dure-%s.db", time);
  g_autofree char *other = g_build_filename (backups->folder, name, NULL);

  g_assert_cmpint (g_rename (path, other), ==, 0);
}

static gboolean
has (Backups *backups, const char *name)
{
  g_autofree char *path = g_build_filename (backups->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_make (Backups *backups, gconstpointer data)
{
  g_autofree char *deleted = add_agency (backups->store.store, "없어질 기관");
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (DureStore) copy = NULL;
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (GError) error = NULL;
  const DureBackup *backup;
  struct stat status;

  g_assert_true (dure_store_delete (backups->store.store, DURE_ENTITY_AGENCY, deleted, NULL));
  copies = list (backups);
  g_assert_cmpuint (copies->len, ==, 0);
  g_assert_true (dure_backups_is_due (backups->store.store, backups->folder));
  path = make (backups, FALSE);
  g_assert_false (dure_backups_is_due (backups->store.store, backups->folder));
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (backups->folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  g_ptr_array_unref (g_steal_pointer (&copies));
  copies = list (backups);
  g_assert_cmpuint (copies->len, ==, 1);
  backup = copies->pdata[0];
  g_assert_cmpstr (backup->path, ==, path);
  g_assert_cmpint (backup->records, ==, 1);
  g_assert_cmpint (backup->size, >, 4096);
  g_assert_false (backup->before);
  copy = dure_store_open (path, DURE_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dure_store_count (copy, query, NULL), ==, 1);
}

/* A day on which nothing was written needs no copy, and the next one that has something does. */
static void
test_due (Backups *backups, gconstpointer data)
{
  make_on (backups, "20200101-235959");
  g_assert_false (dure_backups_is_due (backups->store.store, backups->folder));
  g_free (add_agency (backups->store.store, "나"));
  g_assert_true (dure_backups_is_due (backups->store.store, backups->folder));
  g_free (make (backups, FALSE));
  g_free (add_agency (backups->store.store, "다"));
  g_assert_false (dure_backups_is_due (backups->store.store, backups->folder));
}

static void
test_prune (Backups *backups, gconstpointer data)
{
  g_autofree char *mine = g_build_filename (backups->folder, "dure-내 것.db", NULL);
  g_autoptr (GPtrArray) copies = NULL;
  guint before = 0;

  for (int day = 1; day <= 20; day++)
    {
      g_autofree char *morning = g_strdup_printf ("202001%02d-090000", day);
      g_autofree char *evening = g_strdup_printf ("202001%02d-180000", day);

      make_on (backups, morning);
      make_on (backups, evening);
    }
  g_assert_true (g_file_set_contents (mine, "남의 파일", -1, NULL));
  for (int i = 0; i < 5; i++)
    g_free (make (backups, TRUE));
  for (int i = 0; i < 5; i++)
    g_free (make (backups, FALSE));
  copies = list (backups);
  for (guint i = 0; i < copies->len; i++)
    before += ((DureBackup *) copies->pdata[i])->before;
  g_assert_cmpuint (before, ==, 3);
  g_assert_cmpuint (copies->len, ==, 3 + 3 + 13);
  g_assert_true (has (backups, "dure-20200108-180000.db"));
  g_assert_false (has (backups, "dure-20200107-180000.db"));
  g_assert_false (has (backups, "dure-20200120-090000.db"));
  g_assert_true (has (backups, "dure-내 것.db"));
}

static void
assert_only (Backups *backups, const char *name)
{
  g_autoptr (GPtrArray) names = names_in (backups->folder);

  g_assert_cmpuint (names->len, ==, 1);
  g_assert_cmpstr (names->pdata[0], ==, name);
}

/* A store with a broken page gives no copy, and the good ones stay. */
static void
test_damaged_store (Backups *backups, gconstpointer data)
{
  static const char broken[16] = "\xff\xff\xff\xff\xff\xff\xff\xff";
  g_autofree char  *note = g_strnfill (20000, 'x');
  g_autofree char  *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  FILE *file;

  for (int i = 0; i < 200; i++)
    {
      g_autofree char *id = add_agency (backups->store.store, "기관");

      set_agency (backups->store.store, id, DURE_AGENCY_NOTE, note);
    }
  make_on (backups, "20200101-090000");
  g_clear_object (&backups->store.store);
  g_assert_true (g_file_get_contents (backups->store.path, &content, &length, NULL));
  /* Too large to be looked through whole when it is opened. */
  g_assert_cmpuint (length, >, 16 * 1024 * 1024 / 4);
  backups->store.store = dure_store_open (backups->store.path, 0, &error);
  g_assert_no_error (error);
  file = fopen (backups->store.path, "r+");
  for (gsize at = 4096 * 40; at + 4096 < length; at += 4096)
    {
      fseek (file, (long) at, SEEK_SET);
      fwrite (broken, 1, sizeof broken, file);
    }
  fclose (file);
  g_assert_null (dure_backups_make (backups->store.store, backups->folder, 1, FALSE, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DAMAGED);
  assert_only (backups, "dure-20200101-090000.db");
}

/* What was purged is in no copy after the next one; that is due at once, and good copies of after it stay. */
static void
test_purged (Backups *backups, gconstpointer data)
{
  g_autofree char *copy = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GPtrArray) names = NULL;
  sqlite3 *db = NULL;

  make_on (backups, "20200101-090000");
  g_free (make (backups, FALSE));
  g_free (make (backups, TRUE));
  g_free (add_agency (backups->store.store, "나"));
  g_assert_false (dure_backups_is_due (backups->store.store, backups->folder));
  /* As a purge leaves the journal. */
  g_assert_cmpint (sqlite3_open (backups->store.path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE journal SET body = '{\"set\":{\"deleted\":\"1\",\"purged\":\"expired\"}}'"
                                     " WHERE seq = (SELECT max (seq) FROM journal)", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_true (dure_backups_is_due (backups->store.store, backups->folder));
  copy = make (backups, FALSE);
  g_assert_false (dure_backups_is_due (backups->store.store, backups->folder));
  again = make (backups, FALSE);
  names = names_in (backups->folder);
  g_assert_cmpuint (names->len, ==, 2);
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
}

static void
test_no_folder (Backups *backups, gconstpointer data)
{
  g_autofree char *under = g_build_filename (backups->store.path, "folder", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (dure_backups_make (backups->store.store, under, 14, FALSE, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, under));
  g_clear_error (&error);
  g_assert_null (dure_backups_list (under, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_FAILED);
}

/* The disk has room for a part only: nothing is left behind, nothing older goes. */
static void
test_full (Backups *backups, gconstpointer data)
{
  struct rlimit unlimited, limit;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  make_on (backups, "20200101-090000");
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &unlimited), ==, 0);
  limit = unlimited;
  limit.rlim_cur = 64 * 1024;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  path = dure_backups_make (backups->store.store, backups->folder, 1, FALSE, NULL, &error);
  setrlimit (RLIMIT_FSIZE, &unlimited);
  g_assert_null (path);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, backups->folder));
  assert_only (backups, "dure-20200101-090000.db");
}

static void
test_cancelled (Backups *backups, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dure_backups_make (backups->store.store, backups->folder, 14, FALSE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  names = names_in (backups->folder);
  g_assert_cmpuint (names->len, ==, 0);
  /* The store goes on as before. */
  g_free (add_agency (backups->store.store, "나"));
  g_free (make (backups, FALSE));
}

/* Two stores, or two computers, may share a folder that was chosen. */
static void
test_folder (Backups *backups, gconstpointer data)
{
  g_autofree char *one = dure_backups_folder ("/home/kim/dure.db", "/mnt/share");
  g_autofree char *other = dure_backups_folder ("/home/lee/dure.db", "/mnt/share");
  g_autofree char *again = dure_backups_folder ("/home/kim/../kim/dure.db", "/mnt/share");

  g_assert_true (g_str_has_prefix (one, "/mnt/share/"));
  g_assert_cmpstr (one, !=, other);
  g_assert_cmpstr (one, ==, again);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Backups, NULL, set_up, func, tear_down)
  ADD ("/backups/make", test_make);
  ADD ("/backups/due", test_due);
  ADD ("/backups/prune", test_prune);
  ADD ("/backups/damaged-store", test_damaged_store);
  ADD ("/backups/purged", test_purged);
  ADD ("/backups/no-folder", test_no_folder);
  ADD ("/backups/full", test_full);
  ADD ("/backups/cancelled", test_cancelled);
  ADD ("/backups/folder", test_folder);
  return g_test_run ();
}
