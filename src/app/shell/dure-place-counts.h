/* dure-place-counts.h: the numbers beside the places: overdue, today, ending
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/shell/dure-desk.h"
#include "app/shell/dure-sidebar.h"

G_BEGIN_DECLS

#define DURE_TYPE_PLACE_COUNTS (dure_place_counts_get_type ())
G_DECLARE_FINAL_TYPE (DurePlaceCounts, dure_place_counts, DURE, PLACE_COUNTS, GObject)

DurePlaceCounts *dure_place_counts_new (DureDesk *desk, DureSidebar *sidebar);
void             dure_place_counts_refresh (DurePlaceCounts *self);

G_END_DECLS
