/* dure-event-page.c: everything of one event, in tabs in the order of the work
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-event-page.h"

#include <glib/gi18n-lib.h>

#include "app/calendar/dure-calendar-item.h"
#include "app/meeting/dure-event-actions.h"
#include "app/meeting/dure-event-minutes.h"
#include "app/meeting/dure-event-network.h"
#include "app/meeting/dure-event-overview.h"
#include "app/meeting/dure-event-papers.h"
#include "app/meeting/dure-event-parts.h"
#include "app/meeting/dure-event-people.h"
#include "app/meeting/dure-event-stepper.h"

struct _DureEventPage
{
  AdwBin parent_instance;

  GtkWidget *title;
  GtkWidget *facts;
  GtkWidget *state;
  GtkWidget *stepper;
  GtkWidget *stack;
  DureDesk  *desk;
  char      *id;
  guint      load_source;
};

enum
{
  SIGNAL_BACK,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DureEventPage, dure_event_page, ADW_TYPE_BIN)

static void
show_head (DureEventPage *self, DureRecord *event)
{
  DureStore *store = dure_desk_get_store (self->desk);
  g_autofree char *kind = dure_store_format (store, event, DURE_EVENT_KIND);
  g_autofree char *venue = dure_store_format (store, event, DURE_EVENT_VENUE);
  g_autofree char *state = dure_store_format (store, event, DURE_EVENT_STATE);
  g_autoptr (DureCalendarItem) item = dure_calendar_item_new (event, NULL);
  g_autofree char *when = item != NULL ? dure_calendar_item_format_when (item) : g_strdup ("");
  g_autoptr (GString) facts = g_string_new (when);
  const char *const rest[] = { venue, kind };

  for (guint i = 0; i < G_N_ELEMENTS (rest); i++)
    if (rest[i] != NULL && *rest[i] != '\0')
      g_string_append_printf (facts, " · %s", rest[i]);
  gtk_label_set_text (GTK_LABEL (self->title), dure_record_get_title (event));
  gtk_widget_set_tooltip_text (self->title, dure_record_get_title (event));
  gtk_label_set_text (GTK_LABEL (self->facts), facts->str);
  gtk_label_set_text (GTK_LABEL (self->state), state != NULL ? state : "");
  dure_event_stepper_load (DURE_EVENT_STEPPER (self->stepper), store, event);
}

static gboolean
load_cb (gpointer user_data)
{
  DureEventPage *self = user_data;
  g_autoptr (DureRecord) event = NULL;

  self->load_source = 0;
  if (self->id == NULL)
    return G_SOURCE_REMOVE;
  event = dure_store_get (dure_desk_get_store (self->desk), DURE_ENTITY_EVENT, self->id, NULL);
  if (event == NULL || dure_record_get_deleted (event))
    g_signal_emit (self, signals[SIGNAL_BACK], 0);
  else
    show_head (self, event);
  return G_SOURCE_REMOVE;
}

static void
queue_load (DureEventPage *self)
{
  if (self->load_source == 0)
    self->load_source = g_idle_add (load_cb, self);
}

static void
back_cb (DureEventPage *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
show_tab_cb (DureEventPage *self, const char *tab)
{
  dure_event_page_show_tab (self, tab);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureEventPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dure_desk_delete_finish (DURE_DESK (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-undo", "s", _("Event deleted"));
}

/* With all that belongs to it, in one step that can be undone. */
static void
delete_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const DureEntityId entities[] = { DURE_ENTITY_REMARK, DURE_ENTITY_ACTION, DURE_ENTITY_AGENDA_ITEM,
                                           DURE_ENTITY_PARTICIPATION, DURE_ENTITY_PART };
  DureEventPage *self = DURE_EVENT_PAGE (widget);
  DureStore *store = self->desk != NULL ? dure_desk_get_store (self->desk) : NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  DureRecord *event = store != NULL ? dure_store_get (store, DURE_ENTITY_EVENT, self->id, NULL) : NULL;

  if (event == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      GPtrArray *some = dure_event_records (store, entities[i], self->id, NULL);

      if (some != NULL)
        g_ptr_array_extend_and_steal (records, some);
    }
  g_ptr_array_add (records, event);
  dure_desk_delete_async (self->desk, _("Delete event"), records, FALSE, NULL, deleted_cb, g_object_ref (self));
}

static void
dure_event_page_dispose (GObject *object)
{
  DureEventPage *self = DURE_EVENT_PAGE (object);

  g_clear_handle_id (&self->load_source, g_source_remove);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (dure_event_page_parent_class)->dispose (object);
}

static void
dure_event_page_class_init (DureEventPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_event_page_dispose;
  signals[SIGNAL_BACK] =
    g_signal_new ("back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "event.delete", NULL, delete_action);
  g_type_ensure (DURE_TYPE_EVENT_ACTIONS);
  g_type_ensure (DURE_TYPE_EVENT_MINUTES);
  g_type_ensure (DURE_TYPE_EVENT_NETWORK);
  g_type_ensure (DURE_TYPE_EVENT_OVERVIEW);
  g_type_ensure (DURE_TYPE_EVENT_PAPERS);
  g_type_ensure (DURE_TYPE_EVENT_PARTS);
  g_type_ensure (DURE_TYPE_EVENT_PEOPLE);
  g_type_ensure (DURE_TYPE_EVENT_STEPPER);
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/meeting/dure-event-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DureEventPage, title);
  gtk_widget_class_bind_template_child (widget_class, DureEventPage, facts);
  gtk_widget_class_bind_template_child (widget_class, DureEventPage, state);
  gtk_widget_class_bind_template_child (widget_class, DureEventPage, stepper);
  gtk_widget_class_bind_template_child (widget_class, DureEventPage, stack);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_tab_cb);
}

static void
dure_event_page_init (DureEventPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dure_event_page_set_event:
 * @self: the page
 * @desk: the desk; the same one each time
 * @id: the event
 *
 * Returns: %FALSE when there is no such event
 */
gboolean
dure_event_page_set_event (DureEventPage *self, DureDesk *desk, const char *id)
{
  g_autoptr (DureRecord) event = NULL;
  gboolean another;

  g_return_val_if_fail (DURE_IS_EVENT_PAGE (self), FALSE);
  g_return_val_if_fail (DURE_IS_DESK (desk), FALSE);

  event = dure_store_get (dure_desk_get_store (desk), DURE_ENTITY_EVENT, id, NULL);
  if (event == NULL || dure_record_get_deleted (event))
    return FALSE;
  if (g_set_object (&self->desk, desk))
    g_signal_connect_object (
      dure_desk_get_store (desk), "changed", G_CALLBACK (queue_load), self, G_CONNECT_SWAPPED);
  another = g_strcmp0 (self->id, id) != 0;
  if (another)
    {
      g_free (self->id);
      self->id = g_strdup (id);
      for (GtkWidget *tab = gtk_widget_get_first_child (self->stack); tab != NULL;
           tab = gtk_widget_get_next_sibling (tab))
        dure_event_tab_set_event (DURE_EVENT_TAB (tab), desk, id);
      dure_event_page_show_tab (self, "overview");
    }
  show_head (self, event);
  return TRUE;
}

/* Returns: (nullable) */
const char *
dure_event_page_get_event_id (DureEventPage *self)
{
  g_return_val_if_fail (DURE_IS_EVENT_PAGE (self), NULL);
  return self->id;
}

/* @tab: overview, parts, people, network, minutes, actions or papers */
void
dure_event_page_show_tab (DureEventPage *self, const char *tab)
{
  g_return_if_fail (DURE_IS_EVENT_PAGE (self));
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->stack), tab);
}

const char *
dure_event_page_get_shown_tab (DureEventPage *self)
{
  g_return_val_if_fail (DURE_IS_EVENT_PAGE (self), NULL);
  return adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->stack));
}

/* Returns: (transfer none) (nullable) */
GtkWidget *
dure_event_page_get_tab (DureEventPage *self, const char *tab)
{
  g_return_val_if_fail (DURE_IS_EVENT_PAGE (self), NULL);
  return adw_view_stack_get_child_by_name (ADW_VIEW_STACK (self->stack), tab);
}

/* The only search in an event is among those invited. */
void
dure_event_page_search (DureEventPage *self)
{
  g_return_if_fail (DURE_IS_EVENT_PAGE (self));
  dure_event_page_show_tab (self, "people");
  dure_event_people_search (DURE_EVENT_PEOPLE (dure_event_page_get_tab (self, "people")), NULL);
}
