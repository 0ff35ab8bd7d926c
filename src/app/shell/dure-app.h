/* dure-app.h: the program `dure`
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DURE_TYPE_APP (dure_app_get_type ())
G_DECLARE_FINAL_TYPE (DureApp, dure_app, DURE, APP, AdwApplication)

DureApp *dure_app_new (void);
char    *dure_app_default_store (void);

G_END_DECLS
