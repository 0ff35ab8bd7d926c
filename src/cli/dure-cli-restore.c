/* dure-cli-restore.c: durectl restore
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"
#include "sync/dure-sync.h"

/** dure_cli_restore: puts a backup in place of the store, after a look at it. */
int
dure_cli_restore (DureCli *cli)
{
  g_autoptr (GError) error = NULL;

  return dure_store_restore_file (dure_cli_argument (cli, 0), cli->store_path, dure_sync_carry, &error)
             ? DURE_CLI_OK
             : dure_cli_fail (cli, error);
}
