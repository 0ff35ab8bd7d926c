/* dure-text-match.c: searching in Korean text while it is being typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What matches: a lone consonant matches every syllable that begins with it. The last syllable of a query may still be
 * in the making: without a final consonant it matches with any final (행저, 행정); with one, the final may turn out to
 * be the initial of the next syllable (복짇, 복지다…), and of a double final only the second half may (갃, 각시). All
 * else matches itself.
 *
 * The index holds pairs. For each line of a folded text dure_text_grams() writes every pair of neighbours, every pair
 * of their initials, and two marks for how the line begins. dure_text_query_grams() asks for those pairs of a query
 * that no way of matching can miss, so the index finds a superset, and dure_text_match() decides.
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-text-private.h"

#include <string.h>

#include "base/dure-hangul.h"

#define START_MARK 0x2303 /* ⌃ */
#define SYLLABLE_FIRST 0xac00
#define SYLLABLE_LAST 0xd7a3
#define FINALS 28

static inline gboolean
is_syllable (gunichar c)
{
  return c >= SYLLABLE_FIRST && c <= SYLLABLE_LAST;
}

static inline gunichar
without_final (gunichar c)
{
  return is_syllable (c) ? c - (c - SYLLABLE_FIRST) % FINALS : c;
}

static inline gunichar
initial_of (gunichar c)
{
  return is_syllable (c) ? dure_hangul_initial (c) : c;
}

/* The halves of a final as (what stays, initial of the next syllable); nothing stays of a single one. */
static void
split_final (int final, int *stays, gunichar *moves)
{
  static const struct
  {
    guint8  stays;
    guint16 moves;
  } table[FINALS] = {
    { 0, 0 },      { 0, 0x3131 }, { 0, 0x3132 }, { 1, 0x3145 }, { 0, 0x3134 },  { 4, 0x3148 }, { 4, 0x314e },
    { 0, 0x3137 }, { 0, 0x3139 }, { 8, 0x3131 }, { 8, 0x3141 }, { 8, 0x3142 },  { 8, 0x3145 }, { 8, 0x314c },
    { 8, 0x314d }, { 8, 0x314e }, { 0, 0x3141 }, { 0, 0x3142 }, { 17, 0x3145 }, { 0, 0x3145 }, { 0, 0x3146 },
    { 0, 0x3147 }, { 0, 0x3148 }, { 0, 0x314a }, { 0, 0x314b }, { 0, 0x314c },  { 0, 0x314d }, { 0, 0x314e },
  };

  *stays = table[final].stays;
  *moves = table[final].moves;
}

/* Where the match that begins at @at ends, or NULL. */
static const char *
match_here (const char *at, const char *query)
{
  while (*query != '\0')
    {
      gunichar q = g_utf8_get_char (query);
      gunichar c;

      if (*at == '\0')
        return NULL;
      query = g_utf8_next_char (query);
      c = g_utf8_get_char (at);
      at = g_utf8_next_char (at);
      if (c == q)
        continue;
      if (!is_syllable (c))
        return NULL;
      if (dure_hangul_is_consonant (q))
        {
          if (dure_hangul_initial (c) != q)
            return NULL;
        }
      else if (is_syllable (q) && *query == '\0')
        {
          int      final = (int)(q - SYLLABLE_FIRST) % FINALS;
          int      stays;
          gunichar moves;

          if (final == 0)
            return without_final (c) == q ? at : NULL;
          split_final (final, &stays, &moves);
          if (c != without_final (q) + (gunichar)stays || *at == '\0')
            return NULL;
          c = g_utf8_get_char (at);
          return initial_of (c) == moves ? g_utf8_next_char (at) : NULL;
        }
      else
        return NULL;
    }
  return at;
}

/**
 * dure_text_match:
 * @folded: folded text, see dure_text_fold()
 * @folded_query: what is looked for, folded too
 * @start: (out) (optional): where the first match begins, in bytes of @folded
 * @end: (out) (optional): where it ends, the byte after its last
 *
 * An empty query matches at the beginning.
 *
 * Returns: whether @folded_query is found
 */
gboolean
dure_text_match (const char *folded, const char *folded_query, gsize *start, gsize *end)
{
  const char *at;
  gunichar    first;
  gboolean    literal;

  g_return_val_if_fail (folded != NULL && folded_query != NULL, FALSE);

  first = g_utf8_get_char (folded_query);
  literal = !is_syllable (first) && !dure_hangul_is_consonant (first);
  at = folded;
  while (TRUE)
    {
      const char *stop;

      if (literal && *folded_query != '\0')
        {
          at = strchr (at, *folded_query);
          if (at == NULL)
            return FALSE;
        }
      stop = match_here (at, folded_query);
      if (stop != NULL)
        {
          if (start != NULL)
            *start = (gsize)(at - folded);
          if (end != NULL)
            *end = (gsize)(stop - folded);
          return TRUE;
        }
      if (*at == '\0')
        return FALSE;
      at = g_utf8_next_char (at);
    }
}

/**
 * dure_text_find:
 * @text: any text
 * @query: what is looked for, as typed
 * @start: (out) (optional): where the match begins, in bytes of @text
 * @end: (out) (optional): where it ends, the byte after its last
 *
 * dure_text_match() for text as it is shown, so that the match can be marked in it. Spaces and signs that folding takes
 * away are part of the match when they stand inside it. A query that folds to nothing is not found.
 *
 * Returns: whether @query is found
 */
gboolean
dure_text_find (const char *text, const char *query, gsize *start, gsize *end)
{
  g_autoptr (GArray) origins = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *folded_query = NULL;
  gsize            from, to;

  g_return_val_if_fail (text != NULL && query != NULL, FALSE);

  folded_query = dure_text_fold (query);
  if (*folded_query == '\0')
    return FALSE;
  origins = g_array_new (FALSE, FALSE, sizeof (DureOrigin));
  folded = dure_text_fold_traced (text, origins);
  if (!dure_text_match (folded, folded_query, &from, &to) || from == to)
    return FALSE;
  if (start != NULL)
    *start = g_array_index (origins, DureOrigin, from).start;
  if (end != NULL)
    *end = g_array_index (origins, DureOrigin, to - 1).end;
  return TRUE;
}

/* Tokens. SQLite's `ascii` tokenizer parts words at ASCII signs and takes every other character as a letter, so the
 * signs are written in their full-width form, which folded text never has. */

static inline gunichar
token_char (gunichar c)
{
  if (c >= 0x80 || g_ascii_isalnum ((char)c))
    return c;
  return c > 0x20 && c < 0x7f ? c + 0xff01 - 0x21 : 0x2400 + c;
}

typedef struct
{
  guint64 *slots; /* pairs, open addressing, 0 is free */
  gsize    mask;
  char    *out; /* NULL: they are only noted */
} Grams;

static inline void
add_gram (Grams *grams, gunichar first, gunichar second)
{
  guint64 pair = (guint64)token_char (first) << 32 | token_char (second);
  gsize   slot = (gsize)((pair * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 32) & grams->mask;

  while (grams->slots[slot] != 0)
    {
      if (grams->slots[slot] == pair)
        return;
      slot = (slot + 1) & grams->mask;
    }
  grams->slots[slot] = pair;
  if (grams->out == NULL)
    return;
  grams->out = dure_text_put (grams->out, (gunichar)(pair >> 32));
  grams->out = dure_text_put (grams->out, (gunichar)pair);
  *grams->out++ = ' ';
}

static void
add_grams (Grams *grams, const char *folded)
{
  gunichar previous = 0;

  for (const char *at = folded; *at != '\0';)
    {
      gunichar c = dure_text_take (&at);

      if (c == '\n')
        {
          previous = 0;
          continue;
        }
      if (previous == 0)
        {
          add_gram (grams, START_MARK, without_final (c));
          add_gram (grams, START_MARK, initial_of (c));
        }
      else
        {
          /* The second without its final, so that one still being typed finds it too. */
          add_gram (grams, previous, without_final (c));
          add_gram (grams, initial_of (previous), initial_of (c));
        }
      previous = c;
    }
}

/* Each character gives at most two tokens. */
static gsize
count_most (const char *folded)
{
  gsize most = 0;

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    most += 2;
  return most;
}

/**
 * dure_text_grams:
 * @folded: folded text; lines are fields
 * @besides: (nullable): such a text, the tokens of which are left out
 *
 * Cost: linear in the length.
 *
 * Returns: (transfer full): the text that the search index takes for @folded: tokens parted by spaces, no two alike
 */
char *
dure_text_grams (const char *folded, const char *besides)
{
  guint64             few[512];
  g_autofree guint64 *many = NULL;
  Grams               grams = { .slots = few };
  char               *text;
  gsize               most, all, slots = 64;

  g_return_val_if_fail (folded != NULL, NULL);

  most = count_most (folded);
  all = most + (besides != NULL ? count_most (besides) : 0);
  while (all * 2 > slots)
    slots *= 2;
  if (slots > G_N_ELEMENTS (few))
    grams.slots = many = g_new (guint64, slots);
  memset (grams.slots, 0, slots * sizeof *grams.slots);
  grams.mask = slots - 1;
  if (besides != NULL)
    add_grams (&grams, besides);
  /* A token has two characters of at most four bytes, and a space. */
  text = grams.out = g_malloc (most * 9 + 1);
  add_grams (&grams, folded);
  if (grams.out > text)
    grams.out--;
  *grams.out = '\0';
  return text;
}

static void
ask (GString *out, gunichar first, gunichar second)
{
  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append_c (out, '"');
  g_string_append_unichar (out, token_char (first));
  g_string_append_unichar (out, token_char (second));
  g_string_append_c (out, '"');
}

/**
 * dure_text_start_gram:
 * @folded_query: what is looked for, folded; not empty
 *
 * Returns: (transfer full): an FTS5 expression that holds for the texts of which a line begins like @folded_query
 */
char *
dure_text_start_gram (const char *folded_query)
{
  GString *out = g_string_new (NULL);
  gunichar c = g_utf8_get_char (folded_query);

  ask (out, START_MARK, dure_hangul_is_consonant (c) ? c : without_final (c));
  return g_string_free (out, FALSE);
}

static gboolean
is_digit (gunichar c)
{
  return c >= '0' && c <= '9';
}

/* Pairs of digits are in very many numbers: of a run the last three that do not overlap tell enough. */
static gboolean
is_telling (const char *rest)
{
  gsize digits = 0;

  while (g_ascii_isdigit (rest[digits]))
    digits++;
  return digits % 2 == 0 && digits <= 4;
}

/**
 * dure_text_query_grams:
 * @folded_query: what is looked for, folded
 *
 * One character finds only fields that begin with it.
 *
 * Returns: (transfer full): an FTS5 expression that holds for every text whose grams are indexed and that
 * dure_text_match() accepts; empty for an empty query, which asks for everything
 */
char *
dure_text_query_grams (const char *folded_query)
{
  GString *out;
  gunichar previous = 0;
  gsize    count = 0;

  g_return_val_if_fail (folded_query != NULL, NULL);

  out = g_string_new (NULL);
  for (const char *at = folded_query; *at != '\0'; at = g_utf8_next_char (at), count++)
    {
      gunichar c = g_utf8_get_char (at);
      gboolean last = *g_utf8_next_char (at) == '\0';

      if (c == '\n')
        {
          previous = 0;
          continue;
        }
      if (count == 0 && last)
        ask (out, START_MARK, dure_hangul_is_consonant (c) ? c : without_final (c));
      else if (previous != 0 && !(is_digit (previous) && is_digit (c) && !is_telling (g_utf8_next_char (at))))
        {
          /* A lone consonant stands for any syllable: only initials are sure then. */
          if (!dure_hangul_is_consonant (previous) && !dure_hangul_is_consonant (c))
            ask (out, previous, without_final (c));
          else
            ask (out, initial_of (previous), initial_of (c));
        }
      previous = c;
    }
  return g_string_free (out, FALSE);
}
