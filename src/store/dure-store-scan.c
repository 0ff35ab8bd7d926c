/* dure-store-scan.c: some fields of many records, without making objects of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <sqlite3.h>

#include "store/dure-store-private.h"

/* How often a scan looks whether it should stop. */
#define ROWS_A_LOOK 1024

/**
 * dure_store_scan:
 * @self: a store
 * @query: which records, in which order
 * @fields: (array length=n_fields): numbers of the fields to read
 * @n_fields: how many
 * @func: (scope call): called with each record: its id, then the fields, %NULL for an empty one. The texts are good
 *   during the call; the store must not be written in it
 * @data: passed on
 * @cancellable: (nullable): looked at every thousand records
 * @error: return location
 *
 * For hundreds of thousands of records of which a few fields are wanted: three times as fast as dure_store_list().
 *
 * Returns: whether all were read
 */
gboolean
dure_store_scan (DureStore       *self,
                 const DureQuery *query,
                 const guint     *fields,
                 guint            n_fields,
                 DureScanFunc     func,
                 gpointer         data,
                 GCancellable    *cancellable,
                 GError         **error)
{
  const DureEntity *entity = dure_entity (dure_query_get_entity (query));
  g_autoptr (GString) columns = g_string_new ("id");
  g_autofree const char **values = g_new (const char *, n_fields + 1);
  sqlite3_stmt           *stmt;
  guint                   n = 0;
  int                     code;

  for (guint i = 0; i < n_fields; i++)
    g_string_append_printf (columns, ", \"%s\"", entity->fields[fields[i]].key);
  stmt = dure_query_compile (query, self, columns->str, error);
  if (stmt == NULL)
    return FALSE;
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      for (guint i = 0; i <= n_fields; i++)
        values[i] = (const char *)sqlite3_column_text (stmt, (int)i);
      func (values, data);
      if (++n % ROWS_A_LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
    }
  if (code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return code == SQLITE_DONE;
}
