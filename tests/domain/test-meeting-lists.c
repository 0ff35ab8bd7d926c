/* test-meeting-lists.c: what the records say before a meeting: who came, what is open, what ends, who brings what
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "domain/dure-briefing.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char      *folder;
  DureStore *store;
  char      *agencies[4]; /* 가, 나, 다 are invited, 라 is not */
  char      *event;
} Fixture;

/* Writes a record of the given fields; the list ends with -1. Returns its id. */
static char *
write_record (Fixture *fixture, DureEntityId entity, ...)
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
write_event (Fixture *fixture, const char *title, const char *kind, const char *day, const char *state)
{
  g_autofree char *start = g_strconcat (day, "T14:00", NULL);
  g_autofree char *end = g_strconcat (day, "T16:00", NULL);

  return write_record (fixture, DURE_ENTITY_EVENT, DURE_EVENT_TITLE, title, DURE_EVENT_KIND, kind, DURE_EVENT_START,
                       start, DURE_EVENT_END, end, DURE_EVENT_STATE, state, -1);
}

static void
take_part (Fixture *fixture, const char *event, const char *agency, const char *attendance)
{
  g_free (write_record (fixture, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_EVENT, event, DURE_PARTICIPATION_AGENCY,
                        agency, DURE_PARTICIPATION_ATTENDANCE, attendance, -1));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *const names[] = { "가", "나", "다", "라" };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("dure-meeting-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "store.dure", NULL);
  fixture->store = dure_store_open (path, DURE_STORE_CREATE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 4; i++)
    fixture->agencies[i] = write_record (fixture, DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, names[i], DURE_AGENCY_KIND,
                                         "welfare-centre", DURE_AGENCY_SECTOR, "private", -1);
  fixture->event = write_event (fixture, "간담회", "round-table", "2025-06-26", "set");
  for (guint i = 0; i < 3; i++)
    take_part (fixture, fixture->event, fixture->agencies[i], "expected");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_clear_object (&fixture->store);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->event);
  for (guint i = 0; i < 4; i++)
    g_free (fixture->agencies[i]);
}

static DureBriefing *
briefing_of (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  DureBriefing *briefing = dure_briefing_new (fixture->store, fixture->event, NULL, &error);

  g_assert_no_error (error);
  return briefing;
}

static const DureBriefingItem *
item_of (const DureBriefing *briefing, DureBriefingTopic topic, guint i)
{
  const DureBriefingList *list = dure_briefing_list (briefing, topic);

  g_assert_cmpuint (i, <, list->items->len);
  return g_ptr_array_index (list->items, i);
}

/* The three latest of the same kind; not what was called off, of another kind, later, or never counted. */
static void
test_attendance (Fixture *fixture, gconstpointer data)
{
  const char *const days[] = { "2025-01-10", "2025-02-10", "2025-03-10", "2025-04-10" };
  const char *const came[4][3] = {
    { "absent", "absent", "absent" },
    { "present", "absent", "excused" },
    { "proxy", "absent", "expected" },
    { "walk-in", "absent", NULL },
  };
  g_autofree char *off = write_event (fixture, "취소", "round-table", "2025-05-01", "called-off");
  g_autofree char *other = write_event (fixture, "워크숍", "workshop", "2025-05-02", "held");
  g_autofree char *later = write_event (fixture, "다음", "round-table", "2025-07-10", "set");
  g_autofree char *uncounted = write_event (fixture, "세지 않음", "round-table", "2025-05-20", "held");
  g_autoptr (DureBriefing) briefing = NULL;

  for (guint e = 0; e < 4; e++)
    {
      g_autofree char *event = write_event (fixture, "간담회", "round-table", days[e], "held");

      for (guint i = 0; i < 3; i++)
        if (came[e][i] != NULL)
          take_part (fixture, event, fixture->agencies[i], came[e][i]);
    }
  take_part (fixture, off, fixture->agencies[0], "present");
  take_part (fixture, other, fixture->agencies[0], "present");
  take_part (fixture, later, fixture->agencies[0], "present");
  take_part (fixture, uncounted, fixture->agencies[0], "expected");
  briefing = briefing_of (fixture);
  g_assert_cmpuint (briefing->meetings->len, ==, 3);
  g_assert_cmpuint (dure_briefing_list (briefing, DURE_BRIEFING_ATTENDANCE)->items->len, ==, 3);
  /* 나 was absent three times and comes first; the latest meeting is the last sign. */
  g_assert_cmpstr (item_of (briefing, DURE_BRIEFING_ATTENDANCE, 0)->text, ==, "나");
  g_assert_cmpstr (item_of (briefing, DURE_BRIEFING_ATTENDANCE, 0)->marks, ==, "×××");
  g_assert_cmpstr (item_of (briefing, DURE_BRIEFING_ATTENDANCE, 1)->marks, ==, "●◐●");
  g_assert_cmpstr (item_of (briefing, DURE_BRIEFING_ATTENDANCE, 2)->marks, ==, "△–·");
}

/* Where there is no meeting of the kind any other one serves. */
static void
test_attendance_of_another_kind (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = write_event (fixture, "워크숍", "workshop", "2025-05-02", "held");
  g_autofree char *person = write_record (fixture, DURE_ENTITY_PERSON, DURE_PERSON_NAME, "(예시) 김하나",
                                          DURE_PERSON_AGENCY, fixture->agencies[0], -1);
  g_autoptr (DureBriefing) briefing = NULL;

  /* Somebody came for the agency, though the agency itself is marked absent. */
  take_part (fixture, other, fixture->agencies[0], "absent");
  g_free (write_record (fixture, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_EVENT, other, DURE_PARTICIPATION_PERSON,
                        person, DURE_PARTICIPATION_ATTENDANCE, "present", -1));
  briefing = briefing_of (fixture);
  g_assert_cmpuint (dure_briefing_list (briefing, DURE_BRIEFING_ATTENDANCE)->items->len, ==, 1);
  g_assert_cmpstr (item_of (briefing, DURE_BRIEFING_ATTENDANCE, 0)->marks, ==, "●");
}

static void
test_actions (Fixture *fixture, gconstpointer data)
{
  static const char *const actions[][4] = {
    /* title, agency, due, state */
    { "나중", "0", "2025-08-01", "open" },     { "늦음", "1", "2025-06-01", "open" },
    { "다 한 일", "0", "2025-06-01", "done" }, { "남의 일", "3", "2025-06-01", "open" },
    { "언젠가", "2", NULL, "open" },
  };
  g_autofree char *person = write_record (fixture, DURE_ENTITY_PERSON, DURE_PERSON_NAME, "(예시) 김하나",
                                          DURE_PERSON_AGENCY, fixture->agencies[2], -1);
  g_autoptr (DureBriefing) briefing = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    g_free (write_record (fixture, DURE_ENTITY_ACTION, DURE_ACTION_TITLE, actions[i][0], DURE_ACTION_AGENCY,
                          fixture->agencies[actions[i][1][0] - '0'], DURE_ACTION_DUE, actions[i][2], DURE_ACTION_STATE,
                          actions[i][3], -1));
  g_free (write_record (fixture, DURE_ENTITY_ACTION, DURE_ACTION_TITLE, "사람의 일", DURE_ACTION_PERSON, person,
                        DURE_ACTION_DUE, "2025-06-25", DURE_ACTION_STATE, "open", -1));
  briefing = briefing_of (fixture);
  g_assert_cmpuint (dure_briefing_list (briefing, DURE_BRIEFING_ACTIONS)->items->len, ==, 4);
  g_assert_nonnull (strstr (item_of (briefing, DURE_BRIEFING_ACTIONS, 0)->text, "(overdue) 늦음"));
  g_assert_nonnull (strstr (item_of (briefing, DURE_BRIEFING_ACTIONS, 1)->text, "사람의 일"));
  g_assert_cmpstr (item_of (briefing, DURE_BRIEFING_ACTIONS, 1)->detail, ==, "다");
  g_assert_nonnull (strstr (item_of (briefing, DURE_BRIEFING_ACTIONS, 2)->text, "나중"));
  g_assert_nonnull (strstr (item_of (briefing, DURE_BRIEFING_ACTIONS, 3)->text, "언젠가"));
  g_assert_nonnull (
      strstr (dure_briefing_list (briefing, DURE_BRIEFING_ACTIONS)->sentence, "4, of which due by the meeting: 2"));
}

/* The ninetieth day after the meeting counts, the next does not; nor what has ended, or ties nobody who comes. */
static void
test_agreements (Fixture *fixture, gconstpointer data)
{
  static const char *const until[] = { "2025-09-24", "2025-09-25", "2025-06-19", "2025-06-20" };
  g_autoptr (DureBriefing) briefing = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (until); i++)
    g_free (write_record (fixture, DURE_ENTITY_TIE, DURE_TIE_FROM, fixture->agencies[0], DURE_TIE_TO,
                          fixture->agencies[3], DURE_TIE_KIND, "agreement", DURE_TIE_UNTIL, until[i], -1));
  briefing = briefing_of (fixture);
  g_assert_cmpuint (dure_briefing_list (briefing, DURE_BRIEFING_AGREEMENTS)->items->len, ==, 2);
  g_assert_cmpstr (item_of (briefing, DURE_BRIEFING_AGREEMENTS, 0)->agencies[1], ==, fixture->agencies[3]);
}

static void
test_offers (Fixture *fixture, gconstpointer data)
{
  static const char *const programmes[][5] = {
    /* name, agency, new, left, to */
    { "새것", "0", "1", NULL, NULL },        { "자리 있음", "0", "0", "4", NULL },    { "꽉 참", "1", "0", "0", NULL },
    { "끝남", "1", "0", "9", "2025-06-25" }, { "오지 않는 곳", "3", "1", "9", NULL },
  };
  g_autoptr (DureBriefing) briefing = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (programmes); i++)
    g_free (write_record (fixture, DURE_ENTITY_PROGRAMME, DURE_PROGRAMME_NAME, programmes[i][0], DURE_PROGRAMME_AGENCY,
                          fixture->agencies[programmes[i][1][0] - '0'], DURE_PROGRAMME_NEW_THIS_YEAR, programmes[i][2],
                          DURE_PROGRAMME_LEFT, programmes[i][3], DURE_PROGRAMME_TO, programmes[i][4], -1));
  briefing = briefing_of (fixture);
  g_assert_cmpuint (dure_briefing_list (briefing, DURE_BRIEFING_OFFERS)->items->len, ==, 1);
  g_assert_cmpstr (item_of (briefing, DURE_BRIEFING_OFFERS, 0)->text, ==, "가");
  g_assert_cmpstr (item_of (briefing, DURE_BRIEFING_OFFERS, 0)->detail, ==, "new: 새것 · 자리 있음 (4 places left)");
}

/* Whoever was invited and then deleted is not in the room; two of one name are told apart. */
static void
test_deleted_and_namesakes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *namesake = write_record (fixture, DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, "가", DURE_AGENCY_KIND,
                                            "senior-centre", DURE_AGENCY_SECTOR, "private", -1);
  g_autoptr (DureBriefing) briefing = NULL;
  g_autoptr (GError) error = NULL;

  take_part (fixture, fixture->event, namesake, "expected");
  g_assert_true (dure_store_delete (fixture->store, DURE_ENTITY_AGENCY, fixture->agencies[1], &error));
  briefing = briefing_of (fixture);
  g_assert_cmpuint (briefing->bodies->len, ==, 3);
  g_assert_cmpuint (briefing->before->invited->len, ==, 3);
  g_assert_cmpuint (dure_briefing_list (briefing, DURE_BRIEFING_NO_TIE)->items->len, ==, 3);
  g_assert_cmpstr (item_of (briefing, DURE_BRIEFING_NO_TIE, 0)->text, !=,
                   item_of (briefing, DURE_BRIEFING_NO_TIE, 1)->text);
}

static void
test_nobody_invited (Fixture *fixture, gconstpointer data)
{
  g_autofree char *empty = write_event (fixture, "빈 간담회", "workshop", "2025-06-30", "draft");
  g_autoptr (GError) error = NULL;
  g_autoptr (DureBriefing) briefing = dure_briefing_new (fixture->store, empty, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (briefing->lists->len, ==, DURE_N_BRIEFING_TOPICS);
  for (guint i = 0; i < briefing->lists->len; i++)
    {
      const DureBriefingList *list = g_ptr_array_index (briefing->lists, i);

      g_assert_cmpuint (list->topic, ==, i);
      g_assert_cmpuint (list->items->len, ==, 0);
      g_assert_cmpuint (strlen (list->sentence), >, 0);
    }
}

/* What is only supposed: 가 does not come. */
static void
test_absent (Fixture *fixture, gconstpointer data)
{
  const char *const absent[] = { fixture->agencies[0], NULL };
  g_autoptr (DureBriefing) briefing = briefing_of (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (DureBriefing) trial
      = dure_briefing_new_of (fixture->store, fixture->event, briefing->network, absent, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (briefing->before->invited->len, ==, 3);
  g_assert_cmpuint (trial->before->invited->len, ==, 2);
  g_assert_cmpuint (trial->bodies->len, ==, 2);
}

#define ADD(NAME, FUNC) g_test_add (NAME, Fixture, NULL, set_up, FUNC, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("DURE_NOW", "2025-06-20T09:00", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("/domain/meeting-lists/attendance", test_attendance);
  ADD ("/domain/meeting-lists/attendance-of-another-kind", test_attendance_of_another_kind);
  ADD ("/domain/meeting-lists/actions", test_actions);
  ADD ("/domain/meeting-lists/agreements", test_agreements);
  ADD ("/domain/meeting-lists/offers", test_offers);
  ADD ("/domain/meeting-lists/deleted-and-namesakes", test_deleted_and_namesakes);
  ADD ("/domain/meeting-lists/nobody-invited", test_nobody_invited);
  ADD ("/domain/meeting-lists/absent", test_absent);
  return g_test_run ();
}
