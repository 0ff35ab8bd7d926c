/* dure-reading-trees.h: what hangs on a network as trees, and what remains without it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-layout.h"

G_BEGIN_DECLS

/** DureReadingTrees: of a connected network; fields are for reading. */
typedef struct
{
  guint     n_nodes;
  guint    *core; /* nodes that are in no tree, ascending */
  guint     n_core;
  gboolean *in_core; /* one a node */
  double   *mass;    /* one a node of the core: how many nodes it carries, with itself */
  guint    *parent;  /* of a node of a tree, towards the core; itself for the root when all is one tree */
  guint    *peeled;  /* the nodes of the trees, outermost first */
  guint     n_peeled;
} DureReadingTrees;

DureReadingTrees *dure_reading_trees_new (const DureGraph *graph);
void              dure_reading_trees_free (DureReadingTrees *self);
void              dure_reading_trees_follow (const DureReadingTrees *self, const DurePoint *core, DurePoint *points);
void              dure_reading_trees_fan (const DureReadingTrees *self, DurePoint *points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureReadingTrees, dure_reading_trees_free)

G_END_DECLS
