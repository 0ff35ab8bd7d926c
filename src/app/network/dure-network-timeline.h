/* dure-network-timeline.h: the months as bars, and a period on them that can be dragged, moved by keys, and played
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With two periods the first is drawn hollow and the second filled; the keys move the one that was touched last.
 * Signal: `period-changed`, when the user has moved a period and let it go.
 */
#pragma once

#include <gtk/gtk.h>

#include "domain/dure-network-compare.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_TIMELINE (dure_network_timeline_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkTimeline, dure_network_timeline, DURE, NETWORK_TIMELINE, GtkWidget)

void     dure_network_timeline_set_months (DureNetworkTimeline *self, GArray *months, guint layers);
void     dure_network_timeline_set_period (DureNetworkTimeline *self, DureDaySpan span);
gboolean dure_network_timeline_get_period (DureNetworkTimeline *self, DureDaySpan *span);
void     dure_network_timeline_set_two (DureNetworkTimeline *self, gboolean two);
gboolean dure_network_timeline_get_two (DureNetworkTimeline *self, DureDaySpan *first, DureDaySpan *second);
gboolean dure_network_timeline_move (DureNetworkTimeline *self, int months);
guint    dure_network_timeline_get_n (DureNetworkTimeline *self);

G_END_DECLS
