/* dure-conflict-dialog.h: conflict review: both values, who wrote them and when; one is chosen in one action
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_CONFLICT_DIALOG (dure_conflict_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DureConflictDialog, dure_conflict_dialog, DURE, CONFLICT_DIALOG, AdwWindow)

void dure_conflict_dialog_present (GtkWindow *parent, DureDesk *desk);

G_END_DECLS
