/* dure-record-detail.h: one record: heading, what belongs to it, its form, its history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal `back` (): the button at the top was pressed, see dure_record_detail_set_back().
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"
#include "app/widgets/dure-record-form.h"

G_BEGIN_DECLS

#define DURE_TYPE_RECORD_DETAIL (dure_record_detail_get_type ())
G_DECLARE_FINAL_TYPE (DureRecordDetail, dure_record_detail, DURE, RECORD_DETAIL, AdwBin)

GtkWidget      *dure_record_detail_new (DureDesk *desk, DureEntityId entity);
DureRecord     *dure_record_detail_get_record (DureRecordDetail *self);
void            dure_record_detail_set_record (DureRecordDetail *self, DureRecord *record);
DureRecordForm *dure_record_detail_get_form (DureRecordDetail *self);
void            dure_record_detail_set_back (DureRecordDetail *self, const char *icon, const char *label);
void            dure_record_detail_add_action (DureRecordDetail *self, GtkWidget *button);

G_END_DECLS
