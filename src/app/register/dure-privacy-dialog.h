/* dure-privacy-dialog.h: whose data may be kept no longer, and what was purged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_PRIVACY_DIALOG (dure_privacy_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DurePrivacyDialog, dure_privacy_dialog, DURE, PRIVACY_DIALOG, AdwWindow)

void dure_privacy_dialog_present (GtkWindow *parent, DureDesk *desk);

G_END_DECLS
