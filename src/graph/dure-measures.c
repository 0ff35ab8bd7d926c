/* dure-measures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-measures.h"

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
 * @betweenness: as dure_paths_new() gives it
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
 * dure_two_step_reach:
 * @graph: a network
 *
 * O(Σ degree²), but for leaves.
 *
 * Returns: (transfer full): for each node the share of the others within two ties
 */
double *
dure_two_step_reach (const DureGraph *graph)
{
  guint             n = graph->n_nodes;
  double           *out = g_new0 (double, (gsize)n + 1);
  g_autofree guint *met_by = g_new (guint, (gsize)n + 1);

  for (guint v = 0; v < n; v++)
    met_by[v] = G_MAXUINT;
  for (guint v = 0; v < n && n > 1; v++)
    {
      guint near = 0;

      met_by[v] = v;
      if (dure_graph_degree (graph, v) == 1)
        near = dure_graph_degree (graph, graph->neighbours[graph->first[v]]);
      else
        for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
          {
            guint w = graph->neighbours[k];

            near += met_by[w] != v ? 1 : 0;
            met_by[w] = v;
            for (guint l = graph->first[w]; l < graph->first[w + 1]; l++)
              {
                near += met_by[graph->neighbours[l]] != v ? 1 : 0;
                met_by[graph->neighbours[l]] = v;
              }
          }
      out[v] = near / (n - 1.0);
    }
  return out;
}
