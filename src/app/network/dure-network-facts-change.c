/* dure-network-facts-change.c: the panel speaks of two periods
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-facts-private.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-ties.h"

static void
add_changes (DureNetworkFacts            *self,
             const DureNetworkComparison *comparison,
             DureNetworkChange            change,
             const char                  *title)
{
  const DureNetwork *network = comparison->network;
  GtkBox            *group = NULL;
  GtkWidget         *list = NULL;
  guint              n = 0;

  for (guint t = 0; t < network->n_ties; t++)
    {
      const DureNetworkTie *tie = &network->ties[t];
      GtkWidget            *row;
      g_autofree char      *names = NULL;
      g_autofree char      *layers = NULL;

      if (comparison->tie_change[t] != change || n++ >= DURE_FACTS_ROWS_MOST)
        continue;
      if (group == NULL)
        {
          group = dure_facts_add_group (self, title);
          list = dure_facts_new_list ();
          gtk_box_append (group, list);
        }
      layers = dure_network_tie_layers (tie, TRUE);
      names = g_strdup_printf ("%s · %s", network->nodes[tie->to].name, layers);
      row = dure_network_agency_row (network, tie->from, names);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "network.select-tie");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", network->nodes[tie->from].id,
                                        network->nodes[tie->to].id);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  if (n > DURE_FACTS_ROWS_MOST)
    {
      g_autofree char *more = g_strdup_printf (_ ("and %u more"), n - DURE_FACTS_ROWS_MOST);

      dure_facts_add_text (group, more, "caption", TRUE);
    }
}

void
dure_facts_show_change (DureNetworkFacts *self, const DureNetworkComparison *comparison)
{
  g_autoptr (GPtrArray) sentences = dure_network_comparison_sentences (comparison);
  GtkBox *group = dure_facts_add_group (self, _ ("Two periods"));

  for (guint i = 0; i < sentences->len; i++)
    dure_facts_add_text (group, g_ptr_array_index (sentences, i), NULL, i > 0);
  add_changes (self, comparison, DURE_CHANGE_NEW, _ ("New ties"));
  add_changes (self, comparison, DURE_CHANGE_LOST, _ ("Lost ties"));
}
