/* dure-meeting-compare.h: the network before and after a meeting, side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/network/dure-meeting-reading.h"

G_BEGIN_DECLS

#define DURE_TYPE_MEETING_COMPARE (dure_meeting_compare_get_type ())
G_DECLARE_FINAL_TYPE (DureMeetingCompare, dure_meeting_compare, DURE, MEETING_COMPARE, AdwBin)

GtkWidget *dure_meeting_compare_new (void);
void       dure_meeting_compare_show (DureMeetingCompare *self, const DureMeetingChange *change);

G_END_DECLS
