/* dure-text-diff.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines are paired as a longest common subsequence; the lines between two pairs are compared word by word in the same
 * way. A word is a run of letters and digits; every other character stands alone.
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-text-diff.h"

#include <string.h>

/* The table of the subsequence has one cell for each pair of parts; texts beyond this are not compared. */
#define MAX_CELLS (4u * 1024u * 1024u)

/**
 * dure_text_match_parts:
 * @base: lines or words
 * @n: how many
 * @side: those of another text
 * @m: how many
 * @kept: (out caller-allocates): @n numbers: kept[i] becomes the number of the part of @side that is part i of @base,
 *   or -1
 *
 * A longest common subsequence. Cost: product of the numbers of changed parts.
 *
 * Returns: %FALSE when they differ too much to be compared in a reasonable time
 */
gboolean
dure_text_match_parts (char *const *base, guint n, char *const *side, guint m, int *kept)
{
  g_autofree guint32 *cells = NULL;
  guint               head = 0, tail = 0, width, rows;

  for (guint i = 0; i < n; i++)
    kept[i] = -1;
  for (; head < n && head < m && strcmp (base[head], side[head]) == 0; head++)
    kept[head] = (int)head;
  for (; tail < n - head && tail < m - head && strcmp (base[n - 1 - tail], side[m - 1 - tail]) == 0; tail++)
    kept[n - 1 - tail] = (int)(m - 1 - tail);
  rows = n - head - tail;
  width = m - head - tail + 1;
  if (rows == 0 || width == 1)
    return TRUE;
  if ((guint64)(rows + 1) * width > MAX_CELLS)
    return FALSE;
  cells = g_new0 (guint32, (gsize)(rows + 1) * width);
  for (guint i = rows; i-- > 0;)
    for (guint j = width - 1; j-- > 0;)
      cells[i * width + j] = strcmp (base[head + i], side[head + j]) == 0
                                 ? cells[(i + 1) * width + j + 1] + 1
                                 : MAX (cells[(i + 1) * width + j], cells[i * width + j + 1]);
  for (guint i = 0, j = 0; i < rows && j < width - 1;)
    if (strcmp (base[head + i], side[head + j]) == 0)
      {
        kept[head + i] = (int)(head + j);
        i++;
        j++;
      }
    else if (cells[(i + 1) * width + j] >= cells[i * width + j + 1])
      i++;
    else
      j++;
  return TRUE;
}

/* The parts of a text and where each begins; one more beginning behind the last. */
typedef struct
{
  GPtrArray *texts;
  GArray    *starts; /* of gsize */
} Parts;

static void
parts_clear (Parts *parts)
{
  g_clear_pointer (&parts->texts, g_ptr_array_unref);
  g_clear_pointer (&parts->starts, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static void
parts_add (Parts *parts, const char *start, const char *end, gsize offset)
{
  g_ptr_array_add (parts->texts, g_strndup (start, (gsize)(end - start)));
  g_array_append_val (parts->starts, offset);
}

static void
parts_begin (Parts *parts)
{
  parts->texts = g_ptr_array_new_with_free_func (g_free);
  parts->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
}

static void
split_lines (const char *text, Parts *parts)
{
  const char *line = text;
  gsize       end = strlen (text);

  parts_begin (parts);
  while (*line != '\0')
    {
      const char *stop = strchr (line, '\n');

      stop = stop != NULL ? stop + 1 : text + end;
      parts_add (parts, line, stop, (gsize)(line - text));
      line = stop;
    }
  g_array_append_val (parts->starts, end);
}

static void
split_words (const char *text, gsize from, gsize to, Parts *parts)
{
  const char *word = text + from;

  parts_begin (parts);
  while (word < text + to)
    {
      const char *stop = g_utf8_next_char (word);

      if (g_unichar_isalnum (g_utf8_get_char (word)))
        while (stop < text + to && g_unichar_isalnum (g_utf8_get_char (stop)))
          stop = g_utf8_next_char (stop);
      parts_add (parts, word, stop, (gsize)(word - text));
      word = stop;
    }
  g_array_append_val (parts->starts, to);
}

/* A line's end is no difference that could be seen; two marks with nothing but a blank between them are one. */
static void
add_range (const char *text, GArray *ranges, gsize start, gsize end)
{
  DureTextRange *last = ranges->len > 0 ? &g_array_index (ranges, DureTextRange, ranges->len - 1) : NULL;
  DureTextRange  range = { start, end };

  while (range.end > range.start && text[range.end - 1] == '\n')
    range.end--;
  if (range.end == range.start)
    return;
  if (last != NULL && (last->end == start || (last->end + 1 == start && text[last->end] == ' ')))
    last->end = range.end;
  else
    g_array_append_val (ranges, range);
}

/* Marks the parts of one side that the other lacks. */
static void
add_unmatched (const char *text, GArray *ranges, const Parts *parts, const int *kept)
{
  for (guint i = 0; i < parts->texts->len; i++)
    if (kept[i] < 0)
      add_range (text, ranges, g_array_index (parts->starts, gsize, i), g_array_index (parts->starts, gsize, i + 1));
}

static void
diff_words (const char *a, gsize a_from, gsize a_to, const char *b, gsize b_from, gsize b_to, GArray *in_a, GArray *in_b)
{
  g_auto (Parts) words_a = { 0 };
  g_auto (Parts) words_b = { 0 };
  g_autofree int *kept = NULL;
  g_autofree int *back = NULL;
  guint           n_alike = 0;

  split_words (a, a_from, a_to, &words_a);
  split_words (b, b_from, b_to, &words_b);
  kept = g_new (int, words_a.texts->len + 1);
  back = g_new (int, words_b.texts->len + 1);
  for (guint j = 0; j < words_b.texts->len; j++)
    back[j] = -1;
  if (dure_text_match_parts ((char *const *)words_a.texts->pdata, words_a.texts->len,
                             (char *const *)words_b.texts->pdata, words_b.texts->len, kept))
    for (guint i = 0; i < words_a.texts->len; i++)
      if (kept[i] >= 0)
        {
          back[kept[i]] = (int)i;
          n_alike += g_unichar_isalnum (g_utf8_get_char (words_a.texts->pdata[i]));
        }
  /* Common blanks and dots alone make no common sentence. */
  if (n_alike == 0)
    {
      add_range (a, in_a, a_from, a_to);
      add_range (b, in_b, b_from, b_to);
      return;
    }
  add_unmatched (a, in_a, &words_a, kept);
  add_unmatched (b, in_b, &words_b, back);
}

/**
 * dure_text_diff:
 * @a: (nullable): a text
 * @b: (nullable): another
 * @in_a: (out) (transfer full) (element-type DureTextRange): the parts of @a that @b lacks, in order
 * @in_b: (out) (transfer full) (element-type DureTextRange): the parts of @b that @a lacks
 *
 * Cost: product of the numbers of changed lines, and of changed words where lines differ.
 */
void
dure_text_diff (const char *a, const char *b, GArray **in_a, GArray **in_b)
{
  g_auto (Parts) lines_a = { 0 };
  g_auto (Parts) lines_b = { 0 };
  g_autofree int *kept = NULL;
  guint           i = 0, j = 0;

  a = a != NULL ? a : "";
  b = b != NULL ? b : "";
  *in_a = g_array_new (FALSE, FALSE, sizeof (DureTextRange));
  *in_b = g_array_new (FALSE, FALSE, sizeof (DureTextRange));
  split_lines (a, &lines_a);
  split_lines (b, &lines_b);
  kept = g_new (int, lines_a.texts->len + 1);
  if (!dure_text_match_parts ((char *const *)lines_a.texts->pdata, lines_a.texts->len,
                              (char *const *)lines_b.texts->pdata, lines_b.texts->len, kept))
    {
      add_range (a, *in_a, 0, strlen (a));
      add_range (b, *in_b, 0, strlen (b));
      return;
    }
  for (;;)
    {
      guint next = i, next_b;

      while (next < lines_a.texts->len && kept[next] < 0)
        next++;
      next_b = next < lines_a.texts->len ? (guint)kept[next] : lines_b.texts->len;
      if (next > i || next_b > j)
        diff_words (a, g_array_index (lines_a.starts, gsize, i), g_array_index (lines_a.starts, gsize, next), b,
                    g_array_index (lines_b.starts, gsize, j), g_array_index (lines_b.starts, gsize, next_b), *in_a,
                    *in_b);
      if (next == lines_a.texts->len)
        return;
      i = next + 1;
      j = next_b + 1;
    }
}

/**
 * dure_text_diff_parts:
 * @text: (nullable): a text of dure_text_diff()
 * @ranges: (element-type DureTextRange): what the other text lacks of it
 *
 * Returns: (transfer full): the parts in quotation marks, for who hears them; empty when there are none
 */
char *
dure_text_diff_parts (const char *text, GArray *ranges)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ranges->len; i++)
    {
      const DureTextRange *range = &g_array_index (ranges, DureTextRange, i);

      g_string_append (out, i > 0 ? ", “" : "“");
      g_string_append_len (out, text + range->start, (gssize)(range->end - range->start));
      g_string_append (out, "”");
    }
  return g_string_free (out, FALSE);
}

/**
 * dure_text_join:
 * @a: a text
 * @b: another
 *
 * Returns: (transfer full): the lines of both; what is the same in both once, where they differ first the one, then the
 *   other
 */
char *
dure_text_join (const char *a, const char *b)
{
  g_auto (GStrv) lines_a = g_strsplit (a, "\n", -1);
  g_auto (GStrv) lines_b = g_strsplit (b, "\n", -1);
  guint           n = g_strv_length (lines_a), m = g_strv_length (lines_b), j = 0;
  g_autofree int *kept = g_new (int, n + 1);
  g_autoptr (GPtrArray) out = g_ptr_array_new ();

  if (!dure_text_match_parts (lines_a, n, lines_b, m, kept))
    return g_strdup_printf ("%s\n%s", a, b);
  for (guint i = 0; i < n; i++)
    {
      for (; kept[i] >= 0 && j < (guint)kept[i]; j++)
        g_ptr_array_add (out, lines_b[j]);
      if (kept[i] >= 0)
        j++;
      g_ptr_array_add (out, lines_a[i]);
    }
  for (; j < m; j++)
    g_ptr_array_add (out, lines_b[j]);
  g_ptr_array_add (out, NULL);
  return g_strjoinv ("\n", (char **)out->pdata);
}
