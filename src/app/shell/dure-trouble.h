/* dure-trouble.h: the store cannot be opened: why, and the ways out; nothing is written to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal `ready` (const char *path, const char *action): try this store now; @action is %NULL.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DURE_TYPE_TROUBLE (dure_trouble_get_type ())
G_DECLARE_FINAL_TYPE (DureTrouble, dure_trouble, DURE, TROUBLE, AdwBin)

GtkWidget *dure_trouble_new (const char *path, const GError *why);

G_END_DECLS
