/* dure-network-time-panel.h: the panel at the bottom: the time line with its switches
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: `period-changed`: another period, or all again; `compare-changed`: two periods, or one again;
 * `side-changed`: one picture of both, or one beside the other.
 */
#pragma once

#include <adwaita.h>

#include "app/network/dure-network-model.h"
#include "app/network/dure-network-timeline.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_TIME_PANEL (dure_network_time_panel_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkTimePanel, dure_network_time_panel, DURE, NETWORK_TIME_PANEL, AdwBin)

void                 dure_network_time_panel_show (DureNetworkTimePanel *self, DureNetworkModel *model);
DureNetworkTimeline *dure_network_time_panel_get_timeline (DureNetworkTimePanel *self);
gboolean             dure_network_time_panel_get_period (DureNetworkTimePanel *self, DureDaySpan *span);
gboolean             dure_network_time_panel_get_side (DureNetworkTimePanel *self);
void                 dure_network_time_panel_set_comparing (DureNetworkTimePanel *self, gboolean comparing);
void                 dure_network_time_panel_stop (DureNetworkTimePanel *self);

G_END_DECLS
