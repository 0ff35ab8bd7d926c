/* dure-layout.c: distances → reading → room for every node → packing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-layout.h"

#include <math.h>

#include "graph/dure-layout-private.h"
#include "graph/dure-readability.h"

#define STEP DURE_LAYOUT_STEP
/* Places farther out than this are taken for mistakes. */
#define FARTHEST 1e8
/* Rounds of making room at once, between which the work can be stopped, and how often they are tried. */
#define OVERLAP_ROUNDS 5
#define SETTLED_TRIES 4
#define PINNED_TRIES 80
#define FREE_TRIES 100
#define GROWTH 1.04

/**
 * dure_layout_options_init:
 * @options: (out): set to what is usual
 */
void
dure_layout_options_init (DureLayoutOptions *options)
{
  *options = (DureLayoutOptions){ .aspect = 1.5, .seed = 1 };
}

static gboolean
has_place (const DureLayoutWork *work, guint v)
{
  const DurePoint *start = work->options->start;

  return start != NULL && fabs (start[v].x) < FARTHEST && fabs (start[v].y) < FARTHEST;
}

/** dure_layout_is_pinned: whether @node must stay where it is; without a place it cannot. */
gboolean
dure_layout_is_pinned (const DureLayoutWork *work, guint node)
{
  return work->options->pinned != NULL && work->options->pinned[node] && has_place (work, node);
}

/** dure_layout_is_known: whether @node has an old place. */
gboolean
dure_layout_is_known (const DureLayoutWork *work, guint node)
{
  return has_place (work, node) && (work->options->known == NULL || work->options->known[node]);
}

/** dure_layout_tell: says that @fraction of the next @n_nodes is done. */
void
dure_layout_tell (const DureLayoutWork *work, guint n_nodes, double fraction)
{
  if (work->options->progress != NULL)
    work->options->progress (MIN (1, (work->done + n_nodes * fraction) / MAX (work->graph->n_nodes, 1)),
                             work->options->progress_data);
}

/** dure_layout_has_sizes: whether anybody said how large nodes are. */
gboolean
dure_layout_has_sizes (const DureLayoutWork *work)
{
  return work->options->width != NULL || work->options->height != NULL;
}

typedef struct
{
  guint         n;
  DurePoint    *points;
  const double *width;
  const double *height;
} Boxes;

/* Parts boxes for some rounds. With @growth above 1 all is stretched that much after each try. */
static gboolean
part_boxes (const DureLayoutWork *work,
            const Boxes          *boxes,
            const gboolean       *fixed,
            guint                 tries,
            double                growth,
            guint                *left,
            GError              **error)
{
  for (guint t = 0; t<tries && * left> 0; t++)
    {
      if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
        return FALSE;
      *left = dure_remove_overlaps (boxes->n, boxes->points, boxes->width, boxes->height, fixed, OVERLAP_ROUNDS);
      for (guint v = 0; v<boxes->n && * left> 0 && growth > 1; v++)
        {
          boxes->points[v].x *= growth;
          boxes->points[v].y *= growth;
        }
    }
  return TRUE;
}

/**
 * dure_layout_make_room:
 * @work: the run
 * @n: how many nodes
 * @points: (inout): their places
 * @width: their widths
 * @height: their heights
 * @settled: (nullable): who moves only when there is no other way
 * @pinned: (nullable): who never moves; %NULL when the whole may grow
 * @error: return location
 *
 * Moves nodes that overlap.
 *
 * Returns: %FALSE when cancelled
 */
gboolean
dure_layout_make_room (const DureLayoutWork *work,
                       guint                 n,
                       DurePoint            *points,
                       const double         *width,
                       const double         *height,
                       const gboolean       *settled,
                       const gboolean       *pinned,
                       GError              **error)
{
  Boxes boxes = { n, points, width, height };
  guint left = G_MAXUINT;

  if (settled != NULL && !part_boxes (work, &boxes, settled, SETTLED_TRIES, 1, &left, error))
    return FALSE;
  return pinned != NULL ? part_boxes (work, &boxes, pinned, PINNED_TRIES, 1, &left, error)
                        : part_boxes (work, &boxes, NULL, FREE_TRIES, GROWTH, &left, error);
}

/* New parts without sizes have the scale of the largest one that stands already, or else the largest that any needs, so
 * that a tie is as long everywhere. */
static double
common_scale (const GPtrArray *drawn)
{
  double scale = 1;

  for (guint c = 0; c < drawn->len; c++)
    {
      const DureLayoutPart *part = drawn->pdata[c];

      if (part->anchored)
        return part->scale;
      scale = MAX (scale, part->scale);
    }
  return scale;
}

static gboolean
draw_parts (DureLayoutWork *work, const DureComponents *parts, guint n_parts, gboolean *anchored, GError **error)
{
  g_autoptr (GPtrArray) drawn = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_layout_part_free);
  double common;

  for (guint c = 0; c < n_parts; c++)
    {
      DureLayoutPart *part = dure_layout_part_new (work, &parts->nodes[parts->first[c]], parts->size[c]);

      g_ptr_array_add (drawn, part);
      anchored[c] = part->anchored;
      if (!dure_layout_part_draw (work, part, error))
        return FALSE;
    }
  common = common_scale (drawn);
  for (guint c = 0; c < n_parts; c++)
    {
      DureLayoutPart *part = drawn->pdata[c];
      double          scale = part->anchored || dure_layout_has_sizes (work) ? part->scale : common;

      if (!dure_layout_part_put (work, part, scale, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * dure_layout:
 * @graph: a network
 * @options: (nullable): what is wished; %NULL for what is usual
 * @cancellable: (nullable): stops within one round
 * @error: return location
 *
 * Finds places so that nodes are as far apart as ties have to be gone between them, without overlap; parts stand beside
 * each other and single nodes in rows. The same input gives the same places. Nodes that have a place keep it,
 * pinned ones exactly; a start that is no number or absurd counts as none. O(n²) memory and time up to a part of some
 * thousand nodes, about O(n) above.
 *
 * Returns: (transfer full) (nullable): one place a node; %NULL when cancelled
 */
DurePoint *
dure_layout (const DureGraph *graph, const DureLayoutOptions *options, GCancellable *cancellable, GError **error)
{
  DureLayoutOptions     usual;
  g_autofree DurePoint *points = g_new0 (DurePoint, (gsize)graph->n_nodes + 1);
  g_autofree double    *width = g_new (double, (gsize)graph->n_nodes + 1);
  g_autofree double    *height = g_new (double, (gsize)graph->n_nodes + 1);
  g_autoptr (DureComponents) parts = dure_components_new (graph);
  g_autofree gboolean *anchored = g_new0 (gboolean, parts->n_components + 1);
  guint                n_parts = parts->n_components - dure_components_isolates (parts);
  gboolean             any_anchored = FALSE;
  DureLayoutWork       work;

  dure_layout_options_init (&usual);
  if (options == NULL)
    options = &usual;
  work = (DureLayoutWork){
    .graph = graph,
    .options = options,
    .cancellable = cancellable,
    .points = points,
    .width = width,
    .height = height,
    .random = options->seed,
  };
  for (guint v = 0; v < graph->n_nodes; v++)
    {
      width[v] = options->width != NULL ? options->width[v] : STEP * 0.6;
      height[v] = options->height != NULL ? options->height[v] : STEP * 0.6;
    }
  if (!draw_parts (&work, parts, n_parts, anchored, error))
    return NULL;
  dure_layout_arrange (&work, parts, n_parts, anchored);
  for (guint c = 0; c < n_parts; c++)
    any_anchored |= anchored[c];
  if (any_anchored)
    {
      g_autofree gboolean *settled = g_new0 (gboolean, (gsize)graph->n_nodes + 1);
      g_autofree gboolean *pinned = g_new0 (gboolean, (gsize)graph->n_nodes + 1);

      for (guint v = 0; v < graph->n_nodes; v++)
        {
          pinned[v] = dure_layout_is_pinned (&work, v);
          settled[v] = pinned[v] || dure_layout_is_known (&work, v);
        }
      if (!dure_layout_make_room (&work, graph->n_nodes, points, width, height, settled, pinned, error))
        return NULL;
    }
  if (options->progress != NULL)
    options->progress (1, options->progress_data);
  return g_steal_pointer (&points);
}
