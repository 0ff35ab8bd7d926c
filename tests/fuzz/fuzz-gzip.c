/* fuzz-gzip.c: the unpacking of bodies, fed with anything (libFuzzer)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "fuzz-fixture.h"
#include "sync/dure-gzip.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) out = dure_gzip_unpack ((const char *)data, size, 1024 * 1024, NULL);

  if (out != NULL && g_bytes_get_size (out) > 1024 * 1024)
    g_error ("beyond the limit");
  return 0;
}
