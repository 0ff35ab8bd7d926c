/* test-event.c: templates, parts, notice, repetition, and what the first page shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "domain/dure-repeat.h"
#include "domain/dure-sample.h"
#include "domain/dure-today.h"

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
  path = g_build_filename (self->directory, "store.dure", NULL);
  self->store = dure_store_open (path, DURE_STORE_CREATE, &error);
  g_assert_no_error (error);
  if (name != NULL)
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

static void
test_plan (Fixture *self, gconstpointer name)
{
  g_autoptr (DureRecord) event = dure_event_template ("joint-training", dure_day ("2025-09-25"));
  g_autoptr (DureRecord) lecturer = dure_record_new (DURE_ENTITY_PERSON);
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GPtrArray) invited = NULL;
  g_autoptr (GError) error = NULL;
  const char *last = NULL;
  DureReplies replies;

  g_assert_cmpstr (dure_record_get (event, DURE_EVENT_START), ==, "2025-09-25T14:00");
  g_assert_cmpstr (dure_record_get (event, DURE_EVENT_END), ==, "2025-09-25T17:00");
  dure_record_set (lecturer, DURE_PERSON_NAME, "예시강사 2");
  g_assert_true (dure_store_write (self->store, lecturer, &error));
  g_assert_true (dure_event_plan (self->store, event, dure_record_get_id (lecturer), NULL, &error));
  g_assert_no_error (error);

  invited = dure_event_records (self->store, DURE_ENTITY_PARTICIPATION, dure_record_get_id (event), &error);
  g_assert_cmpuint (invited->len, ==, 33);
  g_assert_true (dure_event_count_replies (self->store, dure_record_get_id (event), &replies, &error));
  g_assert_cmpuint (replies.invited, ==, 32);
  g_assert_cmpuint (replies.none, ==, 32);
  parts = dure_event_records (self->store, DURE_ENTITY_PART, dure_record_get_id (event), &error);
  g_assert_cmpuint (parts->len, ==, 2);
  g_assert_cmpstr (dure_record_get (g_ptr_array_index (parts, 1), DURE_PART_START), ==, "2025-09-25T15:30");
  g_assert_cmpstr (dure_record_get (g_ptr_array_index (parts, 0), DURE_PART_LECTURER), ==,
                   dure_record_get_id (lecturer));

  /* The second goes first; times follow. */
  last = dure_record_get_id (g_ptr_array_index (parts, 1));
  dure_record_set_int (g_ptr_array_index (parts, 1), DURE_PART_MINUTES, 40);
  g_assert_true (dure_store_write (self->store, g_ptr_array_index (parts, 1), &error));
  g_assert_true (dure_event_move_part (self->store, dure_record_get_id (event), last, 0, &error));
  {
    g_autoptr (GPtrArray) moved
        = dure_event_records (self->store, DURE_ENTITY_PART, dure_record_get_id (event), &error);

    g_assert_cmpstr (dure_record_get_id (g_ptr_array_index (moved, 0)), ==, last);
    g_assert_cmpstr (dure_record_get (g_ptr_array_index (moved, 0), DURE_PART_START), ==, "2025-09-25T14:00");
    g_assert_cmpstr (dure_record_get (g_ptr_array_index (moved, 1), DURE_PART_START), ==, "2025-09-25T14:40");
  }
  g_assert_false (dure_event_move_part (self->store, dure_record_get_id (event), "0197a000-0000-7000-8000-000000000000",
                                        0, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
}

static void
test_invite_twice (Fixture *self, gconstpointer name)
{
  g_autoptr (DureRecord) event = dure_event_template ("round-table", dure_day ("2025-09-25"));
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (GPtrArray) agencies = dure_store_list (self->store, query, NULL);
  g_autoptr (GError) error = NULL;
  const char *two[] = { dure_record_get_id (g_ptr_array_index (agencies, 0)),
                        dure_record_get_id (g_ptr_array_index (agencies, 1)), NULL };
  const char *three[] = { two[0], two[1], dure_record_get_id (g_ptr_array_index (agencies, 2)), NULL };

  g_assert_true (dure_event_plan (self->store, event, NULL, two, &error));
  g_assert_cmpint (dure_event_invite (self->store, dure_record_get_id (event), three, &error), ==, 1);
  g_assert_cmpint (dure_event_invite (self->store, dure_record_get_id (event), three, &error), ==, 0);
  g_assert_no_error (error);
}

/* A title that is missing: nothing at all is written. */
static void
test_plan_refused (Fixture *self, gconstpointer name)
{
  g_autoptr (DureRecord) event = dure_event_template ("joint-training", dure_day ("2025-09-25"));
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_PART);
  g_autoptr (GError) error = NULL;

  dure_record_set (event, DURE_EVENT_TITLE, NULL);
  g_assert_false (dure_event_plan (self->store, event, NULL, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_assert_cmpint (dure_store_count (self->store, query, NULL), ==, 2);
}

static void
test_notice (Fixture *self, gconstpointer name)
{
  g_autoptr (DureRecord) event = dure_event_template ("representative", dure_day ("2025-06-26"));
  g_autoptr (DureRecord) setting = dure_record_new (DURE_ENTITY_SETTING);
  g_autofree char *late = NULL;
  g_autofree char *none = NULL;
  g_autofree char *longer = NULL;

  g_assert_cmpint (dure_event_notice_day (self->store, event), ==, dure_day ("2025-06-21"));
  g_assert_null (dure_event_notice_warning (self->store, event)); /* the 20th: there is time */
  dure_record_set (event, DURE_EVENT_NOTICE_SENT, "2025-06-21");
  g_assert_null (dure_event_notice_warning (self->store, event));
  dure_record_set (event, DURE_EVENT_NOTICE_SENT, "2025-06-22");
  late = dure_event_notice_warning (self->store, event);
  g_assert_nonnull (strstr (late, "시행규칙"));
  g_assert_nonnull (strstr (late, "2025. 6. 21."));
  dure_record_set (event, DURE_EVENT_URGENT_REASON, "재난");
  g_assert_null (dure_event_notice_warning (self->store, event));
  dure_record_set (event, DURE_EVENT_URGENT_REASON, NULL);
  dure_record_set (event, DURE_EVENT_NOTICE_SENT, NULL);
  dure_record_set (event, DURE_EVENT_START, "2025-06-24T10:00");
  none = dure_event_notice_warning (self->store, event);
  g_assert_nonnull (none);
  dure_record_set (event, DURE_EVENT_KIND, "round-table");
  g_assert_null (dure_event_notice_warning (self->store, event));

  dure_record_set (event, DURE_EVENT_START, "2025-06-26T10:00");
  dure_record_set (event, DURE_EVENT_KIND, "local");
  dure_record_set (setting, DURE_SETTING_NAME, "notice-days");
  dure_record_set (setting, DURE_SETTING_VALUE, "7");
  dure_record_set (setting, DURE_SETTING_ARTICLE, "운영 조례 제9조");
  g_assert_true (dure_store_write (self->store, setting, NULL));
  g_assert_cmpint (dure_event_notice_day (self->store, event), ==, dure_day ("2025-06-19"));
  longer = dure_event_notice_warning (self->store, event);
  g_assert_nonnull (strstr (longer, "운영 조례 제9조"));
}

static void
check_days (const char *rule, const char *start, const char *to, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) days = dure_repeat_days (rule, dure_day (start), dure_day (start), dure_day (to), &error);
  g_autoptr (GString) got = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < days->len; i++)
    {
      g_autofree char *date = dure_day_to_date (g_array_index (days, int, i));

      g_string_append_printf (got, "%s%s", i > 0 ? " " : "", date + 5);
    }
  g_assert_cmpstr (got->str, ==, wanted);
}

static void
test_repeat (void)
{
  static const char *const bad[] = { "",
                                     "weekly",
                                     "FREQ=HOURLY",
                                     "FREQ=WEEKLY;BYDAY=XX",
                                     "FREQ=WEEKLY;BYDAY=2TH",
                                     "FREQ=DAILY;INTERVAL=0",
                                     "FREQ=DAILY;UNTIL=2025",
                                     "FREQ=MONTHLY;BYSETPOS=1",
                                     "FREQ=MONTHLY;BYMONTHDAY=32",
                                     "FREQ=DAILY;;" };

  check_days (NULL, "2025-06-26", "2025-12-31", "06-26");
  check_days ("FREQ=WEEKLY", "2025-06-26", "2025-07-12", "06-26 07-03 07-10");
  check_days ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "2025-06-26", "2025-07-31", "06-26 07-07 07-10 07-21 07-24");
  check_days ("FREQ=MONTHLY;BYDAY=2TH", "2025-06-12", "2025-10-01", "06-12 07-10 08-14 09-11");
  check_days ("FREQ=MONTHLY;BYDAY=-1FR", "2025-06-27", "2025-09-01", "06-27 07-25 08-29");
  check_days ("FREQ=MONTHLY", "2025-01-31", "2025-06-01", "01-31 03-31 05-31");
  check_days ("FREQ=MONTHLY;BYMONTHDAY=-1", "2025-01-31", "2025-04-01", "01-31 02-28 03-31");
  check_days ("RRULE:FREQ=DAILY;COUNT=3", "2025-06-26", "2025-12-31", "06-26 06-27 06-28");
  check_days ("FREQ=DAILY;UNTIL=20250628T000000Z", "2025-06-26", "2025-12-31", "06-26 06-27 06-28");
  check_days ("FREQ=YEARLY;COUNT=2", "2024-02-29", "2040-01-01", "02-29 02-29");
  check_days ("FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=12", "2025-06-30", "2099-01-01", "06-30");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (dure_repeat_check (bad[i], &error));
      g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
    }
}

static void
test_today (Fixture *self, gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureToday) today = dure_today_new (self->store, NULL, &error);
  DureTodayEvent *event;
  guint           done = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (today->events->len, ==, 1);
  event = g_ptr_array_index (today->events, 0);
  g_assert_cmpstr (event->start, ==, "2025-06-26T14:00");
  g_assert_cmpstr (event->venue, ==, "한국폴리텍대학 광명융합기술교육원");
  g_assert_cmpuint (event->replies.invited, ==, 32);
  g_assert_cmpuint (event->replies.none, ==, 8);
  g_assert_cmpuint (event->ready->len, ==, 5);
  for (guint i = 0; i < event->ready->len; i++)
    {
      const DureReadiness *item = g_ptr_array_index (event->ready, i);

      done += item->done;
      g_assert_cmpint (item->done, ==, item->what != DURE_READY_REPLIES);
      if (item->what == DURE_READY_REPLIES)
        g_assert_cmpstr (item->label, ==, "Replies 24/32");
    }
  g_assert_cmpuint (done, ==, 4);
  g_assert_nonnull (strstr (today->sentence, "민관 통합 교육·간담회"));
  g_assert_nonnull (strstr (today->sentence, "14:00"));
  g_assert_nonnull (strstr (today->sentence, "8"));
  /* Of seven actions one is late, one is done and one is far off. */
  g_assert_cmpuint (today->actions->len, ==, 5);
  g_assert_cmpuint (today->n_overdue, ==, 1);
  g_assert_true (((DureTodayItem *)g_ptr_array_index (today->actions, 0))->late);
  g_assert_cmpuint (today->agreements->len, ==, 1);
  g_assert_cmpint (((DureTodayItem *)g_ptr_array_index (today->agreements, 0))->day, ==, dure_day ("2025-07-20"));
  g_assert_cmpuint (today->terms->len, ==, 0);
  g_assert_cmpuint (today->n_conflicts, ==, 0);
}

static void
test_today_later (Fixture *self, gconstpointer name)
{
  g_autoptr (DureToday) today = dure_today_new (self->store, NULL, NULL);

  g_assert_cmpuint (today->events->len, ==, 0);
  g_assert_cmpuint (today->n_overdue, ==, 6);
  g_assert_nonnull (strstr (today->sentence, "6"));
}

/* What was repeated this morning is over; what is repeated this evening is still to come. The clock says 09:00. */
static void
test_today_repeated (Fixture *self, gconstpointer name)
{
  static const char *const hours[][2] = { { "07:00", "08:30" }, { "19:00", "20:00" } };
  g_autoptr (DureToday) today = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      g_autoptr (DureRecord) event = dure_record_new (DURE_ENTITY_EVENT);
      g_autofree char *start = g_strconcat ("2025-06-13T", hours[i][0], NULL);
      g_autofree char *end = g_strconcat ("2025-06-13T", hours[i][1], NULL);
      g_autoptr (GError) error = NULL;

      dure_record_set (event, DURE_EVENT_TITLE, i == 0 ? "아침 모임" : "저녁 모임");
      dure_record_set (event, DURE_EVENT_KIND, "other");
      dure_record_set (event, DURE_EVENT_START, start);
      dure_record_set (event, DURE_EVENT_END, end);
      dure_record_set (event, DURE_EVENT_REPEAT, "FREQ=WEEKLY");
      dure_store_write (self->store, event, &error);
      g_assert_no_error (error);
    }
  today = dure_today_new (self->store, NULL, NULL);
  g_assert_cmpuint (today->events->len, >=, 2);
  g_assert_cmpstr (((DureTodayEvent *)g_ptr_array_index (today->events, 0))->title, ==, "저녁 모임");
  g_assert_cmpstr (((DureTodayEvent *)g_ptr_array_index (today->events, 0))->start, ==, "2025-06-20T19:00");
  g_assert_cmpstr (((DureTodayEvent *)g_ptr_array_index (today->events, 1))->title, ==, "아침 모임");
}

static void
test_today_terms (Fixture *self, gconstpointer name)
{
  g_autoptr (DureToday) today = dure_today_new (self->store, NULL, NULL);

  g_assert_cmpuint (today->terms->len, >, 50);
  g_assert_cmpint (((DureTodayItem *)g_ptr_array_index (today->terms, 0))->day, ==, dure_day ("2024-08-31"));
}

static void
test_today_empty (Fixture *self, gconstpointer name)
{
  g_autoptr (DureToday) today = dure_today_new (self->store, NULL, NULL);

  g_assert_cmpuint (today->events->len, ==, 0);
  g_assert_cmpuint (today->n_records, ==, 0);
  g_assert_cmpuint (strlen (today->sentence), >, 0);
}

/* The clock is read once in a process, so another day is another process. */
static void
run_on (const char *now, const char *path)
{
  g_autofree char *before = g_strdup (g_getenv ("DURE_NOW"));

  g_setenv ("DURE_NOW", now, TRUE);
  g_test_trap_subprocess (path, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_setenv ("DURE_NOW", before, TRUE);
  g_test_trap_assert_passed ();
}

static void
test_other_days (void)
{
  run_on ("2026-11-21T09:00", "/today/subprocess/later");
  run_on ("2024-07-15T09:00", "/today/subprocess/terms");
}

int
main (int argc, char **argv)
{
  g_setenv ("DURE_NOW", "2025-06-20T09:00", FALSE);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/event/plan", Fixture, "gwangmyeong", set_up, test_plan, tear_down);
  g_test_add ("/event/invite-twice", Fixture, "gwangmyeong", set_up, test_invite_twice, tear_down);
  g_test_add ("/event/plan-refused", Fixture, "gwangmyeong", set_up, test_plan_refused, tear_down);
  g_test_add ("/event/notice", Fixture, NULL, set_up, test_notice, tear_down);
  g_test_add_func ("/event/repeat", test_repeat);
  g_test_add ("/today/gwangmyeong", Fixture, "gwangmyeong", set_up, test_today, tear_down);
  g_test_add ("/today/subprocess/later", Fixture, "gwangmyeong", set_up, test_today_later, tear_down);
  g_test_add ("/today/subprocess/terms", Fixture, "gimcheon", set_up, test_today_terms, tear_down);
  g_test_add ("/today/repeated", Fixture, NULL, set_up, test_today_repeated, tear_down);
  g_test_add ("/today/empty", Fixture, NULL, set_up, test_today_empty, tear_down);
  g_test_add_func ("/today/other-days", test_other_days);
  return g_test_run ();
}
