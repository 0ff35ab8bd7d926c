/* dure-reading-trees.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-reading-trees.h"

#include <math.h>

/**
 * dure_reading_trees_new:
 * @graph: a connected network
 *
 * Takes away nodes with one tie until none is left; O(n + m).
 *
 * Returns: (transfer full): the trees and the core
 */
DureReadingTrees *
dure_reading_trees_new (const DureGraph *graph)
{
  DureReadingTrees    *self = g_new0 (DureReadingTrees, 1);
  guint                n = graph->n_nodes;
  g_autofree guint    *degree = g_new (guint, n + 1);
  g_autofree double   *carried = g_new (double, n + 1);
  g_autofree gboolean *gone = g_new0 (gboolean, n + 1);

  self->n_nodes = n;
  self->core = g_new (guint, n + 1);
  self->in_core = g_new (gboolean, n + 1);
  self->mass = g_new (double, n + 1);
  self->parent = g_new (guint, n + 1);
  self->peeled = g_new (guint, n + 1);
  for (guint v = 0; v < n; v++)
    {
      degree[v] = dure_graph_degree (graph, v);
      carried[v] = 1;
      self->parent[v] = v;
      self->in_core[v] = degree[v] > 1;
      if (degree[v] <= 1)
        self->peeled[self->n_peeled++] = v;
    }
  for (guint k = 0; k < self->n_peeled; k++)
    {
      guint v = self->peeled[k];

      gone[v] = TRUE;
      for (guint i = graph->first[v]; i < graph->first[v + 1]; i++)
        {
          guint u = graph->neighbours[i];

          if (gone[u])
            continue;
          self->parent[v] = u;
          carried[u] += carried[v];
          degree[u]--;
          if (degree[u] <= 1 && self->in_core[u])
            {
              self->in_core[u] = FALSE;
              self->peeled[self->n_peeled++] = u;
            }
        }
    }
  for (guint v = 0; v < n; v++)
    if (self->in_core[v])
      {
        self->mass[self->n_core] = carried[v];
        self->core[self->n_core++] = v;
      }
  return self;
}

void
dure_reading_trees_free (DureReadingTrees *self)
{
  if (self == NULL)
    return;
  g_free (self->core);
  g_free (self->in_core);
  g_free (self->mass);
  g_free (self->parent);
  g_free (self->peeled);
  g_free (self);
}

/**
 * dure_reading_trees_follow:
 * @self: trees
 * @core: new places, one a node of the core
 * @points: (inout): places, one a node
 *
 * Moves the core to its new places and each tree along with the node on which it hangs.
 */
void
dure_reading_trees_follow (const DureReadingTrees *self, const DurePoint *core, DurePoint *points)
{
  g_autofree DurePoint *moved = g_new0 (DurePoint, (gsize)self->n_nodes + 1);

  for (guint i = 0; i < self->n_core; i++)
    {
      guint v = self->core[i];

      moved[v] = (DurePoint){ core[i].x - points[v].x, core[i].y - points[v].y };
    }
  for (guint k = self->n_peeled; k > 0; k--)
    {
      guint v = self->peeled[k - 1];

      if (self->parent[v] != v)
        moved[v] = moved[self->parent[v]];
    }
  for (guint v = 0; v < self->n_nodes; v++)
    {
      points[v].x += moved[v].x;
      points[v].y += moved[v].y;
    }
}

/**
 * dure_reading_trees_fan:
 * @self: the trees of a network that is one tree
 * @points: (out): places, one a node
 *
 * Draws the tree without a crossing: the root in the middle, each branch in a wedge by the number of its ends. A wedge
 * is never wider than what can be seen from a node without crossing the circle of its children: Eades, "Drawing free
 * trees", 1992.
 */
void
dure_reading_trees_fan (const DureReadingTrees *self, DurePoint *points)
{
  guint              n = self->n_nodes;
  g_autofree double *leaves = g_new0 (double, (gsize)n + 1);
  g_autofree double *from = g_new0 (double, (gsize)n + 1); /* where the next branch of a node starts */
  g_autofree double *wedge = g_new0 (double, (gsize)n + 1);
  g_autofree guint  *depth = g_new0 (guint, (gsize)n + 1);

  for (guint k = 0; k < self->n_peeled; k++)
    {
      guint v = self->peeled[k];

      leaves[v] = MAX (leaves[v], 1);
      if (self->parent[v] != v)
        leaves[self->parent[v]] += leaves[v];
    }
  for (guint k = self->n_peeled; k > 0; k--)
    {
      guint  v = self->peeled[k - 1];
      guint  u = self->parent[v];
      double middle;

      if (u == v)
        {
          wedge[v] = 2 * G_PI;
          points[v] = (DurePoint){ 0, 0 };
          continue;
        }
      depth[v] = depth[u] + 1;
      wedge[v] = wedge[u] * leaves[v] / leaves[u];
      middle = from[u] + wedge[v] / 2;
      from[u] += wedge[v];
      wedge[v] = MIN (wedge[v], 2 * acos ((double)depth[v] / (depth[v] + 1)));
      from[v] = middle - wedge[v] / 2;
      points[v].x = DURE_LAYOUT_STEP * depth[v] * cos (middle);
      points[v].y = DURE_LAYOUT_STEP * depth[v] * sin (middle);
    }
}
