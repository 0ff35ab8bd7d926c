/* dure-record-table-actions.c: work on the records that are selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-record-table-private.h"

#include <glib/gi18n-lib.h>

#include "base/dure-hangul.h"

typedef struct
{
  DureRecordTable *table;
  char            *sentence;
} Deletion;

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Deletion          *deletion = user_data;
  g_autoptr (GError) error = NULL;
  GtkWidget         *widget = GTK_WIDGET (deletion->table);

  if (dure_desk_delete_finish (DURE_DESK (source), result, &error))
    gtk_widget_activate_action (widget, "win.toast-undo", "s", deletion->sentence);
  else
    gtk_widget_activate_action (widget, "win.error", "s", error->message);
  g_object_unref (deletion->table);
  g_free (deletion->sentence);
  g_free (deletion);
}

/** dure_record_table_delete_selected: the action `list.delete-selected`; it can be undone. */
void
dure_record_table_delete_selected (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureRecordTable      *self = DURE_RECORD_TABLE (widget);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->rows));
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char      *label = NULL;
  Deletion             *deletion;
  GtkBitsetIter         iter;
  guint                 position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (records, dure_row_model_get_record (self->rows, position));
  if (records->len == 0)
    return;
  deletion = g_new0 (Deletion, 1);
  deletion->table = g_object_ref (self);
  if (records->len == 1)
    {
      g_autofree char *title
          = dure_store_record_title (dure_desk_get_store (self->desk), g_ptr_array_index (records, 0));

      deletion->sentence = dure_hangul_printf (_ ("%s was deleted."), title);
    }
  else
    deletion->sentence = g_strdup_printf (ngettext ("%u record was deleted.", "%u records were deleted.", records->len),
                                          records->len);
  label = g_strdup_printf (_ ("%s deleted"), dure_entity_label (self->entity));
  dure_desk_delete_async (self->desk, label, records, FALSE, NULL, deleted_cb, deletion);
}
