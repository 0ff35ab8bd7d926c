/* dure-merge-dialog.h: two records side by side: which one stays, and field by field which value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_MERGE_DIALOG (dure_merge_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DureMergeDialog, dure_merge_dialog, DURE, MERGE_DIALOG, AdwWindow)

void dure_merge_dialog_present (GtkWindow *parent, DureDesk *desk, DureEntityId entity, const char *one, const char *other);

G_END_DECLS
