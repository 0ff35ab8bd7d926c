/* dure-enrol-dialog.h: makes this computer known to the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_ENROL_DIALOG (dure_enrol_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DureEnrolDialog, dure_enrol_dialog, DURE, ENROL_DIALOG, AdwWindow)

void dure_enrol_dialog_present (GtkWindow *parent, DureDesk *desk);

G_END_DECLS
