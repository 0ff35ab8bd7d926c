/* dure-reading-field.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-reading-field.h"

#include <math.h>
#include <string.h>

/* Cells of a tie of mean length, and most cells along one side. */
#define CELLS_A_TIE 3.5
#define MOST_CELLS 1500
/* Ties shorter than this, in ties, do not get shorter. */
#define SHORTEST 0.1f

/** Steps along one tie, at most a cell long; in cells. */
typedef struct
{
  float x;
  float y;
  float dx;
  float dy;
  float length; /* of the tie, in ties */
  guint n;
} Walk;

void
dure_reading_field_init (DureReadingField *self)
{
  *self = (DureReadingField){ 0 };
}

void
dure_reading_field_clear (DureReadingField *self)
{
  g_free (self->density);
  *self = (DureReadingField){ 0 };
}

static inline Walk
walk_along (const DureReadingField *self, const DureGraphTie *tie, const float *x, const float *y)
{
  float dx = x[tie->b] - x[tie->a];
  float dy = y[tie->b] - y[tie->a];
  Walk  walk = { .length = sqrtf (dx * dx + dy * dy) };

  walk.n = (guint)(walk.length / self->cell) + 1;
  walk.dx = dx / (self->cell * (float)walk.n);
  walk.dy = dy / (self->cell * (float)walk.n);
  /* One cell is left free all around. */
  walk.x = (x[tie->a] - self->left) / self->cell + 1 + walk.dx / 2;
  walk.y = (y[tie->a] - self->top) / self->cell + 1 + walk.dy / 2;
  return walk;
}

/* Chooses cells for a drawing. */
static void
fit (DureReadingField *self, const DureGraph *graph, const float *x, const float *y)
{
  float  right = x[0];
  float  bottom = y[0];
  double sum = 0;
  gsize  cells;

  self->left = x[0];
  self->top = y[0];
  for (guint v = 0; v < graph->n_nodes; v++)
    {
      self->left = MIN (self->left, x[v]);
      right = MAX (right, x[v]);
      self->top = MIN (self->top, y[v]);
      bottom = MAX (bottom, y[v]);
    }
  for (guint t = 0; t < graph->n_ties; t++)
    sum += hypotf (x[graph->ties[t].a] - x[graph->ties[t].b], y[graph->ties[t].a] - y[graph->ties[t].b]);
  self->cell
      = (float)MAX (sum / graph->n_ties / CELLS_A_TIE, MAX (right - self->left, bottom - self->top) / MOST_CELLS);
  self->cell = MAX (self->cell, 1e-6f);
  self->width = (guint)((right - self->left) / self->cell) + 3;
  self->height = (guint)((bottom - self->top) / self->cell) + 3;
  cells = (gsize)self->width * self->height;
  if (cells > self->room)
    {
      g_free (self->density);
      self->density = g_new (float, cells);
      self->room = cells;
    }
  memset (self->density, 0, cells * sizeof *self->density);
}

/**
 * dure_reading_field_fill:
 * @self: a field
 * @graph: a network with ties
 * @x: places, in ties; all finite
 * @y: places
 *
 * Draws the ties into the cells; O(m) as long as ties are of like length.
 *
 * Returns: about how many crossings there are
 */
double
dure_reading_field_fill (DureReadingField *self, const DureGraph *graph, const float *x, const float *y)
{
  double area;
  double sum = 0;

  fit (self, graph, x, y);
  area = self->cell * self->cell;
  for (guint t = 0; t < graph->n_ties; t++)
    {
      Walk  walk = walk_along (self, &graph->ties[t], x, y);
      float share = walk.length / (float)walk.n / (float)area;

      for (guint k = 0; k < walk.n; k++)
        {
          self->density[(gsize)walk.y * self->width + (gsize)walk.x] += share;
          walk.x += walk.dx;
          walk.y += walk.dy;
        }
    }
  for (gsize c = 0; c < (gsize)self->width * self->height; c++)
    sum += self->density[c] * self->density[c];
  return sum * area / G_PI;
}

/**
 * dure_reading_field_pull:
 * @self: a field filled with this drawing
 * @graph: the network
 * @x: places
 * @y: places
 * @strength: how strongly a crossing pulls
 * @pulls: (inout): what pulls at each node; added to
 *
 * A tie crosses as many others as the density along it says: it wants to be shorter, and where the density is lower.
 */
void
dure_reading_field_pull (const DureReadingField *self,
                         const DureGraph        *graph,
                         const float            *x,
                         const float            *y,
                         double                  strength,
                         DureReadingPull        *pulls)
{
  const float *density = self->density;
  float        force = (float)(strength * 2 / G_PI);

  for (guint t = 0; t < graph->n_ties; t++)
    {
      guint            a = graph->ties[t].a;
      guint            b = graph->ties[t].b;
      DureReadingPull *pull_a = &pulls[a];
      DureReadingPull *pull_b = &pulls[b];
      Walk             walk = walk_along (self, &graph->ties[t], x, y);
      float            part = 1 / (float)walk.n;
      float            sum = 0;
      float            ax = 0;
      float            ay = 0;
      float            bx = 0;
      float            by = 0;
      float            spring;
      float            aside;

      for (guint k = 0; k < walk.n; k++)
        {
          const float *at = &density[(gsize)walk.y * self->width + (gsize)walk.x];
          float        along = ((float)k + 0.5f) * part;
          float        gx = at[1] - at[-1];
          float        gy = at[self->width] - *(at - self->width);

          sum += *at;
          bx += along * gx;
          by += along * gy;
          ax += (1 - along) * gx;
          ay += (1 - along) * gy;
          walk.x += walk.dx;
          walk.y += walk.dy;
        }
      spring = force * sum * part / MAX (walk.length, SHORTEST);
      aside = force * walk.length * part / (2 * self->cell);
      pull_a->x += spring * x[b] - aside * ax;
      pull_a->y += spring * y[b] - aside * ay;
      pull_a->weight += spring;
      pull_b->x += spring * x[a] - aside * bx;
      pull_b->y += spring * y[a] - aside * by;
      pull_b->weight += spring;
    }
}
