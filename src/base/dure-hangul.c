/* dure-hangul.c: syllables, initial consonants, the two-set keyboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Syllables are taken apart by arithmetic (The Unicode Standard, section 3.12). Letters that stand alone are
 * compatibility jamo, the ones a keyboard gives.
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-hangul.h"

#include <string.h>

#define FIRST 0xac00
#define LAST 0xd7a3
#define VOWELS 21
#define FINALS 28
#define VOWEL_FIRST 0x314f

static const guint16 initials[19] = {
  0x3131, 0x3132, 0x3134, 0x3137, 0x3138, 0x3139, 0x3141, 0x3142, 0x3143, 0x3145,
  0x3146, 0x3147, 0x3148, 0x3149, 0x314a, 0x314b, 0x314c, 0x314d, 0x314e,
};

/* The keys of each letter on an English keyboard. */
static const char *const initial_keys[19] = {
  "r", "R", "s", "e", "E", "f", "a", "q", "Q", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g",
};
static const char *const vowel_keys[21] = {
  "k", "o", "i", "O", "j", "p", "u", "P", "h", "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b", "m", "ml", "l",
};
static const char *const final_keys[28] = {
  "",   "r",  "R", "rt", "s",  "sw", "sg", "e", "f", "fr", "fa", "fq", "ft", "fx",
  "fv", "fg", "a", "q",  "qt", "t",  "T",  "d", "w", "c",  "z",  "x",  "v",  "g",
};
/* Compatibility consonants U+3131–314E that are not initials are finals. */
static const guint16 final_letters[28] = {
  0,      0x3131, 0x3132, 0x3133, 0x3134, 0x3135, 0x3136, 0x3137, 0x3139, 0x313a, 0x313b, 0x313c, 0x313d, 0x313e,
  0x313f, 0x3140, 0x3141, 0x3142, 0x3144, 0x3145, 0x3146, 0x3147, 0x3148, 0x314a, 0x314b, 0x314c, 0x314d, 0x314e,
};

/**
 * dure_hangul_split:
 * @c: a character
 * @parts: (out caller-allocates): the numbers of its parts
 *
 * Returns: whether @c is a syllable; if not, @parts is left alone
 */
gboolean
dure_hangul_split (gunichar c, DureSyllable *parts)
{
  g_return_val_if_fail (parts != NULL, FALSE);

  if (c < FIRST || c > LAST)
    return FALSE;
  c -= FIRST;
  parts->initial = (int)(c / (VOWELS * FINALS));
  parts->vowel = (int)(c / FINALS % VOWELS);
  parts->final = (int)(c % FINALS);
  return TRUE;
}

/**
 * dure_hangul_compose:
 * @initial: 0 to 18
 * @vowel: 0 to 20
 * @final: 0 to 27, 0 for none
 *
 * Returns: the syllable, 0 when a number is out of range
 */
gunichar
dure_hangul_compose (int initial, int vowel, int final)
{
  if (initial < 0 || initial > 18 || vowel < 0 || vowel > 20 || final < 0 || final > 27)
    return 0;
  return FIRST + (gunichar)((initial * VOWELS + vowel) * FINALS + final);
}

/**
 * dure_hangul_initial:
 * @c: a character
 *
 * Returns: the consonant that the syllable begins with, as a letter of its own (ㄱ for 각); @c itself when it is no
 * syllable
 */
gunichar
dure_hangul_initial (gunichar c)
{
  return c < FIRST || c > LAST ? c : initials[(c - FIRST) / (VOWELS * FINALS)];
}

/**
 * dure_hangul_is_consonant:
 * @c: a character
 *
 * Returns: whether @c is a consonant that stands alone (ㄱ to ㅎ)
 */
gboolean
dure_hangul_is_consonant (gunichar c)
{
  return c >= 0x3131 && c <= 0x314e;
}

/**
 * dure_hangul_initials:
 * @text: any text
 *
 * Returns: (transfer full): @text with each syllable replaced by its initial consonant: `ㅈㅅㄱㄱ` for `정신건강`
 */
char *
dure_hangul_initials (const char *text)
{
  g_autofree char *valid = NULL;
  GString         *out;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  out = g_string_sized_new (strlen (valid));
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    g_string_append_unichar (out, dure_hangul_initial (g_utf8_get_char (at)));
  return g_string_free (out, FALSE);
}

static int
find_keys (const char *const *keys, int count, const char *wanted, gsize length)
{
  for (int i = 0; i < count; i++)
    if (strlen (keys[i]) == length && memcmp (keys[i], wanted, length) == 0)
      return i;
  return -1;
}

/* Capitals that are no letter of their own are typed by accident (ㅁ is `a` and `A`). */
static char
key_of (char c)
{
  return g_ascii_isupper (c) && strchr ("REQTWOP", c) == NULL ? g_ascii_tolower (c) : c;
}

/**
 * dure_hangul_from_keys:
 * @keys: what was typed on a two-set keyboard that stood in English
 *
 * The keyboard's own rule: a consonant between two vowels begins the second syllable. Other characters stay.
 *
 * Returns: (transfer full): the Hangul that was meant: `영도구` for `dudehrn`
 */
char *
dure_hangul_from_keys (const char *keys)
{
  g_autofree char *valid = NULL;
  g_autofree char *typed = NULL;
  GString         *out;
  gsize            at = 0, count;

  g_return_val_if_fail (keys != NULL, NULL);

  valid = g_utf8_make_valid (keys, -1);
  count = strlen (valid);
  typed = g_malloc (count + 1);
  for (gsize i = 0; i <= count; i++)
    typed[i] = key_of (valid[i]);
  out = g_string_sized_new (count * 2);
  while (at < count)
    {
      int   initial = find_keys (initial_keys, 19, typed + at, 1);
      gsize vowel_at = at + (initial >= 0 ? 1 : 0);
      gsize vowel_length = 2;
      int   vowel = vowel_at + 2 <= count ? find_keys (vowel_keys, 21, typed + vowel_at, 2) : -1;
      int   final = 0;

      if (vowel < 0 && vowel_at < count)
        {
          vowel_length = 1;
          vowel = find_keys (vowel_keys, 21, typed + vowel_at, 1);
        }
      if (vowel < 0)
        {
          if (initial >= 0)
            g_string_append_unichar (out, initials[initial]);
          else
            g_string_append_c (out, valid[at]);
          at++;
          continue;
        }
      at = vowel_at + vowel_length;
      if (initial < 0)
        {
          g_string_append_unichar (out, VOWEL_FIRST + (gunichar)vowel);
          continue;
        }
      for (gsize length = 2; length >= 1; length--)
        {
          gboolean vowel_follows;

          if (at + length > count)
            continue;
          vowel_follows = at + length < count && find_keys (vowel_keys, 21, typed + at + length, 1) >= 0;
          final = find_keys (final_keys, 28, typed + at, length);
          if (final > 0 && !vowel_follows)
            {
              at += length;
              break;
            }
          final = 0;
        }
      g_string_append_unichar (out, dure_hangul_compose (initial, vowel, final));
    }
  return g_string_free (out, FALSE);
}

/**
 * dure_hangul_to_keys:
 * @text: any text
 *
 * Returns: (transfer full): the keys that give @text on a two-set keyboard: `dudehrn` for `영도구`; other characters
 * stay
 */
char *
dure_hangul_to_keys (const char *text)
{
  g_autofree char *valid = NULL;
  GString         *out;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  out = g_string_sized_new (strlen (valid) * 2);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar     c = g_utf8_get_char (at);
      DureSyllable parts;
      gboolean     found = FALSE;

      if (dure_hangul_split (c, &parts))
        {
          g_string_append (out, initial_keys[parts.initial]);
          g_string_append (out, vowel_keys[parts.vowel]);
          g_string_append (out, final_keys[parts.final]);
          continue;
        }
      if (c >= VOWEL_FIRST && c < VOWEL_FIRST + VOWELS)
        {
          g_string_append (out, vowel_keys[c - VOWEL_FIRST]);
          continue;
        }
      for (int i = 0; i < 19 && !found; i++)
        if (initials[i] == c)
          {
            g_string_append (out, initial_keys[i]);
            found = TRUE;
          }
      for (int i = 1; i < FINALS && !found; i++)
        if (final_letters[i] == c)
          {
            g_string_append (out, final_keys[i]);
            found = TRUE;
          }
      if (!found)
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}
