/* dure-meeting-network.h: the network before a meeting: the picture, and beside it who knows whom
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_MEETING_NETWORK (dure_meeting_network_get_type ())
G_DECLARE_FINAL_TYPE (DureMeetingNetwork, dure_meeting_network, DURE, MEETING_NETWORK, AdwBin)

GtkWidget *dure_meeting_network_new (void);
void       dure_meeting_network_set_event (DureMeetingNetwork *self, DureDesk *desk, const char *event_id);

G_END_DECLS
