/* dure-calendar-item.h: an event as a calendar draws it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

#define DURE_TYPE_CALENDAR_ITEM (dure_calendar_item_get_type ())
G_DECLARE_FINAL_TYPE (DureCalendarItem, dure_calendar_item, DURE, CALENDAR_ITEM, GObject)

DureCalendarItem *dure_calendar_item_new (DureRecord *event, const char *venue);
GPtrArray        *dure_calendar_items_load (DureStore *store, int from_day, int to_day, GError **error);
DureRecord       *dure_calendar_item_get_event (DureCalendarItem *self);
const char       *dure_calendar_item_get_id (DureCalendarItem *self);
const char       *dure_calendar_item_get_title (DureCalendarItem *self);
const char       *dure_calendar_item_get_venue (DureCalendarItem *self);
const char       *dure_calendar_item_get_kind (DureCalendarItem *self);
int               dure_calendar_item_get_first_day (DureCalendarItem *self);
int               dure_calendar_item_get_last_day (DureCalendarItem *self);
int               dure_calendar_item_get_start_minute (DureCalendarItem *self);
gboolean          dure_calendar_item_is_called_off (DureCalendarItem *self);
char             *dure_calendar_item_format_when (DureCalendarItem *self);
DureRecord       *dure_calendar_item_moved (DureCalendarItem *self, int days);
int               dure_calendar_item_compare (gconstpointer a, gconstpointer b);

G_END_DECLS
