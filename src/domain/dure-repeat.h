/* dure-repeat.h: repeat rules (RFC 5545 RRULE) of events, by day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean dure_repeat_check (const char *rule, GError **error);
GArray  *dure_repeat_days (const char *rule, int start, int from, int to, GError **error);

G_END_DECLS
