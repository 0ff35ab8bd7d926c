/* dure-network-model.h: the network that is shown, kept in step with the store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Builds the network, its layout and its parts on the reader's thread, and again after every change that concerns it.
 * Signals: `changed` when there is something new to show; `loading-changed`; `failed` (s: a sentence).
 */
#pragma once

#include "app/shell/dure-desk.h"
#include "domain/dure-network-places.h"
#include "graph/dure-components.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_MODEL (dure_network_model_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkModel, dure_network_model, DURE, NETWORK_MODEL, GObject)

DureNetworkModel        *dure_network_model_new (void);
void                     dure_network_model_set_desk (DureNetworkModel *self, DureDesk *desk);
void                     dure_network_model_load (DureNetworkModel *self);
void                     dure_network_model_set_filter (DureNetworkModel *self, const DureNetworkFilter *filter);
gboolean                 dure_network_model_get_loading (DureNetworkModel *self);
DureNetwork             *dure_network_model_get_network (DureNetworkModel *self);
const DureNetworkPlaces *dure_network_model_get_places (DureNetworkModel *self);
const DureComponents    *dure_network_model_get_components (DureNetworkModel *self);
const DureCuts          *dure_network_model_get_cuts (DureNetworkModel *self);
void                     dure_network_model_place (DureNetworkModel *self, const char *agency, double x, double y);

G_END_DECLS
