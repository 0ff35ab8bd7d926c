/* dure-reading-field.h: how many ties there are where, from which crossings follow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ties that lie by chance cross as often as half the square of their length per area says. So the sum of that square
 * over the drawing stands for the crossings of a large network, and unlike their number it has a slope.
 */
#pragma once

#include "graph/dure-graph.h"

G_BEGIN_DECLS

/** DureReadingField: length of ties per area, in cells. */
typedef struct
{
  float *density;
  gsize  room;
  guint  width;
  guint  height;
  float  left;
  float  top;
  float  cell;
} DureReadingField;

/** DureReadingPull: where ties want a node to be. */
typedef struct
{
  float x; /* Σ of wished places, times their weight */
  float y;
  float weight;
} DureReadingPull;

void   dure_reading_field_init (DureReadingField *self);
void   dure_reading_field_clear (DureReadingField *self);
double dure_reading_field_fill (DureReadingField *self, const DureGraph *graph, const float *x, const float *y);
void   dure_reading_field_pull (const DureReadingField *self,
                                const DureGraph        *graph,
                                const float            *x,
                                const float            *y,
                                double                  strength,
                                DureReadingPull        *pulls);

G_END_DECLS
