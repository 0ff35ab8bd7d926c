/* dure-meeting-network-view.c: the widgets of the event's network tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-meeting-network-private.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-meeting-rows.h"

/* Width of the lists; the picture takes the rest. */
#define LISTS_WIDTH 342

/* Says as long as it lasts that what is seen is only supposed, and what would change. */
GtkWidget *
dure_meeting_network_new_trial_bar (DureMeetingNetwork *self)
{
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *word = gtk_label_new (_ ("Supposed"));
  GtkWidget *back = gtk_button_new_with_label (_ ("Back to How It Is"));

  self->trial_bar = GTK_REVEALER (revealer);
  self->trial_text = GTK_LABEL (dure_meeting_label (NULL, "heading"));
  self->trial_sentences = GTK_LABEL (dure_meeting_label (NULL, "trial-sentences"));
  gtk_widget_set_valign (word, GTK_ALIGN_START);
  gtk_widget_add_css_class (word, "trial-word");
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->trial_text));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->trial_sentences));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "meeting.back");
  gtk_widget_set_valign (back, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (back, "suggested-action");
  gtk_box_append (GTK_BOX (line), word);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), back);
  gtk_widget_add_css_class (line, "trial-bar");
  gtk_revealer_set_child (GTK_REVEALER (revealer), line);
  return revealer;
}

static GtkWidget *
new_waiting (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), dure_meeting_label (_ ("The picture is being drawn"), "dim-label"));
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_can_target (box, FALSE);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

GtkWidget *
dure_meeting_network_new_before (DureMeetingNetwork *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->canvas = DURE_NETWORK_CANVAS (dure_network_canvas_new ());
  self->bar = DURE_MEETING_BAR (dure_meeting_bar_new ());
  self->lists = DURE_MEETING_LISTS (dure_meeting_lists_new ());
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->canvas));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->bar));
  self->waiting = new_waiting ();
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->waiting);
  gtk_widget_set_hexpand (overlay, TRUE);
  /* As wide as it is told, not as its longest sentence would like. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->lists));
  gtk_widget_set_size_request (scrolled, LISTS_WIDTH, -1);
  gtk_widget_set_hexpand (scrolled, FALSE);
  gtk_box_append (GTK_BOX (line), overlay);
  gtk_box_append (GTK_BOX (line), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (line), scrolled);
  return line;
}
