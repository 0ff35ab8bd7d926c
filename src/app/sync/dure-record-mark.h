/* dure-record-mark.h: at the record: the server has it, it waits here, or it clashed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_RECORD_MARK (dure_record_mark_get_type ())
G_DECLARE_FINAL_TYPE (DureRecordMark, dure_record_mark, DURE, RECORD_MARK, AdwBin)

GtkWidget *dure_record_mark_new (DureDesk *desk);
void       dure_record_mark_set_record (DureRecordMark *self, DureRecord *record);

G_END_DECLS
