/* dure-day-cell.c: one day of a month, without its events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-calendar"
#include "config.h"

#include "app/calendar/dure-day-cell.h"

#include <glib/gi18n-lib.h>

#include "base/dure-date.h"
#include "domain/dure-holidays.h"

struct _DureDayCell
{
  GtkWidget parent_instance;

  GtkWidget *head;
  GtkWidget *number;
  GtkWidget *holiday;
  GtkWidget *lunar;
  int        day;
  guint      n_events;
  gboolean   today;
};

G_DEFINE_FINAL_TYPE (DureDayCell, dure_day_cell, GTK_TYPE_WIDGET)

static void
set_class (DureDayCell *self, const char *class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), class);
}

/* What a screen reader says: the whole date, today, the holiday, how many events. */
static void
update_name (DureDayCell *self)
{
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *text = NULL;
  int year, month, month_day;
  const char *holiday = dure_holiday_name (self->day);

  dure_day_to_ymd (self->day, &year, &month, &month_day);
  date = g_date_time_new_utc (year, month, month_day, 0, 0, 0);
  /* Translators: the name of a day in the calendar, for strftime */
  text = date != NULL ? g_date_time_format (date, _("%A, %-d %B %Y")) : NULL;
  g_string_append (name, text != NULL ? text : "");
  if (self->today)
    g_string_append_printf (name, ", %s", _("Today"));
  if (holiday != NULL)
    g_string_append_printf (name, ", %s", holiday);
  if (self->n_events > 0)
    {
      g_string_append (name, ", ");
      g_string_append_printf (name, ngettext ("%u event", "%u events", self->n_events), self->n_events);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

static void
dure_day_cell_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  DureDayCell *self = DURE_DAY_CELL (widget);

  gtk_widget_measure (self->head, orientation, -1, minimum, natural, NULL, NULL);
}

/* Where there is no room for both, the holiday comes before the lunar date. */
static void
dure_day_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DureDayCell *self = DURE_DAY_CELL (widget);
  int line = dure_day_cell_get_head_height (self);
  int head, lunar, minimum;
  gboolean both;

  gtk_widget_measure (self->head, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &head, NULL, NULL);
  gtk_widget_measure (self->lunar, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &lunar, NULL, NULL);
  both = gtk_widget_should_layout (self->lunar) && head + lunar <= width;
  gtk_widget_set_child_visible (self->lunar, both);
  head = MAX (minimum, both ? width - lunar : width);
  gtk_widget_size_allocate (self->head, &(GtkAllocation) { 0, 0, head, line }, -1);
  if (both)
    gtk_widget_size_allocate (self->lunar, &(GtkAllocation) { width - lunar, 0, lunar, line }, -1);
}

static void
dure_day_cell_dispose (GObject *object)
{
  DureDayCell *self = DURE_DAY_CELL (object);

  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->lunar, gtk_widget_unparent);
  G_OBJECT_CLASS (dure_day_cell_parent_class)->dispose (object);
}

static void
dure_day_cell_class_init (DureDayCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_day_cell_dispose;
  widget_class->measure = dure_day_cell_measure;
  widget_class->size_allocate = dure_day_cell_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "day-cell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
dure_day_cell_init (DureDayCell *self)
{
  self->day = DURE_NO_DAY;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gtk_widget_add_css_class (self->head, "head");
  gtk_widget_set_parent (self->head, GTK_WIDGET (self));

  self->number = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->number, "number");
  gtk_widget_add_css_class (self->number, "numeric");
  gtk_widget_set_valign (self->number, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->head), self->number);

  self->holiday = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->holiday, "holiday-name");
  gtk_label_set_ellipsize (GTK_LABEL (self->holiday), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->holiday), 0);
  gtk_widget_set_hexpand (self->holiday, TRUE);
  gtk_box_append (GTK_BOX (self->head), self->holiday);

  self->lunar = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->lunar, "lunar");
  gtk_widget_add_css_class (self->lunar, "numeric");
  gtk_widget_set_parent (self->lunar, GTK_WIDGET (self));
}

GtkWidget *
dure_day_cell_new (void)
{
  return g_object_new (DURE_TYPE_DAY_CELL, NULL);
}

/**
 * dure_day_cell_set_day:
 * @self: a cell
 * @day: the day
 * @in_month: whether it belongs to the month that is shown
 * @today: whether it is today
 * @lunar: (nullable): its lunar date
 */
void
dure_day_cell_set_day (DureDayCell *self, int day, gboolean in_month, gboolean today, const char *lunar)
{
  int year, month, month_day;
  g_autofree char *number = NULL;
  const char *holiday;

  g_return_if_fail (DURE_IS_DAY_CELL (self));

  self->day = day;
  self->today = today;
  dure_day_to_ymd (day, &year, &month, &month_day);
  holiday = dure_holiday_name (day);
  number = g_strdup_printf ("%d", month_day);
  gtk_label_set_text (GTK_LABEL (self->number), number);
  gtk_label_set_text (GTK_LABEL (self->holiday), holiday != NULL ? holiday : "");
  if (g_strcmp0 (gtk_widget_get_tooltip_text (self->holiday), holiday) != 0)
    gtk_widget_set_tooltip_text (self->holiday, holiday);
  gtk_label_set_text (GTK_LABEL (self->lunar), lunar != NULL ? lunar : "");
  gtk_widget_set_visible (self->lunar, lunar != NULL);
  set_class (self, "other-month", !in_month);
  set_class (self, "today", today);
  set_class (self, "off", holiday != NULL || dure_day_weekday (day) == 0);
  set_class (self, "saturday", holiday == NULL && dure_day_weekday (day) == 6);
  update_name (self);
}

int
dure_day_cell_get_day (DureDayCell *self)
{
  g_return_val_if_fail (DURE_IS_DAY_CELL (self), DURE_NO_DAY);
  return self->day;
}

/* The selected day alone can take the focus by Tab; the arrow keys move the selection. */
void
dure_day_cell_set_selected (DureDayCell *self, gboolean selected)
{
  g_return_if_fail (DURE_IS_DAY_CELL (self));
  set_class (self, "selected", selected);
  gtk_widget_set_focusable (GTK_WIDGET (self), selected);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

void
dure_day_cell_set_n_events (DureDayCell *self, guint n_events)
{
  g_return_if_fail (DURE_IS_DAY_CELL (self));
  if (self->n_events == n_events)
    return;
  self->n_events = n_events;
  update_name (self);
}

/* Returns: the height of the line with the number, below which events stand */
int
dure_day_cell_get_head_height (DureDayCell *self)
{
  int natural;

  g_return_val_if_fail (DURE_IS_DAY_CELL (self), 0);
  gtk_widget_measure (self->head, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}
