/* fuzz-view.c: the parser of saved views, fed with anything (libFuzzer)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is taken must come out again as the same text: read, write, read, write.
 */
#include "config.h"

#include <string.h>

#include "domain/dure-network-view.h"
#include "fuzz-fixture.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (DureNetworkView) view = dure_network_view_from_json (text, NULL);
  g_autoptr (DureNetworkView) again = NULL;

  if (view == NULL)
    return 0;
  first = dure_network_view_to_json (view);
  again = dure_network_view_from_json (first, NULL);
  if (again == NULL)
    g_error ("not read back: %s", first);
  second = dure_network_view_to_json (again);
  if (strcmp (first, second) != 0)
    g_error ("not the same: %s", first);
  return 0;
}
