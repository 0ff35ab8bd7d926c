/* dure-group-rows.h: rows of a group of preferences that are filled anew now and then
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void dure_group_rows_add   (GPtrArray *rows, AdwPreferencesGroup *group, GtkWidget *row);
void dure_group_rows_clear (GPtrArray *rows);

G_END_DECLS
