/* dure-briefing-page-private.h: the pieces of a briefing sheet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each piece is set from @y on and returns the height that it takes; a sheet that only measures draws nothing.
 */
#pragma once

#include "document/dure-sheet.h"
#include "domain/dure-briefing.h"

G_BEGIN_DECLS

#define DURE_BRIEFING_LEFT (20 * DURE_MM)
#define DURE_BRIEFING_WIDTH (DURE_A4_WIDTH - 40 * DURE_MM)
/* The smallest type on the sheet, of the base size. With the least base size it is 7.5 pt. */
#define DURE_BRIEFING_SMALL 0.85

typedef struct
{
  const DureBriefing *briefing;
  DureSheet           sheet;
  guint               most_items; /* of a list */
  guint               most_bodies;
  double              picture; /* height */
  DureBriefingTopic   last;    /* of the lists about the network: the last one on the first page */
} DureBriefingPage;

double dure_briefing_draw_head (DureBriefingPage *self, double y);
double dure_briefing_draw_second_head (DureBriefingPage *self, double y);
double dure_briefing_draw_figures (DureBriefingPage *self, double y);
double dure_briefing_draw_bodies (DureBriefingPage *self, double y);
double dure_briefing_draw_attendance (DureBriefingPage *self, double y);
double dure_briefing_draw_lists (DureBriefingPage *self, DureBriefingTopic first, DureBriefingTopic last, double y);
double dure_briefing_draw_programme (DureBriefingPage *self, double y);

G_END_DECLS
