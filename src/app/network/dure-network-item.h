/* dure-network-item.h: one agency of the network, as a row of the list beside the picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Properties: name, sector, cuts (texts); degree, component, n-cuts (numbers).
 */
#pragma once

#include "domain/dure-network.h"
#include "graph/dure-components.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_ITEM (dure_network_item_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkItem, dure_network_item, DURE, NETWORK_ITEM, GObject)

DureNetworkItem *
dure_network_item_new (const DureNetwork *network, const DureComponents *components, const DureCuts *cuts, guint node);
const char *dure_network_item_get_id (DureNetworkItem *self);
const char *dure_network_item_get_name (DureNetworkItem *self);

G_END_DECLS
