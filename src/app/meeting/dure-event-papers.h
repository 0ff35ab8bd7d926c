/* dure-event-papers.h: what is printed for an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/meeting/dure-event-tab.h"

G_BEGIN_DECLS

#define DURE_TYPE_EVENT_PAPERS (dure_event_papers_get_type ())
G_DECLARE_FINAL_TYPE (DureEventPapers, dure_event_papers, DURE, EVENT_PAPERS, DureEventTab)

void dure_event_papers_make_briefing (DureEventPapers *self);

G_END_DECLS
