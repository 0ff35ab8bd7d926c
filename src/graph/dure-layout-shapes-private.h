/* dure-layout-shapes-private.h: what the layouts of dure-layout-shapes.h share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-layout-shapes.h"

G_BEGIN_DECLS

/** DureShape: one layout at work. The cell is the room that any node needs; in the units of the cell nodes are squares
 * of side 1, and two of them overlap when they are nearer than 1 along both axes. */
typedef struct
{
  const DureGraph  *graph;
  DureLayoutOptions options;
  GCancellable     *cancellable;
  DurePoint        *points;
  double           *width;
  double           *height;
  double            cell_width;
  double            cell_height;
} DureShape;

void
dure_shape_init (DureShape *self, const DureGraph *graph, const DureLayoutOptions *options, GCancellable *cancellable);
void       dure_shape_clear (DureShape *self);
gboolean   dure_shape_go_on (DureShape *self, double fraction, GError **error);
DurePoint *dure_shape_finish (DureShape *self);

gboolean  dure_shape_apart (DurePoint a, DurePoint b);
DurePoint dure_shape_at (double radius, double angle);
gboolean  dure_shape_is_even (guint n, double radius);
double    dure_shape_slot (guint slot, guint n, double radius);
guint     dure_shape_ring_room (double radius);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DureShape, dure_shape_clear)

G_END_DECLS
