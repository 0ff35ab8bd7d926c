/* dure-components.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-components.h"

#include <stdlib.h>

typedef struct
{
  guint size;
  guint smallest;
  guint number;
} Part;

static int
compare_parts (const void *left, const void *right)
{
  const Part *x = left;
  const Part *y = right;

  if (x->size != y->size)
    return x->size > y->size ? -1 : 1;
  return x->smallest < y->smallest ? -1 : 1;
}

/* Numbers the parts from 0 in the order of their smallest nodes; @skip is left as G_MAXUINT. */
static guint
flood (const DureGraph *graph, guint skip, guint *component, GArray *parts)
{
  g_autofree guint *stack = g_new (guint, graph->n_nodes + 1);
  guint             n = 0;

  for (guint v = 0; v < graph->n_nodes; v++)
    component[v] = G_MAXUINT;
  for (guint s = 0; s < graph->n_nodes; s++)
    {
      Part  part = { 0, s, n };
      guint depth = 0;

      if (s == skip || component[s] != G_MAXUINT)
        continue;
      component[s] = n;
      stack[depth++] = s;
      while (depth > 0)
        {
          guint v = stack[--depth];

          part.size++;
          for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
            {
              guint w = graph->neighbours[k];

              if (w != skip && component[w] == G_MAXUINT)
                {
                  component[w] = n;
                  stack[depth++] = w;
                }
            }
        }
      g_array_append_val (parts, part);
      n++;
    }
  return n;
}

/**
 * dure_components_new:
 * @graph: a network
 *
 * Finds the parts that no tie joins: O(n + m).
 *
 * Returns: (transfer full): the parts
 */
DureComponents *
dure_components_new (const DureGraph *graph)
{
  DureComponents *self = g_new0 (DureComponents, 1);
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autofree guint *rank = NULL;
  g_autofree guint *fill = NULL;

  self->component = g_new (guint, graph->n_nodes + 1);
  self->n_components = flood (graph, G_MAXUINT, self->component, parts);
  self->size = g_new0 (guint, self->n_components + 1);
  self->first = g_new0 (guint, self->n_components + 1);
  self->nodes = g_new (guint, graph->n_nodes + 1);
  rank = g_new (guint, self->n_components + 1);
  fill = g_new (guint, self->n_components + 1);

  if (parts->len > 1)
    qsort (parts->data, parts->len, sizeof (Part), compare_parts);
  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);

      rank[part->number] = i;
      self->size[i] = part->size;
      self->first[i + 1] = self->first[i] + part->size;
      fill[i] = self->first[i];
    }
  for (guint v = 0; v < graph->n_nodes; v++)
    {
      self->component[v] = rank[self->component[v]];
      self->nodes[fill[self->component[v]]++] = v;
    }
  return self;
}

/**
 * dure_components_free:
 * @self: (nullable) (transfer full): the parts
 */
void
dure_components_free (DureComponents *self)
{
  if (self == NULL)
    return;
  g_free (self->component);
  g_free (self->size);
  g_free (self->first);
  g_free (self->nodes);
  g_free (self);
}

/**
 * dure_components_isolates:
 * @self: the parts
 *
 * Returns: how many parts are one node alone
 */
guint
dure_components_isolates (const DureComponents *self)
{
  guint n = 0;

  while (n < self->n_components && self->size[self->n_components - 1 - n] == 1)
    n++;
  return n;
}

/* One depth-first walk from @root; see dure_cuts_new(). */
static void
walk (const DureGraph *graph,
      guint            root,
      guint           *order,
      guint           *low,
      guint           *parent_tie,
      guint           *next,
      guint           *stack,
      guint           *count,
      DureCuts        *cuts)
{
  guint depth = 0;
  guint root_children = 0;

  order[root] = low[root] = (*count)++;
  next[root] = graph->first[root];
  parent_tie[root] = G_MAXUINT;
  stack[depth++] = root;

  while (depth > 0)
    {
      guint v = stack[depth - 1];

      if (next[v] < graph->first[v + 1])
        {
          guint k = next[v]++;
          guint w = graph->neighbours[k];

          if (graph->tie_of[k] == parent_tie[v])
            continue;
          if (order[w] != G_MAXUINT)
            {
              low[v] = MIN (low[v], order[w]);
              continue;
            }
          order[w] = low[w] = (*count)++;
          next[w] = graph->first[w];
          parent_tie[w] = graph->tie_of[k];
          stack[depth++] = w;
          if (v == root)
            root_children++;
        }
      else
        {
          depth--;
          if (depth > 0)
            {
              guint p = stack[depth - 1];

              low[p] = MIN (low[p], low[v]);
              if (low[v] > order[p])
                cuts->is_bridge[parent_tie[v]] = TRUE;
              if (p != root && low[v] >= order[p])
                cuts->is_cut_point[p] = TRUE;
            }
        }
    }
  if (root_children > 1)
    cuts->is_cut_point[root] = TRUE;
}

/**
 * dure_cuts_new:
 * @graph: a network
 *
 * Finds the nodes and the ties without which the network would have more parts: O(n + m), without recursion.
 * Source: Hopcroft, Tarjan, "Algorithm 447: efficient algorithms for graph manipulation", CACM 16, 1973.
 *
 * Returns: (transfer full): cut points and bridges
 */
DureCuts *
dure_cuts_new (const DureGraph *graph)
{
  DureCuts         *cuts = g_new0 (DureCuts, 1);
  g_autofree guint *order = g_new (guint, graph->n_nodes + 1);
  g_autofree guint *low = g_new0 (guint, graph->n_nodes + 1);
  g_autofree guint *parent_tie = g_new0 (guint, graph->n_nodes + 1);
  g_autofree guint *next = g_new0 (guint, graph->n_nodes + 1);
  g_autofree guint *stack = g_new0 (guint, graph->n_nodes + 1);
  guint             count = 0;

  cuts->is_cut_point = g_new0 (gboolean, graph->n_nodes + 1);
  cuts->is_bridge = g_new0 (gboolean, graph->n_ties + 1);
  for (guint v = 0; v < graph->n_nodes; v++)
    order[v] = G_MAXUINT;
  for (guint v = 0; v < graph->n_nodes; v++)
    if (order[v] == G_MAXUINT)
      walk (graph, v, order, low, parent_tie, next, stack, &count, cuts);
  for (guint v = 0; v < graph->n_nodes; v++)
    cuts->n_cut_points += cuts->is_cut_point[v] ? 1 : 0;
  for (guint i = 0; i < graph->n_ties; i++)
    cuts->n_bridges += cuts->is_bridge[i] ? 1 : 0;
  return cuts;
}

/**
 * dure_cuts_free:
 * @self: (nullable) (transfer full): cut points and bridges
 */
void
dure_cuts_free (DureCuts *self)
{
  if (self == NULL)
    return;
  g_free (self->is_cut_point);
  g_free (self->is_bridge);
  g_free (self);
}

/**
 * dure_cut_off:
 * @graph: a network
 * @node: the node that goes away
 *
 * Finds who would no longer reach the rest if @node were not there: of the parts into which its component falls, all
 * but the largest. O(n + m).
 *
 * Returns: (transfer full) (element-type guint): the nodes cut off, ascending; empty when nothing falls apart
 */
GArray *
dure_cut_off (const DureGraph *graph, guint node)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autofree guint    *component = g_new (guint, graph->n_nodes + 1);
  g_autofree gboolean *concerned = NULL;
  guint                keep = G_MAXUINT;

  g_return_val_if_fail (node < graph->n_nodes, out);

  flood (graph, node, component, parts);
  concerned = g_new0 (gboolean, parts->len + 1);
  for (guint k = graph->first[node]; k < graph->first[node + 1]; k++)
    {
      guint c = component[graph->neighbours[k]];

      concerned[c] = TRUE;
      if (keep == G_MAXUINT || compare_parts (&g_array_index (parts, Part, c), &g_array_index (parts, Part, keep)) < 0)
        keep = c;
    }
  for (guint v = 0; v < graph->n_nodes; v++)
    if (v != node && concerned[component[v]] && component[v] != keep)
      g_array_append_val (out, v);
  return out;
}
