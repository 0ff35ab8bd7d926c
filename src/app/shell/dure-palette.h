/* dure-palette.h: finds any record or command by a part of its name, initial consonants, or the wrong keyboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/shell/dure-window.h"

G_BEGIN_DECLS

#define DURE_TYPE_PALETTE (dure_palette_get_type ())
G_DECLARE_FINAL_TYPE (DurePalette, dure_palette, DURE, PALETTE, AdwWindow)

GtkWidget  *dure_palette_new (DureWindow *window);
void        dure_palette_set_text (DurePalette *self, const char *text);
gboolean    dure_palette_is_busy (DurePalette *self);
GListModel *dure_palette_get_items (DurePalette *self);
void        dure_palette_activate (DurePalette *self);

G_END_DECLS
