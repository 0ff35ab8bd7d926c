/* dure-network-without.h: «what if these were not there»: a button, and below it what would change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "domain/dure-network.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_WITHOUT (dure_network_without_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkWithout, dure_network_without, DURE, NETWORK_WITHOUT, GtkWidget)

GtkWidget *dure_network_without_new (DureNetwork *network, GtkBitset *nodes);

G_END_DECLS
