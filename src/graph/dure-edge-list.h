/* dure-edge-list.h: a network from a text file with one tie a line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * UTF-8 lines "a b" or "a b weight", words parted by blanks. Names are any words; a word that begins with # begins a
 * comment. A weight is a number above zero, 1 when left out. Empty lines mean nothing.
 */
#pragma once

#include "graph/dure-graph.h"

G_BEGIN_DECLS

/* Longer lines, larger weights and larger files are refused. */
#define DURE_EDGE_LIST_LINE 4096
#define DURE_EDGE_LIST_WEIGHT 1e15
#define DURE_EDGE_LIST_BYTES (256 * 1024 * 1024)

/** DureEdgeList: a network and the names of its nodes; numbers come first, as numbers, then words by their bytes. */
typedef struct
{
  guint      n_nodes;
  char     **ids; /* one a node, ends with %NULL */
  DureGraph *graph;
  guint      n_self;   /* lines that tie a node to itself: only the node counts */
  guint      n_merged; /* lines that repeat a tie: its weight became the sum */
} DureEdgeList;

DureEdgeList *dure_edge_list_read (const char *path, GError **error);
DureEdgeList *dure_edge_list_parse (const char *data, gsize size, const char *name, GError **error);
void          dure_edge_list_free (DureEdgeList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureEdgeList, dure_edge_list_free)

G_END_DECLS
