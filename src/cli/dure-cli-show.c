/* dure-cli-show.c: durectl show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "cli/dure-cli-output.h"
#include "cli/dure-cli-record.h"
#include "sync/dure-record-state.h"

static void
print_plain (DureCli *cli, DureStore *store, DureRecord *record)
{
  const DureEntity *entity = dure_record_get_entity (record);
  const char       *state = dure_record_state_label (
      dure_record_state_of (store, entity->id, dure_record_get_id (record)));
  guint widest = 2;

  for (guint f = 0; f < entity->n_fields; f++)
    widest = MAX (widest, dure_cli_text_width (dure_field_label (&entity->fields[f])));
  dure_cli_put_padded (cli->out, "id", widest + 2);
  fprintf (cli->out, "%s\n", dure_record_get_id (record));
  for (guint f = 0; f < entity->n_fields; f++)
    {
      g_autofree char *text = dure_store_format (store, record, f);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

      for (char **line = lines; *line != NULL && *text != '\0'; line++)
        {
          dure_cli_put_padded (cli->out, line == lines ? dure_field_label (&entity->fields[f]) : "", widest + 2);
          fprintf (cli->out, "%s\n", *line);
        }
    }
  if (state != NULL)
    fprintf (cli->out, "%s\n", state);
  if (dure_record_get_deleted (record))
    fprintf (cli->out, "%s\n", _ ("This record is deleted."));
}

/** dure_cli_show: one record, all that is known of it. */
int
dure_cli_show (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureRecord) record = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) root = NULL;
  const DureEntity *entity;
  const char       *state;
  int               status = DURE_CLI_OK;

  entity = dure_cli_entity (cli, dure_cli_argument (cli, 0), &status);
  if (entity == NULL)
    return status;
  store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  if (store != NULL)
    record = dure_cli_find (store, entity, dure_cli_argument (cli, 1), TRUE, &error);
  if (record == NULL)
    return dure_cli_fail (cli, error);
  if (!cli->json)
    {
      print_plain (cli, store, record);
      return DURE_CLI_OK;
    }
  builder = json_builder_new ();
  dure_cli_json_record (builder, record);
  state = dure_record_state_key (dure_record_state_of (store, entity->id, dure_record_get_id (record)));
  root = json_builder_get_root (builder);
  if (state != NULL)
    json_object_set_string_member (json_node_get_object (root), "sync", state);
  dure_cli_json_print (builder, cli->out);
  fputc ('\n', cli->out);
  return DURE_CLI_OK;
}
