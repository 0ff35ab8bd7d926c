/* dure-tabs.h: the tabs of a page, each made when it is first shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "schema/dure-schema.h"

G_BEGIN_DECLS

#define DURE_TYPE_TABS (dure_tabs_get_type ())
G_DECLARE_FINAL_TYPE (DureTabs, dure_tabs, DURE, TABS, AdwBin)

/**
 * DureTabFunc:
 *
 * Returns: (transfer floating): the content of the tab of @entity
 */
typedef GtkWidget *(*DureTabFunc) (DureEntityId entity, gpointer user_data);

GtkWidget   *dure_tabs_new (DureTabFunc func, gpointer user_data);
void         dure_tabs_add (DureTabs *self, DureEntityId entity, const char *title);
GtkWidget   *dure_tabs_get_switcher (DureTabs *self);
GtkWidget   *dure_tabs_show (DureTabs *self, DureEntityId entity);
GtkWidget   *dure_tabs_get_content (DureTabs *self);
DureEntityId dure_tabs_get_entity (DureTabs *self);
gboolean     dure_tabs_has (DureTabs *self, DureEntityId entity);

G_END_DECLS
