/* dure-network-arranger.h: where the agencies stand in a kind of picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture by distance or by hand keeps what was placed by hand in it; a saved view keeps the place of everybody, as
 * it was when the view was saved. Groups, rings, trees and maps that are not saved are drawn by the data alone.
 */
#pragma once

#include "domain/dure-network-places.h"
#include "domain/dure-network-view.h"
#include "graph/dure-analysis.h"

G_BEGIN_DECLS

/** DureArrangement: what is to be arranged; all is borrowed. */
typedef struct
{
  DureNetwork             *network;
  const DureNetworkView   *view;
  const char              *saved;    /* id of the saved view that is shown, or NULL */
  const DureAnalysis      *analysis; /* NULL when it is not needed, see dure_network_needs_analysis() */
  const guint             *parent;   /* of each node, for the council's tree; NULL for none */
  DureNetwork             *old_network;
  const DureNetworkPlaces *old_places; /* of the same kind of picture; NULL for none */
  DureLayoutProgress       progress;
  gpointer                 progress_data;
} DureArrangement;

gboolean dure_network_needs_analysis (const DureNetworkView *view);
gboolean dure_network_takes_pins (const DureNetworkView *view, const char *saved);
DureNetworkPlaces *
dure_network_arrange (DureStore *store, const DureArrangement *what, GCancellable *cancellable, GError **error);
DureNetworkPlaces *dure_network_arrange_again (DureStore               *store,
                                               DureNetwork             *network,
                                               const DureNetworkView   *view,
                                               const char              *saved,
                                               const DureNetworkPlaces *places,
                                               GError                 **error);

G_END_DECLS
