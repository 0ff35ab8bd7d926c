/* dure-preferences.h: how the program looks, who writes, where the store is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/shell/dure-window.h"

G_BEGIN_DECLS

#define DURE_TYPE_PREFERENCES (dure_preferences_get_type ())
G_DECLARE_FINAL_TYPE (DurePreferences, dure_preferences, DURE, PREFERENCES, AdwPreferencesWindow)

GtkWidget *dure_preferences_new (DureWindow *window);

G_END_DECLS
