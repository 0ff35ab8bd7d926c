/* dure-cli-add.c: durectl add
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"
#include "cli/dure-cli-record.h"

/* A record with a natural key is there already when another has the same key; one that was deleted comes back. */
static gboolean
is_free (DureStore *store, const DureEntity *entity, DureRecord *record, GError **error)
{
  g_autofree char *id = NULL;
  g_autoptr (DureRecord) other = NULL;

  if (!entity->natural)
    return TRUE;
  id = dure_store_natural_id (store, record, error);
  if (id == NULL)
    return FALSE;
  other = dure_store_get (store, entity->id, id, NULL);
  if (other == NULL || dure_record_get_deleted (other))
    return TRUE;
  g_set_error (error, DURE_ERROR, DURE_ERROR_EXISTS, _ ("This record is there already: %s."), id);
  return FALSE;
}

/** dure_cli_add: a new record; prints its id and nothing else. */
int
dure_cli_add (DureCli *cli)
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
  if (store == NULL)
    return dure_cli_fail (cli, error);
  record = dure_record_new (entity->id);
  if (!dure_cli_assign (cli, store, record, 1, &status))
    return status;
  /* What only the server writes is refused by the store, before anything else is asked of it. */
  if ((!entity->from_server
       && (!dure_record_check (record, NULL, &error) || !is_free (store, entity, record, &error)))
      || !dure_store_write (store, record, &error))
    return dure_cli_fail (cli, error);
  fprintf (cli->out, "%s\n", dure_record_get_id (record));
  return DURE_CLI_OK;
}
