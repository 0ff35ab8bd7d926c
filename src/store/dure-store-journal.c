/* dure-store-journal.c: the journal: history of a record, undo and redo, what waits to be sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The body of a row is {"set":{field:value},"was":{field:value},"seen":{field:stamp},"new":1,"part":1}; values are
 * canonical text or null. `was` is what stood here, `seen` what the author replaced; a row that is a `part` came in a
 * snapshot, which does not say that. `origin` is 0 for what was written here, 1 for what came from elsewhere, 2 for what
 * was taken out here because it had ended elsewhere. SQLite's own JSON functions read it back.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "store/dure-store-private.h"

/* So many transactions back can be undone. */
#define UNDO_DEPTH "500"

static void
append_map (GString *body, const char *name, DureChange *change, gsize offset)
{
  gboolean first = TRUE;

  for (guint i = 0; i < change->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (change->fields, i);
      const char            *value = G_STRUCT_MEMBER (const char *, field, offset);

      if (value == NULL && offset != G_STRUCT_OFFSET (DureChangeField, value))
        continue;
      if (first)
        {
          g_string_append (body, body->len > 1 ? ",\"" : "\"");
          g_string_append (body, name);
          g_string_append (body, "\":{");
        }
      else
        g_string_append_c (body, ',');
      first = FALSE;
      dure_json_append_string (body, field->key);
      g_string_append_c (body, ':');
      dure_json_append_string (body, value);
    }
  if (!first)
    g_string_append_c (body, '}');
}

static char *
make_body (DureChange *change, gboolean is_new)
{
  GString *body = g_string_sized_new (256);

  g_string_append_c (body, '{');
  append_map (body, "set", change, G_STRUCT_OFFSET (DureChangeField, value));
  append_map (body, "was", change, G_STRUCT_OFFSET (DureChangeField, was));
  append_map (body, "seen", change, G_STRUCT_OFFSET (DureChangeField, seen));
  if (change->part)
    g_string_append (body, body->len > 1 ? ",\"part\":1" : "\"part\":1");
  if (is_new)
    g_string_append (body, body->len > 1 ? ",\"new\":1" : "\"new\":1");
  g_string_append_c (body, '}');
  return g_string_free (body, FALSE);
}

/* The body of a record that was made here, without the detour over a change: imports write very many. */
static char *
make_new_body (DureRecord *record)
{
  const DureEntity *entity = dure_record_get_entity (record);
  const char *const *values = dure_record_get_values (record);
  GString           *body = g_string_sized_new (512);

  g_string_append (body, "{\"new\":1,\"set\":{");
  for (guint f = 0, n = 0; f < entity->n_fields; f++)
    {
      const char *value = values[f];

      if (value == NULL)
        continue;
      g_string_append (body, n++ > 0 ? ",\"" : "\"");
      g_string_append (body, entity->fields[f].key);
      g_string_append (body, "\":");
      dure_json_append_string (body, value);
    }
  g_string_append (body, "}}");
  return g_string_free (body, FALSE);
}

/* Appends one row of the journal: `change`, or when that is NULL all that @record holds. */
gboolean
dure_store_log (DureStore *self, DureRecord *record, DureChange *change, gboolean is_new, GError **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (
      self, "INSERT INTO journal (stamp, txn, entity, id, by, body, origin) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, change != NULL ? change->stamp : dure_record_get_stamp (record), -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 2, self->txn);
  sqlite3_bind_text (stmt, 3, dure_record_get_entity (record)->key, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 4, dure_record_get_id (record), -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 5, change != NULL ? change->by : self->txn_author, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 6, change != NULL ? make_body (change, is_new) : make_new_body (record), -1, g_free);
  sqlite3_bind_int (stmt, 7, self->txn_kind == DURE_TXN_REMOTE);
  return dure_store_step_done (self, stmt, error);
}

static DureChange *
read_change (DureStore *self, sqlite3_stmt *row, GError **error)
{
  g_autoptr (DureChange) change
      = dure_change_new ((const char *)sqlite3_column_text (row, 1), (const char *)sqlite3_column_text (row, 2),
                         (const char *)sqlite3_column_text (row, 3), (const char *)sqlite3_column_text (row, 4));
  sqlite3_stmt *stmt = dure_store_prepare (
      self,
      "SELECT s.key, s.value, (SELECT w.value FROM json_each (?1, '$.was') w WHERE w.key = s.key),"
      " (SELECT n.value FROM json_each (?1, '$.seen') n WHERE n.key = s.key) FROM json_each (?1, '$.set') s",
      error);
  int code;

  if (stmt == NULL)
    return NULL;
  change->seq = sqlite3_column_int64 (row, 0);
  change->part = sqlite3_column_int (row, 7) != 0;
  sqlite3_bind_value (stmt, 1, sqlite3_column_value (row, 5));
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    dure_change_add (change, (const char *)sqlite3_column_text (stmt, 0), (const char *)sqlite3_column_text (stmt, 1),
                     (const char *)sqlite3_column_text (stmt, 3))
        ->was
        = dure_change_keep (change, (const char *)sqlite3_column_text (stmt, 2));
  if (code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return code == SQLITE_DONE ? g_steal_pointer (&change) : NULL;
}

/** dure_history_item_free: frees the item. */
void
dure_history_item_free (DureHistoryItem *item)
{
  g_free (item->stamp);
  g_free (item->by);
  g_free (item->key);
  g_free (item->value);
  g_free (item->was);
  g_free (item);
}

/**
 * dure_store_history:
 * @self: a store
 * @entity: number of the entity
 * @id: id of a record
 * @error: return location
 *
 * Returns: (transfer full) (element-type DureHistoryItem) (nullable): who wrote what when, the latest first; of a
 * purged record that it was purged
 */
GPtrArray *
dure_store_history (DureStore *self, DureEntityId entity, const char *id, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_history_item_free);
  sqlite3_stmt *stmt = dure_store_prepare (
      self,
      "SELECT j.stamp, j.by, s.key, s.value, (SELECT w.value FROM json_each (j.body, '$.was') w WHERE w.key = s.key)"
      " FROM journal j, json_each (j.body, '$.set') s WHERE j.id = ?1 AND j.entity = ?2"
      " AND (json_type (j.body, '$.set." DURE_CHANGE_PURGED "') IS NULL OR (s.key = '" DURE_CHANGE_PURGED "' AND s.value IS NOT NULL))"
      " ORDER BY j.stamp DESC, s.id",
      error);
  int code;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, dure_entity (entity)->key, -1, SQLITE_STATIC);
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      DureHistoryItem *item = g_new0 (DureHistoryItem, 1);

      item->stamp = g_strdup ((const char *)sqlite3_column_text (stmt, 0));
      item->by = g_strdup ((const char *)sqlite3_column_text (stmt, 1));
      item->key = g_strdup ((const char *)sqlite3_column_text (stmt, 2));
      item->value = g_strdup ((const char *)sqlite3_column_text (stmt, 3));
      item->was = g_strdup ((const char *)sqlite3_column_text (stmt, 4));
      g_ptr_array_add (items, item);
    }
  if (code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return code == SQLITE_DONE ? g_steal_pointer (&items) : NULL;
}

/* Which transaction undo (or redo) would replay: the stacks are made by replaying what the last transactions did. */
static gint64
find_target (DureStore *self, gboolean redo, char **label)
{
  sqlite3_stmt *stmt = dure_store_prepare (
      self,
      "SELECT txn, kind, target FROM (SELECT * FROM txn WHERE kind < 3 ORDER BY txn DESC LIMIT " UNDO_DEPTH
      ") ORDER BY txn",
      NULL);
  g_autoptr (GArray) done = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) undone = g_array_new (FALSE, FALSE, sizeof (gint64));
  GArray *stack = redo ? undone : done;
  gint64  found;

  if (stmt == NULL)
    return 0;
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      int     kind = sqlite3_column_int (stmt, 1);
      gint64  txn = sqlite3_column_int64 (stmt, kind == DURE_TXN_DO ? 0 : 2);
      GArray *from = kind == DURE_TXN_UNDO ? done : undone;

      if (kind == DURE_TXN_DO)
        g_array_set_size (undone, 0);
      else if (from->len > 0)
        g_array_set_size (from, from->len - 1);
      if (kind == DURE_TXN_UNDO)
        g_array_append_val (undone, txn);
      else
        g_array_append_val (done, txn);
    }
  sqlite3_reset (stmt);
  if (stack->len == 0)
    return 0;
  found = g_array_index (stack, gint64, stack->len - 1);
  stmt = dure_store_prepare (self, "SELECT label FROM txn WHERE txn = ?1", NULL);
  if (stmt != NULL && label != NULL)
    {
      sqlite3_bind_int64 (stmt, 1, found);
      if (sqlite3_step (stmt) == SQLITE_ROW)
        *label = g_strdup ((const char *)sqlite3_column_text (stmt, 0));
      sqlite3_reset (stmt);
    }
  return found;
}

/** dure_store_undo_label: Returns: (transfer full) (nullable): what undo would take back; %NULL when there is nothing
 */
char *
dure_store_undo_label (DureStore *self)
{
  char *label = NULL;

  find_target (self, FALSE, &label);
  return label;
}

/** dure_store_redo_label: Returns: (transfer full) (nullable): what redo would do again; %NULL when there is nothing */
char *
dure_store_redo_label (DureStore *self)
{
  char *label = NULL;

  find_target (self, TRUE, &label);
  return label;
}

/* All changes of a statement over DURE_CHANGE_COLUMNS; those that made a record are noted in `made`. */
static GPtrArray *
read_changes (DureStore *self, sqlite3_stmt *stmt, GHashTable *made, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
  int code;

  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      DureChange *change = read_change (self, stmt, error);

      if (change == NULL)
        break;
      g_ptr_array_add (changes, change);
      if (made != NULL && sqlite3_column_int (stmt, 6) != 0)
        g_hash_table_add (made, change);
    }
  if (code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return code == SQLITE_DONE ? g_steal_pointer (&changes) : NULL;
}

GPtrArray *
dure_store_read_changes (DureStore *self, sqlite3_stmt *stmt, GError **error)
{
  return read_changes (self, stmt, NULL, error);
}

static GPtrArray *
changes_of (DureStore *self, gint64 txn, gboolean backwards, GHashTable *made, GError **error)
{
  g_autofree char *sql
      = g_strconcat ("SELECT " DURE_CHANGE_COLUMNS " FROM journal WHERE txn = ?1"
                     " AND seq >= (SELECT first FROM txn WHERE txn = ?1)"
                     " AND seq < ifnull ((SELECT min (first) FROM txn WHERE txn > ?1), 9e18) ORDER BY seq",
                     backwards ? " DESC" : "", NULL);
  sqlite3_stmt *stmt = dure_store_prepare (self, sql, error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, txn);
  return read_changes (self, stmt, made, error);
}

/* Takes one change back, or does it again, where nobody has changed the field since. */
static gboolean
replay_change (DureStore *self, DureChange *change, gboolean made, gboolean redo, GError **error)
{
  const DureEntity *entity = dure_entity_by_key (change->entity);
  g_autoptr (DureChange) set = dure_change_new (NULL, change->entity, change->id, NULL);
  g_autoptr (DureRecord) old = NULL;
  gint64 row = 0;

  old = entity != NULL ? dure_store_find (self, entity, change->id, &row, NULL) : NULL;
  if (old == NULL)
    return TRUE;
  if (made)
    dure_change_add (set, DURE_CHANGE_DELETED, redo ? NULL : "1", NULL);
  for (guint i = 0; !made && i < change->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (change->fields, i);
      g_autofree char       *now = dure_store_get_field (old, field->key);

      if (g_strcmp0 (now, redo ? field->was : field->value) == 0)
        dure_change_add (set, field->key, redo ? field->value : field->was, NULL);
    }
  return dure_store_change_fields (self, old, row, set, error);
}

static char *
replay (DureStore *self, gboolean redo, GError **error)
{
  g_autofree char *label = NULL;
  gint64           target = find_target (self, redo, &label);
  g_autoptr (GHashTable) made = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) changes = NULL;
  gint64   before;
  gboolean changed;

  if (target == 0)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_NOT_FOUND,
                           redo ? _ ("There is nothing to redo.") : _ ("There is nothing to undo."));
      return NULL;
    }
  if (!dure_store_begin_replay (self, label, redo ? DURE_TXN_REDO : DURE_TXN_UNDO, target, error))
    return NULL;
  before = dure_store_scalar (self, "SELECT max (seq) FROM journal", 0);
  changes = changes_of (self, target, !redo, made, error);
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      DureChange *change = g_ptr_array_index (changes, i);

      if (!replay_change (self, change, g_hash_table_contains (made, change), redo, error))
        g_clear_pointer (&changes, g_ptr_array_unref);
    }
  if (changes == NULL)
    {
      dure_store_rollback (self);
      return NULL;
    }
  changed = dure_store_scalar (self, "SELECT max (seq) FROM journal", 0) > before;
  if (!dure_store_commit (self, error))
    return NULL;
  if (changed)
    return g_strdup (label != NULL ? label : "");
  dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("“%s” was changed again since, so it stays as it is."),
                  label != NULL ? label : "");
  return NULL;
}

/**
 * dure_store_undo:
 * @self: a store
 * @error: return location; %DURE_ERROR_NOT_FOUND when there is nothing to undo
 *
 * Takes back the last transaction made on this device, by new changes; a field that somebody has changed since stays.
 * When that holds of all its fields it says so in @error; the next call goes on with the transaction before.
 *
 * Returns: (transfer full) (nullable): label of what was undone
 */
char *
dure_store_undo (DureStore *self, GError **error)
{
  return replay (self, FALSE, error);
}

/** dure_store_redo: does again what was undone last. Returns: (transfer full) (nullable): its label */
char *
dure_store_redo (DureStore *self, GError **error)
{
  return replay (self, TRUE, error);
}

/**
 * dure_store_unsent:
 * @self: a store
 * @limit: at most so many
 * @error: return location
 *
 * Returns: (transfer full) (element-type DureChange) (nullable): the oldest changes made here that the server has not
 * yet got
 */
GPtrArray *
dure_store_unsent (DureStore *self, guint limit, GError **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (
      self,
      "SELECT " DURE_CHANGE_COLUMNS " FROM journal WHERE origin = 0"
      " AND seq > " DURE_STORE_SENT " ORDER BY seq LIMIT ?1",
      error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, limit);
  return read_changes (self, stmt, NULL, error);
}

/**
 * dure_store_unsent_after:
 * @self: a store
 * @after: journal number
 * @limit: at most so many
 * @error: return location
 *
 * Returns: (transfer full) (element-type DureChange) (nullable): as dure_store_unsent(), those behind @after
 */
GPtrArray *
dure_store_unsent_after (DureStore *self, gint64 after, guint limit, GError **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (
      self,
      "SELECT " DURE_CHANGE_COLUMNS " FROM journal WHERE origin = 0 AND seq > max (?2, " DURE_STORE_SENT ") ORDER BY seq LIMIT ?1",
      error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, limit);
  sqlite3_bind_int64 (stmt, 2, after);
  return read_changes (self, stmt, NULL, error);
}

/** dure_store_count_unsent: Returns: how many changes wait to be sent */
gint64
dure_store_count_unsent (DureStore *self)
{
  return dure_store_scalar (self,
                            "SELECT count(*) FROM journal WHERE origin = 0"
                            " AND seq > " DURE_STORE_SENT,
                            0);
}

/** dure_store_has_unsent: Returns: whether something of one record waits to be sent; one look into an index */
gboolean
dure_store_has_unsent (DureStore *self, DureEntityId entity, const char *id)
{
  sqlite3_stmt *stmt = dure_store_prepare (
      self,
      "SELECT 1 FROM journal WHERE id = ?1 AND entity = ?2 AND origin = 0"
      " AND seq > " DURE_STORE_SENT " LIMIT 1",
      NULL);
  gboolean waits;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, dure_entity (entity)->key, -1, SQLITE_STATIC);
  waits = sqlite3_step (stmt) == SQLITE_ROW;
  sqlite3_reset (stmt);
  return waits;
}

/**
 * dure_store_mark_sent:
 * @self: a store
 * @up_to_seq: journal number of the last change that the server has
 * @error: return location
 *
 * Returns: %TRUE when it was noted
 */
gboolean
dure_store_mark_sent (DureStore *self, gint64 up_to_seq, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, up_to_seq);

  return dure_store_set_meta (self, "sent", text, error);
}
