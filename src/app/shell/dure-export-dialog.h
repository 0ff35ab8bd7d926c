/* dure-export-dialog.h: everything as open files in a folder: why, where, how far
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/shell/dure-window.h"

G_BEGIN_DECLS

#define DURE_TYPE_EXPORT_DIALOG (dure_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DureExportDialog, dure_export_dialog, DURE, EXPORT_DIALOG, AdwWindow)

void dure_export_dialog_present (DureWindow *window);

G_END_DECLS
