/* dure-network-legend.h: what shapes, colours and sizes say; a click filters by them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal: `filter-changed`: dure_network_legend_get_filter() is what the user wants now.
 */
#pragma once

#include "app/network/dure-network-look.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_LEGEND (dure_network_legend_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkLegend, dure_network_legend, DURE, NETWORK_LEGEND, AdwBin)

void                     dure_network_legend_show (DureNetworkLegend     *self,
                                                   const DureNetworkLook *look,
                                                   DureNetwork           *network,
                                                   DureNetwork           *everybody,
                                                   const DureNetworkView *view);
const DureNetworkFilter *dure_network_legend_get_filter (DureNetworkLegend *self);

GtkWidget *dure_network_mark_new (DureNetworkSector sector, int area, int size);

G_END_DECLS
