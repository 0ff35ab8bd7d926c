/* dure-database.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-database.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/dure-error.h"

struct _DureDatabase
{
  sqlite3    *db;
  char       *path;
  GHashTable *statements; /* static SQL text -> sqlite3_stmt */
  guint64     used;
};

static void
finalize_statement (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static gboolean
fail (DureDatabase *self, GError **error)
{
  int       code = sqlite3_errcode (self->db) & 0xff;
  DureError kind = DURE_ERROR_FAILED;

  if (code == SQLITE_FULL)
    kind = DURE_ERROR_FULL;
  else if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
    kind = DURE_ERROR_BUSY;
  else if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
    kind = DURE_ERROR_DAMAGED;
  dure_set_error (error, kind, _ ("The server's file “%s” could not be used: %s."), self->path,
                  sqlite3_errmsg (self->db));
  return FALSE;
}

/* Each step brings the file from the version of its number to the next. */
static gboolean
migrate (DureDatabase *self, const char *const *steps, GError **error)
{
  sqlite3_stmt *stmt;
  int           version, target = 0;

  while (steps[target] != NULL)
    target++;
  stmt = dure_database_prepare (self, "PRAGMA user_version", error);
  if (stmt == NULL || dure_database_step (self, stmt, error) != SQLITE_ROW)
    return FALSE;
  version = sqlite3_column_int (stmt, 0);
  sqlite3_reset (stmt);
  if (version > target)
    {
      dure_set_error (error, DURE_ERROR_NEWER, _ ("The server's file “%s” was made by a newer program."), self->path);
      return FALSE;
    }
  for (; version < target; version++)
    {
      g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", version + 1);

      if (!dure_database_exec (self, "BEGIN IMMEDIATE", error))
        return FALSE;
      if (!dure_database_exec (self, steps[version], error) || !dure_database_exec (self, mark, error)
          || !dure_database_exec (self, "COMMIT", error))
        {
          sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * dure_database_open:
 * @path: file name
 * @create: make it when there is none, readable for its owner only
 * @steps: %NULL-terminated SQL of each version
 * @error: return location
 *
 * Opens a file so that what was committed is on the disk: an answer to a device says that it need not send again.
 *
 * Returns: (transfer full): the file
 */
DureDatabase *
dure_database_open (const char *path, gboolean create, const char *const *steps, GError **error)
{
  static gsize configured;
  g_autoptr (DureDatabase) self = g_new0 (DureDatabase, 1);

  /* Nobody reads SQLite's count of its memory, which takes a lock for each piece. */
  if (g_once_init_enter (&configured))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&configured, 1);
    }
  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, finalize_statement);
  if (create)
    {
      int fd = open (path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

      /* One that is there is not opened beside SQLite: closing it would drop the locks of this process. */
      if (fd < 0 && errno != EEXIST)
        {
          dure_set_error (error, DURE_ERROR_FAILED, _ ("The server's file “%s” could not be made: %s."), path,
                          g_strerror (errno));
          return NULL;
        }
      if (fd >= 0)
        close (fd);
    }
  if (sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      fail (self, error);
      return NULL;
    }
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, 10000);
  if (!dure_database_exec (self,
                           "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                           "PRAGMA secure_delete = ON;"
                           "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON",
                           error)
      || !migrate (self, steps, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
dure_database_free (DureDatabase *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->statements);
  sqlite3_close (self->db);
  g_free (self->path);
  g_free (self);
}

/** dure_database_exec: runs SQL that returns nothing. */
gboolean
dure_database_exec (DureDatabase *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK || fail (self, error);
}

/** dure_database_prepare: @sql must be a literal: statements are kept by its address. */
sqlite3_stmt *
dure_database_prepare (DureDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (self->statements, sql);

  if (stmt != NULL)
    {
      sqlite3_reset (stmt);
      sqlite3_clear_bindings (stmt);
      return stmt;
    }
  if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
    {
      fail (self, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer)sql, stmt);
  return stmt;
}

/** dure_database_step: Returns: SQLITE_ROW or SQLITE_DONE; anything else sets @error. */
int
dure_database_step (DureDatabase *self, sqlite3_stmt *stmt, GError **error)
{
  int result = sqlite3_step (stmt);

  if (result == SQLITE_ROW)
    return result;
  if (result != SQLITE_DONE)
    fail (self, error);
  sqlite3_reset (stmt);
  return result;
}

/** dure_database_run: steps a statement that returns nothing. */
gboolean
dure_database_run (DureDatabase *self, sqlite3_stmt *stmt, GError **error)
{
  return dure_database_step (self, stmt, error) == SQLITE_DONE;
}

/** dure_database_bind: @text must live until the statement was stepped. */
void
dure_database_bind (sqlite3_stmt *stmt, int place, const char *text)
{
  sqlite3_bind_text (stmt, place, text, -1, SQLITE_STATIC);
}

const char *
dure_database_text (sqlite3_stmt *stmt, int column)
{
  return (const char *)sqlite3_column_text (stmt, column);
}

/** dure_database_changes: Returns: how many rows the last statement wrote */
int
dure_database_changes (DureDatabase *self)
{
  return sqlite3_changes (self->db);
}

/** dure_database_get_used: Returns: what dure_database_set_used() was told last, 0 at first. */
guint64
dure_database_get_used (DureDatabase *self)
{
  return self->used;
}

/** dure_database_set_used: @used: number of the present use, for whoever closes the file that was used longest ago. */
void
dure_database_set_used (DureDatabase *self, guint64 used)
{
  self->used = used;
}
