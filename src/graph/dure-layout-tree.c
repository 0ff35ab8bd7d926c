/* dure-layout-tree.c: trees as arrays, and the plain radial drawing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-layout-tree-private.h"

#include <math.h>

/* Rings of the radial drawing, in cells. */
#define RING_GAP 1.8

/* Follows the parents; whoever comes back to himself or to nobody is a root. */
static void
find_parents (DureTree *self, const guint *parent)
{
  /* 0 not seen, 1 on the way up, 2 known to end at a root */
  g_autofree guint8 *state = g_new0 (guint8, (gsize)self->n + 1);

  for (guint v = 0; v < self->n; v++)
    self->parent[v] = parent[v] < self->n ? parent[v] : v;
  for (guint v = 0; v < self->n; v++)
    {
      guint up = v;

      while (state[up] == 0)
        {
          state[up] = 1;
          if (self->parent[up] == up)
            break;
          if (state[self->parent[up]] == 1)
            {
              self->parent[up] = up;
              break;
            }
          up = self->parent[up];
        }
      for (up = v; state[up] == 1; up = self->parent[up])
        state[up] = 2;
    }
}

static void
find_children (DureTree *self)
{
  g_autofree guint *next = NULL;

  for (guint v = 0; v < self->n; v++)
    if (self->parent[v] != v)
      self->first[self->parent[v] + 1]++;
  for (guint v = 0; v < self->n; v++)
    self->first[v + 1] += self->first[v];
  next = g_memdup2 (self->first, ((gsize)self->n + 1) * sizeof (guint));
  for (guint v = 0; v < self->n; v++)
    if (self->parent[v] != v)
      self->children[next[self->parent[v]]++] = v;
}

typedef struct
{
  guint root;
  guint size;
} Tree;

static int
compare_trees (gconstpointer left, gconstpointer right)
{
  const Tree *a = left;
  const Tree *b = right;

  if (a->size != b->size)
    return a->size > b->size ? -1 : 1;
  return (a->root > b->root) - (a->root < b->root);
}

/* The nodes of one tree, generation by generation. Returns how many. */
static guint
walk (const DureTree *self, guint root, guint *order)
{
  guint n = 1;

  order[0] = root;
  for (guint at = 0; at < n; at++)
    for (guint k = self->first[order[at]]; k < self->first[order[at] + 1]; k++)
      order[n++] = self->children[k];
  return n;
}

/** dure_tree_init: makes trees out of the parents of @n nodes. */
void
dure_tree_init (DureTree *self, const guint *parent, guint n)
{
  gsize size = (gsize)n + 2;
  g_autoptr (GArray) trees = g_array_new (FALSE, FALSE, sizeof (Tree));
  guint at = 0;

  *self = (DureTree){
    .n = n,
    .parent = g_new0 (guint, size),
    .first = g_new0 (guint, size),
    .children = g_new0 (guint, size),
    .root_at = g_new0 (guint, size),
    .size = g_new0 (guint, size),
    .order = g_new0 (guint, size),
    .discs = g_new0 (DureTreeDisc, size),
    .points = g_new0 (DurePoint, size),
    .open = g_new0 (double, size),
  };
  find_parents (self, parent);
  find_children (self);
  for (guint v = 0; v < n; v++)
    if (self->parent[v] == v)
      {
        Tree tree = { v, walk (self, v, self->order) };

        g_array_append_val (trees, tree);
      }
  g_array_sort (trees, compare_trees);
  self->n_roots = trees->len;
  for (guint t = 0; t < trees->len; t++)
    {
      self->root_at[t] = at;
      self->size[t] = walk (self, g_array_index (trees, Tree, t).root, &self->order[at]);
      at += self->size[t];
    }
}

/** dure_tree_clear: frees what dure_tree_init() made. */
void
dure_tree_clear (DureTree *self)
{
  g_free (self->parent);
  g_free (self->first);
  g_free (self->children);
  g_free (self->root_at);
  g_free (self->size);
  g_free (self->order);
  g_free (self->discs);
  g_free (self->points);
  g_free (self->open);
}

/* Angles: leaves evenly in order, the others in the middle above theirs. */
static void
find_angles (DureTree *self, const guint *nodes, guint n, double *angle)
{
  g_autofree guint *leaves = g_new0 (guint, (gsize)self->n + 1);
  g_autofree guint *from = g_new0 (guint, (gsize)self->n + 1);

  for (guint i = n; i > 0; i--)
    {
      guint v = nodes[i - 1];

      if (dure_tree_is_leaf (self, v))
        leaves[v] = 1;
      if (self->parent[v] != v)
        leaves[self->parent[v]] += leaves[v];
    }
  for (guint i = 0; i < n; i++)
    {
      guint v = nodes[i];
      guint at = from[v];

      for (guint k = self->first[v]; k < self->first[v + 1]; k++)
        {
          from[self->children[k]] = at;
          at += leaves[self->children[k]];
        }
      angle[v] = 2 * G_PI * (from[v] + leaves[v] / 2.0) / leaves[nodes[0]] - G_PI / 2;
    }
}

/**
 * dure_tree_radial:
 * @self: trees
 * @nodes: the nodes of one, generation by generation
 * @n: how many
 *
 * Places one tree, the root in the middle, each generation on a ring of its own that is as large as it must be.
 *
 * Returns: the radius of the whole, in cells
 */
double
dure_tree_radial (DureTree *self, const guint *nodes, guint n)
{
  g_autofree double *angle = g_new0 (double, (gsize)self->n + 1);
  g_autofree guint  *depth = g_new0 (guint, (gsize)self->n + 1);
  double             radius = 0;
  guint              from = 1;

  find_angles (self, nodes, n, angle);
  self->points[nodes[0]] = (DurePoint){ 0, 0 };
  for (guint i = 1; i < n; i++)
    depth[nodes[i]] = depth[self->parent[nodes[i]]] + 1;
  while (from < n)
    {
      guint  to = from;
      double least = 2 * G_PI;

      for (; to < n && depth[nodes[to]] == depth[nodes[from]]; to++)
        if (to > from)
          least = MIN (least, angle[nodes[to]] - angle[nodes[to - 1]]);
      least = MIN (least, to > from + 1 ? angle[nodes[from]] + 2 * G_PI - angle[nodes[to - 1]] : G_PI);
      radius = MAX (radius + RING_GAP, G_SQRT2 / 2 / sin (MIN (least, G_PI) / 2));
      for (guint i = from; i < to; i++)
        self->points[nodes[i]] = dure_shape_at (radius, angle[nodes[i]]);
      from = to;
    }
  return radius + 0.71;
}
