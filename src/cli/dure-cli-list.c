/* dure-cli-list.c: durectl list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "cli/dure-cli-output.h"
#include "cli/dure-cli-record.h"

const DureCliOption dure_cli_list_options[] = {
  { "sort", 0, N_ ("FIELD"), N_ ("Order by this field; “-FIELD” turns it round; else by title") },
  { "limit", 0, N_ ("N"), N_ ("At most so many records") },
  { "deleted", 0, NULL, N_ ("Deleted records instead") },
  { NULL },
};

static gboolean
apply_options (DureCli *cli, const DureEntity *entity, DureQuery *query, int *status)
{
  g_autoptr (GError) error = NULL;
  const char *sort = dure_cli_option (cli, "sort");
  guint       limit = 0;

  if (!dure_cli_option_number (cli, "limit", &limit, &error))
    {
      *status = dure_cli_misuse (cli, "%s", error->message);
      return FALSE;
    }
  dure_query_limit (query, limit);
  dure_query_deleted (query, dure_cli_option (cli, "deleted") != NULL);
  if (sort == NULL)
    dure_query_sort (query, DURE_SORT_TITLE, FALSE);
  else
    {
      gboolean descending = *sort == '-';
      int      field = dure_entity_find_label (entity, sort + (descending ? 1 : 0));

      if (field < 0)
        {
          *status = dure_cli_misuse (cli, _ ("%s has no field “%s”."), dure_entity_label (entity), sort);
          return FALSE;
        }
      dure_query_sort (query, field, descending);
    }
  return TRUE;
}

static void
print_json (DureCli *cli, DureStore *store, const DureEntity *entity, GArray *rows)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean any = FALSE;

  fputc ('[', cli->out);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (DureRecord) record = dure_store_get_row (store, entity->id, g_array_index (rows, gint64, i));

      if (record == NULL)
        continue;
      fputs (any ? ",\n" : "\n", cli->out);
      any = TRUE;
      dure_cli_json_record (builder, record);
      dure_cli_json_print (builder, cli->out);
    }
  fputs (any ? "\n]\n" : "]\n", cli->out);
}

static void
print_table (DureCli *cli, DureStore *store, const DureEntity *entity, GArray *rows)
{
  g_autoptr (DureCliTable) table = NULL;
  guint n_columns = 1;

  for (guint f = 0; f < entity->n_fields; f++)
    if (entity->fields[f].flags & DURE_FIELD_LIST)
      n_columns++;
  table = dure_cli_table_new (n_columns);
  dure_cli_table_add (table, "id");
  for (guint f = 0; f < entity->n_fields; f++)
    if (entity->fields[f].flags & DURE_FIELD_LIST)
      dure_cli_table_add (table, dure_field_label (&entity->fields[f]));
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (DureRecord) record = dure_store_get_row (store, entity->id, g_array_index (rows, gint64, i));

      if (record == NULL)
        continue;
      dure_cli_table_add (table, dure_record_get_id (record));
      for (guint f = 0; f < entity->n_fields; f++)
        if (entity->fields[f].flags & DURE_FIELD_LIST)
          {
            g_autofree char *text = dure_store_format (store, record, f);

            dure_cli_table_add (table, text);
          }
    }
  dure_cli_table_print (table, cli->out);
}

/** dure_cli_list: the records of an entity that fit. */
int
dure_cli_list (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureQuery) query = NULL;
  g_autoptr (GArray) rows = NULL;
  const DureEntity *entity;
  int               status = DURE_CLI_OK;

  entity = dure_cli_entity (cli, dure_cli_argument (cli, 0), &status);
  if (entity == NULL)
    return status;
  store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  if (store == NULL)
    return dure_cli_fail (cli, error);
  query = dure_cli_query (cli, store, entity, 1, &status);
  if (query == NULL || !apply_options (cli, entity, query, &status))
    return status;
  rows = dure_store_rows (store, query, NULL, &error);
  if (rows == NULL)
    return dure_cli_fail (cli, error);
  if (cli->json)
    print_json (cli, store, entity, rows);
  else
    print_table (cli, store, entity, rows);
  return DURE_CLI_OK;
}
