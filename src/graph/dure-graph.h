/* dure-graph.h: an undirected network as plain arrays
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nodes are the numbers 0 … n-1. The neighbours of node v are neighbours[first[v]] … neighbours[first[v + 1] - 1], in
 * ascending order, with the weights and the tie numbers beside them. A graph is never changed once made, so it may be
 * read from several threads. Memory O(n + m); making it costs O(n + m log m).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** DureGraphTie: one tie between two nodes; the order of the two means nothing. */
typedef struct
{
  guint  a;
  guint  b;
  double weight;
} DureGraphTie;

/** DureGraph: the network; fields are for reading. */
typedef struct
{
  guint         n_nodes;
  guint         n_ties;     /* after merging */
  DureGraphTie *ties;       /* a < b, ascending */
  guint        *first;      /* n_nodes + 1 */
  guint        *neighbours; /* 2 * n_ties */
  double       *weights;    /* 2 * n_ties */
  guint        *tie_of;     /* 2 * n_ties: number of the tie in ties */
} DureGraph;

DureGraph *dure_graph_new (guint n_nodes, const DureGraphTie *ties, guint n_ties);
void       dure_graph_free (DureGraph *self);
guint      dure_graph_degree (const DureGraph *self, guint node);
gboolean   dure_graph_find_tie (const DureGraph *self, guint a, guint b, guint *tie);
DureGraph *dure_graph_subgraph (const DureGraph *self, const guint *nodes, guint n_nodes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureGraph, dure_graph_free)

G_END_DECLS
