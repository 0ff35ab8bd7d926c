/* dure-sync-time.h: moments of sync as the officer reads them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *dure_sync_format_time (gint64 ms, gboolean short_today);

G_END_DECLS
