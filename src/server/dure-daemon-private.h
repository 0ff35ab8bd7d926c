/* dure-daemon-private.h: what the files of the program share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/dure-server-config.h"
#include "server/dure-server.h"

G_BEGIN_DECLS

enum
{
  DURE_DAEMON_DONE = 0,
  DURE_DAEMON_FAILED = 1,
  DURE_DAEMON_MISUSED = 2,
};

/** DureDaemonOptions: what the settings and the command line say. */
typedef struct
{
  DureServerConfig config;
  char            *role;
  char            *output;
  char            *tenant;
  char            *from; /* days, as text */
  char            *to;
  gboolean         csv;
  int              days; /* -1 for what the settings say */
} DureDaemonOptions;

/** DureDaemonCommand: a command of one or two words; runs on an open server. */
typedef struct
{
  const char *words[2];
  guint       n_arguments;
  int (*run) (DureServer *server, const DureDaemonOptions *options, char **arguments);
  gboolean    alone; /* needs no storage: the server is %NULL */
} DureDaemonCommand;

extern const DureDaemonCommand dure_daemon_account_commands[]; /* ends with a word of %NULL */
extern const DureDaemonCommand dure_daemon_bundle_commands[];  /* the same */
extern const DureDaemonCommand dure_daemon_move_commands[];    /* the same */

extern const DureDaemonCommand dure_daemon_age_commands[];     /* the same */

/** DureDaemonAge: what is done from time to time while the server serves, on a thread of its own. */
typedef struct _DureDaemonAge DureDaemonAge;

DureDaemonAge *dure_daemon_age_new (DureServer *server, guint days);
void           dure_daemon_age_free (DureDaemonAge *self);

int dure_daemon_complain (GError *error);
int dure_daemon_serve (DureServer *server, const DureDaemonOptions *options, char **arguments);

G_END_DECLS
