/* dure-event-actions.h: what is to be done after an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/meeting/dure-event-tab.h"

G_BEGIN_DECLS

#define DURE_TYPE_EVENT_ACTIONS (dure_event_actions_get_type ())
G_DECLARE_FINAL_TYPE (DureEventActions, dure_event_actions, DURE, EVENT_ACTIONS, DureEventTab)

G_END_DECLS
