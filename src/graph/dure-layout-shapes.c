/* dure-layout-shapes.c: what the layouts of dure-layout-shapes.h share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-layout-shapes-private.h"

#include <math.h>

#include "graph/dure-readability.h"

/* Labels are wider than nodes, but rings should stay round. */
#define MOST_STRETCH 1.4
#define LARGER 1.05

/** dure_shape_init: begins; @options may be %NULL. */
void
dure_shape_init (DureShape *self, const DureGraph *graph, const DureLayoutOptions *options, GCancellable *cancellable)
{
  gsize  n = (gsize)graph->n_nodes + 1;
  double widest = 1;
  double highest = 1;

  *self = (DureShape){ .graph = graph, .cancellable = cancellable };
  if (options != NULL)
    self->options = *options;
  else
    dure_layout_options_init (&self->options);
  self->points = g_new0 (DurePoint, n);
  self->width = g_new0 (double, n);
  self->height = g_new0 (double, n);
  for (guint v = 0; v < graph->n_nodes; v++)
    {
      self->width[v] = self->options.width != NULL ? self->options.width[v] : DURE_LAYOUT_STEP * 0.6;
      self->height[v] = self->options.height != NULL ? self->options.height[v] : DURE_LAYOUT_STEP * 0.6;
      widest = MAX (widest, self->width[v]);
      highest = MAX (highest, self->height[v]);
    }
  /* A little more than needed, so that rounding never makes neighbours touch. */
  self->cell_width = MAX (widest, highest / MOST_STRETCH) * 1.001;
  self->cell_height = MAX (highest, widest / MOST_STRETCH) * 1.001;
}

/** dure_shape_clear: ends. */
void
dure_shape_clear (DureShape *self)
{
  g_clear_pointer (&self->points, g_free);
  g_clear_pointer (&self->width, g_free);
  g_clear_pointer (&self->height, g_free);
}

/** dure_shape_go_on: tells how far it is; %FALSE when it was stopped. */
gboolean
dure_shape_go_on (DureShape *self, double fraction, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (self->options.progress != NULL)
    self->options.progress (CLAMP (fraction, 0, 1), self->options.progress_data);
  return TRUE;
}

/* Pinned nodes may stand where all is taken: the others then move outwards until there is room. */
static void
make_room (DureShape *self)
{
  guint n = self->graph->n_nodes;

  for (guint i = 0; i < 40; i++)
    {
      if (dure_remove_overlaps (n, self->points, self->width, self->height, self->options.pinned, 60) == 0)
        return;
      for (guint v = 0; v < n; v++)
        if (!self->options.pinned[v])
          {
            self->points[v].x *= LARGER;
            self->points[v].y *= LARGER;
          }
    }
}

/** dure_shape_finish: puts the pinned nodes where they belong, parts what then overlaps, and hands out the places. */
DurePoint *
dure_shape_finish (DureShape *self)
{
  guint n = self->graph->n_nodes;
  guint n_pinned = 0;

  if (self->options.pinned != NULL && self->options.start != NULL)
    for (guint v = 0; v < n; v++)
      if (self->options.pinned[v])
        {
          self->points[v] = self->options.start[v];
          n_pinned++;
        }
  if (n_pinned > 0)
    make_room (self);
  if (self->options.progress != NULL)
    self->options.progress (1, self->options.progress_data);
  return g_steal_pointer (&self->points);
}

/** dure_shape_apart: whether two nodes do not overlap; places in cells. */
gboolean
dure_shape_apart (DurePoint a, DurePoint b)
{
  return MAX (fabs (a.x - b.x), fabs (a.y - b.y)) >= 1;
}

/** dure_shape_at: the place at @angle, clockwise from the right, on a ring around the origin. */
DurePoint
dure_shape_at (double radius, double angle)
{
  return (DurePoint){ radius * cos (angle), radius * sin (angle) };
}

/* Along a ring squares fit closer where it runs flat or upright than where it runs askew: the room from angle 0 up to
 * @angle is the integral of max(|sin|, |cos|), 2√2 for half of the ring. */
static double
room_until (double angle)
{
  double eighths = floor (angle / (G_PI / 4));
  double rest = angle - eighths * (G_PI / 4);
  double within = fmod (eighths, 2) < 1 ? sin (rest) : G_SQRT2 / 2 - sin (G_PI / 4 - rest);

  return eighths * (G_SQRT2 / 2) + within;
}

/* The inverse, by halving. */
static double
angle_of_room (double room)
{
  double low = 0;
  double high = 2 * G_PI;

  for (int i = 0; i < 40; i++)
    {
      double half = (low + high) / 2;

      if (room_until (half) < room)
        low = half;
      else
        high = half;
    }
  return low;
}

/** dure_shape_is_even: whether @n nodes have so much room on a ring of @radius cells that it may be turned. */
gboolean
dure_shape_is_even (guint n, double radius)
{
  return 2 * radius * sin (G_PI / MAX (n, 2)) >= G_SQRT2;
}

/**
 * dure_shape_slot:
 * @slot: 0 … @n-1
 * @n: how many nodes the ring has
 * @radius: in cells
 *
 * Returns: the angle of one of @n places on a ring: even where there is room, else as the squares fit
 */
double
dure_shape_slot (guint slot, guint n, double radius)
{
  double even = 2 * G_PI * (slot + 0.5) / n;

  return dure_shape_is_even (n, radius) ? even : angle_of_room (4 * G_SQRT2 * (slot + 0.5) / n);
}

/** dure_shape_ring_room: how many nodes a ring of @radius cells holds without overlap. */
guint
dure_shape_ring_room (double radius)
{
  guint n;

  if (radius < 0.5)
    return 1;
  for (n = (guint)(4 * G_SQRT2 * radius); n > 2; n--)
    {
      gboolean  apart = TRUE;
      DurePoint last = dure_shape_at (radius, dure_shape_slot (n - 1, n, radius));

      for (guint i = 0; i < n && apart; i++)
        {
          DurePoint at = dure_shape_at (radius, dure_shape_slot (i, n, radius));

          apart = dure_shape_apart (last, at);
          last = at;
        }
      if (apart)
        break;
    }
  return MAX (n, 1);
}
