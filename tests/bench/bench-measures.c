/* bench-measures.c: how long all measures of a network take: bench-measures [FOLDER]
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * FOLDER holds edge lists; without it networks are made by a seeded generator. Times are the least of several runs, in
 * processor time of one thread. The largest are estimated from a sample, see dure-paths.h.
 */
#include "config.h"

#include <time.h>

#include "bench-graphs.h"
#include "graph/dure-analysis.h"

#define RUNS 3

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static gboolean
measure (const char *name, const DureGraph *graph, GError **error)
{
  double   least = G_MAXDOUBLE;
  gboolean estimated = FALSE;

  for (guint i = 0; i < RUNS; i++)
    {
      double begin = now ();
      g_autoptr (DureAnalysis) analysis = dure_analysis_new (graph, NULL, NULL, error);

      if (analysis == NULL)
        return FALSE;
      least = MIN (least, now () - begin);
      estimated = analysis->n_sources < analysis->n_nodes;
    }
  g_print ("%-14s %6u nodes %7u ties %7.0f ms%s\n", name, graph->n_nodes, graph->n_ties, least * 1e3,
           estimated ? "  (estimated)" : "");
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) graphs = argc > 1 ? bench_graphs_from_folder (argv[1], &error) : bench_graphs_made (TRUE);

  for (guint i = 0; graphs != NULL && i < graphs->len; i++)
    {
      const BenchGraph *one = g_ptr_array_index (graphs, i);

      if (!measure (one->name, one->graph, &error))
        break;
    }
  if (error != NULL)
    {
      g_printerr ("bench-measures: %s\n", error->message);
      return 1;
    }
  return 0;
}
