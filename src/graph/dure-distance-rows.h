/* dure-distance-rows.h: how many ties to go from some nodes to all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "graph/dure-graph.h"

G_BEGIN_DECLS

/** DureDistanceRows: fields are for reading. */
typedef struct
{
  guint    n_nodes;
  guint    n_rows;
  guint   *source;   /* the node a row starts from */
  guint16 *distance; /* n_rows * n_nodes; 0 to itself and to what cannot be reached */
  guint    farthest;
} DureDistanceRows;

DureDistanceRows *dure_distance_rows_new (
    const DureGraph *graph, const guint *sources, guint n_sources, GCancellable *cancellable, GError **error);
void dure_distance_rows_free (DureDistanceRows *self);

static inline const guint16 *
dure_distance_row (const DureDistanceRows *self, guint row)
{
  return self->distance + (gsize)row * self->n_nodes;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureDistanceRows, dure_distance_rows_free)

G_END_DECLS
