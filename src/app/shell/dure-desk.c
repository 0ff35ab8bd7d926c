/* dure-desk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-desk.h"

#include <glib/gstdio.h>

#include "base/dure-uuid.h"
#include "store/dure-store-blobs.h"

#define POLL_SECONDS 1
/* Files that nobody can need any more go when the morning rush is over. */
#define SWEEP_SECONDS 120

struct _DureDesk
{
  GObject          parent_instance;

  char            *path;
  DureStore       *store;  /* the main thread's, for reading */
  DureStoreThread *reader; /* both threads start with their first task, so that the first frame waits for neither */
  DureStoreThread *writer;
  DureStoreThread *files; /* copying, hashing, fetching: an officer's writes never wait for these */
  guint            poll_source;
  guint            sweep_source;
};

G_DEFINE_FINAL_TYPE (DureDesk, dure_desk, G_TYPE_OBJECT)

/* What a task carries to the writer's thread. */
typedef struct
{
  char      *label;
  GPtrArray *records; /* copies */
  gboolean   restore;
} Batch;

/* A caller's function on its way to the writer's thread. */
typedef struct
{
  DureDesk      *desk;
  GDestroyNotify free_result;
} Run;

static Batch *
batch_new (const char *label, GPtrArray *records, gboolean restore)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->label = g_strdup (label);
  batch->restore = restore;
  batch->records = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (batch->records, dure_record_copy (g_ptr_array_index (records, i)));
  return batch;
}

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_free (batch->label);
  g_ptr_array_unref (batch->records);
  g_free (batch);
}

static gpointer
write_batch (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Batch *batch = data;

  if (!dure_store_begin (store, batch->label, error))
    return NULL;
  for (guint i = 0; i < batch->records->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !dure_store_write (store, g_ptr_array_index (batch->records, i), error))
      {
        dure_store_rollback (store);
        return NULL;
      }
  return GINT_TO_POINTER (dure_store_commit (store, error));
}

static gpointer
delete_batch (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Batch *batch = data;

  if (!dure_store_begin (store, batch->label, error))
    return NULL;
  for (guint i = 0; i < batch->records->len; i++)
    {
      DureRecord  *record = g_ptr_array_index (batch->records, i);
      DureEntityId entity = dure_record_get_entity (record)->id;
      const char  *id = dure_record_get_id (record);

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !(batch->restore ? dure_store_restore (store, entity, id, error)
                           : dure_store_delete (store, entity, id, error)))
        {
          dure_store_rollback (store);
          return NULL;
        }
    }
  return GINT_TO_POINTER (dure_store_commit (store, error));
}

static gpointer
undo_last (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return dure_store_undo (store, error);
}

static gpointer
redo_last (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return dure_store_redo (store, error);
}

static void
run_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Run     *run = g_task_get_task_data (task);
  gpointer value = dure_store_thread_run_finish (result, &error);

  /* The widgets hear of the change before the caller hears of its end. */
  if (run->desk->store != NULL)
    dure_store_poll (run->desk->store);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, value, run->free_result);
}

static void
fill_id (DureDesk *self, DureRecord *record)
{
  g_autofree char *natural = NULL;
  char             id[DURE_UUID_LENGTH + 1];

  if (dure_record_get_id (record) != NULL)
    return;
  if (dure_record_get_entity (record)->natural)
    natural = dure_store_natural_id (self->store, record, NULL);
  if (natural == NULL)
    dure_uuid_v7 (id);
  dure_record_set_id (record, natural != NULL ? natural : id);
}

static gboolean
poll_cb (gpointer user_data)
{
  DureDesk *self = user_data;

  dure_store_poll (self->store);
  return G_SOURCE_CONTINUE;
}

/* Copies that were opened in other programs yesterday or before. */
static void
sweep_opened (const char *above)
{
  g_autoptr (GDir) dir = g_dir_open (above, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (above, name, NULL);
      g_autoptr (GDir) inner = NULL;
      GStatBuf    status;
      const char *file;

      if (g_lstat (folder, &status) != 0 || !S_ISDIR (status.st_mode) || time (NULL) - status.st_mtime < 24 * 3600)
        continue;
      inner = g_dir_open (folder, 0, NULL);
      while (inner != NULL && (file = g_dir_read_name (inner)) != NULL)
        {
          g_autofree char *path = g_build_filename (folder, file, NULL);

          g_unlink (path);
        }
      g_rmdir (folder);
    }
}

static gpointer
sweep_blobs (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *opened = g_build_filename (g_get_user_cache_dir (), "dure", "open", NULL);
  guint n;

  sweep_opened (opened);
  return GINT_TO_POINTER (dure_store_sweep_blobs (store, &n, error));
}

static void
swept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (dure_store_thread_run_finish (result, &error) == NULL)
    g_warning ("%s", error->message);
}

static gboolean
sweep_cb (gpointer user_data)
{
  DureDesk *self = user_data;

  self->sweep_source = 0;
  dure_store_thread_run_async (dure_desk_get_writer (self), sweep_blobs, NULL, NULL, NULL, NULL, swept_cb, NULL);
  return G_SOURCE_REMOVE;
}

static void
dure_desk_dispose (GObject *object)
{
  DureDesk *self = DURE_DESK (object);

  g_clear_handle_id (&self->poll_source, g_source_remove);
  g_clear_handle_id (&self->sweep_source, g_source_remove);
  g_clear_pointer (&self->files, dure_store_thread_free);
  g_clear_pointer (&self->writer, dure_store_thread_free);
  g_clear_pointer (&self->reader, dure_store_thread_free);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (dure_desk_parent_class)->dispose (object);
}

static void
dure_desk_finalize (GObject *object)
{
  g_free (DURE_DESK (object)->path);
  G_OBJECT_CLASS (dure_desk_parent_class)->finalize (object);
}

static void
dure_desk_class_init (DureDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dure_desk_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_desk_finalize;
}

static void
dure_desk_init (DureDesk *self)
{
}

/**
 * dure_desk_open:
 * @path: the store's file; it must exist
 *
 * Changes that other programs make to the file are noticed within a second.
 *
 * Returns: (transfer full): the desk, or %NULL with @error set (%DURE_ERROR_DAMAGED, %DURE_ERROR_NEWER…)
 */
DureDesk *
dure_desk_open (const char *path, GError **error)
{
  g_autoptr (DureStore) store = NULL;
  DureDesk *self;

  g_return_val_if_fail (path != NULL, NULL);

  store = dure_store_open (path, 0, error);
  if (store == NULL)
    return NULL;
  self = g_object_new (DURE_TYPE_DESK, NULL);
  self->path = g_strdup (path);
  self->store = g_steal_pointer (&store);
  self->sweep_source = g_timeout_add_seconds (SWEEP_SECONDS, sweep_cb, self);
  self->poll_source = g_timeout_add_seconds (POLL_SECONDS, poll_cb, self);
  return self;
}

/**
 * dure_desk_get_store:
 *
 * Returns: (transfer none): the main thread's connection, for reading a record or a page of a list; its `changed`
 *   signal tells of every change
 */
DureStore *
dure_desk_get_store (DureDesk *self)
{
  g_return_val_if_fail (DURE_IS_DESK (self), NULL);

  return self->store;
}

/**
 * dure_desk_get_reader:
 *
 * Returns: (transfer none): the thread for slow reading: searches, lists, the network
 */
DureStoreThread *
dure_desk_get_reader (DureDesk *self)
{
  g_return_val_if_fail (DURE_IS_DESK (self), NULL);

  if (self->reader == NULL)
    self->reader = dure_store_thread_new (self->path, 0);
  return self->reader;
}

/**
 * dure_desk_get_writer:
 *
 * Returns: (transfer none): the thread for writing; dure_desk_run_async() is the usual way to it
 */
DureStoreThread *
dure_desk_get_writer (DureDesk *self)
{
  g_return_val_if_fail (DURE_IS_DESK (self), NULL);

  if (self->writer == NULL)
    self->writer = dure_store_thread_new (self->path, 0);
  return self->writer;
}

/** dure_desk_get_files: Returns: (transfer none): the thread for the files of attachments */
DureStoreThread *
dure_desk_get_files (DureDesk *self)
{
  g_return_val_if_fail (DURE_IS_DESK (self), NULL);

  if (self->files == NULL)
    self->files = dure_store_thread_new (self->path, 0);
  return self->files;
}

/** dure_desk_drain: waits until everything is written; for the end of the program. */
void
dure_desk_drain (DureDesk *self)
{
  g_return_if_fail (DURE_IS_DESK (self));

  if (self->writer != NULL)
    dure_store_thread_drain (self->writer);
}

static void
start (DureDesk           *self,
       gpointer            tag,
       DureStoreFunc       func,
       gpointer            data,
       GDestroyNotify      free_data,
       GDestroyNotify      free_result,
       GCancellable       *cancellable,
       GAsyncReadyCallback done,
       gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, done, user_data);
  Run   *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, tag);
  /* What was written is told as written, even when the caller lost interest. */
  g_task_set_check_cancellable (task, FALSE);
  run->desk = self; /* the task holds the desk */
  run->free_result = free_result;
  g_task_set_task_data (task, run, g_free);
  dure_store_thread_run_async (dure_desk_get_writer (self), func, data, free_data, free_result, cancellable,
                               run_done_cb, task);
}

/**
 * dure_desk_write_async:
 * @label: what was done, in the user's language, as undo names it: "회신 기록"
 * @records: (element-type DureRecord): copied before this returns; a new record gets its id
 *
 * Writes @records in one transaction.
 */
void
dure_desk_write_async (DureDesk           *self,
                       const char         *label,
                       GPtrArray          *records,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback done,
                       gpointer            user_data)
{
  g_return_if_fail (DURE_IS_DESK (self));
  g_return_if_fail (label != NULL);
  g_return_if_fail (records != NULL);

  for (guint i = 0; i < records->len; i++)
    fill_id (self, g_ptr_array_index (records, i));
  start (self, dure_desk_write_async, write_batch, batch_new (label, records, FALSE), batch_free, NULL, cancellable,
         done, user_data);
}

/** dure_desk_write_one_async: as dure_desk_write_async(), of one record; ends with dure_desk_write_finish(). */
void
dure_desk_write_one_async (DureDesk           *self,
                           const char         *label,
                           DureRecord         *record,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback done,
                           gpointer            user_data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  g_return_if_fail (DURE_IS_RECORD (record));

  g_ptr_array_add (records, record);
  dure_desk_write_async (self, label, records, cancellable, done, user_data);
}

/**
 * dure_desk_write_finish:
 *
 * Returns: %TRUE when all records were written; with %FALSE none was and @error says why
 */
gboolean
dure_desk_write_finish (DureDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/**
 * dure_desk_delete_async:
 * @label: what was done, as undo names it
 * @records: (element-type DureRecord): only entity and id count
 * @restore: %TRUE brings them back instead
 *
 * Deletes @records in one transaction.
 */
void
dure_desk_delete_async (DureDesk           *self,
                        const char         *label,
                        GPtrArray          *records,
                        gboolean            restore,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback done,
                        gpointer            user_data)
{
  g_return_if_fail (DURE_IS_DESK (self));
  g_return_if_fail (label != NULL);
  g_return_if_fail (records != NULL);

  start (self, dure_desk_delete_async, delete_batch, batch_new (label, records, restore), batch_free, NULL, cancellable,
         done, user_data);
}

/** dure_desk_delete_finish: %TRUE when all were deleted; with %FALSE none was and @error says why. */
gboolean
dure_desk_delete_finish (DureDesk *self, GAsyncResult *result, GError **error)
{
  return dure_desk_write_finish (self, result, error);
}

/** dure_desk_undo_async: undoes what this device did last. */
void
dure_desk_undo_async (DureDesk *self, GAsyncReadyCallback done, gpointer user_data)
{
  g_return_if_fail (DURE_IS_DESK (self));

  start (self, dure_desk_undo_async, undo_last, NULL, NULL, g_free, NULL, done, user_data);
}

/** dure_desk_redo_async: does again what was undone last; ends with dure_desk_undo_finish(). */
void
dure_desk_redo_async (DureDesk *self, GAsyncReadyCallback done, gpointer user_data)
{
  g_return_if_fail (DURE_IS_DESK (self));

  start (self, dure_desk_redo_async, redo_last, NULL, NULL, g_free, NULL, done, user_data);
}

/**
 * dure_desk_undo_finish:
 *
 * Returns: (transfer full) (nullable): label of what was undone or redone; %NULL with @error set when there was nothing
 */
char *
dure_desk_undo_finish (DureDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dure_desk_run_async:
 * @func: runs on the writer's thread
 * @free_result: (nullable): frees what @func returned when nobody takes it
 *
 * For imports, samples, sync: whatever writes more than records at hand.
 */
void
dure_desk_run_async (DureDesk           *self,
                     DureStoreFunc       func,
                     gpointer            data,
                     GDestroyNotify      free_data,
                     GDestroyNotify      free_result,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback done,
                     gpointer            user_data)
{
  g_return_if_fail (DURE_IS_DESK (self));
  g_return_if_fail (func != NULL);

  start (self, dure_desk_run_async, func, data, free_data, free_result, cancellable, done, user_data);
}

/**
 * dure_desk_run_finish:
 *
 * Returns: (transfer full) (nullable): what the function returned; %NULL with @error set when it failed
 */
gpointer
dure_desk_run_finish (DureDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
