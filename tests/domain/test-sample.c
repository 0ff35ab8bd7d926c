/* test-sample.c: what the samples must hold
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-text.h"
#include "domain/dure-sample.h"

typedef struct
{
  char      *directory;
  DureStore *store;
} Fixture;

static void
set_up (Fixture *self, gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  self->directory = g_dir_make_tmp ("dure-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->directory, "store.dure", NULL);
  self->store = dure_store_open (path, DURE_STORE_CREATE, &error);
  g_assert_no_error (error);
  if (name == NULL)
    return;
  dure_sample_fill (self->store, name, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer name)
{
  g_autoptr (GDir) dir = g_dir_open (self->directory, 0, NULL);
  const char *file;

  g_clear_object (&self->store);
  while ((file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->directory, file, NULL);

      g_remove (path);
    }
  g_rmdir (self->directory);
  g_free (self->directory);
}

static gint64
count (Fixture *self, DureEntityId entity, int field, const char *value)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);
  g_autoptr (GError) error = NULL;
  gint64 n;

  if (field >= 0)
    dure_query_where (query, (guint)field, DURE_EQUAL, value);
  n = dure_store_count (self->store, query, &error);
  g_assert_no_error (error);
  return n;
}

static DureRecord *
by_title (Fixture *self, DureEntityId entity, const char *title)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  dure_query_where (query, (guint)dure_entity (entity)->title_field, DURE_EQUAL, title);
  found = dure_store_list (self->store, query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  return g_object_ref (g_ptr_array_index (found, 0));
}

/* Everyone is evidently made up, and every number belongs to nobody. */
static void
check_people (Fixture *self)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_PERSON);
  g_autoptr (GPtrArray) all = dure_store_list (self->store, query, NULL);

  for (guint i = 0; i < all->len; i++)
    {
      DureRecord *person = g_ptr_array_index (all, i);
      const char *phones[]
          = { dure_record_get (person, DURE_PERSON_PHONE), dure_record_get (person, DURE_PERSON_MOBILE) };

      g_assert_cmpstr (dure_record_get (person, DURE_PERSON_NOTE), ==, "예시 자료의 가상 인물");
      g_assert_nonnull (dure_record_get (person, DURE_PERSON_GROUND));
      g_assert_nonnull (dure_record_get (person, DURE_PERSON_KEEP_UNTIL));
      for (guint p = 0; p < G_N_ELEMENTS (phones); p++)
        if (phones[p] != NULL)
          {
            g_autofree char *shown = dure_phone_format (phones[p]);

            g_assert_nonnull (strstr (shown, "-000"));
          }
    }
}

static void
test_gwangmyeong (Fixture *self, gconstpointer name)
{
  g_autoptr (DureRecord) event = NULL;
  g_autoptr (DureRecord) venue = NULL;
  g_autoptr (DureRecord) mental = NULL;
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_PARTICIPATION);
  const char *id;

  g_assert_cmpint (count (self, DURE_ENTITY_AGENCY, -1, NULL), ==, 32);
  g_assert_cmpint (count (self, DURE_ENTITY_AGENCY, DURE_AGENCY_KIND, "dong-centre"), ==, 19);
  g_assert_cmpint (count (self, DURE_ENTITY_REGION, DURE_REGION_LEVEL, "dong"), ==, 19);
  g_assert_cmpint (count (self, DURE_ENTITY_REGION, -1, NULL), ==, 21);
  g_assert_cmpint (count (self, DURE_ENTITY_PERSON, -1, NULL), ==, 33);
  mental = by_title (self, DURE_ENTITY_AGENCY, "광명시정신건강복지센터");
  g_assert_cmpstr (dure_record_get (mental, DURE_AGENCY_AREAS), ==, "mental-health");

  event = by_title (self, DURE_ENTITY_EVENT, "민관 통합 교육·간담회");
  id = dure_record_get_id (event);
  g_assert_cmpstr (dure_record_get (event, DURE_EVENT_START), ==, "2025-06-26T14:00");
  g_assert_cmpstr (dure_record_get (event, DURE_EVENT_END), ==, "2025-06-26T17:00");
  venue = dure_store_get (self->store, DURE_ENTITY_VENUE, dure_record_get (event, DURE_EVENT_VENUE), NULL);
  g_assert_cmpstr (dure_record_get_title (venue), ==, "한국폴리텍대학 광명융합기술교육원");
  g_assert_cmpint (count (self, DURE_ENTITY_PART, DURE_PART_EVENT, id), ==, 2);
  g_assert_cmpint (count (self, DURE_ENTITY_AGENDA_ITEM, DURE_AGENDA_ITEM_EVENT, id), ==, 6);
  g_assert_cmpint (count (self, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_EVENT, id), ==, 33);
  g_assert_cmpint (count (self, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_ROLE, "lecturer"), ==, 1);
  dure_query_where (query, DURE_PARTICIPATION_AGENCY, DURE_IS_SET, NULL);
  g_assert_cmpint (dure_store_count (self->store, query, NULL), ==, 32);
  g_assert_cmpint (count (self, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_REPLY, "none"), ==, 8);
  g_assert_cmpint (count (self, DURE_ENTITY_PROGRAMME, DURE_PROGRAMME_NEW_THIS_YEAR, "1"), >=, 9);
  g_assert_cmpint (count (self, DURE_ENTITY_ACTION, -1, NULL), ==, 7);
  g_assert_cmpint (count (self, DURE_ENTITY_REFERRAL, -1, NULL), >, 300);
  check_people (self);
}

static void
test_yeongdo (Fixture *self, gconstpointer name)
{
  g_autoptr (DureRecord) event = NULL;

  g_assert_cmpint (count (self, DURE_ENTITY_AGENCY, DURE_AGENCY_KIND, "division"), ==, 3);
  g_assert_cmpint (count (self, DURE_ENTITY_AGENCY, DURE_AGENCY_KIND, "health-centre"), ==, 1);
  g_assert_cmpint (count (self, DURE_ENTITY_AGENCY, DURE_AGENCY_KIND, "dong-centre"), ==, 11);
  g_assert_cmpint (count (self, DURE_ENTITY_AGENCY, DURE_AGENCY_SECTOR, "private"), ==, 9);
  g_assert_cmpint (count (self, DURE_ENTITY_AGENCY, -1, NULL), ==, 24);
  g_assert_cmpint (count (self, DURE_ENTITY_PERSON, -1, NULL), ==, 26);
  event = by_title (self, DURE_ENTITY_EVENT, "사회적 고립·고독사 예방 실무자 간담회");
  g_assert_true (g_str_has_prefix (dure_record_get (event, DURE_EVENT_START), "2024-03-13"));
  g_assert_cmpint (count (self, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_EVENT, dure_record_get_id (event)), ==,
                   26);
  g_assert_cmpint (count (self, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_ATTENDANCE, "present"), ==, 26);
  check_people (self);
}

static void
test_gimcheon (Fixture *self, gconstpointer name)
{
  g_autoptr (DureRecord) practice = NULL;

  g_assert_cmpint (count (self, DURE_ENTITY_BODY, DURE_BODY_LEVEL, "representative"), ==, 1);
  g_assert_cmpint (count (self, DURE_ENTITY_BODY, DURE_BODY_LEVEL, "division"), ==, 6);
  g_assert_cmpint (count (self, DURE_ENTITY_BODY, DURE_BODY_LEVEL, "local"), ==, 22);
  g_assert_cmpint (count (self, DURE_ENTITY_SEAT, -1, NULL), ==, 557);
  g_assert_cmpint (count (self, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_ROLE, "guest"), ==, 65);
  g_assert_cmpint (count (self, DURE_ENTITY_CALL, -1, NULL), ==, 1);
  g_assert_cmpint (count (self, DURE_ENTITY_APPLICATION, -1, NULL), ==, 12);
  g_assert_cmpint (count (self, DURE_ENTITY_APPLICATION, DURE_APPLICATION_STAGE, "review"), ==, 3);
  g_assert_cmpint (count (self, DURE_ENTITY_PRACTICE, -1, NULL), ==, 2);
  practice = by_title (self, DURE_ENTITY_PRACTICE, "대덕면 마을복지계획");
  g_clear_object (&practice);
  practice = by_title (self, DURE_ENTITY_PRACTICE, "자산동 마을복지계획");
  check_people (self);
}

static void
test_not_empty (Fixture *self, gconstpointer name)
{
  g_autoptr (DureRecord) venue = dure_record_new (DURE_ENTITY_VENUE);
  g_autoptr (GError) error = NULL;

  dure_record_set (venue, DURE_VENUE_NAME, "회의실");
  g_assert_true (dure_store_write (self->store, venue, &error));
  g_assert_false (dure_sample_fill (self->store, "yeongdo", &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_EXISTS);
  g_assert_cmpint (count (self, DURE_ENTITY_AGENCY, -1, NULL), ==, 0);
}

static void
test_unknown (Fixture *self, gconstpointer name)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dure_sample_fill (self->store, "../holidays", &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
}

/* One step back empties the store, and then the sample may be filled in again. */
static void
test_undo (Fixture *self, gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *undone = dure_store_undo (self->store, &error);

  g_assert_no_error (error);
  g_assert_nonnull (undone);
  g_assert_cmpint (count (self, DURE_ENTITY_AGENCY, -1, NULL), ==, 0);
  g_assert_cmpint (count (self, DURE_ENTITY_REFERRAL, -1, NULL), ==, 0);
}

static void
test_names (void)
{
  const DureSample *samples = dure_sample_names ();
  guint             n = 0;

  for (; samples[n].name != NULL; n++)
    g_assert_cmpuint (strlen (samples[n].title), >, 0);
  g_assert_cmpuint (n, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sample/gwangmyeong", Fixture, "gwangmyeong", set_up, test_gwangmyeong, tear_down);
  g_test_add ("/sample/yeongdo", Fixture, "yeongdo", set_up, test_yeongdo, tear_down);
  g_test_add ("/sample/gimcheon", Fixture, "gimcheon", set_up, test_gimcheon, tear_down);
  g_test_add ("/sample/not-empty", Fixture, NULL, set_up, test_not_empty, tear_down);
  g_test_add ("/sample/unknown", Fixture, NULL, set_up, test_unknown, tear_down);
  g_test_add ("/sample/undo", Fixture, "yeongdo", set_up, test_undo, tear_down);
  g_test_add_func ("/sample/names", test_names);
  return g_test_run ();
}
