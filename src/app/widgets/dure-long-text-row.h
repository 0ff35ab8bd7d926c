/* dure-long-text-row.h: several lines of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made by dure_field_row_new().
 */
#pragma once

#include "app/widgets/dure-field-row.h"

G_BEGIN_DECLS

#define DURE_TYPE_LONG_TEXT_ROW (dure_long_text_row_get_type ())
G_DECLARE_FINAL_TYPE (DureLongTextRow, dure_long_text_row, DURE, LONG_TEXT_ROW, DureFieldRow)

G_END_DECLS
