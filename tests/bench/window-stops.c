/* window-stops.c: how long the main thread of the real window stands still, over a register of 100,000 agencies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * window-stops [AGENCIES]: one line for each thing that an officer does. A stop is the time between two turns of the
 * main loop; beside it stands how much of it this thread was working, which a busy machine does not blur.
 */
#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "app/shell/dure-window.h"
#include "app/widgets/dure-record-table.h"
#include "dure-ui-test.h"

/* Microseconds */
typedef struct
{
  gint64 last;
  gint64 longest;
  gint64 last_work;
  gint64 longest_work;
} Pulse;

static Pulse pulse;

static gint64
work_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
pulse_start (void)
{
  pulse = (Pulse){ .last = g_get_monotonic_time (), .last_work = work_time () };
}

static gboolean
pulse_cb (gpointer data)
{
  gint64 now = g_get_monotonic_time ();
  gint64 work = work_time ();

  pulse.longest = MAX (pulse.longest, now - pulse.last);
  pulse.longest_work = MAX (pulse.longest_work, work - pulse.last_work);
  pulse.last = now;
  pulse.last_work = work;
  return G_SOURCE_CONTINUE;
}

static void
report (const char *what, guint wait)
{
  dure_ui_test_rest (wait);
  g_print ("  %-34s %6.1f ms, of its own work %5.1f ms\n", what, (double) pulse.longest / 1000,
           (double) pulse.longest_work / 1000);
  pulse_start ();
}

static void
fill (const char *path, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;

  dure_ui_test_make_store (path, "gwangmyeong");
  store = dure_store_open (path, 0, &error);
  g_assert_no_error (error);
  g_assert_true (dure_store_begin (store, "fill", NULL));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DureRecord) agency = dure_record_new (DURE_ENTITY_AGENCY);
      g_autofree char       *name = g_strdup_printf ("%s %06u", i % 2 ? "정신건강복지센터" : "종합사회복지관", i);

      dure_record_set (agency, DURE_AGENCY_NAME, name);
      dure_record_set (agency, DURE_AGENCY_KIND, "civic");
      dure_record_set (agency, DURE_AGENCY_SECTOR, "private");
      g_assert_true (dure_store_write (store, agency, NULL));
    }
  g_assert_true (dure_store_commit (store, NULL));
}

static void
select_row (GtkWidget *view, guint position)
{
  gtk_selection_model_select_item (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)), position, TRUE);
}

static void
use_list (DureWindow *window)
{
  GtkWidget          *page = GTK_WIDGET (dure_window_get_page (window));
  DureRecordTable    *table = DURE_RECORD_TABLE (dure_ui_test_find (page, DURE_TYPE_RECORD_TABLE, NULL));
  GtkWidget          *view = dure_ui_test_find (GTK_WIDGET (table), GTK_TYPE_COLUMN_VIEW, NULL);
  GtkAdjustment      *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  GtkColumnViewColumn *column;

  for (guint i = 0; i < 50; i++)
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + 120);
      dure_ui_test_rest (16);
    }
  report ("scrolling through it", 200);
  gtk_widget_activate_action (gtk_widget_get_last_child (view), "list.scroll-to-item", "u", 60000);
  report ("a jump to row 60,000", 600);
  select_row (view, 60001);
  report ("the first record opened beside it", 600);
  select_row (view, 60002);
  report ("the next record", 600);
  dure_record_table_set_search (table, "ㅈㅅㄱㄱ");
  report ("a search", 1200);
  column = g_list_model_get_item (gtk_column_view_get_columns (GTK_COLUMN_VIEW (view)), 1);
  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (view), column, GTK_SORT_DESCENDING);
  report ("another order", 1200);
  g_object_unref (column);
}

int
main (int argc, char *argv[])
{
  static const char *const places[] = { "calendar", "events", "agencies", "council", "resources", "network" };
  g_autofree char         *path = NULL;
  DureWindow              *window;

  dure_ui_test_init (&argc, &argv);
  path = dure_ui_test_path ();
  fill (path, argc > 1 ? (guint) atoi (argv[1]) : 100000);
  window = dure_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  dure_window_open_store (window, path);
  gtk_window_present (GTK_WINDOW (window));
  dure_ui_test_rest (1500);
  g_timeout_add_full (G_PRIORITY_HIGH, 1, pulse_cb, NULL, NULL);
  pulse_start ();
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (guint time = 0; time < 2; time++)
      {
        g_autofree char *what = g_strdup_printf ("%s, %s time", places[i], time == 0 ? "first" : "second");

        g_assert_true (dure_window_go (window, places[i]));
        report (what, 1500);
        if (time == 1 && g_str_equal (places[i], "agencies"))
          use_list (window);
        dure_window_go (window, "today");
        dure_ui_test_rest (300);
        pulse_start ();
      }
  gtk_window_destroy (GTK_WINDOW (window));
  return EXIT_SUCCESS;
}
