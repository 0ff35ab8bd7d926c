/* test-store-store.c: writing, reading, undo, history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/dure-error.h"
#include "store-fixture.h"

static void
test_write_and_read (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_agency (fixture->store, "철산종합사회복지관");
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) other = NULL;
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);

  other = dure_store_open (fixture->path, DURE_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  assert_agency (other, id, DURE_AGENCY_NAME, "철산종합사회복지관");
  g_assert_cmpint (dure_store_count (other, query, NULL), ==, 1);
  set_agency (fixture->store, id, DURE_AGENCY_PHONE, "0226800000");
  assert_agency (other, id, DURE_AGENCY_PHONE, "0226800000");
}

static void
test_required (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureRecord) agency = dure_record_new (DURE_ENTITY_AGENCY);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (GError) error = NULL;

  dure_record_set (agency, DURE_AGENCY_KIND, "civic");
  dure_record_set (agency, DURE_AGENCY_SECTOR, "private");
  g_assert_false (dure_store_write (fixture->store, agency, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Name"));
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 0);
}

/* A form that was opened before somebody else changed another field must not write the old value back. */
static void
test_stale_record (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_agency (fixture->store, "하안노인복지관");
  g_autoptr (DureRecord) form = dure_store_get (fixture->store, DURE_ENTITY_AGENCY, id, NULL);
  g_autoptr (GError) error = NULL;

  set_agency (fixture->store, id, DURE_AGENCY_PHONE, "0226800001");
  dure_record_set (form, DURE_AGENCY_HEAD, "표본관장");
  dure_store_write (fixture->store, form, &error);
  g_assert_no_error (error);
  assert_agency (fixture->store, id, DURE_AGENCY_PHONE, "0226800001");
  assert_agency (fixture->store, id, DURE_AGENCY_HEAD, "표본관장");
}

static char *
undo (DureStore *store)
{
  g_autoptr (GError) error = NULL;
  char *label = dure_store_undo (store, &error);

  g_assert_no_error (error);
  return label;
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_agency (fixture->store, "가");
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (GError) error = NULL;

  set_agency (fixture->store, id, DURE_AGENCY_NAME, "나");
  set_agency (fixture->store, id, DURE_AGENCY_NAME, "다");
  g_free (undo (fixture->store));
  assert_agency (fixture->store, id, DURE_AGENCY_NAME, "나");
  g_free (undo (fixture->store));
  assert_agency (fixture->store, id, DURE_AGENCY_NAME, "가");
  g_free (dure_store_redo (fixture->store, &error));
  g_assert_no_error (error);
  assert_agency (fixture->store, id, DURE_AGENCY_NAME, "나");
  g_free (undo (fixture->store));
  /* The first is the making of the record. */
  g_free (undo (fixture->store));
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 0);
  g_assert_null (dure_store_undo (fixture->store, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_free (dure_store_redo (fixture->store, &error));
  g_assert_no_error (error);
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 1);
  /* A new step forgets what could be redone. */
  set_agency (fixture->store, id, DURE_AGENCY_NAME, "라");
  g_assert_null (dure_store_redo_label (fixture->store));
}

static void
test_transaction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  g_assert_true (dure_store_begin (fixture->store, "two agencies", &error));
  g_free (add_agency (fixture->store, "가"));
  g_free (add_agency (fixture->store, "나"));
  dure_store_rollback (fixture->store);
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 0);

  g_assert_true (dure_store_begin (fixture->store, "two agencies", &error));
  g_free (add_agency (fixture->store, "가"));
  g_free (add_agency (fixture->store, "나"));
  g_assert_true (dure_store_commit (fixture->store, &error));
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 2);
  /* A transaction that changed nothing is no step. */
  g_assert_true (dure_store_begin (fixture->store, "nothing", &error));
  g_assert_true (dure_store_commit (fixture->store, &error));
  label = undo (fixture->store);
  g_assert_cmpstr (label, ==, "two agencies");
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 0);
}

static void
test_history (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_agency (fixture->store, "가");
  g_autoptr (GPtrArray) items = NULL;
  DureHistoryItem *latest;

  g_assert_true (dure_store_set_meta (fixture->store, "author", "김담당", NULL));
  set_agency (fixture->store, id, DURE_AGENCY_NAME, "나");
  items = dure_store_history (fixture->store, DURE_ENTITY_AGENCY, id, NULL);
  g_assert_cmpuint (items->len, ==, 4);
  latest = g_ptr_array_index (items, 0);
  g_assert_cmpstr (latest->key, ==, "name");
  g_assert_cmpstr (latest->value, ==, "나");
  g_assert_cmpstr (latest->was, ==, "가");
  g_assert_cmpstr (latest->by, ==, "김담당");
}

static void
test_delete_restore (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_agency (fixture->store, "가");
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_store_delete (fixture->store, DURE_ENTITY_AGENCY, id, &error));
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 0);
  dure_query_deleted (query, TRUE);
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 1);
  g_assert_true (dure_store_restore (fixture->store, DURE_ENTITY_AGENCY, id, &error));
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 0);
  g_assert_false (dure_store_delete (fixture->store, DURE_ENTITY_AGENCY, "019234ab-0000-7000-8000-000000000000", &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
}

/* The same referral entered twice is one record, and a removed one comes back when it is entered again. */
static void
test_natural_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *from = add_agency (fixture->store, "가");
  g_autofree char *to = add_agency (fixture->store, "나");
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_REFERRAL);
  g_autofree char *id = NULL;

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (DureRecord) referral = dure_record_new (DURE_ENTITY_REFERRAL);
      g_autoptr (GError) error = NULL;

      dure_record_set (referral, DURE_REFERRAL_FROM, from);
      dure_record_set (referral, DURE_REFERRAL_TO, to);
      dure_record_set (referral, DURE_REFERRAL_MONTH, "2025-05");
      dure_record_set (referral, DURE_REFERRAL_KIND, "case");
      dure_record_set_int (referral, DURE_REFERRAL_SENT, 3 + i);
      dure_store_write (fixture->store, referral, &error);
      g_assert_no_error (error);
      if (id != NULL)
        g_assert_cmpstr (id, ==, dure_record_get_id (referral));
      g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 1);
      g_free (id);
      id = g_strdup (dure_record_get_id (referral));
      if (i == 1)
        g_assert_true (dure_store_delete (fixture->store, DURE_ENTITY_REFERRAL, id, NULL));
    }
}

static void
test_query (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "Zebra", "나눔센터", "가온복지관", "1호점", "(주)두루" };
  static const char *const order[] = { "(주)두루", "1호점", "가온복지관", "나눔센터", "Zebra" };
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (add_agency (fixture->store, names[i]));
  records = dure_store_list (fixture->store, query, NULL);
  g_assert_cmpuint (records->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < records->len; i++)
    g_assert_cmpstr (dure_record_get_title (g_ptr_array_index (records, i)), ==, order[i]);
  dure_query_where (query, DURE_AGENCY_KIND, DURE_EQUAL, "civic");
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 0);
  g_clear_pointer (&query, dure_query_free);
  query = dure_query_new (DURE_ENTITY_AGENCY);
  dure_query_text (query, "복지");
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 1);
  set_agency (fixture->store, dure_record_get_id (g_ptr_array_index (records, 0)), DURE_AGENCY_AREAS, "welfare,health");
  g_clear_pointer (&query, dure_query_free);
  query = dure_query_new (DURE_ENTITY_AGENCY);
  dure_query_where (query, DURE_AGENCY_AREAS, DURE_HAS, "health");
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 1);
  g_clear_pointer (&query, dure_query_free);
  query = dure_query_new (DURE_ENTITY_AGENCY);
  dure_query_where (query, DURE_AGENCY_KIND, DURE_HAS, "welfare cen");
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, G_N_ELEMENTS (names));
  set_agency (fixture->store, dure_record_get_id (g_ptr_array_index (records, 1)), DURE_AGENCY_PARENT,
              dure_record_get_id (g_ptr_array_index (records, 2)));
  g_clear_pointer (&query, dure_query_free);
  query = dure_query_new (DURE_ENTITY_AGENCY);
  dure_query_where (query, DURE_AGENCY_PARENT, DURE_HAS, "복지");
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 1);
  g_clear_pointer (&query, dure_query_free);
  query = dure_query_new (DURE_ENTITY_AGENCY);
  dure_query_where (query, DURE_AGENCY_AREAS, DURE_HAS, "health");
  /* Several at once need not stand side by side in the record. */
  set_agency (fixture->store, dure_record_get_id (g_ptr_array_index (records, 0)), DURE_AGENCY_AREAS,
              "welfare,health,care");
  dure_query_where (query, DURE_AGENCY_AREAS, DURE_HAS, "welfare,care");
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 1);
  dure_query_where (query, DURE_AGENCY_AREAS, DURE_LACKS, "care");
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 0);
  g_clear_pointer (&query, dure_query_free);
  query = dure_query_new (DURE_ENTITY_AGENCY);
  dure_query_where (query, DURE_AGENCY_AREAS, DURE_LACKS, "care");
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, G_N_ELEMENTS (names) - 1);
}

static void
count_cb (DureStore *store, guint entity, const char *id, int *count)
{
  (*count)++;
}

/* What another program writes reaches the desktop. */
static void
test_poll (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureStore) reader = dure_store_open (fixture->path, DURE_STORE_READ_ONLY, NULL);
  int count = 0;

  g_signal_connect (reader, "changed", G_CALLBACK (count_cb), &count);
  dure_store_poll (reader);
  g_assert_cmpint (count, ==, 0);
  g_free (add_agency (fixture->store, "가"));
  dure_store_poll (reader);
  g_assert_cmpint (count, ==, 1);
  dure_store_poll (reader);
  g_assert_cmpint (count, ==, 1);
}

/* Very many queries that differ: none disturbs another that is still being read, nor what was written before. */
static void
test_many_statements (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_agency (fixture->store, "가");

  for (guint n = 1; n <= 1500; n++)
    {
      g_autoptr (DureQuery) query = dure_query_new (n % 2 == 0 ? DURE_ENTITY_AGENCY : DURE_ENTITY_PERSON);
      g_autoptr (GPtrArray) records = NULL;
      g_autoptr (GError) error = NULL;

      dure_query_limit (query, n);
      records = dure_store_list (fixture->store, query, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (records->len, ==, n % 2 == 0 ? 1 : 0);
    }
  set_agency (fixture->store, id, DURE_AGENCY_NAME, "나");
  assert_agency (fixture->store, id, DURE_AGENCY_NAME, "나");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/store/write-and-read", test_write_and_read);
  ADD ("/store/required", test_required);
  ADD ("/store/stale-record", test_stale_record);
  ADD ("/store/undo", test_undo);
  ADD ("/store/transaction", test_transaction);
  ADD ("/store/history", test_history);
  ADD ("/store/delete-restore", test_delete_restore);
  ADD ("/store/natural-key", test_natural_key);
  ADD ("/store/query", test_query);
  ADD ("/store/poll", test_poll);
  ADD ("/store/many-statements", test_many_statements);
  return g_test_run ();
}
