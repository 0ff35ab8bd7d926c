/* dure-cli-export-all.c: durectl export --all, durectl exports
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <unistd.h>

#include "base/dure-json-check.h"
#include "base/dure-json-read.h"
#include "exchange/dure-export-all.h"

static void
show_progress (double done, gpointer data)
{
  DureCli *cli = data;

  fprintf (cli->err, "\r%3d %%%s", (int)(done * 100), done >= 1 ? "\n" : "");
  fflush (cli->err);
}

/** dure_cli_export_all: everything as files in @directory. */
int
dure_cli_export_all (DureCli *cli, const char *directory)
{
  const char *reason = dure_cli_option (cli, "reason");
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;

  if (reason == NULL || *reason == '\0')
    return dure_cli_misuse (cli, _ ("Say why with --reason: personal data of many people leave the program."));
  store = dure_cli_open (cli, 0, &error);
  if (store == NULL
      || !dure_export_all (store, directory, reason, isatty (fileno (cli->err)) ? show_progress : NULL, cli, NULL, &error))
    return dure_cli_fail (cli, error);
  fprintf (cli->out, "%s\n", directory);
  return DURE_CLI_OK;
}

/** dure_cli_exports: the register of what was exported as a whole: when, by whom, how many records, why. */
int
dure_cli_exports (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  g_autofree char *kept = NULL;
  g_auto (GStrv) lines = NULL;

  if (store == NULL)
    return dure_cli_fail (cli, error);
  kept = dure_store_get_meta (store, DURE_META_EXPORTS);
  lines = g_strsplit (kept != NULL ? kept : "", "\n", -1);
  if (cli->json)
    fputs ("[", cli->out);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      JsonObject *object;

      if (cli->json)
        {
          fprintf (cli->out, "%s%s", i > 0 ? "," : "", lines[i]);
          continue;
        }
      if (!dure_json_is_object (lines[i], strlen (lines[i]), DURE_JSON_DEPTH)
          || !json_parser_load_from_data (parser, lines[i], -1, NULL)
          || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
        continue;
      object = json_node_get_object (json_parser_get_root (parser));
      fprintf (cli->out, "%s\t%s\t%u\t%s\n", dure_json_text (object, "at", ""),
               dure_json_text (object, "by", ""),
               (guint)dure_json_int (object, "records", 0),
               dure_json_text (object, "reason", ""));
    }
  if (cli->json)
    fputs ("]\n", cli->out);
  return DURE_CLI_OK;
}
