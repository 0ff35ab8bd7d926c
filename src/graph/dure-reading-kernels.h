/* dure-reading-kernels.h: the inner loops of the search, eight numbers at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Arrays are aligned to 32 bytes and their length n is a multiple of 8. Every machine gets the same results.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** DureReadingTies: straight ties by their ends, as arrays of the same length. */
typedef struct
{
  float *ax;
  float *ay;
  float *bx;
  float *by;
  guint  n;
} DureReadingTies;

/** DureReadingBox: a rectangle of the drawing. */
typedef struct
{
  float left;
  float top;
  float right;
  float bottom;
} DureReadingBox;

/** DureReadingSums: over pairs of points, where l is the length between them, d their distance and w their mass. */
typedef struct
{
  double lengths; /* Σ w l/d */
  double squares; /* Σ w l²/d² */
  double near;    /* Σ 1 - l² / least², of those nearer than the least */
} DureReadingSums;

/** DureReadingKernels: what suits this processor. */
typedef struct
{
  /* The numbers of the ties whose own rectangle meets the box; returns how many. */
  guint (*touching) (const DureReadingTies *ties, const DureReadingBox *box, guint *found);
  /* On which side of each tie the point is. */
  void (*sides) (const DureReadingTies *ties, float px, float py, float *side);
  /* How many of the ties cross the line from p to q, given the sides of both. */
  guint64 (*crossings) (
      const DureReadingTies *ties, const float *side_p, const float *side_q, float px, float py, float qx, float qy);
  /* How nearly the point lies on ties, between their ends: Σ 1 - t² nearer, where t is how far off it is. */
  double (*on_ties) (const DureReadingTies *ties, float px, float py, float nearer);
  /* How nearly the points lie on the line from p to q, between its ends. */
  double (*on_line) (const float *x, const float *y, guint n, float px, float py, float qx, float qy, float nearer);
  /* The sums over all points to the point, of which those nearer than 1 / √nearer are near. */
  DureReadingSums (*distances) (const float *x,
                                const float *y,
                                const float *mass,
                                const float *inverse,
                                guint        n,
                                float        px,
                                float        py,
                                float        nearer);
  /* Adds to wx, wy the places that each point should have by its distance to the point at px, py, and to weight their
   * weights, 1 / distance²; needs no alignment. */
  DureReadingSums (*wish) (const guint16 *distance,
                           guint          n,
                           const float   *x,
                           const float   *y,
                           float          px,
                           float          py,
                           float         *wx,
                           float         *wy,
                           float         *weight);
} DureReadingKernels;

DureReadingKernels dure_reading_kernels (void);

G_END_DECLS
