/* dure-reading-anneal.c: moves nodes one by one, by simulated annealing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include <math.h>

#include "graph/dure-random.h"
#include "graph/dure-reading-search-private.h"

#define PLACES DURE_READING_PLACES
#define ON_TIE (1 / (DURE_READING_ON_TIE * DURE_READING_ON_TIE))
/* The cost of one node that is moved anywhere, as part of the cost of all. */
#define HOTTEST 0.5
#define COLDEST 1e-5
/* What it costs when as many pairs as there are nodes stand in one place while they are parted. */
#define PART_COST 1.0
#define PART_ROUNDS 12
/* Nodes this much on each other are parted: nearer than 0.8 of the distance that they should keep. */
#define NEAR_ENOUGH 0.36

/** Places tried for one node. */
typedef struct
{
  float  x[PLACES];
  float  y[PLACES];
  double crossings[PLACES];
} Places;

/* About as a normal distribution. */
static double
normal (guint64 *random)
{
  double u = dure_random_double (random) + dure_random_double (random) + dure_random_double (random)
             + dure_random_double (random);

  return (u - 2) * 1.7320508;
}

/* Where the stress of one node alone pulls it. */
static void
stress_place (const DureReadingSearch *self, guint v, float *px, float *py)
{
  const float *inverse = &self->inverse[(gsize)v * self->n_padded];
  float        scale = (float)dure_reading_search_get_scale (self);
  float        sx = 0;
  float        sy = 0;
  float        sw = 0;

  for (guint j = 0; j < self->n; j++)
    {
      float i = inverse[j];
      float dx = self->x[v] - self->x[j];
      float dy = self->y[v] - self->y[j];
      float l = sqrtf (dx * dx + dy * dy) + 1e-9f;
      float w = i * i * self->mass[j];
      float f;

      if (i == 0)
        continue;
      f = scale / (i * l);
      sx += w * (self->x[j] + f * dx);
      sy += w * (self->y[j] + f * dy);
      sw += w;
    }
  if (sw > 0)
    {
      *px = sx / sw;
      *py = sy / sw;
    }
}

static void
set_place (Places *places, guint k, double x, double y)
{
  places->x[k] = (float)x;
  places->y[k] = (float)y;
}

/* Where it is; three places around, most of them near; towards where its distances pull it; towards the middle of its
 * neighbours; beside a neighbour; beside a neighbour's neighbour. */
static void
propose (DureReadingSearch *self, guint v, double radius, Places *places)
{
  const DureGraph *graph = self->graph;
  guint64         *random = self->random;
  const guint     *near = &graph->neighbours[graph->first[v]];
  guint            degree = graph->first[v + 1] - graph->first[v];
  double           x = self->x[v];
  double           y = self->y[v];
  double           mx = 0;
  double           my = 0;
  double           part;
  float            sx = self->x[v];
  float            sy = self->y[v];
  guint            u;

  set_place (places, 0, x, y);
  for (guint k = 1; k < 4; k++)
    {
      double r = radius * exp (-4 * dure_random_double (random));

      set_place (places, k, x + r * normal (random), y + r * normal (random));
    }
  stress_place (self, v, &sx, &sy);
  part = 1.5 * dure_random_double (random);
  set_place (places, 4, x + part * (sx - x), y + part * (sy - y));
  for (guint k = 0; k < degree; k++)
    {
      mx += self->x[near[k]] / degree;
      my += self->y[near[k]] / degree;
    }
  part = dure_random_double (random);
  set_place (places, 5, x + part * (mx - x) + 0.3 * radius * normal (random),
             y + part * (my - y) + 0.3 * radius * normal (random));
  u = near[dure_random_below (random, degree)];
  part = 2 * G_PI * dure_random_double (random);
  radius = 0.2 + dure_random_double (random);
  set_place (places, 6, self->x[u] + radius * cos (part), self->y[u] + radius * sin (part));
  u = near[dure_random_below (random, degree)];
  u = graph->neighbours[graph->first[u] + dure_random_below (random, graph->first[u + 1] - graph->first[u])];
  set_place (places, 7, self->x[u] + 0.3 * normal (random), self->y[u] + 0.3 * normal (random));
}

/* Gathers the ties which lines from the places to the neighbours of the node could meet. */
static void
gather_close (DureReadingSearch *self, guint v, const Places *places)
{
  const DureGraph *graph = self->graph;
  DureReadingBox   box = { places->x[0], places->y[0], places->x[0], places->y[0] };
  guint            degree = graph->first[v + 1] - graph->first[v];
  guint            found;
  guint            n = 0;

  for (guint k = 1; k < PLACES; k++)
    {
      box.left = MIN (box.left, places->x[k]);
      box.right = MAX (box.right, places->x[k]);
      box.top = MIN (box.top, places->y[k]);
      box.bottom = MAX (box.bottom, places->y[k]);
    }
  for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
    {
      guint u = graph->neighbours[k];

      box.left = MIN (box.left, self->x[u]);
      box.right = MAX (box.right, self->x[u]);
      box.top = MIN (box.top, self->y[u]);
      box.bottom = MAX (box.bottom, self->y[u]);
    }
  box.left -= DURE_READING_ON_TIE;
  box.top -= DURE_READING_ON_TIE;
  box.right += DURE_READING_ON_TIE;
  box.bottom += DURE_READING_ON_TIE;
  found = self->kernels.touching (&self->ties, &box, self->found);
  for (guint k = 0; k < found; k++)
    {
      guint t = self->found[k];

      if (t >= graph->n_ties || graph->ties[t].a == v || graph->ties[t].b == v)
        continue;
      self->close.ax[n] = self->ties.ax[t];
      self->close.ay[n] = self->ties.ay[t];
      self->close.bx[n] = self->ties.bx[t];
      self->close.by[n] = self->ties.by[t];
      self->place[t] = n;
      self->found[n++] = t;
    }
  while (n % 8 != 0)
    {
      self->close.ax[n] = self->close.ay[n] = self->close.bx[n] = self->close.by[n] = 0;
      self->found[n++] = G_MAXUINT;
    }
  self->close.n = n;
  self->work += self->m_padded * 0.4 + PLACES * (n * (0.9 + degree * 0.6) + degree * self->n * 0.5);
}

/* How many ties the ties of the node would cross at each place, and how many nodes would lie on ties. */
static void
count_places (DureReadingSearch *self, guint v, Places *places)
{
  const DureGraph *graph = self->graph;
  const float      x = self->x[v];

  gather_close (self, v, places);
  self->x[v] = DURE_READING_AWAY;
  for (guint k = 0; k < PLACES; k++)
    {
      places->crossings[k]
          = self->on_tie_cost * self->kernels.on_ties (&self->close, places->x[k], places->y[k], ON_TIE);
      self->kernels.sides (&self->close, places->x[k], places->y[k], self->side_place[k]);
    }
  for (guint i = graph->first[v]; i < graph->first[v + 1]; i++)
    {
      guint u = graph->neighbours[i];

      self->kernels.sides (&self->close, self->x[u], self->y[u], self->side_near);
      for (guint j = graph->first[u]; j < graph->first[u + 1]; j++)
        {
          guint t = graph->tie_of[j];

          /* Ties with an end in common do not cross. */
          if (self->place[t] < self->close.n && self->found[self->place[t]] == t)
            self->side_near[self->place[t]] = 0;
        }
      for (guint k = 0; k < PLACES; k++)
        places->crossings[k] += (double)self->kernels.crossings (&self->close, self->side_place[k], self->side_near,
                                                                 places->x[k], places->y[k], self->x[u], self->y[u])
                                + self->on_tie_cost
                                      * self->kernels.on_line (self->x, self->y, self->n_padded, self->x[u], self->y[u],
                                                               places->x[k], places->y[k], ON_TIE);
    }
  self->x[v] = x;
}

/* Takes one of the places, the likelier the less it costs. */
static guint
choose (const double *costs, double temperature, guint64 *random)
{
  double least = G_MAXDOUBLE;
  double total = 0;
  double weight[PLACES];
  double pick;
  guint  chosen = 0;

  for (guint k = 0; k < PLACES; k++)
    least = MIN (least, costs[k]);
  for (guint k = 0; k < PLACES; k++)
    total += weight[k] = exp ((least - costs[k]) / temperature);
  pick = dure_random_double (random) * total;
  while (chosen + 1 < PLACES && pick >= weight[chosen])
    pick -= weight[chosen++];
  return chosen;
}

static void
try_node (DureReadingSearch *self, guint v, double share, double temperature, double radius)
{
  Places          places;
  DureReadingSums sums[PLACES];
  double          costs[PLACES];
  guint           chosen;

  propose (self, v, radius, &places);
  count_places (self, v, &places);
  dure_reading_search_measure (self, v, places.x, places.y, PLACES, sums);
  for (guint k = PLACES; k-- > 0;)
    {
      sums[k].lengths += self->sums.lengths - sums[0].lengths;
      sums[k].squares += self->sums.squares - sums[0].squares;
      sums[k].near += self->sums.near - sums[0].near;
      costs[k] = dure_reading_search_cost_of (self, share, &sums[k],
                                              self->crossings + places.crossings[k] - places.crossings[0]);
      if (!isfinite (costs[k]))
        costs[k] = 1e9;
    }
  chosen = choose (costs, temperature, self->random);
  if (chosen == 0)
    return;
  dure_reading_search_place (self, v, places.x[chosen], places.y[chosen]);
  self->sums = sums[chosen];
  self->crossings += places.crossings[chosen] - places.crossings[0];
}

static void
sweep (DureReadingSearch *self, const gboolean *fixed, double share, double temperature, double radius)
{
  for (guint i = self->n; i > 1; i--)
    {
      guint j = dure_random_below (self->random, i);
      guint v = self->order[i - 1];

      self->order[i - 1] = self->order[j];
      self->order[j] = v;
    }
  for (guint i = 0; i < self->n; i++)
    if (fixed == NULL || !fixed[self->order[i]])
      {
        try_node (self, self->order[i], share, temperature, radius);
        self->work += 400 + self->n * (0.4 * PLACES + 2.5);
      }
}

/**
 * dure_reading_search_anneal:
 * @self: a search with points
 * @fixed: (nullable): which nodes must not move
 * @share: how much crossings count against stress, above 0 and below 1
 * @heat: how freely nodes move
 * @work: how long, in steps of about a nanosecond
 * @run: is told of the work done, and whether to stop
 * @error: return location
 *
 * Simulated annealing by the heat bath: each node in turn gets one of eight places by its cost. One node costs O(n) and
 * a test of each of its ties with each tie near.
 *
 * Returns: %FALSE when cancelled
 */
gboolean
dure_reading_search_anneal (DureReadingSearch *self,
                            const gboolean    *fixed,
                            double             share,
                            DureReadingHeat    heat,
                            double             work,
                            DureReadingRun    *run,
                            GError           **error)
{
  double done = 0;

  while (done < work)
    {
      double at = heat.from + (heat.to - heat.from) * done / work;

      self->work = 0;
      sweep (self, fixed, share, share * HOTTEST / self->n * exp (-6 * (1 - at)), exp (-3 * (1 - at)));
      if (!dure_reading_run_step (run, self->work, error))
        return FALSE;
      done += MAX (self->work, 1);
    }
  return TRUE;
}

/**
 * dure_reading_search_part:
 * @self: a search with points
 * @fixed: (nullable): which nodes must not move
 * @share: how much crossings count against stress
 *
 * Moves nodes that stand nearly in one place apart, where that costs neither crossings nor much stress. As one sweep of
 * a search for each node that stands so.
 */
void
dure_reading_search_part (DureReadingSearch *self, const gboolean *fixed, double share)
{
  self->part_cost = share * PART_COST / self->n;
  for (guint round = 0; round < PART_ROUNDS && self->sums.near > 0; round++)
    for (guint v = 0; v < self->n; v++)
      {
        DureReadingSums sums;
        float           x = self->x[v];
        float           y = self->y[v];

        if (fixed != NULL && fixed[v])
          continue;
        dure_reading_search_measure (self, v, &x, &y, 1, &sums);
        if (sums.near > NEAR_ENOUGH)
          try_node (self, v, share, COLDEST / self->n, DURE_READING_NEAR);
      }
  self->part_cost = 0;
}
