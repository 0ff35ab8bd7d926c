/* test-store-record-list.c: the list follows the store with the smallest change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "store-fixture.h"

#include "store/dure-record-list.h"

typedef struct
{
  guint calls;
  guint position;
  guint removed;
  guint added;
} Seen;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Seen *seen)
{
  seen->calls++;
  seen->position = position;
  seen->removed = removed;
  seen->added = added;
}

static void
notify_cb (GObject *object, GParamSpec *pspec, int *count)
{
  (*count)++;
}

static void
test_follows (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_agency (fixture->store, "나");
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (DureStore) reader = NULL;
  g_autoptr (DureRecordList) list = NULL;
  g_autoptr (DureRecord) held = NULL;
  g_autoptr (DureRecord) again = NULL;
  Seen seen = { 0 };
  int notified = 0;

  g_free (add_agency (fixture->store, "라"));
  reader = dure_store_open (fixture->path, DURE_STORE_READ_ONLY, NULL);
  list = dure_record_list_new (reader, NULL, query);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &seen);
  held = g_list_model_get_item (G_LIST_MODEL (list), 0);
  again = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (held == again);

  g_free (add_agency (fixture->store, "다"));
  dure_store_poll (reader);
  g_assert_cmpuint (seen.calls, ==, 1);
  g_assert_cmpuint (seen.position, ==, 1);
  g_assert_cmpuint (seen.removed, ==, 0);
  g_assert_cmpuint (seen.added, ==, 1);

  /* A field that does not move the row changes the object, not the list. */
  g_signal_connect (held, "notify::head", G_CALLBACK (notify_cb), &notified);
  set_agency (fixture->store, id, DURE_AGENCY_HEAD, "표본관장");
  dure_store_poll (reader);
  g_assert_cmpuint (seen.calls, ==, 1);
  g_assert_cmpint (notified, ==, 1);
  g_assert_cmpstr (dure_record_get (held, DURE_AGENCY_HEAD), ==, "표본관장");
  g_assert_cmpint (dure_record_list_find (list, id), ==, 0);

  dure_store_delete (fixture->store, DURE_ENTITY_AGENCY, id, NULL);
  dure_store_poll (reader);
  g_assert_cmpuint (seen.calls, ==, 2);
  g_assert_cmpuint (seen.position, ==, 0);
  g_assert_cmpuint (seen.removed, ==, 1);
  g_assert_cmpuint (seen.added, ==, 0);
}

static void
test_thread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureStoreThread) thread = dure_store_thread_new (fixture->path, DURE_STORE_READ_ONLY);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (DureRecordList) list = NULL;
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  g_free (add_agency (fixture->store, "나"));
  list = dure_record_list_new (fixture->store, thread, query);
  g_assert_true (dure_record_list_get_loading (list));
  while (dure_record_list_get_loading (list) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/record-list/follows", test_follows);
  ADD ("/record-list/thread", test_thread);
  return g_test_run ();
}
