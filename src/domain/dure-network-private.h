/* dure-network-private.h: between the files that build a network
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"

G_BEGIN_DECLS

void dure_network_tell_apart (DureNetworkNode *nodes, guint n_nodes, GStringChunk *strings);

G_END_DECLS
