/* dure-events-page.h: all events as a list, and one of them opened
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/shell/dure-page.h"

G_BEGIN_DECLS

#define DURE_TYPE_EVENTS_PAGE (dure_events_page_get_type ())
G_DECLARE_FINAL_TYPE (DureEventsPage, dure_events_page, DURE, EVENTS_PAGE, DurePage)

void dure_events_page_show_tab (DureEventsPage *self, const char *tab);

G_END_DECLS
