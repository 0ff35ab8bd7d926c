/* dure-network-list.h: everything on the picture as a list, for the keyboard and the screen reader
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: `selection-changed`; `row-activated` (s: id of the agency); `searched` when a long search has come to its end.
 */
#pragma once

#include <adwaita.h>

#include "app/network/dure-network-model.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_LIST (dure_network_list_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkList, dure_network_list, DURE, NETWORK_LIST, AdwBin)

void       dure_network_list_show (DureNetworkList *self, DureNetworkModel *model);
void       dure_network_list_focus (DureNetworkList *self);
void       dure_network_list_set_search (DureNetworkList *self, const char *text);
GtkBitset *dure_network_list_get_selection (DureNetworkList *self);
void       dure_network_list_set_selection (DureNetworkList *self, GtkBitset *nodes);
guint      dure_network_list_matches (DureNetworkList *self, guint *nodes, guint most);
int        dure_network_list_next_match (DureNetworkList *self, const char *text, int after);

G_END_DECLS
