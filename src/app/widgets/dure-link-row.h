/* dure-link-row.h: a link to another record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made by dure_field_row_new().
 */
#pragma once

#include "app/widgets/dure-field-row.h"

G_BEGIN_DECLS

#define DURE_TYPE_LINK_ROW (dure_link_row_get_type ())
G_DECLARE_FINAL_TYPE (DureLinkRow, dure_link_row, DURE, LINK_ROW, DureFieldRow)

G_END_DECLS
