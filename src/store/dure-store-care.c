/* dure-store-care.c: checking, backing up and bringing back a store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/dure-error.h"
#include "store/dure-store-private.h"

static gboolean
collect_lines (
    DureStore *self, const char *sql, const char *good, const char *format, GPtrArray *problems, GError **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (self, sql, error);
  int           code;

  if (stmt == NULL)
    return FALSE;
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      const char *line = (const char *)sqlite3_column_text (stmt, 0);

      if (g_strcmp0 (line, good) != 0)
        g_ptr_array_add (problems, g_strconcat (format, line, NULL));
    }
  if (code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return code == SQLITE_DONE;
}

/* Links that lead to no record; a deleted target is none. */
static gboolean
check_links (DureStore *self, const DureEntity *entity, GPtrArray *problems, GError **error)
{
  for (guint f = 0; f < entity->n_fields; f++)
    {
      const DureField *field = &entity->fields[f];
      g_autofree char *sql = NULL;
      g_autofree char *format = NULL;

      if (field->type != DURE_VALUE_LINK)
        continue;
      sql = g_strdup_printf ("SELECT id FROM \"%s\" a WHERE a.\"%s\" IS NOT NULL AND a._deleted = 0"
                             " AND NOT EXISTS (SELECT 1 FROM \"%s\" t WHERE t.id = a.\"%s\")",
                             entity->key, field->key, dure_entity (field->target)->key, field->key);
      format = g_strdup_printf (_ ("%s, %s: leads to a record that is not here: "), dure_entity_label (entity),
                                dure_field_label (field));
      if (!collect_lines (self, sql, NULL, format, problems, error))
        return FALSE;
    }
  return TRUE;
}

/* Every record has a journal row that made or changed it. */
static gboolean
check_journal (DureStore *self, const DureEntity *entity, GPtrArray *problems, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT id FROM \"%s\" a WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.id = a.id)", entity->key);
  g_autofree char *format = g_strdup_printf (_ ("%s: not in the journal: "), dure_entity_label (entity));

  return collect_lines (self, sql, NULL, format, problems, error);
}

/**
 * dure_store_check:
 * @self: a store
 * @error: return location
 *
 * Looks through the whole file: its pages and indexes, the search index, that every record stands in the journal and
 * every link leads somewhere. Takes about a second for 100 MB.
 *
 * Returns: (transfer full) (element-type utf8) (nullable): sentences that say what is wrong; empty when all is well
 */
GPtrArray *
dure_store_check (DureStore *self, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  gboolean agrees = TRUE;

  if (!collect_lines (self, "PRAGMA integrity_check", "ok", "", problems, error))
    return NULL;
  /* A copy of an older version is asked no more than that: it lacks what the table has now. */
  if (dure_store_scalar (self, "PRAGMA user_version", 0) < dure_store_version)
    return g_steal_pointer (&problems);
  for (guint e = 0; problems->len == 0 && e < DURE_N_ENTITIES; e++)
    if (!check_links (self, dure_entity (e), problems, error)
        || !check_journal (self, dure_entity (e), problems, error))
      return NULL;
  if (problems->len > 0)
    return g_steal_pointer (&problems);
  if (!self->read_only && !dure_store_exec (self, "INSERT INTO search (search) VALUES ('integrity-check')", NULL))
    agrees = FALSE;
  else if (!dure_store_index_compare (self, &agrees, error))
    return NULL;
  if (!agrees)
    g_ptr_array_add (problems,
                     g_strdup (_ ("The search index does not agree with the records. It has to be made anew.")));
  return g_steal_pointer (&problems);
}

static int
is_cancelled (void *cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

/* Whether each page and index of a copy is sound. What its records say of each other is not asked: a copy of a store
 * that was being filled is a good copy. */
gboolean
dure_store_check_copy (DureStore *copy, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  gboolean looked;

  sqlite3_progress_handler (copy->db, 100000, is_cancelled, cancellable);
  looked = collect_lines (copy, "PRAGMA integrity_check", "ok", "", problems, error);
  sqlite3_progress_handler (copy->db, 0, NULL, NULL);
  if (!looked)
    return FALSE;
  if (problems->len > 0)
    dure_set_error (error, DURE_ERROR_DAMAGED, _ ("The backup “%s” is damaged: %s"), copy->path,
                    (const char *)g_ptr_array_index (problems, 0));
  return problems->len == 0;
}

/* Pages that are copied before anybody may say stop. */
#define COPY_STEP 2048

static gboolean
put_meta (sqlite3 *db, GHashTable *meta)
{
  GHashTableIter iter;
  gpointer       key, value;
  gboolean       good = TRUE;

  g_hash_table_iter_init (&iter, meta);
  while (good && g_hash_table_iter_next (&iter, &key, &value))
    {
      sqlite3_stmt *stmt = NULL;

      good = sqlite3_prepare_v2 (db,
                                 value != NULL ? "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)"
                                               : "DELETE FROM meta WHERE key = ?1",
                                 -1, &stmt, NULL)
                 == SQLITE_OK
             && sqlite3_bind_text (stmt, 1, key, -1, SQLITE_STATIC) == SQLITE_OK
             && (value == NULL || sqlite3_bind_text (stmt, 2, value, -1, SQLITE_STATIC) == SQLITE_OK)
             && sqlite3_step (stmt) == SQLITE_DONE;
      sqlite3_finalize (stmt);
    }
  return good;
}

/* All of it is of one moment: the read transaction stays open, and who writes meanwhile does not wait. */
static int
copy_pages (sqlite3 *from, sqlite3 *to, GCancellable *cancellable)
{
  gboolean        begun = sqlite3_get_autocommit (from) && sqlite3_exec (from, "BEGIN", NULL, NULL, NULL) == SQLITE_OK;
  sqlite3_backup *copy = NULL;
  int             code = sqlite3_exec (from, "SELECT 1 FROM sqlite_master", NULL, NULL, NULL);

  if (code == SQLITE_OK)
    copy = sqlite3_backup_init (to, "main", from, "main");
  if (copy != NULL)
    {
      do
        code = g_cancellable_is_cancelled (cancellable) ? SQLITE_INTERRUPT : sqlite3_backup_step (copy, COPY_STEP);
      while (code == SQLITE_OK);
      if (code == SQLITE_DONE)
        code = sqlite3_backup_finish (copy);
      else
        sqlite3_backup_finish (copy);
    }
  else if (code == SQLITE_OK)
    code = sqlite3_errcode (to);
  if (begun)
    sqlite3_exec (from, "COMMIT", NULL, NULL, NULL);
  return code;
}

/* Copies one database into the file @part, which only its owner may read, and makes it durable; @meta (nullable) takes
 * the places of what the copy keeps under these keys. What could not be finished is removed. */
gboolean
dure_store_copy_part (sqlite3 *from, const char *part, GHashTable *meta, GCancellable *cancellable, GError **error)
{
  sqlite3 *to = NULL;
  int      code = SQLITE_CANTOPEN;
  int      failure = 0;
  int      fd;

  g_unlink (part);
  fd = g_open (part, O_CREAT | O_EXCL | O_CLOEXEC | O_WRONLY, 0600);
  if (fd >= 0)
    close (fd);
  else
    failure = errno;
  if (fd >= 0 && sqlite3_open_v2 (part, &to, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
    {
      code = copy_pages (from, to, cancellable);
      /* A copy stands alone: no write-ahead log beside it. */
      if (code == SQLITE_OK)
        code = sqlite3_exec (to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
      if (code == SQLITE_OK && meta != NULL && !put_meta (to, meta))
        code = sqlite3_errcode (to);
    }
  sqlite3_close (to);
  if (code == SQLITE_OK)
    return TRUE;
  if (code == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled."));
  else if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
    dure_set_error (error, DURE_ERROR_DAMAGED, _ ("No copy was made: the store is damaged."));
  else
    dure_set_error (error, code == SQLITE_FULL ? DURE_ERROR_FULL : DURE_ERROR_FAILED,
                    _ ("The copy “%s” could not be written: %s"), part,
                    failure != 0 ? g_strerror (failure) : sqlite3_errstr (code));
  g_unlink (part);
  return FALSE;
}

/* Gives a whole copy its name. */
gboolean
dure_store_name_copy (const char *part, const char *path, GError **error)
{
  if (g_rename (part, path) == 0)
    return TRUE;
  dure_set_error (error, DURE_ERROR_FAILED, _ ("The copy “%s” could not be written: %s"), path, g_strerror (errno));
  g_unlink (part);
  return FALSE;
}

/* The copy is whole or absent. */
static gboolean
copy_database (sqlite3 *from, const char *path, GHashTable *meta, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);

  return dure_store_copy_part (from, part, meta, NULL, error) && dure_store_name_copy (part, path, error);
}

/* Copies a file that another connection may be writing to: what is committed in it. */
gboolean
dure_store_copy_file (const char *from, const char *to, GError **error)
{
  sqlite3 *db = NULL;
  gboolean done;

  if (sqlite3_open_v2 (from, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      dure_set_error (error, DURE_ERROR_FAILED, _ ("The file “%s” could not be opened."), from);
      sqlite3_close (db);
      return FALSE;
    }
  done = copy_database (db, to, NULL, error);
  sqlite3_close (db);
  return done;
}

/**
 * dure_store_backup:
 * @self: a store; others may write to it meanwhile
 * @path: where the copy goes; an existing file is replaced when the copy is whole
 * @error: return location
 *
 * Returns: %TRUE when the copy stands there, readable by its owner only
 */
gboolean
dure_store_backup (DureStore *self, const char *path, GError **error)
{
  GStatBuf there, here;

  /* The copy would take the place of a file that others go on writing to. */
  if (g_stat (path, &there) == 0 && g_stat (self->path, &here) == 0 && there.st_dev == here.st_dev
      && there.st_ino == here.st_ino)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("“%s” is the store itself. Choose another file for the copy."),
                      path);
      return FALSE;
    }
  return copy_database (self->db, path, NULL, error);
}

static const char *const tails[] = { "", "-wal", "-shm" };

/* Only the last connection of a file can take it out of WAL, and only when the log is empty then. */
static gboolean
be_alone (DureStore *self, GError **error)
{
  sqlite3_stmt *stmt;
  gboolean      alone;

  sqlite3_busy_timeout (self->db, 0);
  stmt = dure_store_prepare (self, "PRAGMA journal_mode = DELETE", error);
  if (stmt == NULL)
    return FALSE;
  alone = sqlite3_step (stmt) == SQLITE_ROW && g_strcmp0 ((const char *)sqlite3_column_text (stmt, 0), "delete") == 0;
  sqlite3_reset (stmt);
  if (!alone)
    dure_set_error (error, DURE_ERROR_BUSY, _ ("Another program has the file “%s” open. Close it and try again."),
                    self->path);
  return alone;
}

/* What cannot be opened is moved as it is, with its log. */
static gboolean
move_aside (const char *path, const char *kept, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *from = g_strconcat (path, tails[i], NULL);
      g_autofree char *to = g_strconcat (kept, tails[i], NULL);

      g_unlink (to);
      if (g_rename (from, to) != 0 && (i == 0 || errno != ENOENT))
        {
          dure_set_error (error, DURE_ERROR_FAILED, _ ("The file “%s” could not be kept: %s"), from,
                          g_strerror (errno));
          return FALSE;
        }
    }
  return TRUE;
}

/* What the copy is to keep for itself in place of what stands in it. */
static GHashTable *
gather_meta (DureStore *present, DureStore *source, DureStoreCarry carry)
{
  GHashTable      *meta = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *clock = dure_store_get_meta (present, "clock");
  g_autofree char *old = dure_store_get_meta (source, "clock");

  /* The clock of this computer never goes back: no stamp is given twice. */
  if (clock != NULL && g_strcmp0 (clock, old) > 0)
    g_hash_table_insert (meta, g_strdup ("clock"), g_steal_pointer (&clock));
  if (carry != NULL)
    carry (present, source, meta);
  return meta;
}

/**
 * dure_store_restore_file:
 * @backup: a copy that dure_store_backup() made
 * @path: the store that it replaces. What stood there is kept as `PATH.before-restore`
 * @carry: (nullable): says what of the present store, where that can be read, goes on in the restored one
 * @error: return location; %DURE_ERROR_BUSY when another connection has the store open
 *
 * The backup is checked first, and @path is only touched when it is sound.
 *
 * Returns: %TRUE when the store is what the backup was
 */
gboolean
dure_store_restore_file (const char *backup, const char *path, DureStoreCarry carry, GError **error)
{
  g_autoptr (DureStore) source = dure_store_open (backup, DURE_STORE_READ_ONLY | DURE_STORE_AS_IS, error);
  g_autoptr (DureStore) present = NULL;
  g_autoptr (GHashTable) meta = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *kept = g_strconcat (path, ".before-restore", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);

  if (source == NULL || !dure_store_check_copy (source, NULL, error))
    return FALSE;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return copy_database (source->db, path, NULL, error);
  present = dure_store_open (path, 0, &failure);
  if (g_error_matches (failure, DURE_ERROR, DURE_ERROR_BUSY)
      || g_error_matches (failure, DURE_ERROR, DURE_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (present != NULL)
    meta = gather_meta (present, source, carry);
  /* Whatever can fail for want of room does so before the present file is touched. */
  if ((present != NULL && !be_alone (present, error)) || !dure_store_copy_part (source->db, part, meta, NULL, error))
    return FALSE;
  if (present != NULL ? dure_store_backup (present, kept, error) : move_aside (path, kept, error))
    return dure_store_name_copy (part, path, error);
  g_unlink (part);
  return FALSE;
}

/**
 * dure_store_limit_pages:
 * @self: a store
 * @more: how many pages of 4 KiB the file may still grow by
 *
 * Makes the store meet a full disk, for tests and for quotas.
 */
void
dure_store_limit_pages (DureStore *self, guint more)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT,
                                          dure_store_scalar (self, "PRAGMA page_count", 0) + more);

  dure_store_exec (self, sql, NULL);
}
