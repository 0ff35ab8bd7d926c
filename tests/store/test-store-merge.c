/* test-store-merge.c: changes from elsewhere: whatever their order, all copies end alike
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "store-fixture.h"

#include "base/dure-error.h"
#include "store/dure-store-dump.h"
#include "store/dure-store-load.h"

static void
apply_all (DureStore *store, GPtrArray *changes, DureApplied expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_store_begin (store, NULL, &error));
  for (guint i = 0; i < changes->len; i++)
    {
      DureApplied applied;
      g_autoptr (DureChange) change = dure_change_copy (g_ptr_array_index (changes, i));

      g_assert_true (dure_store_apply (store, change, &applied, &error));
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

/* A record that is taken for new, as the one before was and nobody saw anything of it, and is there. */
static void
test_not_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureStore) second = open_second (fixture);
  g_autofree char *id = add_agency (fixture->store, "가나다복지관");
  g_autofree char *other = NULL;
  g_autoptr (GPtrArray) made = NULL;
  g_autoptr (GPtrArray) edit = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  other = add_agency (fixture->store, "라마바복지관");
  made = unsent (fixture->store);
  dure_store_mark_sent (fixture->store, ((DureChange *)g_ptr_array_index (made, 1))->seq, NULL);
  set_agency (fixture->store, id, DURE_AGENCY_HEAD, "표본관장");
  edit = unsent (fixture->store);
  g_assert_null (dure_change_find (g_ptr_array_index (edit, 0), "head")->seen);
  apply_all (second, made, DURE_APPLIED_KEPT);
  apply_all (second, edit, DURE_APPLIED_KEPT);
  apply_all (second, made, DURE_APPLIED_OLD);
  apply_all (second, edit, DURE_APPLIED_OLD);
  assert_agency (second, id, DURE_AGENCY_NAME, "가나다복지관");
  assert_agency (second, id, DURE_AGENCY_HEAD, "표본관장");
  assert_agency (second, other, DURE_AGENCY_HEAD, NULL);
  history = dure_store_history (second, DURE_ENTITY_AGENCY, id, NULL);
  for (guint i = 0; i < history->len; i++)
    g_assert_cmpstr (((DureHistoryItem *)g_ptr_array_index (history, i))->was, ==, NULL);
  hits = dure_store_search (second, "가나다", 10, NULL, NULL);
  g_assert_cmpuint (hits->len, ==, 1);
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

/* The clock was two minutes ahead, which the server takes, then ten: what is stamped again comes after what was sent. */
static void
test_stamped_after_sent (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_agency (fixture->store, "가");
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (GPtrArray) again = NULL;
  const DureChange *last;
  guint             n;

  g_assert_true (dure_store_restamp (fixture->store, 2 * 60 * 1000, &n, NULL));
  set_agency (fixture->store, id, DURE_AGENCY_HEAD, "먼저");
  sent = unsent (fixture->store);
  last = g_ptr_array_index (sent, sent->len - 1);
  g_assert_true (dure_store_mark_sent (fixture->store, last->seq, NULL));
  g_assert_true (dure_store_restamp (fixture->store, 10 * 60 * 1000, &n, NULL));
  set_agency (fixture->store, id, DURE_AGENCY_HEAD, "나중");
  g_assert_true (dure_store_restamp (fixture->store, 0, &n, NULL));
  g_assert_cmpuint (n, ==, 1);
  again = unsent (fixture->store);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_cmpstr (((DureChange *)g_ptr_array_index (again, 0))->stamp, >, last->stamp);
}

/* An empty text, or a "deleted" of anything but "1", says nothing, yet has its stamp, also where the record comes with
 * it: what was written earlier and comes later must not stand. */
static void
test_nothing_set (Fixture *fixture, gconstpointer data)
{
  static const char id[] = "019234ab-0000-7000-8000-000000000009";
  g_autoptr (DureStore) second = open_second (fixture);
  DureStore *stores[] = { fixture->store, second };
  g_autoptr (DureChange) earlier = dure_change_new ("019234ab0001-0000-00000000000000aa", "agency", id, "kim");
  g_autoptr (DureChange) later = dure_change_new ("019234ab0002-0000-00000000000000bb", "agency", id, "lee");

  dure_change_add (earlier, "note", "메모", NULL);
  dure_change_add (earlier, DURE_CHANGE_DELETED, "1", NULL);
  dure_change_add (later, "name", "가", NULL);
  dure_change_add (later, "note", "", NULL);
  dure_change_add (later, DURE_CHANGE_DELETED, "0", NULL);
  for (guint s = 0; s < 2; s++)
    {
      g_autoptr (GPtrArray) changes = g_ptr_array_new ();
      g_autoptr (DureRecord) record = NULL;

      g_ptr_array_add (changes, s == 0 ? later : earlier);
      g_ptr_array_add (changes, s == 0 ? earlier : later);
      apply_all (stores[s], changes, (DureApplied) -1);
      record = dure_store_get (stores[s], DURE_ENTITY_AGENCY, id, NULL);
      g_assert_nonnull (record);
      g_assert_cmpstr (dure_record_get (record, DURE_AGENCY_NOTE), ==, NULL);
      g_assert_false (dure_record_get_deleted (record));
    }
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

/* What somebody else has changed since is not undone, and undo says so; then the step before it is undone. */
static void
test_undo_overtaken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_agency (fixture->store, "가");
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) dure_change_free);
  DureChange *change = dure_change_new ("7fffffffffff-0000-00000000000000aa", "agency", id, "other");
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  set_agency (fixture->store, id, DURE_AGENCY_HEAD, "표본관장");
  set_agency (fixture->store, id, DURE_AGENCY_NAME, "나");
  dure_change_add (change, "name", "다", NULL);
  g_ptr_array_add (changes, change);
  apply_all (fixture->store, changes, DURE_APPLIED_KEPT);
  g_assert_null (dure_store_undo (fixture->store, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
  assert_agency (fixture->store, id, DURE_AGENCY_NAME, "다");
  assert_agency (fixture->store, id, DURE_AGENCY_HEAD, "표본관장");
  label = dure_store_undo (fixture->store, NULL);
  g_assert_nonnull (label);
  assert_agency (fixture->store, id, DURE_AGENCY_HEAD, NULL);
  assert_agency (fixture->store, id, DURE_AGENCY_NAME, "다");
}

static DureRecord *
referral (const char *month, const char *sent)
{
  DureRecord *record = dure_record_new (DURE_ENTITY_REFERRAL);

  dure_record_set (record, DURE_REFERRAL_FROM, "019234ab-0000-7000-8000-000000000001");
  dure_record_set (record, DURE_REFERRAL_TO, "019234ab-0000-7000-8000-000000000002");
  dure_record_set (record, DURE_REFERRAL_MONTH, month);
  dure_record_set (record, DURE_REFERRAL_KIND, "case");
  dure_record_set (record, DURE_REFERRAL_SENT, sent);
  return record;
}

/* A month that was typed wrong is put right; the right record of the wrong month then must not overwrite it. */
static void
test_key_was_edited (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureStore) second = open_second (fixture);
  g_autoptr (DureRecord) june = referral ("2025-05", "7");
  g_autoptr (DureRecord) may = referral ("2025-05", "3");
  g_autoptr (DureRecord) may_again = referral ("2025-05", "4");
  g_autoptr (DureRecord) there = referral ("2025-05", "5");
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_REFERRAL);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DureRecord) stored = NULL;

  dure_store_write (fixture->store, june, &error);
  g_assert_no_error (error);
  dure_record_set (june, DURE_REFERRAL_MONTH, "2025-06");
  dure_store_write (fixture->store, june, &error);
  g_assert_no_error (error);
  dure_store_write (fixture->store, may, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dure_record_get_id (may), !=, dure_record_get_id (june));
  stored = dure_store_get (fixture->store, DURE_ENTITY_REFERRAL, dure_record_get_id (june), NULL);
  g_assert_cmpstr (dure_record_get (stored, DURE_REFERRAL_MONTH), ==, "2025-06");
  g_assert_cmpint (dure_record_get_int (stored, DURE_REFERRAL_SENT), ==, 7);
  dure_store_write (fixture->store, may_again, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dure_record_get_id (may), ==, dure_record_get_id (may_again));
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, 2);
  /* A device that knows of the edit gives the same id. */
  changes = unsent (fixture->store);
  apply_all (second, changes, DURE_APPLIED_KEPT);
  dure_store_write (second, there, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dure_record_get_id (there), ==, dure_record_get_id (may));
}

/* A record that came without a required field can be edited in its others, and not be emptied further. */
static void
test_incomplete (Fixture *fixture, gconstpointer data)
{
  const char *id = "019234ab-0000-7000-8000-0000000000aa";
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) dure_change_free);
  DureChange *change = dure_change_new ("018000000000-0000-00000000000000aa", "busy", id, "other");
  g_autoptr (DureRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  dure_change_add (change, "why", "출장", NULL);
  dure_change_add (change, "to", "2025-06-26T18:00", NULL);
  g_ptr_array_add (changes, change);
  apply_all (fixture->store, changes, DURE_APPLIED_KEPT);
  record = dure_store_get (fixture->store, DURE_ENTITY_BUSY, id, NULL);
  dure_record_set (record, DURE_BUSY_WHY, "연가");
  dure_store_write (fixture->store, record, &error);
  g_assert_no_error (error);
  dure_record_set (record, DURE_BUSY_TO, "2025-06-26T19:00");
  dure_store_write (fixture->store, record, &error);
  g_assert_no_error (error);
  dure_record_set (record, DURE_BUSY_FROM, "2025-06-27T09:00");
  g_assert_false (dure_store_write (fixture->store, record, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  dure_record_set (record, DURE_BUSY_FROM, "2025-06-26T09:00");
  dure_store_write (fixture->store, record, &error);
  g_assert_no_error (error);
  dure_record_set (record, DURE_BUSY_TO, NULL);
  g_assert_false (dure_store_write (fixture->store, record, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
picture_of (DureStore *store)
{
  static const DureEntityId entities[] = { DURE_ENTITY_AGENCY, DURE_ENTITY_REFERRAL };
  GString *text = g_string_new (NULL);

  for (guint e = 0; e < G_N_ELEMENTS (entities); e++)
    for (int deleted = 0; deleted < 2; deleted++)
      {
        g_autoptr (DureQuery) query = dure_query_new (entities[e]);
        g_autoptr (GPtrArray) records = NULL;
        g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

        dure_query_deleted (query, deleted);
        records = dure_store_list (store, query, NULL);
        for (guint i = 0; i < records->len; i++)
          {
            DureRecord *record = g_ptr_array_index (records, i);
            GString    *line = g_string_new (NULL);

            g_string_append_printf (line, "%d %s", deleted, dure_record_get_id (record));
            for (guint f = 0; f < dure_entity (entities[e])->n_fields; f++)
              g_string_append_printf (line, "|%s", dure_record_get (record, f) != NULL ? dure_record_get (record, f) : "");
            g_string_append_printf (line, "|%s\n", dure_record_get_extra (record) != NULL ? dure_record_get_extra (record) : "");
            g_ptr_array_add (lines, g_string_free (line, FALSE));
          }
        g_ptr_array_sort (lines, compare_lines);
        for (guint i = 0; i < lines->len; i++)
          g_string_append (text, g_ptr_array_index (lines, i));
      }
  return g_string_free (text, FALSE);
}

static int
shuffled (gconstpointer a, gconstpointer b, gpointer rand)
{
  return g_rand_boolean (rand) ? 1 : -1;
}

/* One random thing that an officer may do. */
static void
random_step (DureStore *store, char **ids, GRand *rand)
{
  static const char *const values[] = { "가", "나", "다", NULL };
  static const guint       fields[] = { DURE_AGENCY_NAME, DURE_AGENCY_HEAD, DURE_AGENCY_NOTE, DURE_AGENCY_PHONE };
  guint       field = fields[g_rand_int_range (rand, 0, G_N_ELEMENTS (fields))];
  const char *value = values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))];
  const char *id = ids[g_rand_int_range (rand, 0, 2)];
  g_autoptr (DureRecord) link = NULL;
  g_autoptr (GError) error = NULL;

  switch (g_rand_int_range (rand, 0, 10))
    {
    case 0:
      dure_store_delete (store, DURE_ENTITY_AGENCY, id, &error);
      break;
    case 1:
      dure_store_restore (store, DURE_ENTITY_AGENCY, id, &error);
      break;
    case 2:
      g_free (dure_store_undo (store, NULL));
      break;
    case 3:
      g_free (dure_store_redo (store, NULL));
      break;
    case 4:
    case 5: /* a record with a natural key, made on both sides, changed by making it again */
      link = referral (g_rand_boolean (rand) ? "2025-05" : "2025-06", g_rand_boolean (rand) ? "1" : "2");
      if (g_rand_boolean (rand))
        dure_record_set (link, DURE_REFERRAL_ACCEPTED, "1");
      dure_store_write (store, link, &error);
      if (error == NULL && g_rand_int_range (rand, 0, 3) == 0)
        dure_store_delete (store, DURE_ENTITY_REFERRAL, dure_record_get_id (link), &error);
      break;
    default:
      if (field != DURE_AGENCY_NAME || value != NULL)
        set_agency (store, id, field, value);
    }
  g_assert_no_error (error);
}

static void
add_twice (GPtrArray *all, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    for (int twice = 0; twice < 2; twice++)
      g_ptr_array_add (all, dure_change_copy (g_ptr_array_index (changes, i)));
}

/* Random histories on two devices, with an exchange in the middle, delivered in random order and doubled, end alike on
 * both and on a third. A field of a newer program is among them. */
static void
test_convergence (Fixture *fixture, gconstpointer data)
{
  for (guint32 seed = 1; seed <= 60; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) dure_change_free);
      DureStore *stores[3];
      char *ids[2];
      g_autofree char *expected = NULL;

      for (int s = 0; s < 3; s++)
        stores[s] = dure_store_open (":memory:", DURE_STORE_CREATE, NULL);
      ids[0] = add_agency (stores[0], "처음");
      ids[1] = add_agency (stores[0], "둘째");
      {
        g_autoptr (GPtrArray) made = unsent (stores[0]);

        apply_all (stores[1], made, DURE_APPLIED_KEPT);
      }
      for (int step = 0; step < 30; step++)
        {
          random_step (stores[g_rand_int_range (rand, 0, 2)], ids, rand);
          if (step == 15)
            {
              g_autoptr (GPtrArray) sent = unsent (stores[0]);

              apply_all (stores[1], sent, (DureApplied) -1);
            }
        }
      for (int s = 0; s < 2; s++)
        {
          g_autoptr (GPtrArray) changes = unsent (stores[s]);

          add_twice (all, changes);
        }
      for (int n = 0; n < 4; n++)
        {
          g_autofree char *stamp = g_strdup_printf ("018000000000-%04x-00000000000000aa", (guint) n);
          DureChange *newer = dure_change_new (stamp, "agency", ids[n % 2], "newer");

          dure_change_add (newer, "orbit", n < 3 ? "높음" : NULL, NULL);
          g_ptr_array_add (all, newer);
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
      g_free (ids[0]);
      g_free (ids[1]);
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

static gboolean
keep_line (const char *line, gsize length, gpointer data, GError **error)
{
  g_ptr_array_add (data, g_strndup (line, length));
  return TRUE;
}

/* History that came from elsewhere, whole or in part, is read back as it was exported. */
static void
test_exported (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureStore) second = open_second (fixture);
  g_autofree char *id = add_agency (fixture->store, "가");
  g_autoptr (DureChange) part = dure_change_new ("019000000000-0001-00000000000000bb", "agency", id, "lee");
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) again = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  dure_change_add (part, "note", "나머지는 모름", NULL);
  part->part = TRUE;
  g_ptr_array_add (changes, part);
  g_assert_true (dure_store_begin (fixture->store, NULL, &error));
  g_assert_true (dure_store_apply (fixture->store, part, NULL, &error));
  g_assert_true (dure_store_commit (fixture->store, &error));
  g_assert_true (dure_store_dump_history (fixture->store, keep_line, lines, &error));
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (lines, 1), "\"part\":1"));
  g_assert_true (dure_store_load_begin (second, &error));
  for (guint i = 0; i < lines->len; i++)
    {
      dure_store_load_change (second, g_ptr_array_index (lines, i), strlen (g_ptr_array_index (lines, i)), &error);
      g_assert_no_error (error);
    }
  g_assert_true (dure_store_commit (second, &error));
  g_assert_true (dure_store_dump_history (second, keep_line, again, &error));
  g_assert_cmpuint (again->len, ==, 2);
  for (guint i = 0; i < lines->len; i++)
    g_assert_cmpstr (g_ptr_array_index (again, i), ==, g_ptr_array_index (lines, i));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/merge/two-fields", test_two_fields);
  ADD ("/merge/not-new", test_not_new);
  ADD ("/merge/same-field", test_same_field);
  ADD ("/merge/nothing-set", test_nothing_set);
  ADD ("/merge/stamped-after-sent", test_stamped_after_sent);
  ADD ("/merge/natural-twice", test_natural_twice);
  ADD ("/merge/undo-overtaken", test_undo_overtaken);
  ADD ("/merge/key-was-edited", test_key_was_edited);
  ADD ("/merge/incomplete", test_incomplete);
  ADD ("/merge/convergence", test_convergence);
  ADD ("/merge/unknown", test_unknown);
  ADD ("/merge/exported", test_exported);
  return g_test_run ();
}
