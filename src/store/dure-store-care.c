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

/* Copies one database into another file and makes it durable; the copy is whole or absent. */
static gboolean
copy_database (sqlite3 *from, const char *path, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  sqlite3         *to = NULL;
  sqlite3_backup  *copy;
  int              code = SQLITE_ERROR;
  int              fd;

  g_unlink (part);
  fd = g_open (part, O_CREAT | O_EXCL | O_CLOEXEC | O_WRONLY, 0600);
  if (fd >= 0)
    close (fd);
  if (fd >= 0 && sqlite3_open_v2 (part, &to, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
    {
      copy = sqlite3_backup_init (to, "main", from, "main");
      if (copy != NULL)
        {
          sqlite3_backup_step (copy, -1);
          code = sqlite3_backup_finish (copy);
        }
      /* A copy stands alone: no write-ahead log beside it. */
      if (code == SQLITE_OK)
        code = sqlite3_exec (to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    }
  sqlite3_close (to);
  if (code == SQLITE_OK && g_rename (part, path) == 0)
    return TRUE;
  dure_set_error (error, code == SQLITE_FULL ? DURE_ERROR_FULL : DURE_ERROR_FAILED,
                  _ ("The copy “%s” could not be written: %s"), path,
                  fd < 0 || code == SQLITE_OK ? g_strerror (errno) : sqlite3_errstr (code));
  g_unlink (part);
  return FALSE;
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
  done = copy_database (db, to, error);
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
  return copy_database (self->db, path, error);
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

/**
 * dure_store_restore_file:
 * @backup: a copy that dure_store_backup() made
 * @path: the store that it replaces. What stood there is kept as `PATH.before-restore`
 * @error: return location; %DURE_ERROR_BUSY when another program has the store open
 *
 * The backup is checked first, and @path is only touched when it is sound.
 *
 * Returns: %TRUE when the store is what the backup was
 */
gboolean
dure_store_restore_file (const char *backup, const char *path, GError **error)
{
  g_autoptr (DureStore) source = dure_store_open (backup, DURE_STORE_READ_ONLY | DURE_STORE_AS_IS, error);
  g_autoptr (GPtrArray) problems = source != NULL ? dure_store_check (source, error) : NULL;
  g_autoptr (DureStore) present = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *kept = g_strconcat (path, ".before-restore", NULL);

  if (problems == NULL)
    return FALSE;
  if (problems->len > 0)
    {
      dure_set_error (error, DURE_ERROR_DAMAGED, _ ("The backup “%s” is damaged: %s"), backup,
                      (const char *)g_ptr_array_index (problems, 0));
      return FALSE;
    }
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return copy_database (source->db, path, error);
  present = dure_store_open (path, 0, &failure);
  if (g_error_matches (failure, DURE_ERROR, DURE_ERROR_BUSY)
      || g_error_matches (failure, DURE_ERROR, DURE_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (present != NULL ? !be_alone (present, error) || !dure_store_backup (present, kept, error)
                      : !move_aside (path, kept, error))
    return FALSE;
  return copy_database (source->db, path, error);
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
