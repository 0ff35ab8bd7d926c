/* dure-network-facts-several.c: the panel speaks of several agencies
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

static GArray *
selected_nodes (DureNetworkFacts *self)
{
  GArray       *nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  GtkBitsetIter iter;
  guint         node;

  if (gtk_bitset_iter_init_first (&iter, self->selection, &node))
    do
      g_array_append_val (nodes, node);
    while (gtk_bitset_iter_next (&iter, &node));
  return nodes;
}

static gboolean
any_pinned (const DureNetworkPlaces *places, const GArray *nodes)
{
  for (guint i = 0; i < nodes->len; i++)
    if (g_array_index (nodes, guint, i) < places->n && places->pinned[g_array_index (nodes, guint, i)])
      return TRUE;
  return FALSE;
}

/* Ties among them, and how many of them have none there. */
static void
count_among (DureNetworkFacts *self, const GArray *nodes, guint *ties, GArray *alone)
{
  const DureGraph *graph = self->network->graph;

  *ties = 0;
  for (guint i = 0; i < nodes->len; i++)
    {
      guint node = g_array_index (nodes, guint, i);
      guint n = 0;

      for (guint k = graph->first[node]; k < graph->first[node + 1]; k++)
        n += gtk_bitset_contains (self->selection, graph->neighbours[k]) ? 1 : 0;
      *ties += n;
      if (n == 0)
        g_array_append_val (alone, node);
    }
  *ties /= 2;
}

static void
add_ties (DureNetworkFacts *self, DureNetworkModel *model, const GArray *nodes)
{
  GtkBox *group = dure_facts_add_group (self, _ ("Ties among them"));
  guint   shown = 0;

  for (guint i = 0; i < nodes->len && shown < DURE_FACTS_ROWS_MOST; i++)
    {
      guint node = g_array_index (nodes, guint, i);
      g_autoptr (GtkBitset) later = gtk_bitset_copy (self->selection);
      guint n;

      /* Each tie once: at the first of its two. */
      gtk_bitset_remove_range_closed (later, 0, node);
      n = dure_network_ties_count (self->network, node, later);
      if (n == 0)
        continue;
      shown += n;
      dure_facts_add_text (group, self->network->nodes[node].name, NULL, TRUE);
      gtk_box_append (group, dure_network_ties_new (model, node, later));
    }
}

void
dure_facts_show_several (DureNetworkFacts *self, DureNetworkModel *model)
{
  g_autoptr (GArray) nodes = selected_nodes (self);
  g_autoptr (GArray) alone = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *title = dure_network_count_agencies (nodes->len);
  g_autofree char *names = dure_network_names (self->network, nodes, 8);
  g_autofree char *count = NULL;
  g_autofree char *sentence = NULL;
  GtkBox          *group = dure_facts_add_group (self, NULL);
  GtkWidget       *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  guint            ties;

  count_among (self, nodes, &ties, alone);
  dure_facts_add_text (group, title, "title-4", FALSE);
  dure_facts_add_text (group, names, "caption", TRUE);
  count = dure_network_count_ties (ties);
  /* Translators: %s is «3 ties». */
  sentence = g_strdup_printf (_ ("Among them: %s."), count);
  dure_facts_add_text (group, sentence, NULL, FALSE);
  if (alone->len > 0)
    {
      g_autofree char *alone_names = dure_network_names (self->network, alone, 6);
      g_autofree char *line = g_strdup_printf (_ ("Tied to none of the others: %s"), alone_names);

      dure_facts_add_text (group, line, NULL, FALSE);
    }
  gtk_box_append (GTK_BOX (buttons), dure_facts_new_button (_ ("Show in List"), "network.show-list", NULL));
  if (any_pinned (dure_network_model_get_places (model), nodes))
    gtk_box_append (GTK_BOX (buttons), dure_facts_new_button (_ ("Unpin"), "network.unpin", NULL));
  gtk_box_append (group, buttons);
  gtk_box_append (group, dure_network_without_new (self->network, self->selection));
  if (ties > 0)
    add_ties (self, model, nodes);
}
