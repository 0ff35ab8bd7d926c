/* dure-core-periphery.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ideal pattern: every pair with a core node in it is tied, no other pair is (Borgatti, Everett, "Models of
 * core/periphery structures", Social Networks 21, 1999, discrete model). How well a choice of the core fits is the
 * correlation of the pattern with the ties over all pairs. It depends only on the size of the core and on how many ties
 * touch it, so that one node more or less costs its degree.
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-core-periphery.h"

#include <math.h>

#define ROUNDS 50
#define BETTER 1e-12

/* The correlation when @k nodes are the core and @touched ties touch it. */
static double
fit (const DureGraph *graph, double k, double touched)
{
  double n = graph->n_nodes;
  double m = graph->n_ties;
  double pairs = n * (n - 1) / 2;
  double pattern = pairs - (n - k) * (n - k - 1) / 2;
  double spread = m * (pairs - m) * pattern * (pairs - pattern);

  return spread > 0 ? (pairs * touched - m * pattern) / sqrt (spread) : -1;
}

/* Takes into the core, one by one, whoever has most ties that do not touch it yet, and keeps the best of these cores.
 */
static void
choose_greedily (const DureGraph *graph, gboolean *in_core, guint *outside)
{
  guint             n = graph->n_nodes;
  g_autofree guint *order = g_new (guint, n + 1);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  guint  most = 0;
  guint  taken = 0;
  guint  best = 0;
  double touched = 0;
  double best_fit = -1;

  for (guint v = 0; v < n; v++)
    most = MAX (most, outside[v] = dure_graph_degree (graph, v));
  for (guint d = 0; d <= most; d++)
    g_ptr_array_add (waiting, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint v = n; v-- > 0;)
    g_array_append_val (g_ptr_array_index (waiting, outside[v]), v);
  for (guint d = most; d > 0; d--)
    {
      GArray *here = g_ptr_array_index (waiting, d);

      while (here->len > 0)
        {
          guint v = g_array_index (here, guint, here->len - 1);

          g_array_set_size (here, here->len - 1);
          if (in_core[v])
            continue;
          if (outside[v] < d)
            {
              g_array_append_val (g_ptr_array_index (waiting, outside[v]), v);
              continue;
            }
          in_core[v] = TRUE;
          order[taken++] = v;
          touched += outside[v];
          for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
            outside[graph->neighbours[k]]--;
          if (fit (graph, taken, touched) > best_fit + BETTER)
            {
              best = taken;
              best_fit = fit (graph, taken, touched);
            }
        }
    }
  while (taken > best)
    {
      guint v = order[--taken];

      in_core[v] = FALSE;
      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        outside[graph->neighbours[k]]++;
    }
}

/**
 * dure_core_periphery:
 * @graph: a network
 * @in_core: (out caller-allocates) (array): which nodes are the core; nobody when there is none
 *
 * Finds a core that fits well; the best of all would take forever. O(n + m) a round.
 *
 * Returns: correlation with the ideal pattern, at most 1; NaN when all pairs are tied, or none, or there is no core
 */
double
dure_core_periphery (const DureGraph *graph, gboolean *in_core)
{
  guint             n = graph->n_nodes;
  g_autofree guint *outside = g_new0 (guint, n + 1); /* neighbours that are not in the core */
  double            k = 0;
  double            touched = 0;
  double            now;
  gboolean          changed = TRUE;

  for (guint v = 0; v < n; v++)
    in_core[v] = FALSE;
  if (n < 3 || graph->n_ties == 0 || graph->n_ties == (guint64)n * (n - 1) / 2)
    return NAN;
  choose_greedily (graph, in_core, outside);
  for (guint i = 0; i < graph->n_ties; i++)
    touched += in_core[graph->ties[i].a] || in_core[graph->ties[i].b] ? 1 : 0;
  for (guint v = 0; v < n; v++)
    k += in_core[v] ? 1 : 0;
  now = fit (graph, k, touched);
  for (guint round = 0; round < ROUNDS && changed; round++)
    {
      changed = FALSE;
      for (guint v = 0; v < n; v++)
        {
          double sign = in_core[v] ? -1 : 1;
          double then = fit (graph, k + sign, touched + sign * outside[v]);

          if (then <= now + BETTER)
            continue;
          in_core[v] = !in_core[v];
          k += sign;
          touched += sign * outside[v];
          now = then;
          changed = TRUE;
          for (guint i = graph->first[v]; i < graph->first[v + 1]; i++)
            outside[graph->neighbours[i]] += in_core[v] ? -1 : 1;
        }
    }
  return k > 0 ? now : NAN;
}
