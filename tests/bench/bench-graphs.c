/* bench-graphs.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "bench-graphs.h"

#include <string.h>

#include "graph/dure-components.h"
#include "graph/dure-edge-list.h"
#include "graph/dure-random.h"

static void
bench_graph_free (gpointer data)
{
  BenchGraph *self = data;

  g_free (self->name);
  dure_graph_free (self->graph);
  g_free (self);
}

static void
add (GPtrArray *graphs, const char *name, DureGraph *graph)
{
  BenchGraph *self = g_new (BenchGraph, 1);

  self->name = g_strdup (name);
  self->graph = graph;
  g_ptr_array_add (graphs, self);
}

static int
compare_sizes (gconstpointer left, gconstpointer right)
{
  const BenchGraph *a = *(BenchGraph *const *)left;
  const BenchGraph *b = *(BenchGraph *const *)right;

  if (a->graph->n_nodes != b->graph->n_nodes)
    return a->graph->n_nodes < b->graph->n_nodes ? -1 : 1;
  return strcmp (a->name, b->name);
}

/**
 * bench_graphs_from_folder:
 * @folder: a folder with files that end in .el
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its networks, the smallest first
 */
GPtrArray *
bench_graphs_from_folder (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) graphs = g_ptr_array_new_with_free_func (bench_graph_free);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, error);
  const char *file;

  if (directory == NULL)
    return NULL;
  while ((file = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, file, NULL);
      g_autofree char *name = NULL;
      g_autoptr (DureEdgeList) list = NULL;

      if (!g_str_has_suffix (file, ".el"))
        continue;
      list = dure_edge_list_read (path, error);
      if (list == NULL)
        return NULL;
      name = g_strndup (file, strlen (file) - 3);
      add (graphs, name, g_steal_pointer (&list->graph));
    }
  g_ptr_array_sort (graphs, compare_sizes);
  return g_steal_pointer (&graphs);
}

/* The largest connected part. */
static DureGraph *
take_connected (GArray *ties, guint n)
{
  g_autoptr (DureGraph) whole = dure_graph_new (n, (const DureGraphTie *)(gpointer)ties->data, ties->len);
  g_autoptr (DureComponents) parts = dure_components_new (whole);

  g_array_unref (ties);
  return dure_graph_subgraph (whole, parts->nodes, parts->size[0]);
}

static void
add_tie (GArray *ties, guint a, guint b)
{
  DureGraphTie tie = { a, b, 1 };

  if (a != b)
    g_array_append_val (ties, tie);
}

/**
 * bench_graph_blocks:
 *
 * A stochastic block model: @n nodes in @n_blocks, @inside ties a node within its block and @between to others.
 */
DureGraph *
bench_graph_blocks (guint n, guint n_blocks, double inside, double between, guint64 seed)
{
  GArray *ties = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));
  guint   size = n / n_blocks;
  guint   n_inside = (guint)(n * inside / 2);
  guint   n_between = (guint)(n * between / 2);

  for (guint i = 0; i < n_inside; i++)
    {
      guint a = dure_random_below (&seed, n_blocks * size);

      add_tie (ties, a, a / size * size + dure_random_below (&seed, size));
    }
  for (guint i = 0; i < n_between; i++)
    {
      guint a = dure_random_below (&seed, n);

      add_tie (ties, a, dure_random_below (&seed, n));
    }
  return take_connected (ties, n);
}

/**
 * bench_graph_council:
 *
 * Near a tree: a city, @n_bodies bodies below it, @n_members spread over them, of whom @n_extra sit in a second body.
 */
DureGraph *
bench_graph_council (guint n_bodies, guint n_members, guint n_extra, guint64 seed)
{
  GArray *ties = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));
  guint   n = 1 + n_bodies + n_members;

  for (guint body = 1; body <= n_bodies; body++)
    add_tie (ties, 0, body);
  for (guint v = n_bodies + 1; v < n; v++)
    add_tie (ties, v, 1 + dure_random_below (&seed, n_bodies));
  for (guint i = 0; i < n_extra; i++)
    add_tie (ties, n_bodies + 1 + dure_random_below (&seed, n_members), 1 + dure_random_below (&seed, n_bodies));
  return take_connected (ties, n);
}

/** bench_graph_grid: streets of a planned town. */
DureGraph *
bench_graph_grid (guint columns, guint rows)
{
  GArray *ties = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));

  for (guint r = 0; r < rows; r++)
    for (guint c = 0; c < columns; c++)
      {
        if (c + 1 < columns)
          add_tie (ties, r * columns + c, r * columns + c + 1);
        if (r + 1 < rows)
          add_tie (ties, r * columns + c, (r + 1) * columns + c);
      }
  return take_connected (ties, columns * rows);
}

/** bench_graph_preferential: everybody who comes joins @per_node, mostly such as have many ties already. */
DureGraph *
bench_graph_preferential (guint n, guint per_node, guint64 seed)
{
  GArray *ties = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));

  add_tie (ties, 0, 1);
  for (guint v = 2; v < n; v++)
    for (guint k = 0; k < per_node; k++)
      {
        const DureGraphTie *tie = &g_array_index (ties, DureGraphTie, dure_random_below (&seed, ties->len));

        add_tie (ties, v, dure_random_below (&seed, 2) == 0 ? tie->a : tie->b);
      }
  return take_connected (ties, n);
}

/**
 * bench_graphs_made:
 * @large: also one of 50,000 nodes
 *
 * Returns: (transfer full): networks of the kinds that occur, always the same
 */
GPtrArray *
bench_graphs_made (gboolean large)
{
  GPtrArray *graphs = g_ptr_array_new_with_free_func (bench_graph_free);

  add (graphs, "town32", bench_graph_preferential (32, 3, 1));
  add (graphs, "blocks80", bench_graph_blocks (80, 4, 5, 1, 2));
  add (graphs, "city400", bench_graph_preferential (400, 2, 3));
  add (graphs, "council586", bench_graph_council (28, 557, 42, 4));
  add (graphs, "grid30x33", bench_graph_grid (30, 33));
  add (graphs, "blocks1k", bench_graph_blocks (1000, 10, 6.4, 1.6, 5));
  add (graphs, "blocks10k", bench_graph_blocks (10000, 50, 6.4, 1.6, 6));
  if (large)
    add (graphs, "blocks50k", bench_graph_blocks (50000, 229, 6.4, 1.6, 7));
  return graphs;
}
