/* dure-analysis.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-analysis.h"

#include <math.h>

#include "graph/dure-measures.h"

static void
measure_nodes (DureAnalysis *self, const DureGraph *graph)
{
  self->hub = G_MAXUINT;
  for (guint v = 0; v < graph->n_nodes; v++)
    {
      self->degree[v] = dure_graph_degree (graph, v);
      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        self->strength[v] += graph->weights[k];
      self->constraint[v] = dure_constraint (graph, v);
      self->effective_size[v] = self->degree[v] > 0 ? dure_effective_size (graph, v) : NAN;
      if (self->degree[v] > 0 && (self->hub == G_MAXUINT || self->degree[v] > self->degree[self->hub]))
        self->hub = v;
    }
}

/**
 * dure_analysis_new:
 * @graph: a network
 * @old_communities: (nullable): the communities of an earlier analysis, %G_MAXUINT for a node that was in none; what
 *   is alike keeps its number
 * @cancellable: (nullable): stops the work
 * @error: why it stopped
 *
 * Works out every measure; meant for a worker thread.
 *
 * Returns: (transfer full) (nullable): the measures
 */
DureAnalysis *
dure_analysis_new (const DureGraph *graph, const guint *old_communities, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureAnalysis) self = g_new0 (DureAnalysis, 1);
  guint n = graph->n_nodes;

  g_atomic_ref_count_init (&self->refs);
  self->n_nodes = n;
  self->components = dure_components_new (graph);
  self->n_ties = graph->n_ties;
  self->n_sources = n;
  self->density = dure_density (graph);
  self->degree_centralisation = dure_degree_centralisation (graph);
  self->transitivity = dure_transitivity (graph);
  self->reciprocity = -1;
  self->core_fit = NAN;
  self->degree = g_new0 (guint, n + 1);
  self->strength = g_new0 (double, n + 1);
  self->constraint = g_new0 (double, n + 1);
  self->effective_size = g_new0 (double, n + 1);
  self->in_core = g_new0 (gboolean, n + 1);
  self->community = g_new0 (guint, n + 1);
  self->community_size = g_memdup2 (self->components->size, sizeof (guint) * (self->components->n_components + 1));
  self->band = g_new0 (guint8, n + 1);
  self->cuts = dure_cuts_new (graph);
  self->n_isolates = dure_components_isolates (self->components);
  self->core = dure_core_numbers (graph);
  measure_nodes (self, graph);
  for (guint v = 0; v < n; v++)
    self->community[v] = self->components->component[v];
  self->n_communities = self->components->n_components;
  self->harmonic = dure_harmonic (graph);
  self->closeness = dure_closeness (graph);
  self->two_step = dure_two_step_reach (graph);
  self->betweenness = dure_betweenness (graph, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  self->betweenness_centralisation = dure_betweenness_centralisation (graph, self->betweenness);
  return g_steal_pointer (&self);
}

/**
 * dure_analysis_ref:
 * @self: measures
 *
 * Returns: (transfer full): @self
 */
DureAnalysis *
dure_analysis_ref (DureAnalysis *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * dure_analysis_unref:
 * @self: (nullable) (transfer full): measures
 */
void
dure_analysis_unref (DureAnalysis *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->degree);
  g_free (self->strength);
  g_free (self->betweenness);
  g_free (self->closeness);
  g_free (self->harmonic);
  g_free (self->two_step);
  g_free (self->constraint);
  g_free (self->effective_size);
  g_free (self->core);
  g_free (self->in_core);
  g_free (self->community);
  g_free (self->community_size);
  g_free (self->band);
  dure_components_free (self->components);
  dure_cuts_free (self->cuts);
  g_free (self);
}
