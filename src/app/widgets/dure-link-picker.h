/* dure-link-picker.h: a popover that finds a record of one entity, or makes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 * - `picked` (const char *id, const char *title)
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_LINK_PICKER (dure_link_picker_get_type ())
G_DECLARE_FINAL_TYPE (DureLinkPicker, dure_link_picker, DURE, LINK_PICKER, GtkPopover)

GtkWidget *dure_link_picker_new (DureDesk *desk, DureEntityId entity);

G_END_DECLS
