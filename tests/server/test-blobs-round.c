/* test-blobs-round.c: files of attachments between two desks, over a wire that breaks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-error.h"
#include "server-fixture.h"
#include "sync/dure-sync-blobs.h"

typedef struct
{
  TestServer *server;
  Device     *a;
  Device     *b;
  char       *owner;
} Pair;

static void
set_up (Pair *pair, gconstpointer data)
{
  pair->server = test_server_new ();
  pair->a = device_new ();
  pair->b = device_new ();
  device_enrol (pair->a, pair->server->uri, "kim");
  device_enrol (pair->b, pair->server->uri, "lee");
  pair->owner = device_add_agency (pair->a, "광명나눔");
}

static void
tear_down (Pair *pair, gconstpointer data)
{
  device_free (pair->a);
  device_free (pair->b);
  test_server_free (pair->server);
  g_free (pair->owner);
}

static char *
attach (Device *device, const char *owner, const char *name, GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_ATTACHMENT);
  g_autoptr (GError) error = NULL;
  char  *sha256 = NULL;
  gint64 size;

  dure_blob_add (device->path, stream, 0, NULL, NULL, NULL, &sha256, &size, &error);
  g_assert_no_error (error);
  dure_record_set (record, DURE_ATTACHMENT_OWNER_ENTITY, "agency");
  dure_record_set (record, DURE_ATTACHMENT_OWNER, owner);
  dure_record_set (record, DURE_ATTACHMENT_NAME, name);
  dure_record_set (record, DURE_ATTACHMENT_SHA256, sha256);
  dure_record_set_int (record, DURE_ATTACHMENT_SIZE, size);
  dure_store_write (device->store, record, &error);
  g_assert_no_error (error);
  return sha256;
}

static void
assert_state (Device *device, const char *sha256, DureBlobState state)
{
  g_assert_cmpstr (dure_blob_state_key (dure_sync_blob_state (device->store, sha256)), ==,
                   dure_blob_state_key (state));
}

static void
assert_same (Device *device, const char *sha256, GBytes *bytes)
{
  g_autofree char *path = dure_store_blob_path (device->store, sha256);
  g_autofree char *got = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &got, &length, NULL));
  g_assert_cmpmem (got, length, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_round (Pair *pair, gconstpointer data)
{
  g_autoptr (GBytes) small = test_noise (2500000, 20);
  g_autoptr (GBytes) large = test_noise (6 * 1024 * 1024, 21);
  g_autofree char *one = attach (pair->a, pair->owner, "회의 자료.hwpx", small);
  g_autofree char *two = attach (pair->a, pair->owner, "사진.zip", large);
  g_autoptr (GError) error = NULL;
  g_auto (DureSyncResult) result = { 0 };

  assert_state (pair->a, one, DURE_BLOB_WAITING);
  g_assert_true (device_try (pair->a, &result, &error));
  g_assert_cmpuint (result.files_sent, ==, 2);
  g_assert_null (result.files_error);
  assert_state (pair->a, one, DURE_BLOB_HERE);
  device_round (pair->b);
  assert_state (pair->b, one, DURE_BLOB_HERE);
  assert_same (pair->b, one, small);
  /* The large one comes when somebody wants it. */
  assert_state (pair->b, two, DURE_BLOB_ON_SERVER);
  g_assert_true (dure_sync_fetch_blob (pair->b->store, two, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  assert_same (pair->b, two, large);
  assert_state (pair->b, two, DURE_BLOB_HERE);
  dure_sync_result_clear (&result);
  g_assert_true (device_try (pair->a, &result, &error));
  g_assert_cmpuint (result.files_sent + result.files_received, ==, 0);
}

/* The record comes first, the file when the other desk has sent it. */
static void
test_record_without_file (Pair *pair, gconstpointer data)
{
  g_autoptr (GBytes) bytes = test_noise (100000, 22);
  g_autofree char *sha256 = attach (pair->a, pair->owner, "늦은 자료.pdf", bytes);
  g_autofree char *path = dure_store_blob_path (pair->a->store, sha256);
  g_autofree char *aside = g_strconcat (path, ".aside", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rename (path, aside), ==, 0);
  device_round (pair->a);
  device_round (pair->b);
  assert_state (pair->b, sha256, DURE_BLOB_MISSING);
  g_assert_false (dure_sync_fetch_blob (pair->b->store, sha256, NULL, NULL, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
  g_assert_cmpint (g_rename (aside, path), ==, 0);
  device_round (pair->a);
  device_round (pair->b);
  assert_state (pair->b, sha256, DURE_BLOB_HERE);
  assert_same (pair->b, sha256, bytes);
}

static void
first_progress (DureSyncStep step, guint done, guint total, gpointer data)
{
  guint *first = data;

  if (step == DURE_SYNC_STEP_FILES && *first == 0)
    *first = done;
}

/* Goes dead in the middle of the file. */
static void
cut_progress (DureSyncStep step, guint done, guint total, gpointer data)
{
  TestWire *wire = data;

  if (step == DURE_SYNC_STEP_FILES && done > total / 2)
    {
      g_atomic_int_set (&wire->most_up, 0);
      test_wire_cut (wire);
    }
}

/* Every try goes on where the last one ended, each way. */
static void
test_cuts (Pair *pair, gconstpointer data)
{
  g_autoptr (GBytes) bytes = test_noise (5 * 1024 * 1024 - 3, 23);
  g_autofree char *sha256 = attach (pair->a, pair->owner, "영상.mp4", bytes);
  TestWire        *wire = test_wire_new (pair->server->uri);
  g_autofree char *uri = test_wire_uri (wire);
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  guint  first = 0, tries;
  gint64 before = 0;

  g_assert_true (dure_store_set_meta (pair->a->store, "sync.url", uri, NULL));
  g_assert_true (dure_store_set_meta (pair->b->store, "sync.url", uri, NULL));
  /* The changes have gone, and the round went well; only the file did not go. */
  g_assert_true (dure_sync_round (pair->a->store, &result, cut_progress, wire, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (result.files_error);
  g_assert_cmpint (dure_store_count_unsent (pair->a->store), ==, 0);
  assert_state (pair->a, sha256, DURE_BLOB_WAITING);
  g_atomic_int_set (&wire->most_up, -1);
  dure_sync_result_clear (&result);
  g_assert_true (dure_sync_round (pair->a->store, &result, first_progress, &first, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (first, >, 2 * 1024);
  assert_state (pair->a, sha256, DURE_BLOB_HERE);
  g_atomic_int_set (&wire->most_down, 1500000);
  for (tries = 0; dure_sync_blob_state (pair->b->store, sha256) != DURE_BLOB_HERE; tries++)
    {
      g_auto (DureSyncResult) taken = { 0 };
      gint64 now;

      g_assert_true (device_try (pair->b, &taken, &error));
      g_assert_no_error (error);
      now = dure_blob_part_size (pair->b->path, sha256);
      if (dure_sync_blob_state (pair->b->store, sha256) != DURE_BLOB_HERE)
        g_assert_cmpint (now, >, before);
      before = now;
      g_assert_cmpuint (tries, <, 20);
    }
  g_assert_cmpuint (tries, >, 1);
  assert_same (pair->b, sha256, bytes);
  test_wire_free (wire);
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
cancel_progress (DureSyncStep step, guint done, guint total, gpointer data)
{
  if (step == DURE_SYNC_STEP_FILES && done > 0)
    cancel_cb (data);
}

static void
test_cancel (Pair *pair, gconstpointer data)
{
  g_autoptr (GBytes) bytes = test_noise (4 * 1024 * 1024, 24);
  g_autofree char *sha256 = attach (pair->a, pair->owner, "영상.mp4", bytes);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_sync_round (pair->a->store, &result, cancel_progress, cancellable, cancellable, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.files_left, ==, 1);
  assert_state (pair->a, sha256, DURE_BLOB_WAITING);
  device_round (pair->a);
  assert_state (pair->a, sha256, DURE_BLOB_HERE);
}

/* A viewer's desk has the record, knows that the file is elsewhere, and asks for nothing. */
static void
test_viewer (Pair *pair, gconstpointer data)
{
  g_autoptr (GBytes) bytes = test_noise (1000, 25);
  g_autofree char *sha256 = attach (pair->a, pair->owner, "자료.pdf", bytes);
  Device *viewer = device_new ();
  g_autoptr (GError) error = NULL;
  g_auto (DureSyncResult) result = { 0 };

  device_round (pair->a);
  device_enrol (viewer, pair->server->uri, "park");
  g_assert_true (device_try (viewer, &result, &error));
  g_assert_null (result.files_error);
  assert_state (viewer, sha256, DURE_BLOB_ON_SERVER);
  g_assert_false (dure_sync_fetch_blob (viewer->store, sha256, NULL, NULL, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DENIED);
  device_free (viewer);
}

/* Damaged on this desk: what the server would get is not what the record says, and is not taken. */
static void
test_damaged (Pair *pair, gconstpointer data)
{
  g_autoptr (GBytes) bytes = test_noise (1000, 26);
  g_autoptr (GBytes) wrong = test_noise (1000, 27);
  g_autofree char *sha256 = attach (pair->a, pair->owner, "자료.pdf", bytes);
  g_autofree char *path = dure_store_blob_path (pair->a->store, sha256);
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (wrong, NULL), 1000, NULL));
  g_assert_true (device_try (pair->a, &result, &error));
  g_assert_nonnull (result.files_error);
  g_assert_cmpint (dure_store_count_unsent (pair->a->store), ==, 0);
  assert_state (pair->a, sha256, DURE_BLOB_WAITING);
  device_round (pair->b);
  assert_state (pair->b, sha256, DURE_BLOB_MISSING);
  /* It is not carried in vain with every round. */
  dure_sync_result_clear (&result);
  g_assert_true (device_try (pair->a, &result, &error));
  g_assert_null (result.files_error);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Pair *, gconstpointer);
  } rounds[] = {
    { "/server/blobs-round/round", test_round },
    { "/server/blobs-round/record-without-file", test_record_without_file },
    { "/server/blobs-round/cuts", test_cuts },
    { "/server/blobs-round/cancel", test_cancel },
    { "/server/blobs-round/viewer", test_viewer },
    { "/server/blobs-round/damaged", test_damaged },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rounds); i++)
    g_test_add (rounds[i].path, Pair, NULL, set_up, rounds[i].test, tear_down);
  return g_test_run ();
}
