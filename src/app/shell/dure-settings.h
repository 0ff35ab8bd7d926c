/* dure-settings.h: what this user prefers on this machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One object with a property a key of kr.dure.Dure; follow a preference with `notify::` or a GBinding. Where the schema
 * is not installed the properties hold their defaults and are forgotten at the end.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DURE_TYPE_SETTINGS (dure_settings_get_type ())
G_DECLARE_FINAL_TYPE (DureSettings, dure_settings, DURE, SETTINGS, GObject)

DureSettings *dure_settings_get_default (void);
gboolean      dure_settings_get_bool (const char *key);
int           dure_settings_get_int (const char *key);
char         *dure_settings_get_text (const char *key);
void          dure_settings_set_bool (const char *key, gboolean value);
void          dure_settings_set_int (const char *key, int value);
void          dure_settings_set_text (const char *key, const char *value);

G_END_DECLS
