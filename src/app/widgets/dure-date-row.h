/* dure-date-row.h: a date, or a date with a time, typed or picked from a calendar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made by dure_field_row_new().
 */
#pragma once

#include "app/widgets/dure-field-row.h"

G_BEGIN_DECLS

#define DURE_TYPE_DATE_ROW (dure_date_row_get_type ())
G_DECLARE_FINAL_TYPE (DureDateRow, dure_date_row, DURE, DATE_ROW, DureFieldRow)

G_END_DECLS
