/* dure-sector-mark.h: the mark of an agency: shape by sector, colour by area
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "schema/dure-record.h"

G_BEGIN_DECLS

#define DURE_TYPE_SECTOR_MARK (dure_sector_mark_get_type ())
G_DECLARE_FINAL_TYPE (DureSectorMark, dure_sector_mark, DURE, SECTOR_MARK, GtkWidget)

GtkWidget *dure_sector_mark_new (int size);
void       dure_sector_mark_set (DureSectorMark *self, DureRecord *agency);

G_END_DECLS
