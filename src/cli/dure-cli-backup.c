/* dure-cli-backup.c: durectl backup, durectl backups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "cli/dure-cli-output.h"
#include "store/dure-store-backups.h"

#define FOLDER_OPTION \
  { "folder", 0, N_ ("FOLDER"), N_ ("Folder that was chosen for backups; else STORE.backups beside the store") }

const DureCliOption dure_cli_backup_options[] = {
  { "keep", 0, N_ ("DAYS"), N_ ("For so many days backups are kept; 14 when it is not said") },
  FOLDER_OPTION,
  { NULL },
};

const DureCliOption dure_cli_backups_options[] = {
  FOLDER_OPTION,
  { NULL },
};

/** dure_cli_backup: copies the store while others may work on it. */
int
dure_cli_backup (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autofree char *path = g_strdup (dure_cli_argument (cli, 0));
  guint            keep = DURE_BACKUPS_KEEP;

  if (path != NULL && (dure_cli_option (cli, "keep") != NULL || dure_cli_option (cli, "folder") != NULL))
    return dure_cli_misuse (cli, _ ("A FILE is no backup of the folder; leave it out, or leave out the options."));
  if (!dure_cli_option_number (cli, "keep", &keep, &error))
    return dure_cli_misuse (cli, "%s", error->message);
  store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  if (store != NULL && path == NULL)
    {
      g_autofree char *folder = dure_backups_folder (cli->store_path, dure_cli_option (cli, "folder"));

      path = dure_backups_make (store, folder, keep, FALSE, NULL, &error);
    }
  else if (store != NULL)
    dure_store_backup (store, path, &error);
  if (error != NULL)
    return dure_cli_fail (cli, error);
  fprintf (cli->out, "%s\n", path);
  return DURE_CLI_OK;
}

static void
print_json (DureCli *cli, GPtrArray *list)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    {
      const DureBackup *backup = list->pdata[i];

      json_builder_begin_object (builder);
      dure_cli_json_member (builder, "file", backup->path);
      dure_cli_json_member (builder, "made", backup->made);
      json_builder_set_member_name (builder, "bytes");
      json_builder_add_int_value (builder, backup->size);
      json_builder_set_member_name (builder, "records");
      json_builder_add_int_value (builder, backup->records);
      json_builder_set_member_name (builder, "before-restore");
      json_builder_add_boolean_value (builder, backup->before);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  dure_cli_json_print (builder, cli->out);
  fputc ('\n', cli->out);
}

/** dure_cli_backups: which copies there are, the newest first. */
int
dure_cli_backups (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = dure_backups_folder (cli->store_path, dure_cli_option (cli, "folder"));
  g_autoptr (GPtrArray) list = dure_backups_list (folder, &error);

  if (list == NULL)
    return dure_cli_fail (cli, error);
  if (cli->json)
    print_json (cli, list);
  for (guint i = 0; !cli->json && i < list->len; i++)
    {
      const DureBackup *backup = list->pdata[i];
      g_autofree char  *size = g_format_size ((guint64)backup->size);
      g_autofree char  *records = backup->records < 0
                                      ? g_strdup (_ ("cannot be read"))
                                      : g_strdup_printf (_ ("%u records"), (guint)backup->records);

      fprintf (cli->out, "%s\t%s\t%s\t%s%s\n", backup->made, size, records, backup->path,
               backup->before ? _ ("\tbefore a restore") : "");
    }
  return DURE_CLI_OK;
}
