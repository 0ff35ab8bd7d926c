/* dure-reading-search.c: keeps stress and crossings of a drawing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-reading-search-private.h"

#include <math.h>

#include "graph/dure-crossings.h"
#include "graph/dure-distance-rows.h"

/* A node on a tie counts as a part of a crossing, less the more nodes there are: in small drawings each tie is followed
 * with the eye, in large ones the form tells. */
#define ON_TIE_COSTS 20.0
#define LEAST_ON_TIE_COST 0.15
#define MOST_ON_TIE_COST 0.6
/* Two nodes in one place count as this part of a crossing. */
#define ON_NODE_COST 0.5
/* What it costs when as many pairs as there are nodes stand in one place. */
#define NEAR_COST 0.3
/* Below this a drawing counts as true. */
#define LEAST_STRESS 1e-6

static void
take_ties (DureReadingTies *ties, float **at, guint n)
{
  ties->ax = *at, *at += n;
  ties->ay = *at, *at += n;
  ties->bx = *at, *at += n;
  ties->by = *at, *at += n;
}

/* Memory for all arrays of numbers, in one piece and aligned. */
static void
take_memory (DureReadingSearch *self)
{
  gsize  np = self->n_padded;
  gsize  mp = self->m_padded;
  float *at = self->memory
      = g_aligned_alloc0 (self->n * np + 3 * np + (9 + DURE_READING_PLACES) * mp, sizeof (float), 64);

  self->x = at;
  self->y = at + np;
  self->mass = at + 2 * np;
  self->inverse = at + 3 * np;
  at += (3 + self->n) * np;
  take_ties (&self->ties, &at, self->m_padded);
  take_ties (&self->close, &at, self->m_padded);
  self->side_near = at;
  for (guint k = 0; k < DURE_READING_PLACES; k++)
    self->side_place[k] = at + (1 + k) * mp;
  self->ties.n = self->m_padded;
}

/**
 * dure_reading_search_new:
 * @graph: a connected network; borrowed
 * @mass: (nullable): for how many nodes each node counts in the stress; %NULL for one
 * @random: state of the random numbers; borrowed
 * @cancellable: (nullable): stops
 * @error: return location
 *
 * Works out all distances. Set points before anything else is asked.
 *
 * Returns: (transfer full) (nullable): a search; %NULL when cancelled
 */
DureReadingSearch *
dure_reading_search_new (
    const DureGraph *graph, const double *mass, guint64 *random, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureDistanceRows) rows = dure_distance_rows_new (graph, NULL, graph->n_nodes, cancellable, error);
  DureReadingSearch *self;
  guint              n = graph->n_nodes;

  if (rows == NULL)
    return NULL;
  self = g_new0 (DureReadingSearch, 1);
  self->graph = graph;
  self->random = random;
  self->kernels = dure_reading_kernels ();
  self->on_tie_cost = CLAMP (ON_TIE_COSTS / n, LEAST_ON_TIE_COST, MOST_ON_TIE_COST);
  self->n = n;
  self->n_padded = (n + 7) / 8 * 8;
  self->m_padded = (graph->n_ties + 7) / 8 * 8;
  take_memory (self);
  self->found = g_new (guint, self->m_padded + 8);
  self->place = g_new0 (guint, self->m_padded + 8);
  self->order = g_new (guint, n + 1);
  for (guint v = 0; v < n; v++)
    {
      const guint16 *distance = dure_distance_row (rows, v);

      self->order[v] = v;
      self->mass[v] = mass != NULL ? (float)mass[v] : 1;
      for (guint w = 0; w < n; w++)
        if (distance[w] > 0)
          {
            self->inverse[(gsize)v * self->n_padded + w] = 1.0f / distance[w];
            self->pairs += 0.5 * (mass != NULL ? mass[v] * mass[w] : 1);
          }
    }
  for (guint v = n; v < self->n_padded; v++)
    self->x[v] = self->y[v] = DURE_READING_AWAY;
  return self;
}

void
dure_reading_search_free (DureReadingSearch *self)
{
  if (self == NULL)
    return;
  g_aligned_free (self->memory);
  g_free (self->order);
  g_free (self->found);
  g_free (self->place);
  g_free (self);
}

/* Moves a node without measuring. */
void
dure_reading_search_place (DureReadingSearch *self, guint node, float x, float y)
{
  const DureGraph *graph = self->graph;

  self->x[node] = x;
  self->y[node] = y;
  for (guint k = graph->first[node]; k < graph->first[node + 1]; k++)
    {
      guint t = graph->tie_of[k];

      if (graph->ties[t].a == node)
        {
          self->ties.ax[t] = x;
          self->ties.ay[t] = y;
        }
      else
        {
          self->ties.bx[t] = x;
          self->ties.by[t] = y;
        }
    }
}

/* What a node would add to lengths, squares and near at places; @n of them. */
void
dure_reading_search_measure (
    DureReadingSearch *self, guint node, const float *px, const float *py, guint n, DureReadingSums *sums)
{
  const float *inverse = &self->inverse[(gsize)node * self->n_padded];
  float        x = self->x[node];

  self->x[node] = DURE_READING_AWAY;
  for (guint k = 0; k < n; k++)
    {
      sums[k] = self->kernels.distances (self->x, self->y, self->mass, inverse, self->n_padded, px[k], py[k],
                                         1 / (DURE_READING_NEAR * DURE_READING_NEAR));
      sums[k].lengths *= self->mass[node];
      sums[k].squares *= self->mass[node];
    }
  self->x[node] = x;
}

/**
 * dure_reading_search_set_points:
 * @self: a search
 * @points: a drawing, one place a node; all finite
 *
 * Starts anew from a drawing: O(n² + m²) at worst.
 */
void
dure_reading_search_set_points (DureReadingSearch *self, const DurePoint *points)
{
  self->centre = (DurePoint){ 0, 0 };
  for (guint v = 0; v < self->n; v++)
    {
      self->centre.x += points[v].x / self->n;
      self->centre.y += points[v].y / self->n;
    }
  for (guint v = 0; v < self->n; v++)
    dure_reading_search_place (self, v, (float)((points[v].x - self->centre.x) / DURE_LAYOUT_STEP),
                               (float)((points[v].y - self->centre.y) / DURE_LAYOUT_STEP));
  self->sums = (DureReadingSums){ 0, 0, 0 };
  for (guint v = 0; v < self->n; v++)
    {
      DureReadingSums sums;
      float           x = self->x[v];
      float           y = self->y[v];

      dure_reading_search_measure (self, v, &x, &y, 1, &sums);
      self->sums.lengths += sums.lengths / 2;
      self->sums.squares += sums.squares / 2;
      self->sums.near += sums.near / 2;
    }
  self->crossings = (double)dure_count_crossings (self->graph, points);
  for (guint v = 0; v < self->n; v++)
    self->crossings += self->on_tie_cost
                       * self->kernels.on_ties (&self->ties, self->x[v], self->y[v],
                                                1 / (DURE_READING_ON_TIE * DURE_READING_ON_TIE));
}

/**
 * dure_reading_search_get_points:
 * @self: a search
 * @points: (out): the drawing as it is now
 */
void
dure_reading_search_get_points (const DureReadingSearch *self, DurePoint *points)
{
  for (guint v = 0; v < self->n; v++)
    points[v]
        = (DurePoint){ self->centre.x + self->x[v] * DURE_LAYOUT_STEP, self->centre.y + self->y[v] * DURE_LAYOUT_STEP };
}

/**
 * dure_reading_search_get_scale:
 * @self: a search
 *
 * Returns: how many times larger than true the drawing is, at the least stress
 */
double
dure_reading_search_get_scale (const DureReadingSearch *self)
{
  return self->sums.lengths > 0 && self->sums.squares > 0 ? self->sums.squares / self->sums.lengths : 1;
}

/* The cost of a drawing with these sums and crossings. */
double
dure_reading_search_cost_of (const DureReadingSearch *self, double share, const DureReadingSums *sums, double crossings)
{
  double stress = sums->squares > 0 ? 1 - sums->lengths * sums->lengths / sums->squares / self->pairs : 1;

  return (1 - share) * log (MAX (stress, LEAST_STRESS)) + self->part_cost * sums->near
         + share * (log (MAX (crossings, 0) + ON_NODE_COST * sums->near + 1) + NEAR_COST * sums->near / self->n);
}

/**
 * dure_reading_search_get_cost:
 * @self: a search
 * @share: how much crossings count against stress, 0 to 1
 *
 * Returns: what a search makes smaller
 */
double
dure_reading_search_get_cost (const DureReadingSearch *self, double share)
{
  return dure_reading_search_cost_of (self, share, &self->sums, self->crossings);
}
