/* dure-event-stepper.c: where an event stands: prepared, announced, replied, held, reported
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps are computed, nobody sets them: prepared has a venue, parts and somebody invited; announced has the day of
 * the notice; replied lacks no reply; held says so or is over; reported has its registration number or, where there is
 * an agenda, a result for each item.
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-event-stepper.h"

#include <glib/gi18n-lib.h>

#include "base/dure-date.h"

struct _DureEventStepper
{
  GtkBox parent_instance;

  GtkWidget *steps[DURE_EVENT_N_STEPS];
  GtkWidget *marks[DURE_EVENT_N_STEPS];
  GtkWidget *labels[DURE_EVENT_N_STEPS];
  int        step;
};

G_DEFINE_FINAL_TYPE (DureEventStepper, dure_event_stepper, GTK_TYPE_BOX)

static const char *const names[DURE_EVENT_N_STEPS] = {
  NC_ ("step of an event", "Prepare"), NC_ ("step of an event", "Notice"), NC_ ("step of an event", "Replies"),
  NC_ ("step of an event", "Held"),    NC_ ("step of an event", "Result"),
};

static void
dure_event_stepper_class_init (DureEventStepperClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "event-stepper");
}

static void
dure_event_stepper_init (DureEventStepper *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  for (int i = 0; i < DURE_EVENT_N_STEPS; i++)
    {
      const char *name = g_dpgettext2 (GETTEXT_PACKAGE, "step of an event", names[i]);

      if (i > 0)
        {
          GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

          gtk_widget_set_valign (line, GTK_ALIGN_CENTER);
          gtk_widget_set_size_request (line, 18, -1);
          gtk_box_append (GTK_BOX (self), line);
        }
      self->steps[i] = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      gtk_widget_add_css_class (self->steps[i], "step");
      self->marks[i] = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->marks[i], "mark");
      gtk_widget_set_valign (self->marks[i], GTK_ALIGN_CENTER);
      self->labels[i] = gtk_label_new (name);
      gtk_box_append (GTK_BOX (self->steps[i]), self->marks[i]);
      gtk_box_append (GTK_BOX (self->steps[i]), self->labels[i]);
      gtk_box_append (GTK_BOX (self), self->steps[i]);
    }
}

static gboolean
all_decided (DureStore *store, const char *id)
{
  g_autoptr (GPtrArray) agenda = dure_event_records (store, DURE_ENTITY_AGENDA_ITEM, id, NULL);

  for (guint i = 0; agenda != NULL && i < agenda->len; i++)
    if (dure_record_get (g_ptr_array_index (agenda, i), DURE_AGENDA_ITEM_RESULT) == NULL
        && dure_record_get (g_ptr_array_index (agenda, i), DURE_AGENDA_ITEM_DECISION) == NULL)
      return FALSE;
  return agenda != NULL && agenda->len > 0;
}

/**
 * dure_event_stepper_load:
 * @self: a stepper
 * @store: the reader
 * @event: the event as it stands
 */
void
dure_event_stepper_load (DureEventStepper *self, DureStore *store, DureRecord *event)
{
  const char *id, *end;
  g_autoptr (GPtrArray) parts = NULL;
  g_autofree char *now = dure_now_local ();
  DureReplies replies = { 0 };
  gboolean done[DURE_EVENT_N_STEPS];

  g_return_if_fail (DURE_IS_EVENT_STEPPER (self));
  g_return_if_fail (DURE_IS_RECORD (event));

  id = dure_record_get_id (event);
  end = dure_record_get (event, DURE_EVENT_END);
  parts = dure_event_records (store, DURE_ENTITY_PART, id, NULL);
  dure_event_count_replies (store, id, &replies, NULL);
  done[0] = dure_record_get (event, DURE_EVENT_VENUE) != NULL && parts != NULL && parts->len > 0 && replies.invited > 0;
  done[1] = dure_record_get (event, DURE_EVENT_NOTICE_SENT) != NULL;
  done[2] = replies.invited > 0 && replies.none == 0;
  done[3] = g_strcmp0 (dure_record_get (event, DURE_EVENT_STATE), "held") == 0 || g_strcmp0 (end, now) < 0;
  done[4] = done[3] && (dure_record_get (event, DURE_EVENT_REGISTRATION) != NULL || all_decided (store, id));

  /* An event that was held is past its replies, however many came. */
  self->step = done[3] ? 4 : 0;
  while (self->step < DURE_EVENT_N_STEPS && done[self->step])
    self->step++;
  for (int i = 0; i < DURE_EVENT_N_STEPS; i++)
    {
      g_autofree char *number = g_strdup_printf ("%d", i + 1);
      const char *state;
      g_autofree char *spoken = NULL;

      gtk_label_set_text (GTK_LABEL (self->marks[i]), done[i] ? "✓" : number);
      gtk_widget_remove_css_class (self->steps[i], "done");
      gtk_widget_remove_css_class (self->steps[i], "current");
      if (done[i])
        gtk_widget_add_css_class (self->steps[i], "done");
      else if (i == self->step)
        gtk_widget_add_css_class (self->steps[i], "current");
      state = done[i] ? _("done") : i == self->step ? _("now") : _("open");
      spoken = g_strdup_printf ("%s: %s", gtk_label_get_text (GTK_LABEL (self->labels[i])), state);
      gtk_accessible_update_property (
        GTK_ACCESSIBLE (self->labels[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
    }
}

/* Returns: the step that comes next, 0–4; 5 when all is done */
int
dure_event_stepper_get_step (DureEventStepper *self)
{
  g_return_val_if_fail (DURE_IS_EVENT_STEPPER (self), 0);
  return self->step;
}
