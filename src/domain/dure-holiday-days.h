/* dure-holiday-days.h: holidays that no rule gives: elections and days that the government names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-holidays.h"

G_BEGIN_DECLS

GArray *dure_holiday_days_parse (const char *csv, const char *place, GError **error);
GArray *dure_holiday_days_shipped (void);

G_END_DECLS
