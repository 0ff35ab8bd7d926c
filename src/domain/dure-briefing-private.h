/* dure-briefing-private.h: the lists of a briefing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-briefing.h"

G_BEGIN_DECLS

gboolean dure_briefing_make_lists (DureBriefing *self, DureStore *store, GError **error);
gboolean dure_briefing_list_records (DureBriefing *self, DureStore *store, GError **error);

DureBriefingList      *
dure_briefing_add_list (DureBriefing *self, DureBriefingTopic topic, const char *heading, gboolean names);
void dure_briefing_add_item (DureBriefingList *list, char *text, char *detail, char *marks, char **agencies);
void dure_briefing_list_free (gpointer list);

G_END_DECLS
