/* dure-network-private.h: between the files that build a network
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"

G_BEGIN_DECLS

void dure_network_tell_apart (DureNetworkNode *nodes, guint n_nodes, GHashTable *region_of, GStringChunk *strings);
DureNetworkNode dure_network_agency_node (DureRecord *agency);
gboolean        dure_network_in_regions (GHashTable *region_of, const char *region, char **wanted);
void            dure_network_find_place (GHashTable *region_of, DureRecord *region, double *lat, double *lon);

G_END_DECLS
