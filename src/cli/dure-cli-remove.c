/* dure-cli-remove.c: durectl remove and restore-record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "cli/dure-cli-record.h"

static int
run (DureCli *cli, gboolean bring_back)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureRecord) record = NULL;
  const DureEntity *entity;
  const char       *id;
  int               status = DURE_CLI_OK;

  entity = dure_cli_entity (cli, dure_cli_argument (cli, 0), &status);
  if (entity == NULL)
    return status;
  store = dure_cli_open (cli, 0, &error);
  if (store != NULL)
    record = dure_cli_find (store, entity, dure_cli_argument (cli, 1), bring_back, &error);
  if (record == NULL)
    return dure_cli_fail (cli, error);
  id = dure_record_get_id (record);
  if (bring_back ? dure_store_restore (store, entity->id, id, &error)
                 : dure_store_delete (store, entity->id, id, &error))
    return DURE_CLI_OK;
  return dure_cli_fail (cli, error);
}

/** dure_cli_remove: deletes a record; nothing leaves the file. */
int
dure_cli_remove (DureCli *cli)
{
  return run (cli, FALSE);
}

/** dure_cli_restore_record: brings a deleted record back. */
int
dure_cli_restore_record (DureCli *cli)
{
  return run (cli, TRUE);
}
