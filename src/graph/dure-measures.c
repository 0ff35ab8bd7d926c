/* dure-measures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-measures.h"

#include <math.h>

/**
 * dure_density:
 * @graph: a network
 *
 * Returns: ties that are there by ties that could be, 2m / n(n-1); 0 below two nodes
 */
double
dure_density (const DureGraph *graph)
{
  double n = graph->n_nodes;

  return n < 2 ? 0.0 : 2.0 * graph->n_ties / (n * (n - 1));
}

/**
 * dure_degree_centralisation:
 * @graph: a network
 *
 * Source: Freeman, "Centrality in social networks: conceptual clarification", Social Networks 1, 1979.
 *
 * Returns: 0 when all have as many ties, 1 in a star; 0 below three nodes
 */
double
dure_degree_centralisation (const DureGraph *graph)
{
  double n = graph->n_nodes;
  guint  most = 0;
  double sum = 0;

  if (n < 3)
    return 0.0;
  for (guint v = 0; v < graph->n_nodes; v++)
    most = MAX (most, dure_graph_degree (graph, v));
  for (guint v = 0; v < graph->n_nodes; v++)
    sum += most - dure_graph_degree (graph, v);
  return sum / ((n - 1) * (n - 2));
}

/**
 * dure_betweenness_centralisation:
 * @graph: a network
 * @betweenness: as dure_betweenness() returns it
 *
 * Returns: 0 when all lie on as many shortest paths, 1 in a star
 */
double
dure_betweenness_centralisation (const DureGraph *graph, const double *betweenness)
{
  double most = 0;
  double sum = 0;

  if (graph->n_nodes < 3)
    return 0.0;
  for (guint v = 0; v < graph->n_nodes; v++)
    most = MAX (most, betweenness[v]);
  for (guint v = 0; v < graph->n_nodes; v++)
    sum += most - betweenness[v];
  return sum / (graph->n_nodes - 1);
}

/* How many of the ties of @node's neighbours are among themselves. */
static guint
ties_among_neighbours (const DureGraph *graph, guint node)
{
  guint among = 0;

  for (guint k = graph->first[node]; k < graph->first[node + 1]; k++)
    for (guint l = k + 1; l < graph->first[node + 1]; l++)
      if (dure_graph_find_tie (graph, graph->neighbours[k], graph->neighbours[l], NULL))
        among++;
  return among;
}

/**
 * dure_transitivity:
 * @graph: a network
 *
 * O(Σ degree² log degree).
 *
 * Returns: the share of paths of two ties whose ends are tied as well
 */
double
dure_transitivity (const DureGraph *graph)
{
  double closed = 0;
  double paths = 0;

  for (guint v = 0; v < graph->n_nodes; v++)
    {
      double d = dure_graph_degree (graph, v);

      closed += ties_among_neighbours (graph, v);
      paths += d * (d - 1) / 2;
    }
  return paths > 0 ? closed / paths : 0.0;
}

/**
 * dure_distances:
 * @graph: a network
 * @from: a node
 * @distance: (array): room for one number a node: ties to go, or %DURE_UNREACHABLE
 * @queue: (array): room for one number a node: afterwards the nodes reached, the nearest first
 *
 * Breadth-first: O(n + m).
 *
 * Returns: how many nodes were reached, @from included
 */
guint
dure_distances (const DureGraph *graph, guint from, guint *distance, guint *queue)
{
  guint head = 0;
  guint tail = 0;

  g_return_val_if_fail (from < graph->n_nodes, 0);

  for (guint v = 0; v < graph->n_nodes; v++)
    distance[v] = DURE_UNREACHABLE;
  distance[from] = 0;
  queue[tail++] = from;
  while (head < tail)
    {
      guint v = queue[head++];

      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        {
          guint w = graph->neighbours[k];

          if (distance[w] == DURE_UNREACHABLE)
            {
              distance[w] = distance[v] + 1;
              queue[tail++] = w;
            }
        }
    }
  return tail;
}

/**
 * dure_betweenness:
 * @graph: a network
 * @cancellable: (nullable): stops the counting
 *
 * The share of all shortest paths between others on which a node lies, 0 to 1: O(n m).
 * Source: Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25, 2001.
 *
 * Returns: (transfer full) (nullable): one number a node; %NULL when cancelled
 */
double *
dure_betweenness (const DureGraph *graph, GCancellable *cancellable)
{
  guint              n = graph->n_nodes;
  g_autofree double *out = g_new0 (double, n + 1);
  g_autofree guint  *distance = g_new (guint, n + 1);
  g_autofree guint  *queue = g_new (guint, n + 1);
  g_autofree double *paths = g_new (double, n + 1);
  g_autofree double *depend = g_new (double, n + 1);
  double             all = n > 2 ? ((double)n - 1) * ((double)n - 2) : 1;

  for (guint s = 0; s < n; s++)
    {
      guint reached;

      if (g_cancellable_is_cancelled (cancellable))
        return NULL;
      reached = dure_distances (graph, s, distance, queue);
      for (guint i = 0; i < reached; i++)
        paths[queue[i]] = depend[queue[i]] = 0;
      paths[s] = 1;
      for (guint i = 0; i < reached; i++)
        {
          guint v = queue[i];

          for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
            if (distance[graph->neighbours[k]] == distance[v] + 1)
              paths[graph->neighbours[k]] += paths[v];
        }
      for (guint i = reached; i-- > 1;)
        {
          guint w = queue[i];

          for (guint k = graph->first[w]; k < graph->first[w + 1]; k++)
            {
              guint v = graph->neighbours[k];

              if (distance[v] + 1 == distance[w])
                depend[v] += paths[v] / paths[w] * (1 + depend[w]);
            }
          out[w] += depend[w];
        }
    }
  /* Every pair was counted from both ends. */
  for (guint v = 0; v < n; v++)
    out[v] /= all;
  return g_steal_pointer (&out);
}

/**
 * dure_closeness:
 * @graph: a network
 *
 * How near the others are, 1 by the mean distance to those that can be reached, times the share of the others that can
 * be (Wasserman, Faust, "Social network analysis", 1994, p. 201). O(n m). On split networks dure_harmonic() says more.
 *
 * Returns: (transfer full): one number a node
 */
double *
dure_closeness (const DureGraph *graph)
{
  guint             n = graph->n_nodes;
  double           *out = g_new0 (double, n + 1);
  g_autofree guint *distance = g_new (guint, n + 1);
  g_autofree guint *queue = g_new (guint, n + 1);

  for (guint v = 0; v < n; v++)
    {
      guint  reached = dure_distances (graph, v, distance, queue);
      double sum = 0;

      for (guint i = 1; i < reached; i++)
        sum += distance[queue[i]];
      if (reached > 1)
        out[v] = (reached - 1) / sum * (reached - 1) / (n - 1.0);
    }
  return out;
}

/**
 * dure_harmonic:
 * @graph: a network
 *
 * The mean of 1 / distance to all others, who count 0 when they cannot be reached: O(n m).
 *
 * Returns: (transfer full): one number a node, 0 to 1
 */
double *
dure_harmonic (const DureGraph *graph)
{
  guint             n = graph->n_nodes;
  double           *out = g_new0 (double, n + 1);
  g_autofree guint *distance = g_new (guint, n + 1);
  g_autofree guint *queue = g_new (guint, n + 1);

  for (guint v = 0; v < n; v++)
    {
      guint reached = dure_distances (graph, v, distance, queue);

      for (guint i = 1; i < reached; i++)
        out[v] += 1.0 / distance[queue[i]];
      if (n > 1)
        out[v] /= n - 1.0;
    }
  return out;
}

/**
 * dure_two_step_reach:
 * @graph: a network
 *
 * Returns: (transfer full): for each node the share of the others within two ties
 */
double *
dure_two_step_reach (const DureGraph *graph)
{
  guint             n = graph->n_nodes;
  double           *out = g_new0 (double, n + 1);
  g_autofree guint *distance = g_new (guint, n + 1);
  g_autofree guint *queue = g_new (guint, n + 1);

  for (guint v = 0; v < n && n > 1; v++)
    {
      guint reached = dure_distances (graph, v, distance, queue);
      guint near = 0;

      for (guint i = 1; i < reached && distance[queue[i]] <= 2; i++)
        near++;
      out[v] = near / (n - 1.0);
    }
  return out;
}

/**
 * dure_core_numbers:
 * @graph: a network
 *
 * For each node the largest k so that it belongs to a group in which everyone has k ties inside: O(n + m).
 * Source: Batagelj, Zaveršnik, "An O(m) algorithm for cores decomposition of networks", 2003.
 *
 * Returns: (transfer full): one number a node
 */
guint *
dure_core_numbers (const DureGraph *graph)
{
  guint             n = graph->n_nodes;
  guint            *core = g_new0 (guint, n + 1);
  g_autofree guint *start = NULL;
  g_autofree guint *order = g_new (guint, n + 1);
  g_autofree guint *place = g_new (guint, n + 1);
  guint             most = 0;
  guint             at = 0;

  for (guint v = 0; v < n; v++)
    {
      core[v] = dure_graph_degree (graph, v);
      most = MAX (most, core[v]);
    }
  /* start[d]: where the nodes of degree d begin in order. */
  start = g_new0 (guint, most + 2);
  for (guint v = 0; v < n; v++)
    start[core[v]]++;
  for (guint d = 0; d <= most; d++)
    {
      guint count = start[d];

      start[d] = at;
      at += count;
    }
  for (guint v = 0; v < n; v++)
    {
      place[v] = start[core[v]]++;
      order[place[v]] = v;
    }
  for (guint d = most; d > 0; d--)
    start[d] = start[d - 1];
  start[0] = 0;

  for (guint i = 0; i < n; i++)
    {
      guint v = order[i];

      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        {
          guint u = graph->neighbours[k];

          if (core[u] > core[v])
            {
              guint w = order[start[core[u]]];

              /* u changes places with the first of its degree, which then begins one later. */
              order[place[u]] = w;
              place[w] = place[u];
              place[u] = start[core[u]];
              order[place[u]] = u;
              start[core[u]]++;
              core[u]--;
            }
        }
    }
  return core;
}

/* The share of v's ties, by number, that goes to one of its neighbours. */
static double
share (const DureGraph *graph, guint v)
{
  guint degree = dure_graph_degree (graph, v);

  return degree > 0 ? 1.0 / degree : 0.0;
}

/**
 * dure_constraint:
 * @graph: a network
 * @node: a node
 *
 * How much all of a node's ties lead to people who are tied to each other; weights are not regarded.
 * Source: Burt, "Structural holes", 1992.
 *
 * Returns: Σ_j (p_ij + Σ_q p_iq p_qj)²; NaN for a node without ties; may exceed 1
 */
double
dure_constraint (const DureGraph *graph, guint node)
{
  double sum = 0;

  g_return_val_if_fail (node < graph->n_nodes, 0);

  if (dure_graph_degree (graph, node) == 0)
    return NAN;
  for (guint k = graph->first[node]; k < graph->first[node + 1]; k++)
    {
      guint  j = graph->neighbours[k];
      double p = share (graph, node);

      for (guint l = graph->first[node]; l < graph->first[node + 1]; l++)
        {
          guint q = graph->neighbours[l];

          if (q != j && dure_graph_find_tie (graph, q, j, NULL))
            p += share (graph, node) * share (graph, q);
        }
      sum += p * p;
    }
  return sum;
}

/**
 * dure_effective_size:
 * @graph: a network
 * @node: a node
 *
 * Returns: how many of the neighbours are not redundant: their number less their mean degree among themselves
 */
double
dure_effective_size (const DureGraph *graph, guint node)
{
  double degree;

  g_return_val_if_fail (node < graph->n_nodes, 0);

  degree = dure_graph_degree (graph, node);
  return degree > 0 ? degree - 2.0 * ties_among_neighbours (graph, node) / degree : 0.0;
}
