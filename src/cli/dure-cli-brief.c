/* dure-cli-brief.c: durectl brief
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "cli/dure-cli-record.h"
#include "document/dure-briefing-page.h"

const DureCliOption dure_cli_brief_options[] = {
  { "output", 'o', N_ ("FILE.pdf"), N_ ("The sheet that is written") },
  { NULL },
};

/** dure_cli_brief: the briefing sheet of an event, as PDF. */
int
dure_cli_brief (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureRecord) event = NULL;
  const char *path = dure_cli_option (cli, "output");

  if (path == NULL)
    return dure_cli_misuse (cli, _ ("Name the file with “-o FILE.pdf”."));
  store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  if (store != NULL)
    event = dure_cli_find (store, dure_entity (DURE_ENTITY_EVENT), dure_cli_argument (cli, 0), FALSE, &error);
  if (event == NULL || !dure_briefing_write_pdf (store, dure_record_get_id (event), path, NULL, &error))
    return dure_cli_fail (cli, error);
  fprintf (cli->out, "%s\n", path);
  return DURE_CLI_OK;
}
