/* dure-cli-check.c: durectl check
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "cli/dure-cli-output.h"
#include "sync/dure-sync-blobs.h"

const DureCliOption dure_cli_check_options[] = {
  { "rebuild-search", 0, NULL, N_ ("Make the search index anew first") },
  { NULL },
};

/** dure_cli_check: looks for damage; every finding is a sentence. */
int
dure_cli_check (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  gboolean rebuild = dure_cli_option (cli, "rebuild-search") != NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, rebuild ? 0 : DURE_STORE_READ_ONLY, &error);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (JsonBuilder) builder = NULL;

  if (store != NULL && (!rebuild || dure_store_rebuild_search (store, &error)))
    findings = dure_store_check (store, &error);
  if (findings == NULL
      || !dure_store_check_blobs (store, dure_sync_has_server (store), findings, NULL, &error))
    return dure_cli_fail (cli, error);
  if (cli->json)
    {
      builder = json_builder_new ();
      json_builder_begin_array (builder);
      for (guint i = 0; i < findings->len; i++)
        json_builder_add_string_value (builder, findings->pdata[i]);
      json_builder_end_array (builder);
      dure_cli_json_print (builder, cli->out);
      fputc ('\n', cli->out);
    }
  else if (findings->len == 0)
    fprintf (cli->out, "%s\n", _ ("The store is sound."));
  else
    for (guint i = 0; i < findings->len; i++)
      fprintf (cli->err, "%s\n", (const char *)findings->pdata[i]);
  return findings->len == 0 ? DURE_CLI_OK : DURE_CLI_FAILED;
}
