/* dure-cli-sync.c: durectl sync
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "cli/dure-cli-output.h"
#include "sync/dure-sync.h"

const DureCliOption dure_cli_sync_options[] = {
  { "proxy", 0, N_ ("PROXY"), N_ ("Way to the server from now on: the address of a proxy, “none” or “system”") },
  { NULL },
};

static void
add_count (JsonBuilder *builder, const char *name, gint64 count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, count);
}

static void
print_json (DureCli *cli, const DureSyncResult *result, gint64 waiting, gint64 conflicts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_count (builder, "sent", result->sent);
  add_count (builder, "returned", result->returned);
  add_count (builder, "refused", result->refused);
  add_count (builder, "received", result->received);
  add_count (builder, "kept", result->kept);
  add_count (builder, "unknown", result->unknown);
  add_count (builder, "restamped", result->restamped);
  add_count (builder, "files_sent", result->files_sent);
  add_count (builder, "files_received", result->files_received);
  add_count (builder, "files_left", result->files_left);
  add_count (builder, "offset_ms", result->offset_ms);
  add_count (builder, "waiting", waiting);
  add_count (builder, "conflicts", conflicts);
  dure_cli_json_member (builder, "refusal", result->refusal);
  dure_cli_json_member (builder, "files_error", result->files_error);
  json_builder_end_object (builder);
  dure_cli_json_print (builder, cli->out);
  fputc ('\n', cli->out);
}

/** dure_cli_sync: one round; good when nothing waits on either side. */
int
dure_cli_sync (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, 0, &error);
  g_autoptr (DureQuery) open_conflicts = NULL;
  g_auto (DureSyncResult) result = { 0 };
  const char *proxy = dure_cli_option (cli, "proxy");
  gint64      waiting, conflicts;

  if (store == NULL || (proxy != NULL && !dure_sync_set_proxy (store, proxy, &error))
      || !dure_sync_round (store, &result, NULL, NULL, NULL, &error))
    return dure_cli_fail (cli, error);
  waiting = dure_store_count_unsent (store);
  open_conflicts = dure_query_new (DURE_ENTITY_CONFLICT);
  dure_query_where (open_conflicts, DURE_CONFLICT_STATE, DURE_EQUAL, "open");
  conflicts = dure_store_count (store, open_conflicts, NULL);
  if (cli->json)
    print_json (cli, &result, waiting, conflicts);
  else
    {
      fprintf (cli->out, _ ("%u changes sent, %u received.\n"), result.sent, result.received);
      if (result.returned > 0)
        fprintf (cli->out, _ ("%u changes that this store holds were brought to the server, also of others.\n"),
                 result.returned);
      if (result.files_sent + result.files_received > 0)
        fprintf (cli->out, _ ("%u files sent, %u received.\n"), result.files_sent, result.files_received);
      if (conflicts > 0)
        fprintf (cli->out, _ ("%d conflicts are open; “durectl conflicts” lists them.\n"), (int)conflicts);
    }
  if (result.refused > 0)
    fprintf (cli->err, _ ("durectl: The server refused %u changes: %s\n"), result.refused,
             result.refusal != NULL ? result.refusal : "");
  else if (waiting > 0)
    fprintf (cli->err, _ ("durectl: %d changes are still waiting to be sent.\n"), (int)waiting);
  if (result.files_error != NULL)
    fprintf (cli->err, _ ("durectl: A file did not go or come: %s\n"), result.files_error);
  return result.refused == 0 && waiting == 0 && result.files_error == NULL && result.files_left == 0 ? DURE_CLI_OK : DURE_CLI_FAILED;
}
