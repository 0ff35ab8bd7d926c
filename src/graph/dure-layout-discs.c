/* dure-layout-discs.c: places for discs of different sizes with ties between them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-layout-discs-private.h"

#include <math.h>
#include <string.h>

#include "graph/dure-components.h"
#include "graph/dure-packing.h"
#include "graph/dure-random.h"
#include "graph/dure-readability.h"

#define ROUNDS 60
#define PARTING_ROUNDS 600
/* Groups with few ties between them stand up to this much farther apart than they need. */
#define WEAK_STRETCH 0.7
/* A drawing of the discs may have this much more stress than the best one when fewer ties between them cross. */
#define STRESS_FOR_CROSSINGS 1.1

/* Shortest ways from @from along the ties, whose lengths are @length; O(n²). */
static void
shortest_ways (const DureGraph *ties, const double *length, guint from, double *way)
{
  guint                n = ties->n_nodes;
  g_autofree gboolean *done = g_new0 (gboolean, (gsize)n + 1);

  for (guint i = 0; i < n; i++)
    way[i] = i == from ? 0 : G_MAXDOUBLE;
  for (;;)
    {
      guint near = n;

      for (guint i = 0; i < n; i++)
        if (!done[i] && way[i] < G_MAXDOUBLE && (near == n || way[i] < way[near]))
          near = i;
      if (near == n)
        return;
      done[near] = TRUE;
      for (guint k = ties->first[near]; k < ties->first[near + 1]; k++)
        way[ties->neighbours[k]] = MIN (way[ties->neighbours[k]], way[near] + length[ties->tie_of[k]]);
    }
}

/* Stochastic gradient descent on the stress of all pairs. Returns the stress that is left. */
static double
descend (DurePoint *points, guint n, const double *way, guint64 *random)
{
  double            longest = 0;
  double            shortest = G_MAXDOUBLE;
  double            stress = 0;
  g_autofree guint *order = g_new (guint, (gsize)n * n + 1);
  guint             pairs = 0;

  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      {
        order[pairs++] = i * n + j;
        longest = MAX (longest, way[i * n + j]);
        shortest = MIN (shortest, MAX (way[i * n + j], 1e-6));
      }
  for (guint round = 0; round < ROUNDS; round++)
    {
      /* From the largest step down to a tenth of the smallest, evenly in the logarithm. */
      double step
          = longest * longest * pow (0.1 * shortest * shortest / (longest * longest), (double)round / (ROUNDS - 1));

      for (guint p = pairs; p > 1; p--)
        {
          guint q = dure_random_below (random, p);
          guint pair = order[p - 1];

          order[p - 1] = order[q];
          order[q] = pair;
        }
      for (guint p = 0; p < pairs; p++)
        {
          DurePoint *a = &points[order[p] / n];
          DurePoint *b = &points[order[p] % n];
          double     wished = way[order[p]];
          double     apart = MAX (hypot (a->x - b->x, a->y - b->y), 1e-9);
          double     share = MIN (1, step / (wished * wished)) * (apart - wished) / 2 / apart;
          double     x = (a->x - b->x) * share;
          double     y = (a->y - b->y) * share;

          a->x -= x;
          a->y -= y;
          b->x += x;
          b->y += y;
        }
    }
  for (guint p = 0; p < pairs; p++)
    {
      DurePoint a = points[order[p] / n];
      DurePoint b = points[order[p] % n];
      double    off = hypot (a.x - b.x, a.y - b.y) / way[order[p]] - 1;

      stress += off * off;
    }
  return stress;
}

/* The best of several descents for one connected part. */
static gboolean
place_part (DureDisc        *discs,
            const DureGraph *ties,
            const guint     *nodes,
            guint            n,
            guint64         *random,
            GCancellable    *cancellable,
            GError         **error)
{
  g_autoptr (DureGraph) part = dure_graph_subgraph (ties, nodes, n);
  g_autofree double    *length = g_new (double, (gsize)part->n_ties + 1);
  g_autofree double    *way = g_new (double, (gsize)n *n + 1);
  g_autofree DurePoint *points = g_new (DurePoint, (gsize)n + 1);
  g_autofree DurePoint *best = g_new (DurePoint, (gsize)n + 1);
  double                most = 0;
  double                least_stress = G_MAXDOUBLE;
  guint                 fewest = G_MAXUINT;
  guint                 starts = n <= 40 ? 12 : n <= 120 ? 4 : 1;

  for (guint t = 0; t < part->n_ties; t++)
    most = MAX (most, part->ties[t].weight);
  for (guint t = 0; t < part->n_ties; t++)
    {
      const DureGraphTie *tie = &part->ties[t];

      length[t] = (discs[nodes[tie->a]].radius + discs[nodes[tie->b]].radius)
                  * (1 + WEAK_STRETCH * (1 - sqrt (tie->weight / most)));
    }
  for (guint i = 0; i < n; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      shortest_ways (part, length, i, &way[(gsize)i * n]);
    }
  for (guint s = 0; s < starts; s++)
    {
      double stress;
      guint  crossings;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (guint i = 0; i < n; i++)
        points[i] = (DurePoint){ (dure_random_double (random) - 0.5) * way[n - 1],
                                 (dure_random_double (random) - 0.5) * way[n - 1] };
      stress = descend (points, n, way, random);
      crossings = part->n_ties <= 2000 ? dure_count_crossings (part, points) : 0;
      if (stress > least_stress * STRESS_FOR_CROSSINGS
          || (stress * STRESS_FOR_CROSSINGS >= least_stress && crossings >= fewest))
        continue;
      least_stress = MIN (least_stress, stress);
      fewest = crossings;
      memcpy (best, points, n * sizeof *best);
    }
  for (guint i = 0; i < n; i++)
    discs[nodes[i]].at = best[i];
  return TRUE;
}

/**
 * dure_discs_part:
 * @discs: (inout) (array length=n): discs
 * @n: how many
 *
 * Moves discs that overlap apart, the smaller one more. O(n²) a round.
 */
void
dure_discs_part (DureDisc *discs, guint n)
{
  for (guint round = 0; round < PARTING_ROUNDS; round++)
    {
      gboolean moved = FALSE;

      for (guint i = 0; i < n; i++)
        for (guint j = i + 1; j < n; j++)
          {
            DureDisc *a = &discs[i];
            DureDisc *b = &discs[j];
            double    x = b->at.x - a->at.x;
            double    y = b->at.y - a->at.y;
            double    apart = sqrt (x * x + y * y);
            double    over = a->radius + b->radius - apart;
            double    share = b->radius * b->radius / (a->radius * a->radius + b->radius * b->radius);

            if (over <= 1e-3)
              continue;
            if (apart < 1e-6)
              {
                x = 1;
                apart = 1;
              }
            over *= 1.001;
            a->at.x -= x / apart * over * share;
            a->at.y -= y / apart * over * share;
            b->at.x += x / apart * over * (1 - share);
            b->at.y += y / apart * over * (1 - share);
            moved = TRUE;
          }
      if (!moved)
        return;
    }
}

/* Draws every disc a little towards the middle as long as it touches no other: what parting left too wide. */
static void
close_up (DureDisc *discs, const guint *nodes, guint n)
{
  DurePoint middle = { 0, 0 };

  for (guint i = 0; i < n; i++)
    {
      middle.x += discs[nodes[i]].at.x / n;
      middle.y += discs[nodes[i]].at.y / n;
    }
  for (guint round = 0; round < 40; round++)
    for (guint i = 0; i < n; i++)
      {
        DureDisc *disc = &discs[nodes[i]];
        DurePoint to = { disc->at.x + (middle.x - disc->at.x) * 0.03, disc->at.y + (middle.y - disc->at.y) * 0.03 };
        gboolean  free = TRUE;

        for (guint j = 0; j < n && free; j++)
          free = j == i
                 || hypot (discs[nodes[j]].at.x - to.x, discs[nodes[j]].at.y - to.y)
                        >= discs[nodes[j]].radius + disc->radius;
        if (free)
          disc->at = to;
      }
}

/* Turns the drawing so that its longer axis lies flat, or upright when that is wished. */
static void
lay_flat (DureDisc *discs, const guint *nodes, guint n, double aspect)
{
  DurePoint middle = { 0, 0 };
  double    area = 0;
  double    xx = 0;
  double    xy = 0;
  double    yy = 0;
  double    angle;

  for (guint i = 0; i < n; i++)
    {
      const DureDisc *disc = &discs[nodes[i]];

      area += disc->radius * disc->radius;
      middle.x += disc->at.x * disc->radius * disc->radius;
      middle.y += disc->at.y * disc->radius * disc->radius;
    }
  middle.x /= area;
  middle.y /= area;
  for (guint i = 0; i < n; i++)
    {
      DureDisc *disc = &discs[nodes[i]];
      double    weight = disc->radius * disc->radius;

      disc->at.x -= middle.x;
      disc->at.y -= middle.y;
      xx += weight * disc->at.x * disc->at.x;
      xy += weight * disc->at.x * disc->at.y;
      yy += weight * disc->at.y * disc->at.y;
    }
  angle = 0.5 * atan2 (2 * xy, xx - yy) + (aspect < 1 ? G_PI / 2 : 0);
  for (guint i = 0; i < n; i++)
    {
      DurePoint *at = &discs[nodes[i]].at;

      *at = (DurePoint){ at->x * cos (angle) + at->y * sin (angle), at->y * cos (angle) - at->x * sin (angle) };
    }
}

static void
pack_parts (DureDisc *discs, const DureComponents *parts, double aspect)
{
  g_autofree DureRect *boxes = g_new0 (DureRect, (gsize)parts->n_components + 1);
  g_autofree DureRect *before = NULL;

  for (guint c = 0; c < parts->n_components; c++)
    for (guint i = parts->first[c]; i < parts->first[c + 1]; i++)
      {
        const DureDisc *disc = &discs[parts->nodes[i]];
        DureRect box = { disc->at.x - disc->radius, disc->at.y - disc->radius, 2 * disc->radius, 2 * disc->radius };

        boxes[c] = i == parts->first[c] ? box : dure_rect_union (&boxes[c], &box);
      }
  before = g_memdup2 (boxes, ((gsize)parts->n_components + 1) * sizeof (DureRect));
  dure_pack (boxes, NULL, parts->n_components, 0, aspect);
  for (guint c = 0; c < parts->n_components; c++)
    for (guint i = parts->first[c]; i < parts->first[c + 1]; i++)
      {
        discs[parts->nodes[i]].at.x += boxes[c].x - before[c].x;
        discs[parts->nodes[i]].at.y += boxes[c].y - before[c].y;
      }
}

/**
 * dure_discs_place:
 * @discs: (inout): one a node of @ties, with its radius; gets its place
 * @ties: the ties between discs; a larger weight draws nearer
 * @aspect: width / height of the whole that is wished
 * @seed: begins the random numbers
 * @cancellable: (nullable): stops
 * @error: return location
 *
 * Places discs so that none overlap, those with strong ties beside each other. O(n³).
 *
 * Returns: %FALSE when it was stopped
 */
gboolean
dure_discs_place (
    DureDisc *discs, const DureGraph *ties, double aspect, guint seed, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureComponents) parts = dure_components_new (ties);
  guint64 random = seed;

  for (guint c = 0; c < parts->n_components; c++)
    {
      const guint         *nodes = &parts->nodes[parts->first[c]];
      g_autofree DureDisc *own = NULL;

      if (parts->size[c] == 1)
        continue;
      if (!place_part (discs, ties, nodes, parts->size[c], &random, cancellable, error))
        return FALSE;
      own = g_new (DureDisc, parts->size[c]);
      for (guint i = 0; i < parts->size[c]; i++)
        own[i] = discs[nodes[i]];
      dure_discs_part (own, parts->size[c]);
      for (guint i = 0; i < parts->size[c]; i++)
        discs[nodes[i]] = own[i];
      close_up (discs, nodes, parts->size[c]);
      lay_flat (discs, nodes, parts->size[c], aspect);
    }
  pack_parts (discs, parts, aspect);
  return TRUE;
}
