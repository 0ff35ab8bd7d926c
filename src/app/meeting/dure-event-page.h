/* dure-event-page.h: everything of one event, in tabs in the order of the work
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal `back` (): to the list.
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_EVENT_PAGE (dure_event_page_get_type ())
G_DECLARE_FINAL_TYPE (DureEventPage, dure_event_page, DURE, EVENT_PAGE, AdwBin)

gboolean    dure_event_page_set_event (DureEventPage *self, DureDesk *desk, const char *id);
const char *dure_event_page_get_event_id (DureEventPage *self);
void        dure_event_page_show_tab (DureEventPage *self, const char *tab);
const char *dure_event_page_get_shown_tab (DureEventPage *self);
GtkWidget  *dure_event_page_get_tab (DureEventPage *self, const char *tab);
void        dure_event_page_search (DureEventPage *self);

G_END_DECLS
