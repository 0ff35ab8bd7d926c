/* fuzz-tenant-file.c: the readers of exported tenants and access logs, fed with anything (libFuzzer)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input is the text; it is packed here, so that the fuzzer need not find out how gzip works. With a first byte of 0
 * it goes in as it is. The lines of an exported access log are JSON lines, too.
 */
#include "config.h"

#include <stdio.h>

#include "fuzz-fixture.h"
#include "server/dure-log-file.h"
#include "server/dure-tenant-file.h"
#include "sync/dure-gzip.h"

static gboolean
take_row (const char *table, const DureCell *cells, guint n_cells, gpointer data, GError **error)
{
  for (guint i = 0; i < n_cells; i++)
    if (cells[i].name == NULL || (cells[i].is_number && cells[i].text == NULL))
      g_error ("a cell without a name, or a number without digits");
  return table != NULL;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GInputStream) stream = NULL;
  FILE  *in;
  gint64 n_lines, n_gaps;

  if (size == 0)
    return 0;
  if (data[0] == 0)
    bytes = g_bytes_new (data + 1, size - 1);
  else
    bytes = dure_gzip_pack ((const char *)data, size);
  stream = g_memory_input_stream_new_from_bytes (bytes);
  dure_tenant_file_read (stream, NULL, take_row, NULL, NULL);
  in = fmemopen ((void *)data, size, "r");
  dure_log_file_verify (in, &n_lines, &n_gaps, NULL);
  fclose (in);
  return 0;
}
