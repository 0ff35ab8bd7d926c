/* dure-event-overview.h: what is ready, and the fields of an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal `show-tab` (const char *tab): an item of the readiness was clicked.
 */
#pragma once

#include "app/meeting/dure-event-tab.h"
#include "domain/dure-today.h"

G_BEGIN_DECLS

#define DURE_TYPE_EVENT_OVERVIEW (dure_event_overview_get_type ())
G_DECLARE_FINAL_TYPE (DureEventOverview, dure_event_overview, DURE, EVENT_OVERVIEW, DureEventTab)

const char *dure_ready_tab (DureReady what);
GtkWidget  *dure_ready_button_new (const DureReadiness *ready);

G_END_DECLS
