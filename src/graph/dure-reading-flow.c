/* dure-reading-flow.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-reading-flow.h"

#include <math.h>
#include <string.h>

#include "graph/dure-distance-rows.h"
#include "graph/dure-random.h"
#include "graph/dure-reading-field.h"
#include "graph/dure-reading-kernels.h"

#define PASSES 400
/* Distances are known from so many nodes, in all so many distances, and a pass looks at some of those nodes. */
#define LEAST_ROWS 256
#define MOST_ROWS 2048
#define DISTANCES 2.5e7
#define ROWS_A_PASS 32
/* Crossings count in full after this part of the passes. */
#define RISE 0.3
/* By how much of the way nodes go in the last pass. */
#define LAST_STEP 0.08

typedef struct
{
  const DureGraph   *graph;
  const gboolean    *pinned;
  gboolean           any_pinned;
  guint64           *random;
  DureReadingKernels kernels;
  DureReadingField   field;
  DureDistanceRows  *rows;
  float             *x; /* in ties */
  float             *y;
  float             *wish_x; /* Σ of wished places, times their weight */
  float             *wish_y;
  float             *weight;
  DureReadingPull   *pulls;
} Flow;

static void
flow_clear (Flow *self)
{
  dure_reading_field_clear (&self->field);
  g_clear_pointer (&self->rows, dure_distance_rows_free);
  g_aligned_free (self->x);
  g_free (self->pulls);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Flow, flow_clear)

static DureDistanceRows *
some_rows (const DureGraph *graph, guint64 *random, GCancellable *cancellable, GError **error)
{
  guint             n = graph->n_nodes;
  guint             n_rows = (guint)CLAMP (DISTANCES / n, LEAST_ROWS, MOST_ROWS);
  g_autofree guint *sources = g_new (guint, n_rows);

  if (n <= n_rows)
    return dure_distance_rows_new (graph, NULL, n, cancellable, error);
  for (guint r = 0; r < n_rows; r++)
    sources[r] = dure_random_below (random, n);
  return dure_distance_rows_new (graph, sources, n_rows, cancellable, error);
}

/* One pass: each node goes towards the weighted mean of where distances and crossings want it. The pull of crossings is
 * the slope of log crossings in units of the slope of log stress. */
static void
pass (Flow *self, double ratio, double step)
{
  guint           n = self->graph->n_nodes;
  DureReadingSums sums = { 0 };
  double          pairs = 0;
  double          stress;
  double          crossings;
  double          grow = 1;
  double          middle_x = 0;
  double          middle_y = 0;

  memset (self->wish_x, 0, n * sizeof (float));
  memset (self->wish_y, 0, n * sizeof (float));
  memset (self->weight, 0, n * sizeof (float));
  memset (self->pulls, 0, n * sizeof *self->pulls);
  for (guint k = 0; k < ROWS_A_PASS; k++)
    {
      guint           r = dure_random_below (self->random, self->rows->n_rows);
      guint           s = self->rows->source[r];
      DureReadingSums row = self->kernels.wish (dure_distance_row (self->rows, r), n, self->x, self->y, self->x[s],
                                                self->y[s], self->wish_x, self->wish_y, self->weight);

      sums.lengths += row.lengths;
      sums.squares += row.squares;
      pairs += n - 1;
    }
  if (!(sums.lengths > 0) || !(sums.squares > 0))
    return;
  if (!self->any_pinned)
    grow = sums.lengths / sums.squares;
  stress = MAX (pairs - sums.lengths * sums.lengths / sums.squares, 0);
  crossings = dure_reading_field_fill (&self->field, self->graph, self->x, self->y);
  dure_reading_field_pull (&self->field, self->graph, self->x, self->y, ratio * stress / 4 / MAX (crossings, 1),
                           self->pulls);
  for (guint v = 0; v < n; v++)
    {
      float weight = self->weight[v] + self->pulls[v].weight;
      float dx = (self->wish_x[v] + self->pulls[v].x) / weight - self->x[v];
      float dy = (self->wish_y[v] + self->pulls[v].y) / weight - self->y[v];

      if ((self->pinned == NULL || !self->pinned[v]) && weight > 0 && isfinite (dx + dy))
        {
          self->x[v] += (float)step * dx;
          self->y[v] += (float)step * dy;
        }
      middle_x += self->x[v] / n;
      middle_y += self->y[v] / n;
    }
  if (self->any_pinned)
    return;
  for (guint v = 0; v < n; v++)
    {
      self->x[v] = (float)((self->x[v] - middle_x) * grow);
      self->y[v] = (float)((self->y[v] - middle_y) * grow);
    }
}

/**
 * dure_reading_flow_work:
 * @graph: a network
 *
 * Returns: how long dure_reading_flow() takes, in steps of about a nanosecond
 */
double
dure_reading_flow_work (const DureGraph *graph)
{
  return PASSES * (graph->n_nodes * (ROWS_A_PASS * 1.5 + 10) + graph->n_ties * 150.0);
}

/**
 * dure_reading_flow:
 * @graph: a connected network with at least one tie
 * @points: (inout): a drawing by distance; all finite
 * @pinned: (nullable): which nodes must not move
 * @share: how much crossings count against stress, below 1
 * @random: state of the random numbers
 * @run: is told of the work done, and whether to stop
 * @error: return location
 *
 * Goes down the slope of (1 - share) log stress + share log crossings. The stress comes from the distances to nodes
 * drawn by chance (as in Gansner, Koren, North, "Graph drawing by stress majorization", 2004, each node going to the
 * weighted mean of its wishes), the crossings from the density of ties. O(n + m) a pass; 50 MB of distances at most up
 * to 100,000 nodes.
 *
 * Returns: %FALSE when cancelled
 */
gboolean
dure_reading_flow (const DureGraph *graph,
                   DurePoint       *points,
                   const gboolean  *pinned,
                   double           share,
                   guint64         *random,
                   DureReadingRun  *run,
                   GError         **error)
{
  guint  n = graph->n_nodes;
  gsize  padded = (n + 7) / 8 * 8;
  double work = dure_reading_flow_work (graph) / PASSES;
  g_auto (Flow) flow = {
    .graph = graph,
    .pinned = pinned,
    .random = random,
    .kernels = dure_reading_kernels (),
    .rows = some_rows (graph, random, run->cancellable, error),
    .x = g_aligned_alloc0 (5 * padded, sizeof (float), 64),
    .pulls = g_new (DureReadingPull, n),
  };

  if (flow.rows == NULL)
    return FALSE;
  flow.y = flow.x + padded;
  flow.wish_x = flow.y + padded;
  flow.wish_y = flow.wish_x + padded;
  flow.weight = flow.wish_y + padded;
  for (guint v = 0; v < n; v++)
    {
      flow.x[v] = (float)(points[v].x / DURE_LAYOUT_STEP);
      flow.y[v] = (float)(points[v].y / DURE_LAYOUT_STEP);
      flow.any_pinned |= pinned != NULL && pinned[v];
    }
  for (guint p = 0; p < PASSES; p++)
    {
      double at = (double)p / PASSES;

      pass (&flow, share / (1 - share) * MIN (1, (at + 0.02) / RISE), pow (LAST_STEP, at));
      if (!dure_reading_run_step (run, work, error))
        return FALSE;
    }
  for (guint v = 0; v < n; v++)
    if (pinned == NULL || !pinned[v])
      points[v] = (DurePoint){ flow.x[v] * DURE_LAYOUT_STEP, flow.y[v] * DURE_LAYOUT_STEP };
  return TRUE;
}
