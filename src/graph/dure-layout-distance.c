/* dure-layout-distance.c: a connected part from nothing, by its distances alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include <math.h>
#include <string.h>

#include "graph/dure-layout-private.h"
#include "graph/dure-random.h"
#include "graph/dure-stress.h"

/* Small parts have poor resting places close to good ones, so they get slow descents, and many of them. */
#define SMALL 200
#define SMALL_ROUNDS 40
#define SMALL_SETTLE_ROUNDS 20
#define SMALL_TERMS 8e6
#define MOST_SMALL_STARTS 64
#define ROUNDS 30
#define COMPARE_ROUNDS 8
#define SAME 0.003
#define TERMS 1e8
#define MOST_STARTS 3
#define SETTLE_ROUNDS 20

/* With the rows of some nodes only. */
#define SOME_TERMS 4e7
#define LEAST_ROWS 64
#define MOST_ROWS 2048
#define SOME_ROUNDS 16
#define SOME_A_ROUND 512
#define SOME_SETTLE_ROUNDS 2

static guint
how_many_starts (const DureLayoutWork *work, guint n)
{
  double pairs = (double)n * n;

  if (work->options->starts > 0)
    return work->options->starts;
  if (n > DURE_LAYOUT_ALL_ROWS || n <= 3)
    return 1;
  return n <= SMALL ? (guint)CLAMP (SMALL_TERMS / pairs / (SMALL_ROUNDS + SMALL_SETTLE_ROUNDS), 1, MOST_SMALL_STARTS)
                    : (guint)CLAMP (TERMS / pairs / ROUNDS, 1, MOST_STARTS);
}

/**
 * dure_layout_rows:
 * @work: the run
 * @graph: a connected part
 * @error: return location
 *
 * Returns: (transfer full) (nullable): all distances, or for large parts those of some nodes drawn by chance; %NULL
 * when cancelled
 */
DureDistanceRows *
dure_layout_rows (DureLayoutWork *work, const DureGraph *graph, GError **error)
{
  guint             n = graph->n_nodes;
  g_autofree guint *order = NULL;
  guint             n_rows;

  if (n <= DURE_LAYOUT_ALL_ROWS)
    return dure_distance_rows_new (graph, NULL, n, work->cancellable, error);
  n_rows = (guint)CLAMP (SOME_TERMS / n, LEAST_ROWS, MOST_ROWS);
  order = g_new (guint, n);
  for (guint v = 0; v < n; v++)
    order[v] = v;
  for (guint r = 0; r < n_rows; r++)
    {
      guint other = r + dure_random_below (&work->random, n - r);
      guint v = order[other];

      order[other] = order[r];
      order[r] = v;
    }
  return dure_distance_rows_new (graph, order, n_rows, work->cancellable, error);
}

static gboolean
descend (DureLayoutWork *work, const DureDistanceRows *rows, float *x, float *y, GError **error)
{
  guint  n = rows->n_nodes;
  guint  rounds = rows->n_rows < n ? SOME_ROUNDS : n <= SMALL ? SMALL_ROUNDS : ROUNDS;
  double size = MIN (sqrt (n), rows->farthest);

  for (guint v = 0; v < n; v++)
    {
      x[v] = (float)((dure_random_double (&work->random) - 0.5) * size);
      y[v] = (float)((dure_random_double (&work->random) - 0.5) * size);
    }
  return dure_stress_descend (rows, x, y, NULL, rounds, rows->n_rows < n ? SOME_A_ROUND : n, &work->random,
                              work->cancellable, error);
}

/**
 * dure_layout_by_distance:
 * @work: the run
 * @part: (inout): a part; gets its points
 * @share: how much of the work on @part this is, for the progress
 * @error: return location
 *
 * Takes the drawing of least stress of several descents from random places. Small parts take some milliseconds, a
 * thousand nodes a quarter of a second, fifty thousand one or two.
 *
 * Returns: %FALSE when cancelled
 */
gboolean
dure_layout_by_distance (DureLayoutWork *work, DureLayoutPart *part, double share, GError **error)
{
  guint n = part->graph->n_nodes;
  g_autoptr (DureDistanceRows) rows = dure_layout_rows (work, part->graph, error);
  guint             starts = how_many_starts (work, n);
  g_autofree float *x = g_new (float, (gsize)n + 1);
  g_autofree float *y = g_new (float, (gsize)n + 1);
  g_autofree float *best_x = g_new (float, (gsize)n + 1);
  g_autofree float *best_y = g_new (float, (gsize)n + 1);
  double            least = G_MAXDOUBLE;
  gboolean          all;
  guint             rounds;

  if (rows == NULL)
    return FALSE;
  all = rows->n_rows == n;
  rounds = !all ? SOME_SETTLE_ROUNDS : n <= SMALL ? SMALL_SETTLE_ROUNDS : COMPARE_ROUNDS;
  for (guint s = 0; s < starts; s++)
    {
      double before = least;
      double stress;

      if (!descend (work, rows, x, y, error)
          || !dure_stress_settle (rows, x, y, NULL, rounds, work->cancellable, error))
        return FALSE;
      stress = starts > 1 ? dure_stress_of_rows (rows, x, y, NULL) : 0;
      if (stress < least)
        {
          least = stress;
          memcpy (best_x, x, n * sizeof (float));
          memcpy (best_y, y, n * sizeof (float));
        }
      dure_layout_tell (work, n, share * (s + 1) / (starts + 1));
      /* Two that came out the same: chance plays no part. */
      if (work->options->starts == 0 && n > SMALL && s > 0 && fabs (stress - before) < SAME * before)
        break;
    }
  if (n > SMALL && all && !dure_stress_settle (rows, best_x, best_y, NULL, SETTLE_ROUNDS, work->cancellable, error))
    return FALSE;
  for (guint v = 0; v < n; v++)
    part->points[v] = (DurePoint){ best_x[v] * DURE_LAYOUT_STEP, best_y[v] * DURE_LAYOUT_STEP };
  dure_layout_tell (work, n, share);
  return TRUE;
}
