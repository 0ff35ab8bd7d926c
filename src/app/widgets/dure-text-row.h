/* dure-text-row.h: a line of text, a number, money, a phone number or a mail address
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made by dure_field_row_new().
 */
#pragma once

#include "app/widgets/dure-field-row.h"

G_BEGIN_DECLS

#define DURE_TYPE_TEXT_ROW (dure_text_row_get_type ())
G_DECLARE_FINAL_TYPE (DureTextRow, dure_text_row, DURE, TEXT_ROW, DureFieldRow)

G_END_DECLS
