/* dure-store-schema.c: SQL made from the table, and migrations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A migration adds what the file lacks of the table: new entities as tables, new fields as columns. All of it runs
 * inside one transaction, after a copy of the file was kept as FILE.vN.bak.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-text.h"
#include "store/dure-store-private.h"

/* "Dure" */
#define APPLICATION_ID 0x44757265

int dure_store_version = DURE_SCHEMA_VERSION;

static const char base_sql[]
    = "CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT) STRICT, WITHOUT ROWID;"
      "CREATE TABLE txn (txn INTEGER PRIMARY KEY, label TEXT, kind INTEGER NOT NULL, target INTEGER, first INTEGER NOT "
      "NULL) STRICT;"
      "CREATE TABLE journal (seq INTEGER PRIMARY KEY, stamp TEXT NOT NULL, txn INTEGER NOT NULL, entity TEXT NOT NULL,"
      " id TEXT NOT NULL, by TEXT, body TEXT NOT NULL, origin INTEGER NOT NULL) STRICT;"
      "CREATE INDEX journal_record ON journal (id);"
      /* What waits to be sent is counted after every change, also among a hundred thousand that came from elsewhere. */
      "CREATE INDEX journal_unsent ON journal (seq) WHERE origin = 0;"
      "CREATE TABLE unknown (stamp TEXT NOT NULL PRIMARY KEY, entity TEXT NOT NULL, id TEXT NOT NULL, by TEXT, body "
      "TEXT NOT NULL)"
      " STRICT, WITHOUT ROWID;"
      "CREATE VIRTUAL TABLE search USING fts5 (grams, content='', detail=none, columnsize=0, tokenize='ascii');";

/* Each transaction adds a piece to the index, and pieces are merged when there are so many. By fours, as is usual, or by
 * eights, merging takes longer than all else that is done for the index; a search in eighty pieces takes 2.5 ms, in one
 * 1.3 ms. A crisis is a merge that an officer would wait for: it shall not come. */
static const char index_sql[] = "INSERT INTO search (search, rank) VALUES ('automerge', 32);"
                                "INSERT INTO search (search, rank) VALUES ('crisismerge', 128);";

static const char *
column_type (const DureField *field)
{
  return dure_field_is_integer (field) ? "INTEGER" : "TEXT";
}

static void
append_index (GString *sql, const DureEntity *entity, const DureField *field)
{
  if (field->type == DURE_VALUE_LINK || field->type == DURE_VALUE_DATE_TIME || (field->flags & DURE_FIELD_REFERENCE))
    g_string_append_printf (sql, "CREATE INDEX IF NOT EXISTS \"%s_%s\" ON \"%s\" (\"%s\") WHERE \"%s\" IS NOT NULL;", entity->key,
                            field->key, entity->key, field->key, field->key);
}

static void
append_table (GString *sql, const DureEntity *entity)
{
  g_string_append_printf (sql, "CREATE TABLE \"%s\" (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE", entity->key);
  for (guint f = 0; f < entity->n_fields; f++)
    g_string_append_printf (sql, ", \"%s\" %s", entity->fields[f].key, column_type (&entity->fields[f]));
  g_string_append (
      sql,
      ", _deleted INTEGER NOT NULL DEFAULT 0, _stamp TEXT NOT NULL, _stamps TEXT, _extra TEXT, _sort TEXT) STRICT;");
  g_string_append_printf (sql, "CREATE INDEX \"%s__sort\" ON \"%s\" (_sort) WHERE _deleted = 0;", entity->key,
                          entity->key);
  for (guint f = 0; f < entity->n_fields; f++)
    append_index (sql, entity, &entity->fields[f]);
}

/* Column -1 asks for the table itself. */
static gboolean
file_has (DureStore *self, const DureEntity *entity, int column)
{
  sqlite3_stmt *stmt = dure_store_prepare (
      self, "SELECT 1 FROM pragma_table_info (?1) WHERE ?2 IS NULL OR name = ?2 LIMIT 1", NULL);
  gboolean has;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, entity->key, -1, SQLITE_STATIC);
  if (column >= 0)
    sqlite3_bind_text (stmt, 2, entity->fields[column].key, -1, SQLITE_STATIC);
  has = sqlite3_step (stmt) == SQLITE_ROW;
  sqlite3_reset (stmt);
  return has;
}

/* A new column; what was unknown until now waited in _extra, and its stamp stays where it is. */
static void
append_column (GString *sql, const DureEntity *entity, const DureField *field)
{
  g_string_append_printf (sql, "ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s;", entity->key, field->key,
                          column_type (field));
  append_index (sql, entity, field);
  g_string_append_printf (sql,
                          "UPDATE \"%s\" SET \"%s\" = json_extract (_extra, '$.%s'),"
                          " _extra = nullif (json_remove (_extra, '$.%s'), '{}')"
                          " WHERE json_extract (_extra, '$.%s') IS NOT NULL;",
                          entity->key, field->key, field->key, field->key, field->key);
}

static char *
migration_sql (DureStore *self, int from)
{
  g_autoptr (GString) sql = g_string_new (from == 0 ? base_sql : NULL);

  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    {
      const DureEntity *entity = dure_entity (e);

      if (from == 0 || !file_has (self, entity, -1))
        {
          append_table (sql, entity);
          continue;
        }
      for (guint f = 0; f < entity->n_fields; f++)
        if (!file_has (self, entity, (int)f))
          append_column (sql, entity, &entity->fields[f]);
        else
          append_index (sql, entity, &entity->fields[f]);
    }
  g_string_append (sql, index_sql);
  g_string_append_printf (sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID,
                          dure_store_version);
  return g_strdup (sql->str);
}

static gboolean
set_identity (DureStore *self, GError **error)
{
  char device[DURE_DEVICE_LENGTH + 1];

  dure_device_new (device);
  return dure_store_set_meta (self, "device", device, error)
         && dure_store_set_meta (self, "author", g_get_user_name (), error);
}

/* Brings the file from version `from` (0: empty) to that of the table. */
gboolean
dure_store_migrate (DureStore *self, int from, GError **error)
{
  g_autofree char *sql = NULL;
  g_autofree char *copy = NULL;

  if (!dure_store_exec (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  /* Another program may have done it while this one waited. */
  from = (int)dure_store_scalar (self, "PRAGMA user_version", from);
  if (from >= dure_store_version)
    return dure_store_exec (self, "ROLLBACK", error);
  copy = g_strdup_printf ("%s.v%d.bak", self->path, from);
  if (from == 0 && dure_store_scalar (self, "SELECT count(*) FROM sqlite_master", 0) > 0)
    {
      dure_set_error (error, DURE_ERROR_DAMAGED, _ ("The file “%s” is not a store of this program."), self->path);
      sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
      return FALSE;
    }
  sql = migration_sql (self, from);
  if ((from == 0 || dure_store_copy_file (self->path, copy, error)) && dure_store_exec (self, sql, error)
      && (from > 0 || set_identity (self, error))
      && (from == 0 || dure_store_index_rebuild (self, error)) && dure_store_exec (self, "COMMIT", error))
    return TRUE;
  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

void
dure_store_bind_value (sqlite3_stmt *stmt, int place, const DureField *field, const char *value)
{
  if (value == NULL)
    sqlite3_bind_null (stmt, place);
  else if (dure_field_is_integer (field))
    sqlite3_bind_int64 (stmt, place, g_ascii_strtoll (value, NULL, 10));
  else
    sqlite3_bind_text (stmt, place, value, -1, SQLITE_TRANSIENT);
}

/* dure_match (folded query, text, …): 1 when one of the texts matches */
static void
match_function (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *query = (const char *)sqlite3_value_text (values[0]);
  gboolean    found = FALSE;

  for (int i = 1; query != NULL && i < n && !found; i++)
    {
      const char      *text = (const char *)sqlite3_value_text (values[i]);
      g_autofree char *folded = text != NULL ? dure_text_fold (text) : NULL;
      gsize            start, end;

      found = folded != NULL && dure_text_match (folded, query, &start, &end);
    }
  sqlite3_result_int (context, found);
}

/* dure_sort (text): the key that puts symbols, digits, Hangul, Latin in this order */
static void
sort_function (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *text = (const char *)sqlite3_value_text (values[0]);

  if (text == NULL)
    sqlite3_result_null (context);
  else
    sqlite3_result_text (context, dure_text_sort_key (text), -1, g_free);
}

gboolean
dure_store_add_functions (DureStore *self)
{
  int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

  return sqlite3_create_function_v2 (self->db, "dure_match", -1, flags, NULL, match_function, NULL, NULL, NULL)
             == SQLITE_OK
         && sqlite3_create_function_v2 (self->db, "dure_sort", 1, flags, NULL, sort_function, NULL, NULL, NULL)
                == SQLITE_OK;
}

static guint32
big_endian (const guchar *bytes)
{
  return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

/**
 * dure_store_check_file:
 * @path: a file that exists
 * @version: (out): version of the store, 0 for an empty file
 * @error: return location
 *
 * Looks at the head of the file by itself, so that one that is not ours or comes from a newer program is not even
 * opened by SQLite, which would write beside it.
 *
 * Returns: %TRUE when the file is a store of this version or an older one, or empty
 */
gboolean
dure_store_check_file (const char *path, int *version, GError **error)
{
  guchar           head[100];
  gsize            got;
  GStatBuf         status;
  guint32          page;
  g_autofree char *wal = NULL;
  FILE            *file = g_fopen (path, "rbe");

  if (file == NULL)
    {
      dure_set_error (error, DURE_ERROR_FAILED, _ ("The file “%s” could not be opened: %s"), path, g_strerror (errno));
      return FALSE;
    }
  got = fread (head, 1, sizeof head, file);
  fclose (file);
  *version = 0;
  if (got == 0)
    return TRUE;
  if (got < sizeof head || memcmp (head, "SQLite format 3", 16) != 0
      || (big_endian (head + 68) != APPLICATION_ID && (big_endian (head + 60) != 0 || big_endian (head + 28) > 1)))
    {
      dure_set_error (
          error, DURE_ERROR_DAMAGED,
          _ ("The file “%s” is damaged or not a store of this program. Nothing was written to it. Restore a "
             "backup, or choose another file."),
          path);
      return FALSE;
    }
  *version = (int)big_endian (head + 60);
  if (*version > dure_store_version)
    {
      dure_set_error (
          error, DURE_ERROR_NEWER,
          _ ("The file “%s” was written by a newer version of this program (%d; this one knows %d). Nothing "
             "was written to it. Install the newer version, or choose another file."),
          path, *version, dure_store_version);
      return FALSE;
    }
  /* A file that was cut off is shorter than its own head says; not so while a write-ahead log still holds its pages. */
  wal = g_strconcat (path, "-wal", NULL);
  if (g_stat (wal, &status) == 0 && status.st_size > 0)
    return TRUE;
  page = (guint32)head[16] << 8 | head[17];
  page = page == 1 ? 65536 : page;
  if (g_stat (path, &status) == 0 && (guint64)status.st_size < (guint64)page * big_endian (head + 28))
    {
      dure_set_error (
          error, DURE_ERROR_DAMAGED,
          _ ("The file “%s” is damaged: its end is missing. Nothing was written to it. Restore a backup, or "
             "choose another file."),
          path);
      return FALSE;
    }
  return TRUE;
}
