/* dure-list-detail.h: a list and the record that is selected in it, side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/register/dure-record-detail.h"
#include "app/widgets/dure-record-table.h"

G_BEGIN_DECLS

#define DURE_TYPE_LIST_DETAIL (dure_list_detail_get_type ())
G_DECLARE_FINAL_TYPE (DureListDetail, dure_list_detail, DURE, LIST_DETAIL, AdwBin)

GtkWidget        *dure_list_detail_new (DureDesk *desk, DureEntityId entity);
DureRecordTable  *dure_list_detail_get_table (DureListDetail *self);
gboolean          dure_list_detail_open (DureListDetail *self, const char *id);
void              dure_list_detail_set_whole (DureListDetail *self, gboolean whole);
char             *dure_list_detail_where (DureListDetail *self);

G_END_DECLS
