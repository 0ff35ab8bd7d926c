/* dure-text-merge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three-way merge of texts by line. The lines that each side kept of the base are found as a longest common
 * subsequence; where both sides kept a base line the three texts are in step, and what lies between two such lines is
 * taken from the side that changed it. Source: Khanna, Kunal, Pierce, "A formal investigation of diff3", FSTTCS 2007.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-text-merge.h"

#include <string.h>

#include "base/dure-text-diff.h"

static gboolean
same_lines (char **a, guint a_from, guint a_to, char **b, guint b_from, guint b_to)
{
  if (a_to - a_from != b_to - b_from)
    return FALSE;
  for (guint i = 0; i < a_to - a_from; i++)
    if (strcmp (a[a_from + i], b[b_from + i]) != 0)
      return FALSE;
  return TRUE;
}

static void
take_lines (GPtrArray *out, char **lines, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    g_ptr_array_add (out, lines[i]);
}

/**
 * dure_text_merge:
 * @base: (nullable): the text that both started from
 * @ours: (nullable): the one edit
 * @theirs: (nullable): the other edit
 *
 * Brings two edits of a text together where they touch different lines. %NULL is an empty text.
 * Cost: product of the numbers of changed lines.
 *
 * Returns: (transfer full) (nullable): the text with both edits, or %NULL when they touch the same lines
 */
char *
dure_text_merge (const char *base, const char *ours, const char *theirs)
{
  g_auto (GStrv) o = g_strsplit (base != NULL ? base : "", "\n", -1);
  g_auto (GStrv) a = g_strsplit (ours != NULL ? ours : "", "\n", -1);
  g_auto (GStrv) b = g_strsplit (theirs != NULL ? theirs : "", "\n", -1);
  guint           n = g_strv_length (o), na = g_strv_length (a), nb = g_strv_length (b);
  g_autofree int *in_a = g_new (int, n + 1);
  g_autofree int *in_b = g_new (int, n + 1);
  g_autoptr (GPtrArray) out = g_ptr_array_new ();
  guint i = 0, ia = 0, ib = 0;

  /* An empty text splits into no lines, but is one empty line. */
  if (!dure_text_match_parts (o, n, a, na, in_a) || !dure_text_match_parts (o, n, b, nb, in_b))
    return NULL;
  for (;;)
    {
      guint next = i, next_a, next_b;

      while (next < n && (in_a[next] < 0 || in_b[next] < 0))
        next++;
      next_a = next < n ? (guint)in_a[next] : na;
      next_b = next < n ? (guint)in_b[next] : nb;
      if (same_lines (o, i, next, a, ia, next_a))
        take_lines (out, b, ib, next_b);
      else if (same_lines (o, i, next, b, ib, next_b) || same_lines (a, ia, next_a, b, ib, next_b))
        take_lines (out, a, ia, next_a);
      else
        return NULL;
      if (next == n)
        break;
      g_ptr_array_add (out, o[next]);
      i = next + 1;
      ia = next_a + 1;
      ib = next_b + 1;
    }
  g_ptr_array_add (out, NULL);
  return g_strjoinv ("\n", (char **)out->pdata);
}
