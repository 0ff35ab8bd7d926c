/* bench-graphs.h: networks to measure layouts with: from a folder of edge lists, or made by a seeded generator
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "graph/dure-graph.h"

G_BEGIN_DECLS

/** BenchGraph: a connected network with a name. */
typedef struct
{
  char      *name;
  DureGraph *graph;
} BenchGraph;

GPtrArray *bench_graphs_from_folder (const char *folder, GError **error);
GPtrArray *bench_graphs_made (gboolean large);

DureGraph *bench_graph_blocks (guint n, guint n_blocks, double inside, double between, guint64 seed);
DureGraph *bench_graph_council (guint n_bodies, guint n_members, guint n_extra, guint64 seed);
DureGraph *bench_graph_grid (guint columns, guint rows);
DureGraph *bench_graph_preferential (guint n, guint per_node, guint64 seed);

G_END_DECLS
