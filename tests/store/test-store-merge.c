/* test-store-merge.c: changes from elsewhere: whatever their order, all copies end alike
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "store-fixture.h"

#include "base/dure-error.h"

static void
apply_all (DureStore *store, GPtrArray *changes, DureApplied expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_store_begin (store, NULL, &error));
  for (guint i = 0; i < changes->len; i++)
    {
      DureApplied applied;

      g_assert_true (dure_store_apply (store, g_ptr_array_index (changes, i), &applied, &error));
      g_assert_no_error (error);
      if (expected != (DureApplied) -1)
        g_assert_cmpint (applied, ==, expected);
    }
  g_assert_true (dure_store_commit (store, &error));
}

static GPtrArray *
unsent (DureStore *store)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *changes = dure_store_unsent (store, 10000, &error);

  g_assert_no_error (error);
  return changes;
}

static DureStore *
open_second (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->directory, "b.db", NULL);
  g_autoptr (GError) error = NULL;
  DureStore *store = dure_store_open (path, DURE_STORE_CREATE, &error);

  g_assert_no_error (error);
  return store;
}

static void
test_two_fields (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureStore) second = open_second (fixture);
  g_autofree char *id = add_agency (fixture->store, "가");
  g_autoptr (GPtrArray) first_changes = unsent (fixture->store);
  g_autoptr (GPtrArray) from_first = NULL;
  g_autoptr (GPtrArray) from_second = NULL;
  DureChangeField *field;

  apply_all (second, first_changes, DURE_APPLIED_KEPT);
  g_assert_true (dure_store_mark_sent (fixture->store, ((DureChange *) g_ptr_array_index (first_changes, 0))->seq, NULL));
  g_assert_cmpint (dure_store_count_unsent (second), ==, 0);
  set_agency (fixture->store, id, DURE_AGENCY_PHONE, "0226800000");
  set_agency (second, id, DURE_AGENCY_HEAD, "표본관장");
  from_first = unsent (fixture->store);
  from_second = unsent (second);
  g_assert_cmpuint (from_first->len, ==, 1);
  field = dure_change_find (g_ptr_array_index (from_first, 0), "phone");
  g_assert_nonnull (field);
  g_assert_null (field->seen);
  apply_all (fixture->store, from_second, DURE_APPLIED_KEPT);
  apply_all (second, from_first, DURE_APPLIED_KEPT);
  apply_all (second, from_first, DURE_APPLIED_OLD);
  assert_agency (fixture->store, id, DURE_AGENCY_HEAD, "표본관장");
  assert_agency (second, id, DURE_AGENCY_PHONE, "0226800000");
}

static void
test_same_field (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureStore) second = open_second (fixture);
  g_autofree char *id = add_agency (fixture->store, "가");
  g_autoptr (GPtrArray) made = unsent (fixture->store);
  g_autoptr (GPtrArray) from_first = NULL;
  g_autoptr (GPtrArray) from_second = NULL;

  apply_all (second, made, DURE_APPLIED_KEPT);
  dure_store_mark_sent (fixture->store, ((DureChange *) g_ptr_array_index (made, 0))->seq, NULL);
  set_agency (fixture->store, id, DURE_AGENCY_NAME, "먼저");
  g_usleep (3000);
  set_agency (second, id, DURE_AGENCY_NAME, "나중");
  from_first = unsent (fixture->store);
  from_second = unsent (second);
  g_assert_cmpstr (dure_change_find (g_ptr_array_index (from_first, 0), "name")->seen, ==,
                   dure_change_find (g_ptr_array_index (from_second, 0), "name")->seen);
  apply_all (fixture->store, from_second, DURE_APPLIED_KEPT);
  apply_all (second, from_first, DURE_APPLIED_OLD);
  assert_agency (fixture->store, id, DURE_AGENCY_NAME, "나중");
  assert_agency (second, id, DURE_AGENCY_NAME, "나중");
}

/* The same participation made on both with different fields: both keep both. */
static void
test_natural_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureStore) second = open_second (fixture);
  DureStore *stores[] = { fixture->store, second };
  const char *agency = "019234ab-0000-7000-8000-000000000001";
  const char *event = "019234ab-0000-7000-8000-000000000002";
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) from_first = NULL;
  g_autoptr (GPtrArray) from_second = NULL;

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_PARTICIPATION);
      g_autoptr (GError) error = NULL;

      dure_record_set (record, DURE_PARTICIPATION_EVENT, event);
      dure_record_set (record, DURE_PARTICIPATION_AGENCY, agency);
      if (i == 0)
        dure_record_set (record, DURE_PARTICIPATION_REPLY_WAY, "phone");
      else
        dure_record_set (record, DURE_PARTICIPATION_NOTE, "주차 1대");
      dure_store_write (stores[i], record, &error);
      g_assert_no_error (error);
      g_free (id);
      id = g_strdup (dure_record_get_id (record));
      g_usleep (2000);
    }
  from_first = unsent (fixture->store);
  from_second = unsent (second);
  apply_all (fixture->store, from_second, (DureApplied) -1);
  apply_all (second, from_first, (DureApplied) -1);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (DureRecord) record = dure_store_get (stores[i], DURE_ENTITY_PARTICIPATION, id, NULL);

      g_assert_cmpstr (dure_record_get (record, DURE_PARTICIPATION_REPLY_WAY), ==, "phone");
      g_assert_cmpstr (dure_record_get (record, DURE_PARTICIPATION_NOTE), ==, "주차 1대");
    }
}

static char *
picture_of (DureStore *store)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  GString *text = g_string_new (NULL);

  for (int deleted = 0; deleted < 2; deleted++)
    {
      g_autoptr (GPtrArray) records = NULL;

      dure_query_deleted (query, deleted);
      records = dure_store_list (store, query, NULL);
      for (guint i = 0; i < records->len; i++)
        {
          DureRecord *record = g_ptr_array_index (records, i);

          g_string_append_printf (text, "%d %s", deleted, dure_record_get_id (record));
          for (guint f = 0; f < DURE_AGENCY_N_FIELDS; f++)
            g_string_append_printf (text, "|%s", dure_record_get (record, f) != NULL ? dure_record_get (record, f) : "");
          g_string_append_printf (text, "|%s\n", dure_record_get_extra (record) != NULL ? dure_record_get_extra (record) : "");
        }
    }
  return g_string_free (text, FALSE);
}

static int
shuffled (gconstpointer a, gconstpointer b, gpointer rand)
{
  return g_rand_boolean (rand) ? 1 : -1;
}

/* Random histories on two devices, delivered in random order and doubled, end alike on both and on a third. */
static void
test_convergence (Fixture *fixture, gconstpointer data)
{
  static const char *const values[] = { "가", "나", "다", NULL };
  static const guint       fields[] = { DURE_AGENCY_NAME, DURE_AGENCY_HEAD, DURE_AGENCY_NOTE, DURE_AGENCY_PHONE };

  for (guint32 seed = 1; seed <= 40; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) dure_change_free);
      DureStore *stores[3];
      g_autofree char *id = NULL;
      g_autofree char *expected = NULL;

      for (int s = 0; s < 3; s++)
        stores[s] = dure_store_open (":memory:", DURE_STORE_CREATE, NULL);
      id = add_agency (stores[0], "처음");
      {
        g_autoptr (GPtrArray) made = unsent (stores[0]);

        apply_all (stores[1], made, DURE_APPLIED_KEPT);
      }
      for (int step = 0; step < 12; step++)
        {
          DureStore  *store = stores[g_rand_int_range (rand, 0, 2)];
          guint       field = fields[g_rand_int_range (rand, 0, G_N_ELEMENTS (fields))];
          const char *value = values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))];

          if (g_rand_int_range (rand, 0, 8) == 0)
            dure_store_delete (store, DURE_ENTITY_AGENCY, id, NULL);
          else if (field == DURE_AGENCY_NAME && value == NULL)
            g_free (dure_store_undo (store, NULL));
          else
            set_agency (store, id, field, value);
        }
      for (int s = 0; s < 2; s++)
        {
          g_autoptr (GPtrArray) changes = unsent (stores[s]);

          for (guint i = 0; i < changes->len; i++)
            for (int twice = 0; twice < 2; twice++)
              g_ptr_array_add (all, dure_change_copy (g_ptr_array_index (changes, i)));
        }
      for (int s = 0; s < 3; s++)
        {
          g_autofree char *now = NULL;

          g_ptr_array_sort_with_data (all, shuffled, rand);
          apply_all (stores[s], all, (DureApplied) -1);
          now = picture_of (stores[s]);
          if (expected == NULL)
            expected = g_steal_pointer (&now);
          else if (g_strcmp0 (now, expected) != 0)
            g_error ("seed %u: store %d differs:\n%s\n%s", seed, s, expected, now);
        }
      for (int s = 0; s < 3; s++)
        g_object_unref (stores[s]);
    }
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_agency (fixture->store, "가");
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) dure_change_free);
  DureChange *field = dure_change_new ("7fffffffffff-0000-00000000000000aa", "agency", id, "new");
  DureChange *entity = dure_change_new ("7fffffffffff-0001-00000000000000aa", "spaceship", id, "new");
  DureApplied applied;
  g_autoptr (DureRecord) record = NULL;

  dure_change_add (field, "orbit", "높음", NULL);
  dure_change_add (entity, "name", "두레호", NULL);
  g_ptr_array_add (changes, field);
  g_ptr_array_add (changes, entity);
  apply_all (fixture->store, changes, (DureApplied) -1);
  record = dure_store_get (fixture->store, DURE_ENTITY_AGENCY, id, NULL);
  g_assert_cmpstr (dure_record_get_extra (record), ==, "{\"orbit\":\"높음\"}");
  g_assert_true (dure_store_begin (fixture->store, NULL, NULL));
  g_assert_true (dure_store_apply (fixture->store, entity, &applied, NULL));
  g_assert_cmpint (applied, ==, DURE_APPLIED_UNKNOWN);
  g_assert_true (dure_store_commit (fixture->store, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/merge/two-fields", test_two_fields);
  ADD ("/merge/same-field", test_same_field);
  ADD ("/merge/natural-twice", test_natural_twice);
  ADD ("/merge/convergence", test_convergence);
  ADD ("/merge/unknown", test_unknown);
  return g_test_run ();
}
