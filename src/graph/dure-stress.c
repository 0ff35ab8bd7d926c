/* dure-stress.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-stress.h"

#include <math.h>

#include "graph/dure-measures.h"
#include "graph/dure-random.h"

#define STEP DURE_LAYOUT_STEP

static gboolean
all_pairs (const DureGraph *graph, GArray *terms, GCancellable *cancellable, GError **error)
{
  guint             n = graph->n_nodes;
  g_autofree guint *distance = g_new (guint, n + 1);
  g_autofree guint *queue = g_new (guint, n + 1);

  g_array_set_size (terms, 0);
  for (guint i = 0; i < n; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      dure_distances (graph, i, distance, queue);
      for (guint j = i + 1; j < n; j++)
        if (distance[j] != DURE_UNREACHABLE)
          {
            double         d = distance[j];
            DureStressTerm term = { i, j, d, 1 / (d * d), 1 / (d * d) };

            g_array_append_val (terms, term);
          }
    }
  return TRUE;
}

/* Each pivot is the node that is farthest from those before it; owner[v] becomes the nearest pivot. */
static guint *
choose_pivots (const DureGraph *graph, guint n_pivots, guint64 *random, guint **distances, guint *owner)
{
  guint             n = graph->n_nodes;
  guint            *pivots = g_new (guint, n_pivots);
  g_autofree guint *nearest = g_new (guint, n);
  g_autofree guint *queue = g_new (guint, n);

  for (guint v = 0; v < n; v++)
    nearest[v] = G_MAXUINT;
  pivots[0] = dure_random_below (random, n);
  for (guint p = 0; p < n_pivots; p++)
    {
      guint far = 0;

      distances[p] = g_new (guint, n);
      dure_distances (graph, pivots[p], distances[p], queue);
      for (guint v = 0; v < n; v++)
        {
          if (distances[p][v] < nearest[v])
            {
              nearest[v] = distances[p][v];
              owner[v] = p;
            }
          if (nearest[v] > nearest[far])
            far = v;
        }
      if (p + 1 < n_pivots)
        pivots[p + 1] = far;
    }
  return pivots;
}

/* Source: Ortmann, Klimenta, Brandes, "A sparse stress model", Journal of Graph Algorithms and Applications 21, 2017. A
 * pivot stands for the nodes around it: node i feels it as often as there are nodes of its region at most half as far
 * from it as i is. */
static gboolean
pivot_pairs (const DureGraph *graph, GArray *terms, guint64 *random, GCancellable *cancellable, GError **error)
{
  guint              n = graph->n_nodes;
  guint              n_pivots = MIN (n, DURE_STRESS_PIVOTS);
  g_autofree guint **distances = g_new0 (guint *, n_pivots);
  g_autofree guint  *owner = g_new0 (guint, n);
  g_autofree guint  *pivots = choose_pivots (graph, n_pivots, random, distances, owner);
  g_autofree guint  *within = g_new (guint, n + 1);
  gboolean           stopped = FALSE;

  for (guint t = 0; t < graph->n_ties; t++)
    {
      DureStressTerm term = { graph->ties[t].a, graph->ties[t].b, 1, 1, 1 };

      g_array_append_val (terms, term);
    }
  for (guint p = 0; p < n_pivots && !stopped; p++)
    {
      guint farthest = 0;

      stopped = g_cancellable_set_error_if_cancelled (cancellable, error);
      for (guint d = 0; d <= n; d++)
        within[d] = 0;
      for (guint v = 0; v < n; v++)
        {
          farthest = MAX (farthest, distances[p][v]);
          if (owner[v] == p)
            within[distances[p][v]]++;
        }
      for (guint d = 1; d <= farthest; d++)
        within[d] += within[d - 1];
      for (guint v = 0; v < n; v++)
        {
          double d = distances[p][v];

          if (d >= 2)
            {
              DureStressTerm term = { v, pivots[p], d, within[distances[p][v] / 2] / (d * d), 0 };

              g_array_append_val (terms, term);
            }
        }
    }
  for (guint p = 0; p < n_pivots; p++)
    g_free (distances[p]);
  return !stopped;
}

/**
 * dure_stress_terms:
 * @graph: a connected network
 * @random: state of the random numbers
 * @cancellable: (nullable): stops
 * @error: return location
 *
 * The pairs whose distance counts: all of them up to %DURE_STRESS_ALL_PAIRS nodes, O(n (n + m)); above, ties and
 * pivots, O(p (n + m)).
 *
 * Returns: (transfer full) (element-type DureStressTerm) (nullable): the pairs; %NULL when cancelled
 */
GArray *
dure_stress_terms (const DureGraph *graph, guint64 *random, GCancellable *cancellable, GError **error)
{
  gboolean small = graph->n_nodes <= DURE_STRESS_ALL_PAIRS;
  gsize    expected
      = small ? (gsize)graph->n_nodes * graph->n_nodes / 2 : graph->n_ties + (gsize)graph->n_nodes * DURE_STRESS_PIVOTS;
  g_autoptr (GArray) terms = g_array_sized_new (FALSE, FALSE, sizeof (DureStressTerm), (guint)expected + 1);

  if (small ? !all_pairs (graph, terms, cancellable, error) : !pivot_pairs (graph, terms, random, cancellable, error))
    return NULL;
  return g_steal_pointer (&terms);
}

static void
shuffle (GArray *terms, guint64 *random)
{
  DureStressTerm *term = (DureStressTerm *)(gpointer)terms->data;

  for (guint i = terms->len; i > 1; i--)
    {
      guint          j = dure_random_below (random, i);
      DureStressTerm other = term[i - 1];

      term[i - 1] = term[j];
      term[j] = other;
    }
}

/* Each pair in turn is moved towards its distance, by no more than all of the difference. Returns the longest move, in
 * ties. */
static double
descend_once (const GArray *terms, DurePoint *points, const gboolean *pinned, double eta, guint64 *random)
{
  const DureStressTerm *term = (const DureStressTerm *)(gconstpointer)terms->data;
  double                longest = 0;

  for (guint k = 0; k < terms->len; k++)
    {
      DurePoint *a = &points[term[k].i];
      DurePoint *b = &points[term[k].j];
      double     mu_a = MIN (eta * term[k].weight_i, 1);
      double     mu_b = MIN (eta * term[k].weight_j, 1);
      double     dx = a->x - b->x;
      double     dy = a->y - b->y;
      double     length = sqrt (dx * dx + dy * dy);
      double     move;

      if (pinned != NULL && pinned[term[k].i])
        {
          mu_a = 0;
          mu_b = mu_b * 2;
        }
      if (pinned != NULL && pinned[term[k].j])
        {
          mu_b = 0;
          mu_a = MIN (mu_a * 2, 2);
        }
      if (length < 1e-9)
        {
          /* Two nodes in one place: any direction will do. */
          double angle = dure_random_double (random) * 2 * G_PI;

          dx = cos (angle) * 1e-3;
          dy = sin (angle) * 1e-3;
          length = 1e-3;
        }
      move = (length - STEP * term[k].distance) / (2 * length);
      a->x -= mu_a * move * dx;
      a->y -= mu_a * move * dy;
      b->x += mu_b * move * dx;
      b->y += mu_b * move * dy;
      longest = MAX (longest, fabs (move) * length * MAX (mu_a, mu_b));
    }
  return longest / STEP;
}

/**
 * dure_stress_descend:
 * @terms: (element-type DureStressTerm): the pairs; their order changes
 * @points: (inout): places to start from, one a node
 * @pinned: (nullable): which nodes must not move
 * @warm: whether the start is good already, so that only small moves are wanted
 * @rounds: how often to go through all pairs
 * @random: state of the random numbers
 * @cancellable: (nullable): stops between rounds
 * @error: return location
 *
 * Source: Zheng, Pawar, Goodman, "Graph drawing by stochastic gradient descent", IEEE TVCG 25, 2019: step sizes fall
 * exponentially from 1 / the smallest weight to 0.1 / the largest in the first half of the rounds, then as 1/t until
 * nothing moves.
 *
 * Returns: %FALSE when cancelled
 */
gboolean
dure_stress_descend (GArray         *terms,
                     DurePoint      *points,
                     const gboolean *pinned,
                     gboolean        warm,
                     guint           rounds,
                     guint64        *random,
                     GCancellable   *cancellable,
                     GError        **error)
{
  const DureStressTerm *term = (const DureStressTerm *)(gconstpointer)terms->data;
  double                least = G_MAXDOUBLE;
  double                most = 0;
  double                eta_first;
  double                eta_last;
  double                fall;
  guint                 half = MAX (rounds / 2, 2);

  for (guint k = 0; k < terms->len; k++)
    {
      double w = MAX (term[k].weight_i, term[k].weight_j);

      if (w > 0)
        {
          least = MIN (least, w);
          most = MAX (most, w);
        }
    }
  if (most <= 0)
    return TRUE;
  eta_last = 0.1 / most;
  eta_first = warm ? 1 / most : 1 / least;
  fall = log (eta_first / eta_last) / (half - 1);

  for (guint t = 0; t < rounds; t++)
    {
      double eta = t < half ? eta_first * exp (-fall * t) : eta_last / (1 + fall * (t - half + 1));

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      shuffle (terms, random);
      if (descend_once (terms, points, pinned, eta, random) < 1e-3 && t >= half)
        break;
    }
  return TRUE;
}

/**
 * dure_stress_of_terms:
 * @terms: (element-type DureStressTerm): pairs
 * @points: places
 *
 * Returns: the stress over these pairs, in ties squared by ties squared
 */
double
dure_stress_of_terms (const GArray *terms, const DurePoint *points)
{
  const DureStressTerm *term = (const DureStressTerm *)(gconstpointer)terms->data;
  double                sum = 0;

  for (guint k = 0; k < terms->len; k++)
    {
      double length = hypot (points[term[k].i].x - points[term[k].j].x, points[term[k].i].y - points[term[k].j].y);
      double off = length / STEP - term[k].distance;

      sum += MAX (term[k].weight_i, term[k].weight_j) * off * off;
    }
  return sum;
}

/**
 * dure_stress_scale:
 * @terms: (element-type DureStressTerm): pairs
 * @points: places
 *
 * Returns: how many times larger than true the drawing is, at the least stress
 */
double
dure_stress_scale (const GArray *terms, const DurePoint *points)
{
  const DureStressTerm *term = (const DureStressTerm *)(gconstpointer)terms->data;
  double                lengths = 0;
  double                both = 0;

  for (guint k = 0; k < terms->len; k++)
    {
      double length
          = hypot (points[term[k].i].x - points[term[k].j].x, points[term[k].i].y - points[term[k].j].y) / STEP;
      double w = MAX (term[k].weight_i, term[k].weight_j);

      lengths += w * length * length;
      both += w * length * term[k].distance;
    }
  return both > 0 ? lengths / both : 1;
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
  g_autoptr (GArray) terms = g_array_new (FALSE, FALSE, sizeof (DureStressTerm));
  g_autofree DurePoint *scaled = g_new (DurePoint, (gsize)graph->n_nodes + 1);
  double                scale;

  all_pairs (graph, terms, NULL, NULL);
  scale = dure_stress_scale (terms, points);
  for (guint v = 0; v < graph->n_nodes; v++)
    scaled[v] = (DurePoint){ points[v].x / scale, points[v].y / scale };
  return terms->len > 0 ? dure_stress_of_terms (terms, scaled) / terms->len : 0;
}
