/* dure-store-blobs.c: which blobs the records of a store need
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A blob stays while a record names it, and while undo may bring such a record back: that is, while the journal has
 * anything about the record among the last KEEP_STEPS steps or the last KEEP_DAYS days. What is younger than a day
 * stays too, because its record may still have to be written.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include "store/dure-store-blobs.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "store/dure-store-private.h"

#define KEEP_STEPS "500" /* as far back as undo reaches */
#define KEEP_DAYS 30
#define MARK DURE_BLOB_MARK
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

/** dure_store_blob_path: Returns: (transfer full) (nullable): where that blob is or would be; %NULL for no hash */
char *
dure_store_blob_path (DureStore *self, const char *sha256)
{
  return dure_blob_path (self->path, sha256);
}

typedef void (*Found) (const char *path, const char *name, gpointer data);

/* Calls @found for every file of the directory. */
static gboolean
walk (DureStore *self, Found found, gpointer data, GError **error)
{
  g_autofree char *top = g_strconcat (self->path, DURE_BLOBS, NULL);
  g_autoptr (GPtrArray) directories = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_ptr_array_add (directories, g_strdup (top));
  for (guint i = 0; i < directories->len; i++)
    {
      const char *directory = directories->pdata[i];
      g_autoptr (GError) failure = NULL;
      g_autoptr (GDir) dir = g_dir_open (directory, 0, &failure);

      if (dir == NULL && g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        continue;
      if (dir == NULL)
        {
          dure_set_error (error, DURE_ERROR_FAILED, _ ("“%s” cannot be read: %s."), directory, failure->message);
          return FALSE;
        }
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (directory, name, NULL);

          if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
            found (path, name, data);
          else if (i == 0 && strlen (name) == 2)
            g_ptr_array_add (directories, g_steal_pointer (&path));
        }
    }
  return TRUE;
}

static void
note_blob (const char *path, const char *name, gpointer data)
{
  if (dure_sha256_is_valid (name))
    g_ptr_array_add (data, g_strdup (name));
}

/**
 * dure_store_list_blobs:
 * @self: a store
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8) (nullable): hashes of all blobs that are here
 */
GPtrArray *
dure_store_list_blobs (DureStore *self, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  return walk (self, note_blob, list, error) ? g_steal_pointer (&list) : NULL;
}

/* Record here, blob not: when a server has it, that is as it should be. A blob that was attached here and never sent
 * is nowhere else. */
static gboolean
check_missing (DureStore *self, gboolean has_server, GPtrArray *problems, GError **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (
      self,
      "SELECT name, sha256, EXISTS (SELECT 1 FROM meta WHERE key = '" MARK "' || sha256)"
      " OR EXISTS (SELECT 1 FROM journal j WHERE j.id = a.id AND origin = 1)"
      " FROM attachment a WHERE _deleted = 0 ORDER BY name",
      error);
  int code;

  if (stmt == NULL)
    return FALSE;
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      const char *name = (const char *)sqlite3_column_text (stmt, 0);
      const char *sha256 = (const char *)sqlite3_column_text (stmt, 1);

      if (dure_blob_size (self->path, sha256) < 0 && !(has_server && sqlite3_column_int (stmt, 2)))
        g_ptr_array_add (problems, g_strdup_printf (_ ("Attachment “%s”: its file is not here: %s"), name,
                                                    sha256 != NULL ? sha256 : ""));
    }
  if (code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return code == SQLITE_DONE;
}

/**
 * dure_store_check_blobs:
 * @self: a store
 * @has_server: whether it belongs to a server, from which what is missing may come
 * @problems: (element-type utf8): gets sentences that say what is wrong
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Reads all blobs, about 300 MB in a second.
 *
 * Returns: whether all could be looked at
 */
gboolean
dure_store_check_blobs (
    DureStore *self, gboolean has_server, GPtrArray *problems, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) blobs = dure_store_list_blobs (self, error);

  if (blobs == NULL || !check_missing (self, has_server, problems, error))
    return FALSE;
  for (guint i = 0; i < blobs->len; i++)
    {
      const char      *sha256 = blobs->pdata[i];
      g_autofree char *path = dure_store_blob_path (self, sha256);
      g_autoptr (GError) failure = NULL;

      if (dure_blob_verify (self->path, sha256, cancellable, &failure))
        continue;
      if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      g_ptr_array_add (problems, g_strconcat (path, ": ", failure->message, NULL));
    }
  return TRUE;
}

typedef struct
{
  GHashTable *needed;
  gint64      now_ms;
  guint       n_removed;
} Sweep;

static void
sweep_file (const char *path, const char *name, gpointer data)
{
  Sweep    *sweep = data;
  GStatBuf  status;
  g_autofree char *sha256 = g_strndup (name, DURE_SHA256_LENGTH);

  /* Names of others are none of ours. */
  if (!dure_sha256_is_valid (sha256) && !g_str_has_prefix (name, DURE_BLOB_NEW))
    return;
  if (g_hash_table_contains (sweep->needed, sha256) || g_stat (path, &status) != 0
      || sweep->now_ms - (gint64)status.st_mtime * 1000 < DAY_MS)
    return;
  if (g_unlink (path) == 0)
    sweep->n_removed++;
}

/**
 * dure_store_sweep_blobs:
 * @self: a store
 * @n_removed: (out): how many files went
 * @error: return location
 *
 * Removes the blobs that neither a record nor undo can need, and what an interrupted copy or download left behind.
 *
 * Returns: whether it could be done
 */
gboolean
dure_store_sweep_blobs (DureStore *self, guint *n_removed, GError **error)
{
  g_autoptr (GHashTable) needed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Sweep            sweep = { needed, dure_now_ms (), 0 };
  g_autofree char *since
      = g_strdup_printf ("%012" G_GINT64_MODIFIER "x", MAX (sweep.now_ms - KEEP_DAYS * DAY_MS, 0));
  sqlite3_stmt *stmt = dure_store_prepare (
      self,
      "SELECT sha256 FROM attachment a WHERE sha256 IS NOT NULL AND (_deleted = 0 OR EXISTS (SELECT 1 FROM journal j"
      " WHERE j.id = a.id AND (j.stamp >= ?1 OR j.seq >= (SELECT min (first) FROM"
      " (SELECT first FROM txn WHERE kind < 3 ORDER BY txn DESC LIMIT " KEEP_STEPS ")))))",
      error);
  int code;

  *n_removed = 0;
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, since, -1, SQLITE_STATIC);
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    g_hash_table_add (needed, g_strdup ((const char *)sqlite3_column_text (stmt, 0)));
  if (code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  if (code != SQLITE_DONE || !walk (self, sweep_file, &sweep, error))
    return FALSE;
  *n_removed = sweep.n_removed;
  return TRUE;
}

/**
 * dure_store_forget_blob:
 * @self: a store
 * @sha256: (nullable): hash that a record held until it was purged
 * @error: return location
 *
 * Removes a blob at once, undo or not, unless another record still names it.
 *
 * Returns: whether nothing of it is left here that no record names
 */
gboolean
dure_store_forget_blob (DureStore *self, const char *sha256, GError **error)
{
  g_autofree char *path = dure_store_blob_path (self, sha256);
  sqlite3_stmt    *stmt = dure_store_prepare (self, "SELECT 1 FROM attachment WHERE sha256 = ?1 LIMIT 1", error);
  gboolean         named;

  if (stmt == NULL)
    return FALSE;
  if (path == NULL)
    return TRUE;
  sqlite3_bind_text (stmt, 1, sha256, -1, SQLITE_STATIC);
  named = sqlite3_step (stmt) == SQLITE_ROW;
  sqlite3_reset (stmt);
  if (named)
    return TRUE;
  dure_blob_part_drop (self->path, sha256);
  if (g_unlink (path) != 0 && errno != ENOENT)
    {
      dure_set_error (error, DURE_ERROR_FAILED, _ ("“%s” could not be removed: %s."), path, g_strerror (errno));
      return FALSE;
    }
  return dure_store_mark_blob (self, sha256, NULL, error);
}

/** dure_store_mark_blob: notes what sync knows of a blob; %NULL forgets it. Returns: whether that was stored */
gboolean
dure_store_mark_blob (DureStore *self, const char *sha256, const char *mark, GError **error)
{
  g_autofree char *key = g_strconcat (MARK, sha256, NULL);

  return dure_store_set_meta (self, key, mark, error);
}

/** dure_store_forget_marks: nothing is known any more, as with another server. Returns: whether that was stored */
gboolean
dure_store_forget_marks (DureStore *self, GError **error)
{
  return dure_store_may_write (self, error) && dure_store_exec (self, "DELETE FROM meta WHERE key GLOB '" MARK "*'", error);
}

void
dure_blob_wish_free (DureBlobWish *wish)
{
  g_free (wish->sha256);
  g_free (wish->mark);
  g_free (wish);
}

/**
 * dure_store_list_wishes:
 * @self: a store
 * @settled: the mark of blobs with which nothing is to be done
 * @error: return location
 *
 * Returns: (transfer full) (element-type DureBlobWish) (nullable): blobs that records name and that are not settled,
 * the smallest first
 */
GPtrArray *
dure_store_list_wishes (DureStore *self, const char *settled, GError **error)
{
  g_autoptr (GPtrArray) wishes = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_blob_wish_free);
  sqlite3_stmt *stmt = dure_store_prepare (
      self,
      "SELECT sha256, max (size), value, max (_stamp) FROM attachment LEFT JOIN meta ON key = '" MARK "' || sha256"
      " WHERE _deleted = 0 AND sha256 IS NOT NULL AND ifnull (value, '') <> ?1 GROUP BY sha256 ORDER BY 2, 1",
      error);
  int code;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, settled, -1, SQLITE_STATIC);
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      DureBlobWish *wish = g_new0 (DureBlobWish, 1);

      wish->sha256 = g_strdup ((const char *)sqlite3_column_text (stmt, 0));
      wish->size = sqlite3_column_int64 (stmt, 1);
      wish->mark = g_strdup ((const char *)sqlite3_column_text (stmt, 2));
      wish->written = dure_stamp_ms ((const char *)sqlite3_column_text (stmt, 3));
      g_ptr_array_add (wishes, wish);
    }
  if (code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return code == SQLITE_DONE ? g_steal_pointer (&wishes) : NULL;
}
