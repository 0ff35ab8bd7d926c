/* dure-record-table-rows.c: a few rows at each frame, and texts only for rows in sight
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GTK 4.8 keeps some 200 rows alive however few are seen. Making them all, or giving all of them texts, in one frame
 * would stop the window.
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-record-table-private.h"

#include <math.h>

#define ROWS_STEP 4
#define ROWS_ALIVE 240
/* Before the rows were ever measured */
#define ROWS_AT_FIRST 40
/* Rows above and below those in sight that have their texts already */
#define ROWS_AROUND 6

static GtkAdjustment *
adjustment_of (DureRecordTable *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
}

/* All rows are equally high. */
static void
find_sight (DureRecordTable *self)
{
  GtkAdjustment *adjustment = adjustment_of (self);
  guint          n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  double         upper = gtk_adjustment_get_upper (adjustment);
  double         first, last;

  self->sight_first = 0;
  self->sight_last = ROWS_AT_FIRST;
  if (n == 0 || upper < n)
    return;
  first = gtk_adjustment_get_value (adjustment) / upper * n - ROWS_AROUND;
  last = (gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment)) / upper * n + ROWS_AROUND;
  self->sight_first = (guint) MAX (first, 0);
  self->sight_last = (guint) ceil (last);
}

static gboolean
is_in_sight (DureRecordTable *self, GtkListItem *item)
{
  guint position = gtk_list_item_get_position (item);

  return position >= self->sight_first && position <= self->sight_last;
}

static void
wake (DureRecordTable *self)
{
  GHashTableIter iter;
  gpointer       item, column;

  find_sight (self);
  g_hash_table_iter_init (&iter, self->asleep);
  while (g_hash_table_iter_next (&iter, &item, &column))
    if (is_in_sight (self, item))
      {
        g_hash_table_iter_remove (&iter);
        dure_record_table_show_cell (column, item);
      }
}

static gboolean
grow (DureRecordTable *self)
{
  guint size = dure_row_model_get_n_rows (self->rows);

  if (size == G_MAXUINT || g_list_model_get_n_items (G_LIST_MODEL (self->list)) <= size)
    return FALSE;
  dure_row_model_set_n_rows (self->rows, size < ROWS_ALIVE ? size + ROWS_STEP : G_MAXUINT);
  return TRUE;
}

static gboolean
tick_cb (GtkWidget *view, GdkFrameClock *clock, gpointer user_data)
{
  DureRecordTable *self = user_data;

  wake (self);
  if (grow (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

/** dure_record_table_queue_rows: rows have come, gone or moved: those in sight are seen to at the next frames. */
void
dure_record_table_queue_rows (DureRecordTable *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (self->view, tick_cb, self, NULL);
}

/** dure_record_table_change_rows: other records have taken the places of those in some rows. */
void
dure_record_table_change_rows (DureRecordTable *self, guint position, guint n)
{
  GHashTableIter iter;
  gpointer       item, column;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, &column))
    {
      guint at = gtk_list_item_get_position (item);

      if (at >= position && at - position < n)
        g_hash_table_insert (self->asleep, item, column);
    }
  dure_record_table_queue_rows (self);
}

/** dure_record_table_bind_cell: the texts of a row out of sight wait until it is scrolled to. */
void
dure_record_table_bind_cell (DureRecordTable *self, Column *column, GtkListItem *item)
{
  find_sight (self);
  if (is_in_sight (self, item))
    dure_record_table_show_cell (column, item);
  else
    g_hash_table_insert (self->asleep, item, column);
}

/** dure_record_table_watch_sight: once, when the table was made. */
void
dure_record_table_watch_sight (DureRecordTable *self)
{
  /* The view moves while it is laid out, when no text may change any more: the next frame sees to it. */
  g_signal_connect_object (adjustment_of (self), "value-changed", G_CALLBACK (dure_record_table_queue_rows), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment_of (self), "changed", G_CALLBACK (dure_record_table_queue_rows), self,
                           G_CONNECT_SWAPPED);
}
