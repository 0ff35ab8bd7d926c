/* dure-history-group.h: who changed what when in a record, and back again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_HISTORY_GROUP (dure_history_group_get_type ())
G_DECLARE_FINAL_TYPE (DureHistoryGroup, dure_history_group, DURE, HISTORY_GROUP, AdwPreferencesGroup)

GtkWidget *dure_history_group_new (DureDesk *desk);
void       dure_history_group_set_record (DureHistoryGroup *self, DureRecord *record);

G_END_DECLS
