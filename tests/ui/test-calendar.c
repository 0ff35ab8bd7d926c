/* test-calendar.c: the month with its holidays and events, and the dialog that makes one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/calendar/dure-day-cell.h"
#include "app/calendar/dure-event-bar.h"
#include "app/calendar/dure-event-dialog.h"
#include "app/calendar/dure-month-layout.h"
#include "app/calendar/dure-month-view.h"
#include "app/shell/dure-window.h"
#include "base/dure-date.h"
#include "domain/dure-event.h"
#include "dure-ui-test.h"

#define TITLE "Round-table on lonely death"

static DureWindow *
open_calendar (const char *sample)
{
  DureWindow *window = dure_ui_test_open_sample (sample);

  g_assert_true (dure_window_go (window, "calendar"));
  return window;
}

static DureDesk *
desk_of (DureWindow *window)
{
  return dure_page_get_desk (dure_window_get_page (window));
}

static DureMonthView *
month_of (DureWindow *window)
{
  return DURE_MONTH_VIEW (dure_ui_test_find (GTK_WIDGET (window), DURE_TYPE_MONTH_VIEW, NULL));
}

static GtkWidget *
cell_of (DureMonthView *view, const char *date)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (DURE_IS_DAY_CELL (child) && dure_day_cell_get_day (DURE_DAY_CELL (child)) == dure_day (date))
      return child;
  return NULL;
}

static gboolean
has_bar (gpointer view)
{
  GtkWidget *bar = dure_ui_test_find (view, DURE_TYPE_EVENT_BAR, NULL);

  return bar != NULL && gtk_widget_get_width (bar) > 0;
}

static void
test_month (void)
{
  DureWindow *window = open_calendar ("gwangmyeong");
  DureMonthView *view = month_of (window);
  GtkWidget *memorial, *training, *bar;
  graphene_rect_t cell_bounds, bar_bounds;
  g_autofree char *start = NULL;

  dure_ui_test_wait (has_bar, view, "the event of the sample");
  memorial = cell_of (view, "2025-06-06");
  g_assert_nonnull (memorial);
  g_assert_nonnull (dure_ui_test_find (memorial, GTK_TYPE_LABEL, "현충일"));
  g_assert_true (gtk_widget_has_css_class (memorial, "off"));
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (memorial), GTK_ACCESSIBLE_PROPERTY_LABEL));
  g_assert_true (gtk_widget_has_css_class (cell_of (view, "2025-06-20"), "today"));
  g_assert_false (gtk_widget_has_css_class (cell_of (view, "2025-06-10"), "off"));

  bar = dure_ui_test_find (GTK_WIDGET (view), DURE_TYPE_EVENT_BAR, NULL);
  training = cell_of (view, "2025-06-26");
  g_assert_true (gtk_widget_compute_bounds (bar, GTK_WIDGET (view), &bar_bounds));
  g_assert_true (gtk_widget_compute_bounds (training, GTK_WIDGET (view), &cell_bounds));
  g_assert_true (graphene_rect_contains_rect (&cell_bounds, &bar_bounds));
  dure_ui_test_close (window);
}

static void
test_step (void)
{
  DureWindow *window = open_calendar (NULL);
  DureMonthView *view = month_of (window);
  int year, month;

  dure_month_view_select_day (view, dure_day ("2025-01-31"), TRUE);
  dure_month_view_step (view, 1);
  dure_month_view_get_month (view, &year, &month);
  g_assert_cmpint (year, ==, 2025);
  g_assert_cmpint (month, ==, 2);
  /* There is no 31 February. */
  g_assert_cmpint (dure_month_view_get_selected_day (view), ==, dure_day ("2025-02-28"));
  dure_month_view_step (view, -2);
  dure_month_view_get_month (view, &year, &month);
  g_assert_cmpint (year, ==, 2024);
  g_assert_cmpint (month, ==, 12);
  /* A week that begins on Monday has another corner. */
  g_assert_cmpint (dure_month_first_day (2025, 6, 0), ==, dure_day ("2025-06-01"));
  g_assert_cmpint (dure_month_first_day (2025, 6, 1), ==, dure_day ("2025-05-26"));
  dure_ui_test_close (window);
}

static DureCalendarItem *
new_item (const char *title, const char *start, const char *end)
{
  g_autoptr (DureRecord) event = dure_record_new (DURE_ENTITY_EVENT);

  dure_record_set (event, DURE_EVENT_TITLE, title);
  dure_record_set (event, DURE_EVENT_START, start);
  dure_record_set (event, DURE_EVENT_END, end);
  return dure_calendar_item_new (event, NULL);
}

static void
test_layout (void)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) spans = NULL;
  DureMonthSpan *span;
  int hidden[DURE_MONTH_DAYS];

  g_assert_null (new_item ("no start", NULL, NULL));
  /* Saturday to Monday: two weeks. Until midnight: not the next day. */
  g_ptr_array_add (items, new_item ("a", "2025-06-07T10:00", "2025-06-09T12:00"));
  g_ptr_array_add (items, new_item ("b", "2025-06-09T09:00", "2025-06-10T00:00"));
  g_ptr_array_add (items, new_item ("c", "2025-06-09T15:00", "2025-06-09T16:00"));
  g_ptr_array_sort (items, dure_calendar_item_compare);
  spans = dure_month_layout (items, dure_day ("2025-06-01"));
  g_assert_cmpuint (spans->len, ==, 4);
  span = &g_array_index (spans, DureMonthSpan, 0);
  g_assert_true (span->week == 0 && span->column == 6 && span->columns == 1 && span->begins && !span->ends);
  span = &g_array_index (spans, DureMonthSpan, 1);
  g_assert_true (span->week == 1 && span->column == 0 && span->columns == 2 && !span->begins && span->ends);
  g_assert_cmpint (g_array_index (spans, DureMonthSpan, 2).columns, ==, 1);
  g_assert_cmpint (g_array_index (spans, DureMonthSpan, 2).lane, ==, 1);
  g_assert_cmpint (g_array_index (spans, DureMonthSpan, 3).lane, ==, 2);

  /* Room for two: one is shown on Monday, and «+2». */
  dure_month_fit (spans, 2, hidden);
  g_assert_cmpint (hidden[8], ==, 2);
  g_assert_cmpint (hidden[7], ==, 0);
  dure_month_fit (spans, 3, hidden);
  g_assert_cmpint (hidden[8], ==, 0);
}

static void
test_repeat (void)
{
  g_autofree char *path = dure_ui_test_path ();
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureRecord) event = dure_record_new (DURE_ENTITY_EVENT);
  g_autoptr (GPtrArray) items = NULL;

  dure_ui_test_make_store (path, NULL);
  store = dure_store_open (path, 0, NULL);
  dure_record_set (event, DURE_EVENT_TITLE, TITLE);
  dure_record_set (event, DURE_EVENT_KIND, "working");
  dure_record_set (event, DURE_EVENT_START, "2025-05-07T10:00");
  dure_record_set (event, DURE_EVENT_END, "2025-05-07T11:00");
  dure_record_set (event, DURE_EVENT_REPEAT, "FREQ=WEEKLY");
  g_assert_true (dure_store_begin (store, "test", NULL) && dure_store_write (store, event, NULL)
                 && dure_store_commit (store, NULL));
  items = dure_calendar_items_load (store, dure_day ("2025-06-01"), dure_day ("2025-06-30"), NULL);
  g_assert_cmpuint (items->len, ==, 4);
  g_assert_cmpint (dure_calendar_item_get_first_day (g_ptr_array_index (items, 0)), ==, dure_day ("2025-06-04"));
  g_assert_cmpint (dure_calendar_item_get_last_day (g_ptr_array_index (items, 3)), ==, dure_day ("2025-06-25"));
}

static gint64
count (DureWindow *window, DureEntityId entity, const char *event)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);
  int field = dure_entity_find_field (dure_entity (entity), "event");

  if (event != NULL)
    dure_query_where (query, (guint) field, DURE_EQUAL, event);
  return dure_store_count (dure_desk_get_store (desk_of (window)), query, NULL);
}

static void
created_cb (DureEventDialog *dialog, const char *id, char **created)
{
  *created = g_strdup (id);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static gboolean
has_one_event (gpointer window)
{
  return count (window, DURE_ENTITY_EVENT, NULL) == 1;
}

static void
test_dialog (void)
{
  DureWindow *window = open_calendar ("gwangmyeong");
  DureEventDialog *dialog;
  g_autofree char *created = NULL;
  g_autoptr (DureRecord) event = NULL;
  g_autoptr (GPtrArray) parts = NULL;

  dialog = dure_event_dialog_present (
    GTK_WIDGET (window), desk_of (window), dure_day ("2025-06-30"), dure_day ("2025-06-30"));
  dure_event_dialog_set_template (dialog, DURE_EVENT_TRAINING);
  dure_event_dialog_set_value (dialog, DURE_EVENT_TITLE, TITLE);
  g_signal_connect (dialog, "created", G_CALLBACK (created_cb), &created);
  dure_event_dialog_save (dialog);
  dure_ui_test_wait (is_set, &created, "the dialog writes the event");

  event = dure_store_get (dure_desk_get_store (desk_of (window)), DURE_ENTITY_EVENT, created, NULL);
  g_assert_nonnull (event);
  g_assert_cmpstr (dure_record_get (event, DURE_EVENT_TITLE), ==, TITLE);
  g_assert_cmpstr (dure_record_get (event, DURE_EVENT_KIND), ==, "joint-training");
  g_assert_cmpstr (dure_record_get (event, DURE_EVENT_START), ==, "2025-06-30T14:00");
  g_assert_cmpstr (dure_record_get (event, DURE_EVENT_END), ==, "2025-06-30T17:00");
  parts = dure_event_records (dure_desk_get_store (desk_of (window)), DURE_ENTITY_PART, created, NULL);
  g_assert_cmpuint (parts->len, ==, 2);
  g_assert_cmpstr (
    dure_record_get (g_ptr_array_index (parts, 1), DURE_PART_START), ==, "2025-06-30T15:30");
  g_assert_cmpint (count (window, DURE_ENTITY_PARTICIPATION, created), ==, count (window, DURE_ENTITY_AGENCY, NULL));

  /* One step of undo takes all of it back. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  dure_ui_test_wait (has_one_event, window, "undo takes the event back");
  g_assert_cmpint (count (window, DURE_ENTITY_PARTICIPATION, created), ==, 0);
  dure_ui_test_close (window);
}

static void
test_dialog_refuses (void)
{
  DureWindow *window = open_calendar (NULL);
  DureEventDialog *dialog = dure_event_dialog_present (
    GTK_WIDGET (window), desk_of (window), dure_day ("2025-06-30"), dure_day ("2025-06-30"));
  g_autofree char *created = NULL;

  g_signal_connect (dialog, "created", G_CALLBACK (created_cb), &created);
  /* No title, no kind. */
  dure_event_dialog_save (dialog);
  dure_ui_test_rest (200);
  g_assert_null (created);
  g_assert_cmpint (count (window, DURE_ENTITY_EVENT, NULL), ==, 0);

  dure_event_dialog_set_value (dialog, DURE_EVENT_TITLE, TITLE);
  dure_event_dialog_set_value (dialog, DURE_EVENT_KIND, "round-table");
  dure_event_dialog_set_value (dialog, DURE_EVENT_END, "2025-06-29T10:00");
  dure_event_dialog_save (dialog);
  dure_ui_test_rest (200);
  g_assert_null (created);

  dure_event_dialog_set_value (dialog, DURE_EVENT_END, "2025-06-30T10:00");
  dure_event_dialog_set_value (dialog, DURE_EVENT_START, "2025-06-30T09:00");
  dure_event_dialog_save (dialog);
  dure_ui_test_wait (is_set, &created, "a dialog that is right writes");
  g_assert_cmpint (count (window, DURE_ENTITY_EVENT, NULL), ==, 1);
  g_assert_cmpint (count (window, DURE_ENTITY_PARTICIPATION, created), ==, 0);
  dure_ui_test_close (window);
}

typedef struct
{
  DureWindow *window;
  const char *id;
  const char *start;
} Moved;

static gboolean
starts (gpointer data)
{
  Moved *moved = data;
  g_autoptr (DureRecord) event =
    dure_store_get (dure_desk_get_store (desk_of (moved->window)), DURE_ENTITY_EVENT, moved->id, NULL);

  return g_strcmp0 (dure_record_get (event, DURE_EVENT_START), moved->start) == 0;
}

static void
test_move (void)
{
  DureWindow *window = open_calendar ("gwangmyeong");
  DureMonthView *view = month_of (window);
  DureCalendarItem *item;
  Moved moved = { window, NULL, "2025-06-27T14:00" };
  g_autoptr (GPtrArray) parts = NULL;
  g_autofree char *id = NULL;

  dure_ui_test_wait (has_bar, view, "the event of the sample");
  item = dure_event_bar_get_item (
    DURE_EVENT_BAR (dure_ui_test_find (GTK_WIDGET (view), DURE_TYPE_EVENT_BAR, NULL)));
  moved.id = id = g_strdup (dure_calendar_item_get_id (item));
  g_signal_emit_by_name (view, "move", item, 1);
  dure_ui_test_wait (starts, &moved, "the event is a day later");
  parts = dure_event_records (dure_desk_get_store (desk_of (window)), DURE_ENTITY_PART, id, NULL);
  g_assert_cmpuint (parts->len, ==, 2);
  for (guint i = 0; i < parts->len; i++)
    g_assert_true (
      g_str_has_prefix (dure_record_get (g_ptr_array_index (parts, i), DURE_PART_START), "2025-06-27T"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  moved.start = "2025-06-26T14:00";
  dure_ui_test_wait (starts, &moved, "undo brings it back");
  dure_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  dure_ui_test_init (&argc, &argv);
  g_test_add_func ("/calendar/layout", test_layout);
  g_test_add_func ("/calendar/repeat", test_repeat);
  g_test_add_func ("/calendar/month", test_month);
  g_test_add_func ("/calendar/step", test_step);
  g_test_add_func ("/calendar/dialog", test_dialog);
  g_test_add_func ("/calendar/dialog-refuses", test_dialog_refuses);
  g_test_add_func ("/calendar/move", test_move);
  return g_test_run ();
}
