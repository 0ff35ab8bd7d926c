/* dure-lunar.h: the Korean lunar calendar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean dure_lunar_date (int day, int *month, int *month_day, gboolean *leap);

G_END_DECLS
