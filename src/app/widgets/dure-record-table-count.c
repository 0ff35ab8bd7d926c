/* dure-record-table-count.c: how many records there are, and what an empty list says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-record-table-private.h"

#include <glib/gi18n-lib.h>

/* Officers count bodies, people, events and papers each with their own word. */
static char *
count_text (DureRecordTable *self, gint64 shown, gint64 total, gboolean filtered)
{
  guint n = (guint) shown;

  switch (self->entity->id)
    {
    case DURE_ENTITY_AGENCY:
    case DURE_ENTITY_BODY:
    case DURE_ENTITY_VENUE:
      if (filtered)
        return g_strdup_printf (ngettext ("%u of %u agencies", "%u of %u agencies", n), n, (guint) total);
      return g_strdup_printf (ngettext ("%u agency", "%u agencies", n), n);
    case DURE_ENTITY_PERSON:
    case DURE_ENTITY_SEAT:
    case DURE_ENTITY_PARTICIPATION:
      if (filtered)
        return g_strdup_printf (ngettext ("%u of %u people", "%u of %u people", n), n, (guint) total);
      return g_strdup_printf (ngettext ("%u person", "%u people", n), n);
    default:
      if (filtered)
        return g_strdup_printf (ngettext ("%u of %u items", "%u of %u items", n), n, (guint) total);
      return g_strdup_printf (ngettext ("%u item", "%u items", n), n);
    }
}

/** dure_record_table_show_count: the count, and what stands in place of an empty list. */
void
dure_record_table_show_count (DureRecordTable *self)
{
  guint            n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  gboolean         filtered = dure_record_table_is_filtered (self);
  g_autofree char *text = count_text (self, n, MAX (self->total, n), filtered);

  gtk_label_set_text (GTK_LABEL (self->count), self->total < 0 ? "" : text);
  gtk_widget_set_visible (self->clear, filtered);
  if (n > 0 || self->total < 0 || dure_record_list_get_loading (self->list))
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "table");
  else if (filtered && self->total > 0)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "nothing");
  else
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "empty");
}

static gpointer
count_total (DureStore *store, gpointer query, GCancellable *cancellable, GError **error)
{
  gint64  count = dure_store_count (store, query, error);
  gint64 *result;

  if (count < 0)
    return NULL;
  result = g_new (gint64, 1);
  *result = count;
  return result;
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureRecordTable) self = user_data;
  g_autoptr (GError)          error = NULL;
  g_autofree gint64          *count = dure_store_thread_run_finish (result, &error);

  if (count == NULL || self->desk == NULL)
    return;
  self->total = *count;
  dure_record_table_show_count (self);
}

static gboolean
count_cb (gpointer user_data)
{
  DureRecordTable *self = user_data;

  self->count_source = 0;
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), count_total, dure_query_copy (self->base),
                               (GDestroyNotify) dure_query_free, g_free, self->cancellable, counted_cb,
                               g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/** dure_record_table_queue_count: counts anew after @wait milliseconds. */
void
dure_record_table_queue_count (DureRecordTable *self, guint wait)
{
  if (self->count_source == 0)
    self->count_source = g_timeout_add (wait, count_cb, self);
}
