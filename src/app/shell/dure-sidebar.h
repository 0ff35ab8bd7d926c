/* dure-sidebar.h: the places with their counts, and the sync line at the foot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DURE_TYPE_SIDEBAR (dure_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (DureSidebar, dure_sidebar, DURE, SIDEBAR, AdwBin)

void dure_sidebar_select (DureSidebar *self, const char *place);
void dure_sidebar_set_count (DureSidebar *self, const char *place, guint count, const char *meaning, gboolean urgent);
void dure_sidebar_set_foot (DureSidebar *self, GtkWidget *widget);

G_END_DECLS
