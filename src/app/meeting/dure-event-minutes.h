/* dure-event-minutes.h: the agenda at the left, what was said and decided at the right
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/meeting/dure-event-tab.h"

G_BEGIN_DECLS

#define DURE_TYPE_EVENT_MINUTES (dure_event_minutes_get_type ())
G_DECLARE_FINAL_TYPE (DureEventMinutes, dure_event_minutes, DURE, EVENT_MINUTES, DureEventTab)

G_END_DECLS
