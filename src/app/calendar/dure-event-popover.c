/* dure-event-popover.c: the essentials of an event and the way to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-calendar"
#include "config.h"

#include "app/calendar/dure-event-popover.h"

#include <glib/gi18n-lib.h>

#include "domain/dure-event.h"

static void
add_line (GtkBox *box, const char *icon, const char *text)
{
  GtkWidget *line, *label;

  if (text == NULL || *text == '\0')
    return;
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  label = gtk_label_new (text);
  gtk_widget_add_css_class (line, "dim-label");
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name (icon));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (box, line);
}

static void
close_cb (GtkPopover *popover)
{
  gtk_popover_popdown (popover);
}

/**
 * dure_event_popover_new:
 * @store: the reader, for the replies
 * @item: the event
 *
 * Returns: (transfer floating): a popover; its button runs `win.open`
 */
GtkWidget *
dure_event_popover_new (DureStore *store, DureCalendarItem *item)
{
  const DureEntity *entity = dure_entity (DURE_ENTITY_EVENT);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (dure_calendar_item_get_title (item));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_button_new_with_label (_("Open"));
  DureRecord *event = dure_calendar_item_get_event (item);
  const char *state = dure_record_get (event, DURE_EVENT_STATE);
  const DureChoice *choice;
  g_autofree char *when = dure_calendar_item_format_when (item);
  g_autofree char *class = g_strconcat ("kind-", dure_calendar_item_get_kind (item), NULL);
  g_autofree char *kind = NULL;
  DureReplies replies = { 0 };

  gtk_widget_set_size_request (box, 260, -1);
  gtk_widget_add_css_class (title, "title-4");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (title), 30);
  gtk_box_append (GTK_BOX (box), title);

  choice = dure_field_choice (dure_entity_field (entity, DURE_EVENT_KIND), dure_calendar_item_get_kind (item));
  kind = g_strdup (choice != NULL ? dure_choice_label (choice) : "");
  choice = state != NULL ? dure_field_choice (dure_entity_field (entity, DURE_EVENT_STATE), state) : NULL;
  if (choice != NULL)
    {
      g_autofree char *plain = g_steal_pointer (&kind);

      kind = g_strdup_printf ("%s · %s", plain, dure_choice_label (choice));
    }
  gtk_widget_add_css_class (dot, "kind-dot");
  gtk_widget_add_css_class (dot, class);
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_end (dot, 6);
  gtk_widget_set_margin_start (dot, 3);
  gtk_box_append (GTK_BOX (line), dot);
  gtk_box_append (GTK_BOX (line), gtk_label_new (kind));
  gtk_box_append (GTK_BOX (box), line);

  add_line (GTK_BOX (box), "x-office-calendar-symbolic", when);
  add_line (GTK_BOX (box), "dure-venue-symbolic", dure_calendar_item_get_venue (item));
  if (dure_event_count_replies (store, dure_calendar_item_get_id (item), &replies, NULL) && replies.invited > 0)
    {
      g_autofree char *text = g_strdup_printf (_("Replies %u/%u"), replies.invited - replies.none, replies.invited);

      add_line (GTK_BOX (box), "dure-person-symbolic", text);
    }

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", "event", dure_calendar_item_get_id (item));
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_margin_top (button, 6);
  g_signal_connect_object (button, "clicked", G_CALLBACK (close_cb), popover, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_popover_set_default_widget (GTK_POPOVER (popover), button);
  return popover;
}
