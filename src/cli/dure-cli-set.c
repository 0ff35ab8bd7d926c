/* dure-cli-set.c: durectl set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "cli/dure-cli-record.h"

/** dure_cli_set: changes the fields that are named; all of them or none. */
int
dure_cli_set (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureRecord) record = NULL;
  const DureEntity *entity;
  int               status = DURE_CLI_OK;

  entity = dure_cli_entity (cli, dure_cli_argument (cli, 0), &status);
  if (entity == NULL)
    return status;
  store = dure_cli_open (cli, 0, &error);
  if (store != NULL)
    record = dure_cli_find (store, entity, dure_cli_argument (cli, 1), FALSE, &error);
  if (record == NULL)
    return dure_cli_fail (cli, error);
  if (!dure_cli_assign (cli, store, record, 2, &status))
    return status;
  return dure_store_write (store, record, &error) ? DURE_CLI_OK : dure_cli_fail (cli, error);
}
