/* dure-event-people-columns.c: the columns of the list of those invited
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-event-people-private.h"

#include <glib/gi18n-lib.h>

#include "app/meeting/dure-attendee.h"
#include "base/dure-date.h"

typedef enum
{
  COLUMN_AGENCY,
  COLUMN_PERSON,
  COLUMN_ROLE,
  COLUMN_REPLY,
  COLUMN_REPLIED_ON,
  COLUMN_ATTENDANCE,
} Column;

static const char *
choice_label (DureRecord *record, guint field)
{
  const DureField *description = dure_entity_field (dure_entity (DURE_ENTITY_PARTICIPATION), field);
  const char *key = dure_record_get (record, field);
  const DureChoice *choice = key != NULL ? dure_field_choice (description, key) : NULL;

  return choice != NULL ? dure_choice_label (choice) : "";
}

/* A pill has a shape of its own for each answer, so that colour is not needed to tell them. */
static void
set_pill (GtkWidget *label, DureRecord *record, guint field)
{
  const char *key = dure_record_get (record, field);
  const char *before = g_object_get_data (G_OBJECT (label), "pill");
  const char *mark = "";
  g_autofree char *text = NULL;

  if (g_strcmp0 (key, "yes") == 0 || g_strcmp0 (key, "present") == 0 || g_strcmp0 (key, "walk-in") == 0)
    mark = "✓ ";
  else if (g_strcmp0 (key, "no") == 0 || g_strcmp0 (key, "absent") == 0)
    mark = "✕ ";
  else if (g_strcmp0 (key, "maybe") == 0 || g_strcmp0 (key, "excused") == 0)
    mark = "? ";
  else if (g_strcmp0 (key, "proxy") == 0)
    mark = "↷ ";
  text = g_strconcat (mark, choice_label (record, field), NULL);
  gtk_label_set_text (GTK_LABEL (label), text);
  if (before != NULL)
    gtk_widget_remove_css_class (label, before);
  if (key != NULL)
    gtk_widget_add_css_class (label, key);
  g_object_set_data_full (G_OBJECT (label), "pill", g_strdup (key), g_free);
}

static void
show_cell (GtkWidget *label, DureAttendee *attendee, Column column)
{
  DureRecord *record = dure_attendee_get_record (attendee);

  switch (column)
    {
    case COLUMN_AGENCY:
      gtk_label_set_text (GTK_LABEL (label), dure_attendee_get_agency (attendee));
      gtk_widget_set_tooltip_text (label, dure_attendee_get_agency (attendee));
      break;
    case COLUMN_PERSON:
      gtk_label_set_text (GTK_LABEL (label), dure_attendee_get_person (attendee));
      gtk_widget_set_tooltip_text (label, dure_attendee_get_person (attendee));
      break;
    case COLUMN_ROLE:
      gtk_label_set_text (GTK_LABEL (label), choice_label (record, DURE_PARTICIPATION_ROLE));
      break;
    case COLUMN_REPLY:
      set_pill (label, record, DURE_PARTICIPATION_REPLY);
      break;
    case COLUMN_REPLIED_ON:
      {
        const char *date = dure_record_get (record, DURE_PARTICIPATION_REPLIED_ON);
        g_autofree char *text = date != NULL ? dure_date_format_short (date) : NULL;

        gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
        break;
      }
    case COLUMN_ATTENDANCE:
      set_pill (label, record, DURE_PARTICIPATION_ATTENDANCE);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
changed_cb (DureAttendee *attendee, GtkListItem *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);

  if (label != NULL)
    show_cell (label, attendee, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (label), "column")));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  Column column = GPOINTER_TO_INT (user_data);
  GtkWidget *label = gtk_label_new (NULL);

  g_object_set_data (G_OBJECT (label), "column", user_data);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (column == COLUMN_REPLY || column == COLUMN_ATTENDANCE)
    {
      gtk_widget_add_css_class (label, "pill-label");
      gtk_widget_set_halign (label, GTK_ALIGN_START);
      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
    }
  if (column == COLUMN_ROLE || column == COLUMN_REPLIED_ON)
    gtk_widget_add_css_class (label, "dim-label");
  if (column == COLUMN_REPLIED_ON)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  DureAttendee *attendee = gtk_list_item_get_item (item);

  show_cell (gtk_list_item_get_child (item), attendee, GPOINTER_TO_INT (user_data));
  g_signal_connect_object (attendee, "changed", G_CALLBACK (changed_cb), item, 0);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), changed_cb, item);
}

void
dure_event_people_add_columns (GtkColumnView *view)
{
  static const struct
  {
    Column      column;
    const char *title;
    int         width; /* 0 takes what is left */
  } columns[] = {
    { COLUMN_AGENCY, N_("Agency"), 0 },          { COLUMN_PERSON, N_("Person"), 150 },
    { COLUMN_ROLE, N_("Role"), 80 },             { COLUMN_REPLY, N_("Reply"), 110 },
    { COLUMN_REPLIED_ON, N_("Replied on"), 90 }, { COLUMN_ATTENDANCE, N_("Attendance"), 120 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;
      gpointer number = GINT_TO_POINTER (columns[i].column);

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), number);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), number);
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), number);
      column = gtk_column_view_column_new (_(columns[i].title), factory);
      if (columns[i].width > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
      else
        gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (view, column);
    }
}
