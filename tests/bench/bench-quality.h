/* bench-quality.h: how good a drawing is, whoever made it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Written apart from what the program uses itself, so that an error there does not hide here.
 */
#pragma once

#include "graph/dure-layout.h"

G_BEGIN_DECLS

/** BenchQuality: of one drawing. */
typedef struct
{
  double   stress;    /* mean over pairs of (s·|x_i - x_j| / d_ij - 1)² for the scale s that makes it least */
  gboolean sampled;   /* from 500 nodes to all others, above 12,000 nodes */
  double   crossings; /* of ties that share no end */
  gboolean estimated; /* from 20 million pairs of ties, above 45,000 ties */
} BenchQuality;

BenchQuality bench_quality (const DureGraph *graph, const DurePoint *points);

G_END_DECLS
