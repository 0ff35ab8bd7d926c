/* dure-import-dialog.h: a spreadsheet becomes records: choose, look, import
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/shell/dure-window.h"

G_BEGIN_DECLS

#define DURE_TYPE_IMPORT_DIALOG (dure_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DureImportDialog, dure_import_dialog, DURE, IMPORT_DIALOG, AdwWindow)

void       dure_import_dialog_ask (DureWindow *window);
GtkWidget *dure_import_dialog_new (DureWindow *window, const char *path);

G_END_DECLS
