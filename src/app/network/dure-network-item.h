/* dure-network-item.h: one agency in the list beside the picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_ITEM (dure_network_item_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkItem, dure_network_item, DURE, NETWORK_ITEM, GObject)

DureNetworkItem *dure_network_item_new (DureNetwork *network, guint node);
guint            dure_network_item_get_node (DureNetworkItem *self);
const char      *dure_network_item_get_id (DureNetworkItem *self);

G_END_DECLS
