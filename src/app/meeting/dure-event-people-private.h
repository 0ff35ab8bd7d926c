/* dure-event-people-private.h: what the list of those invited shares with its columns and invitations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/meeting/dure-event-people.h"

G_BEGIN_DECLS

/* Adds the columns to @view, whose rows are DureAttendee. */
void dure_event_people_add_columns (GtkColumnView *view);

/* Invitations; each is one step of undo. */
void dure_event_people_invite_agency (DureEventPeople *self, const char *id);
void dure_event_people_invite_person (DureEventPeople *self, const char *id);
void dure_event_people_invite_members (DureEventPeople *self, const char *body);

G_END_DECLS
