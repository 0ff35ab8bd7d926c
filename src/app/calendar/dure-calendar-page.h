/* dure-calendar-page.h: the calendar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/shell/dure-page.h"

G_BEGIN_DECLS

#define DURE_TYPE_CALENDAR_PAGE (dure_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (DureCalendarPage, dure_calendar_page, DURE, CALENDAR_PAGE, DurePage)

G_END_DECLS
