/* fuzz-range.c: the heads Range and Content-Range, fed with anything
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever is asked for, what is sent lies within what there is.
 */
#include "config.h"

#include "fuzz-fixture.h"
#include "sync/dure-range.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const gint64 sizes[] = { 1, 2, 1000, G_MAXINT64 - 1 };
  g_autofree char    *head = g_strndup ((const char *)data, size);
  gint64              first, last, total;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      DureRange range = dure_range_parse (head, sizes[i], &first, &last);

      if (first < 0 || last < first || last >= sizes[i])
        g_error ("%d of %" G_GINT64_FORMAT ": %s", range, sizes[i], head);
    }
  if (dure_content_range_parse (head, &first, &last, &total) && (first < 0 || last < first || total <= last))
    g_error ("%s", head);
  return 0;
}
