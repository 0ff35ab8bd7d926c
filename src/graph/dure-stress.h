/* dure-stress.h: stress of a drawing, and its reduction
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stress is the mean over pairs of nodes of (|x_i - x_j| - d_ij)² / d_ij², where d_ij is the number of ties to go.
 * Lengths are in ties. Single precision is plenty for a drawing and lets four pairs be worked on at once.
 */
#pragma once

#include "graph/dure-distance-rows.h"
#include "graph/dure-layout.h"

G_BEGIN_DECLS

gboolean dure_stress_descend (const DureDistanceRows *rows,
                              float                  *x,
                              float                  *y,
                              const gboolean         *pinned,
                              guint                   rounds,
                              guint                   rows_a_round,
                              guint64                *random,
                              GCancellable           *cancellable,
                              GError                **error);
gboolean dure_stress_settle (const DureDistanceRows *rows,
                             float                  *x,
                             float                  *y,
                             const gboolean         *pinned,
                             guint                   rounds,
                             GCancellable           *cancellable,
                             GError                **error);
float    dure_stress_weight (const guint16 *row, guint n);
float    dure_stress_pull (
       const guint16 *row, guint n, const float *x, const float *y, guint node, float weight, float by, float to[2]);
double dure_stress_of_rows (const DureDistanceRows *rows, const float *x, const float *y, double *scale);
double dure_stress (const DureGraph *graph, const DurePoint *points);

G_END_DECLS
