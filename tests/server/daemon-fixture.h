/* daemon-fixture.h: dured as a process
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server-fixture.h"

typedef struct
{
  char        *directory;
  char        *storage;
  GSubprocess *process;
  char        *uri;
  guint16      port;
} Daemon;

extern char *dured_program;

/* Runs dured to its end, with words up to a NULL; gives its exit status. */
int  dured_run (const char *input, char **said, const char *first, ...) G_GNUC_NULL_TERMINATED;
void dured_start (Daemon *daemon);
void dured_read_uri (Daemon *daemon);
void dured_stop (Daemon *daemon);
