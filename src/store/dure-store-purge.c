/* dure-store-purge.c: records that are destroyed, with all that this file kept of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of a purged record its id stays, that it was purged, when, by whom and why: the record of the destruction that the
 * law asks for, and what keeps other computers from bringing it back. The reason is kept in _extra under the key of the
 * pseudo-field, so an older file needs no new column. The larger stamp of two purges stands; beside a purge nothing else
 * does.
 *
 * Rows that are overwritten leave their bytes in the pages of the file and in its log, so after the transaction the
 * whole file is written anew (dure_store_scrub()). That it has to be is noted in the same transaction: a power cut in
 * between only puts it off.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-hangul.h"
#include "store/dure-store-blobs.h"
#include "store/dure-store-private.h"

#define META_SCRUB "scrub"
#define VOID_BODY "{\"set\":{\"" DURE_CHANGE_PURGED "\":null}}"

/**
 * dure_store_is_purged:
 * @record: a record of a store
 *
 * Returns: whether nothing is left of it
 */
gboolean
dure_store_is_purged (DureRecord *record)
{
  g_autofree char *reason = NULL;

  if (dure_record_get_extra (record) == NULL)
    return FALSE;
  reason = dure_json_map_get (dure_record_get_extra (record), DURE_CHANGE_PURGED);
  return reason != NULL;
}

/* Always FALSE. */
gboolean
dure_store_refuse_purged (GError **error)
{
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID,
                       _ ("This record was purged. Nothing of it can be changed or brought back."));
  return FALSE;
}

static gboolean
run (DureStore *self, const char *sql, const char *first, const char *second, GError **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (self, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, first, -1, SQLITE_STATIC);
  if (second != NULL)
    sqlite3_bind_text (stmt, 2, second, -1, SQLITE_STATIC);
  return dure_store_step_done (self, stmt, error);
}

/* Every value that a field of the record ever had; (transfer full) */
static GPtrArray *
list_values (DureStore *self, const DureEntity *entity, const char *id, const char *key, GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = dure_store_prepare (self,
                             "SELECT DISTINCT v.value FROM journal j, json_tree (j.body) v"
                             " WHERE j.id = ?1 AND j.entity = ?2 AND v.key = ?3 AND v.type = 'text'"
                             " AND v.path IN ('$.set', '$.was')",
                             error);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, entity->key, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 3, key, -1, SQLITE_STATIC);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_ptr_array_add (values, g_strdup ((const char *)sqlite3_column_text (stmt, 0)));
  sqlite3_reset (stmt);
  return g_steal_pointer (&values);
}

/* What undo calls its steps may name the record by what it was ever called. */
static gboolean
wipe_labels (DureStore *self, const DureEntity *entity, const char *id, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;

  if (entity->title_field < 0)
    return TRUE;
  names = list_values (self, entity, id, entity->fields[entity->title_field].key, error);
  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (!run (self, "UPDATE txn SET label = replace (label, ?1, '…') WHERE ?1 <> '' AND instr (label, ?1) > 0",
              g_ptr_array_index (names, i), NULL, error))
      return FALSE;
  return TRUE;
}

/* What is to be done after the transaction: the file is written anew, and files go that were attached. */
static gboolean
note_scrub (DureStore *self, const DureEntity *entity, const char *id, GError **error)
{
  g_autofree char *noted = dure_store_get_meta (self, META_SCRUB);
  g_autoptr (GString) due = g_string_new (noted != NULL ? noted : "1");
  g_autoptr (GPtrArray) hashes = NULL;

  if (entity->id == DURE_ENTITY_ATTACHMENT)
    {
      hashes = list_values (self, entity, id, "sha256", error);
      if (hashes == NULL)
        return FALSE;
      for (guint i = 0; i < hashes->len; i++)
        g_string_append_printf (due, " %s", (const char *)g_ptr_array_index (hashes, i));
    }
  return dure_store_set_meta (self, META_SCRUB, due->str, error);
}

/* Takes all values of a record out of the file and puts the purge in their place. */
static gboolean
wipe (DureStore *self, DureRecord *old, gint64 row, DureChange *purge, GError **error)
{
  const DureEntity *entity = dure_entity_by_key (purge->entity);
  g_autoptr (DureRecord) rest = g_object_new (dure_entity_type (entity->id), NULL);
  g_autofree char *extra
      = dure_json_map_set (NULL, DURE_CHANGE_PURGED, dure_change_find (purge, DURE_CHANGE_PURGED)->value);
  g_autofree char *deleted = dure_json_map_set (NULL, DURE_CHANGE_DELETED, purge->stamp);
  g_autofree char *stamps = dure_json_map_set (deleted, DURE_CHANGE_PURGED, purge->stamp);

  dure_record_set_id (rest, purge->id);
  dure_record_set_deleted (rest, TRUE);
  dure_record_set_stamp (rest, purge->stamp);
  dure_record_set_field_stamps (rest, stamps);
  dure_record_set_extra (rest, extra);
  return wipe_labels (self, entity, purge->id, error) && note_scrub (self, entity, purge->id, error)
         && run (self,
                 "UPDATE journal SET body = '" VOID_BODY "' WHERE id = ?1 AND entity = ?2"
                 " AND json_extract (body, '$.set." DURE_CHANGE_PURGED "') IS NULL",
                 purge->id, purge->entity, error)
         && dure_store_put (self, rest, old, row, purge, error);
}

/* A purge that came from elsewhere. */
gboolean
dure_store_apply_purge (
    DureStore *self, DureRecord *old, gint64 row, DureChange *change, DureApplied *applied, GError **error)
{
  g_autoptr (DureChange) purge = dure_change_new (change->stamp, change->entity, change->id, change->by);

  *applied = DURE_APPLIED_OLD;
  if (old != NULL && dure_store_is_purged (old) && strcmp (dure_record_get_stamp (old), change->stamp) >= 0)
    return TRUE;
  *applied = DURE_APPLIED_KEPT;
  dure_change_set_purge (purge, dure_change_find (change, DURE_CHANGE_PURGED)->value);
  return wipe (self, old, row, purge, error);
}

/* What waits for a program that knows the entity. */
gboolean
dure_store_purge_unknown (DureStore *self, DureChange *change, GError **error)
{
  return run (self, "DELETE FROM unknown WHERE entity = ?1 AND id = ?2", change->entity, change->id, error)
         && dure_store_set_meta (self, META_SCRUB, "1", error);
}

static gboolean
purge_one (DureStore *self, const DureEntity *entity, const char *id, const char *reason, GError **error)
{
  g_autoptr (DureRecord) old = NULL;
  g_autoptr (DureChange) purge = NULL;
  gint64 row = 0;
  char   stamp[DURE_STAMP_LENGTH + 1];

  old = dure_store_find (self, entity, id, &row, error);
  if (old == NULL)
    {
      if (error != NULL && *error == NULL)
        dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no %s with the number %s."),
                        dure_entity_label (entity), id);
      return FALSE;
    }
  if (dure_store_is_purged (old))
    return TRUE;
  dure_clock_next (self->clock, stamp);
  purge = dure_change_new (stamp, entity->key, id, self->txn_author);
  dure_change_set_purge (purge, reason);
  return wipe (self, old, row, purge, error);
}

/* Ids of the records that a statement over @id, and the key of its entity where it asks for that, finds. */
static GPtrArray *
find_ids (DureStore *self, const char *sql, const char *id, const char *entity, GError **error)
{
  GPtrArray    *ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = dure_store_prepare (self, sql, error);

  if (stmt == NULL)
    {
      g_ptr_array_unref (ids);
      return NULL;
    }
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  if (entity != NULL)
    sqlite3_bind_text (stmt, 2, entity, -1, SQLITE_STATIC);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_ptr_array_add (ids, g_strdup ((const char *)sqlite3_column_text (stmt, 0)));
  sqlite3_reset (stmt);
  return ids;
}

/* Records that hold values of another one. */
static gboolean
purge_dependent (DureStore    *self,
                 DureEntityId  dependent,
                 const char   *sql,
                 const char   *entity,
                 const char   *id,
                 const char   *reason,
                 GError      **error)
{
  g_autoptr (GPtrArray) ids = find_ids (self, sql, id, entity, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!purge_one (self, dure_entity (dependent), g_ptr_array_index (ids, i), reason, error))
      return FALSE;
  return TRUE;
}

static gboolean
purge_whole (DureStore *self, const DureEntity *entity, const char *id, const char *reason, GError **error);

/* What was merged into a record is the same person, or the same house. A purge takes the link to it away, so that also
 * a circle has an end. */
static gboolean
purge_merged (DureStore *self, const DureEntity *entity, const char *id, const char *reason, GError **error)
{
  g_autoptr (GPtrArray) ids = NULL;
  g_autofree char *sql = NULL;

  if (entity->merged_field < 0)
    return TRUE;
  sql = g_strdup_printf ("SELECT id FROM \"%s\" WHERE \"%s\" = ?1", entity->key,
                         entity->fields[entity->merged_field].key);
  ids = find_ids (self, sql, id, NULL, error);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!purge_whole (self, entity, g_ptr_array_index (ids, i), reason, error))
      return FALSE;
  return TRUE;
}

static gboolean
purge_whole (DureStore *self, const DureEntity *entity, const char *id, const char *reason, GError **error)
{
  return purge_one (self, entity, id, reason, error) && purge_merged (self, entity, id, reason, error)
         && purge_dependent (self, DURE_ENTITY_ATTACHMENT,
                             "SELECT id FROM attachment WHERE owner = ?1 AND owner_entity = ?2", entity->key, id, reason,
                             error)
         && purge_dependent (self, DURE_ENTITY_CONFLICT, "SELECT id FROM conflict WHERE record = ?1 AND entity = ?2",
                             entity->key, id, reason, error);
}

/**
 * dure_store_purge:
 * @self: a store without an open transaction
 * @entity: number of the entity
 * @ids: %NULL-terminated ids of records
 * @reason: key of dure_purge_reasons()
 * @error: return location
 *
 * Destroys records: their values, also in history, search, undo and conflicts, their attachments, and the records that
 * were merged into them. Cannot be undone, and reaches every other computer and the server with the next sync. Other records go on linking to what is left.
 * Afterwards the whole file is written anew: about a second for 100 MB.
 *
 * Returns: %TRUE when they are destroyed: all or none
 */
gboolean
dure_store_purge (DureStore *self, DureEntityId entity, const char *const *ids, const char *reason, GError **error)
{
  const DureEntity *table = dure_entity (entity);
  g_autofree char  *label = g_strdup_printf (_ ("Purge %s"), dure_entity_label (table));

  if (table->from_server)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID,
                           _ ("Such a record is purged with the record that it is about."));
      return FALSE;
    }
  if (!dure_store_begin_replay (self, label, DURE_TXN_PURGE, 0, error))
    return FALSE;
  for (; *ids != NULL; ids++)
    if (!purge_whole (self, table, *ids, reason, error))
      {
        dure_store_rollback (self);
        return FALSE;
      }
  return dure_store_commit (self, error) && dure_store_scrub (self, error);
}

/* Copies that this program left beside the file and never looks at again: from before a migration or a restore. Those
 * that are made daily end by themselves. */
static void
remove_copies (DureStore *self)
{
  g_autofree char *before = g_strconcat (self->path, ".before-restore", NULL);

  g_unlink (before);
  for (int version = 1; version < dure_store_version; version++)
    {
      g_autofree char *copy = g_strdup_printf ("%s.v%d.bak", self->path, version);

      g_unlink (copy);
    }
}

static gboolean
forget_blobs (DureStore *self, const char *due, GError **error)
{
  g_auto (GStrv) words = g_strsplit (due, " ", -1);

  for (guint i = 1; words[0] != NULL && words[i] != NULL; i++)
    if (!dure_store_forget_blob (self, words[i], error))
      return FALSE;
  return TRUE;
}

/* Whether the log holds nothing any more; a reader who still looks at an older state keeps it. */
static gboolean
empty_log (DureStore *self, gboolean *empty, GError **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (self, "PRAGMA wal_checkpoint (TRUNCATE)", error);

  if (stmt == NULL)
    return FALSE;
  *empty = sqlite3_step (stmt) == SQLITE_ROW && sqlite3_column_int (stmt, 0) == 0;
  sqlite3_reset (stmt);
  return TRUE;
}

/**
 * dure_store_scrub:
 * @self: a store without an open transaction
 * @error: return location
 *
 * After a purge, here or elsewhere: writes the file anew, so that no byte of what was destroyed is left in it or its
 * log, and removes files that were attached to it and copies from before a migration or a restore. Does nothing when there
 * was none. While another program reads or writes the file it is put off to the next call.
 *
 * Returns: %FALSE when the file could not be written
 */
gboolean
dure_store_scrub (DureStore *self, GError **error)
{
  g_autofree char *due = dure_store_get_meta (self, META_SCRUB);
  g_autoptr (GError) failure = NULL;
  gboolean empty = FALSE;

  if (due == NULL || self->read_only)
    return TRUE;
  remove_copies (self);
  if (forget_blobs (self, due, &failure)
      && dure_store_exec (self, "INSERT INTO search (search) VALUES ('optimize'); VACUUM", &failure)
      && empty_log (self, &empty, &failure) && (!empty || dure_store_set_meta (self, META_SCRUB, NULL, &failure)))
    return TRUE;
  if (g_error_matches (failure, DURE_ERROR, DURE_ERROR_BUSY))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/** dure_purge_free: frees the item. */
void
dure_purge_free (DurePurge *purge)
{
  g_free (purge->id);
  g_free (purge->stamp);
  g_free (purge->by);
  g_free (purge->reason);
  g_free (purge);
}

static int
compare_purges (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const DurePurge *const *)b)->stamp, (*(const DurePurge *const *)a)->stamp);
}

/**
 * dure_store_purges:
 * @self: a store
 * @error: return location
 *
 * The record of destruction. Conflicts and attachments went with what they belonged to and are not listed.
 *
 * Returns: (transfer full) (element-type DurePurge) (nullable): what was purged, here or elsewhere, the latest first
 */
GPtrArray *
dure_store_purges (DureStore *self, GError **error)
{
  g_autoptr (GPtrArray) purges = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_purge_free);

  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    {
      g_autofree char *sql = NULL;
      sqlite3_stmt    *stmt;
      int              code;

      if (e == DURE_ENTITY_CONFLICT || e == DURE_ENTITY_ATTACHMENT)
        continue;
      sql = g_strdup_printf ("SELECT t.id, t._stamp, json_extract (t._extra, '$." DURE_CHANGE_PURGED "'),"
                             " (SELECT j.by FROM journal j WHERE j.id = t.id AND j.stamp = t._stamp)"
                             " FROM \"%s\" t WHERE t._deleted = 1"
                             " AND json_extract (t._extra, '$." DURE_CHANGE_PURGED "') IS NOT NULL",
                             dure_entity (e)->key);
      stmt = dure_store_prepare (self, sql, error);
      if (stmt == NULL)
        return NULL;
      while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
        {
          DurePurge *purge = g_new0 (DurePurge, 1);

          purge->entity = e;
          purge->id = g_strdup ((const char *)sqlite3_column_text (stmt, 0));
          purge->stamp = g_strdup ((const char *)sqlite3_column_text (stmt, 1));
          purge->reason = g_strdup ((const char *)sqlite3_column_text (stmt, 2));
          purge->by = g_strdup ((const char *)sqlite3_column_text (stmt, 3));
          g_ptr_array_add (purges, purge);
        }
      if (code != SQLITE_DONE)
        dure_store_sql_error (self, error);
      sqlite3_reset (stmt);
      if (code != SQLITE_DONE)
        return NULL;
    }
  g_ptr_array_sort (purges, compare_purges);
  return g_steal_pointer (&purges);
}
