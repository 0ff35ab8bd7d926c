/* dure-choice-row.h: one of several values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made by dure_field_row_new().
 */
#pragma once

#include "app/widgets/dure-field-row.h"

G_BEGIN_DECLS

#define DURE_TYPE_CHOICE_ROW (dure_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (DureChoiceRow, dure_choice_row, DURE, CHOICE_ROW, DureFieldRow)

G_END_DECLS
