/* dure-duplicates-dialog.h: pairs of records that look like one, with the reasons
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_DUPLICATES_DIALOG (dure_duplicates_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DureDuplicatesDialog, dure_duplicates_dialog, DURE, DUPLICATES_DIALOG, AdwWindow)

void dure_duplicates_dialog_present (GtkWindow *parent, DureDesk *desk, DureEntityId entity);

G_END_DECLS
