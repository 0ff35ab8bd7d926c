/* dure-date-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-date-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/widgets/dure-typed.h"
#include "base/dure-date.h"

struct _DureDateRow
{
  DureFieldRow parent_instance;

  GtkWidget *text;
  GtkWidget *button;
  GtkWidget *calendar; /* made when first shown */
  gboolean   filling;
};

G_DEFINE_FINAL_TYPE (DureDateRow, dure_date_row, DURE_TYPE_FIELD_ROW)

/* The form that people read, where it can be typed back; else the stored one. */
static char *
to_text (const DureField *field, const char *value)
{
  g_autofree char *text = dure_field_format (field, value);
  g_autofree char *back = NULL;

  if (value == NULL)
    return g_strdup ("");
  back = field->type == DURE_VALUE_DATE ? dure_date_parse (text) : dure_time_parse (text);
  if (g_strcmp0 (back, value) == 0)
    return g_steal_pointer (&text);
  g_free (text);
  text = g_strdup (value);
  return g_strdelimit (g_steal_pointer (&text), "T", ' ');
}

static void
dure_date_row_show_value (DureFieldRow *row, const char *value)
{
  g_autofree char *text = to_text (dure_field_row_get_field (row), value);

  gtk_editable_set_text (GTK_EDITABLE (DURE_DATE_ROW (row)->text), text);
}

static char *
dure_date_row_get_typed (DureFieldRow *row)
{
  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (DURE_DATE_ROW (row)->text)));
}

static char *
dure_date_row_complete (DureFieldRow *row, const char *typed)
{
  return dure_typed_date (typed, dure_field_row_get_value (row),
                          dure_field_row_get_field (row)->type == DURE_VALUE_DATE_TIME);
}

static void
dure_date_row_set_typed (DureFieldRow *row, const char *typed)
{
  gtk_editable_set_text (GTK_EDITABLE (DURE_DATE_ROW (row)->text), typed);
}

static void
put_day (DureDateRow *self, int day)
{
  const DureField *field = dure_field_row_get_field (DURE_FIELD_ROW (self));
  const char      *typed = gtk_editable_get_text (GTK_EDITABLE (self->text));
  g_autofree char *value = NULL;
  g_autofree char *old = NULL;
  g_autofree char *text = NULL;
  int              minute = 9 * 60;

  if (field->type == DURE_VALUE_DATE)
    value = dure_day_to_date (day);
  else
    {
      old = dure_time_parse (typed);
      if (old != NULL)
        dure_time_split (old, NULL, &minute);
      value = dure_time_join (day, minute);
    }
  text = to_text (field, value);
  gtk_editable_set_text (GTK_EDITABLE (self->text), text);
}

static void
day_selected_cb (GtkCalendar *calendar, DureDateRow *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);

  if (self->filling)
    return;
  put_day (self, dure_day_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date),
                                    g_date_time_get_day_of_month (date)));
}

static void
today_cb (GtkWidget *button, DureDateRow *self)
{
  put_day (self, dure_day_today ());
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
clear_cb (GtkWidget *button, DureDateRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
closed_cb (GtkPopover *popover, DureDateRow *self)
{
  dure_field_row_commit (DURE_FIELD_ROW (self));
}

static void
popup_cb (GtkMenuButton *button, gpointer user_data)
{
  DureDateRow     *self = user_data;
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;
  int              day = DURE_NO_DAY;
  int              year, month, month_day;
  g_autoptr (GDateTime) date = NULL;

  if (self->calendar == NULL)
    {
      GtkWidget *popover = gtk_popover_new ();
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *today = gtk_button_new_with_label (_ ("Today"));
      GtkWidget *clear = gtk_button_new_with_label (_ ("Clear"));

      self->calendar = gtk_calendar_new ();
      g_signal_connect (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self);
      g_signal_connect (today, "clicked", G_CALLBACK (today_cb), self);
      g_signal_connect (clear, "clicked", G_CALLBACK (clear_cb), self);
      gtk_widget_add_css_class (today, "flat");
      gtk_widget_add_css_class (clear, "flat");
      gtk_widget_set_hexpand (clear, TRUE);
      gtk_widget_set_halign (clear, GTK_ALIGN_END);
      gtk_box_append (GTK_BOX (line), today);
      gtk_box_append (GTK_BOX (line), clear);
      gtk_box_append (GTK_BOX (box), self->calendar);
      gtk_box_append (GTK_BOX (box), line);
      gtk_popover_set_child (GTK_POPOVER (popover), box);
      g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), self);
      gtk_menu_button_set_popover (button, popover);
    }
  value = dure_field_parse (dure_field_row_get_field (DURE_FIELD_ROW (self)),
                            gtk_editable_get_text (GTK_EDITABLE (self->text)), &error);
  if (value != NULL)
    {
      value[MIN (strlen (value), 10)] = '\0';
      day = dure_day (value);
    }
  dure_day_to_ymd (day != DURE_NO_DAY ? day : dure_day_today (), &year, &month, &month_day);
  date = g_date_time_new_local (year, month, month_day, 0, 0, 0);
  self->filling = TRUE;
  gtk_calendar_select_day (GTK_CALENDAR (self->calendar), date);
  self->filling = FALSE;
}

static void
dure_date_row_build (DureFieldRow *row)
{
  DureDateRow *self = DURE_DATE_ROW (row);
  GtkWidget   *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  /* An entry, not a bare GtkText: screen readers read only what an entry holds. */
  self->text = gtk_entry_new ();
  gtk_widget_add_css_class (self->text, "flat");
  gtk_widget_add_css_class (self->text, "numeric");
  gtk_widget_set_hexpand (self->text, TRUE);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "x-office-calendar-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (self->button), FALSE);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->button, _ ("Pick a day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pick a day"), -1);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), popup_cb, self, NULL);
  gtk_box_append (GTK_BOX (box), self->text);
  gtk_box_append (GTK_BOX (box), self->button);
  dure_field_row_set_editor (row, box, self->text, FALSE);
  dure_field_row_watch_text (row, self->text);
}

static void
dure_date_row_class_init (DureDateRowClass *klass)
{
  DureFieldRowClass *row_class = DURE_FIELD_ROW_CLASS (klass);

  row_class->build = dure_date_row_build;
  row_class->show_value = dure_date_row_show_value;
  row_class->get_typed = dure_date_row_get_typed;
  row_class->complete = dure_date_row_complete;
  row_class->set_typed = dure_date_row_set_typed;
}

static void
dure_date_row_init (DureDateRow *self)
{
}
