/* dure-meeting-style.h: the style sheet of events and of today
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void dure_meeting_style_load (void);

G_END_DECLS
