/* dure-cli-export.c: durectl export
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"
#include "cli/dure-cli-record.h"
#include "exchange/dure-export.h"

const DureCliOption dure_cli_export_options[] = {
  { "output", 'o', N_ ("FILE"), N_ ("Write to this file; only its owner may read it") },
  { "keys", 0, NULL, N_ ("Keys and ids in place of labels and titles") },
  { "cp949", 0, NULL, N_ ("CP949 in place of UTF-8") },
  { "plain", 0, NULL, N_ ("No byte-order mark, lines end in LF") },
  { "all", 0, N_ ("DIRECTORY"), N_ ("Everything, as files that any program opens") },
  { "reason", 0, N_ ("TEXT"), N_ ("Why everything is exported; kept with the files and in the register") },
  { NULL },
};

/** dure_cli_export: records as CSV, for spreadsheets, or for dure_cli_import(). */
int
dure_cli_export (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureQuery) query = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const DureEntity *entity;
  const char       *path = dure_cli_option (cli, "output");
  DureExportFlags   flags = 0;
  gconstpointer     data;
  gsize             size;
  int               status = DURE_CLI_OK;

  if (dure_cli_option (cli, "all") != NULL && dure_cli_argument (cli, 0) == NULL)
    return dure_cli_export_all (cli, dure_cli_option (cli, "all"));
  if (dure_cli_option (cli, "all") != NULL || dure_cli_argument (cli, 0) == NULL)
    return dure_cli_misuse (cli, _ ("Say which ENTITY, or --all DIRECTORY."));
  entity = dure_cli_entity (cli, dure_cli_argument (cli, 0), &status);
  if (entity == NULL)
    return status;
  flags |= dure_cli_option (cli, "keys") != NULL ? DURE_EXPORT_KEYS : 0;
  flags |= dure_cli_option (cli, "cp949") != NULL ? DURE_EXPORT_CP949 : 0;
  flags |= dure_cli_option (cli, "plain") != NULL ? DURE_EXPORT_PLAIN : 0;
  store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  if (store == NULL)
    return dure_cli_fail (cli, error);
  query = dure_cli_query (cli, store, entity, 1, &status);
  if (query == NULL)
    return status;
  dure_query_sort (query, DURE_SORT_TITLE, FALSE);
  bytes = dure_export_csv (store, query, flags, NULL, &error);
  if (bytes == NULL)
    return dure_cli_fail (cli, error);
  data = g_bytes_get_data (bytes, &size);
  if (path == NULL)
    fwrite (data, 1, size, cli->out);
  else if (!g_file_set_contents_full (path, data, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &local))
    {
      g_set_error (&error, DURE_ERROR, DURE_ERROR_FAILED, _ ("The file “%s” could not be written: %s"), path,
                   local->message);
      return dure_cli_fail (cli, error);
    }
  return DURE_CLI_OK;
}
