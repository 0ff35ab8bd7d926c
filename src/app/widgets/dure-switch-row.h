/* dure-switch-row.h: yes or no
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made by dure_field_row_new().
 */
#pragma once

#include "app/widgets/dure-field-row.h"

G_BEGIN_DECLS

#define DURE_TYPE_SWITCH_ROW (dure_switch_row_get_type ())
G_DECLARE_FINAL_TYPE (DureSwitchRow, dure_switch_row, DURE, SWITCH_ROW, DureFieldRow)

G_END_DECLS
