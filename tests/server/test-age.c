/* test-age.c: the server folds what is old; nobody who comes late loses anything or brings anything up again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "server-fixture.h"
#include "server/dure-server-fold.h"
#include "store/dure-store-age.h"

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

typedef struct
{
  TestServer *server;
  Device     *a;
  Device     *b;
  Device     *away;
} Trio;

static void
set_up (Trio *trio, gconstpointer data)
{
  Device **devices[] = { &trio->a, &trio->b, &trio->away };

  trio->server = test_server_new ();
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      *devices[i] = device_new ();
      device_enrol (*devices[i], trio->server->uri, i == 0 ? "kim" : "lee");
    }
}

static void
tear_down (Trio *trio, gconstpointer data)
{
  device_free (trio->a);
  device_free (trio->b);
  device_free (trio->away);
  test_server_free (trio->server);
}

static void
count_cb (gint64 number, const char *lines, gsize length, gpointer data)
{
  ++*(guint *)data;
}

/* Runs the fold on day @day of the test, at most @pieces of it; gives how many changes and records are left. */
static void
fold (Trio *trio, gint64 day, guint days, guint pieces, guint *n_changes, guint *n_records)
{
  Device *devices[] = { trio->a, trio->b, trio->away };
  g_autoptr (DureStorage) storage = NULL;
  g_autoptr (DureServer) server = NULL;
  g_autoptr (DureFold) one = dure_fold_new (TENANT, days);
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;
  guint    changes = 0, records = 0;

  test_server_stop (trio->server);
  storage = dure_storage_open (trio->server->storage, &error);
  g_assert_no_error (error);
  server = dure_server_new (storage);
  dure_server_set_offset (server, day * DAY_MS);
  for (guint i = 0; i < pieces && !done; i++)
    {
      dure_server_fold (server, one, &done, &error);
      g_assert_no_error (error);
    }
  DURE_STORAGE_GET_CLASS (storage)->read_changes (storage, TENANT, 0, 100000, count_cb, &changes, &error);
  g_assert_no_error (error);
  DURE_STORAGE_GET_CLASS (storage)->read_records (storage, TENANT, 0, 100000, count_cb, &records, &error);
  g_assert_no_error (error);
  if (n_changes != NULL)
    *n_changes = changes;
  if (n_records != NULL)
    *n_records = records;
  g_clear_object (&server);
  g_clear_object (&storage);
  test_server_start (trio->server, day * DAY_MS);
  dure_server_set_token_days (trio->server->server, 10000);
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    g_assert_true (dure_store_set_meta (devices[i]->store, "sync.url", trio->server->uri, NULL));
}

/* What is there and not deleted. */
static char *
live_dump (Device *device)
{
  g_autofree char *all = device_dump (device);
  g_auto (GStrv) lines = g_strsplit (all, "\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 4);

      if (g_strv_length (words) >= 3 && strcmp (words[2], "0") == 0)
        g_string_append_printf (out, "%s\n", lines[i]);
    }
  return g_string_free (out, FALSE);
}

static void
assert_alike (Device *one, Device *other)
{
  g_autofree char *a = live_dump (one);
  g_autofree char *b = live_dump (other);

  g_assert_cmpstr (a, ==, b);
}

static void
delete_agency (Device *device, const char *id)
{
  g_autoptr (GError) error = NULL;

  dure_store_delete (device->store, DURE_ENTITY_AGENCY, id, &error);
  g_assert_no_error (error);
}

static void
assert_well (Device *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = dure_store_check (device->store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_error ("%s", (char *)g_ptr_array_index (problems, i));
}

static void
everybody (Trio *trio)
{
  device_round (trio->a);
  device_round (trio->b);
  device_round (trio->away);
}

/* Whoever is not behind goes on as ever. */
static void
test_not_behind (Trio *trio, gconstpointer data)
{
  g_autofree char *id = device_add_agency (trio->a, "하나복지관");
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *epoch = NULL;
  guint n_changes, n_records;

  device_set (trio->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("기관 %u", i);
      g_autofree char *other = device_add_agency (trio->a, name);
    }
  everybody (trio);
  fold (trio, 0, 365, 100, &n_changes, NULL);
  g_assert_cmpuint (n_changes, ==, 22);
  fold (trio, 300, 365, 100, &n_changes, NULL);
  g_assert_cmpuint (n_changes, ==, 22);
  fold (trio, 400, 365, 100, &n_changes, &n_records);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (n_records, ==, 21);
  device_set (trio->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "이두레");
  device_round (trio->a);
  device_try (trio->b, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.received, ==, 1);
  epoch = dure_store_get_meta (trio->b->store, "sync.epoch");
  g_assert_cmpstr (epoch, ==, "2");
  assert_alike (trio->a, trio->b);
  g_assert_cmpuint (device_conflicts (trio->a, NULL), ==, 0);
}

/* One was away: what others deleted goes, what he changed of it comes back whole, what he wrote is there. */
static void
test_behind (Trio *trio, gconstpointer data)
{
  g_autofree char *stays = device_add_agency (trio->a, "남는 기관");
  g_autofree char *gone = device_add_agency (trio->a, "없어질 기관");
  g_autofree char *back = device_add_agency (trio->a, "돌아올 기관");
  g_autofree char *new_id = NULL;
  g_autoptr (DureRecord) left = NULL;
  Device *fresh = device_new ();
  guint   n_records;

  device_set (trio->a, DURE_ENTITY_AGENCY, back, DURE_AGENCY_HEAD, "김두레");
  everybody (trio);
  /* Whoever deleted it has more of it than the one who was away. */
  device_set (trio->a, DURE_ENTITY_AGENCY, back, DURE_AGENCY_FAX, "0226803333");
  delete_agency (trio->a, gone);
  delete_agency (trio->a, back);
  device_set (trio->a, DURE_ENTITY_AGENCY, stays, DURE_AGENCY_HEAD, "박두레");
  device_round (trio->a);
  device_round (trio->b);
  fold (trio, 0, 365, 100, NULL, NULL);
  device_set (trio->away, DURE_ENTITY_AGENCY, back, DURE_AGENCY_PHONE, "0226801111");
  device_set (trio->away, DURE_ENTITY_AGENCY, stays, DURE_AGENCY_PHONE, "0226802222");
  new_id = device_add_agency (trio->away, "그동안 적은 기관");
  fold (trio, 400, 365, 100, NULL, &n_records);
  g_assert_cmpuint (n_records, ==, 1);
  device_round (trio->away);
  device_round (trio->a);
  device_round (trio->b);
  device_round (trio->away);
  assert_alike (trio->a, trio->away);
  assert_alike (trio->a, trio->b);
  device_assert (trio->b, DURE_ENTITY_AGENCY, back, DURE_AGENCY_NAME, "돌아올 기관");
  device_assert (trio->b, DURE_ENTITY_AGENCY, back, DURE_AGENCY_HEAD, "김두레");
  device_assert (trio->b, DURE_ENTITY_AGENCY, back, DURE_AGENCY_PHONE, "0226801111");
  device_assert (trio->b, DURE_ENTITY_AGENCY, stays, DURE_AGENCY_PHONE, "0226802222");
  device_assert (trio->away, DURE_ENTITY_AGENCY, stays, DURE_AGENCY_HEAD, "박두레");
  device_assert (trio->b, DURE_ENTITY_AGENCY, new_id, DURE_AGENCY_NAME, "그동안 적은 기관");
  left = dure_store_get (trio->away->store, DURE_ENTITY_AGENCY, gone, NULL);
  g_assert_null (left);
  g_assert_cmpuint (device_conflicts (trio->a, NULL), ==, 0);
  device_enrol (fresh, trio->server->uri, "kim");
  device_round (fresh);
  assert_alike (trio->a, fresh);
  assert_well (fresh);
  assert_well (trio->away);
  assert_well (trio->a);
  device_free (fresh);
}

/* A sweep that was broken off: the store opens as ever. */
static void
test_broken_off (Trio *trio, gconstpointer data)
{
  DureStore *store = trio->away->store;
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_store_begin (store, NULL, NULL));
  g_assert_true (dure_store_begin_sweep (store, NULL));
  g_assert_true (dure_store_keep (store, "agency", "01977777-aaaa-7bbb-8ccc-000000000001", NULL));
  g_assert_true (dure_store_commit (store, NULL));
  g_clear_object (&trio->away->store);
  trio->away->store = dure_store_open (trio->away->path, 0, &error);
  g_assert_no_error (error);
}

/* Who has to take everything anew for another reason, as because his role changed, was away too long all the same. */
static void
test_due (Trio *trio, gconstpointer data)
{
  g_autofree char *gone = device_add_agency (trio->a, "없어질 기관");
  g_autofree char *later = NULL;
  g_autoptr (DureRecord) left = NULL;

  everybody (trio);
  /* As a round leaves it that broke off there. */
  g_assert_true (dure_store_set_meta (trio->away->store, "sync.start", "0 0", NULL));
  delete_agency (trio->a, gone);
  device_round (trio->a);
  later = device_add_agency (trio->a, "그 뒤");
  device_round (trio->a);
  fold (trio, 0, 0, 100, NULL, NULL);
  device_round (trio->away);
  left = dure_store_get (trio->away->store, DURE_ENTITY_AGENCY, gone, NULL);
  g_assert_null (left);
  device_assert (trio->away, DURE_ENTITY_AGENCY, later, DURE_AGENCY_NAME, "그 뒤");
}

/* Everything is sent again, as after a restored server: it is known, and makes no conflicts. */
static void
test_sent_again (Trio *trio, gconstpointer data)
{
  g_autofree char *id = device_add_agency (trio->a, "하나복지관");
  guint n_before, n_after;

  everybody (trio);
  device_set (trio->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
  everybody (trio);
  device_set (trio->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "이두레");
  everybody (trio);
  everybody (trio);
  fold (trio, 0, 365, 100, NULL, NULL);
  fold (trio, 400, 365, 100, &n_before, NULL);
  g_assert_cmpuint (n_before, ==, 1);
  g_assert_true (dure_store_mark_sent (trio->a->store, 0, NULL));
  g_assert_true (dure_store_mark_sent (trio->b->store, 0, NULL));
  everybody (trio);
  everybody (trio);
  device_assert (trio->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "이두레");
  g_assert_cmpuint (device_conflicts (trio->a, NULL), ==, 0);
  assert_alike (trio->a, trio->b);
  fold (trio, 401, 365, 0, &n_after, NULL);
  g_assert_cmpuint (n_after, ==, n_before);
}

/* A deleted record stays as long as something links to it, and what was purged for ever. */
static void
test_what_stays (Trio *trio, gconstpointer data)
{
  g_autofree char *agency = device_add_agency (trio->a, "닫은 기관");
  g_autoptr (DureRecord) person = dure_record_new (DURE_ENTITY_PERSON);
  g_autoptr (DureRecord) gone = dure_record_new (DURE_ENTITY_PERSON);
  g_autoptr (DureRecord) left = NULL;
  g_autoptr (GError) error = NULL;
  const char *ids[] = { NULL, NULL };
  guint       n_records;

  dure_record_set (person, DURE_PERSON_NAME, "김두레");
  dure_record_set (person, DURE_PERSON_AGENCY, agency);
  dure_store_write (trio->a->store, person, &error);
  g_assert_no_error (error);
  dure_record_set (gone, DURE_PERSON_NAME, "파기될 사람");
  dure_store_write (trio->a->store, gone, &error);
  g_assert_no_error (error);
  everybody (trio);
  delete_agency (trio->a, agency);
  ids[0] = dure_record_get_id (gone);
  g_assert_true (dure_store_purge (trio->a->store, DURE_ENTITY_PERSON, ids, "done", &error));
  device_round (trio->a);
  fold (trio, 0, 365, 100, NULL, NULL);
  fold (trio, 400, 365, 100, NULL, &n_records);
  g_assert_cmpuint (n_records, ==, 3);
  device_round (trio->away);
  left = dure_store_get (trio->away->store, DURE_ENTITY_PERSON, ids[0], &error);
  g_assert_no_error (error);
  g_assert_true (dure_store_is_purged (left));
  assert_well (trio->away);
}

/* Killed after any piece: the server answers as ever, and the next fold goes on. */
static void
test_killed (Trio *trio, gconstpointer data)
{
  g_autofree char *gone = device_add_agency (trio->a, "없어질 기관");
  guint n_changes = 0, n_records = 0;

  g_assert_true (dure_store_begin (trio->a->store, "많이", NULL));
  for (guint i = 0; i < 1200; i++)
    {
      g_autofree char *name = g_strdup_printf ("기관 %u", i);
      g_autofree char *id = device_add_agency (trio->a, name);
    }
  g_assert_true (dure_store_commit (trio->a->store, NULL));
  device_round (trio->a);
  device_round (trio->away);
  delete_agency (trio->a, gone);
  /* The last change of all stays in the log. */
  {
    g_autofree char *last = device_add_agency (trio->a, "마지막 기관");
  }
  device_round (trio->a);
  fold (trio, 0, 365, 100, NULL, NULL);
  for (guint pieces = 1; pieces < 6; pieces++)
    {
      fold (trio, 400 + pieces, 365, pieces, &n_changes, &n_records);
      device_round (trio->a);
      device_round (trio->b);
      assert_alike (trio->a, trio->b);
    }
  fold (trio, 500, 365, 100, &n_changes, &n_records);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (n_records, ==, 1201);
  device_round (trio->away);
  assert_alike (trio->a, trio->away);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(PATH, FUNCTION) g_test_add ("/server/age/" PATH, Trio, NULL, set_up, FUNCTION, tear_down)
  ADD ("not-behind", test_not_behind);
  ADD ("behind", test_behind);
  ADD ("sent-again", test_sent_again);
  ADD ("what-stays", test_what_stays);
  ADD ("killed", test_killed);
  ADD ("broken-off", test_broken_off);
  ADD ("due", test_due);
  return g_test_run ();
}
