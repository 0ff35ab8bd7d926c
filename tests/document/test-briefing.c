/* test-briefing.c: one A4 page or two, whatever the meeting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "base/dure-error.h"
#include "document/dure-briefing-page.h"
#include "domain/dure-sample.h"

typedef struct
{
  char      *directory;
  char      *pdf;
  DureStore *store;
} Fixture;

static void
set_up (Fixture *self, gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  self->directory = g_dir_make_tmp ("dure-XXXXXX", &error);
  path = g_build_filename (self->directory, "store.dure", NULL);
  self->pdf = g_build_filename (self->directory, "briefing.pdf", NULL);
  self->store = dure_store_open (path, DURE_STORE_CREATE, &error);
  g_assert_no_error (error);
  if (name != NULL)
    dure_sample_fill (self->store, name, &error);
  g_assert_no_error (error);
}

static guint
count_files (Fixture *self, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (self->directory, 0, NULL);
  const char *file;
  guint       n = 0;

  while ((file = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (file, prefix);
  return n;
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
  g_free (self->pdf);
}

static char *
first_event (Fixture *self)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_EVENT);
  g_autoptr (GPtrArray) found = dure_store_list (self->store, query, NULL);

  g_assert_cmpuint (found->len, >, 0);
  return g_strdup (dure_record_get_id (g_ptr_array_index (found, 0)));
}

static char *
run (const char *program, const char *option, const char *file)
{
  const char *argv[] = { program, option, file, strcmp (program, "pdftotext") == 0 ? "-" : NULL, NULL };
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int   status;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return out;
}

/* Text of the file with every run of white space as one space; NULL where poppler's tools are not installed. */
static char *
check_pages (Fixture *self, const char *event_id, guint n_pages)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = g_find_program_in_path ("pdftotext");
  g_autofree char *info = NULL;
  g_autofree char *pages = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GRegex) spaces = g_regex_new ("[\\s\\x{200b}]+", 0, 0, NULL);

  dure_briefing_write_pdf (self->store, event_id, self->pdf, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (self, "briefing"), ==, 1);
  if (found == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return NULL;
    }
  info = run ("pdfinfo", "-isodates", self->pdf);
  pages = g_strdup_printf ("Pages:\\s+%u\\n", n_pages);
  g_assert_true (g_regex_match_simple (pages, info, 0, 0));
  g_assert_nonnull (strstr (info, "(A4)"));
  text = run ("pdftotext", "-raw", self->pdf);
  return g_regex_replace (spaces, text, -1, 0, " ", 0, NULL);
}

static void
test_gwangmyeong (Fixture *self, gconstpointer name)
{
  g_autofree char *id = first_event (self);
  g_autofree char *text = check_pages (self, id, 2);

  if (text == NULL)
    return;
  g_assert_nonnull (strstr (text, "민관 통합 교육·간담회"));
  g_assert_nonnull (strstr (text, "2025. 6. 26.(목) 14:00~17:00"));
  g_assert_nonnull (strstr (text, "한국폴리텍대학 광명융합기술교육원"));
  g_assert_nonnull (strstr (text, "민간단체 1, 학온동 행정복지센터")); /* no tie at all */
  g_assert_nonnull (strstr (text, "소하2동, 일직동"));                 /* cut off */
  g_assert_nonnull (strstr (text, "민간단체 1 – 종합사회복지관 1"));   /* introductions that join the room */
  g_assert_nonnull (strstr (text, "Both work with"));
  /* On the second page. */
  g_assert_nonnull (strstr (text, "중장년 1인가구 밥상 모임 (6 places left)"));
  g_assert_nonnull (strstr (text, "(overdue) 강의 자료 받기"));
  g_assert_nonnull (strstr (text, "정신건강 위기 대응 업무협약"));
  g_assert_nonnull (strstr (text, "- 2 -"));
  g_assert_nonnull (strstr (text, "15:30~17:00"));
  g_assert_false (g_regex_match_simple ("and [0-9]+ more", text, 0, 0)); /* nothing was left out for 32 agencies */
}

static const DureBriefingItem *
item_of (const DureBriefingList *list, guint i)
{
  return g_ptr_array_index (list->items, i);
}

static void
test_what_it_says (Fixture *self, gconstpointer name)
{
  g_autofree char *id = first_event (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (DureBriefing) briefing = dure_briefing_new (self->store, id, NULL, &error);
  const DureBriefingList *list;

  g_assert_no_error (error);
  g_assert_cmpuint (briefing->bodies->len, ==, 32);
  g_assert_cmpuint (briefing->n_public, ==, 24);
  g_assert_cmpuint (briefing->n_yes, ==, 23);
  g_assert_cmpuint (briefing->n_no, ==, 1);
  g_assert_cmpuint (briefing->n_none, ==, 8);
  g_assert_cmpuint (briefing->parts->len, ==, 2);
  g_assert_cmpuint (g_strv_length (((DureBriefingPart *)g_ptr_array_index (briefing->parts, 1))->items), ==, 3);
  g_assert_cmpstr (briefing->lecturers, ==, "예시강사(서울시복지재단 팀장)");
  list = dure_briefing_list (briefing, DURE_BRIEFING_NO_TIE);
  g_assert_cmpuint (list->items->len, ==, 2);
  g_assert_cmpuint (dure_briefing_list (briefing, DURE_BRIEFING_NONE_IN_ROOM)->items->len, ==, 0);
  list = dure_briefing_list (briefing, DURE_BRIEFING_CUT_OFF);
  g_assert_cmpuint (list->items->len, ==, 2);
  /* 종합사회복지관 3 cuts off two, so it comes first. */
  g_assert_nonnull (strstr (item_of (list, 0)->text, "종합사회복지관 3"));
  g_assert_nonnull (strstr (item_of (list, 0)->text, "소하2동, 일직동"));
  g_assert_nonnull (strstr (item_of (list, 1)->text, "장애인복지관 1"));
  g_assert_nonnull (strstr (item_of (list, 1)->text, "장애인가족센터"));
  g_assert_cmpuint (g_strv_length (item_of (list, 0)->agencies), ==, 3);
  list = dure_briefing_list (briefing, DURE_BRIEFING_JOIN);
  g_assert_cmpuint (list->items->len, ==, 2); /* three parts */
  g_assert_nonnull (strstr (item_of (list, 0)->text, "민간단체 1"));
  g_assert_nonnull (strstr (item_of (list, 1)->text, "학온동"));
  /* 2025-07-20 is within 90 days of the meeting, 2025-09-30 is not. */
  list = dure_briefing_list (briefing, DURE_BRIEFING_AGREEMENTS);
  g_assert_cmpuint (list->items->len, ==, 1);
  g_assert_nonnull (strstr (item_of (list, 0)->text, "정신건강"));
  list = dure_briefing_list (briefing, DURE_BRIEFING_ACTIONS);
  g_assert_cmpuint (list->items->len, ==, 6);
  g_assert_nonnull (strstr (item_of (list, 0)->text, "(overdue) 강의 자료 받기"));
  g_assert_nonnull (strstr (list->sentence, "by the meeting: 3"));
  g_assert_cmpuint (dure_briefing_list (briefing, DURE_BRIEFING_MISSING)->items->len, ==, 2);
}

/* People who are invited stand for their agencies. */
static void
test_people (Fixture *self, gconstpointer name)
{
  g_autofree char *id = first_event (self);
  g_autoptr (DureBriefing) briefing = dure_briefing_new (self->store, id, NULL, NULL);
  g_autofree char *text = NULL;

  g_assert_cmpuint (briefing->n_people, ==, 26);
  g_assert_cmpuint (briefing->bodies->len, ==, 24);
  g_assert_cmpuint (briefing->n_yes, ==, 24);
  text = check_pages (self, id, 2);
  g_assert_true (text == NULL || strstr (text, "사회적 고립·고독사 예방 실무자 간담회") != NULL);
}

/* Paper shows what somebody arranged by hand on the screen. */
static void
test_places (Fixture *self, gconstpointer name)
{
  g_autofree char *id = first_event (self);
  g_autoptr (DureBriefing) before = dure_briefing_new (self->store, id, NULL, NULL);
  g_autoptr (DureBriefing) after = NULL;
  g_autoptr (DureRecord) position = dure_record_new (DURE_ENTITY_POSITION);
  g_autoptr (GError) error = NULL;

  g_assert_null (before->places);
  dure_record_set (position, DURE_POSITION_AGENCY, before->network->nodes[3].id);
  dure_record_set_int (position, DURE_POSITION_X, 123400);
  dure_record_set_int (position, DURE_POSITION_Y, -5600);
  dure_record_set (position, DURE_POSITION_PINNED, "1");
  g_assert_true (dure_store_write (self->store, position, &error));
  after = dure_briefing_new (self->store, id, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (after->places);
  g_assert_cmpfloat_with_epsilon (after->places[3].x, 1234, 0.5);
  g_assert_cmpfloat_with_epsilon (after->places[3].y, -56, 0.5);
}

static DureRecord *
write_event (Fixture *self, const char *title)
{
  DureRecord *event = dure_event_template ("round-table", 20629);
  g_autoptr (GError) error = NULL;

  dure_record_set (event, DURE_EVENT_TITLE, title);
  g_assert_true (dure_store_write (self->store, event, &error));
  return event;
}

static void
test_nobody (Fixture *self, gconstpointer name)
{
  g_autoptr (DureRecord) event = write_event (self, "빈 간담회");
  g_autofree char *text = check_pages (self, dure_record_get_id (event), 1);

  g_assert_true (text == NULL || strstr (text, "빈 간담회") != NULL);
}

/* Three hundred agencies with long names, a title of two hundred letters, thirty parts: two pages, and they say what
 * they leave out. */
static void
test_too_much (Fixture *self, gconstpointer name)
{
  g_autoptr (GString) title = g_string_new (NULL);
  g_autoptr (DureRecord) event = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  for (int i = 0; i < 20; i++)
    g_string_append (title, "아주긴이름의간담회회");
  g_assert_true (dure_store_begin (self->store, "test", &error));
  event = write_event (self, title->str);
  for (int i = 0; i < 300; i++)
    {
      g_autoptr (DureRecord) agency = dure_record_new (DURE_ENTITY_AGENCY);
      g_autoptr (DureRecord) participation = dure_record_new (DURE_ENTITY_PARTICIPATION);
      g_autofree char *long_name
          = g_strdup_printf ("사회복지법인이름이아주아주긴지역주민복지증진과돌봄을위한종합사회복지관 제%d분관", i);

      dure_record_set (agency, DURE_AGENCY_NAME, long_name);
      dure_record_set (agency, DURE_AGENCY_KIND, "welfare-centre");
      dure_record_set (agency, DURE_AGENCY_SECTOR, i % 2 ? "private" : "public");
      g_assert_true (dure_store_write (self->store, agency, &error));
      dure_record_set (participation, DURE_PARTICIPATION_EVENT, dure_record_get_id (event));
      dure_record_set (participation, DURE_PARTICIPATION_AGENCY, dure_record_get_id (agency));
      g_assert_true (dure_store_write (self->store, participation, &error));
    }
  for (int i = 0; i < 30; i++)
    {
      g_autoptr (DureRecord) part = dure_record_new (DURE_ENTITY_PART);

      dure_record_set (part, DURE_PART_EVENT, dure_record_get_id (event));
      dure_record_set (part, DURE_PART_TITLE, title->str);
      dure_record_set (part, DURE_PART_SUMMARY, title->str);
      g_assert_true (dure_store_write (self->store, part, &error));
    }
  g_assert_true (dure_store_commit (self->store, &error));
  g_assert_no_error (error);
  text = check_pages (self, dure_record_get_id (event), 2);
  if (text == NULL)
    return;
  g_assert_nonnull (strstr (text, "more agencies"));
  g_assert_nonnull (strstr (text, "- 1 -"));
}

static void
test_no_such_event (Fixture *self, gconstpointer name)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (
      dure_briefing_write_pdf (self->store, "0197a000-0000-7000-8000-000000000000", self->pdf, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_files (self, "briefing"), ==, 0);
}

static void
test_cancelled (Fixture *self, gconstpointer name)
{
  g_autofree char *id = first_event (self);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (dure_briefing_write_pdf (self->store, id, self->pdf, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (self, "briefing"), ==, 0);
}

/* A write that breaks off leaves the old file as it was, and no other. */
static void
test_no_room (Fixture *self, gconstpointer name)
{
  g_autofree char *id = first_event (self);
  g_autofree char *left = NULL;
  g_autofree char *nowhere = g_build_filename (self->directory, "no-such-folder", "briefing.pdf", NULL);
  g_autoptr (DureBriefing) warm = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit before, small;

  g_assert_false (dure_briefing_write_pdf (self->store, id, nowhere, NULL, &error));
  g_assert_nonnull (strstr (error->message, "no-such-folder"));
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (self->pdf, "old", -1, NULL));
  warm = dure_briefing_new (self->store, id, NULL, NULL);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  small = before;
  small.rlim_cur = 4096;
  setrlimit (RLIMIT_FSIZE, &small);
  g_assert_false (dure_briefing_write_pdf (self->store, id, self->pdf, NULL, &error));
  setrlimit (RLIMIT_FSIZE, &before);
  g_assert_nonnull (error);
  g_assert_true (g_file_get_contents (self->pdf, &left, NULL, NULL));
  g_assert_cmpstr (left, ==, "old");
  g_assert_cmpuint (count_files (self, "briefing"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_setenv ("DURE_NOW", "2025-06-20T09:00", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/briefing/gwangmyeong", Fixture, "gwangmyeong", set_up, test_gwangmyeong, tear_down);
  g_test_add ("/briefing/what-it-says", Fixture, "gwangmyeong", set_up, test_what_it_says, tear_down);
  g_test_add ("/briefing/people", Fixture, "yeongdo", set_up, test_people, tear_down);
  g_test_add ("/briefing/places", Fixture, "yeongdo", set_up, test_places, tear_down);
  g_test_add ("/briefing/nobody", Fixture, NULL, set_up, test_nobody, tear_down);
  g_test_add ("/briefing/nobody-of-many", Fixture, "gwangmyeong", set_up, test_nobody, tear_down);
  g_test_add ("/briefing/too-much", Fixture, NULL, set_up, test_too_much, tear_down);
  g_test_add ("/briefing/no-such-event", Fixture, "gwangmyeong", set_up, test_no_such_event, tear_down);
  g_test_add ("/briefing/cancelled", Fixture, "gwangmyeong", set_up, test_cancelled, tear_down);
  g_test_add ("/briefing/no-room", Fixture, "gwangmyeong", set_up, test_no_room, tear_down);
  return g_test_run ();
}
