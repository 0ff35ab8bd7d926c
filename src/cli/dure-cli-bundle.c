/* dure-cli-bundle.c: durectl bundle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "cli/dure-cli-output.h"
#include "sync/dure-sync-bundle.h"

static int bundle_key (DureCli *cli);
static int bundle_enrol (DureCli *cli);
static int bundle_make (DureCli *cli);
static int bundle_show (DureCli *cli);
static int bundle_apply (DureCli *cli);

static const DureCliOption enrol_options[] = {
  { "tenant", 0, N_ ("TENANT"), N_ ("Municipality on the server") },
  { "user", 0, N_ ("USER"), N_ ("Account on the server") },
  { NULL },
};

static const DureCliOption make_options[] = {
  { "output", 'o', N_ ("FILE"), N_ ("Where the bundle goes") },
  { NULL },
};

const DureCliCommand dure_cli_bundle_commands[] = {
  { "key", N_ ("Show this computer's key for bundles, for “dured device add”"), "", 0, 0, NULL,
    N_ ("The fingerprint is for comparing by telephone. The secret half stays in the store, whose file only its owner "
        "may read."),
    bundle_key },
  { "enrol", N_ ("Tell this computer the server's key, which “dured bundle key” shows"),
    "SERVER-KEY --tenant TENANT --user USER", 1, 1, enrol_options, NULL, bundle_enrol },
  { "make", N_ ("Write what waits for the server to an encrypted and signed file"), "-o FILE", 0, 0, make_options,
    N_ ("The file begins with a list that anybody can read. It holds all that no answer has acknowledged yet, so a "
        "lost one does no harm."),
    bundle_make },
  { "show", N_ ("Verify a bundle and say what it would bring"), "FILE", 1, 1, NULL, N_ ("Nothing is written."),
    bundle_show },
  { "apply", N_ ("Take a bundle that the server made"), "FILE", 1, 1, NULL,
    N_ ("Taking it twice, or after a later one, does no harm."), bundle_apply },
  { NULL },
};

static int
bundle_key (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, 0, &error);
  DureBundlePublic key;
  g_autofree char *word = NULL;
  g_autofree char *fingerprint = NULL;

  if (store == NULL || !dure_sync_bundle_key (store, &key, &error))
    return dure_cli_fail (cli, error);
  word = dure_bundle_public_write (&key);
  fingerprint = dure_bundle_public_fingerprint (&key);
  fprintf (cli->out, "%s\n", word);
  fprintf (cli->err, _ ("Fingerprint, to compare by telephone: %s\n"), fingerprint);
  return DURE_CLI_OK;
}

static int
bundle_enrol (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  DureBundlePublic server;
  const char      *tenant = dure_cli_option (cli, "tenant"), *user = dure_cli_option (cli, "user");
  g_autofree char *fingerprint = NULL;

  if (tenant == NULL || user == NULL)
    return dure_cli_misuse (cli, _ ("--tenant and --user are needed."));
  store = dure_cli_open (cli, 0, &error);
  if (store == NULL || !dure_bundle_public_parse (&server, dure_cli_argument (cli, 0), &error)
      || !dure_sync_bundle_enrol (store, dure_cli_argument (cli, 0), tenant, user, &error))
    return dure_cli_fail (cli, error);
  fingerprint = dure_bundle_public_fingerprint (&server);
  fprintf (cli->out, _ ("Fingerprint of the server, to compare by telephone: %s\n"), fingerprint);
  return DURE_CLI_OK;
}

static void
add_count (JsonBuilder *builder, const char *name, gint64 count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, count);
}

static JsonBuilder *
begin_json (const DureBundle *bundle)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (bundle == NULL)
    return builder;
  dure_cli_json_member (builder, "from", bundle->from_server ? "server" : "device");
  dure_cli_json_member (builder, "tenant", bundle->tenant);
  dure_cli_json_member (builder, "device", bundle->device);
  dure_cli_json_member (builder, "user", bundle->user);
  add_count (builder, "number", bundle->number);
  add_count (builder, "changes", bundle->changes);
  dure_cli_json_member (builder, "kinds", bundle->kinds);
  add_count (builder, "files", bundle->files);
  add_count (builder, "files_size", bundle->files_size);
  add_count (builder, "files_left", bundle->files_left);
  add_count (builder, "size", bundle->size);
  dure_cli_json_member (builder, "sha256", bundle->hash);
  dure_cli_json_member (builder, "fingerprint", bundle->sender);
  return builder;
}

static void
end_json (DureCli *cli, JsonBuilder *builder)
{
  json_builder_end_object (builder);
  dure_cli_json_print (builder, cli->out);
  fputc ('\n', cli->out);
}

static void
print_manifest (DureCli *cli, const DureBundle *bundle)
{
  fprintf (cli->out, _ ("Bundle of “%s”, user %s: %u changes, %u kB.\n"), bundle->tenant, bundle->user,
           (guint)MIN (bundle->changes, G_MAXINT), (guint)((bundle->size + 1023) / 1024));
  if (bundle->kinds != NULL)
    fprintf (cli->out, "%s\n", bundle->kinds);
  if (bundle->files > 0)
    fprintf (cli->out, _ ("Files of attachments: %u, %u kB.\n"), (guint)MIN (bundle->files, G_MAXINT),
             (guint)((bundle->files_size + 1023) / 1024));
  if (bundle->files_left > 0)
    fprintf (cli->out, _ ("%u files found no room in it, for it carries 1 GiB at most; they go with the next one.\n"),
             bundle->files_left);
  fprintf (cli->out, _ ("Fingerprint of the sender: %s\n"), bundle->sender);
}

static int
bundle_make (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_auto (DureBundle) made = { 0 };
  const char *path = dure_cli_option (cli, "output");

  if (path == NULL)
    return dure_cli_misuse (cli, _ ("Say where the bundle goes: -o FILE."));
  store = dure_cli_open (cli, 0, &error);
  if (store == NULL || !dure_sync_bundle_make (store, path, &made, &error))
    return dure_cli_fail (cli, error);
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = begin_json (&made);

      end_json (cli, builder);
    }
  else
    print_manifest (cli, &made);
  return DURE_CLI_OK;
}

static int
bundle_show (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, 0, &error);
  g_auto (DureBundle) bundle = { 0 };
  DureBundlePreview preview;

  if (store == NULL || !dure_sync_bundle_show (store, dure_cli_argument (cli, 0), &bundle, &preview, &error))
    return dure_cli_fail (cli, error);
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = begin_json (&bundle);

      add_count (builder, "records", preview.records);
      add_count (builder, "conflicts", preview.conflicts);
      add_count (builder, "waiting", preview.waiting);
      add_count (builder, "known", preview.known);
      end_json (cli, builder);
      return DURE_CLI_OK;
    }
  print_manifest (cli, &bundle);
  if (!preview.for_us)
    fprintf (cli->out, "%s\n", _ ("Genuine, and made on this computer; only the server can open it."));
  else
    fprintf (cli->out,
             _ ("Genuine. It brings %u records and %u conflicts; of %u of these records changes wait here too.\n"),
             preview.records, preview.conflicts, preview.waiting);
  if (preview.known)
    fprintf (cli->out, "%s\n", _ ("All of it was taken before."));
  return DURE_CLI_OK;
}

static void
print_result (DureCli *cli, const DureBundleResult *result)
{
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = begin_json (NULL);

      add_count (builder, "received", result->sync.received);
      add_count (builder, "kept", result->sync.kept);
      add_count (builder, "acknowledged", result->acknowledged);
      add_count (builder, "refused", result->sync.refused);
      add_count (builder, "restamped", result->sync.restamped);
      add_count (builder, "waiting", result->waiting);
      add_count (builder, "files_sent", result->sync.files_sent);
      add_count (builder, "files_received", result->sync.files_received);
      add_count (builder, "known", result->known);
      add_count (builder, "missed", result->missed > 0);
      end_json (cli, builder);
      return;
    }
  fprintf (cli->out, _ ("%u changes received; the server has %u more of this computer, and %u still wait.\n"),
           result->sync.received, result->acknowledged, (guint)result->waiting);
  if (result->sync.files_sent + result->sync.files_received > 0)
    fprintf (cli->out, _ ("The server has %u more files of this computer; %u files came.\n"), result->sync.files_sent,
             result->sync.files_received);
  if (result->known)
    fprintf (cli->out, "%s\n", _ ("All of it was taken before."));
  if (result->missed > 0)
    fprintf (cli->out, "%s\n",
             _ ("An earlier bundle of the server never came. Nothing is lost: this one holds its changes too."));
}

static int
bundle_apply (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, 0, &error);
  DureBundleResult result = { 0 };
  int              status = DURE_CLI_OK;

  if (store == NULL || !dure_sync_bundle_apply (store, dure_cli_argument (cli, 0), &result, &error))
    status = dure_cli_fail (cli, error);
  else
    print_result (cli, &result);
  if (result.sync.offset_ms < 0)
    fprintf (cli->err, _ ("durectl: The clock of this computer is ahead by %u minutes or more. Correct it.\n"),
             (guint)MIN (-result.sync.offset_ms / 60000, G_MAXINT));
  if (result.sync.refused > 0)
    {
      fprintf (cli->err, _ ("durectl: The server refused %u changes: %s\n"), result.sync.refused,
               result.sync.refusal != NULL ? result.sync.refusal : "");
      status = DURE_CLI_FAILED;
    }
  dure_sync_result_clear (&result.sync);
  return status;
}
