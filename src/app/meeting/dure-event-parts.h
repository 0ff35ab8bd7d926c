/* dure-event-parts.h: the parts of an event as a timeline, and its agenda
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/meeting/dure-event-tab.h"

G_BEGIN_DECLS

#define DURE_TYPE_EVENT_PARTS (dure_event_parts_get_type ())
G_DECLARE_FINAL_TYPE (DureEventParts, dure_event_parts, DURE, EVENT_PARTS, DureEventTab)

void  dure_event_parts_move (DureEventParts *self, guint from, guint to);
void  dure_event_parts_set_minutes (DureEventParts *self, guint position, int minutes);
guint dure_event_parts_get_n_parts (DureEventParts *self);
char *dure_event_parts_describe (DureEventParts *self, guint position);

G_END_DECLS
