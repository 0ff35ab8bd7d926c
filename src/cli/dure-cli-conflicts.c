/* dure-cli-conflicts.c: durectl conflicts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "cli/dure-cli-output.h"
#include "cli/dure-cli-record.h"
#include "sync/dure-conflict.h"

static int
list (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_CONFLICT);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (DureCliTable) table = dure_cli_table_new (7);

  dure_query_where (query, DURE_CONFLICT_STATE, DURE_EQUAL, "open");
  if (store != NULL)
    conflicts = dure_store_list (store, query, &error);
  if (conflicts == NULL)
    return dure_cli_fail (cli, error);
  json_builder_begin_array (builder);
  dure_cli_table_add (table, "id");
  dure_cli_table_add (table, _ ("Record"));
  dure_cli_table_add (table, _ ("Field"));
  dure_cli_table_add (table, _ ("Value that stands"));
  dure_cli_table_add (table, _ ("Written by"));
  dure_cli_table_add (table, _ ("Other value"));
  dure_cli_table_add (table, _ ("Written by"));
  for (guint i = 0; i < conflicts->len; i++)
    {
      DureRecord       *conflict = conflicts->pdata[i];
      const DureEntity *entity = dure_entity_by_key (dure_record_get (conflict, DURE_CONFLICT_ENTITY));
      const char       *key = dure_record_get (conflict, DURE_CONFLICT_FIELD);
      g_autofree char  *title = NULL;

      if (cli->json)
        {
          dure_cli_json_record (builder, conflict);
          continue;
        }
      if (entity != NULL)
        title = dure_store_title (store, entity->id, dure_record_get (conflict, DURE_CONFLICT_RECORD));
      dure_cli_table_add (table, dure_record_get_id (conflict));
      dure_cli_table_add (table, title != NULL ? title : dure_record_get (conflict, DURE_CONFLICT_RECORD));
      dure_cli_table_add (table, dure_cli_field_name (entity, key));
      for (guint side = 0; side < 2; side++)
        {
          const char      *value = dure_record_get (conflict, side == 0 ? DURE_CONFLICT_WON : DURE_CONFLICT_LOST);
          g_autofree char *shown = dure_cli_shown_value (store, entity, key, value);

          dure_cli_table_add (table, shown);
          dure_cli_table_add (table,
                              dure_record_get (conflict, side == 0 ? DURE_CONFLICT_WON_BY : DURE_CONFLICT_LOST_BY));
        }
    }
  json_builder_end_array (builder);
  if (cli->json)
    {
      dure_cli_json_print (builder, cli->out);
      fputc ('\n', cli->out);
    }
  else
    dure_cli_table_print (table, cli->out);
  return DURE_CLI_OK;
}

static int
take (DureCli *cli, const char *id, gboolean lost)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, 0, &error);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_object_unref);
  DureRecord *conflict = NULL;

  if (store != NULL)
    conflict = dure_cli_find (store, dure_entity (DURE_ENTITY_CONFLICT), id, FALSE, &error);
  if (conflict != NULL)
    g_ptr_array_add (conflicts, conflict);
  if (conflict == NULL || !dure_conflicts_decide (store, _ ("Choice in a conflict"), conflicts, lost, &error))
    return dure_cli_fail (cli, error);
  return DURE_CLI_OK;
}

/** dure_cli_conflicts: lists clashes that nobody has looked at, or chooses one of the two values. */
int
dure_cli_conflicts (DureCli *cli)
{
  const char *verb = dure_cli_argument (cli, 0);
  const char *which = dure_cli_argument (cli, 2);

  if (verb == NULL)
    return list (cli);
  if (strcmp (verb, "take") != 0 || which == NULL || (strcmp (which, "won") != 0 && strcmp (which, "lost") != 0))
    return dure_cli_misuse (cli, _ ("It is “conflicts”, or “conflicts take ID won”, or “conflicts take ID lost”."));
  return take (cli, dure_cli_argument (cli, 1), strcmp (which, "lost") == 0);
}
