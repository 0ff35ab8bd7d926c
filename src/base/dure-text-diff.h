/* dure-text-diff.h: where two texts differ, by line and by word inside of a line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** DureTextRange: a part of a text, in bytes; @end is behind the last one. */
typedef struct
{
  gsize start;
  gsize end;
} DureTextRange;

gboolean dure_text_match_parts (char *const *base, guint n, char *const *side, guint m, int *kept);
void     dure_text_diff (const char *a, const char *b, GArray **in_a, GArray **in_b);
char    *dure_text_diff_parts (const char *text, GArray *ranges);
char    *dure_text_join (const char *a, const char *b);

G_END_DECLS
