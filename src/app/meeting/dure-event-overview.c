/* dure-event-overview.c: what is ready, and the fields of an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-event-overview.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/dure-history-group.h"
#include "app/widgets/dure-record-form.h"

struct _DureEventOverview
{
  DureEventTab parent_instance;

  GtkWidget *box;
  GtkWidget *warning;
  GtkWidget *ready;
  GtkWidget *form;
  GtkWidget *history;
};

enum
{
  SIGNAL_SHOW_TAB,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DureEventOverview, dure_event_overview, DURE_TYPE_EVENT_TAB)

/* Returns: the tab of the event page where it is done */
const char *
dure_ready_tab (DureReady what)
{
  switch (what)
    {
    case DURE_READY_PROGRAMME:
    case DURE_READY_LECTURER:
      return "parts";
    case DURE_READY_REPLIES:
      return "people";
    case DURE_READY_VENUE:
    case DURE_READY_NOTICE:
    default:
      return "overview";
    }
}

/* Returns: (transfer floating): a small button that says what is ready or missing, by sign and colour */
GtkWidget *
dure_ready_button_new (const DureReadiness *ready)
{
  GtkWidget *button = gtk_button_new ();
  const char *sign = ready->done ? "✓" : ready->late ? "!" : "○";
  const char *state = ready->done ? _("ready") : ready->late ? _("late") : _("open");
  g_autofree char *text = g_strdup_printf ("%s %s", sign, ready->label);
  g_autofree char *name = g_strdup_printf ("%s: %s", ready->label, state);

  gtk_button_set_label (GTK_BUTTON (button), text);
  gtk_widget_add_css_class (button, "ready");
  gtk_widget_add_css_class (button, ready->done ? "done" : ready->late ? "late" : "open");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static void
ready_clicked_cb (DureEventOverview *self, GtkButton *button)
{
  DureReady what = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "what"));
  DureFieldRow *row = NULL;

  if (what == DURE_READY_VENUE)
    row = dure_record_form_get_row (DURE_RECORD_FORM (self->form), DURE_EVENT_VENUE);
  else if (what == DURE_READY_NOTICE)
    row = dure_record_form_get_row (DURE_RECORD_FORM (self->form), DURE_EVENT_NOTICE_SENT);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else
    g_signal_emit (self, signals[SIGNAL_SHOW_TAB], 0, dure_ready_tab (what));
}

static gpointer
retime_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (dure_event_retime (store, data, error));
}

/* The writer's thread takes the start first, then the parts follow it. */
static void
edited_cb (DureEventOverview *self, guint field)
{
  DureEventTab *tab = DURE_EVENT_TAB (self);

  if (field == DURE_EVENT_START)
    dure_event_tab_run (tab, retime_func, g_strdup (dure_event_tab_get_event_id (tab)), g_free, NULL);
}

static void
dure_event_overview_load (DureEventTab *tab, DureRecord *event)
{
  DureEventOverview *self = DURE_EVENT_OVERVIEW (tab);
  DureStore *store = dure_event_tab_get_store (tab);
  DureReplies replies = { 0 };
  g_autoptr (GPtrArray) ready = dure_event_readiness (store, event, &replies, NULL);
  g_autofree char *warning = dure_event_notice_warning (store, event);
  GtkWidget *child;

  if (self->form == NULL)
    {
      DureDesk *desk = dure_event_tab_get_desk (tab);

      self->form = dure_record_form_new (desk, DURE_ENTITY_EVENT);
      g_signal_connect_object (self->form, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->box), self->form);
      self->history = dure_history_group_new (desk);
      gtk_box_append (GTK_BOX (self->box), self->history);
    }
  dure_record_form_set_record (DURE_RECORD_FORM (self->form), event);
  dure_history_group_set_record (DURE_HISTORY_GROUP (self->history), event);

  while ((child = gtk_widget_get_first_child (self->ready)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->ready), child);
  for (guint i = 0; ready != NULL && i < ready->len; i++)
    {
      const DureReadiness *item = g_ptr_array_index (ready, i);
      GtkWidget *button = dure_ready_button_new (item);

      g_object_set_data (G_OBJECT (button), "what", GINT_TO_POINTER (item->what));
      g_signal_connect_object (button, "clicked", G_CALLBACK (ready_clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_flow_box_append (GTK_FLOW_BOX (self->ready), button);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
  gtk_label_set_text (GTK_LABEL (self->warning), warning != NULL ? warning : "");
  gtk_widget_set_visible (self->warning, warning != NULL);
}

static void
dure_event_overview_class_init (DureEventOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DURE_EVENT_TAB_CLASS (klass)->load = dure_event_overview_load;
  signals[SIGNAL_SHOW_TAB] = g_signal_new (
    "show-tab", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/meeting/dure-event-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, DureEventOverview, box);
  gtk_widget_class_bind_template_child (widget_class, DureEventOverview, warning);
  gtk_widget_class_bind_template_child (widget_class, DureEventOverview, ready);
}

static void
dure_event_overview_init (DureEventOverview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
