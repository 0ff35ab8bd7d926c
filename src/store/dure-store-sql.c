/* dure-store-sql.c: statements, and what SQLite says of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "store/dure-store-private.h"

/* Lists make a statement for each set of conditions; so many are kept ready. */
#define MOST_STATEMENTS 256

/* Statements are long and looked up for every record: their length and their ends tell them apart well enough. */
static guint
hash_sql (gconstpointer sql)
{
  gsize   length = strlen (sql);
  guint64 head = 0;
  guint64 tail = 0;

  if (length >= 16)
    {
      memcpy (&head, (const char *)sql + 8, 8);
      memcpy (&tail, (const char *)sql + length - 8, 8);
    }
  return (guint)(((head * 31 + tail) * 31 + length) % G_MAXUINT);
}

typedef struct
{
  sqlite3_stmt *stmt;
  guint64       used; /* number of its last use */
} Prepared;

static void
prepared_free (gpointer data)
{
  sqlite3_finalize (((Prepared *)data)->stmt);
  g_free (data);
}

/* Those that were asked for longest ago go, but for any that is still giving rows. A statement that was just made ready
 * is never among them, however deep its caller sits. */
static gboolean
is_stale (gpointer sql, gpointer value, gpointer user_data)
{
  const Prepared  *prepared = value;
  const DureStore *self = user_data;

  return prepared->used + MOST_STATEMENTS / 2 < self->uses && !sqlite3_stmt_busy (prepared->stmt);
}

/* (transfer full): room for the statements of a store */
GHashTable *
dure_store_new_statements (void)
{
  return g_hash_table_new_full (hash_sql, g_str_equal, g_free, prepared_free);
}

/* Turns SQLite's last error into one of ours; always FALSE. */
gboolean
dure_store_sql_error (DureStore *self, GError **error)
{
  int code = sqlite3_extended_errcode (self->db);

  if (error != NULL && *error != NULL)
    return FALSE;
  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      self->damaged = TRUE;
      dure_set_error (
          error, DURE_ERROR_DAMAGED,
          _ ("The file “%s” is damaged. Nothing was written to it. Restore a backup, or choose another file."),
          self->path);
      break;
    case SQLITE_FULL:
      g_set_error_literal (
          error, DURE_ERROR, DURE_ERROR_FULL,
          _ ("There is no room left on the disk. Nothing of this was stored; free some room and try again."));
      break;
    case SQLITE_IOERR:
      dure_set_error (error, DURE_ERROR_FULL,
                      _ ("The file “%s” could not be written (disk full or disk fault). Nothing of this was stored."),
                      self->path);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_BUSY,
                           _ ("Another program is writing to this file. Try again in a moment."));
      break;
    case SQLITE_READONLY:
      dure_set_error (error, DURE_ERROR_READ_ONLY, _ ("The file “%s” may only be read."), self->path);
      break;
    case SQLITE_CANTOPEN:
      dure_set_error (error, DURE_ERROR_FAILED, _ ("The file “%s” could not be opened."), self->path);
      break;
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled."));
      break;
    default:
      dure_set_error (error, DURE_ERROR_FAILED, _ ("The database answered: %s"), sqlite3_errmsg (self->db));
    }
  return FALSE;
}

/* A statement kept by its text, reset and ready to bind. */
sqlite3_stmt *
dure_store_prepare (DureStore *self, const char *sql, GError **error)
{
  Prepared *prepared = g_hash_table_lookup (self->statements, sql);

  if (prepared == NULL)
    {
      sqlite3_stmt *stmt = NULL;

      if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
        {
          dure_store_sql_error (self, error);
          return NULL;
        }
      if (g_hash_table_size (self->statements) >= MOST_STATEMENTS)
        g_hash_table_foreach_remove (self->statements, is_stale, self);
      prepared = g_new (Prepared, 1);
      prepared->stmt = stmt;
      g_hash_table_insert (self->statements, g_strdup (sql), prepared);
    }
  prepared->used = ++self->uses;
  sqlite3_reset (prepared->stmt);
  sqlite3_clear_bindings (prepared->stmt);
  return prepared->stmt;
}

/* Runs a statement that gives no rows, and resets it. When it would store a second row of a key that holds for one,
 * `there` says so, or where that is NULL, `error`. */
gboolean
dure_store_step_unless (DureStore *self, sqlite3_stmt *stmt, gboolean *there, GError **error)
{
  int      code = sqlite3_step (stmt);
  gboolean twice = (code & 0xff) == SQLITE_CONSTRAINT && sqlite3_extended_errcode (self->db) == SQLITE_CONSTRAINT_UNIQUE;
  gboolean good = code == SQLITE_DONE || code == SQLITE_ROW || (there != NULL && twice);

  if (there != NULL)
    *there = twice;
  if (!good)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return good;
}

gboolean
dure_store_step_done (DureStore *self, sqlite3_stmt *stmt, GError **error)
{
  return dure_store_step_unless (self, stmt, NULL, error);
}

gboolean
dure_store_exec (DureStore *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK || dure_store_sql_error (self, error);
}

gint64
dure_store_scalar (DureStore *self, const char *sql, gint64 fallback)
{
  sqlite3_stmt *stmt = dure_store_prepare (self, sql, NULL);
  gint64        value = fallback;

  if (stmt == NULL)
    return fallback;
  if (sqlite3_step (stmt) == SQLITE_ROW && sqlite3_column_type (stmt, 0) != SQLITE_NULL)
    value = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return value;
}
