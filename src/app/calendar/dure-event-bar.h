/* dure-event-bar.h: one event in a calendar, as a bar that can be clicked, focused and dragged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/calendar/dure-calendar-item.h"

G_BEGIN_DECLS

#define DURE_TYPE_EVENT_BAR (dure_event_bar_get_type ())
G_DECLARE_FINAL_TYPE (DureEventBar, dure_event_bar, DURE, EVENT_BAR, GtkWidget)

GtkWidget        *dure_event_bar_new (DureCalendarItem *item, gboolean begins, gboolean ends);
DureCalendarItem *dure_event_bar_get_item (DureEventBar *self);

G_END_DECLS
