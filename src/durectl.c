/* durectl.c: the command line program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/dure-i18n.h"
#include "cli/dure-cli.h"

int
main (int argc, char **argv)
{
  dure_i18n_init ();
  return dure_cli_run (argc, argv, stdin, stdout, stderr);
}
