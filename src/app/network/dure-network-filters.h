/* dure-network-filters.h: the panel at the left: what is shown, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal: `changed`: dure_network_filters_get_view() is what the user wants now.
 */
#pragma once

#include <adwaita.h>

#include "domain/dure-network-view.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_FILTERS (dure_network_filters_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkFilters, dure_network_filters, DURE, NETWORK_FILTERS, AdwBin)

void                   dure_network_filters_set_view (DureNetworkFilters *self, const DureNetworkView *view);
const DureNetworkView *dure_network_filters_get_view (DureNetworkFilters *self);
void     dure_network_filters_set_network (DureNetworkFilters *self, DureNetwork *network, DureNetwork *everybody);
gboolean dure_network_filters_get_hulls (DureNetworkFilters *self);
void     dure_network_filters_clear (DureNetworkFilters *self);
guint    dure_network_conditions (const DureNetworkFilter *filter);

G_END_DECLS
