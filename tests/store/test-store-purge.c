/* test-store-purge.c: what is purged is gone, everywhere and for good
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <string.h>

#include "store-fixture.h"

#include "base/dure-error.h"

#define NAME "김파기대상"
#define MOBILE "01098765432"
#define NOTE "아무도 다시 보아서는 안 되는 적바림"

static char *
add_person (DureStore *store, const char *name)
{
  g_autoptr (DureRecord) person = dure_record_new (DURE_ENTITY_PERSON);
  g_autoptr (GError) error = NULL;

  dure_record_set (person, DURE_PERSON_NAME, name);
  dure_record_set (person, DURE_PERSON_MOBILE, MOBILE);
  g_assert_true (dure_store_begin (store, "사람 " NAME " 추가", &error));
  dure_store_write (store, person, &error);
  g_assert_no_error (error);
  g_assert_true (dure_store_commit (store, &error));
  return g_strdup (dure_record_get_id (person));
}

static void
set_person (DureStore *store, const char *id, guint field, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureRecord) person = dure_store_get (store, DURE_ENTITY_PERSON, id, &error);

  g_assert_no_error (error);
  dure_record_set (person, field, value);
  dure_store_write (store, person, &error);
  g_assert_no_error (error);
}

static void
purge (DureStore *store, const char *id)
{
  const char *const ids[] = { id, NULL };
  g_autoptr (GError) error = NULL;

  dure_store_purge (store, DURE_ENTITY_PERSON, ids, "expired", &error);
  g_assert_no_error (error);
}

static void
apply_one (DureStore *store, DureChange *change)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_store_begin (store, NULL, &error));
  dure_store_apply (store, change, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dure_store_commit (store, &error));
}

static void
apply_all (DureStore *store, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    apply_one (store, g_ptr_array_index (changes, i));
}

static gboolean
directory_holds (const char *directory, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  gboolean    found = FALSE;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_autofree char *bytes = NULL;
      gsize            length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      if (memmem (bytes, length, text, strlen (text)) != NULL)
        {
          g_test_message ("%s is in %s", text, name);
          found = TRUE;
        }
    }
  return found;
}

static void
assert_purged (DureStore *store, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureRecord) record = dure_store_get (store, DURE_ENTITY_PERSON, id, &error);
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *title = NULL;

  g_assert_no_error (error);
  g_assert_true (dure_store_is_purged (record));
  g_assert_true (dure_record_get_deleted (record));
  for (guint f = 0; f < DURE_PERSON_N_FIELDS; f++)
    g_assert_null (dure_record_get (record, f));
  title = dure_store_title (store, DURE_ENTITY_PERSON, id);
  g_assert_cmpstr (title, ==, "(purged)");
  history = dure_store_history (store, DURE_ENTITY_PERSON, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, >=, 1);
  for (guint i = 0; i < history->len; i++)
    {
      const DureHistoryItem *item = g_ptr_array_index (history, i);

      g_assert_cmpstr (item->key, ==, DURE_CHANGE_PURGED);
      g_assert_cmpstr (item->value, ==, "expired");
    }
  problems = dure_store_check (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* The bytes are really gone: of the record, its history, its search, the labels of undo, and the log of the file. */
static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_person (fixture->store, "예전 이름 " NAME);
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) purges = NULL;
  g_autoptr (GError) error = NULL;
  const DurePurge *fact;

  set_person (fixture->store, id, DURE_PERSON_NAME, NAME);
  /* Many neighbours, so that pages are split and cells wander. */
  g_assert_true (dure_store_begin (fixture->store, "이웃", &error));
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *note = g_strdup_printf ("%s %u", NOTE, i);
      g_autofree char *other = g_strdup_printf ("이웃 %u", i);
      g_autofree char *agency = add_agency (fixture->store, other);

      set_person (fixture->store, id, DURE_PERSON_NOTE, note);
    }
  g_assert_true (dure_store_commit (fixture->store, &error));
  {
    g_autofree char *copy = g_strconcat (fixture->path, ".before-restore", NULL);

    g_assert_true (dure_store_backup (fixture->store, copy, &error));
  }
  g_assert_true (directory_holds (fixture->directory, MOBILE));
  purge (fixture->store, id);
  assert_purged (fixture->store, id);
  g_assert_false (directory_holds (fixture->directory, NAME));
  g_assert_false (directory_holds (fixture->directory, MOBILE));
  g_assert_false (directory_holds (fixture->directory, NOTE));
  hits = dure_store_search (fixture->store, "김파기", 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 0);
  purges = dure_store_purges (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (purges->len, ==, 1);
  fact = g_ptr_array_index (purges, 0);
  g_assert_cmpstr (fact->id, ==, id);
  g_assert_cmpstr (fact->reason, ==, "expired");
  g_assert_cmpstr (fact->by, ==, g_get_user_name ());
}

/* A reader who looks at an older state holds the log; the next call empties it. */
static void
test_reader_in_the_way (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_person (fixture->store, NAME);
  g_autoptr (DureStore) again = NULL;
  g_autoptr (GError) error = NULL;

  purge (fixture->store, id);
  g_assert_true (dure_store_set_meta (fixture->store, "scrub", "1", NULL));
  g_clear_object (&fixture->store);
  again = dure_store_open (fixture->path, 0, &error);
  g_assert_no_error (error);
  g_assert_null (dure_store_get_meta (again, "scrub"));
}

/* Undo neither brings a value back nor takes the purge back. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = add_agency (fixture->store, "앞선 기관");
  g_autofree char *id = add_person (fixture->store, NAME);
  g_autoptr (GError) error = NULL;

  set_person (fixture->store, id, DURE_PERSON_POSITION, "과장");
  purge (fixture->store, id);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *label = dure_store_undo (fixture->store, &error);

      g_assert_null (label);
      g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
      g_clear_error (&error);
      assert_purged (fixture->store, id);
    }
  g_free (dure_store_undo (fixture->store, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_free (dure_store_redo (fixture->store, NULL));
      assert_purged (fixture->store, id);
    }
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_person (fixture->store, NAME);
  g_autoptr (DureRecord) person = NULL;
  g_autoptr (GError) error = NULL;
  const char *const none[] = { "00000000-0000-7000-8000-000000000000", NULL };

  purge (fixture->store, id);
  purge (fixture->store, id);
  person = dure_store_get (fixture->store, DURE_ENTITY_PERSON, id, NULL);
  dure_record_set (person, DURE_PERSON_NAME, NAME);
  g_assert_false (dure_store_write (fixture->store, person, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dure_store_restore (fixture->store, DURE_ENTITY_PERSON, id, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dure_store_purge (fixture->store, DURE_ENTITY_PERSON, none, "expired", &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
  assert_purged (fixture->store, id);
}

/* One who takes the same seat again gets another record than the purged one. */
static void
test_natural_key (Fixture *fixture, gconstpointer data)
{
  char *ids[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (DureRecord) setting = dure_record_new (DURE_ENTITY_SETTING);
      g_autoptr (GError) error = NULL;
      const char *one[] = { NULL, NULL };

      dure_record_set (setting, DURE_SETTING_NAME, "같은 이름");
      dure_store_write (fixture->store, setting, &error);
      g_assert_no_error (error);
      ids[i] = g_strdup (dure_record_get_id (setting));
      one[0] = ids[i];
      if (i == 0)
        g_assert_true (dure_store_purge (fixture->store, DURE_ENTITY_SETTING, one, "other", &error));
    }
  g_assert_cmpstr (ids[0], !=, ids[1]);
  g_free (ids[0]);
  g_free (ids[1]);
}

/* Who was written twice and merged is destroyed twice. */
static void
test_merged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_person (fixture->store, NAME);
  g_autofree char *merged = add_person (fixture->store, "같은 사람 " NAME);
  g_autofree char *before = add_person (fixture->store, "더 먼저 적은 사람 " NAME);
  g_autoptr (GError) error = NULL;

  set_person (fixture->store, before, DURE_PERSON_MERGED_INTO, merged);
  g_assert_true (dure_store_delete (fixture->store, DURE_ENTITY_PERSON, before, &error));
  set_person (fixture->store, merged, DURE_PERSON_MERGED_INTO, id);
  g_assert_true (dure_store_delete (fixture->store, DURE_ENTITY_PERSON, merged, &error));
  purge (fixture->store, id);
  assert_purged (fixture->store, id);
  assert_purged (fixture->store, merged);
  assert_purged (fixture->store, before);
}

/* Changes of the record and its purge, in every order. */
static void
permute (Fixture *fixture, GPtrArray *changes, guint *order, guint n, guint at, guint *count)
{
  if (at == n)
    {
      g_autoptr (DureStore) store = dure_store_open (":memory:", DURE_STORE_CREATE, NULL);
      const DureChange *purge = g_ptr_array_index (changes, n - 1);
      g_autoptr (DureRecord) record = NULL;

      ++*count;
      for (guint i = 0; i < n; i++)
        apply_one (store, g_ptr_array_index (changes, order[i]));
      assert_purged (store, purge->id);
      record = dure_store_get (store, DURE_ENTITY_PERSON, purge->id, NULL);
      g_assert_cmpstr (dure_record_get_stamp (record), ==, purge->stamp);
      return;
    }
  for (guint i = at; i < n; i++)
    {
      guint keep = order[at];

      order[at] = order[i];
      order[i] = keep;
      permute (fixture, changes, order, n, at + 1, count);
      order[i] = order[at];
      order[at] = keep;
    }
}

static void
test_every_order (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_person (fixture->store, NAME);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) purged = NULL;
  DureChange *late, *first;
  guint       order[] = { 0, 1, 2, 3 }, count = 0;

  set_person (fixture->store, id, DURE_PERSON_NOTE, NOTE);
  changes = dure_store_unsent (fixture->store, 100, NULL);
  purge (fixture->store, id);
  purged = dure_store_unsent (fixture->store, 100, NULL);
  /* What waited goes out in a form that says nothing. */
  g_assert_cmpuint (purged->len, ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      first = g_ptr_array_index (purged, i);
      g_assert_cmpstr (first->stamp, ==, ((DureChange *)g_ptr_array_index (changes, i))->stamp);
      g_assert_true (dure_change_is_void (first));
      g_assert_cmpuint (first->fields->len, ==, 1);
    }
  /* Somebody brought it back without knowing, with a stamp after the purge. */
  late = dure_change_new ("ffffffffffff-0000-11d0c0ffee000001", "person", id, "lee");
  dure_change_add (late, DURE_CHANGE_DELETED, NULL, NULL);
  dure_change_add (late, "note", NOTE, NULL);
  dure_change_add (late, "newer_field", NOTE, NULL);
  g_ptr_array_add (changes, late);
  g_ptr_array_add (changes, dure_change_copy (g_ptr_array_index (purged, 2)));
  permute (fixture, changes, order, 4, 0, &count);
  g_assert_cmpuint (count, ==, 24);
}

/* Two purges: the larger stamp stands, whatever came first. */
static void
test_two_purges (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = add_person (fixture->store, NAME);

      for (guint k = 0; k < 2; k++)
        {
          g_autofree char *stamp = g_strdup_printf ("01977f2a9c4%u-0000-11d0c0ffee000001", i == k ? 1 : 2);
          g_autoptr (DureChange) change = dure_change_new (stamp, "person", id, "lee");

          dure_change_set_purge (change, i == k ? "expired" : "request");
          apply_one (fixture->store, change);
        }
      {
        g_autoptr (DureRecord) record = dure_store_get (fixture->store, DURE_ENTITY_PERSON, id, NULL);

        g_assert_cmpstr (dure_record_get_stamp (record), ==, "01977f2a9c42-0000-11d0c0ffee000001");
        g_assert_cmpstr (dure_record_get_extra (record), ==, "{\"purged\":\"request\"}");
      }
    }
}

/* No value hides in a reason. */
static void
test_reason (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_person (fixture->store, NAME);
  g_autoptr (DureChange) change = dure_change_new ("ffffffffffff-0000-11d0c0ffee000001", "person", id, "lee");
  g_autoptr (DureRecord) record = NULL;

  dure_change_add (change, DURE_CHANGE_PURGED, NAME, NULL);
  apply_one (fixture->store, change);
  record = dure_store_get (fixture->store, DURE_ENTITY_PERSON, id, NULL);
  g_assert_cmpstr (dure_record_get_extra (record), ==, "{\"purged\":\"other\"}");
}

/* Attachments go with their record, and what waits for a newer program with it. */
static void
test_dependents (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_person (fixture->store, NAME);
  g_autoptr (DureRecord) attachment = dure_record_new (DURE_ENTITY_ATTACHMENT);
  g_autoptr (DureRecord) conflict = NULL;
  g_autoptr (DureRecord) left = NULL;
  g_autoptr (DureChange) clash
      = dure_change_new ("01977f2a9c41-0000-11d0c0ffee000001", "conflict", "00000000-0000-5000-8000-000000000001", "lee");
  g_autoptr (DureChange) unknown
      = dure_change_new ("01977f2a9c42-0000-11d0c0ffee000001", "newer", "00000000-0000-7000-8000-000000000002", "lee");
  g_autoptr (DureChange) end
      = dure_change_new ("01977f2a9c43-0000-11d0c0ffee000001", "newer", "00000000-0000-7000-8000-000000000002", "lee");
  g_autoptr (GError) error = NULL;

  dure_record_set (attachment, DURE_ATTACHMENT_OWNER_ENTITY, "person");
  dure_record_set (attachment, DURE_ATTACHMENT_OWNER, id);
  dure_record_set (attachment, DURE_ATTACHMENT_NAME, NAME " 동의서.pdf");
  dure_store_write (fixture->store, attachment, &error);
  g_assert_no_error (error);
  dure_change_add (clash, "entity", "person", NULL);
  dure_change_add (clash, "record", id, NULL);
  dure_change_add (clash, "field", "mobile", NULL);
  dure_change_add (clash, "lost", "01011112222", NULL);
  apply_one (fixture->store, clash);
  dure_change_add (unknown, "secret", NOTE, NULL);
  apply_one (fixture->store, unknown);
  purge (fixture->store, id);
  left = dure_store_get (fixture->store, DURE_ENTITY_ATTACHMENT, dure_record_get_id (attachment), &error);
  g_assert_true (dure_store_is_purged (left));
  conflict = dure_store_get (fixture->store, DURE_ENTITY_CONFLICT, clash->id, &error);
  g_assert_true (dure_store_is_purged (conflict));
  g_assert_false (directory_holds (fixture->directory, NAME));
  g_assert_false (directory_holds (fixture->directory, "01011112222"));
  g_assert_true (directory_holds (fixture->directory, NOTE));
  dure_change_set_purge (end, "done");
  apply_one (fixture->store, end);
  g_assert_true (dure_store_scrub (fixture->store, &error));
  g_assert_false (directory_holds (fixture->directory, NOTE));
}

/* Another computer, which has edits of its own that were not sent. */
static void
test_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_person (fixture->store, NAME);
  g_autofree char *directory = g_dir_make_tmp ("dure-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "b.db", NULL);
  g_autoptr (DureStore) second = dure_store_open (path, DURE_STORE_CREATE, NULL);
  g_autoptr (GPtrArray) changes = dure_store_unsent (fixture->store, 100, NULL);
  g_autoptr (GPtrArray) unsent = NULL;
  g_autoptr (GPtrArray) both = NULL;

  apply_all (second, changes);
  set_person (second, id, DURE_PERSON_NOTE, NOTE);
  purge (fixture->store, id);
  both = dure_store_unsent (fixture->store, 100, NULL);
  apply_all (second, both);
  assert_purged (second, id);
  g_assert_true (dure_store_scrub (second, NULL));
  g_assert_false (directory_holds (directory, NOTE));
  g_assert_false (directory_holds (directory, NAME));
  unsent = dure_store_unsent (second, 100, NULL);
  g_assert_cmpuint (unsent->len, ==, 1);
  g_assert_true (dure_change_is_void (g_ptr_array_index (unsent, 0)));
  g_clear_object (&second);
  g_unlink (path);
  g_rmdir (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(NAME, FUNCTION) \
  g_test_add ("/store/purge/" NAME, Fixture, NULL, fixture_set_up, FUNCTION, fixture_tear_down)
  ADD ("bytes", test_bytes);
  ADD ("put-off", test_reader_in_the_way);
  ADD ("merged", test_merged);
  ADD ("undo", test_undo);
  ADD ("refused", test_refused);
  ADD ("natural-key", test_natural_key);
  ADD ("every-order", test_every_order);
  ADD ("two-purges", test_two_purges);
  ADD ("reason", test_reason);
  ADD ("dependents", test_dependents);
  ADD ("elsewhere", test_elsewhere);
  return g_test_run ();
}
