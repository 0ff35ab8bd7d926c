/* dure-difference-dialog.h: a text before and after a change, with what differs marked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DURE_TYPE_DIFFERENCE_DIALOG (dure_difference_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DureDifferenceDialog, dure_difference_dialog, DURE, DIFFERENCE_DIALOG, AdwWindow)

void dure_difference_dialog_present (GtkWindow  *parent,
                                     const char *title,
                                     const char *subtitle,
                                     const char *before,
                                     const char *after);

G_END_DECLS
