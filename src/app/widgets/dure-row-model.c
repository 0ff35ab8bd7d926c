/* dure-row-model.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-row-model.h"

struct _DureRowModel
{
  GObject parent_instance;

  DureRecordList *list;
  guint           n_rows; /* at most so many are shown */
  guint           n;
  GtkBitset      *selected;
  GHashTable     *rows; /* numbers of the selected rows, which outlive their positions */
};

static guint rows_changed_signal;

static GType
get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return DURE_ROW_MODEL (model)->n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  return position < DURE_ROW_MODEL (model)->n ? g_object_new (G_TYPE_OBJECT, NULL) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (DURE_ROW_MODEL (model)->selected, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_ref (DURE_ROW_MODEL (model)->selected);
}

static void
remember_rows (DureRowModel *self)
{
  GtkBitsetIter iter;
  guint         position;

  g_hash_table_remove_all (self->rows);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 row = dure_record_list_get_row (self->list, position);

      g_hash_table_add (self->rows, g_memdup2 (&row, sizeof row));
    }
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  DureRowModel *self = DURE_ROW_MODEL (model);
  g_autoptr (GtkBitset) now = gtk_bitset_copy (self->selected);
  g_autoptr (GtkBitset) wanted = gtk_bitset_copy (selected);
  g_autoptr (GtkBitset) changed = gtk_bitset_copy (self->selected);
  guint first;

  gtk_bitset_intersect (wanted, mask);
  gtk_bitset_subtract (now, mask);
  gtk_bitset_union (now, wanted);
  gtk_bitset_remove_range (now, self->n, G_MAXUINT - self->n);
  gtk_bitset_difference (changed, now);
  if (gtk_bitset_is_empty (changed))
    return TRUE;
  gtk_bitset_unref (self->selected);
  self->selected = g_steal_pointer (&now);
  remember_rows (self);
  first = gtk_bitset_get_minimum (changed);
  gtk_selection_model_selection_changed (model, first, gtk_bitset_get_maximum (changed) - first + 1);
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->set_selection = set_selection;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (DureRowModel, dure_row_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

/* Selected rows stay selected wherever they went. */
static void
find_selected (DureRowModel *self, guint position, guint n)
{
  if (g_hash_table_size (self->rows) == 0)
    return;
  gtk_bitset_remove_range (self->selected, position, n);
  for (guint i = position; i < position + n; i++)
    {
      gint64 row = dure_record_list_get_row (self->list, i);

      if (g_hash_table_contains (self->rows, &row))
        gtk_bitset_add (self->selected, i);
    }
}

static void
change (DureRowModel *self, guint position, guint removed, guint added)
{
  self->n += added - removed;
  gtk_bitset_splice (self->selected, position, removed, added);
  find_selected (self, position, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, DureRowModel *self)
{
  guint n = MIN (self->n_rows, g_list_model_get_n_items (list));
  guint same;

  if (position >= self->n_rows)
    return;
  /* Only the beginning of the list is shown at first: what moves out of it goes, what moves into it comes. */
  if (self->n_rows < G_MAXUINT)
    {
      removed = self->n - position;
      added = n - position;
    }
  same = MIN (removed, added);
  if (removed > same || added > same)
    change (self, position + same, removed - same, added - same);
  if (same == 0)
    {
      remember_rows (self);
      return;
    }
  find_selected (self, position, same);
  remember_rows (self);
  g_signal_emit (self, rows_changed_signal, 0, position, same);
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, same);
}

static void
dure_row_model_finalize (GObject *object)
{
  DureRowModel *self = DURE_ROW_MODEL (object);

  g_object_unref (self->list);
  gtk_bitset_unref (self->selected);
  g_hash_table_unref (self->rows);
  G_OBJECT_CLASS (dure_row_model_parent_class)->finalize (object);
}

static void
dure_row_model_class_init (DureRowModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dure_row_model_finalize;
  rows_changed_signal = g_signal_new ("rows-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
dure_row_model_init (DureRowModel *self)
{
  self->selected = gtk_bitset_new_empty ();
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * dure_row_model_new:
 * @list: the records
 * @n_rows: how many of them are shown at most, %G_MAXUINT for all
 *
 * Returns: (transfer full): the rows, none of them selected
 */
DureRowModel *
dure_row_model_new (DureRecordList *list, guint n_rows)
{
  DureRowModel *self = g_object_new (DURE_TYPE_ROW_MODEL, NULL);

  self->list = g_object_ref (list);
  self->n_rows = n_rows;
  self->n = MIN (n_rows, g_list_model_get_n_items (G_LIST_MODEL (list)));
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
  return self;
}

/** dure_row_model_get_n_rows: Returns: how many rows are shown at most */
guint
dure_row_model_get_n_rows (DureRowModel *self)
{
  return self->n_rows;
}

/** dure_row_model_set_n_rows: shows more rows of the list, or fewer. */
void
dure_row_model_set_n_rows (DureRowModel *self, guint n_rows)
{
  guint n = MIN (n_rows, g_list_model_get_n_items (G_LIST_MODEL (self->list)));
  guint same = MIN (self->n, n);

  self->n_rows = n_rows;
  if (self->n != n)
    change (self, same, self->n - same, n - same);
}

/** dure_row_model_get_record: Returns: (transfer full) (nullable): the record of a row; read now unless it is in use */
DureRecord *
dure_row_model_get_record (DureRowModel *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->list), position);
}
