/* bench-peers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "bench-peers.h"

#include <igraph/igraph.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double
seconds_of (struct timeval time)
{
  return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double
usage (int who)
{
  struct rusage used;

  getrusage (who, &used);
  return seconds_of (used.ru_utime) + seconds_of (used.ru_stime);
}

/** bench_cpu_seconds: processor time of this program so far. */
double
bench_cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static char *
to_dot (const DureGraph *graph)
{
  GString *out = g_string_new ("graph g {\nnode [shape=point];\n");

  for (guint v = 0; v < graph->n_nodes; v++)
    g_string_append_printf (out, "%u;\n", v);
  for (guint t = 0; t < graph->n_ties; t++)
    g_string_append_printf (out, "%u--%u;\n", graph->ties[t].a, graph->ties[t].b);
  g_string_append (out, "}\n");
  return g_string_free (out, FALSE);
}

/* Graphviz as a program, from the text of the network to the text of the places. */
static DurePoint *
draw_graphviz (const DureGraph *graph, const char *program, double *seconds)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char      *dot = to_dot (graph);
  g_autofree char      *plain = NULL;
  g_autofree DurePoint *points = g_new0 (DurePoint, (gsize)graph->n_nodes + 1);
  double                before = usage (RUSAGE_CHILDREN);
  guint                 found = 0;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                  | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              NULL, program, "-Tplain", NULL);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, dot, NULL, &plain, NULL, NULL) || plain == NULL)
    return NULL;
  *seconds = usage (RUSAGE_CHILDREN) - before;
  for (char *line = plain; line != NULL && *line != '\0'; line = strchr (line, '\n'), line += line != NULL)
    {
      char  *end;
      guint  v;
      double x;

      if (strncmp (line, "node ", 5) != 0)
        continue;
      v = (guint)strtoul (line + 5, &end, 10);
      x = g_ascii_strtod (end, &end);
      if (v < graph->n_nodes)
        points[v] = (DurePoint){ x, g_ascii_strtod (end, NULL) };
      found++;
    }
  return found == graph->n_nodes ? g_steal_pointer (&points) : NULL;
}

static DurePoint *
draw_igraph (const DureGraph *graph, const char *method, double *seconds)
{
  igraph_t            copy;
  igraph_vector_int_t ends;
  igraph_matrix_t     places;
  DurePoint          *points = g_new (DurePoint, (gsize)graph->n_nodes + 1);
  igraph_integer_t    n = graph->n_nodes;
  double              before;

  igraph_vector_int_init (&ends, 2 * (igraph_integer_t)graph->n_ties);
  for (guint t = 0; t < graph->n_ties; t++)
    {
      VECTOR (ends)[2 * t] = graph->ties[t].a;
      VECTOR (ends)[2 * t + 1] = graph->ties[t].b;
    }
  igraph_create (&copy, &ends, n, IGRAPH_UNDIRECTED);
  igraph_matrix_init (&places, 0, 0);
  igraph_rng_seed (igraph_rng_default (), 1);
  before = bench_cpu_seconds ();
  if (strcmp (method, "kk") == 0)
    igraph_layout_kamada_kawai (&copy, &places, FALSE, 50 * n, 0, (igraph_real_t)n, NULL, NULL, NULL, NULL, NULL);
  else
    igraph_layout_fruchterman_reingold (&copy, &places, FALSE, 500, sqrt ((double)n), IGRAPH_LAYOUT_AUTOGRID, NULL,
                                        NULL, NULL, NULL, NULL);
  *seconds = bench_cpu_seconds () - before;
  for (guint v = 0; v < graph->n_nodes; v++)
    points[v] = (DurePoint){ MATRIX (places, v, 0), MATRIX (places, v, 1) };
  igraph_matrix_destroy (&places);
  igraph_vector_int_destroy (&ends);
  igraph_destroy (&copy);
  return points;
}

const BenchPeer bench_peers[] = {
  { "Graphviz neato", 1100, 1100, draw_graphviz, "neato" },
  { "Graphviz sfdp", 10000, 60000, draw_graphviz, "sfdp" },
  { "igraph Kamada-Kawai", 1100, 1100, draw_igraph, "kk" },
  { "igraph Fruchterman-Reingold", 10000, 60000, draw_igraph, "fr" },
  { NULL },
};
