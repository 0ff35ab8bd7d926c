/* test-meeting.c: replies by key, order of the parts, the door, papers, the first page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "app/meeting/dure-event-page.h"
#include "app/meeting/dure-event-papers.h"
#include "app/meeting/dure-event-parts.h"
#include "app/meeting/dure-event-people.h"
#include "app/meeting/dure-event-stepper.h"
#include "app/meeting/dure-today-page.h"
#include "app/shell/dure-file-dialog.h"
#include "app/shell/dure-window.h"
#include "app/widgets/dure-record-form.h"
#include "domain/dure-event.h"
#include "dure-ui-test.h"

typedef struct
{
  DureWindow *window;
  DureStore  *store;
  GtkWidget  *page; /* DureEventPage */
  char       *event;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer tab)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_EVENT);
  g_autoptr (GPtrArray) events = NULL;

  fixture->window = dure_ui_test_open_sample ("gwangmyeong");
  g_assert_true (dure_window_go (fixture->window, "events"));
  fixture->store = dure_desk_get_store (dure_page_get_desk (dure_window_get_page (fixture->window)));
  events = dure_store_list (fixture->store, query, NULL);
  g_assert_cmpuint (events->len, ==, 1);
  fixture->event = g_strdup (dure_record_get_id (g_ptr_array_index (events, 0)));
  g_assert_true (dure_window_open (fixture->window, DURE_ENTITY_EVENT, fixture->event));
  fixture->page = dure_ui_test_find (GTK_WIDGET (fixture->window), DURE_TYPE_EVENT_PAGE, NULL);
  dure_event_page_show_tab (DURE_EVENT_PAGE (fixture->page), tab);
}

static void
tear_down (Fixture *fixture, gconstpointer tab)
{
  dure_ui_test_close (fixture->window);
  g_free (fixture->event);
}

static gpointer
tab_of (Fixture *fixture, const char *tab)
{
  return dure_event_page_get_tab (DURE_EVENT_PAGE (fixture->page), tab);
}

static void
undo (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
}

/* Replies */

static gboolean
all_shown (gpointer people)
{
  return dure_event_people_get_n_shown (people) == 33;
}

static gboolean
one_shown (gpointer people)
{
  return dure_event_people_get_n_shown (people) == 1;
}

typedef struct
{
  Fixture *fixture;
  guint    replied;
} Replied;

static gboolean
replied (gpointer data)
{
  Replied *expected = data;
  DureReplies replies;

  return dure_event_count_replies (expected->fixture->store, expected->fixture->event, &replies, NULL)
         && replies.invited - replies.none == expected->replied;
}

static void
test_reply (Fixture *fixture, gconstpointer tab)
{
  DureEventPeople *people = tab_of (fixture, tab);
  Replied expected = { fixture, 25 };

  dure_ui_test_wait (all_shown, people, "32 bodies and the lecturer");
  g_assert_true (g_str_has_prefix (dure_event_people_get_counts (people), "Replies 24/32"));
  /* 광명6동 has not replied. */
  dure_event_people_search (people, "광명6동");
  dure_ui_test_wait (one_shown, people, "the search finds one");
  dure_event_people_select (people, 0);
  g_assert_true (dure_event_people_key (people, GDK_KEY_y));
  dure_ui_test_wait (replied, &expected, "the reply is stored");
  g_assert_true (g_str_has_prefix (dure_event_people_get_counts (people), "Replies 25/32"));
  undo (fixture);
  expected.replied = 24;
  dure_ui_test_wait (replied, &expected, "undo takes the reply back");
}

static void
test_reply_goes_on (Fixture *fixture, gconstpointer tab)
{
  DureEventPeople *people = tab_of (fixture, tab);

  dure_ui_test_wait (all_shown, people, "32 bodies and the lecturer");
  dure_event_people_select (people, 3);
  /* The letter on the same key of a Korean keyboard. */
  g_assert_true (dure_event_people_key (people, gdk_unicode_to_keyval (0x315c)));
  g_assert_cmpuint (dure_event_people_get_selected (people), ==, 4);
  g_assert_true (dure_event_people_key (people, GDK_KEY_P));
  g_assert_cmpuint (dure_event_people_get_selected (people), ==, 5);
  g_assert_false (dure_event_people_key (people, GDK_KEY_q));
  g_assert_cmpuint (dure_event_people_get_selected (people), ==, 5);
  /* The last row has no next one. */
  dure_event_people_select (people, 32);
  g_assert_true (dure_event_people_key (people, GDK_KEY_m));
  g_assert_cmpuint (dure_event_people_get_selected (people), ==, 32);
}

static void
test_initials (Fixture *fixture, gconstpointer tab)
{
  DureEventPeople *people = tab_of (fixture, tab);

  dure_ui_test_wait (all_shown, people, "32 bodies and the lecturer");
  dure_event_people_search (people, "ㄱㅁㅅㅈㅅㄱㄱ");
  dure_ui_test_wait (one_shown, people, "initial consonants find 광명시정신건강복지센터");
}

/* Parts */

static gboolean
has_parts (gpointer parts)
{
  return dure_event_parts_get_n_parts (parts) == 2;
}

typedef struct
{
  DureEventParts *parts;
  guint           position;
  const char     *prefix;
} Described;

static gboolean
is_described (gpointer data)
{
  Described *expected = data;
  g_autofree char *text = dure_event_parts_describe (expected->parts, expected->position);

  return text != NULL && g_str_has_prefix (text, expected->prefix);
}

static void
test_parts (Fixture *fixture, gconstpointer tab)
{
  DureEventParts *parts = tab_of (fixture, tab);
  Described expected = { parts, 0, "14:00~15:30 2부" };
  g_autoptr (GPtrArray) stored = NULL;

  dure_ui_test_wait (has_parts, parts, "two parts");
  dure_event_parts_move (parts, 1, 0);
  dure_ui_test_wait (is_described, &expected, "the second part comes first and takes the first time");
  stored = dure_event_records (fixture->store, DURE_ENTITY_PART, fixture->event, NULL);
  g_assert_true (g_str_has_prefix (dure_record_get_title (g_ptr_array_index (stored, 1)), "1부"));
  g_assert_cmpstr (
    dure_record_get (g_ptr_array_index (stored, 1), DURE_PART_START), ==, "2025-06-26T15:30");

  dure_event_parts_set_minutes (parts, 0, 60);
  expected = (Described) { parts, 1, "15:00~16:30 1부" };
  dure_ui_test_wait (is_described, &expected, "the next part begins earlier");
  undo (fixture);
  expected.prefix = "15:30~17:00 1부";
  dure_ui_test_wait (is_described, &expected, "undo brings the length back");
  undo (fixture);
  expected = (Described) { parts, 0, "14:00~15:30 1부" };
  dure_ui_test_wait (is_described, &expected, "undo brings the order back");
  /* Nowhere to go. */
  dure_event_parts_move (parts, 0, 7);
  dure_event_parts_move (parts, 7, 0);
  dure_ui_test_rest (100);
  g_assert_true (is_described (&expected));
}

static gboolean
has_form (gpointer overview)
{
  return dure_ui_test_find (overview, DURE_TYPE_RECORD_FORM, NULL) != NULL;
}

static gboolean
parts_follow (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GPtrArray) parts = dure_event_records (fixture->store, DURE_ENTITY_PART, fixture->event, NULL);

  return g_strcmp0 (dure_record_get (g_ptr_array_index (parts, 1), DURE_PART_START), "2025-06-25T11:30") == 0;
}

static void
test_start (Fixture *fixture, gconstpointer tab)
{
  GtkWidget *form;
  DureFieldRow *row;

  dure_ui_test_wait (has_form, tab_of (fixture, tab), "the form");
  form = dure_ui_test_find (tab_of (fixture, tab), DURE_TYPE_RECORD_FORM, NULL);
  row = dure_record_form_get_row (DURE_RECORD_FORM (form), DURE_EVENT_START);
  dure_field_row_set_draft (row, "2025-06-25 10:00", NULL);
  g_assert_true (dure_field_row_commit (row));
  dure_ui_test_wait (parts_follow, fixture, "the parts follow the start of the event");
}

/* Papers */

static GFile *
answer (GtkFileChooserAction action, const char *title, gpointer data)
{
  return g_file_new_for_path (data);
}

static gboolean
is_pdf (gpointer path)
{
  g_autofree char *contents = NULL;
  gsize length = 0;

  return g_file_get_contents (path, &contents, &length, NULL) && length > 1000 && memcmp (contents, "%PDF", 4) == 0;
}

static void
test_papers (Fixture *fixture, gconstpointer tab)
{
  g_autofree char *folder = g_dir_make_tmp ("dure-papers-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "briefing.pdf", NULL);

  dure_file_dialog_set_stub (answer, path);
  dure_event_papers_make_briefing (tab_of (fixture, tab));
  dure_ui_test_wait (is_pdf, path, "the briefing sheet");
  dure_file_dialog_set_stub (NULL, NULL);
  dure_ui_test_rest (100);
}

/* The page */

static void
test_page (Fixture *fixture, gconstpointer tab)
{
  static const char *const tabs[] = { "overview", "parts", "people", "network", "minutes", "actions", "papers" };
  GtkWidget *stepper = dure_ui_test_find (fixture->page, DURE_TYPE_EVENT_STEPPER, NULL);
  g_autoptr (GPtrArray) parts = NULL;
  DurePage *page = dure_window_get_page (fixture->window);
  g_autofree char *where = NULL;

  /* Eight bodies have not replied. */
  g_assert_cmpint (dure_event_stepper_get_step (DURE_EVENT_STEPPER (stepper)), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      g_assert_nonnull (tab_of (fixture, tabs[i]));
      dure_event_page_show_tab (DURE_EVENT_PAGE (fixture->page), tabs[i]);
      dure_ui_test_rest (60);
    }
  parts = dure_event_records (fixture->store, DURE_ENTITY_PART, fixture->event, NULL);
  g_assert_true (
    dure_window_open (fixture->window, DURE_ENTITY_PART, dure_record_get_id (g_ptr_array_index (parts, 0))));
  where = dure_page_where (page);
  g_assert_true (g_str_has_prefix (where, "event/") && g_str_has_suffix (where, "#parts"));
  g_assert_false (dure_page_open (page, DURE_ENTITY_EVENT, "no such event"));
  g_assert_false (dure_page_open (page, DURE_ENTITY_AGENCY, "an agency"));
}

static gboolean
is_deleted (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_EVENT);

  return dure_store_count (fixture->store, query, NULL) == 0;
}

static gboolean
is_back (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GPtrArray) parts = dure_event_records (fixture->store, DURE_ENTITY_PART, fixture->event, NULL);

  return !is_deleted (data) && parts->len == 2;
}

static gboolean
is_list (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *where = dure_page_where (dure_window_get_page (fixture->window));

  return g_strcmp0 (where, "event/") == 0;
}

static void
test_delete (Fixture *fixture, gconstpointer tab)
{
  g_autoptr (GPtrArray) left = NULL;

  g_assert_true (gtk_widget_activate_action (fixture->page, "event.delete", NULL));
  dure_ui_test_wait (is_deleted, fixture, "the event is deleted");
  left = dure_event_records (fixture->store, DURE_ENTITY_PARTICIPATION, fixture->event, NULL);
  g_assert_cmpuint (left->len, ==, 0);
  dure_ui_test_wait (is_list, fixture, "the page goes back to the list");
  undo (fixture);
  dure_ui_test_wait (is_back, fixture, "undo brings it back with its parts");
}

/* Today */

static gboolean
has_card (gpointer window)
{
  /* The button, since the sentence of the day names the event too. */
  return dure_ui_test_find (window, GTK_TYPE_BUTTON, "○ Replies 24/32") != NULL;
}

static void
test_today (void)
{
  DureWindow *window = dure_ui_test_open_sample ("gwangmyeong");
  GtkWidget *replies;

  g_assert_true (dure_window_go (window, "today"));
  dure_ui_test_wait (has_card, window, "the next event");
  replies = dure_ui_test_find (GTK_WIDGET (window), GTK_TYPE_BUTTON, "○ Replies 24/32");
  g_assert_nonnull (replies);
  g_signal_emit_by_name (replies, "clicked");
  g_assert_cmpstr (dure_window_get_place (window), ==, "events");
  g_assert_cmpstr (dure_event_page_get_shown_tab (
                     DURE_EVENT_PAGE (dure_ui_test_find (GTK_WIDGET (window), DURE_TYPE_EVENT_PAGE, NULL))),
                   ==,
                   "people");
  dure_ui_test_close (window);
}

static gboolean
has_first_steps (gpointer window)
{
  GtkWidget *row = dure_ui_test_find (window, ADW_TYPE_ACTION_ROW, "Add the First Agency");

  return row != NULL && gtk_widget_get_mapped (row);
}

static void
test_today_empty (void)
{
  DureWindow *window = dure_ui_test_open_sample (NULL);

  g_assert_true (dure_window_go (window, "today"));
  dure_ui_test_wait (has_first_steps, window, "the first steps of an empty store");
  dure_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  dure_ui_test_init (&argc, &argv);
  g_test_add ("/meeting/reply", Fixture, "people", set_up, test_reply, tear_down);
  g_test_add ("/meeting/reply-goes-on", Fixture, "people", set_up, test_reply_goes_on, tear_down);
  g_test_add ("/meeting/initials", Fixture, "people", set_up, test_initials, tear_down);
  g_test_add ("/meeting/parts", Fixture, "parts", set_up, test_parts, tear_down);
  g_test_add ("/meeting/start", Fixture, "overview", set_up, test_start, tear_down);
  g_test_add ("/meeting/papers", Fixture, "papers", set_up, test_papers, tear_down);
  g_test_add ("/meeting/page", Fixture, "overview", set_up, test_page, tear_down);
  g_test_add ("/meeting/delete", Fixture, "overview", set_up, test_delete, tear_down);
  g_test_add_func ("/meeting/today", test_today);
  g_test_add_func ("/meeting/today-empty", test_today_empty);
  return g_test_run ();
}
