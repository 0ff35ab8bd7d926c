/* dure-layout-shapes-tree.c: a council, its bodies and their members
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A balloon tree: the leaves of a node stand in rings close around it, open towards its parent; the discs of its other
 * children stand around that, on up to three shells in turn, so that a council with many bodies does not become one
 * wide ring, and no tie runs over the disc of another. Trees that are too deep for it become plain radial ones, with a
 * ring a generation, whichever is smaller.
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-layout-shapes.h"

#include <math.h>
#include <string.h>

#include "graph/dure-layout-tree-private.h"
#include "graph/dure-packing.h"

/* All in cells. */
#define FIRST_RING 1.15
#define RING_STEP 0.05
#define LEAST_RING_GAP 0.75
#define DISC_GAP 0.3
#define TREE_GAP 1.0
#define SHELLS 3
#define FLOWER_TURNS 20

/* How many leaves stand on each ring around a node: as few rings as hold them, filled alike. */
static guint
share_leaves (guint leaves, guint *on_ring)
{
  guint  rings = 0;
  double room = 0;
  guint  done = 0;
  double filled = 0;

  while (room < leaves)
    room += floor (5.1 * (FIRST_RING + 1.02 * rings++));
  for (guint r = 0; r < rings; r++)
    {
      filled += floor (5.1 * (FIRST_RING + 1.02 * r));
      on_ring[r] = (guint)round (leaves * filled / room) - done;
      done += on_ring[r];
    }
  return rings;
}

/* Whether the ring of points[before] … fits outside of the ring that begins at points[inner]. */
static gboolean
ring_fits (const DurePoint *points, guint inner, guint before, guint n)
{
  for (guint i = before; i < before + n; i++)
    for (guint j = inner; j < i; j++)
      if (!dure_shape_apart (points[i], points[j]))
        return FALSE;
  return TRUE;
}

/* Rings of @leaves places around the origin, open towards the angle @open. Returns the radius of the disc around all.
 */
static double
flower (guint leaves, double open, DurePoint *points)
{
  g_autofree guint *on_ring = g_new0 (guint, (gsize)leaves + 1);
  guint             rings = share_leaves (leaves, on_ring);
  double            radius = FIRST_RING - LEAST_RING_GAP;
  guint             inner = 0;
  guint             done = 1;

  /* points[0] is the node itself. */
  points[0] = (DurePoint){ 0, 0 };
  for (guint r = 0; r < rings; r++)
    {
      guint n = on_ring[r];

      for (radius += LEAST_RING_GAP;; radius += RING_STEP)
        {
          for (guint i = 0; i < n; i++)
            points[done + i] = dure_shape_at (radius, open + 2 * G_PI * (i + 0.5) / n);
          if (ring_fits (points, inner, done, n))
            break;
        }
      inner = done;
      done += n;
    }
  return leaves == 0 ? 0.71 : radius + 0.71;
}

/* The least flower that is large enough whichever way it opens. */
static double
flower_radius (guint leaves)
{
  g_autofree DurePoint *points = g_new (DurePoint, (gsize)leaves + 1);
  double                radius = 0;

  for (guint turn = 0; turn < FLOWER_TURNS; turn++)
    radius = MAX (radius, flower (leaves, G_PI / 2 * turn / FLOWER_TURNS, points) + 2 * RING_STEP);
  return radius;
}

/* Whether the discs of children fit on shells whose innermost has @radius. A tie to an outer disc must pass beside the
 * inner ones. */
static gboolean
shells_fit (const DureTreeDisc *discs, guint n, const double *angle, guint shells, double radius, double step)
{
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      {
        double    at_i = radius + i % shells * step;
        double    at_j = radius + j % shells * step;
        DurePoint a = dure_shape_at (at_i, angle[i]);
        DurePoint b = dure_shape_at (at_j, angle[j]);
        double    between = fabs (remainder (angle[i] - angle[j], 2 * G_PI));

        if (hypot (a.x - b.x, a.y - b.y) < discs[i].radius + discs[j].radius + DISC_GAP)
          return FALSE;
        if (between >= G_PI / 2)
          continue;
        if (at_i < at_j && at_i * sin (between) < discs[i].radius)
          return FALSE;
        if (at_j < at_i && at_j * sin (between) < discs[j].radius)
          return FALSE;
      }
  return TRUE;
}

/* Places the discs of children around a node, from the angle @open on, which is left free by @opening. Returns the
 * radius of all. */
static double
place_discs (DureTreeDisc *discs, guint n, double inner, double opening)
{
  g_autofree double *angle = g_new (double, (gsize)n + 1);
  double             sum = opening;
  double             at = opening / 2;
  double             widest = 0;
  double             best = G_MAXDOUBLE;

  for (guint i = 0; i < n; i++)
    {
      sum += 2 * discs[i].radius + DISC_GAP;
      widest = MAX (widest, discs[i].radius);
    }
  for (guint i = 0; i < n; i++)
    {
      angle[i] = 2 * G_PI * (at + discs[i].radius + DISC_GAP / 2) / sum;
      at += 2 * discs[i].radius + DISC_GAP;
    }
  for (guint shells = 1; shells <= SHELLS && shells <= MAX (n / 4, 1); shells++)
    for (guint s = 0; s < (shells == 1 ? 1 : 8); s++)
      {
        double step = shells == 1 ? 0 : widest * (0.9 + 0.2 * s);
        double low = inner + widest;
        double high = low + sum;
        double outer = 0;

        /* Larger shells always fit once the discs are apart. */
        while (!shells_fit (discs, n, angle, shells, high, step) && high < 64 * (low + sum))
          high *= 2;
        if (shells_fit (discs, n, angle, shells, low, step))
          high = low;
        for (int i = 0; i < 24 && high - low > 0.01; i++)
          {
            double half = (low + high) / 2;

            if (shells_fit (discs, n, angle, shells, half, step))
              high = half;
            else
              low = half;
          }
        for (guint i = 0; i < n; i++)
          outer = MAX (outer, high + i % shells * step + discs[i].radius);
        if (outer >= best - 1e-6)
          continue;
        best = outer;
        for (guint i = 0; i < n; i++)
          {
            discs[i].angle = angle[i];
            discs[i].distance = high + i % shells * step;
          }
      }
  return MAX (best, inner);
}

/* Measures the disc of the subtree of @v, whose children are measured. */
static void
measure (DureTree *tree, guint v)
{
  guint                    n_inner = 0;
  guint                    leaves = 0;
  g_autofree DureTreeDisc *discs = g_new (DureTreeDisc, (gsize)tree->first[v + 1] - tree->first[v] + 1);

  for (guint k = tree->first[v]; k < tree->first[v + 1]; k++)
    {
      guint child = tree->children[k];

      if (dure_tree_is_leaf (tree, child))
        leaves++;
      else
        discs[n_inner++] = tree->discs[child];
    }
  tree->discs[v].flower = flower_radius (leaves);
  tree->discs[v].radius = tree->discs[v].flower;
  if (n_inner == 0)
    return;
  tree->discs[v].radius
      = place_discs (discs, n_inner, tree->discs[v].flower, tree->parent[v] == v ? 0 : 1.5 + 0.1 * n_inner);
  for (guint k = tree->first[v], i = 0; k < tree->first[v + 1]; k++)
    if (!dure_tree_is_leaf (tree, tree->children[k]))
      tree->discs[tree->children[k]] = discs[i++];
}

/* Places the children of @v, which stands at its place; its parent lies towards the angle @open. */
static void
place_children (DureTree *tree, guint v, double open)
{
  guint                 n = tree->first[v + 1] - tree->first[v];
  g_autofree DurePoint *points = g_new (DurePoint, (gsize)n + 1);
  guint                 leaves = 0;

  for (guint k = tree->first[v]; k < tree->first[v + 1]; k++)
    leaves += dure_tree_is_leaf (tree, tree->children[k]) ? 1 : 0;
  flower (leaves, open, points);
  leaves = 0;
  for (guint k = tree->first[v]; k < tree->first[v + 1]; k++)
    {
      guint     child = tree->children[k];
      DurePoint from = tree->points[v];
      DurePoint to;

      if (dure_tree_is_leaf (tree, child))
        to = points[++leaves];
      else
        to = dure_shape_at (tree->discs[child].distance, open + tree->discs[child].angle);
      tree->points[child] = (DurePoint){ from.x + to.x, from.y + to.y };
      tree->open[child] = atan2 (-to.y, -to.x);
    }
}

/* One tree, whose nodes are in @nodes, parents before children. Returns the box around it, in cells. */
static DureRect
place_tree (DureTree *tree, const guint *nodes, guint n)
{
  DureRect box = { 0 };
  double   balloon;

  for (guint i = n; i > 0; i--)
    if (i == 1 || !dure_tree_is_leaf (tree, nodes[i - 1]))
      measure (tree, nodes[i - 1]);
  balloon = tree->discs[nodes[0]].radius;
  if (balloon <= dure_tree_radial (tree, nodes, n))
    {
      tree->points[nodes[0]] = (DurePoint){ 0, 0 };
      tree->open[nodes[0]] = -G_PI / 2;
      for (guint i = 0; i < n; i++)
        place_children (tree, nodes[i], tree->open[nodes[i]]);
    }
  for (guint i = 0; i < n; i++)
    {
      DureRect cell = { tree->points[nodes[i]].x - 0.5, tree->points[nodes[i]].y - 0.5, 1, 1 };

      box = i == 0 ? cell : dure_rect_union (&box, &cell);
    }
  return box;
}

/* Trees of one node stand in rows below the others. */
static void
place_alone (DureTree *tree, const guint *nodes, guint n, DureRect whole, double aspect)
{
  guint columns = MAX (1, whole.width > 0 ? (guint)whole.width : (guint)ceil (sqrt (n * aspect)));

  columns = MIN (columns, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    tree->points[nodes[i]] = (DurePoint){
      whole.x + whole.width / 2 + i % columns - (columns - 1) / 2.0,
      whole.y + whole.height + TREE_GAP + i / columns,
    };
}

/**
 * dure_layout_tree:
 * @graph: a network
 * @parent: the node above each; its own number for a root. Whoever names somebody that does not exist, or is its own
 * forebear, counts as a root
 * @options: (nullable): what is wished; %NULL for what is usual
 * @cancellable: (nullable): stops
 * @error: return location
 *
 * Draws one or several trees from the middle outwards, children in the order of their numbers. Ties that are no part of
 * the tree have no influence. O(n √n) for the leaves of one node, O(c²) for its c other children.
 *
 * Returns: (transfer full) (nullable): one place a node; %NULL when cancelled
 */
DurePoint *
dure_layout_tree (const DureGraph         *graph,
                  const guint             *parent,
                  const DureLayoutOptions *options,
                  GCancellable            *cancellable,
                  GError                 **error)
{
  g_auto (DureShape) shape = { 0 };
  g_auto (DureTree) tree = { 0 };
  g_autofree DureRect *boxes = NULL;
  g_autofree DureRect *before = NULL;
  DureRect             whole = { 0 };
  guint                n_trees = 0;

  dure_shape_init (&shape, graph, options, cancellable);
  dure_tree_init (&tree, parent, graph->n_nodes);
  while (n_trees < tree.n_roots && tree.size[n_trees] > 1)
    n_trees++;
  boxes = g_new0 (DureRect, (gsize)n_trees + 1);
  for (guint t = 0; t < n_trees; t++)
    {
      if (!dure_shape_go_on (&shape, (double)t / n_trees, error))
        return NULL;
      boxes[t] = place_tree (&tree, &tree.order[tree.root_at[t]], tree.size[t]);
    }
  before = g_memdup2 (boxes, ((gsize)n_trees + 1) * sizeof *boxes);
  if (n_trees > 0)
    whole = dure_pack (boxes, NULL, n_trees, TREE_GAP, shape.options.aspect * shape.cell_height / shape.cell_width);
  for (guint t = 0; t < n_trees; t++)
    for (guint i = 0; i < tree.size[t]; i++)
      {
        DurePoint *point = &tree.points[tree.order[tree.root_at[t] + i]];

        point->x += boxes[t].x - before[t].x;
        point->y += boxes[t].y - before[t].y;
      }
  if (n_trees < tree.n_roots)
    place_alone (&tree, &tree.order[tree.root_at[n_trees]], tree.n_roots - n_trees, whole, shape.options.aspect);
  for (guint v = 0; v < graph->n_nodes; v++)
    shape.points[v] = (DurePoint){ tree.points[v].x * shape.cell_width, tree.points[v].y * shape.cell_height };
  return dure_shape_finish (&shape);
}
