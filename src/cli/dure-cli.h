/* dure-cli.h: durectl without its main: options, the table of commands, where output goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <stdio.h>

#include "store/dure-store.h"

G_BEGIN_DECLS

#define DURE_CLI_OK 0
#define DURE_CLI_FAILED 1
#define DURE_CLI_MISUSED 2

typedef struct _DureCli DureCli;

/** DureCliOption: an option of one command; an array of them ends with a %NULL name. */
typedef struct
{
  const char *name;     /* without the dashes */
  char        letter;   /* short form, 0 for none */
  const char *argument; /* what it takes, %NULL for a switch */
  const char *summary;
} DureCliOption;

typedef struct _DureCliCommand DureCliCommand;

/** DureCliCommand: one line of a table of commands. */
struct _DureCliCommand
{
  const char          *name;
  const char          *summary;
  const char          *usage; /* what stands after the name */
  guint                least; /* arguments */
  guint                most;
  const DureCliOption *options;
  const char          *details;
  int (*run) (DureCli *cli);
  const DureCliCommand *subcommands; /* instead of @run; ends with a %NULL name */
};

/** DureCli: one run of the program. */
struct _DureCli
{
  FILE                 *in;
  FILE                 *out;
  FILE                 *err;
  const DureCliCommand *command;
  const DureCliCommand *group; /* whose subcommand @command is, or %NULL */
  char                 *store_path;
  gboolean              default_store; /* nobody said where */
  gboolean              json;
  gboolean              asked_help;
  gboolean              asked_version;
  GHashTable           *options;   /* name -> value, "" for a switch */
  GPtrArray            *arguments; /* of the command */
};

int dure_cli_run (int argc, char **argv, FILE *in, FILE *out, FILE *err);

const char *dure_cli_argument (DureCli *cli, guint number);
const char *dure_cli_option (DureCli *cli, const char *name);
gboolean    dure_cli_option_number (DureCli *cli, const char *name, guint *number, GError **error);
gboolean    dure_cli_has_store (DureCli *cli);
DureStore  *dure_cli_open (DureCli *cli, DureStoreFlags flags, GError **error);
int         dure_cli_fail (DureCli *cli, GError *error);
int         dure_cli_misuse (DureCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
