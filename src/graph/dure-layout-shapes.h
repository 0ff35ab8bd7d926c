/* dure-layout-shapes.h: places by what a picture is to show: groups, ranks, a council's tree, a map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beside dure_layout(), which shows distances. All of them: the same input gives the same places; nodes never overlap;
 * pinned nodes stay exactly where options->start has them; nothing else of the start counts, so that a picture does not
 * depend on the one before it. Cost is given for n nodes and m ties.
 */
#pragma once

#include "graph/dure-layout.h"

G_BEGIN_DECLS

DurePoint *dure_layout_by_group (const DureGraph         *graph,
                                 const guint             *group,
                                 const DureLayoutOptions *options,
                                 GCancellable            *cancellable,
                                 GError                 **error);
DurePoint *dure_layout_concentric (const DureGraph         *graph,
                                   const double            *measure,
                                   const DureLayoutOptions *options,
                                   GCancellable            *cancellable,
                                   GError                 **error);
DurePoint *dure_layout_tree (const DureGraph         *graph,
                             const guint             *parent,
                             const DureLayoutOptions *options,
                             GCancellable            *cancellable,
                             GError                 **error);
DurePoint *dure_layout_map (const DureGraph         *graph,
                            const DurePoint         *centroid,
                            const DureLayoutOptions *options,
                            GCancellable            *cancellable,
                            GError                 **error);

G_END_DECLS
