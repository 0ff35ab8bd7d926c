/* dure-crossings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-crossings.h"

#include <math.h>
#include <stdlib.h>

/* The part of a tie in one band. */
typedef struct
{
  double left;
  double right;
  guint  tie;
} Span;

/* The drawing is cut into level bands of equal height. */
typedef struct
{
  const DureGraph *graph;
  const DurePoint *points;
  double           top;
  double           height;
  double           slack; /* for rounding */
  guint            n_bands;
} Bands;

static int
compare_spans (const void *left, const void *right)
{
  const Span *x = left;
  const Span *y = right;

  if (x->left != y->left)
    return x->left < y->left ? -1 : 1;
  return (x->tie > y->tie) - (x->tie < y->tie);
}

static double
side (DurePoint a, DurePoint b, DurePoint c)
{
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static gboolean
crosses (DurePoint a, DurePoint b, DurePoint c, DurePoint d)
{
  return side (a, b, c) * side (a, b, d) < 0 && side (c, d, a) * side (c, d, b) < 0;
}

static guint
band_at (const Bands *bands, double y)
{
  return (guint)CLAMP ((y - bands->top) / bands->height, 0, bands->n_bands - 1);
}

static void
ends (const Bands *bands, guint tie, guint *first, guint *last)
{
  double y = bands->points[bands->graph->ties[tie].a].y;
  double z = bands->points[bands->graph->ties[tie].b].y;

  *first = band_at (bands, MIN (y, z));
  *last = band_at (bands, MAX (y, z));
}

static gboolean
is_drawn (const Bands *bands, guint tie)
{
  DurePoint a = bands->points[bands->graph->ties[tie].a];
  DurePoint b = bands->points[bands->graph->ties[tie].b];

  return isfinite (a.x + a.y + b.x + b.y);
}

static Span
clip (const Bands *bands, guint tie, guint band)
{
  DurePoint a = bands->points[bands->graph->ties[tie].a];
  DurePoint b = bands->points[bands->graph->ties[tie].b];
  double    top = bands->top + band * bands->height;
  double    from = 0;
  double    to = 1;
  double    x;
  double    y;

  if (a.y > b.y)
    {
      DurePoint swap = a;

      a = b;
      b = swap;
    }
  if (b.y > a.y)
    {
      from = CLAMP ((top - a.y) / (b.y - a.y), 0, 1);
      to = CLAMP ((top + bands->height - a.y) / (b.y - a.y), 0, 1);
    }
  x = a.x + from * (b.x - a.x);
  y = a.x + to * (b.x - a.x);
  return (Span){ MIN (x, y) - bands->slack, MAX (x, y) + bands->slack, tie };
}

/* A pair that meets in several bands counts in the one where it crosses; s < t, so that rounding is the same in all. */
static gboolean
counts_here (const Bands *bands, guint s, guint t, guint band)
{
  DurePoint a = bands->points[bands->graph->ties[s].a];
  DurePoint b = bands->points[bands->graph->ties[s].b];
  double    from = side (bands->points[bands->graph->ties[t].a], bands->points[bands->graph->ties[t].b], a);
  double    to = side (bands->points[bands->graph->ties[t].a], bands->points[bands->graph->ties[t].b], b);
  guint     first_s;
  guint     last_s;
  guint     first_t;
  guint     last_t;
  guint     at = band_at (bands, a.y + from / (from - to) * (b.y - a.y));

  ends (bands, s, &first_s, &last_s);
  ends (bands, t, &first_t, &last_t);
  return band == CLAMP (at, MAX (first_s, first_t), MIN (last_s, last_t));
}

static guint64
count_in_band (const Bands *bands, Span *spans, guint n, guint band)
{
  const DureGraph *graph = bands->graph;
  const DurePoint *points = bands->points;
  guint64          crossings = 0;

  qsort (spans, n, sizeof *spans, compare_spans);
  for (guint i = 0; i < n; i++)
    {
      const DureGraphTie *s = &graph->ties[spans[i].tie];

      for (guint j = i + 1; j < n && spans[j].left <= spans[i].right; j++)
        {
          const DureGraphTie *t = &graph->ties[spans[j].tie];

          if (s->a != t->a && s->a != t->b && s->b != t->a && s->b != t->b
              && crosses (points[s->a], points[s->b], points[t->a], points[t->b])
              && (bands->n_bands == 1
                  || counts_here (bands, MIN (spans[i].tie, spans[j].tie), MAX (spans[i].tie, spans[j].tie), band)))
            crossings++;
        }
    }
  return crossings;
}

static Bands
cut_into_bands (const DureGraph *graph, const DurePoint *points)
{
  Bands  bands = { .graph = graph, .points = points, .n_bands = 1, .height = 1 };
  double low = G_MAXDOUBLE;
  double high = -G_MAXDOUBLE;
  double reach = 0;
  double rise = 0;

  for (guint v = 0; v < graph->n_nodes; v++)
    {
      if (!isfinite (points[v].x + points[v].y))
        continue;
      low = MIN (low, points[v].y);
      high = MAX (high, points[v].y);
      reach = MAX (reach, fabs (points[v].x));
    }
  if (!(high > low) || !isfinite (high - low))
    return bands;
  for (guint t = 0; t < graph->n_ties; t++)
    if (is_drawn (&bands, t))
      rise += fabs (points[graph->ties[t].a].y - points[graph->ties[t].b].y) / graph->n_ties;
  /* A tie then goes through four bands or so. */
  if (graph->n_ties > 64)
    bands.n_bands = (guint)CLAMP (3 * (high - low) / MAX (rise, 1e-9 * (high - low)), 1, graph->n_ties / 16.0);
  bands.top = low;
  bands.height = (high - low) / bands.n_bands;
  bands.slack = (reach + fabs (high) + fabs (low)) * 1e-9;
  return bands;
}

/**
 * dure_count_crossings:
 * @graph: a network
 * @points: places, one a node
 *
 * Counts the pairs of straight ties that cross between their ends; ties that share a node do not. Sweeps from left to
 * right in bands of the height of a few ties: O(m log m) and a little for each pair of ties that come near each other.
 *
 * Returns: how many
 */
guint64
dure_count_crossings (const DureGraph *graph, const DurePoint *points)
{
  Bands             bands = cut_into_bands (graph, points);
  g_autofree gsize *start = g_new0 (gsize, (gsize)bands.n_bands + 2);
  g_autofree Span  *spans = NULL;
  guint64           crossings = 0;

  if (graph->n_ties < 2)
    return 0;
  for (guint t = 0; t < graph->n_ties; t++)
    {
      guint first;
      guint last;

      if (!is_drawn (&bands, t))
        continue;
      ends (&bands, t, &first, &last);
      for (guint b = first; b <= last; b++)
        start[b + 2]++;
    }
  for (guint b = 2; b <= bands.n_bands + 1; b++)
    start[b] += start[b - 1];
  spans = g_new (Span, start[bands.n_bands + 1] + 1);
  for (guint t = 0; t < graph->n_ties; t++)
    {
      guint first;
      guint last;

      if (!is_drawn (&bands, t))
        continue;
      ends (&bands, t, &first, &last);
      for (guint b = first; b <= last; b++)
        spans[start[b + 1]++] = clip (&bands, t, b);
    }
  for (guint b = 0; b < bands.n_bands; b++)
    crossings += count_in_band (&bands, &spans[start[b]], (guint)(start[b + 1] - start[b]), b);
  return crossings;
}
