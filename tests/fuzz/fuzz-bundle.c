/* fuzz-bundle.c: the reader of bundles, fed with anything (libFuzzer)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first byte chooses: the list alone; or a whole file, which is taken apart although nobody signed it, up to where
 * only the receiver's key goes on.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "fuzz-fixture.h"
#include "sync/dure-bundle-reader.h"

static void
fuzz_list (const uint8_t *data, size_t size)
{
  g_auto (DureBundle) bundle = { 0 };
  g_autoptr (GString) again = NULL;
  guint8 signature[64];
  gsize  signature_at;

  if (!dure_bundle_parse (&bundle, (const char *)data, size, &signature_at, signature, NULL))
    return;
  again = dure_bundle_write (&bundle);
  if (again->len == 0 || signature_at > size)
    g_error ("a list of nothing");
}

static void
fuzz_file (const uint8_t *data, size_t size)
{
  static DureBundleKey own;
  guint8               part[4096];
  FILE                *file = size > 0 ? fmemopen ((void *)data, size, "r") : NULL;
  g_autoptr (DureBundleReader) reader = NULL;

  if (file == NULL)
    return;
  if (*own.public.sign == 0)
    dure_bundle_key_new (&own, "", NULL);
  reader = dure_bundle_reader_new (file, NULL);
  if (reader == NULL)
    return;
  if (dure_bundle_reader_verify (reader, &own.public, NULL))
    g_error ("signed by nobody");
  if (dure_bundle_reader_decrypt (reader, &own, &own.public, NULL))
    while (g_input_stream_read (G_INPUT_STREAM (reader), part, sizeof part, NULL, NULL) > 0)
      ;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  DureBundlePublic key;
  g_autofree char *word = NULL;

  if (size < 1)
    return 0;
  if (data[0] & 1)
    fuzz_list (data + 1, size - 1);
  else
    fuzz_file (data + 1, size - 1);
  word = g_strndup ((const char *)data, size);
  dure_bundle_public_parse (&key, word, NULL);
  return 0;
}
