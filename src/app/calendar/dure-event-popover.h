/* dure-event-popover.h: the essentials of an event and the way to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/calendar/dure-calendar-item.h"

G_BEGIN_DECLS

GtkWidget *dure_event_popover_new (DureStore *store, DureCalendarItem *item);

G_END_DECLS
