/* dure-store-dump.c: everything in the store as lines of JSON, of one moment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include "store/dure-store-dump.h"

#include "store/dure-store-private.h"

/**
 * dure_store_freeze:
 * @self: a store
 * @error: return location
 *
 * From now on @self reads one moment, whatever others write, who do not wait; until dure_store_thaw().
 *
 * Returns: %TRUE when it does
 */
gboolean
dure_store_freeze (DureStore *self, GError **error)
{
  return dure_store_exec (self, "BEGIN; SELECT 1 FROM sqlite_master", error);
}

/** dure_store_thaw: @self reads what there is again. */
void
dure_store_thaw (DureStore *self)
{
  dure_store_exec (self, "COMMIT", NULL);
}

/** dure_store_dump_size: Returns: how many lines the records of all entities and the history are */
gint64
dure_store_dump_size (DureStore *self)
{
  gint64 size = dure_store_scalar (self, "SELECT count(*) FROM journal", 0);

  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM \"%s\"", dure_entity (e)->key);

      size += dure_store_scalar (self, sql, 0);
    }
  return size;
}

static void
append_column (GString *line, sqlite3_stmt *stmt, int column)
{
  if (sqlite3_column_type (stmt, column) == SQLITE_INTEGER)
    g_string_append_printf (line, "%" G_GINT64_FORMAT, (gint64)sqlite3_column_int64 (stmt, column));
  else
    dure_json_append_string (line, (const char *)sqlite3_column_text (stmt, column));
}

/* What stands in the store as JSON already. */
static void
append_object (GString *line, const char *name, sqlite3_stmt *stmt, int column)
{
  const char *text = (const char *)sqlite3_column_text (stmt, column);

  if (text != NULL)
    g_string_append_printf (line, ",\"%s\":%s", name, text);
}

static gboolean
end_line (GString *line, DureDumpFunc func, gpointer data, GError **error)
{
  g_string_append (line, "}\n");
  return func (line->str, line->len, data, error);
}

/**
 * dure_store_dump_records:
 * @self: a store
 * @entity: of which entity
 * @func: called with each record, deleted ones too; must not write to @self
 * @data: for @func
 * @error: return location
 *
 * Returns: %TRUE when all were given
 */
gboolean
dure_store_dump_records (DureStore *self, DureEntityId entity, DureDumpFunc func, gpointer data, GError **error)
{
  const DureEntity *table = dure_entity (entity);
  g_autoptr (GString) sql = g_string_new ("SELECT id, _deleted, _stamp, _stamps, _extra");
  g_autoptr (GString) line = g_string_new (NULL);
  sqlite3_stmt *stmt;
  gboolean      going = TRUE;
  int           code;

  for (guint f = 0; f < table->n_fields; f++)
    g_string_append_printf (sql, ", \"%s\"", table->fields[f].key);
  g_string_append_printf (sql, " FROM \"%s\" ORDER BY row", table->key);
  stmt = dure_store_prepare (self, sql->str, error);
  if (stmt == NULL)
    return FALSE;
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW && going)
    {
      gboolean first = TRUE;

      g_string_assign (line, "{\"id\":");
      append_column (line, stmt, 0);
      g_string_append (line, sqlite3_column_int (stmt, 1) != 0 ? ",\"deleted\":true" : ",\"deleted\":false");
      g_string_append (line, ",\"stamp\":");
      append_column (line, stmt, 2);
      g_string_append (line, ",\"fields\":{");
      for (guint f = 0; f < table->n_fields; f++)
        {
          if (sqlite3_column_type (stmt, (int)f + 5) == SQLITE_NULL)
            continue;
          g_string_append_printf (line, "%s\"%s\":", first ? "" : ",", table->fields[f].key);
          append_column (line, stmt, (int)f + 5);
          first = FALSE;
        }
      g_string_append_c (line, '}');
      append_object (line, "stamps", stmt, 3);
      append_object (line, "more", stmt, 4);
      going = end_line (line, func, data, error);
    }
  if (going && code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return going && code == SQLITE_DONE;
}

static gboolean
dump_changes (DureStore *self, const char *sql, DureDumpFunc func, gpointer data, GError **error)
{
  static const char *const names[] = { "{\"stamp\":", ",\"entity\":", ",\"id\":", ",\"by\":" };
  sqlite3_stmt *stmt = dure_store_prepare (self, sql, error);
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean going = TRUE;
  int      code;

  if (stmt == NULL)
    return FALSE;
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW && going)
    {
      g_string_truncate (line, 0);
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          g_string_append (line, names[i]);
          append_column (line, stmt, (int)i);
        }
      append_object (line, "change", stmt, 4);
      going = end_line (line, func, data, error);
    }
  if (going && code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return going && code == SQLITE_DONE;
}

/**
 * dure_store_dump_history:
 * @self: a store
 * @func: called with each change, the oldest first, and last with those of entities that are not known; must not write to @self
 * @data: for @func
 * @error: return location
 *
 * Returns: %TRUE when all were given
 */
gboolean
dure_store_dump_history (DureStore *self, DureDumpFunc func, gpointer data, GError **error)
{
  return dump_changes (self, "SELECT stamp, entity, id, by, body FROM journal ORDER BY seq", func, data, error)
         && dump_changes (self, "SELECT stamp, entity, id, by, body FROM unknown ORDER BY stamp", func, data, error);
}
