/* dure-record-list.c: a GListModel over a query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Row numbers come at once (on the thread when there is one), records one by one when a view asks for them, by primary
 * key. A record stays the same object while somebody holds it; when it changes it is filled anew and notifies. When the
 * store changes, the query runs again and the difference between the two lists of rows becomes one items-changed over
 * their differing middle.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include "store/dure-record-list.h"

struct _DureRecordList
{
  GObject parent_instance;

  DureStore       *store;
  DureStoreThread *thread;
  DureQuery       *query;
  GArray          *rows;
  GHashTable      *records; /* row -> DureRecord, not owned */
  GCancellable    *cancellable;
  guint            later; /* source that runs the query again */
  gboolean         loading;
};

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_N_ITEMS,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DureRecordList,
                               dure_record_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return DURE_TYPE_RECORD;
}

static guint
get_n_items (GListModel *model)
{
  return DURE_RECORD_LIST (model)->rows->len;
}

static void
record_gone_cb (gpointer data, GObject *where)
{
  DureRecordList *self = data;
  GHashTableIter  iter;
  gpointer        record;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (record == where)
      {
        g_hash_table_iter_remove (&iter);
        return;
      }
}

static gpointer
get_item (GListModel *model, guint position)
{
  DureRecordList *self = DURE_RECORD_LIST (model);
  DureEntityId    entity = dure_query_get_entity (self->query);
  DureRecord     *record;
  gint64          row;

  if (position >= self->rows->len)
    return NULL;
  row = g_array_index (self->rows, gint64, position);
  record = g_hash_table_lookup (self->records, &row);
  if (record != NULL)
    return g_object_ref (record);
  record = dure_store_get_row (self->store, entity, row);
  /* A model must give something for every position, also when the file fails meanwhile. */
  if (record == NULL)
    return dure_record_new (entity);
  g_hash_table_insert (self->records, g_memdup2 (&row, sizeof row), record);
  g_object_weak_ref (G_OBJECT (record), record_gone_cb, self);
  return record;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
forget_records (DureRecordList *self)
{
  GHashTableIter iter;
  gpointer       record;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    g_object_weak_unref (record, record_gone_cb, self);
  g_hash_table_remove_all (self->records);
}

static void
set_loading (DureRecordList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

/* Takes the new rows: one items-changed over what differs between equal beginnings and ends. */
static void
take_rows (DureRecordList *self, GArray *rows)
{
  g_autoptr (GArray) old = self->rows;
  const gint64 *before = (const gint64 *)(gpointer)old->data;
  const gint64 *after = (const gint64 *)(gpointer)rows->data;
  guint         start = 0;
  guint         end = 0;
  guint         least = MIN (old->len, rows->len);

  while (start < least && before[start] == after[start])
    start++;
  while (end < least - start && before[old->len - 1 - end] == after[rows->len - 1 - end])
    end++;
  self->rows = rows;
  if (start + end < old->len || start + end < rows->len)
    g_list_model_items_changed (G_LIST_MODEL (self), start, old->len - start - end, rows->len - start - end);
  if (old->len != rows->len)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

static gpointer
query_rows (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return dure_store_rows (store, data, cancellable, error);
}

static void
rows_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DureRecordList) self = data;
  g_autoptr (GError) error = NULL;
  GArray *rows = dure_store_thread_run_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    g_warning ("A list could not be read: %s", error->message);
  if (rows != NULL)
    take_rows (self, rows);
  set_loading (self, FALSE);
}

static void
run_query (DureRecordList *self)
{
  g_clear_handle_id (&self->later, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->thread == NULL)
    {
      GArray *rows = dure_store_rows (self->store, self->query, NULL, NULL);

      if (rows != NULL)
        take_rows (self, rows);
      return;
    }
  self->cancellable = g_cancellable_new ();
  set_loading (self, TRUE);
  dure_store_thread_run_async (self->thread, query_rows, dure_query_copy (self->query), (GDestroyNotify)dure_query_free,
                               (GDestroyNotify)g_array_unref, self->cancellable, rows_ready_cb, g_object_ref (self));
}

static gboolean
run_later_cb (gpointer data)
{
  DureRecordList *self = data;

  self->later = 0;
  run_query (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (DureRecordList *self, guint entity, const char *id)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer       record;

  if (entity != dure_query_get_entity (self->query))
    return;
  /* Whoever watches a record may take or drop others when it changes. */
  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (id == NULL || g_strcmp0 (dure_record_get_id (record), id) == 0)
      g_ptr_array_add (known, g_object_ref (record));
  for (guint i = 0; i < known->len; i++)
    {
      g_autoptr (DureRecord) fresh
          = dure_store_get (self->store, entity, dure_record_get_id (known->pdata[i]), NULL);

      if (fresh != NULL)
        dure_record_assign (known->pdata[i], fresh);
    }
  if (self->thread == NULL)
    run_query (self);
  else if (self->later == 0)
    self->later = g_idle_add (run_later_cb, self);
}

static void
dure_record_list_dispose (GObject *object)
{
  DureRecordList *self = DURE_RECORD_LIST (object);

  g_clear_handle_id (&self->later, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  forget_records (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (dure_record_list_parent_class)->dispose (object);
}

static void
dure_record_list_finalize (GObject *object)
{
  DureRecordList *self = DURE_RECORD_LIST (object);

  g_array_unref (self->rows);
  g_hash_table_unref (self->records);
  dure_query_free (self->query);
  G_OBJECT_CLASS (dure_record_list_parent_class)->finalize (object);
}

static void
dure_record_list_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  DureRecordList *self = DURE_RECORD_LIST (object);

  if (property == PROP_LOADING)
    g_value_set_boolean (value, self->loading);
  else if (property == PROP_N_ITEMS)
    g_value_set_uint (value, self->rows->len);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
dure_record_list_class_init (DureRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dure_record_list_dispose;
  object_class->finalize = dure_record_list_finalize;
  object_class->get_property = dure_record_list_get_property;

  /** DureRecordList:loading: whether the query is running. */
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /** DureRecordList:n-items: how many records there are. */
  props[PROP_N_ITEMS]
      = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
dure_record_list_init (DureRecordList *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->records = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * dure_record_list_new:
 * @reader: store of the main thread; records are read from it, and its `changed` is followed
 * @thread: (nullable): thread that runs the query; must live longer than the list. %NULL runs it here, for tests and
 * short lists
 * @query: which records, in which order
 *
 * Returns: (transfer full): the list; empty until the query has run
 */
DureRecordList *
dure_record_list_new (DureStore *reader, DureStoreThread *thread, const DureQuery *query)
{
  DureRecordList *self = g_object_new (DURE_TYPE_RECORD_LIST, NULL);

  self->store = g_object_ref (reader);
  self->thread = thread;
  self->query = dure_query_copy (query);
  g_signal_connect_object (reader, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  run_query (self);
  return self;
}

/**
 * dure_record_list_set_query:
 * @self: a list
 * @query: a query over any entity
 *
 * The old rows stay until the new ones are there.
 */
void
dure_record_list_set_query (DureRecordList *self, const DureQuery *query)
{
  if (dure_query_get_entity (query) != dure_query_get_entity (self->query))
    {
      take_rows (self, g_array_new (FALSE, FALSE, sizeof (gint64)));
      forget_records (self);
    }
  dure_query_free (self->query);
  self->query = dure_query_copy (query);
  run_query (self);
}

/** dure_record_list_get_loading: Returns: %TRUE while the query runs */
gboolean
dure_record_list_get_loading (DureRecordList *self)
{
  return self->loading;
}

/**
 * dure_record_list_find:
 * @self: a list
 * @id: (nullable): id of a record
 *
 * Returns: its position, -1 when it is not in the list; a walk over the row numbers
 */
int
dure_record_list_find (DureRecordList *self, const char *id)
{
  gint64 row = id != NULL ? dure_store_row_of (self->store, dure_query_get_entity (self->query), id) : 0;

  for (guint i = 0; row != 0 && i < self->rows->len; i++)
    if (g_array_index (self->rows, gint64, i) == row)
      return (int)i;
  return -1;
}

/** dure_record_list_get_row: Returns: the row number of the record at @position, which is not read; 0 beyond the end */
gint64
dure_record_list_get_row (DureRecordList *self, guint position)
{
  g_return_val_if_fail (DURE_IS_RECORD_LIST (self), 0);

  return position < self->rows->len ? g_array_index (self->rows, gint64, position) : 0;
}
