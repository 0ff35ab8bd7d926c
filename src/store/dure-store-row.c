/* dure-store-row.c: one record as a row of its table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stamp of a field is its entry in _stamps, else _stamp when the field has a value; a field that was never set has
 * none, so that two devices which made the same record with different fields keep both.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <string.h>

#include "base/dure-text.h"
#include "store/dure-store-private.h"

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

/* When the id is taken already, @there says so, or where that is NULL, @error. */
static gboolean
insert (DureStore *self, DureRecord *record, gboolean *there, GError **error)
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
  return dure_store_step_unless (self, stmt, there, error);
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
  return insert (self, record, NULL, error)
         && dure_store_index (self, NULL, record, sqlite3_last_insert_rowid (self->db), error);
}

/* Stores a new record whole, with its journal row and its place in the search. `change` says what it is, NULL for one
 * that is made here. When there is one of its id, nothing is stored; `there` says so, or where that is NULL, `error`. */
gboolean
dure_store_put_new (DureStore *self, DureRecord *record, DureChange *change, gboolean *there, GError **error)
{
  gint64 row;

  if (!insert (self, record, there, error))
    return FALSE;
  if (there != NULL && *there)
    return TRUE;
  row = sqlite3_last_insert_rowid (self->db);
  return dure_store_log (self, record, change, TRUE, error) && dure_store_index (self, NULL, record, row, error);
}

/* The same for what becomes of a record; `old` is what stands, NULL for nothing. */
gboolean
dure_store_put (DureStore *self, DureRecord *record, DureRecord *old, gint64 row, DureChange *change, GError **error)
{
  if (old == NULL)
    return dure_store_put_new (self, record, change, NULL, error);
  return update (self, record, old, row, error) && dure_store_log (self, record, change, FALSE, error)
         && dure_store_index (self, old, record, row, error);
}
