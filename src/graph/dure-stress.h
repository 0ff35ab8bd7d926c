/* dure-stress.h: stress of a drawing, and its reduction by stochastic gradient descent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For connected networks. Stress is the sum over pairs of (|x_i - x_j| - d_ij)² / d_ij², where d_ij is the number of
 * ties to go times DURE_LAYOUT_STEP.
 */
#pragma once

#include "graph/dure-layout.h"

G_BEGIN_DECLS

/** DureStressTerm: a pair and how strongly each of its ends feels it; distances are in ties. */
typedef struct
{
  guint  i;
  guint  j;
  double distance;
  double weight_i;
  double weight_j;
} DureStressTerm;

/* Up to this size every pair counts; above, pairs with pivots. */
#define DURE_STRESS_ALL_PAIRS 1500
#define DURE_STRESS_PIVOTS 200

GArray  *dure_stress_terms (const DureGraph *graph, guint64 *random, GCancellable *cancellable, GError **error);
gboolean dure_stress_descend (GArray         *terms,
                              DurePoint      *points,
                              const gboolean *pinned,
                              gboolean        warm,
                              guint           rounds,
                              guint64        *random,
                              GCancellable   *cancellable,
                              GError        **error);
double   dure_stress_of_terms (const GArray *terms, const DurePoint *points);
double   dure_stress_scale (const GArray *terms, const DurePoint *points);
double   dure_stress (const DureGraph *graph, const DurePoint *points);

G_END_DECLS
