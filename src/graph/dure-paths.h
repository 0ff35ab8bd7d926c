/* dure-paths.h: what the shortest paths say about each node
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "graph/dure-components.h"

G_BEGIN_DECLS

/* Above so many nodes, paths in parts of more than DURE_PATHS_EXACT_PART are counted from DURE_PATHS_SOURCES of them.
 */
#define DURE_PATHS_EXACT 5000
#define DURE_PATHS_EXACT_PART 500
#define DURE_PATHS_SOURCES 256

/** DurePaths: one number a node. */
typedef struct
{
  double *betweenness; /* share of all shortest paths between others on which it lies, 0 to 1 */
  double *closeness;   /* Wasserman–Faust: 1 / mean distance, times the share of the others that can be reached */
  double *harmonic;    /* mean of 1 / distance to all others, 0 for those that cannot be reached */
  guint   n_sources;   /* from how many nodes paths were counted; below n_nodes, these are estimates */
} DurePaths;

DurePaths *
dure_paths_new (const DureGraph *graph, const DureComponents *components, GCancellable *cancellable, GError **error);
void dure_paths_free (DurePaths *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DurePaths, dure_paths_free)

G_END_DECLS
