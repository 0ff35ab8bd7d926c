/* dure-store-read.c: the one read path
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"
#include "schema/dure-record-private.h"
#include "store/dure-store-private.h"

/* Columns before and after the fields in dure_store_columns(). */
enum
{
  COLUMN_ROW,
  COLUMN_ID,
  COLUMN_DELETED,
  COLUMN_STAMP,
  COLUMN_STAMPS,
  COLUMN_EXTRA,
  COLUMN_FIELDS
};

/* What every SELECT of records asks for. */
const char *
dure_store_columns (DureEntityId entity)
{
  static char *columns[DURE_N_ENTITIES];

  if (g_once_init_enter (&columns[entity]))
    {
      const DureEntity *table = dure_entity (entity);
      GString          *sql = g_string_new ("row, id, _deleted, _stamp, _stamps, _extra");

      for (guint f = 0; f < table->n_fields; f++)
        g_string_append_printf (sql, ", \"%s\"", table->fields[f].key);
      g_once_init_leave (&columns[entity], g_string_free (sql, FALSE));
    }
  return columns[entity];
}

/* The record in the present row of a statement over dure_store_columns(). */
DureRecord *
dure_store_read_record (const DureEntity *entity, sqlite3_stmt *stmt, gint64 *row)
{
  DureRecord *record = g_object_new (dure_entity_type (entity->id), NULL);

  if (row != NULL)
    *row = sqlite3_column_int64 (stmt, COLUMN_ROW);
  dure_record_begin (record, (const char *)sqlite3_column_text (stmt, COLUMN_ID),
                     (const char *)sqlite3_column_text (stmt, COLUMN_STAMP));
  dure_record_set_deleted (record, sqlite3_column_int (stmt, COLUMN_DELETED) != 0);
  dure_record_set_field_stamps (record, (const char *)sqlite3_column_text (stmt, COLUMN_STAMPS));
  dure_record_set_extra (record, (const char *)sqlite3_column_text (stmt, COLUMN_EXTRA));
  for (guint f = 0; f < entity->n_fields; f++)
    {
      const char *text = (const char *)sqlite3_column_text (stmt, COLUMN_FIELDS + (int)f);

      if (text != NULL)
        dure_record_take (record, f, g_strdup (text));
    }
  return record;
}

/* By @id, or when that is NULL by @row. */
static DureRecord *
select_one (DureStore *self, const DureEntity *entity, const char *id, gint64 *row, GError **error)
{
  static char  *texts[DURE_N_ENTITIES][2];
  char        **text = &texts[entity->id][id == NULL];
  sqlite3_stmt *stmt;
  DureRecord   *record = NULL;
  int           code;

  if (g_once_init_enter (text))
    g_once_init_leave (text, g_strdup_printf ("SELECT %s FROM \"%s\" WHERE %s = ?1", dure_store_columns (entity->id),
                                              entity->key, id != NULL ? "id" : "row"));
  stmt = dure_store_prepare (self, *text, error);
  if (stmt == NULL)
    return NULL;
  if (id != NULL)
    sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  else
    sqlite3_bind_int64 (stmt, 1, *row);
  code = sqlite3_step (stmt);
  if (code == SQLITE_ROW)
    record = dure_store_read_record (entity, stmt, row);
  else if (code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return record;
}

/* The stored record of an id, deleted or not; NULL without an error when there is none. */
DureRecord *
dure_store_find (DureStore *self, const DureEntity *entity, const char *id, gint64 *row, GError **error)
{
  return select_one (self, entity, id, row, error);
}

/**
 * dure_store_get:
 * @self: a store
 * @entity: number of the entity
 * @id: id of a record
 * @error: return location; %DURE_ERROR_NOT_FOUND when there is none
 *
 * Returns: (transfer full) (nullable): the record; it may be a deleted one
 */
DureRecord *
dure_store_get (DureStore *self, DureEntityId entity, const char *id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  DureRecord *record = dure_store_find (self, dure_entity (entity), id, NULL, &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (record == NULL)
    dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no %s with the number %s."),
                    dure_entity_label (dure_entity (entity)), id);
  return record;
}

/**
 * dure_store_get_row:
 * @self: a store
 * @entity: number of the entity
 * @row: a row number of dure_store_rows()
 *
 * One primary-key look-up, some microseconds.
 *
 * Returns: (transfer full) (nullable): the record, %NULL when it is gone
 */
DureRecord *
dure_store_get_row (DureStore *self, DureEntityId entity, gint64 row)
{
  return select_one (self, dure_entity (entity), NULL, &row, NULL);
}

/**
 * dure_store_row_of:
 * @self: a store
 * @entity: number of the entity
 * @id: id of a record
 *
 * Returns: its row number, 0 when there is none
 */
gint64
dure_store_row_of (DureStore *self, DureEntityId entity, const char *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT row FROM \"%s\" WHERE id = ?1", dure_entity (entity)->key);
  sqlite3_stmt    *stmt = dure_store_prepare (self, sql, NULL);
  gint64           row = 0;

  if (stmt == NULL)
    return 0;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    row = sqlite3_column_int64 (stmt, 0);
  sqlite3_reset (stmt);
  return row;
}

/* The title field of one record; (transfer full) (nullable). Of a merged record @next becomes what it was merged into. */
static char *
look_up_title (DureStore *self, const DureEntity *entity, const char *id, char **next)
{
  const char      *merged = entity->merged_field >= 0 ? entity->fields[entity->merged_field].key : NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT \"%s\"%s%s%s FROM \"%s\" WHERE id = ?1",
                                          entity->fields[entity->title_field].key, merged != NULL ? ", \"" : "",
                                          merged != NULL ? merged : "", merged != NULL ? "\"" : "", entity->key);
  sqlite3_stmt *stmt = dure_store_prepare (self, sql, NULL);
  char         *text = NULL;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    {
      text = g_strdup ((const char *)sqlite3_column_text (stmt, 0));
      if (merged != NULL)
        *next = g_strdup ((const char *)sqlite3_column_text (stmt, 1));
    }
  sqlite3_reset (stmt);
  return text;
}

/**
 * dure_store_title:
 * @self: a store
 * @entity: number of the entity
 * @id: (nullable): id of a record
 *
 * A record that was merged into another is called as that one.
 *
 * Returns: (transfer full): what the record is called; that it was purged, when it was; empty when there is none
 */
char *
dure_store_title (DureStore *self, DureEntityId entity, const char *id)
{
  const DureEntity *table = dure_entity (entity);
  char             *title = NULL;

  if (id == NULL)
    return g_strdup ("");
  if (table->title_field >= 0)
    {
      g_autofree char *next = NULL;

      title = look_up_title (self, table, id, &next);
      if (next != NULL)
        {
          g_autofree char *survivor = dure_store_survivor (self, entity, id);
          g_autofree char *unused = NULL;

          g_free (title);
          title = look_up_title (self, table, survivor, &unused);
        }
    }
  if (title == NULL)
    {
      g_autoptr (DureRecord) record = dure_store_find (self, table, id, NULL, NULL);

      title = record != NULL ? dure_store_record_title (self, record) : NULL;
    }
  return title != NULL ? title : g_strdup ("");
}

/**
 * dure_store_record_title:
 * @self: a store
 * @record: a record
 *
 * Returns: (transfer full): the title; of entities without a title field the titles of what they link, `A · B`
 */
char *
dure_store_record_title (DureStore *self, DureRecord *record)
{
  const DureEntity *entity = dure_record_get_entity (record);
  g_autoptr (GString) text = g_string_new (dure_record_get_title (record));

  if (dure_store_is_purged (record))
    return g_strdup (_ ("(purged)"));
  for (guint f = 0; entity->title_field < 0 && f < entity->n_fields; f++)
    {
      const DureField *field = &entity->fields[f];
      g_autofree char *part = NULL;

      if (field->type != DURE_VALUE_LINK || dure_record_get (record, f) == NULL
          || !(field->flags & (DURE_FIELD_KEY | DURE_FIELD_REQUIRED | DURE_FIELD_ONE_OF)))
        continue;
      part = dure_store_title (self, field->target, dure_record_get (record, f));
      if (*part != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * dure_store_format:
 * @self: a store
 * @record: a record
 * @field: field number
 *
 * Returns: (transfer full): what the screen shows of a field; of a link the title of the linked record
 */
char *
dure_store_format (DureStore *self, DureRecord *record, guint field)
{
  const DureField *known = dure_entity_field (dure_record_get_entity (record), field);
  const char      *value = dure_record_get (record, field);

  if (known->type == DURE_VALUE_LINK)
    return dure_store_title (self, known->target, value);
  return dure_field_format (known, value);
}

/**
 * dure_store_list:
 * @self: a store
 * @query: which records, in which order
 * @error: return location
 *
 * Returns: (transfer full) (element-type DureRecord) (nullable): the records
 */
GPtrArray *
dure_store_list (DureStore *self, const DureQuery *query, GError **error)
{
  const DureEntity *entity = dure_entity (dure_query_get_entity (query));
  sqlite3_stmt     *stmt = dure_query_compile (query, self, dure_store_columns (entity->id), error);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  int code;

  if (stmt == NULL)
    return NULL;
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    g_ptr_array_add (records, dure_store_read_record (entity, stmt, NULL));
  if (code != SQLITE_DONE)
    {
      dure_store_sql_error (self, error);
      sqlite3_reset (stmt);
      return NULL;
    }
  sqlite3_reset (stmt);
  return g_steal_pointer (&records);
}

/**
 * dure_store_rows:
 * @self: a store
 * @query: which records, in which order
 * @cancellable: (nullable): looked at every thousand rows
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the row numbers, for dure_store_get_row()
 */
GArray *
dure_store_rows (DureStore *self, const DureQuery *query, GCancellable *cancellable, GError **error)
{
  sqlite3_stmt *stmt = dure_query_compile (query, self, "row", error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  int code;

  if (stmt == NULL)
    return NULL;
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      gint64 row = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (rows, row);
      if (rows->len % 1000 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          sqlite3_reset (stmt);
          return NULL;
        }
    }
  if (code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return code == SQLITE_DONE ? g_steal_pointer (&rows) : NULL;
}

/**
 * dure_store_count:
 * @self: a store
 * @query: which records
 * @error: return location
 *
 * Returns: how many there are, -1 with @error set
 */
gint64
dure_store_count (DureStore *self, const DureQuery *query, GError **error)
{
  sqlite3_stmt *stmt = dure_query_compile (query, self, "count(*)", error);
  gint64        count = -1;

  if (stmt == NULL)
    return -1;
  if (sqlite3_step (stmt) == SQLITE_ROW)
    count = sqlite3_column_int64 (stmt, 0);
  else
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return count;
}
