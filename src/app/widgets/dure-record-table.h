/* dure-record-table.h: the list of one entity: filter line, columns from the table, count, bulk work
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 * - `selected` (DureRecord *record): one record is selected; %NULL when none or several are.
 * - `opened` (DureRecord *record): Enter or a double click.
 * - `make` (): the first step of an empty list; without a handler the table shows the new-record dialog itself.
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"
#include "store/dure-record-list.h"

G_BEGIN_DECLS

#define DURE_TYPE_RECORD_TABLE (dure_record_table_get_type ())
G_DECLARE_FINAL_TYPE (DureRecordTable, dure_record_table, DURE, RECORD_TABLE, AdwBin)

/**
 * DureCellFunc: the text of a cell that is no field of its own.
 *
 * Returns: (transfer full) (nullable): the text
 */
typedef char *(*DureCellFunc) (DureDesk *desk, DureRecord *record, gpointer user_data);

/** DureCellMake: (transfer floating): the widget of a cell that is no text. */
typedef GtkWidget *(*DureCellMake) (void);

/** DureCellShow: shows a record in such a cell. */
typedef void (*DureCellShow) (GtkWidget *cell, DureRecord *record);

GtkWidget      *dure_record_table_new (DureDesk *desk, DureEntityId entity);
void            dure_record_table_set_columns (DureRecordTable *self, const int *fields);
void            dure_record_table_set_filters (DureRecordTable *self, const int *fields);
void            dure_record_table_set_base (DureRecordTable *self, const DureQuery *query);
void            dure_record_table_add_text_column (DureRecordTable *self,
                                                   const char      *title,
                                                   int              width,
                                                   DureCellFunc     func,
                                                   gpointer         user_data);
void            dure_record_table_add_widget_column (
    DureRecordTable *self, const char *title, int width, DureCellMake make, DureCellShow show);
void            dure_record_table_set_empty (DureRecordTable *self,
                                             const char      *icon_name,
                                             const char      *title,
                                             const char      *sentence,
                                             const char      *second_label,
                                             const char      *second_action);
void            dure_record_table_set_can_make (DureRecordTable *self, gboolean can_make);
void            dure_record_table_sort (DureRecordTable *self, int field, gboolean descending);
void            dure_record_table_set_prefill (DureRecordTable *self, DureRecord *prefilled);
void            dure_record_table_make (DureRecordTable *self);
void            dure_record_table_focus_search (DureRecordTable *self);
void            dure_record_table_set_search (DureRecordTable *self, const char *text);
gboolean        dure_record_table_select (DureRecordTable *self, const char *id);
DureRecordList *dure_record_table_get_list (DureRecordTable *self);

G_END_DECLS
