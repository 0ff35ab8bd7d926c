/* dure-store.c: opening the officer's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One SQLite file in WAL mode. Tables of records come from the table of src/schema (dure-store-schema.c); beside them:
 *
 *   meta     key, value: device, author, clock, sync cursor
 *   txn      one row a transaction: label, kind (do, undo, redo, remote, purge), target of an undo or redo,
 *            number of its first change in the journal (transactions never mingle, so its changes follow each other)
 *   journal  one row a change: stamp, txn, entity, id, by, body (dure-store-journal.c), origin (0 here,
 *            1 elsewhere, 2 here because it had ended elsewhere)
 *   search   FTS5 without content over the grams of base/dure-text.h; rowid = entity << 40 | row
 *   unknown  changes of entities that this program does not know, kept for a newer one
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include "store/dure-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/dure-error.h"
#include "store/dure-store-jot.h"
#include "store/dure-store-private.h"

#define BUSY_MS 8000
/* Up to this size the whole file is checked when it is opened for writing; larger ones by `check` and as pages are
 * read. */
#define CHECK_MOST (16 * 1024 * 1024)
/* 16 MiB: pages that every batch of a sync touches go from the log into the file once for several batches. */
#define CHECKPOINT_PAGES "4000"

G_DEFINE_FINAL_TYPE (DureStore, dure_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* Files that this process has open, to how many stores each. A file that is open may not be opened and closed without
 * SQLite: closing any descriptor of a file drops the POSIX locks that the process holds on it, and then another program
 * takes itself for the last one and throws the write-ahead log away. */
static GMutex      files_lock;
static GHashTable *files; /* "device:inode" -> guint */

/* (transfer full) (nullable) */
static char *
file_key (const char *path)
{
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    return NULL;
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64)status.st_dev, (guint64)status.st_ino);
}

/* With files_lock held. */
static gboolean
is_open_here (const char *path)
{
  g_autofree char *key = file_key (path);

  return key != NULL && files != NULL && g_hash_table_contains (files, key);
}

/* With files_lock held. */
static void
note_open (DureStore *self)
{
  self->file_key = file_key (self->path);
  if (self->file_key == NULL)
    return;
  if (files == NULL)
    files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (files, g_strdup (self->file_key),
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (files, self->file_key)) + 1));
}

static void
note_closed (DureStore *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&files_lock);
  guint n;

  if (self->file_key == NULL)
    return;
  n = GPOINTER_TO_UINT (g_hash_table_lookup (files, self->file_key));
  if (n > 1)
    g_hash_table_insert (files, g_strdup (self->file_key), GUINT_TO_POINTER (n - 1));
  else
    g_hash_table_remove (files, self->file_key);
  g_clear_pointer (&self->file_key, g_free);
}

static void
dure_store_finalize (GObject *object)
{
  DureStore *self = DURE_STORE (object);

  if (self->txn != 0)
    dure_store_rollback (self);
  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_pointer (&self->clock, dure_clock_free);
  sqlite3_close (self->db);
  note_closed (self);
  g_free (self->path);
  g_free (self->device);
  g_free (self->txn_author);
  g_clear_object (&self->fresh);
  g_clear_pointer (&self->unindexed, g_array_unref);
  G_OBJECT_CLASS (dure_store_parent_class)->finalize (object);
}

static void
dure_store_class_init (DureStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dure_store_finalize;

  /**
   * DureStore::changed:
   * @self: the store
   * @entity: number of an entity
   * @id: (nullable): id of the record that changed; %NULL when very many did
   *
   * Emitted by dure_store_poll() for what any connection on the file has written since.
   */
  signals[CHANGED] = g_signal_new ("changed", DURE_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                   G_TYPE_UINT, G_TYPE_STRING);
}

static void
dure_store_init (DureStore *self)
{
  self->statements = dure_store_new_statements ();
}

/* Makes an empty file that only its owner may read, before SQLite sees it. */
static gboolean
make_file (const char *path, GError **error)
{
  int fd = open (path, O_CREAT | O_EXCL | O_CLOEXEC | O_WRONLY, 0600);

  if (fd < 0 && errno != EEXIST)
    {
      dure_set_error (error, DURE_ERROR_FAILED, _ ("The file “%s” could not be made: %s"), path, g_strerror (errno));
      return FALSE;
    }
  if (fd >= 0)
    close (fd);
  return TRUE;
}

static gboolean
is_memory (const char *path)
{
  return strcmp (path, ":memory:") == 0;
}

static gboolean
connect_file (DureStore *self, GError **error)
{
  static gsize configured;
  int          flags = self->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;

  /* Nobody reads SQLite's count of its memory, which takes a lock for each piece. */
  if (g_once_init_enter (&configured))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&configured, 1);
    }
  if (is_memory (self->path))
    flags |= SQLITE_OPEN_MEMORY;
  if (sqlite3_open_v2 (self->path, &self->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    return dure_store_sql_error (self, error);
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, BUSY_MS);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return dure_store_exec (self, "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; ",
                          error)
         && (self->read_only
             || dure_store_exec (self,
                                 "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                 /* What was purged is gone from the file. */
                                 " PRAGMA secure_delete = ON;"
                                 " PRAGMA wal_autocheckpoint = " CHECKPOINT_PAGES,
                                 error));
}

static gboolean
check_whole (DureStore *self, GError **error)
{
  GStatBuf      status;
  sqlite3_stmt *stmt;
  gboolean      good;

  if (self->read_only || g_stat (self->path, &status) != 0 || status.st_size > CHECK_MOST)
    return TRUE;
  stmt = dure_store_prepare (self, "PRAGMA quick_check(1)", error);
  if (stmt == NULL)
    return FALSE;
  good = sqlite3_step (stmt) == SQLITE_ROW && g_strcmp0 ((const char *)sqlite3_column_text (stmt, 0), "ok") == 0;
  sqlite3_reset (stmt);
  if (!good)
    {
      self->damaged = TRUE;
      dure_set_error (
          error, DURE_ERROR_DAMAGED,
          _ ("The file “%s” is damaged. Nothing was written to it. Restore a backup, or choose another file."),
          self->path);
    }
  return good;
}

static gboolean
load_identity (DureStore *self, GError **error)
{
  if (!dure_store_follow_device (self))
    {
      dure_set_error (error, DURE_ERROR_DAMAGED, _ ("The file “%s” is not a store of this program."), self->path);
      return FALSE;
    }
  self->seen = dure_store_scalar (self, "SELECT max(seq) FROM journal", 0);
  return TRUE;
}

/* Another connection may have given this file a new number. Returns FALSE when the file has none. */
gboolean
dure_store_follow_device (DureStore *self)
{
  g_autofree char *device = dure_store_get_meta (self, "device");
  g_autofree char *clock = NULL;

  if (device == NULL || g_strcmp0 (device, self->device) == 0)
    return device != NULL;
  clock = dure_store_get_meta (self, "clock");
  g_free (self->device);
  self->device = g_steal_pointer (&device);
  g_clear_pointer (&self->clock, dure_clock_free);
  self->clock = dure_clock_new (self->device);
  if (clock != NULL)
    dure_clock_observe (self->clock, clock);
  return TRUE;
}

/**
 * dure_store_open:
 * @path: the file; `:memory:` for a store that ends with the object
 * @flags: how
 * @error: return location: %DURE_ERROR_NOT_FOUND, %DURE_ERROR_DAMAGED, %DURE_ERROR_NEWER and others
 *
 * Opens a store, makes it when that is asked for, and brings an older one up to date after a copy of it was kept beside
 * it. A file that is damaged, is no store, or was written by a newer program is not written.
 *
 * Returns: (transfer full) (nullable): the store; it belongs to this thread
 */
DureStore *
dure_store_open (const char *path, DureStoreFlags flags, GError **error)
{
  g_autoptr (DureStore) self = NULL;
  g_autoptr (GMutexLocker) locker = NULL;
  GStatBuf status;
  int      version = 0;
  gboolean exists;

  g_return_val_if_fail (path != NULL, NULL);
  locker = g_mutex_locker_new (&files_lock);
  exists = g_file_test (path, G_FILE_TEST_EXISTS);
  if (!exists && !(flags & DURE_STORE_CREATE))
    {
      dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no file “%s”."), path);
      return NULL;
    }
  if (exists && g_stat (path, &status) == 0 && !S_ISREG (status.st_mode))
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("The file “%s” is not a store of this program."), path);
      return NULL;
    }
  if (exists && !is_open_here (path) && !dure_store_check_file (path, &version, error))
    return NULL;
  /* Nothing at all is what a disk fault leaves, not a store that somebody began. */
  if (exists && version == 0 && !(flags & DURE_STORE_CREATE) && g_stat (path, &status) == 0 && status.st_size == 0)
    {
      dure_set_error (
          error, DURE_ERROR_DAMAGED,
          _ ("The file “%s” is damaged. Nothing was written to it. Restore a backup, or choose another file."), path);
      return NULL;
    }
  if (!exists && !is_memory (path) && !make_file (path, error))
    return NULL;
  self = g_object_new (DURE_TYPE_STORE, NULL);
  self->path = g_strdup (path);
  self->read_only = (flags & DURE_STORE_READ_ONLY) != 0;
  if (!connect_file (self, error))
    return NULL;
  if (!is_memory (path))
    note_open (self);
  g_clear_pointer (&locker, g_mutex_locker_free);
  /* A reader brings an older file up to date by another connection. */
  if ((flags & (DURE_STORE_READ_ONLY | DURE_STORE_AS_IS)) == DURE_STORE_READ_ONLY
      && dure_store_scalar (self, "PRAGMA user_version", 0) < dure_store_version)
    {
      g_autoptr (DureStore) writer = dure_store_open (path, 0, error);

      if (writer == NULL)
        return NULL;
    }
  if (!check_whole (self, error) || !dure_store_add_functions (self))
    return NULL;
  version = (int)dure_store_scalar (self, "PRAGMA user_version", -1);
  /* A newer program may still have its migration in the write-ahead log, where the head of the file does not show it.
   */
  if (version > dure_store_version)
    {
      sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      dure_set_error (
          error, DURE_ERROR_NEWER,
          _ ("The file “%s” was written by a newer version of this program (%d; this one knows %d). Nothing "
             "was written to it. Install the newer version, or choose another file."),
          path, version, dure_store_version);
      return NULL;
    }
  if (version < dure_store_version && !self->read_only && !dure_store_migrate (self, version, error))
    return NULL;
  if (!load_identity (self, error)
      || (!self->read_only && (!dure_store_adopt_unknown (self, error) || !dure_store_scrub (self, error))))
    return NULL;
  return g_steal_pointer (&self);
}

/** dure_store_get_path: Returns: (transfer none): the file */
const char *
dure_store_get_path (DureStore *self)
{
  return self->path;
}

/** dure_store_get_device: Returns: (transfer none): the 16 digits that end every stamp of this store */
const char *
dure_store_get_device (DureStore *self)
{
  return self->device;
}

/**
 * dure_store_get_meta:
 * @self: a store
 * @key: a key
 *
 * Returns: (transfer full) (nullable): what this store keeps for itself under that key; not synchronised
 */
char *
dure_store_get_meta (DureStore *self, const char *key)
{
  sqlite3_stmt *stmt = dure_store_prepare (self, "SELECT value FROM meta WHERE key = ?", NULL);
  char         *value = NULL;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, key, -1, SQLITE_STATIC);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    value = g_strdup ((const char *)sqlite3_column_text (stmt, 0));
  sqlite3_reset (stmt);
  return value;
}

/**
 * dure_store_list_meta:
 * @self: a store
 * @prefix: how the keys begin
 *
 * Returns: (transfer full): keys of dure_store_get_meta()
 */
char **
dure_store_list_meta (DureStore *self, const char *prefix)
{
  sqlite3_stmt *stmt = dure_store_prepare (self, "SELECT key FROM meta WHERE substr (key, 1, length (?1)) = ?1", NULL);
  GPtrArray    *keys = g_ptr_array_new ();

  if (stmt != NULL)
    {
      sqlite3_bind_text (stmt, 1, prefix, -1, SQLITE_STATIC);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        g_ptr_array_add (keys, g_strdup ((const char *)sqlite3_column_text (stmt, 0)));
      sqlite3_reset (stmt);
    }
  g_ptr_array_add (keys, NULL);
  return (char **)g_ptr_array_free (keys, FALSE);
}

/**
 * dure_store_set_meta:
 * @self: a store
 * @key: a key
 * @value: (nullable): %NULL removes it
 * @error: return location
 *
 * Part of the open transaction when there is one.
 *
 * Returns: %TRUE when it was stored
 */
gboolean
dure_store_set_meta (DureStore *self, const char *key, const char *value, GError **error)
{
  sqlite3_stmt *stmt;

  if (!dure_store_may_write (self, error))
    return FALSE;
  stmt = dure_store_prepare (self,
                             value != NULL ? "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)"
                                           : "DELETE FROM meta WHERE key = ?1",
                             error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, key, -1, SQLITE_STATIC);
  if (value != NULL)
    sqlite3_bind_text (stmt, 2, value, -1, SQLITE_STATIC);
  return dure_store_step_done (self, stmt, error);
}

/**
 * dure_store_jot_meta:
 * @self: a store without an open transaction
 * @key: a key
 * @value: a value
 * @error: return location
 *
 * As dure_store_set_meta(), but without waiting for the disk: after a loss of power the value before may stand again.
 *
 * Returns: %TRUE when it was stored
 */
gboolean
dure_store_jot_meta (DureStore *self, const char *key, const char *value, GError **error)
{
  gboolean good;

  g_return_val_if_fail (self->txn == 0, FALSE);
  if (!dure_store_may_write (self, error) || !dure_store_exec (self, "PRAGMA synchronous = NORMAL", error))
    return FALSE;
  good = dure_store_set_meta (self, key, value, error);
  return dure_store_exec (self, "PRAGMA synchronous = FULL", error) && good;
}

/* From so many changes on, what they are of is not worth a walk through the journal on the main thread. */
#define ALL_FROM 2000

static void
say_all_changed (DureStore *self, gint64 last)
{
  self->seen = last;
  g_object_ref (self);
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    g_signal_emit (self, signals[CHANGED], 0, e, NULL);
  g_object_unref (self);
}

/**
 * dure_store_poll:
 * @self: a store
 *
 * Emits `changed` for every record that any connection on the file, here or in another program, has written since the
 * last call. Cheap when nothing happened: one look at the end of the journal.
 */
void
dure_store_poll (DureStore *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) entities = g_array_new (FALSE, FALSE, sizeof (guint));
  sqlite3_stmt *stmt;
  gint64        last = dure_store_scalar (self, "SELECT max(seq) FROM journal", self->seen);
  gint64        from = self->seen;

  if (last - from > ALL_FROM)
    {
      say_all_changed (self, last);
      return;
    }

  if (last <= from)
    return;
  self->seen = last;
  stmt = dure_store_prepare (self,
                             "SELECT DISTINCT entity, id FROM journal WHERE seq > ?1 AND seq <= ?2", NULL);
  if (stmt == NULL)
    return;
  sqlite3_bind_int64 (stmt, 1, from);
  sqlite3_bind_int64 (stmt, 2, last);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      const DureEntity *entity = dure_entity_by_key ((const char *)sqlite3_column_text (stmt, 0));
      guint             number;

      if (entity == NULL)
        continue;
      number = entity->id;
      g_array_append_val (entities, number);
      g_ptr_array_add (ids, g_strdup ((const char *)sqlite3_column_text (stmt, 1)));
    }
  sqlite3_reset (stmt);
  g_object_ref (self);
  for (guint i = 0; i < ids->len; i++)
    g_signal_emit (self, signals[CHANGED], 0, g_array_index (entities, guint, i), g_ptr_array_index (ids, i));
  g_object_unref (self);
}
