/* dure-meeting-bar.h: what can be done with the agencies that are chosen in the picture of a meeting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/network/dure-meeting-reading.h"

G_BEGIN_DECLS

#define DURE_TYPE_MEETING_BAR (dure_meeting_bar_get_type ())
G_DECLARE_FINAL_TYPE (DureMeetingBar, dure_meeting_bar, DURE, MEETING_BAR, AdwBin)

GtkWidget *dure_meeting_bar_new (void);
void       dure_meeting_bar_show (DureMeetingBar           *self,
                                  const DureMeetingReading *reading,
                                  const DureMeetingTrial   *trial,
                                  GtkBitset                *selection);

G_END_DECLS
