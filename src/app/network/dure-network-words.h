/* dure-network-words.h: how the network is spoken of, the same in the list, the panels and the legend
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network-view.h"
#include "graph/dure-analysis.h"

G_BEGIN_DECLS

char       *dure_network_count_agencies (guint n);
char       *dure_network_count_ties (guint n);
const char *dure_network_band (const DureAnalysis *analysis, guint node);
char       *dure_network_community_name (const DureNetworkView *view, guint community);
char       *dure_network_community_of (const DureNetworkView *view, const DureAnalysis *analysis, guint node);
char       *dure_network_kind_label (const char *kind);
const char *dure_network_node_entity (const DureNetworkNode *node);

G_END_DECLS
