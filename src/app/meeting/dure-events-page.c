/* dure-events-page.c: all events as a list, and one of them opened
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-events-page.h"

#include <glib/gi18n-lib.h>

#include "app/calendar/dure-event-dialog.h"
#include "app/meeting/dure-event-page.h"
#include "app/meeting/dure-meeting-style.h"
#include "app/widgets/dure-record-table.h"
#include "base/dure-date.h"
#include "domain/dure-event.h"

struct _DureEventsPage
{
  DurePage parent_instance;

  GtkWidget *stack;
  GtkWidget *table; /* NULL until there is a desk */
  GtkWidget *event;
};

G_DEFINE_FINAL_TYPE (DureEventsPage, dure_events_page, DURE_TYPE_PAGE)

static const struct
{
  DureEntityId entity;
  const char  *tab;
} tabs[] = {
  { DURE_ENTITY_PART, "parts" },         { DURE_ENTITY_AGENDA_ITEM, "minutes" }, { DURE_ENTITY_REMARK, "minutes" },
  { DURE_ENTITY_PARTICIPATION, "people" }, { DURE_ENTITY_ACTION, "actions" },
};

static gboolean
is_list (DureEventsPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "event") != 0;
}

static void
show_list (DureEventsPage *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
}

static void
open_event (DureEventsPage *self, const char *id)
{
  /* Through the window, so that the way back is kept. */
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "event", id);
}

static void
opened_cb (DureEventsPage *self, DureRecord *event)
{
  open_event (self, dure_record_get_id (event));
}

static void
created_cb (DureEventsPage *self, const char *id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-undo", "s", _("Event made"));
  open_event (self, id);
}

static void
make_cb (DureEventsPage *self)
{
  DureDesk *desk = dure_page_get_desk (DURE_PAGE (self));
  DureEventDialog *dialog;

  if (desk == NULL)
    return;
  dialog = dure_event_dialog_present (GTK_WIDGET (self), desk, dure_day_today (), dure_day_today ());
  g_signal_connect_object (dialog, "created", G_CALLBACK (created_cb), self, G_CONNECT_SWAPPED);
}

static char *
replies_cell (DureDesk *desk, DureRecord *event, gpointer user_data)
{
  DureReplies replies;

  if (!dure_event_count_replies (dure_desk_get_store (desk), dure_record_get_id (event), &replies, NULL)
      || replies.invited == 0)
    return NULL;
  return g_strdup_printf ("%u/%u", replies.invited - replies.none, replies.invited);
}

static void
dure_events_page_desk_set (DurePage *page)
{
  static const int columns[] = { DURE_EVENT_START, DURE_EVENT_TITLE, DURE_EVENT_KIND,
                                 DURE_EVENT_VENUE, DURE_EVENT_STATE, -1 };
  static const int filters[] = { DURE_EVENT_KIND, DURE_EVENT_STATE, -1 };
  DureEventsPage *self = DURE_EVENTS_PAGE (page);

  self->table = dure_record_table_new (dure_page_get_desk (page), DURE_ENTITY_EVENT);
  dure_record_table_set_columns (DURE_RECORD_TABLE (self->table), columns);
  dure_record_table_set_filters (DURE_RECORD_TABLE (self->table), filters);
  dure_record_table_add_text_column (DURE_RECORD_TABLE (self->table), _("Replies"), 80, replies_cell, NULL);
  dure_record_table_sort (DURE_RECORD_TABLE (self->table), DURE_EVENT_START, TRUE);
  dure_record_table_set_empty (DURE_RECORD_TABLE (self->table),
                               "dure-events-symbolic",
                               _("No Events Yet"),
                               _("Training, round-tables and council meetings with their programme, invitations and minutes."),
                               _("Open the Calendar"),
                               "win.go::calendar");
  g_signal_connect_object (self->table, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "make", G_CALLBACK (make_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (GTK_STACK (self->stack), self->table, "list");
  if (dure_event_page_get_event_id (DURE_EVENT_PAGE (self->event)) == NULL)
    show_list (self);
}

static void
dure_events_page_make (DurePage *page)
{
  make_cb (DURE_EVENTS_PAGE (page));
}

static void
dure_events_page_search (DurePage *page)
{
  DureEventsPage *self = DURE_EVENTS_PAGE (page);

  if (!is_list (self))
    dure_event_page_search (DURE_EVENT_PAGE (self->event));
  else if (self->table != NULL)
    dure_record_table_focus_search (DURE_RECORD_TABLE (self->table));
}

/* An empty id is the list, and ID#TAB a tab of an event, see dure_events_page_where(). */
static gboolean
dure_events_page_open (DurePage *page, DureEntityId entity, const char *id)
{
  DureEventsPage *self = DURE_EVENTS_PAGE (page);
  DureDesk *desk = dure_page_get_desk (page);
  g_autoptr (DureRecord) record = NULL;
  g_auto (GStrv) pieces = g_strsplit (id, "#", 2);
  const char *tab = NULL;
  const char *event_id = pieces[0];
  int field;

  if (entity == DURE_ENTITY_EVENT && *id == '\0')
    {
      show_list (self);
      return TRUE;
    }
  if (entity == DURE_ENTITY_EVENT)
    tab = pieces[1];
  else
    {
      for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
        if (tabs[i].entity == entity)
          tab = tabs[i].tab;
      record = tab != NULL ? dure_store_get (dure_desk_get_store (desk), entity, id, NULL) : NULL;
      field = dure_entity_find_field (dure_entity (entity), "event");
      event_id = record != NULL && field >= 0 ? dure_record_get (record, (guint) field) : NULL;
    }
  if (event_id == NULL || !dure_event_page_set_event (DURE_EVENT_PAGE (self->event), desk, event_id))
    return FALSE;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "event");
  if (tab != NULL)
    dure_event_page_show_tab (DURE_EVENT_PAGE (self->event), tab);
  return TRUE;
}

static void
dure_events_page_home (DurePage *page)
{
  show_list (DURE_EVENTS_PAGE (page));
}

static char *
dure_events_page_where (DurePage *page)
{
  DureEventsPage *self = DURE_EVENTS_PAGE (page);

  if (is_list (self))
    return g_strdup ("event/");
  return g_strdup_printf ("event/%s#%s",
                          dure_event_page_get_event_id (DURE_EVENT_PAGE (self->event)),
                          dure_event_page_get_shown_tab (DURE_EVENT_PAGE (self->event)));
}

static GtkWidget *
dure_events_page_header_end (DurePage *page)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");

  gtk_widget_set_tooltip_text (button, _("New Event (Ctrl+N)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("New Event"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (make_cb), page, G_CONNECT_SWAPPED);
  return button;
}

static void
back_cb (DureEventsPage *self)
{
  show_list (self);
}

static void
dure_events_page_class_init (DureEventsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DurePageClass *page_class = DURE_PAGE_CLASS (klass);

  page_class->desk_set = dure_events_page_desk_set;
  page_class->make = dure_events_page_make;
  page_class->search = dure_events_page_search;
  page_class->open = dure_events_page_open;
  page_class->home = dure_events_page_home;
  page_class->where = dure_events_page_where;
  page_class->header_end = dure_events_page_header_end;
  g_type_ensure (DURE_TYPE_EVENT_PAGE);
  dure_meeting_style_load ();
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/meeting/dure-events-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DureEventsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DureEventsPage, event);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
dure_events_page_init (DureEventsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Shows a tab of the event that is open. */
void
dure_events_page_show_tab (DureEventsPage *self, const char *tab)
{
  g_return_if_fail (DURE_IS_EVENTS_PAGE (self));
  dure_event_page_show_tab (DURE_EVENT_PAGE (self->event), tab);
}
