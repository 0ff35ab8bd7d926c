/* dure-groups.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * E–I index: Krackhardt, Stern, "Informal networks and organizational crises", Social Psychology Quarterly 51, 1988.
 * Brokerage: Gould, Fernandez, "Structures of mediation", Sociological Methodology 19, 1989; a pair counts once, and
 * only when it is not tied itself. Pairs are counted from how many neighbours are of which group, and the tied ones are
 * taken off triangle by triangle: O(n + m √m).
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-groups.h"

#include <math.h>

static double
balance (double external, double internal)
{
  return external + internal > 0 ? (external - internal) / (external + internal) : NAN;
}

static void
count_ties (DureGroups *self, const DureGraph *graph, const guint *group)
{
  for (guint i = 0; i < graph->n_ties; i++)
    {
      guint a = graph->ties[i].a;
      guint b = graph->ties[i].b;

      if (group[a] == G_MAXUINT || group[b] == G_MAXUINT)
        continue;
      if (group[a] == group[b])
        {
          self->n_internal++;
          self->internal[group[a]]++;
          self->node_internal[a]++;
          self->node_internal[b]++;
        }
      else
        {
          self->n_external++;
          self->external[group[a]]++;
          self->external[group[b]]++;
          self->node_external[a]++;
          self->node_external[b]++;
        }
    }
}

static void
take_balances (DureGroups *self)
{
  double inside = 0;
  double all = 0;
  double between;

  for (guint g = 0; g < self->n_groups; g++)
    {
      inside += self->size[g] * (self->size[g] - 1.0) / 2;
      all += self->size[g];
      self->ei[g] = balance (self->external[g], self->internal[g]);
    }
  between = all * (all - 1) / 2 - inside;
  self->whole_ei = balance (self->n_external, self->n_internal);
  self->expected_ei = balance (between, inside);
  for (guint v = 0; v < self->n_nodes; v++)
    self->node_ei[v] = balance (self->node_external[v], self->node_internal[v]);
}

/* The role of @node between @a and @b counts @by more. */
static void
count_role (DureBrokerage *roles, const guint *group, guint node, guint a, guint b, int by)
{
  guint *role;

  if (group[a] == group[b])
    role = group[a] == group[node] ? &roles->coordinator : &roles->itinerant;
  else if (group[a] == group[node] || group[b] == group[node])
    role = &roles->gatekeeper;
  else
    role = &roles->liaison;
  *role += (guint)by;
}

/* All pairs of @node's neighbours, tied or not. @count holds zeros, and does so again afterwards. */
static void
count_pairs (DureBrokerage *roles, const DureGraph *graph, const guint *group, guint node, guint *count)
{
  guint64 all = 0;
  guint64 own = 0;
  guint64 same = 0;

  for (guint k = graph->first[node]; k < graph->first[node + 1]; k++)
    {
      guint g = group[graph->neighbours[k]];

      if (g == G_MAXUINT)
        continue;
      all++;
      same += count[g]++;
    }
  own = count[group[node]];
  roles->coordinator = (guint)(own * (own - 1) / 2);
  roles->itinerant = (guint)(same - roles->coordinator);
  roles->gatekeeper = (guint)(own * (all - own));
  roles->liaison = (guint)(all * (all - 1) / 2 - same - own * (all - own));
  for (guint k = graph->first[node]; k < graph->first[node + 1]; k++)
    if (group[graph->neighbours[k]] != G_MAXUINT)
      count[group[graph->neighbours[k]]] = 0;
}

static void
take_triangle (DureGroups *self, const guint *group, guint a, guint b, guint c)
{
  if (group[a] == G_MAXUINT || group[b] == G_MAXUINT || group[c] == G_MAXUINT)
    return;
  count_role (&self->brokerage[a], group, a, b, c, -1);
  count_role (&self->brokerage[b], group, b, a, c, -1);
  count_role (&self->brokerage[c], group, c, a, b, -1);
}

static gboolean
goes_up (const DureGraph *graph, guint v, guint w)
{
  guint dv = dure_graph_degree (graph, v);
  guint dw = dure_graph_degree (graph, w);

  return dv != dw ? dv < dw : v < w;
}

/* Each triangle once: from its node of least degree to the two above. */
static void
take_triangles (DureGroups *self, const DureGraph *graph, const guint *group)
{
  g_autofree guint *mark = g_new (guint, graph->n_nodes + 1);

  for (guint v = 0; v < graph->n_nodes; v++)
    mark[v] = G_MAXUINT;
  for (guint v = 0; v < graph->n_nodes; v++)
    {
      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        if (goes_up (graph, v, graph->neighbours[k]))
          mark[graph->neighbours[k]] = v;
      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        {
          guint w = graph->neighbours[k];

          if (!goes_up (graph, v, w))
            continue;
          for (guint l = graph->first[w]; l < graph->first[w + 1]; l++)
            if (mark[graph->neighbours[l]] == v && goes_up (graph, w, graph->neighbours[l]))
              take_triangle (self, group, v, w, graph->neighbours[l]);
        }
    }
}

/**
 * dure_groups_new:
 * @graph: a network
 * @group: (array): of each node its group, below @n_groups; anything else for none
 * @n_groups: how many groups
 *
 * Returns: (transfer full): what the ties say about the groups
 */
DureGroups *
dure_groups_new (const DureGraph *graph, const guint *group, guint n_groups)
{
  DureGroups       *self = g_new0 (DureGroups, 1);
  gsize             n = graph->n_nodes;
  guint            *own = g_new (guint, n + 1);
  g_autofree guint *count = g_new0 (guint, (gsize)n_groups + 1);

  self->n_nodes = graph->n_nodes;
  self->n_groups = n_groups;
  self->group = own;
  self->size = g_new0 (guint, (gsize)n_groups + 1);
  self->internal = g_new0 (guint, (gsize)n_groups + 1);
  self->external = g_new0 (guint, (gsize)n_groups + 1);
  self->ei = g_new0 (double, (gsize)n_groups + 1);
  self->node_internal = g_new0 (guint, n + 1);
  self->node_external = g_new0 (guint, n + 1);
  self->node_ei = g_new0 (double, n + 1);
  self->brokerage = g_new0 (DureBrokerage, n + 1);
  for (guint v = 0; v < graph->n_nodes; v++)
    {
      own[v] = group[v] < n_groups ? group[v] : G_MAXUINT;
      if (own[v] != G_MAXUINT)
        self->size[own[v]]++;
    }
  count_ties (self, graph, own);
  take_balances (self);
  for (guint v = 0; v < graph->n_nodes; v++)
    if (own[v] != G_MAXUINT)
      count_pairs (&self->brokerage[v], graph, own, v, count);
  take_triangles (self, graph, own);
  for (guint v = 0; v < graph->n_nodes; v++)
    self->brokerage[v].representative = self->brokerage[v].gatekeeper;
  return self;
}

/**
 * dure_groups_free:
 * @self: (nullable) (transfer full): what the ties say
 */
void
dure_groups_free (DureGroups *self)
{
  if (self == NULL)
    return;
  g_free (self->group);
  g_free (self->size);
  g_free (self->internal);
  g_free (self->external);
  g_free (self->ei);
  g_free (self->node_internal);
  g_free (self->node_external);
  g_free (self->node_ei);
  g_free (self->brokerage);
  g_free (self);
}
