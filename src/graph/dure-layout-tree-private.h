/* dure-layout-tree-private.h: trees as arrays, for dure_layout_tree()
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-layout-shapes-private.h"

G_BEGIN_DECLS

/** DureTreeDisc: the disc that a subtree needs, and where it stands around the parent; in cells. */
typedef struct
{
  double radius;
  double flower;   /* of the node with its leaves */
  double distance; /* from the parent */
  double angle;    /* from where the parent's own parent lies */
} DureTreeDisc;

/** DureTree: several trees, the largest first. */
typedef struct
{
  guint         n;
  guint        *parent;   /* own number for a root; without loops */
  guint        *first;    /* n + 1, into children */
  guint        *children; /* ascending */
  guint         n_roots;
  guint        *root_at; /* of each tree: where it begins in order */
  guint        *size;    /* of each tree */
  guint        *order;   /* tree by tree, parents before children */
  DureTreeDisc *discs;
  DurePoint    *points;
  double       *open; /* of each node: the direction of its parent */
} DureTree;

void   dure_tree_init (DureTree *self, const guint *parent, guint n);
void   dure_tree_clear (DureTree *self);
double dure_tree_radial (DureTree *self, const guint *nodes, guint n);

static inline gboolean
dure_tree_is_leaf (const DureTree *self, guint v)
{
  return self->first[v] == self->first[v + 1];
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DureTree, dure_tree_clear)

G_END_DECLS
