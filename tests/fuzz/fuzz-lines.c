/* fuzz-lines.c: lines of an answer that come in pieces of any size
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first byte says how large the pieces are. The lines are the same as when all comes at once, and the reading ends.
 */
#include "config.h"

#include <string.h>

#include "fuzz-fixture.h"
#include "sync/dure-client.h"

static char *
read_all (const uint8_t *data, size_t size, gsize piece)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();
  DureLines *lines;
  GString   *out = g_string_new (NULL);

  for (gsize at = 0; at < size; at += piece)
    g_memory_input_stream_add_data (G_MEMORY_INPUT_STREAM (stream), g_memdup2 (data + at, MIN (piece, size - at)),
                                    (gssize)MIN (piece, size - at), g_free);
  lines = dure_lines_new (stream, NULL);
  for (;;)
    {
      g_auto (DureWireLine) line = { 0 };
      g_autoptr (GError) error = NULL;

      if (!dure_lines_next (lines, &line, &error))
        {
          g_string_append (out, error->message);
          break;
        }
      if (line.change != NULL)
        dure_wire_append (out, line.change, line.seq, line.key);
      else
        g_string_append_printf (out, "%d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n", line.kind, line.seq,
                                line.epoch, line.role);
    }
  dure_lines_free (lines);
  return g_string_free (out, FALSE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *whole = NULL;
  g_autofree char *pieces = NULL;

  if (size < 1)
    return 0;
  whole = read_all (data + 1, size - 1, size);
  pieces = read_all (data + 1, size - 1, data[0] % 64u + 1);
  if (strcmp (whole, pieces) != 0)
    g_error ("whole: %s\nin pieces: %s", whole, pieces);
  return 0;
}
