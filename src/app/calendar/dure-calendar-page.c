/* dure-calendar-page.c: the calendar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-calendar"
#include "config.h"

#include "app/calendar/dure-calendar-page.h"

#include <glib/gi18n-lib.h>

#include "app/calendar/dure-calendar-style.h"
#include "app/calendar/dure-event-bar.h"
#include "app/calendar/dure-event-dialog.h"
#include "app/calendar/dure-event-popover.h"
#include "app/calendar/dure-month-view.h"
#include "app/calendar/dure-small-month.h"
#include "app/shell/dure-settings.h"
#include "base/dure-date.h"

/* How far ahead «coming» looks. */
#define COMING_DAYS 90
#define COMING_MOST 20

struct _DureCalendarPage
{
  DurePage parent_instance;

  GtkWidget     *title;
  DureMonthView *month;
  GtkWidget     *small_month;
  GtkWidget     *coming;
  GtkWidget     *coming_empty;
  GCancellable  *cancellable;
  guint          reload_source;
  int            today;
};

/* What the reader's thread is asked for, and brings back. */
typedef struct
{
  int        from;
  int        to;
  int        today;
  GPtrArray *items;
  GPtrArray *coming;
} Load;

G_DEFINE_FINAL_TYPE (DureCalendarPage, dure_calendar_page, DURE_TYPE_PAGE)

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_pointer (&load->items, g_ptr_array_unref);
  g_clear_pointer (&load->coming, g_ptr_array_unref);
  g_free (load);
}

static gpointer
load_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const Load *asked = data;
  Load *load = g_new0 (Load, 1);

  load->items = dure_calendar_items_load (store, asked->from, asked->to, error);
  if (load->items != NULL)
    load->coming = dure_calendar_items_load (store, asked->today, asked->today + COMING_DAYS, error);
  if (load->coming == NULL)
    g_clear_pointer (&load, load_free);
  return load;
}

static void
say_error (DureCalendarPage *self, const GError *error)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
}

static GtkWidget *
new_coming_row (DureCalendarItem *item, int today)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *title = gtk_label_new (dure_calendar_item_get_title (item));
  int first = dure_calendar_item_get_first_day (item);
  int minute = dure_calendar_item_get_start_minute (item);
  g_autofree char *date = dure_day_to_date (first);
  g_autofree char *day = dure_date_format_short (date);
  g_autofree char *relative = dure_day_format_relative (MAX (first, today), today);
  g_autofree char *text = minute == 0
                            ? g_strdup_printf ("%s · %s", relative, day)
                            : g_strdup_printf ("%s · %s %02d:%02d", relative, day, minute / 60, minute % 60);
  g_autofree char *class = g_strconcat ("kind-", dure_calendar_item_get_kind (item), NULL);
  GtkWidget *detail = gtk_label_new (text);

  gtk_widget_add_css_class (dot, "kind-dot");
  gtk_widget_add_css_class (dot, class);
  gtk_widget_set_valign (dot, GTK_ALIGN_START);
  gtk_widget_set_margin_top (dot, 5);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (title), 2);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_wrap (GTK_LABEL (detail), TRUE);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), detail);
  gtk_box_append (GTK_BOX (line), dot);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_widget_set_margin_top (line, 6);
  gtk_widget_set_margin_bottom (line, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", "event", dure_calendar_item_get_id (item));
  return row;
}

static void
show_coming (DureCalendarPage *self, GPtrArray *items)
{
  GtkWidget *child;

  while ((child = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->coming), 0))) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->coming), child);
  for (guint i = 0; i < MIN (items->len, COMING_MOST); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->coming), new_coming_row (g_ptr_array_index (items, i), self->today));
  gtk_widget_set_visible (self->coming, items->len > 0);
  gtk_widget_set_visible (self->coming_empty, items->len == 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureCalendarPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Load *load = dure_store_thread_run_finish (result, &error);

  if (load == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        say_error (self, error);
      return;
    }
  if (self->month != NULL)
    {
      dure_month_view_set_items (self->month, load->items);
      dure_small_month_set_marks (DURE_SMALL_MONTH (self->small_month), load->items);
      show_coming (self, load->coming);
    }
  load_free (load);
}

static void
reload (DureCalendarPage *self)
{
  DureDesk *desk = dure_page_get_desk (DURE_PAGE (self));
  Load *load;
  int first, last;

  if (desk == NULL || self->month == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  load = g_new0 (Load, 1);
  dure_month_view_get_span (self->month, &load->from, &load->to);
  dure_small_month_get_span (DURE_SMALL_MONTH (self->small_month), &first, &last);
  load->from = MIN (load->from, first);
  load->to = MAX (load->to, last);
  load->today = self->today;
  dure_store_thread_run_async (dure_desk_get_reader (desk),
                               load_func,
                               load,
                               load_free,
                               load_free,
                               self->cancellable,
                               loaded_cb,
                               g_object_ref (self));
}

static gboolean
reload_cb (gpointer user_data)
{
  DureCalendarPage *self = user_data;

  self->reload_source = 0;
  reload (self);
  return G_SOURCE_REMOVE;
}

/* Many changes in a row make one reading. */
static void
queue_reload (DureCalendarPage *self)
{
  if (self->reload_source == 0)
    self->reload_source = g_idle_add (reload_cb, self);
}

static void
month_changed_cb (DureCalendarPage *self)
{
  g_autoptr (GDateTime) first = NULL;
  g_autofree char *title = NULL;
  int year, month;

  dure_month_view_get_month (self->month, &year, &month);
  first = g_date_time_new_utc (year, month, 1, 0, 0, 0);
  /* Translators: a month and its year, for strftime */
  title = g_date_time_format (first, _("%B %Y"));
  gtk_label_set_text (GTK_LABEL (self->title), title);
  dure_small_month_set_month (DURE_SMALL_MONTH (self->small_month), year, month);
  dure_small_month_set_selected (DURE_SMALL_MONTH (self->small_month), dure_month_view_get_selected_day (self->month));
  queue_reload (self);
}

static void
day_selected_cb (DureCalendarPage *self, int day)
{
  dure_small_month_set_selected (DURE_SMALL_MONTH (self->small_month), day);
}

static void
picked_cb (DureCalendarPage *self, int day)
{
  int year, month, month_day;

  dure_day_to_ymd (day, &year, &month, &month_day);
  dure_month_view_set_month (self->month, year, month);
  dure_month_view_select_day (self->month, day, TRUE);
}

static void
created_cb (DureCalendarPage *self, const char *id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-undo", "s", _("Event made"));
}

static void
make_cb (DureCalendarPage *self, int first_day, int last_day)
{
  DureDesk *desk = dure_page_get_desk (DURE_PAGE (self));
  DureEventDialog *dialog;

  if (desk == NULL)
    return;
  dialog = dure_event_dialog_present (GTK_WIDGET (self), desk, first_day, last_day);
  g_signal_connect_object (dialog, "created", G_CALLBACK (created_cb), self, G_CONNECT_SWAPPED);
}

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureCalendarPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dure_desk_write_finish (DURE_DESK (source), result, &error))
    say_error (self, error);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-undo", "s", _("Event moved"));
}

/* The parts keep their times of day. */
static void
move_cb (DureCalendarPage *self, DureCalendarItem *item, int days)
{
  DureDesk *desk = dure_page_get_desk (DURE_PAGE (self));
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_PART);
  g_autoptr (GPtrArray) parts = NULL;

  if (desk == NULL)
    return;
  g_ptr_array_add (records, dure_calendar_item_moved (item, days));
  dure_query_where (query, DURE_PART_EVENT, DURE_EQUAL, dure_calendar_item_get_id (item));
  parts = dure_store_list (dure_desk_get_store (desk), query, NULL);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      DureRecord *part = g_ptr_array_index (parts, i);
      int day, minute;

      if (dure_time_split (dure_record_get (part, DURE_PART_START), &day, &minute))
        {
          g_autofree char *start = dure_time_join (day + days, minute);

          dure_record_set (part, DURE_PART_START, start);
          g_ptr_array_add (records, g_object_ref (part));
        }
    }
  dure_desk_write_async (desk, _("Move event"), records, NULL, moved_cb, g_object_ref (self));
}

static void
event_activated_cb (DureCalendarPage *self, DureCalendarItem *item, GtkWidget *at)
{
  DureDesk *desk = dure_page_get_desk (DURE_PAGE (self));

  if (desk != NULL)
    dure_month_view_popup (self->month, dure_event_popover_new (dure_desk_get_store (desk), item), at);
}

static void
previous_cb (DureCalendarPage *self)
{
  dure_month_view_step (self->month, -1);
}

static void
next_cb (DureCalendarPage *self)
{
  dure_month_view_step (self->month, 1);
}

static void
today_cb (DureCalendarPage *self)
{
  picked_cb (self, dure_day_today ());
}

static void
settings_cb (DureCalendarPage *self)
{
  int week_start = dure_settings_get_bool ("week-starts-monday") ? 1 : 0;

  dure_month_view_set_week_start (self->month, week_start);
  dure_small_month_set_week_start (DURE_SMALL_MONTH (self->small_month), week_start);
  dure_month_view_set_show_lunar (self->month, dure_settings_get_bool ("lunar-dates"));
}

static void
dure_calendar_page_desk_set (DurePage *page)
{
  DureCalendarPage *self = DURE_CALENDAR_PAGE (page);

  g_signal_connect_object (
    dure_desk_get_store (dure_page_get_desk (page)), "changed", G_CALLBACK (queue_reload), self, G_CONNECT_SWAPPED);
  queue_reload (self);
}

static void
dure_calendar_page_activate (DurePage *page)
{
  DureCalendarPage *self = DURE_CALENDAR_PAGE (page);
  int today = dure_day_today ();

  if (today != self->today)
    {
      self->today = today;
      dure_month_view_refresh (self->month);
      queue_reload (self);
    }
  dure_month_view_select_day (self->month, dure_month_view_get_selected_day (self->month), TRUE);
}

static void
dure_calendar_page_make (DurePage *page)
{
  DureCalendarPage *self = DURE_CALENDAR_PAGE (page);
  int day = dure_month_view_get_selected_day (self->month);

  make_cb (self, day, day);
}

static char *
dure_calendar_page_where (DurePage *page)
{
  return NULL;
}

static GtkWidget *
new_button (DureCalendarPage *self, const char *icon, const char *label, const char *tip, GCallback clicked)
{
  GtkWidget *button = icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new_with_label (label);

  gtk_widget_set_tooltip_text (button, tip);
  if (icon != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
dure_calendar_page_header_start (DurePage *page)
{
  DureCalendarPage *self = DURE_CALENDAR_PAGE (page);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box),
                  new_button (self, "go-previous-symbolic", NULL, _("Previous Month"), G_CALLBACK (previous_cb)));
  gtk_box_append (GTK_BOX (box), new_button (self, NULL, _("Today"), _("Today (Home)"), G_CALLBACK (today_cb)));
  gtk_box_append (GTK_BOX (box), new_button (self, "go-next-symbolic", NULL, _("Next Month"), G_CALLBACK (next_cb)));
  return box;
}

static void
new_clicked_cb (DureCalendarPage *self)
{
  dure_calendar_page_make (DURE_PAGE (self));
}

static GtkWidget *
dure_calendar_page_header_end (DurePage *page)
{
  DureCalendarPage *self = DURE_CALENDAR_PAGE (page);

  return new_button (self, "list-add-symbolic", NULL, _("New Event (Ctrl+N)"), G_CALLBACK (new_clicked_cb));
}

static void
dure_calendar_page_dispose (GObject *object)
{
  DureCalendarPage *self = DURE_CALENDAR_PAGE (object);

  g_clear_handle_id (&self->reload_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->month = NULL;
  G_OBJECT_CLASS (dure_calendar_page_parent_class)->dispose (object);
}

static void
dure_calendar_page_class_init (DureCalendarPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DurePageClass *page_class = DURE_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_calendar_page_dispose;
  page_class->desk_set = dure_calendar_page_desk_set;
  page_class->activate = dure_calendar_page_activate;
  page_class->make = dure_calendar_page_make;
  page_class->where = dure_calendar_page_where;
  page_class->header_start = dure_calendar_page_header_start;
  page_class->header_end = dure_calendar_page_header_end;
  g_type_ensure (DURE_TYPE_MONTH_VIEW);
  g_type_ensure (DURE_TYPE_SMALL_MONTH);
  dure_calendar_style_load ();
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/calendar/dure-calendar-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DureCalendarPage, title);
  gtk_widget_class_bind_template_child (widget_class, DureCalendarPage, month);
  gtk_widget_class_bind_template_child (widget_class, DureCalendarPage, small_month);
  gtk_widget_class_bind_template_child (widget_class, DureCalendarPage, coming);
  gtk_widget_class_bind_template_child (widget_class, DureCalendarPage, coming_empty);
  gtk_widget_class_bind_template_callback (widget_class, month_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_cb);
  gtk_widget_class_bind_template_callback (widget_class, move_cb);
  gtk_widget_class_bind_template_callback (widget_class, event_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, queue_reload);
}

static void
dure_calendar_page_init (DureCalendarPage *self)
{
  self->today = dure_day_today ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (
    dure_settings_get_default (), "notify::week-starts-monday", G_CALLBACK (settings_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    dure_settings_get_default (), "notify::lunar-dates", G_CALLBACK (settings_cb), self, G_CONNECT_SWAPPED);
  settings_cb (self);
  month_changed_cb (self);
}
