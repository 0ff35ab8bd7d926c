/* dure-layout-keep.c: a connected part most of whose nodes have a place already
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include <math.h>

#include "graph/dure-layout-private.h"
#include "graph/dure-random.h"
#include "graph/dure-stress.h"

#define STEP DURE_LAYOUT_STEP
/* Directions that a new node tries from the middle of its neighbours. */
#define DIRECTIONS 8
#define NEW_ROUNDS 20
/* The old places are given up when distances could be this many times truer, or are this false. */
#define TOO_FALSE 2.5
#define FALSE_ANYWAY 0.35
#define TRIAL_ROUNDS 5
#define TRIAL_NODES 1500
/* Rows to estimate the scale by. */
#define SCALE_ROWS 64

/* Who is new stands at the middle of those neighbours that have a place, a little off; gives the order they came in. */
static GArray *
place_new (DureLayoutWork *work, DureLayoutPart *part)
{
  guint                n = part->graph->n_nodes;
  GArray              *fresh = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gboolean *placed = g_memdup2 (part->known, n * sizeof (gboolean));
  g_autofree guint    *queue = g_new (guint, n);
  guint                tail = 0;

  for (guint v = 0; v < n; v++)
    if (placed[v])
      queue[tail++] = v;
  for (guint head = 0; head < tail; head++)
    for (guint k = part->graph->first[queue[head]]; k < part->graph->first[queue[head] + 1]; k++)
      {
        guint     v = part->graph->neighbours[k];
        DurePoint sum = { 0, 0 };
        guint     count = 0;

        if (placed[v])
          continue;
        for (guint l = part->graph->first[v]; l < part->graph->first[v + 1]; l++)
          if (placed[part->graph->neighbours[l]])
            {
              sum.x += part->points[part->graph->neighbours[l]].x;
              sum.y += part->points[part->graph->neighbours[l]].y;
              count++;
            }
        part->points[v] = (DurePoint){ sum.x / count, sum.y / count };
        placed[v] = TRUE;
        queue[tail++] = v;
        g_array_append_val (fresh, v);
      }
  return fresh;
}

static double
stress_of_place (const guint16 *row, guint n, const float *x, const float *y, float at_x, float at_y)
{
  double sum = 0;

  for (guint j = 0; j < n; j++)
    if (row[j] > 0)
      {
        double off = hypot (x[j] - at_x, y[j] - at_y) / row[j] - 1;

        sum += off * off;
      }
  return sum;
}

/* Each new node takes the best of some directions, then all of them settle among the old ones. */
static gboolean
settle_new (DureLayoutWork *work, DureLayoutPart *part, const GArray *fresh, float *x, float *y, GError **error)
{
  guint        n = part->graph->n_nodes;
  const guint *nodes = (const guint *)(gconstpointer)fresh->data;
  g_autoptr (DureDistanceRows) rows = dure_distance_rows_new (part->graph, nodes, fresh->len, work->cancellable, error);
  g_autofree float *weights = g_new (float, (gsize)fresh->len + 1);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < fresh->len; i++)
    {
      const guint16 *row = dure_distance_row (rows, i);
      guint          v = nodes[i];
      double         turn = dure_random_double (&work->random) * 2 * G_PI;
      double         least = G_MAXDOUBLE;
      float          middle_x = x[v];
      float          middle_y = y[v];

      weights[i] = dure_stress_weight (row, n);
      for (guint k = 0; k < DIRECTIONS; k++)
        {
          float  at_x = middle_x + (float)cos (turn + 2 * G_PI * k / DIRECTIONS);
          float  at_y = middle_y + (float)sin (turn + 2 * G_PI * k / DIRECTIONS);
          double stress = stress_of_place (row, n, x, y, at_x, at_y);

          if (stress < least)
            {
              least = stress;
              x[v] = at_x;
              y[v] = at_y;
            }
        }
    }
  for (guint t = 0; t < NEW_ROUNDS; t++)
    for (guint i = 0; i < fresh->len; i++)
      {
        float to[2];

        if (i % 64 == 0 && g_cancellable_set_error_if_cancelled (work->cancellable, error))
          return FALSE;
        dure_stress_pull (dure_distance_row (rows, i), n, x, y, nodes[i], weights[i], 1, to);
        x[nodes[i]] = to[0];
        y[nodes[i]] = to[1];
      }
  return TRUE;
}

/* Whether distances could be so much truer that the old places mean nothing any more. */
static gboolean
has_become_another (
    DureLayoutWork *work, DureLayoutPart *part, const float *x, const float *y, gboolean *another, GError **error)
{
  guint n = part->graph->n_nodes;
  g_autoptr (DureDistanceRows) rows = NULL;
  g_autofree float *new_x = NULL;
  g_autofree float *new_y = NULL;
  double            stress;

  *another = FALSE;
  if (n > TRIAL_NODES)
    return TRUE;
  rows = dure_distance_rows_new (part->graph, NULL, n, work->cancellable, error);
  if (rows == NULL)
    return FALSE;
  stress = dure_stress_of_rows (rows, x, y, NULL);
  new_x = g_memdup2 (x, n * sizeof (float));
  new_y = g_memdup2 (y, n * sizeof (float));
  if (!dure_stress_settle (rows, new_x, new_y, part->pinned, TRIAL_ROUNDS, work->cancellable, error))
    return FALSE;
  /* What was drawn for reading is not that true to begin with. */
  *another
      = stress > FALSE_ANYWAY * (1 + work->options->reading)
        || stress > TOO_FALSE * (1 + work->options->reading) * dure_stress_of_rows (rows, new_x, new_y, NULL) + 0.01;
  return TRUE;
}

/* How much larger than true the old drawing is. */
static gboolean
find_scale (DureLayoutWork *work, DureLayoutPart *part, const float *x, const float *y, GError **error)
{
  guint n = part->graph->n_nodes;
  guint sources[SCALE_ROWS];
  g_autoptr (DureDistanceRows) rows = NULL;

  for (guint r = 0; r < SCALE_ROWS; r++)
    sources[r] = (guint)((guint64)r * n / SCALE_ROWS);
  rows = dure_distance_rows_new (part->graph, n <= SCALE_ROWS ? NULL : sources, MIN (n, SCALE_ROWS), work->cancellable,
                                 error);
  if (rows == NULL)
    return FALSE;
  dure_stress_of_rows (rows, x, y, &part->scale);
  part->scale = CLAMP (part->scale, 0.01, 1e4);
  return TRUE;
}

/**
 * dure_layout_keep:
 * @work: the run
 * @part: (inout): a part whose known points hold their old places; gets the other points, and its scale
 * @error: return location
 *
 * Who is known stays; who is new takes the place where its distances are truest among them. Only when the network has
 * become quite another is kept %FALSE, and @part is as it was. O(n) for each new node, and for small parts O(n²) for
 * the comparison.
 *
 * Returns: %FALSE when cancelled
 */
gboolean
dure_layout_keep (DureLayoutWork *work, DureLayoutPart *part, GError **error)
{
  guint n = part->graph->n_nodes;
  g_autoptr (GArray) fresh = place_new (work, part);
  g_autofree float *x = g_new (float, (gsize)n + 1);
  g_autofree float *y = g_new (float, (gsize)n + 1);
  DurePoint         origin = { 0, 0 };
  gboolean          another;

  for (guint v = 0; v < n; v++)
    {
      origin.x += part->points[v].x / n;
      origin.y += part->points[v].y / n;
    }
  for (guint v = 0; v < n; v++)
    {
      x[v] = (float)((part->points[v].x - origin.x) / STEP);
      y[v] = (float)((part->points[v].y - origin.y) / STEP);
    }
  if (!find_scale (work, part, x, y, error))
    return FALSE;
  /* A little off, for those who stand in one place. */
  for (guint v = 0; v < n; v++)
    {
      x[v] = (float)(x[v] / part->scale + (dure_random_double (&work->random) - 0.5) * 1e-3);
      y[v] = (float)(y[v] / part->scale + (dure_random_double (&work->random) - 0.5) * 1e-3);
    }
  if (!settle_new (work, part, fresh, x, y, error) || !has_become_another (work, part, x, y, &another, error))
    return FALSE;
  part->kept = !another;
  for (guint v = 0; v < n && part->kept; v++)
    if (part->known[v])
      part->points[v] = (DurePoint){ part->points[v].x / part->scale, part->points[v].y / part->scale };
    else
      part->points[v] = (DurePoint){ x[v] * STEP + origin.x / part->scale, y[v] * STEP + origin.y / part->scale };
  return TRUE;
}
