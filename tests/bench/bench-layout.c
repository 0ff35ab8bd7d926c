/* bench-layout.c: our drawings beside those of others, and how long the network makes an officer wait
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-layout [GRAPHS-FOLDER] [--large]: for each edge list of the folder (else for networks that are made here)
 * processor time, stress and crossings of our drawings and of Graphviz and igraph in the same run. --large takes the
 * networks of 50,000 nodes along, which the others draw in minutes.
 */
#include "config.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "bench-data.h"
#include "bench-graphs.h"
#include "bench-national.h"
#include "bench-peers.h"
#include "bench-quality.h"
#include "domain/dure-network-meeting.h"
#include "graph/dure-analysis.h"
#include "graph/dure-layout-shapes.h"

#define LARGE 20000
#define SHORT 0.2 /* seconds */

/** Row: one drawing. */
typedef struct
{
  char        *name;
  gboolean     ours;
  double       seconds;
  BenchQuality quality;
} Row;

static void
row_clear (gpointer data)
{
  g_free (((Row *)data)->name);
}

static void
print_row (const Row *row, const Row *first)
{
  g_print ("  %-32s %9.3f s   stress %.5f%s (× %5.3f)   crossings %11.0f%s (× %6.3f)\n", row->name, row->seconds,
           row->quality.stress, row->quality.sampled ? "~" : " ", row->quality.stress / first->quality.stress,
           row->quality.crossings, row->quality.estimated ? "~" : " ",
           first->quality.crossings > 0 ? row->quality.crossings / first->quality.crossings : 1);
}

static void
add_row (GArray *rows, char *name, gboolean ours, double seconds, const DureGraph *graph, const DurePoint *points)
{
  Row row = { name, ours, seconds, bench_quality (graph, points) };

  g_array_append_val (rows, row);
  print_row (&row, &g_array_index (rows, Row, 0));
}

/* The fastest of several short runs: the drawing is the same each time. */
static DurePoint *
draw (const DureGraph *graph, double reading, double *seconds)
{
  DureLayoutOptions options;
  DurePoint        *points = NULL;
  double            sum = 0;

  dure_layout_options_init (&options);
  options.reading = reading;
  *seconds = G_MAXDOUBLE;
  while (sum < SHORT)
    {
      double begun = bench_cpu_seconds ();
      double took;

      g_free (points);
      points = dure_layout (graph, &options, NULL, NULL);
      took = bench_cpu_seconds () - begun;
      *seconds = MIN (*seconds, took);
      sum += took;
    }
  return points;
}

static gboolean
at_least_as_good (const Row *ours, const Row *theirs)
{
  return ours->quality.stress <= theirs->quality.stress * 1.0005
         && ours->quality.crossings <= theirs->quality.crossings * 1.0005;
}

/* Whether each drawing of the others has one of ours that is at least as good in both. */
static void
judge (const GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *theirs = &g_array_index (rows, Row, i);
      const Row *best = NULL;

      for (guint j = 0; j < rows->len && !theirs->ours && best == NULL; j++)
        {
          const Row *ours = &g_array_index (rows, Row, j);

          if (ours->ours && at_least_as_good (ours, theirs))
            best = ours;
        }
      if (!theirs->ours)
        g_print ("  %-32s %s\n", theirs->name, best != NULL ? best->name : "— none of ours is better in both");
    }
}

static void
bench_graph (const BenchGraph *graph, gboolean large)
{
  static const double settings[] = { 0, DURE_LAYOUT_READING_DEFAULT, 0.1, 0.25, 0.75, 1 };
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  guint n_settings = graph->graph->n_nodes < LARGE ? G_N_ELEMENTS (settings) : 2;

  g_array_set_clear_func (rows, row_clear);
  g_print ("\n%s: %u nodes, %u ties\n", graph->name, graph->graph->n_nodes, graph->graph->n_ties);
  for (guint i = 0; i < n_settings; i++)
    {
      double                seconds;
      g_autofree DurePoint *points = NULL;

      if (i > 1 && fabs (settings[i] - DURE_LAYOUT_READING_DEFAULT) < 0.01)
        continue;
      points = draw (graph->graph, settings[i], &seconds);
      add_row (rows,
               i == 0   ? g_strdup ("Dure, by distance")
               : i == 1 ? g_strdup_printf ("Dure, for reading (%.2f)", settings[i])
                        : g_strdup_printf ("Dure, reading %.2f", settings[i]),
               TRUE, seconds, graph->graph, points);
    }
  for (const BenchPeer *peer = bench_peers; peer->name != NULL; peer++)
    {
      double                seconds = 0;
      g_autofree DurePoint *points = NULL;

      if (graph->graph->n_nodes > (large ? peer->large_up_to : peer->up_to))
        continue;
      points = peer->draw (graph->graph, peer->argument, &seconds);
      if (points == NULL)
        g_print ("  %-32s is not there\n", peer->name);
      else
        add_row (rows, g_strdup (peer->name), FALSE, seconds, graph->graph, points);
    }
  g_print ("  At least as good in both:\n");
  judge (rows);
}

static DurePoint *
draw_shape (guint kind, const DureGraph *graph, const guint *group)
{
  g_autofree double    *measure = g_new (double, (gsize)graph->n_nodes + 1);
  g_autofree DurePoint *centroid = g_new (DurePoint, (gsize)graph->n_nodes + 1);
  g_autofree guint     *parent = g_new (guint, (gsize)graph->n_nodes + 1);

  for (guint v = 0; v < graph->n_nodes; v++)
    {
      measure[v] = dure_graph_degree (graph, v);
      centroid[v] = (DurePoint){ 127 + 0.1 * (group[v] % 7), 36 + 0.1 * (group[v] / 7 % 7) };
      parent[v] = v < 50 ? 0 : v % 50;
    }
  switch (kind)
    {
    case 0:
      return dure_layout_by_group (graph, group, NULL, NULL, NULL);
    case 1:
      return dure_layout_concentric (graph, measure, NULL, NULL, NULL);
    case 2:
      return dure_layout_tree (graph, parent, NULL, NULL, NULL);
    default:
      return dure_layout_map (graph, centroid, NULL, NULL, NULL);
    }
}

static void
bench_shapes (gboolean large)
{
  static const char *const names[] = { "by group", "concentric", "as a tree", "on the map" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DureGraph) city = bench_graph_blocks (2000, 40, 6.4, 1.6, 8);
  g_autofree guint *group = g_new (guint, city->n_nodes);

  g_print ("\nOther pictures of %u nodes and %u ties (goal about 1 s)\n", city->n_nodes, city->n_ties);
  for (guint v = 0; v < city->n_nodes; v++)
    group[v] = v / 50;
  for (guint kind = 0; kind < G_N_ELEMENTS (names); kind++)
    {
      double                begun = bench_cpu_seconds ();
      g_autofree DurePoint *points = draw_shape (kind, city, group);

      g_print ("  %-32s %9.3f s\n", names[kind], bench_cpu_seconds () - begun);
    }
  if (large)
    {
      g_autoptr (BenchNational) national = bench_national_new (BENCH_NATIONAL_AGENCIES, BENCH_NATIONAL_TIES, &error);
      g_autoptr (DureNetwork) network = NULL;
      g_autofree guint     *municipality = NULL;
      g_autofree DurePoint *points = NULL;
      double                begun;

      if (national == NULL)
        g_error ("%s", error->message);
      network = bench_national_network (national);
      municipality = bench_national_groups (national, FALSE);
      begun = bench_cpu_seconds ();
      points = dure_layout_by_group (network->graph, municipality, NULL, NULL, NULL);
      g_print ("  %-32s %9.3f s\n", "the country by municipality", bench_cpu_seconds () - begun);
    }
}

/* The median of some runs, in milliseconds. */
static double
middle_of (GArray *times)
{
  return bench_percentile (times, 50);
}

static void
bench_waiting (void)
{
  g_autoptr (DureGraph) city = bench_graph_preferential (1000, 4, 9);
  g_autoptr (DureGraph) town = bench_graph_preferential (601, 2, 10);
  g_autoptr (GArray) measures = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) meeting = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) step = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree DureNetworkNode *nodes = g_new0 (DureNetworkNode, city->n_nodes);
  g_autofree DureNetworkTie  *ties = g_new0 (DureNetworkTie, city->n_ties);
  g_autoptr (DureNetwork) network = NULL;
  g_autofree guint     *others = g_new (guint, town->n_nodes);
  g_autofree DurePoint *places = NULL;
  g_autofree DurePoint *start = g_new0 (DurePoint, town->n_nodes);
  g_autofree gboolean  *known = g_new0 (gboolean, town->n_nodes);
  g_autoptr (DureGraph) before = NULL;
  const char       *invited[101] = { NULL };
  DureLayoutOptions options;

  for (guint v = 0; v < city->n_nodes; v++)
    nodes[v] = (DureNetworkNode){ .id = g_strdup_printf ("%04u", v),
                                  .name = (char *)"기관",
                                  .area = (int)(v % 8),
                                  .areas = 1u << (v % 8),
                                  .lat = NAN,
                                  .lon = NAN };
  for (guint t = 0; t < city->n_ties; t++)
    {
      ties[t] = (DureNetworkTie){ .from = city->ties[t].a, .to = city->ties[t].b, .layers = 1, .count = 1 };
      ties[t].by_layer[0] = 1;
    }
  network = dure_network_new (nodes, city->n_nodes, ties, city->n_ties);
  for (guint i = 0; i < 100; i++)
    invited[i] = network->nodes[i * 9 + 7].id;
  for (guint v = 0; v < town->n_nodes; v++)
    others[v] = v;
  before = dure_graph_subgraph (town, others, town->n_nodes - 1);
  places = dure_layout (before, NULL, NULL, NULL);
  for (guint v = 0; v < before->n_nodes; v++)
    {
      start[v] = places[v];
      known[v] = TRUE;
    }
  dure_layout_options_init (&options);
  options.start = start;
  options.known = known;
  for (guint run = 0; run < 9; run++)
    {
      double begun = bench_cpu_seconds ();
      double took;
      g_autoptr (DureAnalysis) analysis = dure_analysis_new (city, NULL, NULL, NULL);
      g_autoptr (DureBeforeMeeting) lists = NULL;
      g_autofree DurePoint *moved = NULL;

      took = (bench_cpu_seconds () - begun) * 1000;
      g_array_append_val (measures, took);
      begun = bench_cpu_seconds ();
      lists = dure_network_before_meeting (network, invited);
      took = (bench_cpu_seconds () - begun) * 1000;
      g_array_append_val (meeting, took);
      begun = bench_cpu_seconds ();
      moved = dure_layout (town, &options, NULL, NULL);
      took = (bench_cpu_seconds () - begun) * 1000;
      g_array_append_val (step, took);
    }
  g_print ("\nWaiting, medians of 9 runs\n");
  bench_line ("  all measures of 1,000 nodes (goal 300 ms)", "%8.1f ms", middle_of (measures));
  bench_line ("  before a meeting, 100 of 1,000 (goal 100 ms)", "%8.1f ms", middle_of (meeting));
  bench_line ("  a body comes to 600 (goal 16 ms)", "%8.1f ms", middle_of (step));
  for (guint v = 0; v < city->n_nodes; v++)
    g_free (nodes[v].id);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new ("[GRAPHS-FOLDER]");
  g_autoptr (GPtrArray) graphs = NULL;
  gboolean           large = FALSE;
  const GOptionEntry options[] = {
    { "large", 0, 0, G_OPTION_ARG_NONE, &large, "With networks of 50,000 nodes", NULL },
    { NULL },
  };

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 2)
    {
      g_printerr ("bench-layout: %s\n", error != NULL ? error->message : "name one folder");
      return 2;
    }
  graphs = argc == 2 ? bench_graphs_from_folder (argv[1], &error) : bench_graphs_made (large);
  if (graphs == NULL)
    {
      g_printerr ("bench-layout: %s\n", error->message);
      return 1;
    }
  g_print ("Layouts: processor time, mean stress at the best scale, crossings; × beside the first line\n");
  for (guint i = 0; i < graphs->len; i++)
    {
      const BenchGraph *graph = graphs->pdata[i];

      if (large || graph->graph->n_nodes < LARGE)
        bench_graph (graph, large);
    }
  bench_shapes (large);
  bench_waiting ();
  return 0;
}
