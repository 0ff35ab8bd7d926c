/* dure-cli-undo.c: durectl undo and redo
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

/** dure_cli_undo: takes the last change back, by a new change. */
int
dure_cli_undo (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, 0, &error);
  g_autofree char *label = store != NULL ? dure_store_undo (store, &error) : NULL;

  if (label == NULL)
    return dure_cli_fail (cli, error);
  fprintf (cli->out, _ ("Undone: %s\n"), label);
  return DURE_CLI_OK;
}

/** dure_cli_redo: makes again what was undone last. */
int
dure_cli_redo (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, 0, &error);
  g_autofree char *label = store != NULL ? dure_store_redo (store, &error) : NULL;

  if (label == NULL)
    return dure_cli_fail (cli, error);
  fprintf (cli->out, _ ("Done again: %s\n"), label);
  return DURE_CLI_OK;
}
