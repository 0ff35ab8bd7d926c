/* dure-measures.h: numbers about a network and its nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simple ones; all together are a DureAnalysis. Distances count ties, whatever their weights.
 */
#pragma once

#include "graph/dure-graph.h"

G_BEGIN_DECLS

#define DURE_UNREACHABLE G_MAXUINT

double  dure_density (const DureGraph *graph);
double  dure_degree_centralisation (const DureGraph *graph);
double  dure_betweenness_centralisation (const DureGraph *graph, const double *betweenness);
guint   dure_distances (const DureGraph *graph, guint from, guint *distance, guint *queue);
double *dure_two_step_reach (const DureGraph *graph);

G_END_DECLS
