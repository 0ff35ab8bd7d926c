/* dure-reading.c: trees and core apart → all nodes together → each node by itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-reading.h"

#include <math.h>

#include "graph/dure-random.h"
#include "graph/dure-reading-flow.h"
#include "graph/dure-reading-search.h"
#include "graph/dure-reading-trees.h"

/* Some stress always counts, or a drawing without crossings could have any form. */
#define MOST_SHARE 0.97
/* From this share of nodes in trees on the core is improved alone first. */
#define MANY_IN_TREES 0.1
/* Below this share of crossings a drawing stays near to its distances. */
#define MOSTLY_DISTANCES 0.1
/* From so many nodes on, single ones do not find a new form alone. */
#define MANY_NODES 200
/* Below this heat a search keeps to the form that it was given. */
#define WARM 0.7

typedef struct
{
  const DureGraph *graph;
  const gboolean  *pinned;
  double           share;
  double           work;
  guint64         *random;
  DureReadingRun   run;
} Improvement;

static gboolean *
nodes_of_core (const Improvement *self, const DureReadingTrees *trees)
{
  gboolean *fixed = g_new0 (gboolean, (gsize)self->graph->n_nodes + 1);

  for (guint v = 0; v < self->graph->n_nodes; v++)
    fixed[v] = (trees->n_core > 0 && trees->in_core[v]) || (self->pinned != NULL && self->pinned[v]);
  return fixed;
}

/* Improves the core alone; the trees come along. */
static gboolean
improve_core (Improvement *self, const DureReadingTrees *trees, DurePoint *points, GError **error)
{
  g_autoptr (DureGraph) core = dure_graph_subgraph (self->graph, trees->core, trees->n_core);
  g_autoptr (DureReadingSearch) search
      = dure_reading_search_new (core, trees->mass, self->random, self->run.cancellable, error);
  g_autofree DurePoint *places = g_new (DurePoint, (gsize)trees->n_core + 1);
  g_autofree gboolean  *fixed = g_new0 (gboolean, (gsize)trees->n_core + 1);

  for (guint i = 0; i < trees->n_core; i++)
    {
      places[i] = points[trees->core[i]];
      fixed[i] = self->pinned != NULL && self->pinned[trees->core[i]];
    }
  if (search == NULL)
    return FALSE;
  dure_reading_search_set_points (search, places);
  if (!dure_reading_search_anneal (search, fixed, self->share, (DureReadingHeat){ 1, 0 }, self->work * 0.2, &self->run,
                                   error))
    return FALSE;
  dure_reading_search_get_points (search, places);
  dure_reading_trees_follow (trees, places, points);
  return TRUE;
}

/* Begins with an improved core or, of a tree, without any crossing. Where distances count most this may cost too much
 * of them: then the drawing as it was is tried as well, and the search takes the one that promises more. */
static gboolean
choose_start (Improvement            *self,
              const DureReadingTrees *trees,
              DureReadingSearch      *search,
              const DurePoint        *points,
              GError                **error)
{
  gsize                 n = self->graph->n_nodes;
  g_autofree DurePoint *other = g_memdup2 (points, n * sizeof *points);
  g_autofree DurePoint *first = g_new (DurePoint, n);
  g_autofree gboolean  *fixed = nodes_of_core (self, trees);
  DureReadingHeat       heat = { trees->n_core > 0 ? 1 : WARM, 0 };
  gboolean              both = self->share < MOSTLY_DISTANCES;
  double                work = self->work * (both ? 0.15 : 0.3);
  double                cost = G_MAXDOUBLE;

  if (trees->n_core == 0)
    dure_reading_trees_fan (trees, other);
  else if (!improve_core (self, trees, other, error))
    return FALSE;
  for (guint v = 0; v < n; v++)
    if (self->pinned != NULL && self->pinned[v])
      other[v] = points[v];
  if (both)
    {
      if (!dure_reading_search_anneal (search, fixed, self->share, heat, work, &self->run, error))
        return FALSE;
      cost = dure_reading_search_get_cost (search, self->share);
      dure_reading_search_get_points (search, first);
    }
  dure_reading_search_set_points (search, other);
  if (!dure_reading_search_anneal (search, fixed, self->share, heat, work, &self->run, error))
    return FALSE;
  if (dure_reading_search_get_cost (search, self->share) >= cost)
    dure_reading_search_set_points (search, first);
  return TRUE;
}

static gboolean
improve (Improvement *self, DurePoint *points, GError **error)
{
  guint n = self->graph->n_nodes;
  g_autoptr (DureReadingTrees) trees = dure_reading_trees_new (self->graph);
  g_autoptr (DureReadingSearch) search
      = dure_reading_search_new (self->graph, NULL, self->random, self->run.cancellable, error);
  g_autofree DurePoint *places = g_memdup2 (points, n * sizeof *points);
  double                before;
  double                scale;
  double                heat = 1;
  gboolean              any_pinned = FALSE;

  if (search == NULL)
    return FALSE;
  for (guint v = 0; v < n; v++)
    any_pinned |= self->pinned != NULL && self->pinned[v];
  dure_reading_search_set_points (search, points);
  before = dure_reading_search_get_cost (search, self->share);
  if (trees->n_peeled > n * MANY_IN_TREES)
    {
      if (!choose_start (self, trees, search, points, error))
        return FALSE;
      heat = WARM;
    }
  else if (n >= MANY_NODES)
    {
      if (!dure_reading_flow (self->graph, places, self->pinned, self->share, self->random, &self->run, error))
        return FALSE;
      dure_reading_search_set_points (search, places);
      if (dure_reading_search_get_cost (search, self->share) < before)
        heat = WARM;
      else
        dure_reading_search_set_points (search, points);
    }
  if (!dure_reading_search_anneal (search, self->pinned, self->share, (DureReadingHeat){ heat, 0 },
                                   self->work - self->run.done, &self->run, error))
    return FALSE;
  if (dure_reading_search_get_cost (search, self->share) >= before)
    return TRUE;
  dure_reading_search_part (search, self->pinned, self->share);
  dure_reading_search_get_points (search, places);
  /* Made as large as its distances ask, around where it was. */
  scale = any_pinned ? 1 : 1 / dure_reading_search_get_scale (search);
  for (guint v = 0; v < n; v++)
    if (self->pinned == NULL || !self->pinned[v])
      points[v] = (DurePoint){ places[v].x * scale, places[v].y * scale };
  return TRUE;
}

/**
 * dure_reading_improve:
 * @graph: a connected network
 * @points: (inout): a drawing by distance, in units of %DURE_LAYOUT_STEP
 * @pinned: (nullable): which nodes must not move
 * @reading: from 0 for true distances to 1 for as few crossings as possible
 * @random: state of the random numbers; the same state gives the same drawing
 * @progress: (nullable): told how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): stops within some milliseconds
 * @error: return location
 *
 * Reduces (1 - s) log stress + s log crossings by simulated annealing of single nodes, where s grows from 0 to
 * almost 1 with @reading: the same share fewer crossings are worth the same share more stress at any size of network.
 * What hangs on the network as trees is taken away first, so that the few nodes that make the form find theirs before.
 *
 * Takes about 1.4 ms a node, twice that at 1,000 nodes, and 4 n² bytes; drawings of more than
 * %DURE_READING_SEARCH_UP_TO nodes are left as they are.
 *
 * Returns: %FALSE when cancelled; @points are then unchanged
 */
gboolean
dure_reading_improve (const DureGraph   *graph,
                      DurePoint         *points,
                      const gboolean    *pinned,
                      double             reading,
                      guint64           *random,
                      DureLayoutProgress progress,
                      gpointer           progress_data,
                      GCancellable      *cancellable,
                      GError           **error)
{
  guint                 n = graph->n_nodes;
  double                work = 1.4e6 * n * (1 + n / 1000.0);
  g_autofree DurePoint *places = NULL;
  Improvement           improvement = {
              .graph = graph,
              .pinned = pinned,
              .share = MOST_SHARE * pow (CLAMP (reading, 0, 1), 1.5),
              .work = work,
              .random = random,
              .run = { progress, progress_data, cancellable, 0, work },
  };

  if (!(reading > 0) || reading > 1 || n < 4)
    return TRUE;
  places = g_new (DurePoint, n);
  for (guint v = 0; v < n; v++)
    {
      places[v] = points[v];
      if (!isfinite (places[v].x) || !isfinite (places[v].y))
        places[v] = (DurePoint){ DURE_LAYOUT_STEP * dure_random_double (random),
                                 DURE_LAYOUT_STEP * dure_random_double (random) };
    }
  if (n > DURE_READING_SEARCH_UP_TO)
    {
      improvement.run.total = dure_reading_flow_work (graph);
      if (!dure_reading_flow (graph, places, pinned, improvement.share, random, &improvement.run, error))
        return FALSE;
    }
  else if (!improve (&improvement, places, error))
    return FALSE;
  for (guint v = 0; v < n; v++)
    if (pinned == NULL || !pinned[v])
      points[v] = places[v];
  return TRUE;
}
