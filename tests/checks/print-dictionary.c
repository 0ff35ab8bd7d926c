/* print-dictionary.c: prints the data dictionary for docs/
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "schema/dure-dictionary.h"

int
main (void)
{
  g_autofree char *markdown = dure_dictionary_markdown ();

  return fputs (markdown, stdout) < 0;
}
