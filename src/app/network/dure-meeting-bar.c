/* dure-meeting-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-meeting-bar.h"

#include <glib/gi18n-lib.h>

struct _DureMeetingBar
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel    *names;
  GtkBox      *buttons;
};

G_DEFINE_FINAL_TYPE (DureMeetingBar, dure_meeting_bar, ADW_TYPE_BIN)

static void
dure_meeting_bar_class_init (DureMeetingBarClass *class)
{
}

static void
dure_meeting_bar_init (DureMeetingBar *self)
{
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *names = gtk_label_new (NULL);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_label_set_ellipsize (GTK_LABEL (names), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (names, "heading");
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), names);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "meeting-bar");
  gtk_revealer_set_child (GTK_REVEALER (revealer), box);
  gtk_revealer_set_transition_type (GTK_REVEALER (revealer), GTK_REVEALER_TRANSITION_TYPE_CROSSFADE);
  adw_bin_set_child (ADW_BIN (self), revealer);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_END);
  self->revealer = GTK_REVEALER (revealer);
  self->names = GTK_LABEL (names);
  self->buttons = GTK_BOX (buttons);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/** dure_meeting_bar_new: (transfer floating): a bar that is not seen. */
GtkWidget *
dure_meeting_bar_new (void)
{
  return g_object_new (DURE_TYPE_MEETING_BAR, NULL);
}

static void
add_button (DureMeetingBar *self, const char *label, const char *tooltip, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_box_append (self->buttons, button);
}

static gboolean
is_invited (const DureMeetingReading *reading, const char *id)
{
  return g_strv_contains ((const char *const *)reading->briefing->room, id);
}

static void
show_one (DureMeetingBar *self, const DureMeetingReading *reading, const DureMeetingTrial *trial, guint node)
{
  const DureNetworkNode *agency = &reading->picture->nodes[node];
  const char *const      ids[] = { agency->id, NULL };
  const gboolean         absent = dure_meeting_trial_is_absent (trial, agency->id);

  gtk_label_set_text (self->names, agency->name);
  if (absent)
    add_button (self, _ ("With it again"), NULL, "meeting.without", g_variant_new ("(^asb)", ids, FALSE));
  else if (is_invited (reading, agency->id))
    add_button (self, _ ("What if it does not come?"), _ ("Only supposes it; nothing is changed"), "meeting.without",
                g_variant_new ("(^asb)", ids, TRUE));
  else
    {
      add_button (self, _ ("Invite"), NULL, "meeting.invite", g_variant_new ("s", agency->id));
      add_button (self, _ ("What if it were gone?"), _ ("Only supposes it; nothing is changed"), "meeting.without",
                  g_variant_new ("(^asb)", ids, TRUE));
    }
  add_button (self, _ ("Open Agency"), NULL, "win.open", g_variant_new ("(ss)", "agency", agency->id));
}

static void
show_two (DureMeetingBar *self, const DureMeetingReading *reading, guint a, guint b)
{
  const DureNetwork *network = reading->picture;
  g_autofree char   *names = g_strdup_printf ("%s – %s", network->nodes[a].label, network->nodes[b].label);
  g_autofree char   *title = dure_meeting_introduction_title (network->nodes[a].name, network->nodes[b].name);
  g_autofree char   *other = dure_meeting_introduction_title (network->nodes[b].name, network->nodes[a].name);

  gtk_label_set_text (self->names, names);
  if (dure_graph_find_tie (network->graph, a, b, NULL))
    return;
  add_button (self, _ ("What if they worked together?"), _ ("Only supposes it; nothing is changed"), "meeting.join",
              g_variant_new ("(ss)", network->nodes[a].id, network->nodes[b].id));
  if (is_invited (reading, network->nodes[a].id) && is_invited (reading, network->nodes[b].id)
      && !g_hash_table_contains (reading->actions, title) && !g_hash_table_contains (reading->actions, other))
    add_button (self, _ ("Introduce"), _ ("Makes it an action of this event"), "meeting.introduce",
                g_variant_new ("(ss)", network->nodes[a].id, network->nodes[b].id));
}

/**
 * dure_meeting_bar_show:
 * @reading: (nullable): what is known
 * @trial: what is supposed
 * @selection: (nullable): nodes of the picture
 *
 * Offers what can be done with one agency or with two; when that is nothing it is not seen.
 */
void
dure_meeting_bar_show (DureMeetingBar           *self,
                       const DureMeetingReading *reading,
                       const DureMeetingTrial   *trial,
                       GtkBitset                *selection)
{
  const guint64 n = selection != NULL && reading != NULL ? gtk_bitset_get_size (selection) : 0;
  GtkWidget    *child;
  gboolean      offers;

  g_return_if_fail (DURE_IS_MEETING_BAR (self));

  if (n == 0 || gtk_bitset_get_maximum (selection) >= reading->picture->n_nodes)
    {
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))) != NULL)
    gtk_box_remove (self->buttons, child);
  if (n == 1)
    show_one (self, reading, trial, gtk_bitset_get_minimum (selection));
  else if (n == 2)
    show_two (self, reading, gtk_bitset_get_minimum (selection), gtk_bitset_get_maximum (selection));
  offers = gtk_widget_get_first_child (GTK_WIDGET (self->buttons)) != NULL;
  gtk_widget_set_visible (GTK_WIDGET (self), offers);
  gtk_revealer_set_reveal_child (self->revealer, offers);
}
