/* dure-daemon-bundle.c: the commands about bundles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "server/dure-daemon-private.h"
#include "server/dure-server-bundle.h"

static int
run_key (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  DureBundlePublic key;
  g_autoptr (GError) error = NULL;
  g_autofree char *word = NULL;
  g_autofree char *fingerprint = NULL;

  if (!dure_server_bundle_key (server, &key, &error))
    return dure_daemon_complain (error);
  word = dure_bundle_public_write (&key);
  fingerprint = dure_bundle_public_fingerprint (&key);
  g_print ("%s\n", word);
  g_printerr (_ ("Fingerprint, to compare by telephone: %s\n"), fingerprint);
  return DURE_DAEMON_DONE;
}

static int
run_device_add (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  DureBundlePublic key;
  g_autoptr (GError) error = NULL;
  g_autofree char *fingerprint = NULL;

  if (!dure_server_bundle_add_device (server, arguments[0], arguments[1], arguments[2], arguments[3], &key, &error))
    return dure_daemon_complain (error);
  fingerprint = dure_bundle_public_fingerprint (&key);
  g_print (_ ("The device %s may send bundles. Fingerprint, to compare by telephone: %s\n"), key.device, fingerprint);
  return DURE_DAEMON_DONE;
}

static void
print_manifest (const DureBundle *bundle)
{
  g_print (_ ("Bundle of device %s, user %s, “%s”: %u changes. %s\n"), bundle->device, bundle->user, bundle->tenant,
           (guint)MIN (bundle->changes, G_MAXINT), bundle->kinds != NULL ? bundle->kinds : "");
}

static void
print_missed (const DureServerBundle *result)
{
  if (result->known)
    g_print ("%s\n", _ ("This bundle, or a later one of the device, was taken before."));
  if (result->missed > 0)
    g_print ("%s\n",
             _ ("An earlier bundle of the device never came. Nothing is lost: this one holds its changes too."));
}

static int
run_show (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  g_auto (DureServerBundle) result = { 0 };
  g_autoptr (GError) error = NULL;

  if (!dure_server_bundle_show (server, arguments[0], &result, &error))
    return dure_daemon_complain (error);
  print_manifest (&result.manifest);
  print_missed (&result);
  g_print (_ ("Genuine. It would change %u records; %u fields clash with what stands here.\n"), result.records,
           result.conflicts);
  return DURE_DAEMON_DONE;
}

static int
run_apply (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  g_auto (DureServerBundle) result = { 0 };
  g_autoptr (GError) error = NULL;

  if (!dure_server_bundle_apply (server, arguments[0], &result, &error))
    return dure_daemon_complain (error);
  print_manifest (&result.manifest);
  print_missed (&result);
  g_print (_ ("%u changes taken.\n"), result.accepted);
  if (result.files > 0)
    g_print (_ ("%u files taken.\n"), result.files);
  if (result.files_refused > 0)
    g_printerr (_ ("dured: %u files were not taken: too large, no room for them, or not what they are called.\n"),
                result.files_refused);
  if (result.refused + result.ahead > 0)
    g_printerr (_ ("dured: %u changes were refused: %s\n"), result.refused + result.ahead,
                result.why != NULL ? result.why : "");
  return result.refused + result.ahead == 0 ? DURE_DAEMON_DONE : DURE_DAEMON_FAILED;
}

static int
run_make (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  g_auto (DureBundle) made = { 0 };
  g_autoptr (GError) error = NULL;

  if (options->output == NULL)
    {
      g_printerr ("dured: %s\n", _ ("Say where the bundle goes: -o FILE."));
      return DURE_DAEMON_MISUSED;
    }
  if (!dure_server_bundle_make (server, arguments[0], arguments[1], options->output, &made, &error))
    return dure_daemon_complain (error);
  print_manifest (&made);
  return DURE_DAEMON_DONE;
}

const DureDaemonCommand dure_daemon_bundle_commands[] = {
  { { "device", "add" }, 4, run_device_add }, { { "bundle", "key" }, 0, run_key },
  { { "bundle", "show" }, 1, run_show },      { { "bundle", "apply" }, 1, run_apply },
  { { "bundle", "make" }, 2, run_make },      { { NULL, NULL }, 0, NULL },
};
