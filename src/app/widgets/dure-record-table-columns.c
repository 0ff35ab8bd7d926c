/* dure-record-table-columns.c: the columns of a record table, their cells, and the order that the headings ask for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-record-table-private.h"

#include <string.h>

#define TITLE_LEAST 180

/* Hangul syllables of the usual font are 13 pixels wide, and the cell has 8 on each side. */
static int
width_for (const char *text)
{
  return 13 * (int) g_utf8_strlen (text, -1) + 18;
}

static int
width_of_choices (const DureField *field)
{
  int width = width_for (dure_field_label (field)) + 8;

  for (const DureChoice *choice = field->choices; choice->key != NULL; choice++)
    width = MAX (width, width_for (dure_choice_label (choice)));
  return MIN (width, 150);
}

static int
width_of (const DureField *field)
{
  static const int widths[] = {
    [DURE_VALUE_TEXT] = 150,      [DURE_VALUE_LONG_TEXT] = 240, [DURE_VALUE_INTEGER] = 76, [DURE_VALUE_DATE] = 128,
    [DURE_VALUE_DATE_TIME] = 190, [DURE_VALUE_CHOICE] = 116,    [DURE_VALUE_SET] = 130,    [DURE_VALUE_LINK] = 150,
    [DURE_VALUE_YES_NO] = 76,     [DURE_VALUE_PHONE] = 130,     [DURE_VALUE_MAIL] = 170,   [DURE_VALUE_MONEY] = 120,
  };

  if (field->type == DURE_VALUE_CHOICE && dure_schema_in_korean ())
    return width_of_choices (field);
  return widths[field->type];
}

static const char *
title_of (DureRecordTable *self, const DureField *field, const char *id)
{
  char *title = g_hash_table_lookup (self->titles, id);

  if (title == NULL)
    {
      title = dure_store_title (dure_desk_get_store (self->desk), field->target, id);
      if (title == NULL)
        title = g_strdup ("");
      g_hash_table_insert (self->titles, g_strdup (id), title);
    }
  return title;
}

static char *
text_of (Column *column, DureRecord *record)
{
  DureRecordTable *self = column->table;
  const DureField *field;
  const char      *value;
  char            *text;
  char            *newline;

  if (column->func != NULL)
    return column->func (self->desk, record, column->user_data);
  value = dure_record_get (record, (guint) column->field);
  field = &self->entity->fields[column->field];
  if (value == NULL)
    return NULL;
  if (field->type == DURE_VALUE_LINK)
    return g_strdup (title_of (self, field, value));
  text = dure_field_format (field, value);
  newline = strchr (text, '\n');
  if (newline != NULL)
    *newline = '\0';
  return text;
}

/** dure_record_table_show_cell: shows in a cell what the record of its row says. */
void
dure_record_table_show_cell (Column *column, GtkListItem *item)
{
  DureRecordTable *self = column->table;
  GtkWidget       *child = gtk_list_item_get_child (item);
  g_autoptr (DureRecord) record = NULL;
  g_autofree char *text = NULL;

  if (self->desk == NULL || gtk_list_item_get_item (item) == NULL)
    return;
  record = dure_row_model_get_record (self->rows, gtk_list_item_get_position (item));
  if (record == NULL)
    return;
  if (column->show != NULL)
    {
      column->show (child, record);
      return;
    }
  text = text_of (column, record);
  gtk_label_set_text (GTK_LABEL (child), text != NULL ? text : "");
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, Column *column)
{
  const DureField *field = column->field >= 0 ? &column->table->entity->fields[column->field] : NULL;
  GtkWidget       *label;

  if (column->make != NULL)
    {
      gtk_list_item_set_child (item, column->make ());
      return;
    }
  label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (field != NULL && column->field == column->table->entity->title_field)
    gtk_widget_add_css_class (label, "dure-title-cell");
  else if (field != NULL && (field->type == DURE_VALUE_INTEGER || field->type == DURE_VALUE_MONEY))
    gtk_label_set_xalign (GTK_LABEL (label), 1);
  if (field != NULL && field->type != DURE_VALUE_TEXT && field->type != DURE_VALUE_CHOICE)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, Column *column)
{
  g_hash_table_insert (column->table->bound, item, column);
  dure_record_table_bind_cell (column->table, column, item);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, Column *column)
{
  g_hash_table_remove (column->table->bound, item);
  g_hash_table_remove (column->table->asleep, item);
}

/** dure_record_table_refresh_cells: linked records may be called otherwise now; only what is on the screen is read. */
void
dure_record_table_refresh_cells (DureRecordTable *self)
{
  GHashTableIter iter;
  gpointer       item, column;

  g_hash_table_remove_all (self->titles);
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, &column))
    if (!g_hash_table_contains (self->asleep, item))
      dure_record_table_show_cell (column, item);
}

/* The columns' sorters only tell which heading was asked first: the store does the sorting. */
static int
probe (gconstpointer a, gconstpointer b, gpointer user_data)
{
  Column *column = user_data;

  if (column->table->probed == NULL)
    column->table->probed = column;
  return -1;
}

/** dure_record_table_read_sort: finds the heading that was clicked last, by asking the view's sorter to compare. */
void
dure_record_table_read_sort (DureRecordTable *self)
{
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering         order;

  self->probed = NULL;
  order = gtk_sorter_compare (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view)), a, b);
  self->sort = self->probed != NULL ? ((Column *) self->probed)->field : DURE_SORT_TITLE;
  self->descending = order == GTK_ORDERING_LARGER;
}

/** dure_record_table_show_sort: puts the arrow of the present order into its heading. */
void
dure_record_table_show_sort (DureRecordTable *self)
{
  int field = self->sort >= 0 ? self->sort : self->entity->title_field;

  self->showing_sort = TRUE;
  /* The view takes the old arrow away only when it is asked for no order first. */
  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (self->view), NULL, GTK_SORT_ASCENDING);
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = self->columns->pdata[i];

      if (column->field >= 0 && column->field == field)
        gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (self->view), column->column,
                                        self->descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
  self->showing_sort = FALSE;
}

static void
add (DureRecordTable *self, Column *column, const char *title, gboolean sortable)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), column);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), column);
  column->column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (column->column, TRUE);
  if (sortable)
    {
      GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (probe, column, NULL));

      gtk_column_view_column_set_sorter (column->column, sorter);
      g_object_unref (sorter);
    }
  gtk_column_view_column_set_fixed_width (column->column, column->width);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column->column);
  g_ptr_array_add (self->columns, column);
}

static void
add_field (DureRecordTable *self, guint field)
{
  Column *column = g_new0 (Column, 1);

  column->table = self;
  column->field = (int) field;
  column->width = width_of (&self->entity->fields[field]);
  add (self, column, dure_field_label (&self->entity->fields[field]), TRUE);
}

static void
column_free (gpointer data)
{
  Column *column = data;

  g_clear_object (&column->column);
  g_free (column);
}

static void
remove_columns (DureRecordTable *self)
{
  self->showing_sort = TRUE; /* the order stays while its heading goes */
  for (guint i = 0; self->columns != NULL && i < self->columns->len; i++)
    gtk_column_view_remove_column (GTK_COLUMN_VIEW (self->view), ((Column *) self->columns->pdata[i])->column);
  g_hash_table_remove_all (self->bound);
  g_hash_table_remove_all (self->asleep);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->showing_sort = FALSE;
}

/**
 * dure_record_table_show_columns:
 *
 * The title, then one column for each field that the table marks for lists.
 */
void
dure_record_table_show_columns (DureRecordTable *self)
{
  remove_columns (self);
  if (self->entity->title_field >= 0)
    add_field (self, (guint) self->entity->title_field);
  for (guint f = 0; f < self->entity->n_fields; f++)
    if ((self->entity->fields[f].flags & DURE_FIELD_LIST) && (int) f != self->entity->title_field)
      add_field (self, f);
}

/**
 * dure_record_table_set_columns:
 * @fields: field numbers in their order, ended by -1; where room lacks the last ones give way
 */
void
dure_record_table_set_columns (DureRecordTable *self, const int *fields)
{
  g_return_if_fail (DURE_IS_RECORD_TABLE (self));

  remove_columns (self);
  for (; *fields >= 0; fields++)
    add_field (self, (guint) *fields);
  dure_record_table_show_sort (self);
  if (self->fitted_width > 0)
    dure_record_table_fit_columns (self, self->fitted_width);
}

/**
 * dure_record_table_add_text_column:
 * @width: in pixels
 * @func: makes the text of a cell; must be cheap
 */
void
dure_record_table_add_text_column (DureRecordTable *self,
                                   const char      *title,
                                   int              width,
                                   DureCellFunc     func,
                                   gpointer         user_data)
{
  Column *column = g_new0 (Column, 1);

  g_return_if_fail (DURE_IS_RECORD_TABLE (self));

  column->table = self;
  column->field = -1;
  column->width = width;
  column->func = func;
  column->user_data = user_data;
  add (self, column, title, FALSE);
  if (self->fitted_width > 0)
    dure_record_table_fit_columns (self, self->fitted_width);
}

/**
 * dure_record_table_add_widget_column:
 * @width: in pixels
 * @make: makes the widget of a cell
 * @show: shows a record in it; must be cheap
 */
void
dure_record_table_add_widget_column (
    DureRecordTable *self, const char *title, int width, DureCellMake make, DureCellShow show)
{
  Column *column = g_new0 (Column, 1);

  g_return_if_fail (DURE_IS_RECORD_TABLE (self));

  column->table = self;
  column->field = -1;
  column->width = width;
  column->make = make;
  column->show = show;
  add (self, column, title, FALSE);
  if (self->fitted_width > 0)
    dure_record_table_fit_columns (self, self->fitted_width);
}

/**
 * dure_record_table_fit_columns:
 *
 * The last columns give way where @width has no room for them; the title takes what is left, or where there is none the
 * last column that is seen.
 */
void
dure_record_table_fit_columns (DureRecordTable *self, int width)
{
  Column  *taker = NULL;
  int      used = 0;
  gboolean room = TRUE;

  for (guint i = 0; i < self->columns->len; i++)
    {
      Column  *column = self->columns->pdata[i];
      gboolean is_title = column->field >= 0 && column->field == self->entity->title_field;
      int      least = is_title ? TITLE_LEAST : column->width;

      room = room && (i == 0 || used + least <= width);
      gtk_column_view_column_set_visible (column->column, room);
      if (!room)
        continue;
      used += least;
      gtk_column_view_column_set_fixed_width (column->column, least);
      if (is_title || self->entity->title_field < 0)
        taker = column;
    }
  if (taker != NULL && used < width)
    gtk_column_view_column_set_fixed_width (
        taker->column, gtk_column_view_column_get_fixed_width (taker->column) + width - used);
  gtk_widget_queue_resize (self->view);
}
