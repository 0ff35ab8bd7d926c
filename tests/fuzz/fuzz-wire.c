/* fuzz-wire.c: the parser of wire lines, fed with anything (libFuzzer)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is taken must come out again as the same line: parse, write, parse, write.
 */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/dure-json-check.h"
#include "fuzz-fixture.h"
#include "sync/dure-wire.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (DureWireLine) line = { 0 };
  g_auto (DureWireLine) again = { 0 };
  g_autoptr (GString) first = NULL;
  g_autoptr (GString) second = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();

  /* What is an object here, json-glib takes too. */
  if (dure_json_is_object ((const char *)data, size, DURE_JSON_DEPTH)
      && !json_parser_load_from_data (parser, (const char *)data, (gssize)size, NULL))
    g_error ("json-glib refuses it");
  if (!dure_wire_parse ((const char *)data, size, &line, NULL) || line.kind != DURE_WIRE_CHANGE)
    return 0;
  first = g_string_new (NULL);
  second = g_string_new (NULL);
  dure_wire_append (first, line.change, line.seq, line.key);
  if (!dure_wire_parse (first->str, first->len, &again, NULL))
    g_error ("not read back: %s", first->str);
  dure_wire_append (second, again.change, again.seq, again.key);
  if (strcmp (first->str, second->str) != 0)
    g_error ("not the same: %s", first->str);
  return 0;
}
