/* dure-text.c: text as it is stored, compared and sorted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Folding runs for every record that is written, so text whose characters are already composed (ASCII, Hangul
 * syllables, CJK) is copied in one pass into one buffer; anything else is composed piece by piece on the way.
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-text-private.h"

#include <string.h>

#include "base/dure-hangul.h"

/* Company forms that are left out, as they read once spaces are gone. */
static const char *const company_marks[] = {
  "(주)", "(사)", "(재)", "(유)", "㈜", "㈔", "사회복지법인", "재단법인", "사단법인", "주식회사",
};

/* Which composed consonant stands for which two keys; initials such as ㄲ are one key. */
static const struct
{
  gunichar whole, first, second;
} clusters[] = {
  { 0x3133, 0x3131, 0x3145 }, /* ㄳ */
  { 0x3135, 0x3134, 0x3148 }, /* ㄵ */
  { 0x3136, 0x3134, 0x314e }, /* ㄶ */
  { 0x313a, 0x3139, 0x3131 }, /* ㄺ */
  { 0x313b, 0x3139, 0x3141 }, /* ㄻ */
  { 0x313c, 0x3139, 0x3142 }, /* ㄼ */
  { 0x313d, 0x3139, 0x3145 }, /* ㄽ */
  { 0x313e, 0x3139, 0x314c }, /* ㄾ */
  { 0x313f, 0x3139, 0x314d }, /* ㄿ */
  { 0x3140, 0x3139, 0x314e }, /* ㅀ */
  { 0x3144, 0x3142, 0x3145 }, /* ㅄ */
};

typedef struct
{
  char   *text;
  gsize   length;
  gsize   room;
  GArray *origins; /* of DureOrigin, one a byte; or NULL */
} Folder;

/* Characters that canonical composition leaves alone and never joins to a neighbour on their left. */
static inline gboolean
is_composed (gunichar c)
{
  return c < 0x300 || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x3130 && c <= 0x318f) || (c >= 0x4e00 && c <= 0x9fff)
         || (c >= 0x2010 && c <= 0x205f) || (c >= 0x3200 && c <= 0x33ff) || (c >= 0xff01 && c <= 0xffef)
         || (c >= 0x2190 && c <= 0x219a - 1) || (c >= 0x2460 && c <= 0x26ff) || c == 0xfffd;
}

/* Characters that may join the one before them. */
static inline gboolean
is_joining (gunichar c)
{
  return c >= 0x300 && !is_composed (c)
         && (g_unichar_combining_class (c) != 0 || (c >= 0x1160 && c <= 0x11ff) || g_unichar_ismark (c));
}

/* The character at @at and its length in bytes; one broken byte counts as U+FFFD. */
static inline gunichar
read_char (const char *at, const char *end, gsize *length)
{
  guchar   lead = (guchar)*at;
  gunichar c;

  if (lead < 0x80)
    {
      *length = 1;
      return lead;
    }
  /* Hangul syllables without the general reader's checks: three bytes, none of them outside U+A000–U+CFFF. */
  if (lead >= 0xea && lead <= 0xec && end - at >= 3 && ((guchar)at[1] & 0xc0) == 0x80 && ((guchar)at[2] & 0xc0) == 0x80)
    {
      *length = 3;
      return ((gunichar)lead & 0xf) << 12 | ((gunichar)at[1] & 0x3f) << 6 | ((gunichar)at[2] & 0x3f);
    }
  c = g_utf8_get_char_validated (at, end - at);
  if (c == (gunichar)-1 || c == (gunichar)-2)
    {
      *length = 1;
      return 0xfffd;
    }
  *length = (gsize)g_utf8_skip[lead];
  return c;
}

static inline gboolean
is_dropped (gunichar c)
{
  if (c >= 0xac00 && c <= 0xd7a3)
    return FALSE;
  switch (c)
    {
    case 0x00a0:
    case 0x00b7: /* · */
    case 0x200b:
    case 0x200c:
    case 0x200d:
    case 0x2010: /* hyphens: telephone numbers are stored without */
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2022:
    case 0x2027: /* ‧ */
    case 0x2219:
    case 0x22c5:
    case 0x2060:
    case 0x30fb: /* ・ */
    case 0x318d: /* ㆍ */
    case 0xfeff:
    case 0xff65:
      return TRUE;
    default:
      return c < 0x80 ? (c <= ' ' && c != '\n') || c == '-' || c == 0x7f : g_unichar_isspace (c) || g_unichar_iscntrl (c);
    }
}

static inline void
put (Folder *folder, gunichar c, gsize start, gsize end)
{
  gsize length;

  if (folder->length + 8 > folder->room)
    {
      folder->room = folder->room * 2 + 16;
      folder->text = g_realloc (folder->text, folder->room);
    }
  length = (gsize)(dure_text_put (folder->text + folder->length, c) - (folder->text + folder->length));
  folder->length += length;
  if (folder->origins != NULL)
    for (gsize i = 0; i < length; i++)
      {
        DureOrigin origin = { start, end };

        g_array_append_val (folder->origins, origin);
      }
}

/* Takes a company mark off the end of what was written, when @c may have completed one. */
static inline void
strip_mark (Folder *folder, gunichar c)
{
  if (c != ')' && c != 0xc778 /* 인 */ && c != 0xc0ac /* 사 */ && c != 0x321c && c != 0x3214)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (company_marks); i++)
    {
      gsize length = strlen (company_marks[i]);

      if (folder->length >= length && memcmp (folder->text + folder->length - length, company_marks[i], length) == 0)
        {
          folder->length -= length;
          if (folder->origins != NULL)
            g_array_set_size (folder->origins, (guint)folder->length);
          return;
        }
    }
}

static inline void
fold_char (Folder *folder, gunichar c, gsize start, gsize end, gboolean marks)
{
  if (c >= 0xff01 && c <= 0xff5e)
    c -= 0xff01 - 0x21;
  if (c < 0x80)
    c = (gunichar)g_ascii_tolower ((char)c);
  else if (c < 0xac00 || c > 0xd7a3)
    {
      if (c >= 0x3131 && c <= 0x3144)
        for (gsize i = 0; i < G_N_ELEMENTS (clusters); i++)
          if (clusters[i].whole == c)
            {
              put (folder, clusters[i].first, start, end);
              put (folder, clusters[i].second, start, end);
              return;
            }
      c = g_unichar_tolower (c);
    }
  if (is_dropped (c))
    return;
  put (folder, c, start, end);
  if (marks)
    strip_mark (folder, c);
}

/* Whether the character at @next may join the one before it. Nothing from U+B000 to U+CFFF does, nor do syllables. */
static inline gboolean
may_join (const char *next, const char *end)
{
  guchar lead = (guchar)*next;
  gsize  length;

  if (lead < 0xcc || lead == 0xeb || lead == 0xec || (lead == 0xea && (guchar)next[1] >= 0xb0))
    return FALSE;
  return is_joining (read_char (next, end, &length));
}

/* Syllables, Latin letters and digits at @at, which are most of what there is and fold to themselves; returns where
 * something else begins, or a character that the one after it may join. */
static const char *
fold_plain (Folder *folder, const char *at, const char *end, gboolean marks)
{
  while (at < end && folder->length + 8 <= folder->room)
    {
      gsize    length;
      gunichar c = read_char (at, end, &length);
      char    *out = folder->text + folder->length;

      if ((!(c >= 0xac00 && c <= 0xd7a3) && !(c < 0x80 && g_ascii_isalnum ((char)c)))
          || (at + length < end && may_join (at + length, end)))
        break;
      *out = g_ascii_tolower (*at);
      if (length == 3)
        memcpy (out, at, 3);
      folder->length += length;
      at += length;
      if (marks)
        strip_mark (folder, c);
    }
  return at;
}

static void
fold (Folder *folder, const char *text, gboolean marks)
{
  const char *end = text + strlen (text);
  const char *at = text;

  while (at < end)
    {
      gsize       length;
      gunichar    c;
      const char *next;
      gboolean    joined = FALSE;

      if (folder->origins == NULL && (at = fold_plain (folder, at, end, marks)) == end)
        break;
      c = read_char (at, end, &length);
      next = at + length;
      while (next < end && may_join (next, end))
        {
          read_char (next, end, &length);
          next += length;
          joined = TRUE;
        }
      if (!joined && is_composed (c))
        fold_char (folder, c, (gsize)(at - text), (gsize)(next - text), marks);
      else
        {
          g_autofree char *piece = g_utf8_make_valid (at, next - at);
          g_autofree char *composed = g_utf8_normalize (piece, -1, G_NORMALIZE_DEFAULT_COMPOSE);

          for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
            fold_char (folder, g_utf8_get_char (p), (gsize)(at - text), (gsize)(next - text), marks);
        }
      at = next;
    }
  /* A text that is nothing but a company form keeps it, or it would equal every other such text. */
  if (marks && folder->length == 0 && *text != '\0')
    fold (folder, text, FALSE);
}

/* Folds @text; @origins, when given, takes where in @text each byte of the result comes from. */
char *
dure_text_fold_traced (const char *text, GArray *origins)
{
  Folder folder = { .origins = origins };

  folder.room = strlen (text) + 16;
  folder.text = g_malloc (folder.room);
  fold (&folder, text, TRUE);
  folder.text[folder.length] = '\0';
  return folder.text;
}

/**
 * dure_text_nfc:
 * @text: (nullable): any bytes that end with a zero
 *
 * Returns: (transfer full): valid UTF-8 in composed form (NFC), as text is stored; broken bytes are U+FFFD
 */
char *
dure_text_nfc (const char *text)
{
  g_autofree char *valid = NULL;
  const char      *at = text;

  if (text == NULL)
    return g_strdup ("");
  while ((guchar)*at < 0x80 && *at != '\0')
    at++;
  if (*at == '\0')
    return g_strdup (text);
  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  for (at = text; *at != '\0';)
    if (!is_composed (dure_text_take (&at)))
      return g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  return valid != NULL ? g_steal_pointer (&valid) : g_strdup (text);
}

/**
 * dure_text_fold:
 * @text: (nullable): any bytes that end with a zero
 *
 * The form in which texts are searched and compared: NFC, lower case, full-width signs as plain ones; without spaces,
 * dots (· ㆍ ‧ ・) and company forms ((주), 사회복지법인…); ㄳ and its like as the two consonants that were typed. A
 * newline stays, it parts the fields of a record.
 *
 * Returns: (transfer full): folded text, valid UTF-8
 */
char *
dure_text_fold (const char *text)
{
  return text == NULL ? g_strdup ("") : dure_text_fold_traced (text, NULL);
}

/* The sort key rewrites each character into one that stands where it should: code points compare like their UTF-8
 * bytes. */
#define KEY_DIGITS 0xab00
#define KEY_LATIN 0xe000
#define KEY_OTHERS 0xf0000

static void
key_char (Folder *folder, gunichar c)
{
  if (c >= 0xff01 && c <= 0xff5e)
    c -= 0xff01 - 0x21;
  if (c >= 0xac00 && c <= 0xd7a3)
    put (folder, c, 0, 0);
  else if (g_unichar_isdigit (c) && g_unichar_digit_value (c) >= 0)
    put (folder, KEY_DIGITS + (gunichar)g_unichar_digit_value (c), 0, 0);
  else if (dure_hangul_is_consonant (c))
    {
      /* Just before the first syllable that begins with it or, for a cluster, with what follows it. */
      int initial = 0;

      while (initial < 19 && dure_hangul_initial (0xac00 + (gunichar)initial * 588) < c)
        initial++;
      put (folder, 0xac00 + (gunichar)initial * 588 - 1, 0, 0);
      put (folder, 0x10fffd, 0, 0);
      put (folder, c, 0, 0);
    }
  else if (g_unichar_isalpha (c))
    {
      gunichar base[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

      if (g_unichar_fully_decompose (c, FALSE, base, G_N_ELEMENTS (base)) > 0)
        c = base[0];
      c = g_unichar_tolower (c);
      if (c < 0x250)
        put (folder, KEY_LATIN + c, 0, 0);
      else if (c >= 0x314f && c <= 0x3163)
        put (folder, 0xd7b0 + (c - 0x314f), 0, 0);
      else if (c < 0xfffe)
        put (folder, KEY_OTHERS + c, 0, 0);
      else
        {
          put (folder, 0x10fffc, 0, 0);
          put (folder, c, 0, 0);
        }
    }
  else if (c < KEY_DIGITS)
    put (folder, c, 0, 0);
  else
    {
      put (folder, KEY_DIGITS - 1, 0, 0);
      put (folder, c, 0, 0);
    }
}

/**
 * dure_text_sort_key:
 * @text: (nullable): any bytes that end with a zero
 *
 * Two keys compare byte by byte (strcmp(), SQL's binary order) as the texts should stand in a list: symbols, digits,
 * Hangul, Latin without regard to case, then Hanja and other letters. A space is the first symbol; an initial consonant
 * stands before its syllables.
 *
 * Returns: (transfer full): the key, valid UTF-8 but not for reading
 */
char *
dure_text_sort_key (const char *text)
{
  g_autofree char *composed = dure_text_nfc (text);
  Folder           folder = { 0 };

  folder.room = strlen (composed) * 2 + 16;
  folder.text = g_malloc (folder.room);
  for (const char *at = composed; *at != '\0';)
    key_char (&folder, dure_text_take (&at));
  folder.text[folder.length] = '\0';
  return folder.text;
}
