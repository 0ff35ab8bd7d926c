/* dure-layout-shapes-concentric.c: rings by a measure, the largest in the middle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The range of the measure is cut into bands; a band is one ring, or several close ones when it holds many. Around the
 * rings nodes are ordered by the middle of their partners (the barycentre method of Sugiyama, Tagawa and Toda, 1981, on
 * circles), begun from their directions in a drawing by distance; then neighbours on a ring change places while that
 * makes ties shorter.
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-layout-shapes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "graph/dure-layout-shapes-private.h"

/* Rows of one band, and bands, are so far from each other; in cells. */
#define ROW_GAP 1.42
#define BAND_GAP 1.9
#define SWEEPS 30
#define FEWEST 3
#define SWAP_ROUNDS 12

/** Ring: places on one circle and who stands there. A ring with room to spare may be turned. */
typedef struct
{
  double  radius;
  double  phase;
  guint   n;
  guint  *node; /* borrowed from the order of all */
  double *slot; /* angles of the places, borrowed from those of all */
} Ring;

typedef struct
{
  DureShape    *shape;
  const double *measure;
  double       *slots;
  guint        *order; /* nodes, ring by ring from the middle */
  Ring         *rings;
  guint         n_rings;
  guint        *ring_of; /* of each node */
  double       *angle;   /* of each node */
  DurePoint    *points;  /* of each node, in cells */
} Rings;

static double
value_of (const Rings *self, guint v)
{
  return isfinite (self->measure[v]) ? self->measure[v] : -G_MAXDOUBLE;
}

static int
compare_values (gconstpointer left, gconstpointer right, gpointer data)
{
  const Rings *self = data;
  guint        v = *(const guint *)left;
  guint        w = *(const guint *)right;
  double       x = value_of (self, v);
  double       y = value_of (self, w);

  if (x != y)
    return x > y ? -1 : 1;
  return (v > w) - (v < w);
}

static guint
n_bands (guint n)
{
  return n <= 12 ? 3 : n <= 40 ? 4 : n <= 200 ? 5 : 6;
}

/** Scale: how values are spread over the bands; band 0 is in the middle. */
typedef struct
{
  double least;
  double most;
  double power;
  guint  bands;
} Scale;

/* The outermost band is for those who have nothing. */
static guint
band_of (const Scale *scale, double value)
{
  double share;

  if (value < scale->least)
    return scale->bands;
  if (!(scale->most > scale->least))
    return scale->bands - 1;
  share = pow ((value - scale->least) / (scale->most - scale->least), scale->power);
  return scale->bands - 1 - MIN (scale->bands - 1, (guint)(share * scale->bands));
}

/* Most measures have few large values and many small ones, which a root spreads; when it leaves too many in the middle,
 * as with measures that are large for nearly all, they are spread the other way. */
static Scale
find_scale (const Rings *self)
{
  guint n = self->shape->graph->n_nodes;
  Scale scale = { G_MAXDOUBLE, -G_MAXDOUBLE, 0.5, n_bands (n) };

  for (guint v = 0; v < n; v++)
    if (isfinite (self->measure[v]) && self->measure[v] > 0)
      {
        scale.least = MIN (scale.least, self->measure[v]);
        scale.most = MAX (scale.most, self->measure[v]);
      }
  for (; scale.power < 8; scale.power *= G_SQRT2)
    {
      guint inside = 0;

      for (guint v = 0; v < n; v++)
        inside += band_of (&scale, value_of (self, v)) == 0 ? 1 : 0;
      if (inside <= MAX (3, n / 10))
        break;
    }
  return scale;
}

static void
add_ring (Rings *self, guint from, guint n, double radius)
{
  Ring *ring = &self->rings[self->n_rings++];

  *ring = (Ring){ radius, 0, n, self->order + from, self->slots + from };
  for (guint i = 0; i < n; i++)
    ring->slot[i] = dure_shape_slot (i, n, radius);
}

/* One band of @n nodes from @from on. Returns the radius of its outermost ring. */
static double
add_band (Rings *self, guint from, guint n, double inner)
{
  double radius = self->n_rings == 0 ? (n == 1 ? 0 : 0.75) : inner + BAND_GAP;
  double wide;
  guint  room = 0;
  guint  rows = 0;
  guint  done = 0;

  /* One ring, if it need not be much larger. */
  for (wide = radius; wide <= radius + 2.5 * BAND_GAP && dure_shape_ring_room (wide) < n; wide += 0.25)
    ;
  if (dure_shape_ring_room (wide) >= n)
    {
      add_ring (self, from, n, wide);
      return wide;
    }
  for (; room < n; rows++)
    room += dure_shape_ring_room (radius + rows * ROW_GAP);
  for (guint row = 0; done < n; row++)
    {
      guint most = dure_shape_ring_room (radius + row * ROW_GAP);
      guint here = (guint)ceil ((double)most * n / room);

      wide = radius + row * ROW_GAP;
      here = MIN (MIN (here, most), n - done);
      add_ring (self, from + done, here, wide);
      done += here;
    }
  return wide;
}

/* Where the band of the node at @from ends. */
static guint
band_end (const Rings *self, guint from, const Scale *scale)
{
  guint n = self->shape->graph->n_nodes;
  guint band = band_of (scale, value_of (self, self->order[from]));
  guint to = from + 1;

  while (to < n && band_of (scale, value_of (self, self->order[to])) == band)
    to++;
  return to;
}

static void
make_rings (Rings *self)
{
  guint  n = self->shape->graph->n_nodes;
  Scale  scale = find_scale (self);
  double radius = 0;

  for (guint v = 0; v < n; v++)
    self->order[v] = v;
  g_qsort_with_data (self->order, (int)n, sizeof (guint), compare_values, self);
  for (guint from = 0; from < n;)
    {
      guint to = band_end (self, from, &scale);

      /* A ring for one or two would look like a mistake: they join those before them. */
      while (to < n && band_end (self, to, &scale) < to + FEWEST)
        to = band_end (self, to, &scale);
      radius = add_band (self, from, to - from, radius);
      from = to;
    }
}

static void
place_ring (Rings *self, guint r)
{
  const Ring *ring = &self->rings[r];

  for (guint i = 0; i < ring->n; i++)
    {
      guint v = ring->node[i];

      self->ring_of[v] = r;
      self->angle[v] = ring->phase + ring->slot[i];
      self->points[v] = dure_shape_at (ring->radius, self->angle[v]);
    }
}

static int
compare_angles (gconstpointer left, gconstpointer right, gpointer data)
{
  const double *angle = data;
  guint         v = *(const guint *)left;
  guint         w = *(const guint *)right;

  if (angle[v] != angle[w])
    return angle[v] < angle[w] ? -1 : 1;
  return (v > w) - (v < w);
}

/* Puts the nodes of a ring in the order of their wished angles, turned so that they come near to them. */
static void
order_ring (Rings *self, guint r, double *wish)
{
  Ring             *ring = &self->rings[r];
  g_autofree guint *sorted = g_memdup2 (ring->node, ring->n * sizeof (guint));
  double            x = 0;
  double            y = 0;
  guint             shift;

  for (guint i = 0; i < ring->n; i++)
    wish[sorted[i]] = fmod (fmod (wish[sorted[i]], 2 * G_PI) + 2 * G_PI, 2 * G_PI);
  g_qsort_with_data (sorted, (int)ring->n, sizeof (guint), compare_angles, wish);
  for (guint i = 0; i < ring->n; i++)
    {
      double off = wish[sorted[i]] - ring->slot[i];

      x += cos (off);
      y += sin (off);
    }
  if (dure_shape_is_even (ring->n, ring->radius))
    {
      ring->phase = hypot (x, y) > 1e-9 ? atan2 (y, x) : 0;
      shift = 0;
    }
  else
    shift = (guint)(fmod (round (atan2 (y, x) / (2 * G_PI) * ring->n) + ring->n, ring->n));
  for (guint i = 0; i < ring->n; i++)
    ring->node[(i + shift) % ring->n] = sorted[i];
  place_ring (self, r);
}

static void
sweep_ring (Rings *self, guint r, double *wish)
{
  const DureGraph *graph = self->shape->graph;
  const Ring      *ring = &self->rings[r];

  for (guint i = 0; i < ring->n; i++)
    {
      guint  v = ring->node[i];
      double x = 0;
      double y = 0;

      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        {
          guint w = graph->neighbours[k];

          /* The one in the middle has no direction. */
          if (self->rings[self->ring_of[w]].radius == 0)
            continue;
          x += cos (self->angle[w]);
          y += sin (self->angle[w]);
        }
      wish[v] = hypot (x, y) > 1e-9 ? atan2 (y, x) : self->angle[v];
    }
  order_ring (self, r, wish);
}

static double
length_at (const Rings *self, guint v, DurePoint at)
{
  const DureGraph *graph = self->shape->graph;
  double           sum = 0;

  for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
    {
      DurePoint other = self->points[graph->neighbours[k]];

      sum += sqrt ((at.x - other.x) * (at.x - other.x) + (at.y - other.y) * (at.y - other.y));
    }
  return sum;
}

static double
whole_length (const Rings *self)
{
  double sum = 0;

  for (guint v = 0; v < self->shape->graph->n_nodes; v++)
    sum += length_at (self, v, self->points[v]);
  return sum;
}

/* Changes two places of a ring when that makes ties shorter. */
static gboolean
try_swap (Rings *self, Ring *ring, guint i, guint j)
{
  guint     v = ring->node[i];
  guint     w = ring->node[j];
  DurePoint a = self->points[v];
  DurePoint b = self->points[w];
  double    now = length_at (self, v, a) + length_at (self, w, b);
  double    then;

  self->points[v] = b;
  self->points[w] = a;
  then = length_at (self, v, b) + length_at (self, w, a);
  if (then < now - 1e-9)
    {
      ring->node[i] = w;
      ring->node[j] = v;
      return TRUE;
    }
  self->points[v] = a;
  self->points[w] = b;
  return FALSE;
}

static gboolean
swap_neighbours (Rings *self, guint r)
{
  Ring    *ring = &self->rings[r];
  gboolean better = FALSE;

  for (guint step = 1; step <= 3 && step < ring->n; step++)
    for (guint i = 0; i < ring->n; i++)
      better |= try_swap (self, ring, i, (i + step) % ring->n);
  place_ring (self, r);
  return better;
}

/* The directions that nodes have in a drawing by distance; without one, their numbers. */
static gboolean
begin (Rings *self, double *wish, GError **error)
{
  const DureGraph      *graph = self->shape->graph;
  DureLayoutOptions     rough;
  g_autofree DurePoint *points = NULL;
  DurePoint             middle;

  dure_layout_options_init (&rough);
  rough.seed = self->shape->options.seed;
  rough.starts = graph->n_nodes <= 300 ? 4 : 1;
  points = dure_layout (graph, &rough, self->shape->cancellable, error);
  if (points == NULL)
    return FALSE;
  middle = points[self->order[0]];
  for (guint v = 0; v < graph->n_nodes; v++)
    wish[v] = atan2 (points[v].y - middle.y, points[v].x - middle.x);
  return TRUE;
}

static void
rings_clear (Rings *self)
{
  g_free (self->order);
  g_free (self->rings);
  g_free (self->slots);
  g_free (self->ring_of);
  g_free (self->angle);
  g_free (self->points);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rings, rings_clear)

/**
 * dure_layout_concentric:
 * @graph: a network
 * @measure: one value a node; NaN stands outermost
 * @options: (nullable): what is wished; %NULL for what is usual
 * @cancellable: (nullable): stops
 * @error: return location
 *
 * Puts the nodes on rings, the largest values in the middle. O(m + n log n) a sweep, after a drawing by distance.
 *
 * Returns: (transfer full) (nullable): one place a node; %NULL when cancelled
 */
DurePoint *
dure_layout_concentric (const DureGraph         *graph,
                        const double            *measure,
                        const DureLayoutOptions *options,
                        GCancellable            *cancellable,
                        GError                 **error)
{
  gsize n = (gsize)graph->n_nodes + 1;
  g_auto (DureShape) shape = { 0 };
  g_auto (Rings) self = { 0 };
  g_autofree double *wish = g_new0 (double, n);
  g_autofree guint  *best = NULL;
  g_autofree Ring   *best_rings = NULL;
  double             shortest;

  dure_shape_init (&shape, graph, options, cancellable);
  if (graph->n_nodes == 0)
    return dure_shape_finish (&shape);
  self = (Rings){
    .shape = &shape,
    .measure = measure,
    .order = g_new0 (guint, n),
    .rings = g_new0 (Ring, n),
    .slots = g_new0 (double, n),
    .ring_of = g_new0 (guint, n),
    .angle = g_new0 (double, n),
    .points = g_new0 (DurePoint, n),
  };
  make_rings (&self);
  if (!begin (&self, wish, error))
    return NULL;
  for (guint r = 0; r < self.n_rings; r++)
    order_ring (&self, r, wish);
  shortest = whole_length (&self);
  best = g_memdup2 (self.order, n * sizeof (guint));
  best_rings = g_memdup2 (self.rings, n * sizeof (Ring));
  for (guint sweep = 0; sweep < SWEEPS; sweep++)
    {
      double length;

      if (!dure_shape_go_on (&shape, 0.5 + 0.3 * sweep / SWEEPS, error))
        return NULL;
      for (guint r = 0; r < self.n_rings; r++)
        sweep_ring (&self, sweep % 2 == 0 ? r : self.n_rings - 1 - r, wish);
      length = whole_length (&self);
      if (length < shortest)
        {
          shortest = length;
          memcpy (best, self.order, n * sizeof (guint));
          memcpy (best_rings, self.rings, n * sizeof (Ring));
        }
    }
  memcpy (self.order, best, n * sizeof (guint));
  memcpy (self.rings, best_rings, n * sizeof (Ring));
  for (guint r = 0; r < self.n_rings; r++)
    place_ring (&self, r);
  for (guint round = 0; round < SWAP_ROUNDS; round++)
    {
      gboolean better = FALSE;

      if (!dure_shape_go_on (&shape, 0.8 + 0.2 * round / SWAP_ROUNDS, error))
        return NULL;
      for (guint r = 0; r < self.n_rings; r++)
        better |= swap_neighbours (&self, r);
      if (!better)
        break;
    }
  for (guint v = 0; v < graph->n_nodes; v++)
    shape.points[v] = (DurePoint){ self.points[v].x * shape.cell_width, self.points[v].y * shape.cell_height };
  return dure_shape_finish (&shape);
}
