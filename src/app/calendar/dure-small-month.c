/* dure-small-month.c: a month as small as a thumb, to jump to a day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-calendar"
#include "config.h"

#include "app/calendar/dure-small-month.h"

#include <glib/gi18n-lib.h>

#include "app/calendar/dure-month-layout.h"
#include "base/dure-date.h"
#include "domain/dure-holidays.h"

struct _DureSmallMonth
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *heads[7];
  GtkWidget *days[DURE_MONTH_DAYS];
  GPtrArray *items;
  int        year;
  int        month;
  int        first_day;
  int        week_start;
  int        selected;
};

enum
{
  SIGNAL_PICKED,
  SIGNAL_MONTH_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DureSmallMonth, dure_small_month, GTK_TYPE_WIDGET)

static void
set_class (GtkWidget *widget, const char *class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, class);
  else
    gtk_widget_remove_css_class (widget, class);
}

static guint
count_events (DureSmallMonth *self, int day)
{
  guint n_events = 0;

  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    {
      DureCalendarItem *item = g_ptr_array_index (self->items, i);

      if (dure_calendar_item_get_first_day (item) <= day && day <= dure_calendar_item_get_last_day (item))
        n_events++;
    }
  return n_events;
}

static void
update (DureSmallMonth *self)
{
  g_autoptr (GDateTime) first = g_date_time_new_utc (self->year, self->month, 1, 0, 0, 0);
  /* Translators: a month and its year, for strftime */
  g_autofree char *title = g_date_time_format (first, _("%B %Y"));
  int today = dure_day_today ();

  self->first_day = dure_month_first_day (self->year, self->month, self->week_start);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  for (int i = 0; i < 7; i++)
    {
      /* 2023-01-01 was a Sunday. */
      g_autoptr (GDateTime) day = g_date_time_new_utc (2023, 1, 1 + (self->week_start + i) % 7, 0, 0, 0);
      g_autofree char *name = g_date_time_format (day, "%a");

      gtk_label_set_text (GTK_LABEL (self->heads[i]), name);
      set_class (self->heads[i], "off", (self->week_start + i) % 7 == 0);
    }
  for (int i = 0; i < DURE_MONTH_DAYS; i++)
    {
      GtkWidget *button = self->days[i];
      int day = self->first_day + i;
      int year, month, month_day;
      const char *holiday = dure_holiday_name (day);
      guint n_events = count_events (self, day);
      g_autofree char *number = NULL;
      g_autofree char *date = dure_day_to_date (day);
      g_autofree char *text = dure_date_format_official (date);
      g_autoptr (GString) name = g_string_new (text);

      dure_day_to_ymd (day, &year, &month, &month_day);
      number = g_strdup_printf ("%d", month_day);
      gtk_button_set_label (GTK_BUTTON (button), number);
      set_class (button, "other-month", month != self->month);
      set_class (button, "today", day == today);
      set_class (button, "selected", day == self->selected);
      set_class (button, "marked", n_events > 0);
      set_class (button, "off", holiday != NULL || dure_day_weekday (day) == 0);
      if (holiday != NULL)
        g_string_append_printf (name, ", %s", holiday);
      if (n_events > 0)
        {
          g_string_append (name, ", ");
          g_string_append_printf (name, ngettext ("%u event", "%u events", n_events), n_events);
        }
      /* Setting it asks the display where the pointer is, even when nothing changes. */
      if (g_strcmp0 (gtk_widget_get_tooltip_text (button), holiday) != 0)
        gtk_widget_set_tooltip_text (button, holiday);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
    }
}

static void
day_clicked_cb (DureSmallMonth *self, GtkButton *button)
{
  int index = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "index"));

  g_signal_emit (self, signals[SIGNAL_PICKED], 0, self->first_day + index);
}

static void
step (DureSmallMonth *self, int months)
{
  int number = self->year * 12 + self->month - 1 + months;

  dure_small_month_set_month (self, number / 12, number % 12 + 1);
}

static void
previous_cb (DureSmallMonth *self)
{
  step (self, -1);
}

static void
next_cb (DureSmallMonth *self)
{
  step (self, 1);
}

static GtkWidget *
new_arrow (DureSmallMonth *self, const char *icon, const char *name, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static void
dure_small_month_dispose (GObject *object)
{
  DureSmallMonth *self = DURE_SMALL_MONTH (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (dure_small_month_parent_class)->dispose (object);
}

static void
dure_small_month_class_init (DureSmallMonthClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_small_month_dispose;
  signals[SIGNAL_PICKED] =
    g_signal_new ("picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_MONTH_CHANGED] =
    g_signal_new ("month-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "small-month");
}

static void
dure_small_month_init (DureSmallMonth *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *grid = gtk_grid_new ();
  int month_day;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->title = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_box_append (GTK_BOX (line),
                  new_arrow (self, "go-previous-symbolic", _("Previous Month"), G_CALLBACK (previous_cb)));
  gtk_box_append (GTK_BOX (line), self->title);
  gtk_box_append (GTK_BOX (line), new_arrow (self, "go-next-symbolic", _("Next Month"), G_CALLBACK (next_cb)));
  gtk_box_append (GTK_BOX (self->box), line);

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 1);
  gtk_box_append (GTK_BOX (self->box), grid);
  for (int i = 0; i < 7; i++)
    {
      self->heads[i] = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->heads[i], "weekday");
      gtk_grid_attach (GTK_GRID (grid), self->heads[i], i, 0, 1, 1);
    }
  for (int i = 0; i < DURE_MONTH_DAYS; i++)
    {
      self->days[i] = gtk_button_new_with_label ("");
      gtk_widget_add_css_class (self->days[i], "flat");
      gtk_widget_add_css_class (self->days[i], "day");
      gtk_widget_add_css_class (self->days[i], "numeric");
      gtk_widget_set_halign (self->days[i], GTK_ALIGN_CENTER);
      g_object_set_data (G_OBJECT (self->days[i]), "index", GINT_TO_POINTER (i));
      g_signal_connect_swapped (self->days[i], "clicked", G_CALLBACK (day_clicked_cb), self);
      gtk_grid_attach (GTK_GRID (grid), self->days[i], i % 7, 1 + i / 7, 1, 1);
    }

  self->selected = dure_day_today ();
  dure_day_to_ymd (self->selected, &self->year, &self->month, &month_day);
  update (self);
}

void
dure_small_month_set_week_start (DureSmallMonth *self, int weekday)
{
  g_return_if_fail (DURE_IS_SMALL_MONTH (self));
  g_return_if_fail (weekday >= 0 && weekday < 7);
  self->week_start = weekday;
  update (self);
}

void
dure_small_month_set_month (DureSmallMonth *self, int year, int month)
{
  g_return_if_fail (DURE_IS_SMALL_MONTH (self));
  g_return_if_fail (month >= 1 && month <= 12);
  if (self->year == year && self->month == month)
    return;
  self->year = year;
  self->month = month;
  update (self);
  g_signal_emit (self, signals[SIGNAL_MONTH_CHANGED], 0);
}

void
dure_small_month_set_selected (DureSmallMonth *self, int day)
{
  g_return_if_fail (DURE_IS_SMALL_MONTH (self));
  self->selected = day;
  update (self);
}

/* The days that are shown, both inclusive. */
void
dure_small_month_get_span (DureSmallMonth *self, int *first_day, int *last_day)
{
  g_return_if_fail (DURE_IS_SMALL_MONTH (self));
  *first_day = self->first_day;
  *last_day = self->first_day + DURE_MONTH_DAYS - 1;
}

/* @items: (element-type DureCalendarItem): days with events are marked; a reference is kept */
void
dure_small_month_set_marks (DureSmallMonth *self, GPtrArray *items)
{
  g_return_if_fail (DURE_IS_SMALL_MONTH (self));
  g_ptr_array_ref (items);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = items;
  update (self);
}
