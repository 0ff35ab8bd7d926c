/* dure-event-network.h: the network before the meeting, as a tab of the event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/meeting/dure-event-tab.h"

G_BEGIN_DECLS

#define DURE_TYPE_EVENT_NETWORK (dure_event_network_get_type ())
G_DECLARE_FINAL_TYPE (DureEventNetwork, dure_event_network, DURE, EVENT_NETWORK, DureEventTab)

G_END_DECLS
