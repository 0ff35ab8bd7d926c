/* bench-quality.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "bench-quality.h"

#include <math.h>
#include <stdlib.h>

#define ALL_PAIRS_UP_TO 12000
#define SAMPLED_ROWS 500
#define ALL_TIES_UP_TO 45000
#define SAMPLED_PAIRS 20000000

/* Marsaglia's xorshift, "Xorshift RNGs", 2003: the sample is the same for every drawing of a network. */
static guint64
next (guint64 *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* Steps from @from to everybody, -1 where there is no way. */
static void
count_steps (const DureGraph *graph, guint from, int *steps, guint *queue)
{
  guint head = 0;
  guint tail = 1;

  for (guint v = 0; v < graph->n_nodes; v++)
    steps[v] = -1;
  steps[from] = 0;
  queue[0] = from;
  while (head < tail)
    {
      guint v = queue[head++];

      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        {
          guint w = graph->neighbours[k];

          if (steps[w] >= 0)
            continue;
          steps[w] = steps[v] + 1;
          queue[tail++] = w;
        }
    }
}

/* With a = Σ l/d and b = Σ (l/d)² over p pairs the best scale is a/b, and what is left p - a²/b. */
static void
measure_stress (const DureGraph *graph, const DurePoint *points, guint64 *state, BenchQuality *quality)
{
  guint             n = graph->n_nodes;
  g_autofree int   *steps = g_new (int, (gsize)n + 1);
  g_autofree guint *queue = g_new (guint, (gsize)n + 1);
  guint             rows;
  long double       a = 0;
  long double       b = 0;
  double            pairs = 0;

  quality->sampled = n > ALL_PAIRS_UP_TO;
  rows = quality->sampled ? SAMPLED_ROWS : n;
  for (guint row = 0; row < rows; row++)
    {
      guint  from = quality->sampled ? (guint)(next (state) % n) : row;
      double row_a = 0;
      double row_b = 0;

      count_steps (graph, from, steps, queue);
      for (guint v = quality->sampled ? 0 : from + 1; v < n; v++)
        {
          double ratio;

          if (steps[v] <= 0)
            continue;
          ratio = hypot (points[v].x - points[from].x, points[v].y - points[from].y) / steps[v];
          row_a += ratio;
          row_b += ratio * ratio;
          pairs++;
        }
      a += row_a;
      b += row_b;
    }
  quality->stress = b > 0 ? (double)((pairs - a * a / b) / pairs) : 0;
}

static double
turns (DurePoint a, DurePoint b, DurePoint c)
{
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static gboolean
cross (const DureGraph *graph, const DurePoint *points, guint s, guint t)
{
  const DureGraphTie *one = &graph->ties[s];
  const DureGraphTie *two = &graph->ties[t];
  DurePoint           a = points[one->a], b = points[one->b], c = points[two->a], d = points[two->b];

  if (one->a == two->a || one->a == two->b || one->b == two->a || one->b == two->b)
    return FALSE;
  return (turns (a, b, c) > 0) != (turns (a, b, d) > 0) && (turns (c, d, a) > 0) != (turns (c, d, b) > 0);
}

/** Span: a tie from its left to its right end. */
typedef struct
{
  double left;
  double right;
  double low;
  double high;
  guint  tie;
} Span;

static int
compare_spans (const void *left, const void *right)
{
  const Span *a = left;
  const Span *b = right;

  return (a->left > b->left) - (a->left < b->left);
}

/* From left to right, each tie with those that begin before it ends. */
static guint64
count_all (const DureGraph *graph, const DurePoint *points)
{
  g_autofree Span *spans = g_new (Span, (gsize)graph->n_ties + 1);
  guint64          found = 0;

  for (guint t = 0; t < graph->n_ties; t++)
    {
      DurePoint a = points[graph->ties[t].a];
      DurePoint b = points[graph->ties[t].b];

      spans[t] = (Span){ MIN (a.x, b.x), MAX (a.x, b.x), MIN (a.y, b.y), MAX (a.y, b.y), t };
    }
  qsort (spans, graph->n_ties, sizeof *spans, compare_spans);
  for (guint i = 0; i < graph->n_ties; i++)
    for (guint j = i + 1; j < graph->n_ties && spans[j].left <= spans[i].right; j++)
      found += spans[j].low <= spans[i].high && spans[j].high >= spans[i].low
                       && cross (graph, points, spans[i].tie, spans[j].tie)
                   ? 1
                   : 0;
  return found;
}

static void
count_crossings (const DureGraph *graph, const DurePoint *points, guint64 *state, BenchQuality *quality)
{
  guint   m = graph->n_ties;
  guint64 found = 0;

  quality->estimated = m > ALL_TIES_UP_TO;
  if (!quality->estimated)
    {
      quality->crossings = (double)count_all (graph, points);
      return;
    }
  for (guint i = 0; i < SAMPLED_PAIRS; i++)
    {
      guint s = (guint)(next (state) % m);
      guint t = (guint)(next (state) % m);

      found += s != t && cross (graph, points, s, t) ? 1 : 0;
    }
  quality->crossings = (double)found / SAMPLED_PAIRS * ((double)m * (m - 1) / 2);
}

/** bench_quality: measures a drawing. */
BenchQuality
bench_quality (const DureGraph *graph, const DurePoint *points)
{
  BenchQuality quality = { 0 };
  guint64      state = G_GUINT64_CONSTANT (88172645463325252);

  measure_stress (graph, points, &state, &quality);
  count_crossings (graph, points, &state, &quality);
  return quality;
}
