/* dure-cli-backup.c: durectl backup
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

/** dure_cli_backup: copies the store while others may work on it. */
int
dure_cli_backup (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);

  if (store == NULL || !dure_store_backup (store, dure_cli_argument (cli, 0), &error))
    return dure_cli_fail (cli, error);
  fprintf (cli->out, "%s\n", dure_cli_argument (cli, 0));
  return DURE_CLI_OK;
}
