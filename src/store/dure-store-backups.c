/* dure-store-backups.c: the copies of a store that are made day by day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include "store/dure-store-backups.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "store/dure-store-private.h"

/* What a copy keeps of itself. */
#define META_RECORDS "backup.records"
#define META_PURGES "backup.purges" /* how many it knows of, and the stamp of the last */

#define START "dure-"
#define END ".db"
#define BEFORE "-before"
#define PART ".part"
#define TIME_LENGTH 15 /* of 20261128-091500 */
/* So many copies of the newest day stay, and so many that were made before a restore. */
#define SEVERAL 3
/* What a copy that broke off left behind is nobody's after so long. */
#define STALE_SECONDS 3600
#define SEOUL_OFFSET_MS (9 * 60 * 60 * 1000)

void
dure_backup_free (DureBackup *self)
{
  g_free (self->path);
  g_free (self->made);
  g_free (self);
}

/**
 * dure_backups_folder:
 * @store_path: the store
 * @chosen: (nullable): a folder that the user chose for copies, also of other stores and of other computers
 *
 * Returns: (transfer full): the folder for the copies of this store; it need not exist
 */
char *
dure_backups_folder (const char *store_path, const char *chosen)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *mark = NULL;
  g_autofree char *folder = NULL;

  if (chosen == NULL || *chosen == '\0')
    return g_strconcat (store_path, ".backups", NULL);
  path = g_canonicalize_filename (store_path, NULL);
  whole = g_strconcat (g_get_user_name (), "\n", g_get_host_name (), "\n", path, NULL);
  mark = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);
  mark[8] = '\0';
  name = g_path_get_basename (store_path);
  folder = g_strdup_printf ("%s-%s-%s-%s.backups", g_get_user_name (), g_get_host_name (), name, mark);
  return g_build_filename (chosen, folder, NULL);
}

/* 20261128-091500 of the name of a copy, NULL for any other file. */
static const char *
time_of (const char *name)
{
  const char *time = name + strlen (START);

  if (!g_str_has_prefix (name, START))
    return NULL;
  for (guint i = 0; i < TIME_LENGTH; i++)
    if (i == 8 ? time[i] != '-' : !g_ascii_isdigit (time[i]))
      return NULL;
  return strcmp (time + TIME_LENGTH, END) == 0 || strcmp (time + TIME_LENGTH, BEFORE END) == 0 ? time : NULL;
}

static gboolean
is_before (const char *name)
{
  return strcmp (time_of (name) + TIME_LENGTH, BEFORE END) == 0;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)b, *(const char *const *)a);
}

/* Names of the copies, the newest first. A folder that is not there holds none. */
static GPtrArray *
read_names (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &failure);
  const char *name;

  if (dir == NULL && !g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      dure_set_error (error, DURE_ERROR_FAILED, _ ("The folder of the backups “%s” cannot be read: %s"), folder,
                      failure->message);
      return NULL;
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (time_of (name) != NULL)
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gint64
read_number (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  gint64        number = -1;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step (stmt) == SQLITE_ROW
      && sqlite3_column_type (stmt, 0) != SQLITE_NULL)
    number = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return number;
}

/* One number that the copy holds; -1 when it cannot be read. */
static gint64
ask_copy (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  gint64   number = -1;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
    number = read_number (db, sql);
  sqlite3_close (db);
  return number;
}

/**
 * dure_backups_list:
 * @folder: of dure_backups_folder()
 * @error: return location
 *
 * Returns: (transfer full) (element-type DureBackup) (nullable): the copies, the newest first; empty where the folder
 *   is not there
 */
GPtrArray *
dure_backups_list (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = read_names (folder, error);
  GPtrArray *list;

  if (names == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_backup_free);
  for (guint i = 0; i < names->len; i++)
    {
      const char *time = time_of (names->pdata[i]);
      DureBackup *backup = g_new0 (DureBackup, 1);
      GStatBuf    status;

      backup->path = g_build_filename (folder, names->pdata[i], NULL);
      backup->made
          = g_strdup_printf ("%.4s-%.2s-%.2sT%.2s:%.2s", time, time + 4, time + 6, time + 9, time + 11);
      backup->before = is_before (names->pdata[i]);
      backup->size = g_stat (backup->path, &status) == 0 ? status.st_size : 0;
      backup->records
          = ask_copy (backup->path, "SELECT CAST (value AS INTEGER) FROM meta WHERE key = '" META_RECORDS "'");
      g_ptr_array_add (list, backup);
    }
  return list;
}

static char *
today (void)
{
  g_autofree char *date = dure_day_to_date (dure_day_today ());

  return g_strdup_printf ("%.4s%.2s%.2s", date, date + 5, date + 8);
}

/* Purges that a store or a copy knows of. */
typedef struct
{
  gint64 n;
  char   last[DURE_STAMP_LENGTH + 1];
} Purges;

static void
read_purges (DureStore *store, Purges *purges)
{
  sqlite3_stmt *stmt = dure_store_prepare (store,
                                           "SELECT count(*), coalesce (max (stamp), '') FROM journal"
                                           " WHERE body LIKE '%\"purged\":%'"
                                           " AND json_extract (body, '$.set.purged') IS NOT NULL",
                                           NULL);

  *purges = (Purges){ 0 };
  if (stmt == NULL)
    return;
  if (sqlite3_step (stmt) == SQLITE_ROW)
    {
      purges->n = sqlite3_column_int64 (stmt, 0);
      g_strlcpy (purges->last, (const char *)sqlite3_column_text (stmt, 1), sizeof purges->last);
    }
  sqlite3_reset (stmt);
}

/* What the copy says of itself; one that says nothing, or cannot be read, knows of none. */
static gboolean
lacks_purge (const char *path, const Purges *purges)
{
  sqlite3      *db = NULL;
  sqlite3_stmt *stmt = NULL;
  gboolean      lacks = TRUE;

  if (purges->n == 0)
    return FALSE;
  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
      && sqlite3_prepare_v2 (db, "SELECT value FROM meta WHERE key = '" META_PURGES "'", -1, &stmt, NULL) == SQLITE_OK
      && sqlite3_step (stmt) == SQLITE_ROW && sqlite3_column_text (stmt, 0) != NULL)
    {
      char  *last = NULL;
      gint64 n = g_ascii_strtoll ((const char *)sqlite3_column_text (stmt, 0), &last, 10);

      lacks = n < purges->n || strcmp (last + strspn (last, " "), purges->last) < 0;
    }
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return lacks;
}

/**
 * dure_backups_is_due:
 * @store: a store
 * @folder: where its copies stand
 *
 * Returns: whether there is no copy of today, and something was written since the last; or one holds what was purged
 */
gboolean
dure_backups_is_due (DureStore *store, const char *folder)
{
  g_autoptr (GPtrArray) names = read_names (folder, NULL);
  g_autofree char *day = today ();
  g_autofree char *path = NULL;
  Purges           purges;

  /* What is wrong with the folder is said by who makes the copy. */
  if (names == NULL)
    return TRUE;
  if (names->len == 0)
    return TRUE;
  read_purges (store, &purges);
  for (guint i = 0; purges.n > 0 && i < names->len; i++)
    {
      g_autofree char *copy = g_build_filename (folder, names->pdata[i], NULL);

      if (lacks_purge (copy, &purges))
        return TRUE;
    }
  for (guint i = 0; i < names->len; i++)
    if (strncmp (time_of (names->pdata[i]), day, 8) == 0)
      return FALSE;
  path = g_build_filename (folder, names->pdata[0], NULL);
  return ask_copy (path, "SELECT coalesce (max (seq), 0) FROM journal")
         != dure_store_scalar (store, "SELECT max(seq) FROM journal", 0);
}

static gint64
count_records (DureStore *store)
{
  gint64 count = 0;

  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    {
      g_autofree char *sql
          = g_strdup_printf ("SELECT count(*) FROM \"%s\" WHERE _deleted = 0", dure_entity (e)->key);

      /* A copy of an older version has no table for what came later. */
      count += dure_store_scalar (store, sql, 0);
    }
  return count;
}

/* Reads a copy as it would be read after a restore. */
static gboolean
verify (const char *part, gint64 records, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureStore) copy = dure_store_open (part, DURE_STORE_READ_ONLY | DURE_STORE_AS_IS, error);

  if (copy == NULL || !dure_store_check_copy (copy, cancellable, error))
    return FALSE;
  if (count_records (copy) == records)
    return TRUE;
  dure_set_error (error, DURE_ERROR_DAMAGED, _ ("The backup “%s” does not hold what the store holds."), part);
  return FALSE;
}

/* The first name that is free from now on. */
static char *
free_path (const char *folder, gboolean before)
{
  for (gint64 at = dure_now_ms () + SEOUL_OFFSET_MS;; at += 1000)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at / 1000);
      g_autofree char *digits = g_date_time_format (time, "%Y%m%d-%H%M%S");
      g_autofree char *name = g_strconcat (START, digits, before ? BEFORE : "", END, NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

static gboolean
make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  dure_set_error (error, DURE_ERROR_FAILED, _ ("The folder of the backups “%s” could not be made: %s"), folder,
                  g_strerror (errno));
  return FALSE;
}

static void
remove_stale_parts (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf         status;

      if (g_str_has_prefix (name, START) && g_str_has_suffix (name, END PART) && g_stat (path, &status) == 0
          && status.st_mtime + STALE_SECONDS < g_get_real_time () / G_USEC_PER_SEC)
        g_unlink (path);
    }
}

/* Copies that hold what was purged since. */
static void
remove_purged (const char *folder, const Purges *purges)
{
  g_autoptr (GPtrArray) names = read_names (folder, NULL);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

      if (lacks_purge (path, purges))
        g_unlink (path);
    }
}

static void
prune (const char *folder, guint keep)
{
  g_autoptr (GPtrArray) names = read_names (folder, NULL);
  const char *day = "";
  guint       days = 0, of_day = 0, before = 0;

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = names->pdata[i];
      gboolean    stays;

      if (is_before (name))
        stays = before++ < SEVERAL;
      else
        {
          of_day = strncmp (day, time_of (name), 8) == 0 ? of_day + 1 : 0;
          day = time_of (name);
          days += of_day == 0;
          stays = days <= keep && of_day < (days == 1 ? SEVERAL : 1);
        }
      if (!stays)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);

          g_unlink (path);
        }
    }
}

/**
 * dure_backups_make:
 * @store: a connection of its own; others may write meanwhile and do not wait
 * @folder: where the copy goes; made when there is none
 * @keep: for how many days copies stay
 * @before: whether the copy is made because another is to be restored
 * @cancellable: (nullable): stops it
 * @error: return location: %DURE_ERROR_FULL, %DURE_ERROR_DAMAGED when the copy is not sound, %DURE_ERROR_FAILED
 *
 * Copies the store as it is at one moment, reads the copy again, and then removes those that are too old. When it
 * fails, nothing is left behind and no older copy is removed.
 *
 * Returns: (transfer full) (nullable): the copy
 */
char *
dure_backups_make (
    DureStore *store, const char *folder, guint keep, gboolean before, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) meta = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *path = NULL;
  g_autofree char *part = NULL;
  Purges           purges;
  gint64           records;
  gboolean         copied;

  if (!make_folder (folder, error))
    return NULL;
  remove_stale_parts (folder);
  path = free_path (folder, before);
  part = g_strconcat (path, PART, NULL);
  /* Counted and copied is the same moment. */
  if (!dure_store_exec (store, "BEGIN", error))
    return NULL;
  records = count_records (store);
  read_purges (store, &purges);
  g_hash_table_insert (meta, g_strdup (META_PURGES), g_strdup_printf ("%" G_GINT64_FORMAT " %s", purges.n, purges.last));
  g_hash_table_insert (meta, g_strdup (META_RECORDS), g_strdup_printf ("%" G_GINT64_FORMAT, records));
  copied = dure_store_copy_part (store->db, part, meta, cancellable, error);
  dure_store_exec (store, "COMMIT", NULL);
  if (!copied)
    return NULL;
  if (!verify (part, records, cancellable, error))
    {
      g_unlink (part);
      return NULL;
    }
  if (!dure_store_name_copy (part, path, error))
    return NULL;
  /* One that is about to be restored must not be taken away just before. */
  if (!before)
    {
      remove_purged (folder, &purges);
      prune (folder, keep);
    }
  return g_steal_pointer (&path);
}
