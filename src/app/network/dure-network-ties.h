/* dure-network-ties.h: the ties of one agency as a list; a row unfolds to the records that lie behind the tie
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/network/dure-network-model.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_TIES (dure_network_ties_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkTies, dure_network_ties, DURE, NETWORK_TIES, GtkWidget)

GtkWidget *dure_network_ties_new (DureNetworkModel *model, guint node, GtkBitset *among);
guint      dure_network_ties_count (const DureNetwork *network, guint node, GtkBitset *among);
char      *dure_network_tie_layers (const DureNetworkTie *tie, gboolean from_is_self);

G_END_DECLS
