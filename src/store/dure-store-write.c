/* dure-store-write.c: the one write path
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * dure_store_write() compares a record with what is stored, updates the fields that were set and differ, stamps them,
 * and appends one journal row in the same transaction. Forms, import, undo and sync all end in dure_store_put().
 *
 * The stamp of a field is its entry in _stamps, else _stamp when the field has a value; a field that was never set has
 * none, so that two devices which made the same record with different fields keep both.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-hangul.h"
#include "base/dure-text.h"
#include "base/dure-uuid.h"
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
  sqlite3_exec (self->db, "PRAGMA cache_size = " SMALL_CACHE, NULL, NULL, NULL);
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

/* Stamp of a field as the head of this file says; (transfer full) (nullable). */
char *
dure_store_field_stamp (DureRecord *record, const char *key)
{
  char            *stamp = dure_json_map_get (dure_record_get_field_stamps (record), key);
  g_autofree char *value = NULL;

  if (stamp != NULL)
    return stamp;
  value = dure_store_get_field (record, key);
  return value != NULL ? g_strdup (dure_record_get_stamp (record)) : NULL;
}

/* Value of a field by key: of the table, `deleted`, or one that only newer programs know; (transfer full) (nullable).
 */
char *
dure_store_get_field (DureRecord *record, const char *key)
{
  int field;

  if (strcmp (key, DURE_CHANGE_DELETED) == 0)
    return dure_record_get_deleted (record) ? g_strdup ("1") : NULL;
  field = dure_entity_find_field (dure_record_get_entity (record), key);
  return field >= 0 ? g_strdup (dure_record_get (record, (guint)field))
                    : dure_json_map_get (dure_record_get_extra (record), key);
}

/* Sets a field by key of a record that nobody watches; FALSE when that changed nothing. */
gboolean
dure_store_set_field (DureRecord *record, const char *key, const char *value)
{
  int              field;
  g_autofree char *was = NULL;
  g_autofree char *extra = NULL;

  if (strcmp (key, DURE_CHANGE_DELETED) == 0)
    {
      gboolean deleted = g_strcmp0 (value, "1") == 0;

      if (deleted == dure_record_get_deleted (record))
        return FALSE;
      dure_record_set_deleted (record, deleted);
      return TRUE;
    }
  field = dure_entity_find_field (dure_record_get_entity (record), key);
  if (field >= 0)
    {
      if (value != NULL && *value == '\0')
        value = NULL;
      if (g_strcmp0 (dure_record_get (record, (guint)field), value) == 0)
        return FALSE;
      dure_record_take (record, (guint)field, g_strdup (value));
      return TRUE;
    }
  was = dure_json_map_get (dure_record_get_extra (record), key);
  extra = dure_json_map_set (dure_record_get_extra (record), key, value);
  dure_record_set_extra (record, extra);
  return g_strcmp0 (was, value) != 0;
}

/* @value must live until the statement was stepped. */
static void
bind_field (sqlite3_stmt *stmt, int place, const DureField *field, const char *value)
{
  if (value != NULL && !dure_field_is_integer (field))
    sqlite3_bind_text (stmt, place, value, -1, SQLITE_STATIC);
  else
    dure_store_bind_value (stmt, place, field, value);
}

static gboolean
insert (DureStore *self, DureRecord *record, GError **error)
{
  static char      *texts[DURE_N_ENTITIES];
  const DureEntity *entity = dure_record_get_entity (record);
  char            **text = &texts[entity->id];
  const char *const *values = dure_record_get_values (record);
  const char        *title = dure_record_get_title (record);
  g_autofree char  *sort = title != NULL ? dure_text_sort_key (title) : NULL;
  sqlite3_stmt     *stmt;

  if (g_once_init_enter (text))
    {
      GString *sql = g_string_new (NULL);

      g_string_append_printf (sql, "INSERT INTO \"%s\" (id, _deleted, _stamp, _stamps, _extra, _sort", entity->key);
      for (guint f = 0; f < entity->n_fields; f++)
        g_string_append_printf (sql, ", \"%s\"", entity->fields[f].key);
      g_string_append (sql, ") VALUES (?1, ?2, ?3, ?4, ?5, ?6");
      for (guint f = 0; f < entity->n_fields; f++)
        g_string_append_printf (sql, ", ?%u", f + 7);
      g_string_append_c (sql, ')');
      g_once_init_leave (text, g_string_free (sql, FALSE));
    }
  stmt = dure_store_prepare (self, *text, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, dure_record_get_id (record), -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 2, dure_record_get_deleted (record));
  sqlite3_bind_text (stmt, 3, dure_record_get_stamp (record), -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 4, dure_record_get_field_stamps (record), -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 5, dure_record_get_extra (record), -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 6, sort, -1, SQLITE_STATIC);
  for (guint f = 0; f < entity->n_fields; f++)
    if (values[f] != NULL)
      bind_field (stmt, (int)f + 7, &entity->fields[f], values[f]);
  return dure_store_step_done (self, stmt, error);
}

/* Only the columns that differ: each index over a column that is named would be written anew. */
static gboolean
update (DureStore *self, DureRecord *record, DureRecord *old, gint64 row, GError **error)
{
  const DureEntity *entity = dure_record_get_entity (record);
  const char *const *values = dure_record_get_values (record);
  const char *const *old_values = dure_record_get_values (old);
  const char        *title = dure_record_get_title (record);
  gboolean          deleted = dure_record_get_deleted (record);
  gboolean          sorts = g_strcmp0 (title, dure_record_get_title (old)) != 0;
  g_autofree char  *sort = sorts && title != NULL ? dure_text_sort_key (title) : NULL;
  g_autoptr (GString) sql = g_string_sized_new (200);
  sqlite3_stmt *stmt;

  g_string_append_printf (sql, "UPDATE \"%s\" SET _stamps = ?3, _extra = ?4", entity->key);
  if (deleted != dure_record_get_deleted (old))
    g_string_append (sql, ", _deleted = ?2");
  if (sorts)
    g_string_append (sql, ", _sort = ?5");
  /* What was purged, or is sent whole, gets another. */
  if (strcmp (dure_record_get_stamp (record), dure_record_get_stamp (old)) != 0)
    g_string_append_printf (sql, ", _stamp = ?%u", entity->n_fields + 6);
  for (guint f = 0; f < entity->n_fields; f++)
    if (g_strcmp0 (values[f], old_values[f]) != 0)
      g_string_append_printf (sql, ", \"%s\" = ?%u", entity->fields[f].key, f + 6);
  g_string_append (sql, " WHERE row = ?1");
  stmt = dure_store_prepare (self, sql->str, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, row);
  if (deleted != dure_record_get_deleted (old))
    sqlite3_bind_int (stmt, 2, deleted);
  sqlite3_bind_text (stmt, 3, dure_record_get_field_stamps (record), -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 4, dure_record_get_extra (record), -1, SQLITE_STATIC);
  if (sorts)
    sqlite3_bind_text (stmt, 5, sort, -1, SQLITE_STATIC);
  if (strcmp (dure_record_get_stamp (record), dure_record_get_stamp (old)) != 0)
    sqlite3_bind_text (stmt, (int)entity->n_fields + 6, dure_record_get_stamp (record), -1, SQLITE_STATIC);
  for (guint f = 0; f < entity->n_fields; f++)
    if (g_strcmp0 (values[f], old_values[f]) != 0)
      bind_field (stmt, (int)f + 6, &entity->fields[f], values[f]);
  return dure_store_step_done (self, stmt, error);
}

/* A record as it is, with its place in the search and without a journal row: what is read back brings its own. */
gboolean
dure_store_insert (DureStore *self, DureRecord *record, GError **error)
{
  return insert (self, record, error)
         && dure_store_index (self, NULL, record, sqlite3_last_insert_rowid (self->db), error);
}

/* Stores a record whole, with its journal row and its place in the search. `old` is what stands, NULL for nothing;
 * `change` what becomes of it, NULL for a record that is made here. */
gboolean
dure_store_put (DureStore *self, DureRecord *record, DureRecord *old, gint64 row, DureChange *change, GError **error)
{
  if (old == NULL ? !insert (self, record, error) : !update (self, record, old, row, error))
    return FALSE;
  if (old == NULL)
    row = sqlite3_last_insert_rowid (self->db);
  return dure_store_log (self, record, change, old == NULL, error) && dure_store_index (self, old, record, row, error);
}

static gboolean
add_new (DureStore *self, DureRecord *record, GError **error)
{
  char stamp[DURE_STAMP_LENGTH + 1];

  dure_clock_next (self->clock, stamp);
  dure_record_set_stamp (record, stamp);
  return dure_store_put (self, record, NULL, 0, NULL, error);
}

/* Writes the fields of `set` that differ from what stands; `deleted` may be one of them. */
gboolean
dure_store_change_fields (DureStore *self, DureRecord *old, gint64 row, DureChange *set, GError **error)
{
  g_autoptr (DureRecord) record = dure_record_copy (old);
  g_autoptr (DureChange) change = NULL;
  g_autofree char *stamps = g_strdup (dure_record_get_field_stamps (old));
  char             stamp[DURE_STAMP_LENGTH + 1];

  /* Undo of what was done to a record before it was purged. */
  if (dure_store_is_purged (old))
    return TRUE;
  dure_clock_next (self->clock, stamp);
  change = dure_change_new (stamp, set->entity, set->id, self->txn_author);
  for (guint i = 0; i < set->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (set->fields, i);
      g_autofree char       *was = dure_store_get_field (old, field->key);
      g_autofree char       *seen = NULL;
      char                  *next;

      if (!dure_store_set_field (record, field->key, field->value))
        continue;
      seen = dure_store_field_stamp (old, field->key);
      dure_change_add (change, field->key, field->value, seen)->was = g_steal_pointer (&was);
      next = dure_json_map_set (stamps, field->key, stamp);
      g_free (stamps);
      stamps = next;
    }
  if (change->fields->len == 0)
    return TRUE;
  dure_record_set_field_stamps (record, stamps);
  return dure_store_put (self, record, old, row, change, error);
}

/* A key field that one of the two leaves open (who will come for an invited agency) tells nothing apart. */
static gboolean
same_key (const DureEntity *entity, DureRecord *a, DureRecord *b)
{
  for (guint f = 0; f < entity->n_fields; f++)
    if ((entity->fields[f].flags & DURE_FIELD_KEY) && dure_record_get (a, f) != NULL && dure_record_get (b, f) != NULL
        && strcmp (dure_record_get (a, f), dure_record_get (b, f)) != 0)
      return FALSE;
  return TRUE;
}

/**
 * dure_store_natural_id:
 * @self: a store
 * @record: a record of an entity with a natural key; its id is not looked at
 * @error: return location
 *
 * The id that the key fields of @record give. A record keeps its id when its key fields are edited later; where that
 * holds the place, the id after it is taken, which is the same on every device that knows of the edit.
 *
 * Returns: (transfer full) (nullable): the id of the record of this key, whether or not it is stored already
 */
char *
dure_store_natural_id (DureStore *self, DureRecord *record, GError **error)
{
  const DureEntity       *entity = dure_record_get_entity (record);
  g_autofree const char **values = g_new (const char *, entity->n_fields);
  g_autofree char        *id = NULL;

  g_return_val_if_fail (entity->natural, NULL);
  for (guint f = 0; f < entity->n_fields; f++)
    values[f] = dure_record_get (record, f);
  id = dure_entity_natural_id (entity, values);
  for (;;)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (DureRecord) other = dure_store_find (self, entity, id, NULL, &failure);
      char next[DURE_UUID_LENGTH + 1];

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (other == NULL || (!dure_store_is_purged (other) && same_key (entity, other, record)))
        return g_steal_pointer (&id);
      dure_uuid_v5 (id, "next", -1, next);
      g_free (id);
      id = g_strdup (next);
    }
}

static gboolean
refuse_server_only (const DureEntity *entity, GError **error)
{
  g_autofree char *sentence
      = dure_hangul_printf (_ ("%s are written by the server alone."), dure_entity_plural (entity));

  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID, sentence);
  return FALSE;
}

static gboolean
write_in_txn (DureStore *self, DureRecord *record, GError **error)
{
  const DureEntity *entity = dure_record_get_entity (record);
  g_autoptr (DureRecord) old = NULL;
  g_autoptr (DureRecord) merged = NULL;
  g_autoptr (DureChange) set = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean made_here = FALSE;
  gint64   row = 0;

  if (dure_record_get_id (record) == NULL)
    {
      if (entity->natural)
        {
          g_autofree char *id = dure_store_natural_id (self, record, error);

          if (id == NULL)
            return FALSE;
          dure_record_set_id (record, id);
        }
      else
        {
          char id[DURE_UUID_LENGTH + 1];

          dure_uuid_v7 (id);
          dure_record_set_id (record, id);
          made_here = TRUE;
        }
    }
  if (!made_here)
    old = dure_store_find (self, entity, dure_record_get_id (record), &row, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (old == NULL && entity->from_server)
    return refuse_server_only (entity, error);
  if (old == NULL)
    return dure_record_check (record, NULL, error) && add_new (self, record, error);
  if (dure_store_is_purged (old))
    return dure_store_refuse_purged (error);

  set = dure_change_new (NULL, entity->key, dure_record_get_id (record), NULL);
  merged = dure_record_copy (old);
  for (guint f = 0; f < entity->n_fields; f++)
    if (dure_record_is_touched (record, f))
      {
        if ((entity->fields[f].flags & DURE_FIELD_SERVER)
            && g_strcmp0 (dure_record_get (old, f), dure_record_get (record, f)) != 0)
          return refuse_server_only (entity, error);
        dure_change_add (set, entity->fields[f].key, dure_record_get (record, f), NULL);
        dure_record_set (merged, f, dure_record_get (record, f));
      }
  if (dure_record_get_deleted (old) && !dure_record_get_deleted (record))
    dure_change_add (set, DURE_CHANGE_DELETED, NULL, NULL);
  return dure_record_check_change (merged, old, NULL, error) && dure_store_change_fields (self, old, row, set, error);
}

/**
 * dure_store_write:
 * @self: a store
 * @record: the record; it gets an id when it has none
 * @error: return location; %DURE_ERROR_INVALID names the field
 *
 * Stores the fields that were set since the record was read, as far as they differ from what stands; fields that others
 * changed meanwhile stay theirs. Outside of a transaction it makes one of its own.
 *
 * Returns: %TRUE when it is stored, also when nothing differed
 */
gboolean
dure_store_write (DureStore *self, DureRecord *record, GError **error)
{
  gboolean         own = self->txn == 0;
  g_autofree char *label = NULL;

  g_return_val_if_fail (DURE_IS_RECORD (record), FALSE);
  if (own)
    {
      label = g_strdup_printf (dure_record_get_id (record) == NULL ? _ ("Add %s") : _ ("Change %s"),
                               dure_entity_label (dure_record_get_entity (record)));
      if (!dure_store_begin (self, label, error))
        return FALSE;
    }
  if (!write_in_txn (self, record, error))
    {
      if (own)
        dure_store_rollback (self);
      return FALSE;
    }
  if (own && !dure_store_commit (self, error))
    return FALSE;
  dure_record_settle (record);
  return TRUE;
}

static gboolean
set_deleted (DureStore *self, DureEntityId entity, const char *id, gboolean deleted, GError **error)
{
  const DureEntity *table = dure_entity (entity);
  gboolean          own = self->txn == 0;
  gint64            row = 0;
  g_autoptr (DureRecord) old = NULL;
  g_autoptr (DureChange) set = dure_change_new (NULL, table->key, id, NULL);
  g_autofree char *label = NULL;

  if (table->from_server)
    return refuse_server_only (table, error);
  label = g_strdup_printf (deleted ? _ ("Delete %s") : _ ("Restore %s"), dure_entity_label (table));
  if (own && !dure_store_begin (self, label, error))
    return FALSE;
  old = dure_store_find (self, table, id, &row, NULL);
  if (old == NULL)
    dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no %s with the number %s."), dure_entity_label (table),
                    id);
  else if (dure_store_is_purged (old))
    {
      dure_store_refuse_purged (error);
      g_clear_object (&old);
    }
  dure_change_add (set, DURE_CHANGE_DELETED, deleted ? "1" : NULL, NULL);
  /* What comes back stands for itself again. */
  if (!deleted && table->merged_field >= 0)
    dure_change_add (set, table->fields[table->merged_field].key, NULL, NULL);
  if (old != NULL && dure_store_change_fields (self, old, row, set, error))
    return !own || dure_store_commit (self, error);
  if (own)
    dure_store_rollback (self);
  return FALSE;
}

/**
 * dure_store_delete:
 * @self: a store
 * @entity: number of the entity
 * @id: id of a record
 * @error: return location
 *
 * Marks a record as deleted: it leaves lists and search, and can be brought back.
 *
 * Returns: %TRUE when it is deleted
 */
gboolean
dure_store_delete (DureStore *self, DureEntityId entity, const char *id, GError **error)
{
  return set_deleted (self, entity, id, TRUE, error);
}

/** dure_store_restore: brings a deleted record back. Returns: %TRUE when it is back */
gboolean
dure_store_restore (DureStore *self, DureEntityId entity, const char *id, GError **error)
{
  return set_deleted (self, entity, id, FALSE, error);
}
