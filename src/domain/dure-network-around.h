/* dure-network-around.h: the neighbourhood of one agency, as a network of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"

G_BEGIN_DECLS

DureNetwork *dure_network_around (const DureNetwork *network, guint node, guint few, guint most);

G_END_DECLS
