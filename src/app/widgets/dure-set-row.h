/* dure-set-row.h: several of several values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made by dure_field_row_new().
 */
#pragma once

#include "app/widgets/dure-field-row.h"

G_BEGIN_DECLS

#define DURE_TYPE_SET_ROW (dure_set_row_get_type ())
G_DECLARE_FINAL_TYPE (DureSetRow, dure_set_row, DURE, SET_ROW, DureFieldRow)

G_END_DECLS
