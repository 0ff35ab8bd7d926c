/* dure-network-facts-agency.c: the panel speaks of one agency
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-facts-private.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-ties.h"
#include "app/network/dure-network-without.h"
#include "app/network/dure-network-words.h"

static void
named_cb (GtkEntry *entry, GtkWidget *popover)
{
  guint community = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (entry), "community"));

  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_activate_action (GTK_WIDGET (entry), "network.name-community", "(us)", community,
                              gtk_editable_get_text (GTK_EDITABLE (entry)));
}

/* The name of its community, with a button to give it another. */
static void
add_community (GtkBox *group, DureNetworkModel *model, guint node)
{
  const DureAnalysis    *analysis = dure_network_model_get_analysis (model);
  const DureNetworkView *view = dure_network_model_get_view (model);
  GtkWidget             *line;
  GtkWidget             *label;
  GtkWidget             *button;
  GtkWidget             *popover;
  GtkWidget             *entry;
  g_autofree char       *name = NULL;
  g_autofree char       *text = NULL;

  if (analysis == NULL || analysis->degree[node] == 0)
    return;
  name = dure_network_community_name (view, analysis->community[node]);
  text = g_strdup_printf (_ ("Community: %s"), name);
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  label = dure_network_new_text (text, NULL, FALSE);
  gtk_widget_set_hexpand (label, TRUE);
  button = gtk_menu_button_new ();
  popover = gtk_popover_new ();
  entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 60);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name of the community"),
                                  -1);
  g_object_set_data (G_OBJECT (entry), "community", GUINT_TO_POINTER (analysis->community[node]));
  g_signal_connect_object (entry, "activate", G_CALLBACK (named_cb), popover, 0);
  gtk_popover_set_child (GTK_POPOVER (popover), entry);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "document-edit-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Rename the Community"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Rename the Community"),
                                  -1);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (group, line);
}

static void
add_head (DureNetworkFacts *self, GtkBox *group, DureNetworkModel *model, guint node)
{
  const DureNetworkNode   *agency = &self->network->nodes[node];
  const DureNetworkPlaces *places = dure_network_model_get_places (model);
  GtkWidget               *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char         *kind = dure_network_kind_label (agency->kind);
  g_autofree char *facts = g_strjoin (" · ", kind, dure_sector_label (agency->sector), dure_area_label (agency->area),
                                      agency->region_name, NULL);

  dure_facts_add_text (group, agency->name, "title-4", FALSE);
  dure_facts_add_text (group, facts, "caption", TRUE);
  if (agency->council_seats > 0)
    {
      g_autofree char *seats = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%u seat in the council", "%u seats in the council", agency->council_seats),
          agency->council_seats);

      dure_facts_add_text (group, seats, "caption", TRUE);
    }
  gtk_box_append (GTK_BOX (buttons),
                  dure_facts_new_button (_ ("Open Agency"), "win.open", g_variant_new ("(ss)", "agency", agency->id)));
  if (node < places->n && places->pinned[node])
    gtk_box_append (GTK_BOX (buttons), dure_facts_new_button (_ ("Unpin"), "network.unpin", NULL));
  gtk_box_append (group, buttons);
  add_community (group, model, node);
}

static void
add_measures (DureNetworkFacts *self, DureNetworkModel *model, guint node)
{
  const DureAnalysis        *analysis = dure_network_model_get_analysis (model);
  const DureNetworkGrouping *grouping = dure_network_model_get_grouping (model);
  const DureGroups          *groups = dure_network_model_get_groups (model);
  g_autofree const char    **names = NULL;
  g_autoptr (GPtrArray) sentences = NULL;

  if (dure_network_model_get_comparison (model) != NULL)
    return;
  if (analysis == NULL)
    {
      dure_facts_add_text (dure_facts_add_group (self, NULL), _ ("The measures are being computed."), NULL, TRUE);
      return;
    }
  if (grouping != NULL)
    {
      names = g_new0 (const char *, (gsize)grouping->n_classes + 1);
      for (guint i = 0; i < grouping->n_classes; i++)
        names[i] = grouping->classes[i].label;
    }
  sentences = dure_network_sentences_agency (self->network, analysis, groups, names, node);
  dure_facts_add_sentences (self, dure_facts_add_group (self, _ ("What it means")), sentences);
}

/* A body or a member, in the picture of the council. */
static void
show_seat_holder (DureNetworkFacts *self, guint node)
{
  const DureGraph       *graph = self->network->graph;
  const DureNetworkNode *holder = &self->network->nodes[node];
  GtkBox                *group = dure_facts_add_group (self, NULL);
  GtkWidget             *list = dure_facts_new_list ();
  guint                  n = graph->first[node + 1] - graph->first[node];

  dure_facts_add_text (group, holder->name, "title-4", FALSE);
  gtk_box_append (group, dure_facts_new_button (_ ("Open"), "win.open",
                                                g_variant_new ("(ss)", dure_network_node_entity (holder), holder->id)));
  for (guint k = 0; k < MIN (n, DURE_FACTS_ROWS_MOST); k++)
    {
      guint      other = graph->neighbours[graph->first[node] + k];
      GtkWidget *row = dure_network_agency_row (self->network, other, NULL);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "network.select");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", self->network->nodes[other].id);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  gtk_box_append (group, list);
  if (n > DURE_FACTS_ROWS_MOST)
    {
      g_autofree char *more = g_strdup_printf (_ ("and %u more"), n - DURE_FACTS_ROWS_MOST);

      dure_facts_add_text (group, more, "caption", TRUE);
    }
}

static void
show_agency (DureNetworkFacts *self, DureNetworkModel *model, guint node)
{
  GtkBox          *group = dure_facts_add_group (self, NULL);
  guint            n = dure_network_ties_count (self->network, node, NULL);
  g_autofree char *count = dure_network_count_agencies (n);
  g_autofree char *title = NULL;

  add_head (self, group, model, node);
  if (n == 0)
    {
      dure_facts_add_text (group, _ ("No tie to any other agency is on record."), NULL, FALSE);
      return;
    }
  gtk_box_append (group, dure_network_without_new (self->network, self->selection));
  add_measures (self, model, node);
  /* Translators: heading of the list of partners; %s is «3 agencies». */
  title = g_strdup_printf (_ ("Partners: %s"), count);
  gtk_box_append (dure_facts_add_group (self, title), dure_network_ties_new (model, node, NULL));
}

void
dure_facts_show_agency (DureNetworkFacts *self, DureNetworkModel *model, guint node)
{
  if (self->network->nodes[node].type == DURE_NODE_AGENCY)
    show_agency (self, model, node);
  else
    show_seat_holder (self, node);
}
