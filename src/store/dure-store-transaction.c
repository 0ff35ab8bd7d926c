/* dure-store-transaction.c: what is stored whole or not at all, and is one step of undo
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"
#include "store/dure-store-private.h"

/* KiB of pages that a transaction may hold before it spills them; given back when it ends. */
#define LARGE_CACHE "-16000"
#define SMALL_CACHE "-2000"

gboolean
dure_store_may_write (DureStore *self, GError **error)
{
  if (self->damaged)
    dure_set_error (
        error, DURE_ERROR_DAMAGED,
        _ ("The file “%s” is damaged. Nothing was written to it. Restore a backup, or choose another file."),
        self->path);
  else if (self->read_only)
    dure_set_error (error, DURE_ERROR_READ_ONLY, _ ("The file “%s” may only be read."), self->path);
  else
    return TRUE;
  return FALSE;
}

static void
end_lazy (DureStore *self)
{
  if (self->lazy)
    sqlite3_exec (self->db, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
  self->lazy = FALSE;
}

static gboolean
begin (DureStore *self, const char *label, int kind, gint64 target, GError **error)
{
  g_autofree char *clock = NULL;
  g_autofree char *offset = NULL;
  sqlite3_stmt    *stmt;

  g_return_val_if_fail (self->txn == 0, FALSE);
  if (!dure_store_may_write (self, error)
      || !dure_store_exec (self, "PRAGMA cache_size = " LARGE_CACHE "; BEGIN IMMEDIATE", error))
    return FALSE;
  dure_store_follow_device (self);
  /* How far the machine's clock is off, as sync found it. */
  offset = dure_store_get_meta (self, "clock-offset");
  dure_clock_set_offset (self->clock, offset != NULL ? g_ascii_strtoll (offset, NULL, 10) : 0);
  /* Another program on this file has the same device: never stamp before its last stamp. */
  clock = dure_store_get_meta (self, "clock");
  if (clock != NULL)
    dure_clock_observe (self->clock, clock);
  g_free (self->txn_author);
  self->txn_author = dure_store_get_meta (self, "author");
  self->txn_kind = kind;
  stmt = dure_store_prepare (self,
                             "INSERT INTO txn (label, kind, target, first) VALUES (?1, ?2, ?3, (SELECT ifnull (max "
                             "(seq), 0) + 1 FROM journal))",
                             error);
  if (stmt != NULL)
    {
      sqlite3_bind_text (stmt, 1, label, -1, SQLITE_STATIC);
      sqlite3_bind_int (stmt, 2, kind);
      if (target != 0)
        sqlite3_bind_int64 (stmt, 3, target);
      if (dure_store_step_done (self, stmt, error))
        {
          self->txn = sqlite3_last_insert_rowid (self->db);
          return TRUE;
        }
    }
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/**
 * dure_store_begin:
 * @self: a store
 * @label: (nullable): what undo calls the transaction, in the user's language; %NULL for changes from elsewhere, which
 * undo does not touch
 * @error: return location
 *
 * Opens a transaction: all that follows until dure_store_commit() is one step of undo, and is stored whole or not at
 * all.
 *
 * Returns: %TRUE when it is open
 */
gboolean
dure_store_begin (DureStore *self, const char *label, GError **error)
{
  return begin (self, label, label != NULL ? DURE_TXN_DO : DURE_TXN_REMOTE, 0, error);
}

/**
 * dure_store_begin_lazy:
 * @self: a store
 * @error: return location
 *
 * As dure_store_begin() for changes from elsewhere, but dure_store_commit() does not wait for the disk: after a loss of
 * power the store may stand as it did before. A later transaction that does wait brings this one to the disk, too.
 *
 * Returns: %TRUE when it is open
 */
gboolean
dure_store_begin_lazy (DureStore *self, GError **error)
{
  if (!dure_store_exec (self, "PRAGMA synchronous = NORMAL", error))
    return FALSE;
  self->lazy = TRUE;
  if (begin (self, NULL, DURE_TXN_REMOTE, 0, error))
    return TRUE;
  end_lazy (self);
  return FALSE;
}

/**
 * dure_store_begin_settling:
 * @self: a store
 * @error: return location
 *
 * As dure_store_begin(), for what the program itself puts right: it is sent, but undo passes over it.
 *
 * Returns: %TRUE when it is open
 */
gboolean
dure_store_begin_settling (DureStore *self, GError **error)
{
  return begin (self, NULL, DURE_TXN_SETTLE, 0, error);
}

/* A transaction that undoes (or redoes) another, or that no undo touches. */
gboolean
dure_store_begin_replay (DureStore *self, const char *label, int kind, gint64 target, GError **error)
{
  return begin (self, label, kind, target, error);
}

/* A transaction that changed nothing is no step of undo. */
static gboolean
forget_empty (DureStore *self, GError **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (
      self,
      "DELETE FROM txn WHERE txn = ?1 AND kind IN (?2, ?3, ?4)"
      " AND NOT EXISTS (SELECT 1 FROM journal WHERE seq >= first)",
      error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, self->txn);
  sqlite3_bind_int (stmt, 2, DURE_TXN_DO);
  sqlite3_bind_int (stmt, 3, DURE_TXN_PURGE);
  sqlite3_bind_int (stmt, 4, DURE_TXN_SETTLE);
  return dure_store_step_done (self, stmt, error);
}

static void
end_transaction (DureStore *self)
{
  self->txn = 0;
  if (self->unindexed != NULL)
    g_array_set_size (self->unindexed, 0);
  g_clear_object (&self->fresh);
  sqlite3_exec (self->db, "PRAGMA cache_size = " SMALL_CACHE, NULL, NULL, NULL);
  end_lazy (self);
}

/**
 * dure_store_commit:
 * @self: a store with an open transaction
 * @error: return location; %DURE_ERROR_FULL when the disk is full
 *
 * Returns: %TRUE when all of it is on the disk; otherwise nothing of it is
 */
gboolean
dure_store_commit (DureStore *self, GError **error)
{
  char stamp[DURE_STAMP_LENGTH + 1];

  g_return_val_if_fail (self->txn != 0, FALSE);
  dure_clock_next (self->clock, stamp);
  if (dure_store_index_flush (self, error) && dure_store_set_meta (self, "clock", stamp, error) && forget_empty (self, error)
      && dure_store_exec (self, "COMMIT", error))
    {
      end_transaction (self);
      return TRUE;
    }
  dure_store_rollback (self);
  return FALSE;
}

/**
 * dure_store_rollback:
 * @self: a store with an open transaction
 *
 * Forgets everything since dure_store_begin().
 */
void
dure_store_rollback (DureStore *self)
{
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  end_transaction (self);
  dure_store_follow_device (self);
}
