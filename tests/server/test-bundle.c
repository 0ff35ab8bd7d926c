/* test-bundle.c: devices that no network reaches: all of sync by files alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-error.h"
#include "server-fixture.h"
#include "server/dure-password.h"
#include "server/dure-server-bundle.h"
#include "store/dure-store-blobs.h"
#include "sync/dure-sync-blobs.h"
#include "sync/dure-sync-bundle.h"

#define OTHER "yeongdo"

typedef struct
{
  char        *directory;
  DureStorage *storage;
  DureServer  *server;
  char        *server_key;
  Device      *a;
  Device      *b;
} Fixture;

static void
open_server (Fixture *f, const char *name)
{
  g_autofree char *where = g_strdup_printf ("sqlite:%s/%s", f->directory, name);
  g_autoptr (GError) error = NULL;

  g_clear_object (&f->server);
  g_clear_object (&f->storage);
  f->storage = dure_storage_open (where, &error);
  g_assert_no_error (error);
  f->server = dure_server_new (f->storage);
}

static void
add_device (Fixture *f, Device *device, const char *tenant, const char *user)
{
  DureBundlePublic key, read;
  g_autofree char *word = NULL;
  g_autoptr (GError) error = NULL;

  dure_sync_bundle_key (device->store, &key, &error);
  g_assert_no_error (error);
  word = dure_bundle_public_write (&key);
  dure_server_bundle_add_device (f->server, tenant, user, word, "업무 PC", &read, &error);
  g_assert_no_error (error);
  dure_sync_bundle_enrol (device->store, f->server_key, tenant, user, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *tenant, *user;
    DureRole    role;
  } users[] = { { TENANT, "kim", DURE_ROLE_EDITOR },
                { TENANT, "lee", DURE_ROLE_EDITOR },
                { TENANT, "park", DURE_ROLE_VIEWER },
                { OTHER, "kim", DURE_ROLE_EDITOR } };
  g_autoptr (GError) error = NULL;
  DureBundlePublic key;

  dure_password_set_cheap (TRUE);
  f->directory = g_dir_make_tmp ("dure-bundle-XXXXXX", NULL);
  open_server (f, "server");
  dure_server_add_tenant (f->server, TENANT, &error);
  g_assert_no_error (error);
  dure_server_add_tenant (f->server, OTHER, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    dure_server_add_account (f->server, users[i].tenant, users[i].user, PASSWORD, users[i].role, &error);
  g_assert_no_error (error);
  dure_server_bundle_key (f->server, &key, &error);
  g_assert_no_error (error);
  f->server_key = dure_bundle_public_write (&key);
  f->a = device_new ();
  f->b = device_new ();
  add_device (f, f->a, TENANT, "kim");
  add_device (f, f->b, TENANT, "lee");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  device_free (f->a);
  device_free (f->b);
  g_clear_object (&f->server);
  g_clear_object (&f->storage);
  remove_directory (f->directory);
  g_free (f->server_key);
  g_free (f->directory);
}

/* A new file of its own each time. */
static char *
make (Fixture *f, Device *device)
{
  static guint n;
  char        *path = g_strdup_printf ("%s/up-%u", f->directory, n++);
  g_auto (DureBundle) made = { 0 };
  g_autoptr (GError) error = NULL;

  dure_sync_bundle_make (device->store, path, &made, &error);
  g_assert_no_error (error);
  return path;
}

static char *
answer (Fixture *f, Device *device)
{
  static guint n;
  char        *path = g_strdup_printf ("%s/down-%u", f->directory, n++);
  g_auto (DureBundle) made = { 0 };
  g_autoptr (GError) error = NULL;

  dure_server_bundle_make (f->server, TENANT, dure_store_get_device (device->store), path, &made, &error);
  g_assert_no_error (error);
  return path;
}

static void
push (Fixture *f, const char *path, DureServerBundle *result)
{
  g_autoptr (GError) error = NULL;

  dure_server_bundle_apply (f->server, path, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->refused + result->ahead, ==, 0);
}

static void
pull (Device *device, const char *path, DureBundleResult *result)
{
  g_autoptr (GError) error = NULL;

  dure_sync_bundle_apply (device->store, path, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->sync.refused, ==, 0);
}

/* There and back, by two files. */
static void
trip (Fixture *f, Device *device)
{
  g_autofree char *up = make (f, device);
  g_autofree char *down = NULL;
  g_auto (DureServerBundle) pushed = { 0 };
  DureBundleResult pulled;

  push (f, up, &pushed);
  down = answer (f, device);
  pull (device, down, &pulled);
  g_assert_cmpint (pulled.waiting, ==, 0);
}

static void
assert_equal (Fixture *f)
{
  g_autofree char *a = device_dump (f->a);
  g_autofree char *b = device_dump (f->b);

  g_assert_cmpstr (a, ==, b);
}

static void
test_round (Fixture *f, gconstpointer data)
{
  g_autofree char *mine = device_add_agency (f->a, "두레복지관");
  g_autofree char *theirs = device_add_agency (f->b, "한마음복지관");

  trip (f, f->a);
  trip (f, f->b);
  device_assert (f->b, DURE_ENTITY_AGENCY, mine, DURE_AGENCY_NAME, "두레복지관");
  device_set (f->b, DURE_ENTITY_AGENCY, mine, DURE_AGENCY_HEAD, "이두레");
  trip (f, f->b);
  trip (f, f->a);
  device_assert (f->a, DURE_ENTITY_AGENCY, mine, DURE_AGENCY_HEAD, "이두레");
  device_assert (f->a, DURE_ENTITY_AGENCY, theirs, DURE_AGENCY_NAME, "한마음복지관");
  assert_equal (f);
  g_assert_cmpuint (device_conflicts (f->a, NULL), ==, 0);
}

static void
test_conflict (Fixture *f, gconstpointer data)
{
  g_autofree char *id = device_add_agency (f->a, "두레복지관");
  g_autofree char *up = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (DureServerBundle) preview = { 0 };
  g_autoptr (GPtrArray) list = NULL;

  trip (f, f->a);
  trip (f, f->b);
  device_set (f->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김하나");
  /* The later one wins, and stamps count milliseconds. */
  g_usleep (2000);
  device_set (f->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "이둘");
  trip (f, f->a);
  up = make (f, f->b);
  dure_server_bundle_show (f->server, up, &preview, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (preview.records, ==, 1);
  g_assert_cmpuint (preview.conflicts, ==, 1);
  trip (f, f->b);
  trip (f, f->a);
  g_assert_cmpuint (device_conflicts (f->a, &list), ==, 1);
  g_assert_cmpuint (device_conflicts (f->b, NULL), ==, 1);
  g_assert_cmpstr (dure_record_get (list->pdata[0], DURE_CONFLICT_LOST), ==, "김하나");
  assert_equal (f);
}

static void
test_twice_and_in_any_order (Fixture *f, gconstpointer data)
{
  g_autofree char  *first_id = device_add_agency (f->a, "하나");
  g_autofree char  *first = make (f, f->a);
  g_autofree char  *second_id = device_add_agency (f->a, "둘");
  g_autofree char  *second = make (f, f->a);
  g_autofree char  *third_id = device_add_agency (f->a, "셋");
  g_autofree char  *third = make (f, f->a);
  const char *const order[] = { second, first, third, second, third, first };
  g_autofree char  *early = NULL;
  g_autofree char  *late = NULL;
  DureBundleResult  pulled;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_auto (DureServerBundle) pushed = { 0 };

      push (f, order[i], &pushed);
      g_assert_cmpint (pushed.known, ==, i == 1 || i > 2);
      g_assert_cmpint (pushed.missed > 0, ==, FALSE);
      if (i == 1)
        early = answer (f, f->a);
    }
  late = answer (f, f->a);
  /* The late answer first: it says all that the early one says. */
  pull (f->a, late, &pulled);
  g_assert_cmpuint (pulled.acknowledged, ==, 3);
  g_assert_cmpint (pulled.waiting, ==, 0);
  pull (f->a, early, &pulled);
  g_assert_true (pulled.known);
  g_assert_cmpuint (pulled.acknowledged, ==, 0);
  pull (f->a, late, &pulled);
  g_assert_true (pulled.known);
  g_assert_cmpuint (pulled.sync.received, ==, 0);
  trip (f, f->b);
  assert_equal (f);
}

/* A bundle that never came: it is noticed, and nothing is lost. */
static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autofree char *first_id = device_add_agency (f->a, "하나");
  g_autofree char *lost = NULL;
  g_autofree char *second_id = NULL;
  g_autofree char *second = NULL;
  g_autofree char *lost_answer = NULL;
  g_autofree char *got_answer = NULL;
  g_auto (DureServerBundle) pushed = { 0 };
  DureBundleResult pulled;

  trip (f, f->a);
  g_free (first_id);
  first_id = device_add_agency (f->a, "둘");
  lost = make (f, f->a);
  second_id = device_add_agency (f->a, "셋");
  second = make (f, f->a);
  push (f, second, &pushed);
  g_assert_cmpint (pushed.missed, >, 0);
  g_assert_cmpuint (pushed.accepted, ==, 2);
  lost_answer = answer (f, f->a);
  got_answer = answer (f, f->a);
  pull (f->a, got_answer, &pulled);
  g_assert_cmpint (pulled.missed, >, 0);
  g_assert_cmpint (pulled.waiting, ==, 0);
  trip (f, f->b);
  assert_equal (f);
}

/* A device put back from a copy: the answer begins behind what it has, and is not taken. */
static void
test_gap (Fixture *f, gconstpointer data)
{
  g_autofree char *id = device_add_agency (f->b, "하나");
  g_autofree char *copy = g_build_filename (f->directory, "copy.db", NULL);
  g_autofree char *next_id = NULL;
  g_autofree char *up = NULL;
  g_autofree char *down = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (DureServerBundle) pushed = { 0 };
  DureBundleResult pulled;

  trip (f, f->b);
  trip (f, f->a);
  dure_store_backup (f->a->store, copy, &error);
  g_assert_no_error (error);
  next_id = device_add_agency (f->b, "둘");
  trip (f, f->b);
  trip (f, f->a);
  up = make (f, f->a);
  push (f, up, &pushed);
  down = answer (f, f->a);
  g_clear_object (&f->a->store);
  dure_store_restore_file (copy, f->a->path, dure_sync_carry, &error);
  g_assert_no_error (error);
  f->a->store = dure_store_open (f->a->path, 0, &error);
  g_assert_no_error (error);
  before = device_dump (f->a);
  g_assert_false (dure_sync_bundle_apply (f->a->store, down, &pulled, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_PROTOCOL);
  after = device_dump (f->a);
  g_assert_cmpstr (before, ==, after);
  trip (f, f->a);
  assert_equal (f);
}

/* What was deleted before an edit of somebody else was known is no deletion of that edit, also when the bundle that
 * says so is made afterwards. */
static void
test_deleted_unknowing (Fixture *f, gconstpointer data)
{
  g_autofree char *id = device_add_agency (f->a, "두레복지관");
  g_autofree char *lost = NULL;
  g_autofree char *down = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DureRecord) record = NULL;
  DureBundleResult pulled;

  trip (f, f->a);
  trip (f, f->b);
  dure_store_delete (f->a->store, DURE_ENTITY_AGENCY, id, &error);
  g_assert_no_error (error);
  lost = make (f, f->a);
  device_set (f->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "이둘");
  trip (f, f->b);
  down = answer (f, f->a);
  pull (f->a, down, &pulled);
  g_assert_cmpint (pulled.waiting, ==, 1);
  trip (f, f->a);
  trip (f, f->b);
  device_assert (f->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "이둘");
  device_assert (f->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "이둘");
  g_assert_cmpuint (device_conflicts (f->a, NULL), ==, 1);
  assert_equal (f);
}

static void
assert_push_refused (Fixture *f, const char *path, DureError code)
{
  g_auto (DureServerBundle) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (dure_server_bundle_apply (f->server, path, &result, &error));
  g_assert_error (error, DURE_ERROR, (int)code);
}

static void
test_strangers (Fixture *f, gconstpointer data)
{
  Device          *stranger = device_new ();
  g_autofree char *id = device_add_agency (f->a, "두레복지관");
  g_autofree char *up = make (f, f->a);
  g_autofree char *for_a = NULL;
  g_autofree char *from_stranger = NULL;
  g_autofree char *before = device_dump (f->b);
  g_autofree char *after = NULL;
  g_autofree char *own_key = NULL;
  g_autoptr (GError) error = NULL;
  DureBundlePublic key;
  DureBundleResult pulled;
  guint            revoked;

  /* Another computer's, a computer's own, and one of a device that the server does not know. */
  for_a = answer (f, f->a);
  g_assert_false (dure_sync_bundle_apply (f->b->store, for_a, &pulled, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_false (dure_sync_bundle_apply (f->a->store, up, &pulled, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DENIED);
  g_clear_error (&error);
  assert_push_refused (f, for_a, DURE_ERROR_DENIED);
  dure_sync_bundle_enrol (stranger->store, f->server_key, TENANT, "kim", &error);
  g_assert_no_error (error);
  from_stranger = make (f, stranger);
  assert_push_refused (f, from_stranger, DURE_ERROR_DENIED);
  /* A computer's key is not the server's. */
  dure_sync_bundle_key (f->a->store, &key, &error);
  own_key = dure_bundle_public_write (&key);
  g_assert_false (dure_sync_bundle_enrol (stranger->store, own_key, TENANT, "kim", &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  after = device_dump (f->b);
  g_assert_cmpstr (before, ==, after);
  device_free (stranger);
  /* A device that was shut out. */
  DURE_STORAGE_GET_CLASS (f->storage)
      ->revoke (f->storage, TENANT, dure_store_get_device (f->a->store), &revoked, &error);
  g_assert_no_error (error);
  assert_push_refused (f, up, DURE_ERROR_DENIED);
}

/* What was written for one municipality is not taken by another, on either side. */
static void
test_other_tenant (Fixture *f, gconstpointer data)
{
  g_autofree char *id = device_add_agency (f->a, "두레복지관");
  g_autofree char *up = make (f, f->a);
  g_autofree char *down = answer (f, f->a);
  g_auto (DureServerBundle) pushed = { 0 };
  g_autoptr (GError) error = NULL;
  DureBundleResult pulled;
  gint64           seq, epoch;

  add_device (f, f->a, OTHER, "kim");
  g_assert_false (dure_sync_bundle_apply (f->a->store, down, &pulled, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, TENANT));
  g_assert_nonnull (strstr (error->message, OTHER));
  g_clear_error (&error);
  push (f, up, &pushed);
  g_assert_cmpstr (pushed.manifest.tenant, ==, TENANT);
  g_assert_true (DURE_STORAGE_GET_CLASS (f->storage)->last_seq (f->storage, OTHER, &seq, &epoch, &error));
  g_assert_cmpint (seq, ==, 0);
}

/* An account that may only read takes, without what is sensitive, and its changes stay where they are. */
static void
test_viewer (Fixture *f, gconstpointer data)
{
  Device          *viewer = device_new ();
  g_autofree char *id = device_add_agency (f->a, "두레복지관");
  g_autofree char *mine = device_add_agency (viewer, "내 것");
  g_autofree char *up = NULL;
  g_autofree char *down = NULL;
  DureBundleResult pulled;

  trip (f, f->a);
  add_device (f, viewer, TENANT, "park");
  up = make (f, viewer);
  assert_push_refused (f, up, DURE_ERROR_DENIED);
  down = answer (f, viewer);
  pull (viewer, down, &pulled);
  device_assert (viewer, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NAME, "두레복지관");
  g_assert_cmpint (pulled.waiting, ==, 1);
  g_free (up);
  up = make (f, viewer);
  {
    g_auto (DureServerBundle) pushed = { 0 };

    push (f, up, &pushed);
    g_assert_cmpint (pushed.manifest.changes, ==, 0);
  }
  device_free (viewer);
}

/* The answer says that the server was put back; all of the three agencies wait to be brought back. */
static void
hear_of_it (Fixture *f, Device *device)
{
  g_autofree char *up = make (f, device);
  g_autofree char *down = NULL;
  g_auto (DureServerBundle) pushed = { 0 };
  DureBundleResult pulled;

  push (f, up, &pushed);
  down = answer (f, device);
  pull (device, down, &pulled);
  g_assert_cmpint (pulled.waiting, >=, 3);
  pull (device, down, &pulled);
  g_assert_true (pulled.known);
}

/* The server was put back to a backup: devices bring back what they hold, also of one that is gone. */
static void
test_older_server (Fixture *f, gconstpointer data)
{
  g_autofree char *backup = g_build_filename (f->directory, "backup", NULL);
  g_autofree char *where = g_strdup_printf ("sqlite:%s/again", f->directory);
  g_autofree char *first = device_add_agency (f->a, "하나");
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  Device *late = device_new ();
  g_autoptr (GError) error = NULL;

  trip (f, f->a);
  g_assert_true (DURE_STORAGE_GET_CLASS (f->storage)->backup (f->storage, backup, &error));
  second = device_add_agency (f->a, "둘");
  trip (f, f->a);
  third = device_add_agency (f->b, "셋");
  trip (f, f->b);
  trip (f, f->a);
  g_assert_true (dure_storage_restore (backup, where, &error));
  open_server (f, "again");
  hear_of_it (f, f->a);
  trip (f, f->a);
  add_device (f, late, TENANT, "kim");
  trip (f, late);
  device_assert (late, DURE_ENTITY_AGENCY, third, DURE_AGENCY_NAME, "셋");
  device_free (late);
  g_assert_null (dure_store_get_meta (f->a->store, "sync.return"));
  hear_of_it (f, f->b);
  trip (f, f->b);
  trip (f, f->a);
  device_assert (f->b, DURE_ENTITY_AGENCY, second, DURE_AGENCY_NAME, "둘");
  assert_equal (f);
}

/* A clock that is a year ahead: nothing is taken with such a stamp, and nothing is lost. */
static void
test_wrong_clock (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *up = NULL;
  g_autofree char *down = NULL;
  g_auto (DureServerBundle) pushed = { 0 };
  g_autoptr (GError) error = NULL;
  DureBundleResult pulled;

  dure_server_set_offset (f->server, -365 * (gint64)86400000);
  id = device_add_agency (f->a, "두레복지관");
  up = make (f, f->a);
  g_assert_true (dure_server_bundle_apply (f->server, up, &pushed, &error));
  g_assert_cmpuint (pushed.ahead, ==, 1);
  g_assert_cmpuint (pushed.accepted, ==, 0);
  down = answer (f, f->a);
  pull (f->a, down, &pulled);
  g_assert_cmpuint (pulled.sync.restamped, ==, 1);
  g_assert_cmpint (pulled.waiting, ==, 1);
  trip (f, f->a);
  trip (f, f->b);
  device_assert (f->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NAME, "두레복지관");
}

static void
test_preview (Fixture *f, gconstpointer data)
{
  g_autofree char *id = device_add_agency (f->a, "두레복지관");
  g_autofree char *down = NULL;
  g_autofree char *up = NULL;
  g_auto (DureBundle) bundle = { 0 };
  g_auto (DureBundle) own = { 0 };
  g_autoptr (GError) error = NULL;
  DureBundlePreview preview;

  trip (f, f->a);
  trip (f, f->b);
  device_set (f->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김하나");
  trip (f, f->a);
  device_set (f->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "이둘");
  up = make (f, f->b);
  down = answer (f, f->b);
  dure_sync_bundle_show (f->b->store, down, &bundle, &preview, &error);
  g_assert_no_error (error);
  g_assert_true (preview.for_us);
  g_assert_false (preview.known);
  g_assert_cmpuint (preview.records, ==, 1);
  g_assert_cmpuint (preview.waiting, ==, 1);
  device_assert (f->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "이둘");
  g_free (down);
  down = NULL;
  {
    g_auto (DureServerBundle) pushed = { 0 };
    g_auto (DureBundle) later = { 0 };
    g_autofree char *mine = device_add_agency (f->b, "새 기관");
    g_autofree char *more = make (f, f->b);

    /* What comes back of one's own clashes with nothing. */
    push (f, more, &pushed);
    down = answer (f, f->b);
    dure_sync_bundle_show (f->b->store, down, &later, &preview, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (preview.conflicts, ==, 1);
    g_assert_cmpuint (preview.waiting, ==, 1);
  }
  dure_sync_bundle_show (f->b->store, up, &own, &preview, &error);
  g_assert_no_error (error);
  g_assert_false (preview.for_us);
  g_assert_cmpint (own.changes, ==, 1);
}

static char *
attach (Device *device, const char *owner, const char *bytes, gsize length)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize)length, NULL);
  g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_ATTACHMENT);
  g_autoptr (GError) error = NULL;
  char  *sha256 = NULL;
  gint64 size;

  dure_blob_add (device->path, stream, 0, NULL, NULL, NULL, &sha256, &size, &error);
  g_assert_no_error (error);
  dure_record_set (record, DURE_ATTACHMENT_OWNER_ENTITY, "agency");
  dure_record_set (record, DURE_ATTACHMENT_OWNER, owner);
  dure_record_set (record, DURE_ATTACHMENT_NAME, "비밀 회의.hwpx");
  dure_record_set (record, DURE_ATTACHMENT_SHA256, sha256);
  dure_record_set_int (record, DURE_ATTACHMENT_SIZE, size);
  dure_store_write (device->store, record, &error);
  g_assert_no_error (error);
  return sha256;
}

/* A file goes from one desk to the other by bundles alone; the list tells of it without its name. */
static void
test_files (Fixture *f, gconstpointer data)
{
  const gsize      length = 700001;
  g_autofree char *bytes = g_malloc (length);
  g_autofree char *owner = device_add_agency (f->a, "광명나눔");
  g_autofree char *sha256 = NULL;
  g_autofree char *up = NULL;
  g_autofree char *list = NULL;
  g_autofree char *down = NULL;
  g_autofree char *want = NULL;
  g_autofree char *bring = NULL;
  g_autofree char *last = NULL;
  g_autofree char *got = NULL;
  g_autofree char *place = NULL;
  DureServerBundle result = { 0 };
  DureBundleResult pulled = { 0 };
  gsize            n;

  for (gsize i = 0; i < length; i++)
    bytes[i] = (char)(i * 2654435761u >> 24);
  sha256 = attach (f->a, owner, bytes, length);
  up = make (f, f->a);
  g_assert_true (g_file_get_contents (up, &list, &n, NULL));
  g_assert_nonnull (g_strstr_len (list, (gssize)n, "묶음 2 / Dure bundle 2\n"));
  g_assert_nonnull (g_strstr_len (list, (gssize)n, "첨부 파일 / Files: 1 700001\n"));
  g_assert_null (g_strstr_len (list, (gssize)n, "비밀"));
  for (guint times = 0; times < 2; times++)
    {
      dure_server_bundle_clear (&result);
      push (f, up, &result);
      g_assert_cmpuint (result.files_refused, ==, 0);
      g_assert_cmpuint (result.known, ==, times);
    }
  g_assert_cmpstr (dure_blob_state_key (dure_sync_blob_state (f->a->store, sha256)), ==, "waiting");
  down = answer (f, f->a);
  pull (f->a, down, &pulled);
  g_assert_cmpstr (dure_blob_state_key (dure_sync_blob_state (f->a->store, sha256)), ==, "here");
  /* Nothing about files waits any more: an older program could read the next one. */
  last = make (f, f->a);
  g_free (list);
  g_assert_true (g_file_get_contents (last, &list, &n, NULL));
  g_assert_nonnull (g_strstr_len (list, (gssize)n, "묶음 1 / Dure bundle 1\n"));
  /* The other desk learns of the record, asks for the file, and gets it; twice does no harm. */
  want = answer (f, f->b);
  dure_sync_result_clear (&pulled.sync);
  pull (f->b, want, &pulled);
  g_assert_cmpstr (dure_blob_state_key (dure_sync_blob_state (f->b->store, sha256)), ==, "server");
  g_free (want);
  want = make (f, f->b);
  dure_server_bundle_clear (&result);
  push (f, want, &result);
  bring = answer (f, f->b);
  for (guint times = 0; times < 2; times++)
    {
      dure_sync_result_clear (&pulled.sync);
      pull (f->b, bring, &pulled);
      g_assert_cmpuint (pulled.sync.files_received, ==, 1 - times);
    }
  place = dure_store_blob_path (f->b->store, sha256);
  g_assert_true (g_file_get_contents (place, &got, &n, NULL));
  g_assert_cmpmem (got, n, bytes, length);
  dure_server_bundle_clear (&result);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/server/bundle/files", test_files },
    { "/server/bundle/round", test_round },
    { "/server/bundle/conflict", test_conflict },
    { "/server/bundle/twice-and-in-any-order", test_twice_and_in_any_order },
    { "/server/bundle/missing", test_missing },
    { "/server/bundle/gap", test_gap },
    { "/server/bundle/deleted-unknowing", test_deleted_unknowing },
    { "/server/bundle/strangers", test_strangers },
    { "/server/bundle/other-tenant", test_other_tenant },
    { "/server/bundle/viewer", test_viewer },
    { "/server/bundle/older-server", test_older_server },
    { "/server/bundle/wrong-clock", test_wrong_clock },
    { "/server/bundle/preview", test_preview },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
