/* dure-store-restamp.c: puts right what a wrong clock has stamped, and gives a copy of a store a number of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <string.h>

#include "base/dure-date.h"
#include "store/dure-store-private.h"

static gboolean
replace_stamp (DureStore *self, const char *sql, const char *from, const char *to, DureChange *change, GError **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (self, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, from, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, to, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 3, change->id, -1, SQLITE_STATIC);
  return dure_store_step_done (self, stmt, error);
}

/* A stamp stands in the journal, in what later changes of the record have seen, and in the record itself. */
gboolean
dure_store_restamp_one (DureStore *self, DureChange *change, const char *to, GError **error)
{
  const DureEntity *entity = dure_entity_by_key (change->entity);
  g_autofree char  *sql = NULL;

  if (!replace_stamp (self,
                      "UPDATE journal SET stamp = replace (stamp, ?1, ?2),"
                      " body = CASE WHEN json_extract (body, '$.seen') IS NULL THEN body ELSE"
                      " json_set (body, '$.seen', json (replace (json_extract (body, '$.seen'), ?1, ?2))) END"
                      " WHERE id = ?3",
                      change->stamp, to, change, error))
    return FALSE;
  if (entity == NULL)
    return TRUE;
  sql = g_strdup_printf (
      "UPDATE \"%s\" SET _stamp = replace (_stamp, ?1, ?2), _stamps = replace (_stamps, ?1, ?2) WHERE id = ?3",
      entity->key);
  return replace_stamp (self, sql, change->stamp, to, change, error);
}

/* New stamps come after everything that is stored already with a stamp that stays: of others, and of what was sent. Such
 * a one may be ahead, too, as far as the server takes it; an edit of it must not come before it. */
static void
observe_rest (DureStore *self, gint64 now)
{
  g_autofree char *here = g_strdup_printf ("%012" G_GINT64_MODIFIER "x", now);
  g_autofree char *most = g_strdup_printf ("%012" G_GINT64_MODIFIER "x", now + DURE_STAMP_MOST_AHEAD_MS + 1);
  sqlite3_stmt    *stmt = dure_store_prepare (
      self,
      "SELECT max (stamp) FROM journal WHERE stamp < ?1 OR (stamp < ?2 AND (origin != 0"
      " OR seq <= " DURE_STORE_SENT "))",
      NULL);

  if (stmt == NULL)
    return;
  sqlite3_bind_text (stmt, 1, here, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, most, -1, SQLITE_STATIC);
  if (sqlite3_step (stmt) == SQLITE_ROW && sqlite3_column_type (stmt, 0) == SQLITE_TEXT)
    dure_clock_observe (self->clock, (const char *)sqlite3_column_text (stmt, 0));
  sqlite3_reset (stmt);
}

static gboolean
restamp_all (DureStore *self, GPtrArray *changes, gint64 now, guint *n, GError **error)
{
  gboolean ahead = FALSE;

  for (guint i = 0; i < changes->len; i++)
    {
      DureChange *change = g_ptr_array_index (changes, i);
      char        stamp[DURE_STAMP_LENGTH + 1];

      ahead = ahead || dure_stamp_ms (change->stamp) > now;
      if (!ahead)
        continue;
      dure_clock_next (self->clock, stamp);
      if (!dure_store_restamp_one (self, change, stamp, error))
        return FALSE;
      ++*n;
    }
  return TRUE;
}

/**
 * dure_store_restamp:
 * @self: a store without an open transaction
 * @offset_ms: what to add to this machine's time to get the right one
 * @n: (out): how many changes got new stamps
 * @error: return location
 *
 * Corrects the clock of this store, and stamps again what was not sent yet and lies in the future by the right time.
 * The order of the changes stays. Cost: one walk over what waits.
 *
 * Returns: whether that was stored
 */
gboolean
dure_store_restamp (DureStore *self, gint64 offset_ms, guint *n, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, offset_ms);

  *n = 0;
  if (!dure_store_begin (self, NULL, error))
    return FALSE;
  /* The clock steps back from the wrong time that it has kept. */
  dure_clock_set_offset (self->clock, offset_ms);
  observe_rest (self, dure_now_ms () + offset_ms);
  changes = dure_store_unsent (self, G_MAXINT, error);
  if (changes != NULL && dure_store_set_meta (self, "clock-offset", offset, error)
      && restamp_all (self, changes, dure_now_ms () + offset_ms, n, error))
    return dure_store_commit (self, error);
  dure_store_rollback (self);
  return FALSE;
}

/**
 * dure_store_restamp_from:
 * @self: a store without an open transaction
 * @seq: journal number of the first change
 * @last: a stamp after which all new ones come
 * @n: (out): how many changes got new stamps
 * @error: return location
 *
 * Stamps again all that was not sent yet, from a change on whose stamp another computer gave to another change: this
 * file was copied there, or put back from a copy. The order of the changes stays.
 *
 * Returns: whether that was stored
 */
gboolean
dure_store_restamp_from (DureStore *self, gint64 seq, const char *last, guint *n, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  gboolean good;

  *n = 0;
  if (!dure_store_begin (self, NULL, error))
    return FALSE;
  dure_clock_observe (self->clock, last);
  changes = dure_store_unsent (self, G_MAXINT, error);
  good = changes != NULL;
  for (guint i = 0; good && i < changes->len; i++)
    {
      DureChange *change = g_ptr_array_index (changes, i);
      char        stamp[DURE_STAMP_LENGTH + 1];

      if (change->seq < seq)
        continue;
      dure_clock_next (self->clock, stamp);
      good = dure_store_restamp_one (self, change, stamp, error);
      ++*n;
    }
  if (good)
    return dure_store_commit (self, error);
  dure_store_rollback (self);
  return FALSE;
}

/* The time stays, and with it the order: only the device is another. */
static gboolean
take_over (DureStore *self, gint64 after, guint *n, GError **error)
{
  g_autoptr (GPtrArray) changes = dure_store_unsent_after (self, after, G_MAXINT, error);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      DureChange *change = g_ptr_array_index (changes, i);
      const char *device = dure_stamp_device (change->stamp);
      g_autofree char *stamp = NULL;

      if (device == NULL || strcmp (device, self->device) == 0)
        continue;
      stamp = g_strdup_printf ("%.*s%s", (int)(device - change->stamp), change->stamp, self->device);
      if (!dure_store_restamp_one (self, change, stamp, error))
        return FALSE;
      ++*n;
    }
  return changes != NULL;
}

/**
 * dure_store_take_over:
 * @self: a store without an open transaction
 * @seq: journal number of the first change
 * @n: (out): how many changes got new stamps
 * @error: return location
 *
 * What this file wrote under a number that it had before, and what a server does not have from @seq on, gets the stamps
 * of its number now.
 *
 * Returns: whether that was stored
 */
gboolean
dure_store_take_over (DureStore *self, gint64 seq, guint *n, GError **error)
{
  *n = 0;
  if (!dure_store_begin (self, NULL, error))
    return FALSE;
  if (take_over (self, seq - 1, n, error))
    return dure_store_commit (self, error);
  dure_store_rollback (self);
  return FALSE;
}

/**
 * dure_store_renumber:
 * @self: a store with an open transaction
 * @device: its new number, of dure_device_new()
 * @n: (out): how many changes wait under the new number
 * @error: return location
 *
 * From now on this file is another device: what waits and what will be written has stamps of @device. What was sent
 * stays under the old number. Other connections on the file follow with their next transaction.
 *
 * Returns: whether that was written
 */
gboolean
dure_store_renumber (DureStore *self, const char *device, guint *n, GError **error)
{
  g_return_val_if_fail (self->txn != 0, FALSE);
  *n = 0;
  return dure_store_set_meta (self, "device", device, error) && dure_store_follow_device (self)
         && take_over (self, 0, n, error);
}
