/* dure-record-list.h: a GListModel over a query: ids at once, rows by page, follows the store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store-thread.h"

G_BEGIN_DECLS

#define DURE_TYPE_RECORD_LIST (dure_record_list_get_type ())
G_DECLARE_FINAL_TYPE (DureRecordList, dure_record_list, DURE, RECORD_LIST, GObject)

DureRecordList  *dure_record_list_new (DureStore *reader, DureStoreThread *thread, const DureQuery *query);
void             dure_record_list_set_query (DureRecordList *self, const DureQuery *query);
gboolean         dure_record_list_get_loading (DureRecordList *self);
int              dure_record_list_find (DureRecordList *self, const char *id);
gint64           dure_record_list_get_row (DureRecordList *self, guint position);

G_END_DECLS
