/* test-duplicates.c: records that look like one, and two that become one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-error.h"
#include "domain/dure-duplicates.h"
#include "domain/dure-record-merge.h"

typedef struct
{
  char      *folder;
  char      *path;
  DureStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("dure-duplicates-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "dure.db", NULL);
  fixture->store = dure_store_open (fixture->path, DURE_STORE_CREATE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_object_unref (fixture->store);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* Writes a record of the given fields; the list ends with -1. Returns its id. */
static char *
add (Fixture *fixture, DureEntityId entity, ...)
{
  g_autoptr (DureRecord) record = dure_record_new (entity);
  g_autoptr (GError) error = NULL;
  va_list args;
  int     field;

  va_start (args, entity);
  while ((field = va_arg (args, int)) >= 0)
    dure_record_set (record, (guint)field, va_arg (args, const char *));
  va_end (args);
  dure_store_write (fixture->store, record, &error);
  g_assert_no_error (error);
  return g_strdup (dure_record_get_id (record));
}

static char *
add_agency (Fixture *fixture, const char *name, int field, const char *value)
{
  if (field >= 0)
    return add (fixture, DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, name, DURE_AGENCY_KIND, "welfare-centre",
                DURE_AGENCY_SECTOR, "private", field, value, -1);
  return add (fixture, DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, name, DURE_AGENCY_KIND, "welfare-centre", DURE_AGENCY_SECTOR,
              "private", -1);
}

static char *
value_of (Fixture *fixture, DureEntityId entity, const char *id, guint field)
{
  g_autoptr (DureRecord) record = dure_store_get (fixture->store, entity, id, NULL);

  g_assert_nonnull (record);
  return g_strdup (dure_record_get (record, field));
}

static void
assert_value (Fixture *fixture, DureEntityId entity, const char *id, guint field, const char *value)
{
  g_autofree char *has = value_of (fixture, entity, id, field);

  g_assert_cmpstr (has, ==, value);
}

static guint
count (Fixture *fixture, DureEntityId entity)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);

  return (guint)dure_store_count (fixture->store, query, NULL);
}

/* One pair of exactly these reasons, or none. */
static void
assert_found (Fixture *fixture, DureEntityId entity, guint alike)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pairs = dure_duplicates_find (fixture->store, entity, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (pairs->len, ==, alike != 0 ? 1 : 0);
  if (alike != 0)
    g_assert_cmphex (((DureDuplicate *)pairs->pdata[0])->alike, ==, alike);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = add_agency (fixture, "하나복지관", -1, NULL);
  g_autofree char *b = add_agency (fixture, "두리복지관", -1, NULL);
  g_autofree char *c = NULL;

  assert_found (fixture, DURE_ENTITY_AGENCY, 0);
  c = add_agency (fixture, "사회복지법인 하나 복지관", -1, NULL);
  assert_found (fixture, DURE_ENTITY_AGENCY, DURE_ALIKE_NAME);
  g_assert_true (dure_store_delete (fixture->store, DURE_ENTITY_AGENCY, c, NULL));
  assert_found (fixture, DURE_ENTITY_AGENCY, 0);
}

/* A telephone alone says nothing; with a similar name, or with the web site and address, it does. */
static void
test_reasons (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = add_agency (fixture, "하나종합사회복지관", DURE_AGENCY_PHONE, "0226108080");
  g_autofree char *b = add_agency (fixture, "두리복지관", DURE_AGENCY_PHONE, "0226108080");
  g_autofree char *c = NULL;
  g_autoptr (DureRecord) record = NULL;

  assert_found (fixture, DURE_ENTITY_AGENCY, 0);
  c = add_agency (fixture, "하나종합사회복지관 분관", DURE_AGENCY_FAX, "0226108080");
  assert_found (fixture, DURE_ENTITY_AGENCY, DURE_ALIKE_SIMILAR | DURE_ALIKE_PHONE);
  g_assert_true (dure_store_delete (fixture->store, DURE_ENTITY_AGENCY, c, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_clear_object (&record);
      record = dure_store_get (fixture->store, DURE_ENTITY_AGENCY, i == 0 ? a : b, NULL);
      dure_record_set (record, DURE_AGENCY_WEB, i == 0 ? "https://www.Hana.or.kr/" : "hana.or.kr");
      dure_record_set (record, DURE_AGENCY_ADDRESS, i == 0 ? "광명시 철산로 1" : "광명시  철산로1");
      g_assert_true (dure_store_write (fixture->store, record, NULL));
    }
  assert_found (fixture, DURE_ENTITY_AGENCY, DURE_ALIKE_PHONE | DURE_ALIKE_WEB | DURE_ALIKE_ADDRESS);
}

/* People share names, and offices share telephones: it takes both, or the agency. */
static void
test_people (Fixture *fixture, gconstpointer data)
{
  g_autofree char *agency = add_agency (fixture, "하나복지관", -1, NULL);
  g_autofree char *other = add_agency (fixture, "두리복지관", -1, NULL);
  g_autofree char *a = add (fixture, DURE_ENTITY_PERSON, DURE_PERSON_NAME, "김두레", DURE_PERSON_AGENCY, agency,
                            DURE_PERSON_PHONE, "0226108080", -1);
  g_autofree char *b = add (fixture, DURE_ENTITY_PERSON, DURE_PERSON_NAME, "이두레", DURE_PERSON_AGENCY, agency,
                            DURE_PERSON_PHONE, "0226108080", -1);
  g_autofree char *c = add (fixture, DURE_ENTITY_PERSON, DURE_PERSON_NAME, "김두레", DURE_PERSON_AGENCY, other, -1);
  g_autofree char *d = NULL;

  assert_found (fixture, DURE_ENTITY_PERSON, 0);
  d = add (fixture, DURE_ENTITY_PERSON, DURE_PERSON_NAME, "김두레", DURE_PERSON_MOBILE, "0226108080", -1);
  assert_found (fixture, DURE_ENTITY_PERSON, DURE_ALIKE_NAME | DURE_ALIKE_PHONE);
}

static void
test_dismissed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = add_agency (fixture, "하나복지관", -1, NULL);
  g_autofree char *b = add_agency (fixture, "하나 복지관", -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *undone = NULL;

  g_assert_true (dure_duplicates_dismiss (fixture->store, "중복 아님", DURE_ENTITY_AGENCY, b, a, &error));
  g_assert_no_error (error);
  assert_found (fixture, DURE_ENTITY_AGENCY, 0);
  undone = dure_store_undo (fixture->store, &error);
  g_assert_cmpstr (undone, ==, "중복 아님");
  assert_found (fixture, DURE_ENTITY_AGENCY, DURE_ALIKE_NAME);
}

static void
test_new_record (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = add_agency (fixture, "하나종합사회복지관", DURE_AGENCY_PHONE, "0226108080");
  g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_AGENCY);
  g_autoptr (GPtrArray) pairs = NULL;
  g_autoptr (GError) error = NULL;

  dure_record_set (record, DURE_AGENCY_NAME, "하나 종합사회복지관");
  pairs = dure_duplicates_of (fixture->store, record, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pairs->len, ==, 1);
  g_assert_cmpstr (((DureDuplicate *)pairs->pdata[0])->other, ==, a);
  g_clear_pointer (&pairs, g_ptr_array_unref);
  dure_record_set (record, DURE_AGENCY_NAME, "전혀 다른 기관");
  pairs = dure_duplicates_of (fixture->store, record, &error);
  g_assert_cmpuint (pairs->len, ==, 0);
}

static char *
refer (Fixture *fixture, const char *from, const char *to, const char *sent)
{
  return add (fixture, DURE_ENTITY_REFERRAL, DURE_REFERRAL_FROM, from, DURE_REFERRAL_TO, to, DURE_REFERRAL_MONTH, "2025-06",
              DURE_REFERRAL_KIND, dure_entity_field (dure_entity (DURE_ENTITY_REFERRAL), DURE_REFERRAL_KIND)->choices->key,
              DURE_REFERRAL_SENT, sent, -1);
}

/* Everything that points to the one that goes points to the one that stays; counts add up; one undo brings all back. */
static void
test_merge (Fixture *fixture, gconstpointer data)
{
  g_autofree char *stays = add_agency (fixture, "하나복지관", DURE_AGENCY_NOTE, "월요일 방문\n끝");
  g_autofree char *goes = add_agency (fixture, "하나 복지관", DURE_AGENCY_NOTE, "화요일 방문\n끝");
  g_autofree char *third = add_agency (fixture, "두리복지관", DURE_AGENCY_PARENT, goes);
  g_autofree char *person = add (fixture, DURE_ENTITY_PERSON, DURE_PERSON_NAME, "김두레", DURE_PERSON_AGENCY, goes, -1);
  g_autofree char *event = add (fixture, DURE_ENTITY_EVENT, DURE_EVENT_TITLE, "간담회", DURE_EVENT_KIND, "round-table",
                                DURE_EVENT_START, "2025-06-26T14:00", DURE_EVENT_END, "2025-06-26T16:00", -1);
  g_autofree char *here = add (fixture, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_EVENT, event,
                               DURE_PARTICIPATION_AGENCY, stays, -1);
  g_autofree char *there = add (fixture, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_EVENT, event,
                                DURE_PARTICIPATION_AGENCY, goes, DURE_PARTICIPATION_REPLY, "yes",
                                DURE_PARTICIPATION_NOTE, "두 분", -1);
  g_autofree char *both = refer (fixture, stays, third, "5");
  g_autofree char *also = refer (fixture, goes, third, "3");
  g_autofree char *only = refer (fixture, third, goes, "7");
  g_autofree char *tie = add (fixture, DURE_ENTITY_TIE, DURE_TIE_FROM, stays, DURE_TIE_TO, goes, DURE_TIE_KIND,
                              dure_entity_field (dure_entity (DURE_ENTITY_TIE), DURE_TIE_KIND)->choices->key, -1);
  g_autofree char *paper = add (fixture, DURE_ENTITY_ATTACHMENT, DURE_ATTACHMENT_OWNER_ENTITY, "agency",
                                DURE_ATTACHMENT_OWNER, goes, DURE_ATTACHMENT_NAME, "협약서.pdf", -1);
  g_autofree char *title = NULL;
  g_autofree char *undone = NULL;
  g_autoptr (DureQuery) moved = dure_query_new (DURE_ENTITY_REFERRAL);
  g_autoptr (DureRecord) gone = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_record_merge (fixture->store, "기관 합치기", DURE_ENTITY_AGENCY, stays, goes, NULL, &error));
  g_assert_no_error (error);
  gone = dure_store_get (fixture->store, DURE_ENTITY_AGENCY, goes, NULL);
  g_assert_true (dure_record_get_deleted (gone));
  assert_value (fixture, DURE_ENTITY_AGENCY, stays, DURE_AGENCY_NOTE, "월요일 방문\n화요일 방문\n끝");
  assert_value (fixture, DURE_ENTITY_AGENCY, third, DURE_AGENCY_PARENT, stays);
  assert_value (fixture, DURE_ENTITY_PERSON, person, DURE_PERSON_AGENCY, stays);
  assert_value (fixture, DURE_ENTITY_ATTACHMENT, paper, DURE_ATTACHMENT_OWNER, stays);
  /* Of two participations one is left, with the reply and the note of the other. */
  g_assert_cmpuint (count (fixture, DURE_ENTITY_PARTICIPATION), ==, 1);
  assert_value (fixture, DURE_ENTITY_PARTICIPATION, here, DURE_PARTICIPATION_REPLY, "yes");
  assert_value (fixture, DURE_ENTITY_PARTICIPATION, here, DURE_PARTICIPATION_NOTE, "두 분");
  g_assert_cmpuint (count (fixture, DURE_ENTITY_REFERRAL), ==, 2);
  assert_value (fixture, DURE_ENTITY_REFERRAL, both, DURE_REFERRAL_SENT, "8");
  dure_query_where (moved, DURE_REFERRAL_TO, DURE_EQUAL, stays);
  dure_query_where (moved, DURE_REFERRAL_SENT, DURE_EQUAL, "7");
  g_assert_cmpint (dure_store_count (fixture->store, moved, NULL), ==, 1);
  /* A tie of one to itself is none. */
  g_assert_cmpuint (count (fixture, DURE_ENTITY_TIE), ==, 0);
  title = dure_store_title (fixture->store, DURE_ENTITY_AGENCY, goes);
  g_assert_cmpstr (title, ==, "하나 복지관");

  undone = dure_store_undo (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (undone, ==, "기관 합치기");
  g_assert_cmpuint (count (fixture, DURE_ENTITY_AGENCY), ==, 3);
  g_assert_cmpuint (count (fixture, DURE_ENTITY_PARTICIPATION), ==, 2);
  g_assert_cmpuint (count (fixture, DURE_ENTITY_REFERRAL), ==, 3);
  g_assert_cmpuint (count (fixture, DURE_ENTITY_TIE), ==, 1);
  assert_value (fixture, DURE_ENTITY_AGENCY, stays, DURE_AGENCY_NOTE, "월요일 방문\n끝");
  assert_value (fixture, DURE_ENTITY_AGENCY, goes, DURE_AGENCY_MERGED_INTO, NULL);
  assert_value (fixture, DURE_ENTITY_PERSON, person, DURE_PERSON_AGENCY, goes);
  assert_value (fixture, DURE_ENTITY_PARTICIPATION, here, DURE_PARTICIPATION_REPLY, "none");
  assert_value (fixture, DURE_ENTITY_PARTICIPATION, there, DURE_PARTICIPATION_AGENCY, goes);
  assert_value (fixture, DURE_ENTITY_REFERRAL, both, DURE_REFERRAL_SENT, "5");
  assert_value (fixture, DURE_ENTITY_REFERRAL, also, DURE_REFERRAL_SENT, "3");
  assert_value (fixture, DURE_ENTITY_REFERRAL, only, DURE_REFERRAL_TO, goes);
  assert_value (fixture, DURE_ENTITY_TIE, tie, DURE_TIE_TO, goes);
}

/* The officer's choice stands, whatever is suggested. */
static void
test_choices (Fixture *fixture, gconstpointer data)
{
  g_autofree char *stays = add_agency (fixture, "하나복지관", DURE_AGENCY_HEAD, "김두레");
  g_autofree char *goes = add_agency (fixture, "하나 복지관", DURE_AGENCY_HEAD, "이두레");
  g_autoptr (DureRecord) a = dure_store_get (fixture->store, DURE_ENTITY_AGENCY, stays, NULL);
  g_autoptr (DureRecord) b = dure_store_get (fixture->store, DURE_ENTITY_AGENCY, goes, NULL);
  g_autofree DureTake *takes = dure_record_merge_suggest (a, b);

  g_assert_cmpint (takes[DURE_AGENCY_HEAD], ==, DURE_TAKE_GOES);
  g_assert_cmpint (takes[DURE_AGENCY_KIND], ==, DURE_TAKE_STAYS);
  takes[DURE_AGENCY_HEAD] = DURE_TAKE_STAYS;
  takes[DURE_AGENCY_NAME] = DURE_TAKE_GOES;
  g_assert_true (dure_record_merge (fixture->store, "합치기", DURE_ENTITY_AGENCY, stays, goes, takes, NULL));
  assert_value (fixture, DURE_ENTITY_AGENCY, stays, DURE_AGENCY_HEAD, "김두레");
  assert_value (fixture, DURE_ENTITY_AGENCY, stays, DURE_AGENCY_NAME, "하나 복지관");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = add_agency (fixture, "하나복지관", -1, NULL);
  g_autofree char *b = add_agency (fixture, "하나 복지관", -1, NULL);
  g_autofree char *event = add (fixture, DURE_ENTITY_EVENT, DURE_EVENT_TITLE, "간담회", DURE_EVENT_KIND, "round-table",
                                DURE_EVENT_START, "2025-06-26T14:00", DURE_EVENT_END, "2025-06-26T16:00", -1);
  g_autoptr (GError) error = NULL;

  g_assert_false (dure_record_merge (fixture->store, "합치기", DURE_ENTITY_AGENCY, a, a, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dure_record_merge (fixture->store, "합치기", DURE_ENTITY_EVENT, event, event, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (dure_record_merge (fixture->store, "합치기", DURE_ENTITY_AGENCY, a, b, NULL, &error));
  g_assert_false (dure_record_merge (fixture->store, "합치기", DURE_ENTITY_AGENCY, a, b, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
}

/* A hundred thousand agencies, a thousand of them twice: in seconds, not hours. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  guint total = g_test_perf () ? 100000 : 5000;
  g_autoptr (GPtrArray) pairs = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before;

  g_assert_true (dure_store_begin (fixture->store, "많이", &error));
  for (guint i = 0; i < total; i++)
    {
      g_autofree char *name = g_strdup_printf ("기관 %u%s", i % 100 == 1 ? i - 1 : i, i % 100 == 1 ? "  " : "");
      g_autofree char *phone = g_strdup_printf ("02%08u", i / 10);
      g_autofree char *id = add_agency (fixture, name, DURE_AGENCY_PHONE, phone);
    }
  g_assert_true (dure_store_commit (fixture->store, &error));
  before = g_get_monotonic_time ();
  pairs = dure_duplicates_find (fixture->store, DURE_ENTITY_AGENCY, NULL, &error);
  g_test_minimized_result ((g_get_monotonic_time () - before) / 1e6, "%u agencies compared in %.2f s", total,
                           (g_get_monotonic_time () - before) / 1e6);
  g_assert_no_error (error);
  g_assert_cmpuint (pairs->len, >=, total / 100);
  g_assert_cmphex (((DureDuplicate *)pairs->pdata[0])->alike, ==, DURE_ALIKE_NAME | DURE_ALIKE_PHONE);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/duplicates/names", test_names },       { "/duplicates/reasons", test_reasons },
    { "/duplicates/people", test_people },     { "/duplicates/dismissed", test_dismissed },
    { "/duplicates/new-record", test_new_record }, { "/duplicates/merge", test_merge },
    { "/duplicates/choices", test_choices },   { "/duplicates/refused", test_refused },
    { "/duplicates/many", test_many },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
