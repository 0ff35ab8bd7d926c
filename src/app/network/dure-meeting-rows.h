/* dure-meeting-rows.h: the rows of the lists before a meeting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What rows and buttons ask goes by actions of the tab: `meeting.show` (as: ids), `meeting.introduce` (ss: ids),
 * `meeting.invite` (s: id), `meeting.without` (asb: ids, whether they go).
 */
#pragma once

#include <adwaita.h>

#include "app/network/dure-meeting-reading.h"

G_BEGIN_DECLS

GtkWidget *dure_meeting_label (const char *text, const char *css_class);
GtkWidget *dure_meeting_row (const char *text, const char *detail, char **agencies);
GtkWidget *
dure_meeting_item_row (const DureMeetingReading *reading, const DureBriefingList *list, const DureBriefingItem *item);
gboolean dure_meeting_is_introduced (const DureMeetingReading *reading, const DureBriefingItem *item);

G_END_DECLS
