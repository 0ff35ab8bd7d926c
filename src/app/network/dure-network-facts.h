/* dure-network-facts.h: the panel at the right: what the network means, in numbers with their caution and in sentences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What its buttons ask of the page goes by actions: `network.select` (s: id of an agency), `network.unpin`,
 * `network.name-community` (us: number, name), `network.show-list`.
 */
#pragma once

#include <adwaita.h>

#include "app/network/dure-network-model.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_FACTS (dure_network_facts_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkFacts, dure_network_facts, DURE, NETWORK_FACTS, AdwBin)

void       dure_network_facts_show (DureNetworkFacts *self, DureNetworkModel *model, GtkBitset *selection);
GtkWidget *dure_network_new_text (const char *text, const char *css_class, gboolean dim);
GtkWidget *dure_network_agency_row (const DureNetwork *network, guint node, const char *detail);
char      *dure_network_names (const DureNetwork *network, const GArray *nodes, guint most);

G_END_DECLS
