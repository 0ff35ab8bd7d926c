/* dure-meeting-lists.h: what the network says before a meeting, as lists in the order of use
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What its rows and buttons ask goes by actions of the tab, see dure-meeting-rows.h; besides them `meeting.more` (u:
 * topic) and `meeting.invite-some`.
 */
#pragma once

#include <adwaita.h>

#include "app/network/dure-meeting-reading.h"

G_BEGIN_DECLS

#define DURE_TYPE_MEETING_LISTS (dure_meeting_lists_get_type ())
G_DECLARE_FINAL_TYPE (DureMeetingLists, dure_meeting_lists, DURE, MEETING_LISTS, AdwBin)

GtkWidget *dure_meeting_lists_new (void);
void       dure_meeting_lists_show (DureMeetingLists *self, const DureMeetingReading *reading, gboolean trial);
void       dure_meeting_lists_open (DureMeetingLists *self, DureBriefingTopic topic);

G_END_DECLS
