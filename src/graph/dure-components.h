/* dure-components.h: parts of a network, and what holds them together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-graph.h"

G_BEGIN_DECLS

/** DureComponents: the parts of a network, the largest first; of equal ones the one with the smallest node first. */
typedef struct
{
  guint  n_components;
  guint *component; /* of each node */
  guint *size;      /* of each component */
  guint *first;     /* n_components + 1, into nodes */
  guint *nodes;     /* node numbers, component by component, ascending inside */
} DureComponents;

/** DureCuts: whose absence would split the network further. */
typedef struct
{
  gboolean *is_cut_point; /* of each node */
  gboolean *is_bridge;    /* of each tie */
  guint     n_cut_points;
  guint     n_bridges;
} DureCuts;

DureComponents *dure_components_new (const DureGraph *graph);
void            dure_components_free (DureComponents *self);
guint           dure_components_isolates (const DureComponents *self);
DureCuts       *dure_cuts_new (const DureGraph *graph);
void            dure_cuts_free (DureCuts *self);
GArray         *dure_cut_off (const DureGraph *graph, guint node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureComponents, dure_components_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureCuts, dure_cuts_free)

G_END_DECLS
