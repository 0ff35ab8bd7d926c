/* dure-layout.c: distances → reading → room for every node → packing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-layout.h"

#include <math.h>
#include <stdlib.h>

#include "graph/dure-layout-private.h"
#include "graph/dure-random.h"
#include "graph/dure-readability.h"
#include "graph/dure-reading.h"
#include "graph/dure-stress.h"

#define STEP DURE_LAYOUT_STEP
/* Places farther out than this are taken for mistakes. */
#define FARTHEST 1e8
/* When sizes are free, one of so many nodes may have to give way, and the drawing grows by this at most. */
#define FEW 50
#define MOST_FREE_SCALE 100
#define OVERLAP_ROUNDS 80
#define PINNED_ROUNDS 60
/* Of the progress, when the drawing is then made easier to read. */
#define DISTANCE_SHARE 0.2

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

static DurePoint
middle (const DurePoint *points, guint n)
{
  DurePoint sum = { 0, 0 };

  for (guint i = 0; i < n; i++)
    {
      sum.x += points[i].x;
      sum.y += points[i].y;
    }
  return (DurePoint){ sum.x / MAX (n, 1), sum.y / MAX (n, 1) };
}

/* How much larger than true the drawing must be so that its nodes find room: about half of its surface may be covered.
 */
static double
room_scale (const DurePoint *points, const double *width, const double *height, guint n)
{
  double    covered = 0;
  double    sum = 0;
  DurePoint centre = middle (points, n);

  for (guint i = 0; i < n; i++)
    {
      covered += width[i] * height[i];
      sum += (points[i].x - centre.x) * (points[i].x - centre.x) + (points[i].y - centre.y) * (points[i].y - centre.y);
    }
  /* An even disc of radius r has a mean square distance of r²/2 from its middle. */
  return sum > 0 ? MAX (1, sqrt (2 * covered / (2 * G_PI * sum / n))) : 1;
}

static int
compare_x (gconstpointer left, gconstpointer right)
{
  const DurePoint *a = left;
  const DurePoint *b = right;

  if (a->x != b->x)
    return a->x < b->x ? -1 : 1;
  return (a->y > b->y) - (a->y < b->y);
}

static int
compare_lengths (gconstpointer left, gconstpointer right)
{
  double a = *(const double *)left;
  double b = *(const double *)right;

  return (a > b) - (a < b);
}

/* Nobody said how large nodes are: as large as leaves all but a few room where they stand, so that distances stay true.
 * O(n sqrt n) or so: neighbours are looked for from left to right. */
static double
free_scale (const DurePoint *points, double size, guint n)
{
  g_autofree DurePoint *sorted = g_memdup2 (points, n * sizeof *points);
  g_autofree double    *nearest = g_new (double, n);

  qsort (sorted, n, sizeof *sorted, compare_x);
  for (guint i = 0; i < n; i++)
    nearest[i] = G_MAXDOUBLE;
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n && sorted[j].x - sorted[i].x < nearest[i]; j++)
      {
        double apart = MAX (sorted[j].x - sorted[i].x, fabs (sorted[j].y - sorted[i].y));

        nearest[i] = MIN (nearest[i], apart);
        nearest[j] = MIN (nearest[j], apart);
      }
  qsort (nearest, n, sizeof *nearest, compare_lengths);
  return CLAMP (size * 1.001 / MAX (nearest[n / FEW], 1e-9), 1, MOST_FREE_SCALE);
}

/* Turns the drawing so that its longer axis lies flat, and mirrors it so that the node with the most ties is left and
 * above: two runs that find the same drawing then show the same picture. */
static void
turn (const DureGraph *part, DurePoint *points, double aspect)
{
  guint     n = part->n_nodes;
  DurePoint centre = middle (points, n);
  double    xx = 0;
  double    xy = 0;
  double    yy = 0;
  double    angle;
  guint     hub = 0;

  for (guint i = 0; i < n; i++)
    {
      double x = points[i].x - centre.x;
      double y = points[i].y - centre.y;

      xx += x * x;
      xy += x * y;
      yy += y * y;
      if (dure_graph_degree (part, i) > dure_graph_degree (part, hub))
        hub = i;
    }
  angle = 0.5 * atan2 (2 * xy, xx - yy);
  if (aspect < 1)
    angle += G_PI / 2;
  for (guint i = 0; i < n; i++)
    {
      double x = points[i].x - centre.x;
      double y = points[i].y - centre.y;

      points[i].x = x * cos (angle) + y * sin (angle);
      points[i].y = y * cos (angle) - x * sin (angle);
    }
  if (points[hub].x > 0)
    for (guint i = 0; i < n; i++)
      points[i].x = -points[i].x;
  if (points[hub].y > 0)
    for (guint i = 0; i < n; i++)
      points[i].y = -points[i].y;
}

static void
multiply (DurePoint *points, guint n, double factor)
{
  for (guint i = 0; i < n; i++)
    {
      points[i].x *= factor;
      points[i].y *= factor;
    }
}

/* Turned, mirrored and moved so that who has an old place comes as near to it as can be; scales are the same. */
static void
align (const DureLayoutWork *work, DureLayoutPart *part, const gboolean *which)
{
  guint     n = part->graph->n_nodes;
  DurePoint from = { 0, 0 };
  DurePoint to = { 0, 0 };
  double    same[2] = { 0, 0 }; /* cosine and sine of the turn */
  double    mirrored[2] = { 0, 0 };
  double    count = 0;
  double    flip;
  double    length;
  double   *turned;

  for (guint i = 0; i < n; i++)
    if (which[i])
      {
        from.x += part->points[i].x;
        from.y += part->points[i].y;
        to.x += work->options->start[part->nodes[i]].x / part->scale;
        to.y += work->options->start[part->nodes[i]].y / part->scale;
        count++;
      }
  from = (DurePoint){ from.x / count, from.y / count };
  to = (DurePoint){ to.x / count, to.y / count };
  for (guint i = 0; i < n; i++)
    if (which[i])
      {
        double x = part->points[i].x - from.x;
        double y = part->points[i].y - from.y;
        double old_x = work->options->start[part->nodes[i]].x / part->scale - to.x;
        double old_y = work->options->start[part->nodes[i]].y / part->scale - to.y;

        same[0] += x * old_x + y * old_y;
        same[1] += x * old_y - y * old_x;
        mirrored[0] += x * old_x - y * old_y;
        mirrored[1] += x * old_y + y * old_x;
      }
  flip = hypot (mirrored[0], mirrored[1]) > hypot (same[0], same[1]) * (1 + 1e-9) ? -1 : 1;
  turned = flip < 0 ? mirrored : same;
  length = hypot (turned[0], turned[1]);
  if (length > 0)
    {
      turned[0] /= length;
      turned[1] /= length;
    }
  else
    {
      turned[0] = 1;
      turned[1] = 0;
    }
  for (guint i = 0; i < n; i++)
    {
      double x = part->points[i].x - from.x;
      double y = (part->points[i].y - from.y) * flip;

      part->points[i].x = x * turned[0] - y * turned[1] + to.x;
      part->points[i].y = x * turned[1] + y * turned[0] + to.y;
    }
}

/* The pinned go to their places and pull the rest after them. */
static gboolean
settle_around_pinned (DureLayoutWork *work, DureLayoutPart *part, GError **error)
{
  guint n = part->graph->n_nodes;
  g_autoptr (DureDistanceRows) rows = NULL;
  g_autofree float *x = g_new (float, n);
  g_autofree float *y = g_new (float, n);
  DurePoint         origin = middle (part->points, n);

  for (guint i = 0; i < n; i++)
    {
      if (part->pinned[i])
        part->points[i] = (DurePoint){ work->options->start[part->nodes[i]].x / part->scale,
                                       work->options->start[part->nodes[i]].y / part->scale };
      x[i] = (float)((part->points[i].x - origin.x) / STEP);
      y[i] = (float)((part->points[i].y - origin.y) / STEP);
    }
  rows = dure_layout_rows (work, part->graph, error);
  if (rows == NULL || !dure_stress_settle (rows, x, y, part->pinned, PINNED_ROUNDS, work->cancellable, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!part->pinned[i])
      part->points[i] = (DurePoint){ x[i] * STEP + origin.x, y[i] * STEP + origin.y };
  return TRUE;
}

typedef struct
{
  const DureLayoutWork *work;
  guint                 n;
} Improving;

static void
improving_cb (double fraction, gpointer data)
{
  const Improving *improving = data;

  dure_layout_tell (improving->work, improving->n, DISTANCE_SHARE + (1 - DISTANCE_SHARE) * fraction);
}

static gboolean
improve (DureLayoutWork *work, DureLayoutPart *part, GError **error)
{
  Improving improving = { work, part->graph->n_nodes };

  return work->options->reading <= 0
         || dure_reading_improve (part->graph, part->points, part->n_pinned > 0 ? part->pinned : NULL,
                                  work->options->reading, &work->random, improving_cb, &improving, work->cancellable,
                                  error);
}

static double
scale_for (const DureLayoutWork *work, const DureLayoutPart *part, const double *width, const double *height)
{
  if (work->options->width != NULL || work->options->height != NULL)
    return room_scale (part->points, width, height, part->graph->n_nodes);
  return free_scale (part->points, MAX (width[0], height[0]), part->graph->n_nodes);
}

static gboolean
draw_anew (DureLayoutWork *work, DureLayoutPart *part, const double *width, const double *height, GError **error)
{
  if (!dure_layout_by_distance (work, part, work->options->reading > 0 ? DISTANCE_SHARE : 1, error))
    return FALSE;
  if (part->n_pinned > 0)
    {
      part->scale = scale_for (work, part, width, height);
      align (work, part, part->pinned);
      return settle_around_pinned (work, part, error) && improve (work, part, error);
    }
  if (!improve (work, part, error))
    return FALSE;
  part->scale = scale_for (work, part, width, height);
  if (part->n_known > 1)
    align (work, part, part->known);
  else
    turn (part->graph, part->points, work->options->aspect);
  return TRUE;
}

static void
begin_part (const DureLayoutWork *work, DureLayoutPart *part, double *width, double *height)
{
  for (guint i = 0; i < part->graph->n_nodes; i++)
    {
      guint v = part->nodes[i];

      part->pinned[i] = dure_layout_is_pinned (work, v);
      part->known[i] = part->pinned[i] || dure_layout_is_known (work, v);
      part->n_pinned += part->pinned[i] ? 1 : 0;
      part->n_known += part->known[i] ? 1 : 0;
      part->points[i] = part->known[i] ? work->options->start[v] : (DurePoint){ 0, 0 };
      width[i] = work->width[v];
      height[i] = work->height[v];
    }
}

/* Lays out one part. Returns in @anchored whether it stands where it stood before. */
static gboolean
lay_out_part (DureLayoutWork *work, const guint *nodes, guint n, gboolean *anchored, GError **error)
{
  g_autoptr (DureGraph) graph = dure_graph_subgraph (work->graph, nodes, n);
  g_autofree DurePoint *points = g_new (DurePoint, n);
  g_autofree gboolean  *known = g_new0 (gboolean, n);
  g_autofree gboolean  *pinned = g_new0 (gboolean, n);
  g_autofree double    *width = g_new (double, n);
  g_autofree double    *height = g_new (double, n);
  DureLayoutPart        part
      = { .graph = graph, .nodes = nodes, .points = points, .known = known, .pinned = pinned, .scale = 1 };
  gboolean mostly_known;

  begin_part (work, &part, width, height);
  mostly_known = part.n_known * 2 > n;
  *anchored = part.n_pinned > 0 || mostly_known;
  if (mostly_known ? !dure_layout_keep (work, &part, error) || (!part.kept && !improve (work, &part, error))
                   : !draw_anew (work, &part, width, height, error))
    return FALSE;
  multiply (points, n, part.scale);
  for (guint i = 0; i < n; i++)
    if (pinned[i] || (part.kept && known[i]))
      points[i] = work->options->start[nodes[i]];
  /* The new ones make room first. */
  if (!part.kept || dure_remove_overlaps (n, points, width, height, known, OVERLAP_ROUNDS) > 0)
    dure_remove_overlaps (n, points, width, height, pinned, OVERLAP_ROUNDS);
  for (guint i = 0; i < n; i++)
    work->points[nodes[i]] = points[i];
  work->done += n;
  dure_layout_tell (work, 0, 0);
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
  for (guint c = 0; c < n_parts; c++)
    {
      if (!lay_out_part (&work, &parts->nodes[parts->first[c]], parts->size[c], &anchored[c], error))
        return NULL;
      any_anchored |= anchored[c];
    }
  dure_layout_arrange (&work, parts, n_parts, anchored);
  if (any_anchored)
    {
      g_autofree gboolean *fixed = g_new0 (gboolean, (gsize)graph->n_nodes + 1);

      for (guint v = 0; v < graph->n_nodes; v++)
        fixed[v] = dure_layout_is_pinned (&work, v);
      dure_remove_overlaps (graph->n_nodes, points, width, height, fixed, OVERLAP_ROUNDS);
    }
  if (options->progress != NULL)
    options->progress (1, options->progress_data);
  return g_steal_pointer (&points);
}
