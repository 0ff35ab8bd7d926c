/* dure-store-load.c: lines of dure-store-dump.h, read back into an empty store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SQLite's JSON functions read the lines: they take any text, and call themselves for no bracket.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include "store/dure-store-load.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-uuid.h"
#include "store/dure-store-dump.h"
#include "store/dure-store-private.h"

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID, why);
  return FALSE;
}

/* @line must live until the statement was stepped. */
static sqlite3_stmt *
ask (DureStore *self, const char *sql, const char *line, gsize length, GError **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (self, sql, error);

  if (stmt != NULL)
    sqlite3_bind_text (stmt, 1, line, (int)length, SQLITE_STATIC);
  return stmt;
}

static gboolean
is_object (DureStore *self, const char *line, gsize length, GError **error)
{
  sqlite3_stmt *stmt;
  gboolean      good;

  if (length > G_MAXINT || !g_utf8_validate_len (line, length, NULL))
    return refuse (error, _ ("This is not a text in UTF-8."));
  stmt = ask (self, "SELECT CASE WHEN json_valid (?1) THEN json_type (?1) = 'object' ELSE 0 END", line, length, error);
  if (stmt == NULL)
    return FALSE;
  good = sqlite3_step (stmt) == SQLITE_ROW && sqlite3_column_int (stmt, 0) != 0;
  sqlite3_reset (stmt);
  return good || refuse (error, _ ("This is not an object of JSON."));
}

/**
 * dure_store_load_begin:
 * @self: a store in which nothing is
 * @error: return location; %DURE_ERROR_EXISTS when something is
 *
 * Opens the transaction in which everything is read back; dure_store_commit() ends it.
 *
 * Returns: %TRUE when it is open
 */
gboolean
dure_store_load_begin (DureStore *self, GError **error)
{
  if (!dure_store_begin (self, NULL, error))
    return FALSE;
  if (dure_store_dump_size (self) == 0)
    return TRUE;
  dure_store_rollback (self);
  dure_set_error (error, DURE_ERROR_EXISTS, _ ("“%s” holds records already."), self->path);
  return FALSE;
}

static gboolean
take_field (DureRecord *record, const char *key, sqlite3_stmt *stmt, GError **error)
{
  const DureEntity *entity = dure_record_get_entity (record);
  int               number = dure_entity_find_field (entity, key);
  int               type = sqlite3_column_type (stmt, 1);

  if ((type != SQLITE_TEXT && type != SQLITE_INTEGER)
      || (number >= 0 && dure_field_is_integer (&entity->fields[number]) != (type == SQLITE_INTEGER)))
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("The value of “%s” is of another type."), key);
      return FALSE;
    }
  dure_store_set_field (record, key, (const char *)sqlite3_column_text (stmt, 1));
  return TRUE;
}

static gboolean
take_fields (DureStore *self, DureRecord *record, const char *line, gsize length, GError **error)
{
  sqlite3_stmt *stmt
      = ask (self, "SELECT key, CASE type WHEN 'text' THEN value WHEN 'integer' THEN value END FROM json_each (?1, '$.fields')",
             line, length, error);
  gboolean going = stmt != NULL;

  while (going && sqlite3_step (stmt) == SQLITE_ROW)
    going = take_field (record, (const char *)sqlite3_column_text (stmt, 0), stmt, error);
  sqlite3_reset (stmt);
  return going;
}

/* The clock of this store goes on after the latest of them. */
static gboolean
take_stamps (DureStore *self, DureRecord *record, const char *line, gsize length, GError **error)
{
  sqlite3_stmt *stmt = ask (self, "SELECT CASE type WHEN 'text' THEN value END FROM json_each (?1, '$.stamps')", line,
                            length, error);
  gboolean going = stmt != NULL;

  while (going && sqlite3_step (stmt) == SQLITE_ROW)
    {
      const char *stamp = (const char *)sqlite3_column_text (stmt, 0);

      if (stamp != NULL && dure_stamp_is_valid (stamp))
        dure_clock_observe (self->clock, stamp);
      else
        going = refuse (error, _ ("A time stamp is wrong."));
    }
  sqlite3_reset (stmt);
  return going;
}

static gboolean
take_head (DureRecord *record, sqlite3_stmt *stmt, GError **error)
{
  const char *id = (const char *)sqlite3_column_text (stmt, 0);
  const char *stamp = (const char *)sqlite3_column_text (stmt, 1);

  if (id == NULL || !dure_uuid_is_valid (id))
    return refuse (error, _ ("The number of the record is missing or wrong."));
  if (stamp == NULL || !dure_stamp_is_valid (stamp))
    return refuse (error, _ ("A time stamp is wrong."));
  if (sqlite3_column_int (stmt, 5) == 0)
    return refuse (error, _ ("This is not a record as Dure writes it."));
  dure_record_set_id (record, id);
  dure_record_set_stamp (record, stamp);
  dure_record_set_deleted (record, sqlite3_column_int (stmt, 2) != 0);
  dure_record_set_field_stamps (record, (const char *)sqlite3_column_text (stmt, 3));
  dure_record_set_extra (record, (const char *)sqlite3_column_text (stmt, 4));
  return TRUE;
}

/**
 * dure_store_load_record:
 * @self: a store after dure_store_load_begin()
 * @entity: of which entity
 * @line: a record as dure_store_dump_records() gives it
 * @length: its bytes
 * @error: return location; %DURE_ERROR_INVALID says what is wrong with the line
 *
 * Returns: %TRUE when the record is stored, without any history
 */
gboolean
dure_store_load_record (DureStore *self, DureEntityId entity, const char *line, gsize length, GError **error)
{
  g_autoptr (DureRecord) record = g_object_new (dure_entity_type (entity), NULL);
  g_autoptr (DureRecord) other = NULL;
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt *stmt;
  gboolean      good;

  g_return_val_if_fail (self->txn != 0, FALSE);
  if (!is_object (self, line, length, error))
    return FALSE;
  stmt = ask (self,
              "SELECT json_extract (?1, '$.id'), json_extract (?1, '$.stamp'), json_extract (?1, '$.deleted'),"
              " json_extract (?1, '$.stamps'), json_extract (?1, '$.more'),"
              " ifnull (json_type (?1, '$.fields') = 'object', 0) AND json_type (?1, '$.deleted') IN ('true', 'false')"
              " AND ifnull (json_type (?1, '$.stamps'), 'object') = 'object'"
              " AND ifnull (json_type (?1, '$.more'), 'object') = 'object'"
              " AND NOT EXISTS (SELECT 1 FROM json_each (?1, '$.more') WHERE type NOT IN ('text', 'null'))",
              line, length, error);
  if (stmt == NULL)
    return FALSE;
  good = sqlite3_step (stmt) == SQLITE_ROW ? take_head (record, stmt, error) : dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  if (!good || !take_stamps (self, record, line, length, error) || !take_fields (self, record, line, length, error))
    return FALSE;
  other = dure_store_find (self, dure_entity (entity), dure_record_get_id (record), NULL, &failure);
  if (other != NULL)
    return refuse (error, _ ("A record with this number stands before it."));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  dure_clock_observe (self->clock, dure_record_get_stamp (record));
  return dure_store_insert (self, record, error);
}

/* One row: stamp, entity, id, by, change, and whether it has the form of a change of an entity that is known. */
static gboolean
store_change (DureStore *self, sqlite3_stmt *row, GError **error)
{
  const char   *stamp = (const char *)sqlite3_column_text (row, 0);
  const char   *entity = (const char *)sqlite3_column_text (row, 1);
  const char   *id = (const char *)sqlite3_column_text (row, 2);
  gboolean      known = entity != NULL && dure_entity_by_key (entity) != NULL;
  sqlite3_stmt *stmt;

  if (stamp == NULL || !dure_stamp_is_valid (stamp))
    return refuse (error, _ ("A time stamp is wrong."));
  if (id == NULL || !dure_uuid_is_valid (id))
    return refuse (error, _ ("The number of the record is missing or wrong."));
  if (entity == NULL || sqlite3_column_int (row, known ? 5 : 6) == 0)
    return refuse (error, _ ("This is not a change as Dure writes it."));
  dure_clock_observe (self->clock, stamp);
  stmt = dure_store_prepare (self,
                             known ? "INSERT INTO journal (stamp, entity, id, by, body, txn, origin)"
                                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)"
                                   : "INSERT OR IGNORE INTO unknown (stamp, entity, id, by, body)"
                                     " VALUES (?1, ?2, ?3, ?4, ?5)",
                             error);
  if (stmt == NULL)
    return FALSE;
  for (int i = 0; i < 5; i++)
    sqlite3_bind_value (stmt, i + 1, sqlite3_column_value (row, i));
  if (known)
    sqlite3_bind_int64 (stmt, 6, self->txn);
  return dure_store_step_done (self, stmt, error);
}

/**
 * dure_store_load_change:
 * @self: a store after dure_store_load_begin()
 * @line: a change as dure_store_dump_history() gives it
 * @length: its bytes
 * @error: return location; %DURE_ERROR_INVALID says what is wrong with the line
 *
 * Returns: %TRUE when it stands after those that came before, and nothing else was changed
 */
gboolean
dure_store_load_change (DureStore *self, const char *line, gsize length, GError **error)
{
  sqlite3_stmt *stmt;
  gboolean      good;

  g_return_val_if_fail (self->txn != 0, FALSE);
  if (!is_object (self, line, length, error))
    return FALSE;
  stmt = ask (self,
              "SELECT json_extract (?1, '$.stamp'), json_extract (?1, '$.entity'), json_extract (?1, '$.id'),"
              " json_extract (?1, '$.by'), json_extract (?1, '$.change'),"
              " ifnull (json_type (?1, '$.change') = 'object', 0)"
              " AND NOT EXISTS (SELECT 1 FROM json_each (?1, '$.change') WHERE NOT (key IN ('new', 'part') AND type = 'integer')"
              " AND NOT (key IN ('set', 'was', 'seen') AND type = 'object'))"
              " AND NOT EXISTS (SELECT 1 FROM json_each (?1, '$.change.set') WHERE type NOT IN ('text', 'null'))"
              " AND NOT EXISTS (SELECT 1 FROM json_each (?1, '$.change.was') WHERE type NOT IN ('text', 'null'))"
              " AND NOT EXISTS (SELECT 1 FROM json_each (?1, '$.change.seen') WHERE type NOT IN ('text', 'null')),"
              " ifnull (json_type (?1, '$.change') = 'object', 0) AND NOT EXISTS"
              " (SELECT 1 FROM json_each (?1, '$.change') WHERE type NOT IN ('text', 'null'))",
              line, length, error);
  if (stmt == NULL)
    return FALSE;
  good = sqlite3_step (stmt) == SQLITE_ROW ? store_change (self, stmt, error) : dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return good;
}

/**
 * dure_store_read_json:
 * @self: any store; only its reader of JSON is used
 * @json: a text
 * @length: its bytes
 * @list: (nullable): path of a list in it, as "$.files"; %NULL for the text itself
 * @paths: (array zero-terminated=1): paths of the values that are wanted of each element, as "$.name"
 * @error: return location; %DURE_ERROR_INVALID when it is no object of JSON
 *
 * Returns: (transfer full) (element-type GStrv): the values of each element as text; one that is missing ends its row
 */
GPtrArray *
dure_store_read_json (DureStore         *self,
                      const char        *json,
                      gsize              length,
                      const char        *list,
                      const char *const *paths,
                      GError           **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  sqlite3_stmt *stmt;

  if (!is_object (self, json, length, error))
    return NULL;
  for (guint i = 0; paths[i] != NULL; i++)
    g_string_append_printf (sql, "%sjson_extract (%s, '%s')", i > 0 ? ", " : "", list != NULL ? "value" : "?1", paths[i]);
  if (list != NULL)
    g_string_append_printf (sql, " FROM json_each (?1, '%s') WHERE type = 'object'", list);
  stmt = ask (self, sql->str, json, length, error);
  if (stmt == NULL)
    return NULL;
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      g_autoptr (GStrvBuilder) values = g_strv_builder_new ();

      for (int i = 0; i < sqlite3_column_count (stmt) && sqlite3_column_type (stmt, i) != SQLITE_NULL; i++)
        g_strv_builder_add (values, (const char *)sqlite3_column_text (stmt, i));
      g_ptr_array_add (rows, g_strv_builder_end (values));
    }
  sqlite3_reset (stmt);
  return g_steal_pointer (&rows);
}
