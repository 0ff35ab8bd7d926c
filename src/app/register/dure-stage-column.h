/* dure-stage-column.h: one stage of the board: its applications as cards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 * - `opened` (DureRecord *application)
 * - `moved` (DureRecord *application, const char *stage): by menu, key or drop
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_STAGE_COLUMN (dure_stage_column_get_type ())
G_DECLARE_FINAL_TYPE (DureStageColumn, dure_stage_column, DURE, STAGE_COLUMN, GtkBox)

GtkWidget *dure_stage_column_new (DureDesk *desk, const char *stage);
void       dure_stage_column_set_call (DureStageColumn *self, const char *call);

G_END_DECLS
