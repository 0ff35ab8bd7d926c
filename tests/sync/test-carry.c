/* test-carry.c: a store that is put back from a copy stays enrolled as it is now, and tells the server its old number
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>

#include "sync/dure-sync-private.h"

typedef struct
{
  char      *directory;
  char      *path;
  char      *copy;
  DureStore *store;
} Fixture;

static void
set_meta (Fixture *fixture, const char *key, const char *value)
{
  g_assert_true (dure_store_set_meta (fixture->store, key, value, NULL));
}

static void
assert_meta (Fixture *fixture, const char *key, const char *value)
{
  g_autofree char *found = dure_store_get_meta (fixture->store, key);

  g_assert_cmpstr (found, ==, value);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = g_dir_make_tmp ("dure-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, "a.db", NULL);
  fixture->copy = g_build_filename (fixture->directory, "copy.db", NULL);
  fixture->store = dure_store_open (fixture->path, DURE_STORE_CREATE, &error);
  g_assert_no_error (error);
  set_meta (fixture, DURE_META_URL, "https://dure.example");
  set_meta (fixture, DURE_META_TENANT, "gwangmyeong");
  set_meta (fixture, DURE_META_TOKEN, "old");
  set_meta (fixture, DURE_META_CURSOR, "10");
  set_meta (fixture, "sent", "5");
  set_meta (fixture, "sync.only-then", "1");
  dure_store_backup (fixture->store, fixture->copy, &error);
  g_assert_no_error (error);
  set_meta (fixture, DURE_META_TOKEN, "new");
  set_meta (fixture, DURE_META_CURSOR, "20");
  set_meta (fixture, "sent", "15");
  set_meta (fixture, "sync.only-then", NULL);
  set_meta (fixture, "sync.only-now", "1");
  set_meta (fixture, "clock", "zz");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_object (&fixture->store);
  dir = g_dir_open (fixture->directory, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (fixture->directory, name, NULL);

      g_unlink (file);
    }
  g_rmdir (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
  g_free (fixture->copy);
}

static void
put_back (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->store);
  dure_store_restore_file (fixture->copy, fixture->path, dure_sync_carry, &error);
  g_assert_no_error (error);
  fixture->store = dure_store_open (fixture->path, 0, &error);
  g_assert_no_error (error);
}

static void
test_same_server (Fixture *fixture, gconstpointer data)
{
  put_back (fixture);
  assert_meta (fixture, DURE_META_TOKEN, "new");
  assert_meta (fixture, DURE_META_CURSOR, "10");
  assert_meta (fixture, "sent", "5");
  assert_meta (fixture, "sync.only-then", NULL);
  assert_meta (fixture, "sync.only-now", "1");
  assert_meta (fixture, "clock", "zz");
}

/* What the copy had of another server means nothing to this one: it gets everything, and gives everything. */
static void
test_other_server (Fixture *fixture, gconstpointer data)
{
  set_meta (fixture, DURE_META_TENANT, "yeongdo");
  put_back (fixture);
  assert_meta (fixture, DURE_META_TENANT, "yeongdo");
  assert_meta (fixture, DURE_META_TOKEN, "new");
  assert_meta (fixture, DURE_META_CURSOR, NULL);
  assert_meta (fixture, "sent", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/carry/same-server", Fixture, NULL, set_up, test_same_server, tear_down);
  g_test_add ("/carry/other-server", Fixture, NULL, set_up, test_other_server, tear_down);
  return g_test_run ();
}
