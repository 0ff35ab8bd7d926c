/* dure-network-model.h: the network that is shown, kept in step with the store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Builds the network and its places on the reader's thread, and again after every change that concerns it; when the
 * picture is shown the measures follow.
 * Signals: `changed` when there is something new to show; `analysed` when its measures are there; `view-changed` when
 * the settings are others; `loading-changed`, also when it comes forward; `failed` (s: a sentence); `saved` (s: id)
 * when a view was written.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/network/dure-network-grouping.h"
#include "app/shell/dure-desk.h"
#include "domain/dure-network-compare.h"
#include "domain/dure-network-months.h"
#include "domain/dure-network-places.h"
#include "domain/dure-network-view.h"
#include "graph/dure-analysis.h"
#include "graph/dure-components.h"
#include "graph/dure-groups.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_MODEL (dure_network_model_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkModel, dure_network_model, DURE, NETWORK_MODEL, GObject)

DureNetworkModel *dure_network_model_new (void);
void              dure_network_model_set_desk (DureNetworkModel *self, DureDesk *desk);
DureDesk         *dure_network_model_get_desk (DureNetworkModel *self);
void              dure_network_model_load (DureNetworkModel *self);
gboolean          dure_network_model_get_loading (DureNetworkModel *self);
double            dure_network_model_get_progress (DureNetworkModel *self);
void              dure_network_model_stop (DureNetworkModel *self);

/* What is shown */
void                   dure_network_model_set_view (DureNetworkModel *self, const DureNetworkView *view);
const DureNetworkView *dure_network_model_get_view (DureNetworkModel *self);
void                   dure_network_model_set_filter (DureNetworkModel *self, const DureNetworkFilter *filter);
void                   dure_network_model_set_discreet (DureNetworkModel *self, gboolean discreet);
void        dure_network_model_compare (DureNetworkModel *self, const DureDaySpan *first, const DureDaySpan *second);
const char *dure_network_model_get_saved (DureNetworkModel *self);
void        dure_network_model_set_saved (DureNetworkModel *self, const char *id, const DureNetworkView *view);

/* What came of it */
DureNetwork                 *dure_network_model_get_network (DureNetworkModel *self);
DureNetwork                 *dure_network_model_get_everybody (DureNetworkModel *self);
const DureNetworkPlaces     *dure_network_model_get_places (DureNetworkModel *self);
const DureCuts              *dure_network_model_get_cuts (DureNetworkModel *self);
DureAnalysis                *dure_network_model_get_analysis (DureNetworkModel *self);
const guint                 *dure_network_model_get_cut_off (DureNetworkModel *self);
const DureNetworkComparison *dure_network_model_get_comparison (DureNetworkModel *self);
GArray                      *dure_network_model_get_months (DureNetworkModel *self);
const DureGroups            *dure_network_model_get_groups (DureNetworkModel *self);
const DureNetworkGrouping   *dure_network_model_get_grouping (DureNetworkModel *self);

/* What is stored, in one step that undo knows */
void dure_network_model_place_many (DureNetworkModel *self, GtkBitset *nodes, const DurePoint *points);
void dure_network_model_unpin (DureNetworkModel *self, GtkBitset *nodes);
void dure_network_model_save_view (DureNetworkModel *self, const char *name, gboolean as_new);
void dure_network_model_rename_view (DureNetworkModel *self, const char *id, const char *name);
void dure_network_model_delete_view (DureNetworkModel *self, const char *id);

G_END_DECLS
