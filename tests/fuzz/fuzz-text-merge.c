/* fuzz-text-merge.c: three texts, brought together line by line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who wrote first makes no difference; who changed nothing has no say; and every line that somebody wrote stands in the
 * result.
 */
#include "config.h"

#include <string.h>

#include "fuzz-fixture.h"
#include "sync/dure-text-merge.h"

static void
check (const char *base, const char *ours, const char *theirs, const char *expected)
{
  g_autofree char *merged = dure_text_merge (base, ours, theirs);

  if (g_strcmp0 (merged, expected) != 0)
    g_error ("“%s” in place of “%s”", merged, expected);
}

static void
check_lines (const char *merged, const char *base, const char *side)
{
  g_auto (GStrv) in_merged = g_strsplit (merged, "\n", -1);
  g_auto (GStrv) in_base = g_strsplit (base, "\n", -1);
  g_auto (GStrv) in_side = g_strsplit (side, "\n", -1);

  for (guint i = 0; in_side[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *)in_base, in_side[i])
        && !g_strv_contains ((const char *const *)in_merged, in_side[i]))
      g_error ("the line “%s” is lost", in_side[i]);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gsize            length;
  g_autofree char *base = fuzz_next_part (&data, &size, &length);
  g_autofree char *ours = fuzz_next_part (&data, &size, &length);
  g_autofree char *theirs = fuzz_next_part (&data, &size, &length);
  g_autofree char *merged = NULL;
  g_autofree char *other = NULL;

  if (theirs == NULL)
    return 0;
  merged = dure_text_merge (base, ours, theirs);
  other = dure_text_merge (base, theirs, ours);
  if (g_strcmp0 (merged, other) != 0)
    g_error ("“%s”, and the other way round “%s”", merged, other);
  check (base, base, theirs, theirs);
  check (base, ours, base, ours);
  check (base, ours, ours, ours);
  if (merged != NULL)
    {
      check_lines (merged, base, ours);
      check_lines (merged, base, theirs);
    }
  return 0;
}
