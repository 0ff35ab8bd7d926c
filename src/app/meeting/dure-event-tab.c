/* dure-event-tab.c: what all tabs of an event have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-event-tab.h"

typedef struct
{
  DureDesk *desk;
  char     *event_id;
  gboolean  stale;
  guint     load_source;
} DureEventTabPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DureEventTab, dure_event_tab, ADW_TYPE_BIN)

/* What goes to the writer's thread: one transaction. */
typedef struct
{
  char      *label;
  GPtrArray *written;
  GPtrArray *deleted;
} Batch;

typedef struct
{
  DureEventTab *self;
  char         *toast;
} Pending;

static gboolean
load_cb (gpointer user_data)
{
  DureEventTab *self = user_data;
  DureEventTabPrivate *priv = dure_event_tab_get_instance_private (self);
  g_autoptr (DureRecord) event = NULL;

  priv->load_source = 0;
  if (priv->desk == NULL || priv->event_id == NULL)
    return G_SOURCE_REMOVE;
  priv->stale = FALSE;
  event = dure_store_get (dure_desk_get_store (priv->desk), DURE_ENTITY_EVENT, priv->event_id, NULL);
  if (event != NULL && DURE_EVENT_TAB_GET_CLASS (self)->load != NULL)
    DURE_EVENT_TAB_GET_CLASS (self)->load (self, event);
  return G_SOURCE_REMOVE;
}

/* Reads soon when the tab is on the screen, else when it comes there. */
void
dure_event_tab_queue_load (DureEventTab *self)
{
  DureEventTabPrivate *priv = dure_event_tab_get_instance_private (self);

  g_return_if_fail (DURE_IS_EVENT_TAB (self));
  priv->stale = TRUE;
  if (priv->load_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    priv->load_source = g_idle_add (load_cb, self);
}

static void
dure_event_tab_map (GtkWidget *widget)
{
  DureEventTabPrivate *priv = dure_event_tab_get_instance_private (DURE_EVENT_TAB (widget));

  /* Before it is drawn for the first time. */
  if (priv->stale)
    {
      g_clear_handle_id (&priv->load_source, g_source_remove);
      load_cb (widget);
    }
  GTK_WIDGET_CLASS (dure_event_tab_parent_class)->map (widget);
}

static void
dure_event_tab_dispose (GObject *object)
{
  DureEventTabPrivate *priv = dure_event_tab_get_instance_private (DURE_EVENT_TAB (object));

  g_clear_handle_id (&priv->load_source, g_source_remove);
  g_clear_object (&priv->desk);
  g_clear_pointer (&priv->event_id, g_free);
  G_OBJECT_CLASS (dure_event_tab_parent_class)->dispose (object);
}

static void
dure_event_tab_class_init (DureEventTabClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dure_event_tab_dispose;
  GTK_WIDGET_CLASS (klass)->map = dure_event_tab_map;
}

static void
dure_event_tab_init (DureEventTab *self)
{
}

/**
 * dure_event_tab_set_event:
 * @self: a tab
 * @desk: the desk; the same one each time
 * @event_id: the event
 */
void
dure_event_tab_set_event (DureEventTab *self, DureDesk *desk, const char *event_id)
{
  DureEventTabPrivate *priv = dure_event_tab_get_instance_private (self);

  g_return_if_fail (DURE_IS_EVENT_TAB (self));
  g_return_if_fail (DURE_IS_DESK (desk));
  g_return_if_fail (event_id != NULL);

  if (priv->desk == NULL)
    {
      priv->desk = g_object_ref (desk);
      g_signal_connect_object (
        dure_desk_get_store (desk), "changed", G_CALLBACK (dure_event_tab_queue_load), self, G_CONNECT_SWAPPED);
    }
  if (g_strcmp0 (priv->event_id, event_id) == 0)
    return;
  g_free (priv->event_id);
  priv->event_id = g_strdup (event_id);
  if (DURE_EVENT_TAB_GET_CLASS (self)->event_set != NULL)
    DURE_EVENT_TAB_GET_CLASS (self)->event_set (self);
  dure_event_tab_queue_load (self);
}

/* Returns: (nullable) */
DureDesk *
dure_event_tab_get_desk (DureEventTab *self)
{
  DureEventTabPrivate *priv = dure_event_tab_get_instance_private (self);

  g_return_val_if_fail (DURE_IS_EVENT_TAB (self), NULL);
  return priv->desk;
}

DureStore *
dure_event_tab_get_store (DureEventTab *self)
{
  DureEventTabPrivate *priv = dure_event_tab_get_instance_private (self);

  g_return_val_if_fail (DURE_IS_EVENT_TAB (self) && priv->desk != NULL, NULL);
  return dure_desk_get_store (priv->desk);
}

const char *
dure_event_tab_get_event_id (DureEventTab *self)
{
  DureEventTabPrivate *priv = dure_event_tab_get_instance_private (self);

  g_return_val_if_fail (DURE_IS_EVENT_TAB (self), NULL);
  return priv->event_id;
}

/* Returns: (transfer full): a new record of an entity that has a field `event`, which is filled in */
DureRecord *
dure_event_tab_new_record (DureEventTab *self, DureEntityId entity)
{
  DureRecord *record = dure_record_new (entity);
  int field = dure_entity_find_field (dure_entity (entity), "event");

  if (field >= 0)
    dure_record_set (record, field, dure_event_tab_get_event_id (self));
  return record;
}

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_free (batch->label);
  g_clear_pointer (&batch->written, g_ptr_array_unref);
  g_clear_pointer (&batch->deleted, g_ptr_array_unref);
  g_free (batch);
}

static gboolean
apply_batch (DureStore *store, Batch *batch, GError **error)
{
  for (guint i = 0; i < batch->deleted->len; i++)
    {
      DureRecord *record = g_ptr_array_index (batch->deleted, i);

      if (!dure_store_delete (store, dure_record_get_entity (record)->id, dure_record_get_id (record), error))
        return FALSE;
    }
  for (guint i = 0; i < batch->written->len; i++)
    if (!dure_store_write (store, g_ptr_array_index (batch->written, i), error))
      return FALSE;
  return TRUE;
}

static gpointer
apply_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Batch *batch = data;

  if (!dure_store_begin (store, batch->label, error))
    return NULL;
  if (!apply_batch (store, batch, error))
    {
      dure_store_rollback (store);
      return NULL;
    }
  return GINT_TO_POINTER (dure_store_commit (store, error));
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pending *pending = user_data;
  g_autoptr (GError) error = NULL;

  dure_desk_run_finish (DURE_DESK (source), result, &error);
  if (error != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (pending->self), "win.error", "s", error->message);
      dure_event_tab_queue_load (pending->self);
    }
  else if (pending->toast != NULL)
    gtk_widget_activate_action (GTK_WIDGET (pending->self), "win.toast-undo", "s", pending->toast);
  g_object_unref (pending->self);
  g_free (pending->toast);
  g_free (pending);
}

/**
 * dure_event_tab_run:
 * @self: a tab
 * @func: runs on the writer's thread; its result is not used
 * @data: (transfer full): for @func
 * @free_data: frees it
 * @toast: (nullable): what to say when it is done, with a button that undoes it
 */
void
dure_event_tab_run (DureEventTab *self, DureStoreFunc func, gpointer data, GDestroyNotify free_data, const char *toast)
{
  DureEventTabPrivate *priv = dure_event_tab_get_instance_private (self);
  Pending *pending;

  g_return_if_fail (DURE_IS_EVENT_TAB (self));
  g_return_if_fail (priv->desk != NULL);
  pending = g_new0 (Pending, 1);
  pending->self = g_object_ref (self);
  pending->toast = g_strdup (toast);
  dure_desk_run_async (priv->desk, func, data, free_data, NULL, NULL, run_cb, pending);
}

/**
 * dure_event_tab_apply:
 * @self: a tab
 * @label: what undo calls it
 * @written: (nullable) (element-type DureRecord): copied and written
 * @deleted: (nullable) (element-type DureRecord): deleted before
 * @toast: (nullable): what to say when it is done, with a button that undoes it
 *
 * All in one transaction, or nothing.
 */
void
dure_event_tab_apply (DureEventTab *self, const char *label, GPtrArray *written, GPtrArray *deleted, const char *toast)
{
  Batch *batch;

  g_return_if_fail (DURE_IS_EVENT_TAB (self));
  g_return_if_fail (label != NULL);
  batch = g_new0 (Batch, 1);
  batch->label = g_strdup (label);
  batch->written = g_ptr_array_new_with_free_func (g_object_unref);
  batch->deleted = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; written != NULL && i < written->len; i++)
    g_ptr_array_add (batch->written, dure_record_copy (g_ptr_array_index (written, i)));
  for (guint i = 0; deleted != NULL && i < deleted->len; i++)
    g_ptr_array_add (batch->deleted, dure_record_copy (g_ptr_array_index (deleted, i)));
  dure_event_tab_run (self, apply_func, batch, batch_free, toast);
}

/**
 * dure_event_tab_remove_row:
 * @widget: a widget in a row of a list box
 * @records: (nullable): what the rows show, in their order
 * @label: what undo calls it
 * @toast: what to say when it is done
 */
void
dure_event_tab_remove_row (DureEventTab *self,
                           GtkWidget    *widget,
                           GPtrArray    *records,
                           const char   *label,
                           const char   *toast)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);
  g_autoptr (GPtrArray) deleted = g_ptr_array_new ();
  int position = row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;

  g_return_if_fail (DURE_IS_EVENT_TAB (self));
  if (records == NULL || position < 0 || (guint) position >= records->len)
    return;
  g_ptr_array_add (deleted, g_ptr_array_index (records, position));
  dure_event_tab_apply (self, label, NULL, deleted, toast);
}
