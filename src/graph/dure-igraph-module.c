/* dure-igraph-module.c: the module that calls igraph, see dure-igraph.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * igraph keeps its handlers, its random numbers and its list of what to free in variables of the whole process (Debian
 * builds it without thread-local storage), so one job runs at a time. Its errors come back as return values; nothing is
 * printed and nothing aborts.
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include <gmodule.h>
#include <igraph.h>

#include "graph/dure-igraph.h"

/* Communities that are nearly as good as the best found are kept when they are the ones of before. */
#define AS_GOOD 0.005
/* Leiden: how much chance there is in its refinement, as its authors do. */
#define CHANCE 0.01
#define ROUNDS 10
#define GAIN 1e-9

DureIgraphResult dure_igraph_module_measure (DureIgraphJob *job, GCancellable *cancellable, const char **problem);

static GMutex        one_at_a_time;
static GCancellable *current;

/** Vectors: what one job needs; made together, freed together. */
typedef struct
{
  igraph_t            graph;
  igraph_vector_int_t ties;
  igraph_vector_int_t whole;
  igraph_vector_int_t best;
  igraph_vector_t     numbers;
  igraph_vector_t     degrees;
} Vectors;

static igraph_error_t
interrupt_cb (void *data)
{
  if (!g_cancellable_is_cancelled (current))
    return IGRAPH_SUCCESS;
  IGRAPH_FINALLY_FREE ();
  return IGRAPH_INTERRUPTED;
}

/* One search for communities, from everybody alone or from those of before. Until igraph 0.10.17 a search that is told
 * to go on while it gains anything ends after the first gain, and never when there is none: the rounds are counted
 * here. */
static igraph_error_t
look_for_communities (DureIgraphJob *job, Vectors *vectors, gboolean begin, double *quality)
{
  guint          n = job->graph->n_nodes;
  double         before = -2;
  igraph_error_t result = igraph_vector_int_resize (&vectors->whole, n);

  for (guint v = 0; v < n && result == IGRAPH_SUCCESS; v++)
    VECTOR (vectors->whole)[v] = begin ? job->start[v] : v;
  *quality = -1;
  for (guint round = 0; round<ROUNDS && * quality> before + GAIN && result == IGRAPH_SUCCESS; round++)
    {
      before = *quality;
      result = igraph_community_leiden (&vectors->graph, NULL, &vectors->degrees, 1.0 / (2.0 * job->graph->n_ties),
                                        CHANCE, TRUE, 1, &vectors->whole, NULL, quality);
    }
  return result;
}

static igraph_error_t
find_communities (DureIgraphJob *job, Vectors *vectors)
{
  guint          n = job->graph->n_nodes;
  igraph_error_t result = igraph_strength (&vectors->graph, &vectors->degrees, igraph_vss_all (), IGRAPH_ALL, 1, NULL);
  double         best = -2;

  for (guint i = 0; i < job->tries + (job->start != NULL ? 1 : 0) && result == IGRAPH_SUCCESS; i++)
    {
      gboolean begin = i == job->tries;
      double   quality = 0;

      if (g_cancellable_is_cancelled (current))
        return IGRAPH_INTERRUPTED;
      igraph_rng_seed (igraph_rng_default (), i + 1);
      result = look_for_communities (job, vectors, begin, &quality);
      if (result == IGRAPH_SUCCESS && quality > best + (begin ? -AS_GOOD : GAIN))
        {
          best = quality;
          for (guint v = 0; v < n; v++)
            job->community[v] = (guint)VECTOR (vectors->whole)[v];
          result = igraph_vector_int_update (&vectors->best, &vectors->whole);
        }
    }
  if (result == IGRAPH_SUCCESS)
    result = igraph_modularity (&vectors->graph, &vectors->best, NULL, 1, IGRAPH_UNDIRECTED, &job->modularity);
  return result;
}

static igraph_error_t
measure_nodes (DureIgraphJob *job, Vectors *vectors)
{
  guint          n = job->graph->n_nodes;
  igraph_error_t result = igraph_coreness (&vectors->graph, &vectors->whole, IGRAPH_ALL);

  for (guint v = 0; v < n && result == IGRAPH_SUCCESS; v++)
    job->core[v] = (guint)VECTOR (vectors->whole)[v];
  if (result == IGRAPH_SUCCESS)
    result = igraph_adjacent_triangles (&vectors->graph, &vectors->numbers, igraph_vss_all ());
  for (guint v = 0; v < n && result == IGRAPH_SUCCESS; v++)
    job->triangles[v] = (guint)VECTOR (vectors->numbers)[v];
  if (result == IGRAPH_SUCCESS)
    result = igraph_transitivity_undirected (&vectors->graph, &job->transitivity, IGRAPH_TRANSITIVITY_NAN);
  if (result == IGRAPH_SUCCESS)
    result = igraph_constraint (&vectors->graph, &vectors->numbers, igraph_vss_all (), NULL);
  for (guint v = 0; v < n && result == IGRAPH_SUCCESS; v++)
    job->constraint[v] = VECTOR (vectors->numbers)[v];
  return result;
}

static igraph_error_t
make_vectors (DureIgraphJob *job, Vectors *vectors)
{
  const DureGraph *graph = job->graph;
  igraph_error_t   result = igraph_vector_int_init (&vectors->ties, 2 * (igraph_integer_t)graph->n_ties);

  if (result != IGRAPH_SUCCESS)
    return result;
  for (guint i = 0; i < graph->n_ties; i++)
    {
      VECTOR (vectors->ties)[2 * (gsize)i] = graph->ties[i].a;
      VECTOR (vectors->ties)[2 * (gsize)i + 1] = graph->ties[i].b;
    }
  result = igraph_create (&vectors->graph, &vectors->ties, graph->n_nodes, IGRAPH_UNDIRECTED);
  igraph_vector_int_destroy (&vectors->ties);
  if (result != IGRAPH_SUCCESS)
    return result;
  /* Empty vectors take a few bytes; if even those cannot be had, GLib has aborted long before. */
  igraph_vector_int_init (&vectors->whole, 0);
  igraph_vector_int_init (&vectors->best, 0);
  igraph_vector_init (&vectors->numbers, 0);
  igraph_vector_init (&vectors->degrees, 0);
  return IGRAPH_SUCCESS;
}

static igraph_error_t
run (DureIgraphJob *job)
{
  Vectors        vectors;
  igraph_error_t result = make_vectors (job, &vectors);

  if (result != IGRAPH_SUCCESS)
    return result;
  result = measure_nodes (job, &vectors);
  if (result == IGRAPH_SUCCESS && job->graph->n_ties > 0)
    result = find_communities (job, &vectors);
  igraph_vector_destroy (&vectors.degrees);
  igraph_vector_destroy (&vectors.numbers);
  igraph_vector_int_destroy (&vectors.best);
  igraph_vector_int_destroy (&vectors.whole);
  igraph_destroy (&vectors.graph);
  return result;
}

/**
 * dure_igraph_module_measure:
 * @job: what to measure; filled
 * @cancellable: (nullable): stops the work
 * @problem: (out) (transfer none): what igraph says when it fails
 *
 * The same network gives the same answers: the random numbers begin anew with each try.
 *
 * Returns: how it ended
 */
G_MODULE_EXPORT DureIgraphResult
dure_igraph_module_measure (DureIgraphJob *job, GCancellable *cancellable, const char **problem)
{
  igraph_error_t result;

  for (guint v = 0; v < job->graph->n_nodes; v++)
    job->community[v] = v;
  job->modularity = IGRAPH_NAN;
  g_mutex_lock (&one_at_a_time);
  current = cancellable;
  /* With thread-local storage these hold for this thread only: set them each time. */
  igraph_set_error_handler (igraph_error_handler_ignore);
  igraph_set_warning_handler (igraph_warning_handler_ignore);
  igraph_set_interruption_handler (interrupt_cb);
  result = run (job);
  current = NULL;
  g_mutex_unlock (&one_at_a_time);
  if (result == IGRAPH_SUCCESS)
    return DURE_IGRAPH_DONE;
  *problem = igraph_strerror (result);
  return g_cancellable_is_cancelled (cancellable) ? DURE_IGRAPH_STOPPED : DURE_IGRAPH_FAILED;
}
