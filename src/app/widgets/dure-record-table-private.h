/* dure-record-table-private.h: what the files of the record table share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/widgets/dure-record-table.h"
#include "app/widgets/dure-row-model.h"

G_BEGIN_DECLS

/* One column: a field of the table, or text made by a function. */
typedef struct
{
  DureRecordTable     *table;
  int                  field; /* -1 for none */
  int                  width;
  DureCellFunc         func; /* or NULL */
  gpointer             user_data;
  DureCellMake         make; /* or NULL */
  DureCellShow         show;
  GtkColumnViewColumn *column;
} Column;

struct _DureRecordTable
{
  AdwBin parent_instance;

  DureDesk          *desk;
  const DureEntity  *entity;
  DureQuery         *base;    /* what the page asks for */
  char             **filters; /* chosen value by field number */
  int                sort;
  gboolean           descending;
  DureRecordList    *list;
  DureRowModel      *rows; /* of the list; all of them after the first frames */
  GPtrArray         *columns; /* of Column, in the order in which they give way */
  GHashTable        *titles;  /* id of a linked record -> its title */
  GHashTable        *bound;   /* GtkListItem -> Column */
  GHashTable        *asleep;  /* the same, for cells that have no text yet */
  guint              sight_first;
  guint              sight_last;
  DureRecord        *prefill;
  GCancellable      *cancellable;
  char              *selected_id;
  char              *keys; /* to be searched when nothing is found, or NULL */
  char              *wanted_id; /* to be selected once the list has it */
  gboolean           restoring;
  gboolean           showing_sort;
  gint64             total; /* of the base query; -1 not known yet */
  guint              tell_source;
  guint              count_source;
  guint              refresh_source;
  guint              fit_source;
  guint              tick;
  int                fitted_width;
  gpointer           probed; /* Column */
  GSimpleActionGroup *actions;

  GtkWidget *search;
  GtkWidget *chips;
  GtkWidget *clear;
  GtkWidget *count;
  GtkWidget *stack;
  GtkWidget *view;
  GtkWidget *empty;
  GtkWidget *second;
  GtkWidget *make;
  GtkWidget *nothing;
  GtkWidget *bar;
  GtkWidget *bar_label;
};

/* dure-record-table-rows.c */
void dure_record_table_queue_rows (DureRecordTable *self);
void dure_record_table_change_rows (DureRecordTable *self, guint position, guint n);
void dure_record_table_bind_cell (DureRecordTable *self, Column *column, GtkListItem *item);
void dure_record_table_watch_sight (DureRecordTable *self);

/* dure-record-table-columns.c */
void dure_record_table_show_cell (Column *column, GtkListItem *item);
void dure_record_table_show_columns (DureRecordTable *self);
void dure_record_table_fit_columns (DureRecordTable *self, int width);
void dure_record_table_refresh_cells (DureRecordTable *self);
void dure_record_table_read_sort (DureRecordTable *self);
void dure_record_table_show_sort (DureRecordTable *self);

/* dure-record-table-filters.c */
void dure_record_table_show_filters (DureRecordTable *self, const int *fields);
void dure_record_table_clear_filters (DureRecordTable *self);
gboolean dure_record_table_is_filtered (DureRecordTable *self);

/* dure-record-table-count.c */
void dure_record_table_show_count (DureRecordTable *self);
void dure_record_table_queue_count (DureRecordTable *self, guint wait);

/* dure-record-table-actions.c */
void dure_record_table_delete_selected (GtkWidget *widget, const char *name, GVariant *parameter);

/* dure-record-table.c */
void dure_record_table_requery (DureRecordTable *self);

G_END_DECLS
