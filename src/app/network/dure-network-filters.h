/* dure-network-filters.h: what of the network is shown; legend and filter in one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal: `filter-changed`.
 */
#pragma once

#include <adwaita.h>

#include "domain/dure-network.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_FILTERS (dure_network_filters_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkFilters, dure_network_filters, DURE, NETWORK_FILTERS, AdwBin)

const DureNetworkFilter *dure_network_filters_get (DureNetworkFilters *self);
void                     dure_network_filters_clear (DureNetworkFilters *self);
gboolean                 dure_network_filters_is_clear (DureNetworkFilters *self);
GtkWidget               *dure_network_mark_new (DureNetworkSector sector, int area, int size);

G_END_DECLS
