/* dure-network-around.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-around.h"

typedef struct
{
  guint  node;
  guint  steps;
  double weight; /* of the strongest tie that leads there */
} Reached;

static int
compare_reached (gconstpointer left, gconstpointer right)
{
  const Reached *x = left;
  const Reached *y = right;

  if (x->steps != y->steps)
    return x->steps < y->steps ? -1 : 1;
  if (x->weight != y->weight)
    return x->weight > y->weight ? -1 : 1;
  return x->node < y->node ? -1 : x->node > y->node;
}

static int
compare_nodes (gconstpointer left, gconstpointer right)
{
  const guint *x = left;
  const guint *y = right;

  return *x < *y ? -1 : *x > *y;
}

/* Adds the neighbours of @node that are not there yet. */
static void
reach (const DureGraph *graph, guint node, guint steps, GArray *reached, gboolean *seen)
{
  for (guint k = graph->first[node]; k < graph->first[node + 1]; k++)
    {
      const guint v = graph->neighbours[k];
      Reached     one = { v, steps, graph->weights[k] };

      if (seen[v])
        continue;
      seen[v] = TRUE;
      g_array_append_val (reached, one);
    }
}

/**
 * dure_network_around:
 * @network: the whole network
 * @node: an agency
 * @few: with fewer partners than this, theirs are shown too
 * @most: how many agencies besides @node at most; the nearest by the strongest ties
 *
 * Returns: (transfer full): @node with those around it and all ties between them
 */
DureNetwork *
dure_network_around (const DureNetwork *network, guint node, guint few, guint most)
{
  const DureGraph     *graph = network->graph;
  g_autofree gboolean *seen = g_new0 (gboolean, (gsize)network->n_nodes + 1);
  g_autofree guint    *number = g_new (guint, (gsize)network->n_nodes + 1);
  g_autoptr (GArray) reached = g_array_new (FALSE, FALSE, sizeof (Reached));
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) agencies = g_array_new (FALSE, FALSE, sizeof (DureNetworkNode));
  g_autoptr (GArray) ties = g_array_new (FALSE, FALSE, sizeof (DureNetworkTie));

  g_return_val_if_fail (node < network->n_nodes, NULL);

  seen[node] = TRUE;
  reach (graph, node, 1, reached, seen);
  if (reached->len < few)
    for (guint i = 0, n = reached->len; i < n; i++)
      reach (graph, g_array_index (reached, Reached, i).node, 2, reached, seen);
  g_array_sort (reached, compare_reached);
  g_array_set_size (reached, MIN (reached->len, most));
  g_array_append_val (nodes, node);
  for (guint i = 0; i < reached->len; i++)
    g_array_append_val (nodes, g_array_index (reached, Reached, i).node);
  g_array_sort (nodes, compare_nodes);
  for (guint v = 0; v < network->n_nodes; v++)
    number[v] = G_MAXUINT;
  for (guint i = 0; i < nodes->len; i++)
    {
      const guint v = g_array_index (nodes, guint, i);

      number[v] = i;
      g_array_append_val (agencies, network->nodes[v]);
    }
  for (guint i = 0; i < nodes->len; i++)
    {
      const guint v = g_array_index (nodes, guint, i);

      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        if (v < graph->neighbours[k] && number[graph->neighbours[k]] != G_MAXUINT)
          {
            DureNetworkTie tie = network->ties[graph->tie_of[k]];

            tie.from = number[tie.from];
            tie.to = number[tie.to];
            g_array_append_val (ties, tie);
          }
    }
  return dure_network_new ((const DureNetworkNode *)(gpointer)agencies->data, agencies->len,
                           (const DureNetworkTie *)(gpointer)ties->data, ties->len);
}
