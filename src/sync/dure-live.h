/* dure-live.h: the live channel: hears at once that there is something new on the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DURE_TYPE_LIVE (dure_live_get_type ())
G_DECLARE_FINAL_TYPE (DureLive, dure_live, DURE, LIVE, GObject)

DureLive *dure_live_new (const char *url, const char *token, const char *root, const char *proxy);
void      dure_live_stop (DureLive *self);
gboolean  dure_live_parse (const char *text, gsize length, gint64 *seq);

G_END_DECLS
