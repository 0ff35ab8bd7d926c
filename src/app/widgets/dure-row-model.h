/* dure-row-model.h: the rows of a long list of records, and which of them are selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The items are places, not records: a view of 100,000 rows keeps some 200 of them, and would read the record of each
 * one, and throw all its widgets away whenever the list is searched or sorted. Whoever shows a row asks for the record
 * of its position. Where records only took the places of others there is no `items-changed`; the signal
 * `rows-changed (position, n)` tells of them.
 */
#pragma once

#include <gtk/gtk.h>

#include "store/dure-record-list.h"

G_BEGIN_DECLS

#define DURE_TYPE_ROW_MODEL (dure_row_model_get_type ())
G_DECLARE_FINAL_TYPE (DureRowModel, dure_row_model, DURE, ROW_MODEL, GObject)

DureRowModel *dure_row_model_new (DureRecordList *list, guint n_rows);
guint         dure_row_model_get_n_rows (DureRowModel *self);
void          dure_row_model_set_n_rows (DureRowModel *self, guint n_rows);
DureRecord   *dure_row_model_get_record (DureRowModel *self, guint position);

G_END_DECLS
