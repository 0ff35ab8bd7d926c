/* dure-attendee.h: one row of the list of those invited
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made on the reader's thread, shown on the main thread. Signal `changed`.
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

#define DURE_TYPE_ATTENDEE (dure_attendee_get_type ())
G_DECLARE_FINAL_TYPE (DureAttendee, dure_attendee, DURE, ATTENDEE, GObject)

GPtrArray  *dure_attendees_load (DureStore *store, const char *event_id, GError **error);
DureRecord *dure_attendee_get_record (DureAttendee *self);
void        dure_attendee_set_record (DureAttendee *self, DureRecord *record);
const char *dure_attendee_get_id (DureAttendee *self);
const char *dure_attendee_get_agency (DureAttendee *self);
const char *dure_attendee_get_person (DureAttendee *self);
char       *dure_attendee_get_title (DureAttendee *self);
gboolean    dure_attendee_is_lecturer (DureAttendee *self);
gboolean    dure_attendee_matches (DureAttendee *self, const char *query);
gboolean    dure_attendee_update (DureAttendee *self, DureAttendee *from);

G_END_DECLS
