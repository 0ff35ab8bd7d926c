/* dure-event-people.h: who is invited, who replied, who came
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One key answers for the selected row and goes to the next: Y, N, M, P for the reply, 1 to 5 for the attendance.
 */
#pragma once

#include "app/meeting/dure-event-tab.h"

G_BEGIN_DECLS

#define DURE_TYPE_EVENT_PEOPLE (dure_event_people_get_type ())
G_DECLARE_FINAL_TYPE (DureEventPeople, dure_event_people, DURE, EVENT_PEOPLE, DureEventTab)

void        dure_event_people_select (DureEventPeople *self, guint position);
guint       dure_event_people_get_n_shown (DureEventPeople *self);
guint       dure_event_people_get_selected (DureEventPeople *self);
gboolean    dure_event_people_key (DureEventPeople *self, guint keyval);
void        dure_event_people_search (DureEventPeople *self, const char *text);
const char *dure_event_people_get_counts (DureEventPeople *self);
void        dure_event_people_invite_all (DureEventPeople *self);

G_END_DECLS
