/* dure-storage-postgres-move.c: one tenant out of the storage as rows, and into it; the access log as it stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-storage-postgres-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"

#define MOST_CELLS 64
/* So many rows are read at a time. */
#define PART 2000
#define PART_TEXT G_STRINGIFY (PART)
/* Numbers of types in PostgreSQL */
#define BOOLEAN 16
#define BYTES 17

/* Tables with a number are read by parts; pieces of blobs one by one. */
static const struct
{
  const char *name;
  const char *select;
  const char *number; /* (nullable) */
} tables[] = {
  { "tenant", "SELECT * FROM tenant WHERE name = $1", NULL },
  { "change", "SELECT * FROM change WHERE tenant = $1 AND seq > $2 ORDER BY seq LIMIT " PART_TEXT, "seq" },
  { "record", "SELECT * FROM record WHERE tenant = $1 AND n > $2 ORDER BY n LIMIT " PART_TEXT, "n" },
  { "clash", "SELECT * FROM clash WHERE tenant = $1 ORDER BY lost_stamp, field", NULL },
  { "folded", "SELECT * FROM folded WHERE tenant = $1 ORDER BY stamp", NULL },
  { "blob", "SELECT * FROM blob WHERE tenant = $1 ORDER BY sha256", NULL },
  { "piece", NULL, NULL },
  { "account", "SELECT * FROM account WHERE tenant = $1 ORDER BY login", NULL },
  { "device", "SELECT * FROM device WHERE tenant = $1 ORDER BY device, token", NULL },
  { "bundle", "SELECT * FROM bundle WHERE tenant = $1 ORDER BY device", NULL },
};

static DurePostgres *
db_of (DureStorage *storage)
{
  return DURE_STORAGE_POSTGRES (storage)->db;
}

/* “user” is a word of SQL. */
static const char *
name_outside (const char *column)
{
  return strcmp (column, "login") == 0 ? "user" : column;
}

static const char *
name_inside (const char *name)
{
  return strcmp (name, "user") == 0 ? "login" : name;
}

/* The column that says whose the row is. */
static gboolean
is_of_tenant (const char *table, const char *column)
{
  return strcmp (column, strcmp (table, "tenant") == 0 ? "name" : "tenant") == 0;
}

static gboolean
dump_rows (const PGresult *rows, const char *table, DureStorageRow func, gpointer data, GError **error)
{
  for (int row = 0; row < PQntuples (rows); row++)
    {
      g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (PQfreemem);
      DureCell cells[MOST_CELLS];
      guint    n = 0;

      for (int i = 0; i < MIN (PQnfields (rows), MOST_CELLS); i++)
        {
          const char *text = dure_postgres_text (rows, row, i);
          Oid         type = PQftype (rows, i);

          if (is_of_tenant (table, PQfname (rows, i)))
            continue;
          if (type == BOOLEAN && text != NULL)
            text = *text == 't' ? "1" : "0";
          if (type == BYTES)
            {
              gsize   length = 0;
              guchar *bytes = text != NULL ? PQunescapeBytea ((const guchar *)text, &length) : NULL;

              cells[n++] = (DureCell){ PQfname (rows, i), NULL, FALSE, length > 0 ? bytes : NULL, length };
              if (bytes != NULL)
                g_ptr_array_add (owned, bytes);
              continue;
            }
          /* bigint, smallint, integer */
          cells[n++] = (DureCell){ name_outside (PQfname (rows, i)), text,
                                   text != NULL && (type == BOOLEAN || (type >= 20 && type <= 23)), NULL, 0 };
        }
      if (!func (table, cells, n, data, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
dump_pieces (DurePostgres *db, const char *tenant, DureStorageRow func, gpointer data, GError **error)
{
  g_autofree char *sha256 = g_strdup ("");
  g_autofree char *at = g_strdup ("0");

  for (;;)
    {
      const char *const values[] = { tenant, sha256, at };
      g_autoptr (PGresult) row
          = dure_postgres_query (db,
                                 "SELECT sha256, at, bytes FROM piece WHERE tenant = $1"
                                 " AND (sha256, at) > ($2, $3::bigint) ORDER BY sha256, at LIMIT 1",
                                 values, G_N_ELEMENTS (values), error);

      if (row == NULL || !dump_rows (row, "piece", func, data, error))
        return FALSE;
      if (PQntuples (row) == 0)
        return TRUE;
      g_free (sha256);
      g_free (at);
      sha256 = g_strdup (dure_postgres_text (row, 0, 0));
      at = g_strdup (dure_postgres_text (row, 0, 1));
    }
}

static gboolean
dump_table (DurePostgres *db, guint t, const char *tenant, DureStorageRow func, gpointer data, GError **error)
{
  gint64 after = 0;
  int    n;

  if (tables[t].select == NULL)
    return dump_pieces (db, tenant, func, data, error);
  do
    {
      char              digits[DURE_POSTGRES_DIGITS];
      const char *const values[] = { tenant, dure_postgres_digits (after, digits) };
      g_autoptr (PGresult) rows
          = dure_postgres_query (db, tables[t].select, values, tables[t].number != NULL ? 2 : 1, error);

      if (rows == NULL)
        return FALSE;
      n = PQntuples (rows);
      if (t == 0 && n == 0)
        {
          dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no tenant “%s”."), tenant);
          return FALSE;
        }
      if (!dump_rows (rows, tables[t].name, func, data, error))
        return FALSE;
      if (n > 0 && tables[t].number != NULL)
        after = dure_postgres_number (rows, n - 1, PQfnumber (rows, tables[t].number));
    }
  while (tables[t].number != NULL && n == PART);
  return TRUE;
}

static gboolean
dump (DureStorage *storage, const char *tenant, DureStorageRow func, gpointer data, GError **error)
{
  DurePostgres *db = db_of (storage);
  gboolean      done;

  if (!dure_postgres_begin (db, error))
    return FALSE;
  /* All of it is of one moment. */
  done = dure_postgres_run (db, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", NULL, 0, NULL, error);
  for (guint t = 0; done && t < G_N_ELEMENTS (tables); t++)
    done = dump_table (db, t, tenant, func, data, error);
  dure_postgres_rollback (db);
  return done;
}

static gboolean
load_begin (DureStorage *storage, const char *tenant, GError **error)
{
  return dure_postgres_begin (db_of (storage), error);
}

/* Columns of a table, as a result without rows; each table is asked once. */
static const PGresult *
columns_of (DureStoragePostgres *self, const char *table, GError **error)
{
  g_autofree char *sql = NULL;
  PGresult        *none;

  if (self->columns == NULL)
    self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)PQclear);
  none = g_hash_table_lookup (self->columns, table);
  if (none != NULL)
    return none;
  sql = g_strdup_printf ("SELECT * FROM %s LIMIT 0", table);
  none = dure_postgres_query (self->db, g_intern_string (sql), NULL, 0, error);
  if (none != NULL)
    g_hash_table_insert (self->columns, (gpointer)g_intern_string (table), none);
  return none;
}

static gboolean
has_column (const PGresult *columns, const char *name)
{
  for (int i = 0; i < PQnfields (columns); i++)
    if (strcmp (PQfname (columns, i), name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
insert (DureStoragePostgres *self,
        const char          *tenant,
        const char          *table,
        const DureCell      *cells,
        guint                n_cells,
        GError             **error)
{
  const PGresult  *columns = columns_of (self, table, error);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  const char      *values[MOST_CELLS + 1] = { tenant };
  guint            n = 1;

  if (columns == NULL)
    return FALSE;
  g_string_printf (sql, "INSERT INTO %s (%s", table, strcmp (table, "tenant") == 0 ? "name" : "tenant");
  for (guint i = 0; i < n_cells && i < MOST_CELLS; i++)
    {
      const char *name = name_inside (cells[i].name);

      if (is_of_tenant (table, name) || !has_column (columns, name))
        {
          if (!dure_cell_is_nothing (&cells[i]))
            return dure_cell_refuse (table, &cells[i], error);
          continue;
        }
      g_string_append_printf (sql, ", %s", name);
      values[n++] = cells[i].bytes != NULL ? dure_postgres_bytes (cells[i].bytes, cells[i].n_bytes) : cells[i].text;
      if (cells[i].bytes != NULL)
        g_ptr_array_add (owned, (gpointer)values[n - 1]);
    }
  g_string_append (sql, ") VALUES ($1");
  for (guint i = 2; i <= n; i++)
    g_string_append_printf (sql, ", $%u", i);
  g_string_append_c (sql, ')');
  return dure_postgres_send (self->db, g_intern_string (sql->str), values, n, error);
}

static gboolean
load_row (
    DureStorage *storage, const char *tenant, const char *table, const DureCell *cells, guint n_cells, GError **error)
{
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    if (strcmp (table, tables[t].name) == 0)
      return insert (DURE_STORAGE_POSTGRES (storage), tenant, tables[t].name, cells, n_cells, error);
  dure_set_error (error, DURE_ERROR_NEWER, _ ("The file was made by a newer program."));
  return FALSE;
}

static gboolean
load_end (DureStorage *storage, const char *tenant, gboolean keep, GError **error)
{
  DurePostgres *db = db_of (storage);

  if (keep && dure_postgres_commit (db, error))
    return TRUE;
  dure_postgres_rollback (db);
  return FALSE;
}

static gboolean
read_log (DureStorage *storage, gint64 after, guint limit, DureLogged logged, gpointer data, GError **error)
{
  char              digits[DURE_POSTGRES_DIGITS], most[DURE_POSTGRES_DIGITS];
  const char *const values[] = { dure_postgres_digits (after, digits), dure_postgres_digits (limit, most) };
  g_autoptr (PGresult) lines = dure_postgres_query (db_of (storage),
                                                    "SELECT n, at, tenant, login, device, remote, what, detail, hash"
                                                    " FROM log WHERE n > $1 ORDER BY n LIMIT $2",
                                                    values, 2, error);

  for (int i = 0; lines != NULL && i < PQntuples (lines); i++)
    {
      const DureAccess access = {
        .at = dure_postgres_number (lines, i, 1),
        .tenant = dure_postgres_text (lines, i, 2),
        .user = dure_postgres_text (lines, i, 3),
        .device = dure_postgres_text (lines, i, 4),
        .remote = dure_postgres_text (lines, i, 5),
        .what = dure_postgres_text (lines, i, 6),
        .detail = dure_postgres_text (lines, i, 7),
      };

      logged (dure_postgres_number (lines, i, 0), &access, dure_postgres_text (lines, i, 8), data);
    }
  return lines != NULL;
}

void
dure_storage_postgres_override_move (DureStorageClass *klass)
{
  klass->dump = dump;
  klass->load_begin = load_begin;
  klass->load_row = load_row;
  klass->load_end = load_end;
  klass->read_log = read_log;
}
