/* dure-stress.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The inner loops run over nodes in memory order, without branches and without sums that depend on each other, so that
 * the compiler makes vector code of them and the result is the same for any width of vectors.
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-stress.h"

#include <math.h>

#include "graph/dure-random.h"

#define STEP DURE_LAYOUT_STEP
#define LANES 8
/* Keeps the length of nothing from being divided by. */
#define TINY 1e-9f
/* The first step of a descent as a share of what would bring the farthest pair to its distance at once, and the last
 * for distances of one tie. Settling does the rest when all rows are there. */
#define FIRST_STEP 0.3
#define LAST_STEP_ALL 0.5
#define LAST_STEP_SOME 0.02
#define CANCEL_ROWS 64
/* Nothing moves any more when nothing moves as far as this. */
#define STILL 1e-3f
/* How far beyond its best place a node is moved; below 2 stress never rises. */
#define BEYOND 1.6f

/* Moves every node towards its distance from one node, or away from it, each by half of the difference at most. The
 * other half is left to the row of the other node. */
static void
move_row (float *restrict x,
          float *restrict y,
          const float *restrict mobile,
          const guint16 *row,
          guint          n,
          float          from_x,
          float          from_y,
          float          eta)
{
  float slower = 1 / eta;

  for (guint j = 0; j < n; j++)
    {
      float d = row[j];
      float dx = x[j] - from_x;
      float dy = y[j] - from_y;
      float length = sqrtf (dx * dx + dy * dy + TINY);
      float stiff = d * d * slower;
      float move = mobile[j] * (length - d) / (2 * length * (stiff > 1 ? stiff : 1));

      x[j] -= move * dx;
      y[j] -= move * dy;
    }
}

/* All nodes can be reached, so only the source itself is at distance 0. */
static void
descend_row (const DureDistanceRows *rows, guint row, float *x, float *y, const float *mobile, float eta)
{
  guint v = rows->source[row];
  float from_x = x[v];
  float from_y = y[v];

  move_row (x, y, mobile, dure_distance_row (rows, row), rows->n_nodes, from_x, from_y, eta);
  x[v] = from_x;
  y[v] = from_y;
}

/**
 * dure_stress_descend:
 * @rows: distances in a connected network
 * @x: (inout): places to start from, one a node
 * @y: (inout): the same
 * @pinned: (nullable): which nodes must not move
 * @rounds: how many rounds
 * @rows_a_round: how many rows each round takes, drawn anew each time
 * @random: state of the random numbers
 * @cancellable: (nullable): stops
 * @error: return location
 *
 * Stochastic gradient descent with steps that fall exponentially from about the farthest distance squared to little,
 * after Zheng, Pawar, Goodman, "Graph drawing by stochastic gradient descent", IEEE TVCG 25, 2019; but a step moves all
 * nodes for one node instead of one pair. When there are rows of some nodes only, drawn by chance, stress over them
 * estimates the whole without bias, unlike with pivots. O(rounds * rows_a_round * n).
 *
 * Returns: %FALSE when cancelled
 */
gboolean
dure_stress_descend (const DureDistanceRows *rows,
                     float                  *x,
                     float                  *y,
                     const gboolean         *pinned,
                     guint                   rounds,
                     guint                   rows_a_round,
                     guint64                *random,
                     GCancellable           *cancellable,
                     GError                **error)
{
  g_autofree guint *order = g_new (guint, (gsize)rows->n_rows + 1);
  g_autofree float *mobile = g_new (float, (gsize)rows->n_nodes + 1);
  double            first = MAX (1.0, FIRST_STEP * rows->farthest * rows->farthest);
  double            last = rows->n_rows == rows->n_nodes ? LAST_STEP_ALL : LAST_STEP_SOME;

  rows_a_round = MIN (rows_a_round, rows->n_rows);
  for (guint r = 0; r < rows->n_rows; r++)
    order[r] = r;
  for (guint v = 0; v < rows->n_nodes; v++)
    mobile[v] = pinned != NULL && pinned[v] ? 0 : 1;
  for (guint t = 0; t < rounds; t++)
    {
      double eta = first * pow (last / first, t / MAX (rounds - 1.0, 1.0));

      for (guint r = 0; r < rows_a_round; r++)
        {
          guint other = r + dure_random_below (random, rows->n_rows - r);
          guint row = order[other];

          if (r % CANCEL_ROWS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          order[other] = order[r];
          order[r] = row;
          descend_row (rows, row, x, y, mobile, (float)eta);
        }
    }
  return TRUE;
}

/**
 * dure_stress_weight:
 * @row: distances from a node
 * @n: how many nodes
 *
 * Returns: how strongly the others hold the node, for dure_stress_pull()
 */
float
dure_stress_weight (const guint16 *row, guint n)
{
  float sum = 0;

  for (guint j = 0; j < n; j++)
    if (row[j] > 0)
      sum += 1.0f / ((float)row[j] * row[j]);
  return sum;
}

/**
 * dure_stress_pull:
 * @row: distances from @node
 * @n: how many nodes
 * @x: places
 * @y: the same
 * @node: a node
 * @weight: dure_stress_weight() of @row
 * @by: how far to go: 1 to the place of least stress as the others seem to see it, less than 2 beyond it
 * @to: (out): where that is
 *
 * The step of Gansner, Koren, North, "Graph drawing by stress majorization", Graph Drawing 2004, for one node.
 *
 * Returns: how far the node is from there
 */
float
dure_stress_pull (
    const guint16 *row, guint n, const float *x, const float *y, guint node, float weight, float by, float to[2])
{
  float own_x = x[node];
  float own_y = y[node];
  float sum_x[LANES] = { 0 };
  float sum_y[LANES] = { 0 };
  guint whole = n - n % LANES;

  for (guint j = 0; j < whole; j += LANES)
    for (guint k = 0; k < LANES; k++)
      {
        float d = row[j + k];
        float dx = own_x - x[j + k];
        float dy = own_y - y[j + k];
        float length = sqrtf (dx * dx + dy * dy + TINY);
        float pull = (length - d) / (d * d * length + TINY);

        sum_x[k] += pull * dx;
        sum_y[k] += pull * dy;
      }
  for (guint j = whole; j < n; j++)
    {
      float d = row[j];
      float dx = own_x - x[j];
      float dy = own_y - y[j];
      float length = sqrtf (dx * dx + dy * dy + TINY);
      float pull = (length - d) / (d * d * length + TINY);

      sum_x[j - whole] += pull * dx;
      sum_y[j - whole] += pull * dy;
    }
  for (guint k = 1; k < LANES; k++)
    {
      sum_x[0] += sum_x[k];
      sum_y[0] += sum_y[k];
    }
  sum_x[0] *= by / weight;
  sum_y[0] *= by / weight;
  to[0] = own_x - sum_x[0];
  to[1] = own_y - sum_y[0];
  return sqrtf (sum_x[0] * sum_x[0] + sum_y[0] * sum_y[0]);
}

/* Every row is there: each node in turn goes where the others want it. */
static float
settle_each (const DureDistanceRows *rows, float *x, float *y, const gboolean *pinned, const float *weights)
{
  float longest = 0;

  for (guint v = 0; v < rows->n_nodes; v++)
    {
      float to[2];
      float move;

      if (pinned != NULL && pinned[v])
        continue;
      move = dure_stress_pull (dure_distance_row (rows, v), rows->n_nodes, x, y, v, weights[v], BEYOND, to);
      longest = MAX (longest, move);
      x[v] = to[0];
      y[v] = to[1];
    }
  return longest;
}

static void
add_pulls (const float *restrict x,
           const float *restrict y,
           const guint16 *row,
           guint          n,
           guint          source,
           float *restrict sum_x,
           float *restrict sum_y)
{
  float from_x = x[source];
  float from_y = y[source];

  for (guint j = 0; j < n; j++)
    {
      float d = row[j];
      float dx = x[j] - from_x;
      float dy = y[j] - from_y;
      float length = sqrtf (dx * dx + dy * dy + TINY);
      float pull = (length - d) / (d * d * length + TINY);

      sum_x[j] += pull * dx;
      sum_y[j] += pull * dy;
    }
}

/* Some rows are there: all nodes go at once where the sources of the rows want them. */
static float
settle_all (const DureDistanceRows *rows,
            float                  *x,
            float                  *y,
            const gboolean         *pinned,
            const float            *weights,
            float                  *sums,
            GCancellable           *cancellable)
{
  const gsize n = rows->n_nodes;
  float       longest = 0;

  for (gsize i = 0; i < 2 * n; i++)
    sums[i] = 0;
  for (guint r = 0; r < rows->n_rows; r++)
    {
      if (r % CANCEL_ROWS == 0 && g_cancellable_is_cancelled (cancellable))
        return 0;
      add_pulls (x, y, dure_distance_row (rows, r), (guint)n, rows->source[r], sums, sums + n);
    }
  for (guint v = 0; v < n; v++)
    if (pinned == NULL || !pinned[v])
      {
        float move_x = sums[v] / weights[v];
        float move_y = sums[n + v] / weights[v];

        longest = MAX (longest, sqrtf (move_x * move_x + move_y * move_y));
        x[v] -= move_x;
        y[v] -= move_y;
      }
  return longest;
}

/* Of each node, by the rows that there are. */
static float *
weights_of (const DureDistanceRows *rows)
{
  float *weights = g_new0 (float, (gsize)rows->n_nodes + 1);

  for (guint r = 0; r < rows->n_rows; r++)
    {
      const guint16 *row = dure_distance_row (rows, r);

      for (guint v = 0; v < rows->n_nodes; v++)
        weights[v] += row[v] > 0 ? 1.0f / ((float)row[v] * row[v]) : 0;
    }
  for (guint v = 0; v < rows->n_nodes; v++)
    weights[v] = MAX (weights[v], TINY);
  return weights;
}

/**
 * dure_stress_settle:
 * @rows: distances in a connected network; all of them, or the rows of some nodes drawn by chance
 * @x: (inout): places to start from, one a node
 * @y: (inout): the same
 * @pinned: (nullable): which nodes must not move
 * @rounds: how often to go through all rows at most
 * @cancellable: (nullable): stops
 * @error: return location
 *
 * Goes down to the nearest least stress by majorization (see dure_stress_pull()); with all rows, one node after the
 * other and a little beyond. O(rounds * rows * n).
 *
 * Returns: %FALSE when cancelled
 */
gboolean
dure_stress_settle (const DureDistanceRows *rows,
                    float                  *x,
                    float                  *y,
                    const gboolean         *pinned,
                    guint                   rounds,
                    GCancellable           *cancellable,
                    GError                **error)
{
  gboolean          all = rows->n_rows == rows->n_nodes;
  g_autofree float *sums = all ? NULL : g_new (float, 2 * (gsize)rows->n_nodes + 1);
  g_autofree float *weights = weights_of (rows);

  for (guint t = 0; t < rounds; t++)
    {
      float longest = all ? settle_each (rows, x, y, pinned, weights)
                          : settle_all (rows, x, y, pinned, weights, sums, cancellable);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (longest < STILL)
        break;
    }
  return TRUE;
}

typedef struct
{
  double ratios;  /* sum of length / distance */
  double squares; /* sum of its square */
  double pairs;
} Fit;

static void
add_to_fit (Fit *fit, const DureDistanceRows *rows, guint row, const float *x, const float *y)
{
  const guint16 *distance = dure_distance_row (rows, row);
  float          from_x = x[rows->source[row]];
  float          from_y = y[rows->source[row]];

  for (guint j = 0; j < rows->n_nodes; j++)
    if (distance[j] > 0)
      {
        float  dx = x[j] - from_x;
        float  dy = y[j] - from_y;
        double ratio = sqrtf (dx * dx + dy * dy) / distance[j];

        fit->ratios += ratio;
        fit->squares += ratio * ratio;
        fit->pairs++;
      }
}

/* min over s of the sum of (length / s / distance - 1)² */
static double
best_fit (const Fit *fit, double *scale)
{
  if (scale != NULL)
    *scale = fit->ratios > 0 ? fit->squares / fit->ratios : 1;
  if (fit->pairs <= 0)
    return 0;
  return fit->squares > 0 ? MAX (0, 1 - fit->ratios * fit->ratios / fit->squares / fit->pairs) : 1;
}

/**
 * dure_stress_of_rows:
 * @rows: distances
 * @x: places
 * @y: the same
 * @scale: (out) (optional): how many times larger than true the drawing is
 *
 * Returns: the mean stress of the pairs in @rows at the scale that suits best, 0 when all distances are true
 */
double
dure_stress_of_rows (const DureDistanceRows *rows, const float *x, const float *y, double *scale)
{
  Fit fit = { 0 };

  for (guint r = 0; r < rows->n_rows; r++)
    add_to_fit (&fit, rows, r, x, y);
  return best_fit (&fit, scale);
}

/**
 * dure_stress:
 * @graph: a network
 * @points: places, one a node
 *
 * Over all pairs that can reach each other, at the scale that suits best; O(n (n + m)), for tests and comparisons.
 *
 * Returns: the mean stress of a pair, 0 when all distances are true
 */
double
dure_stress (const DureGraph *graph, const DurePoint *points)
{
  g_autofree float *x = g_new (float, (gsize)graph->n_nodes + 1);
  g_autofree float *y = g_new (float, (gsize)graph->n_nodes + 1);
  guint             batch[64];
  Fit               fit = { 0 };

  for (guint v = 0; v < graph->n_nodes; v++)
    {
      x[v] = (float)(points[v].x / STEP);
      y[v] = (float)(points[v].y / STEP);
    }
  for (guint first = 0; first < graph->n_nodes; first += G_N_ELEMENTS (batch))
    {
      guint n = MIN (graph->n_nodes - first, (guint)G_N_ELEMENTS (batch));
      g_autoptr (DureDistanceRows) rows = NULL;

      for (guint r = 0; r < n; r++)
        batch[r] = first + r;
      rows = dure_distance_rows_new (graph, batch, n, NULL, NULL);
      for (guint r = 0; r < n; r++)
        add_to_fit (&fit, rows, r, x, y);
    }
  return best_fit (&fit, NULL);
}
