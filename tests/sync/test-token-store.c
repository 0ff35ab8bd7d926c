/* test-token-store.c: where a device's token is kept, with a real keyring on a bus of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>

#include "base/dure-error.h"
#include "sync/dure-sync.h"
#include "sync/dure-token-store.h"

#define TOKEN "5d0e5d0e5d0e5d0e"
#define NEXT "81c481c481c481c4"

typedef struct
{
  char      *directory;
  char      *path;
  DureStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_unsetenv ("DURE_KEYRING");
  fixture->directory = g_dir_make_tmp ("dure-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, "a.db", NULL);
  fixture->store = dure_store_open (fixture->path, DURE_STORE_CREATE, &error);
  g_assert_no_error (error);
  g_assert_true (dure_store_set_meta (fixture->store, "sync.url", "https://dure.example", NULL));
  g_assert_true (dure_store_set_meta (fixture->store, "sync.tenant", "gwangmyeong", NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_strconcat (fixture->path, ".old", NULL);

  g_clear_object (&fixture->store);
  g_unlink (fixture->path);
  g_unlink (copy);
  g_rmdir (fixture->directory);
  g_free (fixture->path);
  g_free (fixture->directory);
}

/* The daemon is up some moments after the test is. */
static SecretService *
wait_for_service (void)
{
  for (guint i = 0; i < 100; i++)
    {
      SecretService *service = secret_service_open_sync (SECRET_TYPE_SERVICE, NULL, SECRET_SERVICE_LOAD_COLLECTIONS, NULL, NULL);
      GList         *collections = service != NULL ? secret_service_get_collections (service) : NULL;
      g_autoptr (SecretCollection) open
          = service != NULL
                ? secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL, NULL)
                : NULL;

      g_list_free_full (collections, g_object_unref);
      if (open != NULL && !secret_collection_get_locked (open))
        return service;
      g_clear_object (&service);
      g_usleep (50000);
    }
  g_error ("there is no open keyring");
}

static void
assert_in_file (Fixture *fixture, gboolean there)
{
  g_autofree char *text = dure_store_get_meta (fixture->store, "sync.token");

  g_assert_true ((text != NULL) == there);
}

static void
put (DureStore *store, const char *token, gint64 issued)
{
  const DureToken whole = { (char *)token, NULL, issued };
  g_autoptr (GError) error = NULL;

  dure_token_store_put (store, &whole, &error);
  g_assert_no_error (error);
}

static void
assert_token (DureStore *store, const char *token)
{
  g_auto (DureToken) kept = { 0 };
  g_autoptr (GError) error = NULL;

  dure_token_store_get (store, &kept, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kept.token, ==, token);
}

static void
lock_keyring (void)
{
  g_autoptr (SecretService) service = wait_for_service ();
  g_autoptr (SecretCollection) collection
      = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL, NULL);
  GList objects = { collection };

  g_assert_cmpint (secret_service_lock_sync (service, &objects, NULL, NULL, NULL), ==, 1);
}

/* It is in the keyring, and no more in the file. */
static void
test_keyring (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SecretService) service = wait_for_service ();
  g_autofree char *content = NULL;
  gsize            length;

  g_assert_false (dure_token_store_has (fixture->store));
  put (fixture->store, TOKEN, 1000);
  g_assert_true (dure_token_store_has (fixture->store));
  g_assert_true (dure_sync_is_enrolled (fixture->store));
  assert_in_file (fixture, FALSE);
  assert_token (fixture->store, TOKEN);
  put (fixture->store, NEXT, 2000);
  assert_token (fixture->store, NEXT);
  g_clear_object (&fixture->store);
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  g_assert_null (g_strstr_len (content, (gssize)length, NEXT));
  fixture->store = dure_store_open (fixture->path, 0, NULL);
  assert_token (fixture->store, NEXT);
  g_assert_true (dure_token_store_remove (fixture->store, NULL));
  g_assert_false (dure_token_store_has (fixture->store));
  g_assert_true (dure_store_set_meta (fixture->store, "sync.keyring", "1", NULL));
  {
    g_auto (DureToken) kept = { 0 };
    g_autoptr (GError) error = NULL;

    g_assert_false (dure_token_store_get (fixture->store, &kept, &error));
    g_assert_error (error, DURE_ERROR, DURE_ERROR_DENIED);
  }
}

/* One that stands in the file from before moves, in the form in which older programs wrote it, too. */
static void
test_moves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SecretService) service = wait_for_service ();

  g_assert_true (dure_store_set_meta (fixture->store, "sync.token", TOKEN, NULL));
  assert_token (fixture->store, TOKEN);
  assert_in_file (fixture, FALSE);
  assert_token (fixture->store, TOKEN);
  /* Enrolled while the service was away: the file has the newer one. */
  g_setenv ("DURE_KEYRING", "no", TRUE);
  put (fixture->store, NEXT, 5000);
  assert_in_file (fixture, TRUE);
  assert_token (fixture->store, NEXT);
  g_unsetenv ("DURE_KEYRING");
  assert_token (fixture->store, NEXT);
  assert_in_file (fixture, FALSE);
}

/* A file that was put back from an older copy goes on with the token of now. */
static void
test_put_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SecretService) service = wait_for_service ();
  g_autofree char *backup = g_strconcat (fixture->path, ".old", NULL);
  g_autoptr (DureStore) old = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("DURE_KEYRING", "no", TRUE);
  put (fixture->store, TOKEN, 1000);
  g_unsetenv ("DURE_KEYRING");
  dure_store_backup (fixture->store, backup, &error);
  g_assert_no_error (error);
  put (fixture->store, NEXT, 2000);
  old = dure_store_open (backup, 0, &error);
  g_assert_no_error (error);
  assert_token (old, NEXT);
  assert_token (fixture->store, NEXT);
}

/* Nobody is asked for a password: what is locked says so, and a new token goes into the file. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_auto (DureToken) kept = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 started = g_get_monotonic_time ();

  put (fixture->store, TOKEN, 1000);
  lock_keyring ();
  g_assert_false (dure_token_store_get (fixture->store, &kept, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "locked"));
  g_assert_true (dure_sync_is_enrolled (fixture->store));
  put (fixture->store, NEXT, 2000);
  assert_in_file (fixture, TRUE);
  assert_token (fixture->store, NEXT);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 20 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/token-store/keyring", Fixture, NULL, set_up, test_keyring, tear_down);
  g_test_add ("/token-store/moves", Fixture, NULL, set_up, test_moves, tear_down);
  g_test_add ("/token-store/put-back", Fixture, NULL, set_up, test_put_back, tear_down);
  /* The last: the keyring stays locked. */
  g_test_add ("/token-store/locked", Fixture, NULL, set_up, test_locked, tear_down);
  return g_test_run ();
}
