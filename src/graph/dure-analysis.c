/* dure-analysis.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-analysis.h"

#include <math.h>
#include <stdlib.h>

#include "graph/dure-communities.h"
#include "graph/dure-core-periphery.h"
#include "graph/dure-igraph.h"
#include "graph/dure-measures.h"
#include "graph/dure-paths.h"

/* Looking for communities afresh costs the size of the network. */
#define TRIES_SMALL 20
#define TRIES_MIDDLE 5
#define TRIES_LARGE 1

/* Bands of betweenness: the upper half, and the upper tenth. */
#define MIDDLE_FROM 0.5
#define HIGH_FROM 0.9
#define EQUAL 1e-9

typedef struct
{
  double value;
  guint  node;
} Ranked;

static int
compare_ranked (const void *left, const void *right)
{
  const Ranked *x = left;
  const Ranked *y = right;

  return (x->value > y->value) - (x->value < y->value);
}

/* Equal values share a band, that of the middle of their ranks; who stands between nobody is always low. */
static void
take_bands (DureAnalysis *self)
{
  guint              n = self->n_nodes;
  g_autofree Ranked *ranked = g_new (Ranked, (gsize)n + 1);
  guint              end;

  for (guint v = 0; v < n; v++)
    ranked[v] = (Ranked){ self->betweenness[v], v };
  if (n > 1)
    qsort (ranked, n, sizeof *ranked, compare_ranked);
  for (guint i = 0; i < n; i = end)
    {
      double middle;

      for (end = i + 1; end < n && ranked[end].value - ranked[end - 1].value < EQUAL; end++)
        ;
      middle = (i + end) / (2.0 * n);
      for (guint k = i; k < end; k++)
        self->band[ranked[k].node] = ranked[k].value < EQUAL || middle < MIDDLE_FROM ? DURE_BAND_LOW
                                     : middle < HIGH_FROM                            ? DURE_BAND_MIDDLE
                                                                                     : DURE_BAND_HIGH;
    }
}

static void
take_ties (DureAnalysis *self, const DureGraph *graph)
{
  guint n = graph->n_nodes;

  self->degree = g_new0 (guint, (gsize)n + 1);
  self->strength = g_new0 (double, (gsize)n + 1);
  self->in_core = g_new0 (gboolean, (gsize)n + 1);
  self->components = dure_components_new (graph);
  self->cuts = dure_cuts_new (graph);
  self->n_isolates = dure_components_isolates (self->components);
  self->density = n > 1 ? dure_density (graph) : NAN;
  self->degree_centralisation = n > 2 ? dure_degree_centralisation (graph) : NAN;
  self->core_fit = dure_core_periphery (graph, self->in_core);
  self->hub = G_MAXUINT;
  for (guint v = 0; v < n; v++)
    {
      self->degree[v] = dure_graph_degree (graph, v);
      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        self->strength[v] += graph->weights[k];
      if (self->degree[v] > 0 && (self->hub == G_MAXUINT || self->degree[v] > self->degree[self->hub]))
        self->hub = v;
    }
}

static gboolean
take_paths (DureAnalysis *self, const DureGraph *graph, GCancellable *cancellable, GError **error)
{
  g_autoptr (DurePaths) paths = dure_paths_new (graph, self->components, cancellable, error);

  if (paths == NULL)
    return FALSE;
  self->n_sources = paths->n_sources;
  self->betweenness = g_steal_pointer (&paths->betweenness);
  self->closeness = g_steal_pointer (&paths->closeness);
  self->harmonic = g_steal_pointer (&paths->harmonic);
  self->two_step = dure_two_step_reach (graph);
  self->band = g_new0 (guint8, (gsize)self->n_nodes + 1);
  self->betweenness_centralisation
      = self->n_nodes > 2 ? dure_betweenness_centralisation (graph, self->betweenness) : NAN;
  take_bands (self);
  return TRUE;
}

static gboolean
take_igraph (
    DureAnalysis *self, const DureGraph *graph, const guint *old_communities, GCancellable *cancellable, GError **error)
{
  guint             n = graph->n_nodes;
  g_autofree guint *start = old_communities != NULL ? dure_communities_compact (old_communities, n) : NULL;
  g_autofree guint *triangles = g_new0 (guint, (gsize)n + 1);
  DureIgraphJob     job = { .graph = graph, .start = start };

  job.tries = n <= 200 ? TRIES_SMALL : n <= DURE_PATHS_EXACT ? TRIES_MIDDLE : TRIES_LARGE;
  job.core = self->core = g_new0 (guint, (gsize)n + 1);
  job.constraint = self->constraint = g_new0 (double, (gsize)n + 1);
  job.community = self->community = g_new0 (guint, (gsize)n + 1);
  job.triangles = triangles;
  if (!dure_igraph_measure (&job, cancellable, error))
    return FALSE;
  self->transitivity = job.transitivity;
  self->modularity = job.modularity;
  self->effective_size = g_new0 (double, (gsize)n + 1);
  for (guint v = 0; v < n; v++)
    self->effective_size[v] = self->degree[v] > 0 ? self->degree[v] - 2.0 * triangles[v] / self->degree[v] : NAN;
  self->n_communities = dure_communities_number (self->community, n, old_communities);
  self->community_size = g_new0 (guint, (gsize)self->n_communities + 1);
  for (guint v = 0; v < n; v++)
    self->community_size[self->community[v]]++;
  return TRUE;
}

/**
 * dure_analysis_new:
 * @graph: a network
 * @old_communities: (nullable): the communities of an earlier analysis, %G_MAXUINT for a node that was in none; what
 *   is alike keeps its number
 * @cancellable: (nullable): stops the work
 * @error: why it stopped
 *
 * Works out every measure; meant for a worker thread. 1,000 nodes with 4,000 ties take 0.15 s, 50,000 with 200,000 take
 * 3 s. The same network gives the same numbers.
 *
 * Returns: (transfer full) (nullable): the measures
 */
DureAnalysis *
dure_analysis_new (const DureGraph *graph, const guint *old_communities, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureAnalysis) self = g_new0 (DureAnalysis, 1);

  g_atomic_ref_count_init (&self->refs);
  self->n_nodes = graph->n_nodes;
  self->n_ties = graph->n_ties;
  self->reciprocity = -1;
  take_ties (self, graph);
  if (!take_paths (self, graph, cancellable, error) || !take_igraph (self, graph, old_communities, cancellable, error))
    return NULL;
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
