/* dured.c: the sync server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "server/dure-daemon.h"

int
main (int argc, char **argv)
{
  return dure_daemon_run (argc, argv);
}
