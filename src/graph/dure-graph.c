/* dure-graph.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-graph.h"

#include <stdlib.h>

static int
compare_ties (const void *left, const void *right)
{
  const DureGraphTie *x = left;
  const DureGraphTie *y = right;

  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  if (x->b != y->b)
    return x->b < y->b ? -1 : 1;
  /* Equal weights first or last does not matter, but sums of doubles must not depend on the order of the input. */
  return (x->weight > y->weight) - (x->weight < y->weight);
}

static void
build_adjacency (DureGraph *self)
{
  g_autofree guint *fill = g_new (guint, self->n_nodes + 1);

  self->first = g_new0 (guint, self->n_nodes + 1);
  self->neighbours = g_new (guint, 2 * (gsize)self->n_ties + 1);
  self->weights = g_new (double, 2 * (gsize)self->n_ties + 1);
  self->tie_of = g_new (guint, 2 * (gsize)self->n_ties + 1);

  for (guint i = 0; i < self->n_ties; i++)
    {
      self->first[self->ties[i].a + 1]++;
      self->first[self->ties[i].b + 1]++;
    }
  for (guint v = 0; v < self->n_nodes; v++)
    self->first[v + 1] += self->first[v];
  for (guint v = 0; v <= self->n_nodes; v++)
    fill[v] = self->first[v];

  /* Two passes over the sorted ties leave every neighbour list ascending: first the smaller ends, then the larger. */
  for (guint i = 0; i < self->n_ties; i++)
    {
      guint at = fill[self->ties[i].b]++;

      self->neighbours[at] = self->ties[i].a;
      self->weights[at] = self->ties[i].weight;
      self->tie_of[at] = i;
    }
  for (guint i = 0; i < self->n_ties; i++)
    {
      guint at = fill[self->ties[i].a]++;

      self->neighbours[at] = self->ties[i].b;
      self->weights[at] = self->ties[i].weight;
      self->tie_of[at] = i;
    }
}

/**
 * dure_graph_new:
 * @n_nodes: how many nodes
 * @ties: (array length=n_ties) (nullable): the ties in any order
 * @n_ties: how many ties
 *
 * Makes a network. Parallel ties become one with the sum of their weights; ties of a node to itself and ties to
 * nodes that do not exist are left out.
 *
 * Returns: (transfer full): the network
 */
DureGraph *
dure_graph_new (guint n_nodes, const DureGraphTie *ties, guint n_ties)
{
  DureGraph    *self = g_new0 (DureGraph, 1);
  DureGraphTie *sorted = g_new (DureGraphTie, (gsize)n_ties + 1);
  guint         n = 0;
  guint         merged = 0;

  for (guint i = 0; i < n_ties; i++)
    {
      if (ties[i].a == ties[i].b || ties[i].a >= n_nodes || ties[i].b >= n_nodes)
        continue;
      sorted[n].a = MIN (ties[i].a, ties[i].b);
      sorted[n].b = MAX (ties[i].a, ties[i].b);
      sorted[n].weight = ties[i].weight;
      n++;
    }
  qsort (sorted, n, sizeof *sorted, compare_ties);
  for (guint i = 0; i < n; i++)
    {
      if (merged > 0 && sorted[merged - 1].a == sorted[i].a && sorted[merged - 1].b == sorted[i].b)
        sorted[merged - 1].weight += sorted[i].weight;
      else
        sorted[merged++] = sorted[i];
    }

  self->n_nodes = n_nodes;
  self->n_ties = merged;
  self->ties = sorted;
  build_adjacency (self);

  return self;
}

/**
 * dure_graph_free:
 * @self: (nullable) (transfer full): a network
 */
void
dure_graph_free (DureGraph *self)
{
  if (self == NULL)
    return;
  g_free (self->ties);
  g_free (self->first);
  g_free (self->neighbours);
  g_free (self->weights);
  g_free (self->tie_of);
  g_free (self);
}

/**
 * dure_graph_degree:
 * @self: a network
 * @node: a node
 *
 * Returns: how many neighbours @node has
 */
guint
dure_graph_degree (const DureGraph *self, guint node)
{
  g_return_val_if_fail (node < self->n_nodes, 0);

  return self->first[node + 1] - self->first[node];
}

/**
 * dure_graph_find_tie:
 * @self: a network
 * @a: a node
 * @b: another node
 * @tie: (out) (optional): the number of the tie between them
 *
 * Looks by halving: O(log degree).
 *
 * Returns: whether the two are tied
 */
gboolean
dure_graph_find_tie (const DureGraph *self, guint a, guint b, guint *tie)
{
  guint low;
  guint high;

  if (a >= self->n_nodes || b >= self->n_nodes)
    return FALSE;
  low = self->first[a];
  high = self->first[a + 1];
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->neighbours[middle] == b)
        {
          if (tie != NULL)
            *tie = self->tie_of[middle];
          return TRUE;
        }
      if (self->neighbours[middle] < b)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

/**
 * dure_graph_subgraph:
 * @self: a network
 * @nodes: (array length=n_nodes): which nodes; node i of the result is nodes[i]
 * @n_nodes: how many
 *
 * Returns: (transfer full): the network of these nodes and the ties among them
 */
DureGraph *
dure_graph_subgraph (const DureGraph *self, const guint *nodes, guint n_nodes)
{
  g_autofree guint *place = g_new (guint, self->n_nodes + 1);
  g_autoptr (GArray) ties = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));

  for (guint v = 0; v < self->n_nodes; v++)
    place[v] = G_MAXUINT;
  for (guint i = 0; i < n_nodes; i++)
    place[nodes[i]] = i;
  for (guint i = 0; i < n_nodes; i++)
    {
      guint v = nodes[i];

      for (guint k = self->first[v]; k < self->first[v + 1]; k++)
        {
          guint w = self->neighbours[k];

          if (place[w] != G_MAXUINT && place[w] > i)
            {
              DureGraphTie tie = { i, place[w], self->weights[k] };

              g_array_append_val (ties, tie);
            }
        }
    }
  return dure_graph_new (n_nodes, (DureGraphTie *)(gpointer)ties->data, ties->len);
}
