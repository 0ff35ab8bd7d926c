/* dure-welcome.h: the first start: begin empty, with a spreadsheet, or look around in a sample
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal `ready` (const char *path, const char *action): a store is there now; @action is to be activated in it, or
 * %NULL.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DURE_TYPE_WELCOME (dure_welcome_get_type ())
G_DECLARE_FINAL_TYPE (DureWelcome, dure_welcome, DURE, WELCOME, AdwBin)

GtkWidget *dure_welcome_new (const char *path, gboolean samples_apart);
void       dure_welcome_begin (DureWelcome *self, const char *sample);

G_END_DECLS
