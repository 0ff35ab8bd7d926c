/* dure-cli-enrol.c: durectl enrol
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/dure-error.h"
#include "sync/dure-root.h"
#include "sync/dure-sync.h"

#define LONGEST_PASSWORD 1024

const DureCliOption dure_cli_enrol_options[] = {
  { "tenant", 0, N_ ("TENANT"), N_ ("Municipality on the server") },
  { "user", 0, N_ ("USER"), N_ ("Account on the server") },
  { "device", 0, N_ ("NAME"), N_ ("How the server's list of devices shows this computer") },
  { "root", 0, N_ ("FILE"), N_ ("Root certificate of the city (PEM), trusted beside the system's") },
  { "proxy", 0, N_ ("PROXY"), N_ ("Way to the server from now on: the address of a proxy, “none” or “system”") },
  { NULL },
};

/* Reads one line; on a terminal without showing it. */
static gboolean
read_password (DureCli *cli, char *password, int size, GError **error)
{
  int            fd = fileno (cli->in);
  struct termios shown, hidden;
  gboolean       terminal = fd >= 0 && isatty (fd) && tcgetattr (fd, &shown) == 0;
  gboolean       read;

  if (terminal)
    {
      fprintf (cli->err, "%s", _ ("Password: "));
      fflush (cli->err);
      hidden = shown;
      hidden.c_lflag &= ~(tcflag_t)ECHO;
      tcsetattr (fd, TCSAFLUSH, &hidden);
    }
  read = fgets (password, size, cli->in) != NULL;
  if (terminal)
    {
      tcsetattr (fd, TCSAFLUSH, &shown);
      fputc ('\n', cli->err);
    }
  password[read ? strcspn (password, "\r\n") : 0] = '\0';
  if (*password != '\0')
    return TRUE;
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("There is no password on standard input."));
  return FALSE;
}

/** dure_cli_enrol: makes this computer known to a server; a copied store becomes another device. */
int
dure_cli_enrol (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  char      password[LONGEST_PASSWORD] = "";
  DureEnrol enrol = { dure_cli_argument (cli, 0), dure_cli_option (cli, "tenant"), dure_cli_option (cli, "user"),
                      password, dure_cli_option (cli, "device"), NULL, dure_cli_option (cli, "proxy") };
  const char      *root = dure_cli_option (cli, "root");
  g_autofree char *pem = NULL;
  g_autofree char *number = NULL;
  gboolean         done = FALSE, moved = FALSE;

  if (enrol.tenant == NULL || enrol.user == NULL || enrol.device_name == NULL)
    return dure_cli_misuse (cli, _ ("--tenant, --user and --device are needed."));
  if (root != NULL && (pem = dure_root_read (root, &error)) == NULL)
    return dure_cli_fail (cli, error);
  enrol.root = pem;
  store = dure_cli_open (cli, 0, &error);
  if (store != NULL && read_password (cli, password, sizeof password, &error))
    {
      number = g_strdup (dure_store_get_device (store));
      moved = dure_sync_is_elsewhere (store, enrol.url, enrol.tenant);
      done = dure_sync_enrol (store, &enrol, NULL, &error);
    }
  explicit_bzero (password, sizeof password);
  if (!done)
    return dure_cli_fail (cli, error);
  if (strcmp (number, dure_store_get_device (store)) != 0)
    fprintf (cli->out, _ ("This file was a copy of another computer's. It has a number of its own now: %s.\n"),
             dure_store_get_device (store));
  if (moved)
    fputs (_ ("This is another server, or another municipality, than before. What it lacks of this store goes there with the next “sync”, "
              "also what others wrote.\n"),
           cli->out);
  return DURE_CLI_OK;
}
