/* dure-cli-sample.c: durectl sample
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "domain/dure-sample.h"

/** dure_cli_sample: fills the store, which is made when there is none, with one of the samples. */
int
dure_cli_sample (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (GString) known = g_string_new (NULL);
  const char *name = dure_cli_argument (cli, 0);
  gboolean    found = FALSE;

  for (const DureSample *sample = dure_sample_names (); sample->name != NULL; sample++)
    {
      found = found || strcmp (sample->name, name) == 0;
      g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "", sample->name);
    }
  if (!found)
    return dure_cli_misuse (cli, _ ("There is no sample “%s”; there are: %s."), name, known->str);
  store = dure_cli_open (cli, DURE_STORE_CREATE, &error);
  if (store == NULL || !dure_sample_fill (store, name, &error))
    return dure_cli_fail (cli, error);
  return DURE_CLI_OK;
}
