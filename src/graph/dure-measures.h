/* dure-measures.h: numbers about a network and its nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Distances count ties, whatever their weights. Arrays that are returned have one value a node and belong to the
 * caller.
 */
#pragma once

#include <gio/gio.h>

#include "graph/dure-graph.h"

G_BEGIN_DECLS

#define DURE_UNREACHABLE G_MAXUINT

double  dure_density (const DureGraph *graph);
double  dure_degree_centralisation (const DureGraph *graph);
double  dure_betweenness_centralisation (const DureGraph *graph, const double *betweenness);
double  dure_transitivity (const DureGraph *graph);
guint   dure_distances (const DureGraph *graph, guint from, guint *distance, guint *queue);
double *dure_betweenness (const DureGraph *graph, GCancellable *cancellable);
double *dure_closeness (const DureGraph *graph);
double *dure_harmonic (const DureGraph *graph);
double *dure_two_step_reach (const DureGraph *graph);
guint  *dure_core_numbers (const DureGraph *graph);
double  dure_constraint (const DureGraph *graph, guint node);
double  dure_effective_size (const DureGraph *graph, guint node);

G_END_DECLS
