/* dure-cli-init.c: durectl init
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"

/** dure_cli_init: makes a store where none is. */
int
dure_cli_init (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;

  if (dure_cli_has_store (cli))
    g_set_error (&error, DURE_ERROR, DURE_ERROR_EXISTS, _ ("There is a file at “%s” already; it was left alone."),
                 cli->store_path);
  else
    store = dure_cli_open (cli, DURE_STORE_CREATE, &error);
  if (store == NULL)
    return dure_cli_fail (cli, error);
  fprintf (cli->out, "%s\n", cli->store_path);
  return DURE_CLI_OK;
}
