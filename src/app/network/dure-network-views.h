/* dure-network-views.h: saved views: choose, save, rename, delete
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/network/dure-network-model.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_VIEWS (dure_network_views_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkViews, dure_network_views, DURE, NETWORK_VIEWS, AdwBin)

GtkWidget  *dure_network_views_new (DureNetworkModel *model);
gboolean    dure_network_views_open (DureNetworkViews *self, const char *id);
void        dure_network_views_update (DureNetworkViews *self);
const char *dure_network_views_get_name (DureNetworkViews *self);

G_END_DECLS
