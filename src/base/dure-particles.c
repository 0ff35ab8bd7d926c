/* dure-particles.c: particles that follow the sound of the word before them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A translation writes both forms, `%s을(를)`, and the sentence is resolved once the word stands in it. What decides is
 * the last sound before the particle: of a syllable its final, of a digit its Korean reading, of a capital the letter's
 * name, of a small letter what words that end with it are read like. Closing quotes are passed over, and so is a remark
 * in round brackets that follows its word (광명시청(복지정책과)을). Where the sound is unknown (Hanja, signs) both
 * forms stay.
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-hangul.h"

#include <string.h>

typedef enum
{
  SOUND_UNKNOWN,
  SOUND_VOWEL,
  SOUND_CONSONANT,
  SOUND_RIEUL,
} Sound;

/* The longer spelling of a pair stands before the shorter. */
static const struct
{
  const char *written, *after_consonant, *after_vowel;
  gboolean    rieul_as_vowel;
} particles[] = {
  { "(으)로", "으로", "로", TRUE }, { "으로(로)", "으로", "로", TRUE }, { "로(으로)", "으로", "로", TRUE },
  { "을(를)", "을", "를" },         { "를(을)", "을", "를" },           { "은(는)", "은", "는" },
  { "는(은)", "은", "는" },         { "이(가)", "이", "가" },           { "가(이)", "이", "가" },
  { "과(와)", "과", "와" },         { "와(과)", "과", "와" },           { "아(야)", "아", "야" },
  { "이(라)", "이라", "라" },       { "(이)라", "이라", "라" },         { "(이)나", "이나", "나" },
  { "(이)며", "이며", "며" },       { "(이)랑", "이랑", "랑" },         { "(이)든", "이든", "든" },
  { "(이)여", "이여", "여" },       { "(이)고", "이고", "고" },         { "(이)다", "이다", "다" },
  { "(이)면", "이면", "면" },       { "(이)야", "이야", "야" },
};

static Sound
sound_of_letter (gunichar c)
{
  switch (c)
    {
    case 'L':
    case 'R':
    case 'l':
      return SOUND_RIEUL;
    case 'M':
    case 'N':
    case 'm':
    case 'n':
    case 'b':
    case 'c':
    case 'g':
    case 'k':
    case 'p':
    case 't':
      return SOUND_CONSONANT;
    default:
      return SOUND_VOWEL;
    }
}

static Sound
sound_of (gunichar c)
{
  static const Sound digits[] = {
    SOUND_CONSONANT, SOUND_RIEUL,     SOUND_VOWEL, SOUND_CONSONANT, SOUND_VOWEL,
    SOUND_VOWEL,     SOUND_CONSONANT, SOUND_RIEUL, SOUND_RIEUL,     SOUND_VOWEL,
  };
  DureSyllable parts;

  if (c >= 0xff01 && c <= 0xff5e)
    c -= 0xff01 - 0x21;
  if (dure_hangul_split (c, &parts))
    return parts.final == 0 ? SOUND_VOWEL : parts.final == 8 ? SOUND_RIEUL : SOUND_CONSONANT;
  if (c >= '0' && c <= '9')
    return digits[c - '0'];
  if (c < 0x80 && g_ascii_isalpha ((char)c))
    return sound_of_letter (c);
  if (c == 0x3139)
    return SOUND_RIEUL; /* 리을 */
  if (dure_hangul_is_consonant (c))
    return SOUND_CONSONANT;
  if ((c >= 0x314f && c <= 0x3163) || c == '%' || c == 0x2103 || c == 0x33a1)
    return SOUND_VOWEL; /* vowels, 퍼센트, 도, 제곱미터 */
  return SOUND_UNKNOWN;
}

static gboolean
is_closing (gunichar c)
{
  switch (c)
    {
    case '"':
    case '\'':
    case ')':
    case ']':
    case '}':
    case '>':
    case 0xbb:
    case 0x2019:
    case 0x201d:
    case 0x203a:
    case 0x3009:
    case 0x300b:
    case 0x300d:
    case 0x300f:
    case 0x3011:
    case 0x3015:
    case 0xff09:
      return TRUE;
    default:
      return FALSE;
    }
}

/* The bracket that @close, a `)`, closes, when a word stands right before it; or NULL. */
static const char *
remark_start (const char *text, const char *close)
{
  int depth = 1;

  for (const char *at = close; at > text;)
    {
      at = g_utf8_prev_char (at);
      if (*at == ')')
        depth++;
      else if (*at == '(' && --depth == 0)
        {
          gunichar before;

          if (at == text)
            return NULL;
          before = g_utf8_get_char (g_utf8_prev_char (at));
          return g_unichar_isalnum (before) || is_closing (before) ? at : NULL;
        }
    }
  return NULL;
}

static Sound
last_sound (const char *text, const char *end)
{
  while (end > text)
    {
      const char *at = g_utf8_prev_char (end);
      gunichar    c = g_utf8_get_char (at);

      if (c == ')')
        {
          const char *start = remark_start (text, at);

          end = start != NULL ? start : at;
        }
      else if (is_closing (c))
        end = at;
      else
        return sound_of (c);
    }
  return SOUND_UNKNOWN;
}

/**
 * dure_hangul_particles:
 * @text: a sentence with particles in both forms
 *
 * Returns: (transfer full): the sentence with the right ones: `두루를` for `두루을(를)`, `3월로` for `3월(으)로`
 */
char *
dure_hangul_particles (const char *text)
{
  g_autofree char *valid = NULL;
  GString         *out;

  g_return_val_if_fail (text != NULL, NULL);

  if (strchr (text, '(') == NULL)
    return g_utf8_make_valid (text, -1);
  valid = g_utf8_make_valid (text, -1);
  out = g_string_sized_new (strlen (valid));
  for (const char *at = valid; *at != '\0';)
    {
      const char *next = g_utf8_next_char (at);

      for (gsize i = 0; at > valid && i < G_N_ELEMENTS (particles); i++)
        if (*at == *particles[i].written && g_str_has_prefix (at, particles[i].written))
          {
            Sound       sound = last_sound (valid, at);
            const char *chosen = sound == SOUND_UNKNOWN                                ? particles[i].written
                                 : sound == SOUND_VOWEL                                ? particles[i].after_vowel
                                 : sound == SOUND_RIEUL && particles[i].rieul_as_vowel ? particles[i].after_vowel
                                                                                       : particles[i].after_consonant;

            g_string_append (out, chosen);
            next = at + strlen (particles[i].written);
            at = NULL;
            break;
          }
      if (at != NULL)
        g_string_append_len (out, at, next - at);
      at = next;
    }
  return g_string_free (out, FALSE);
}

/**
 * dure_hangul_printf:
 * @format: a printf() format, usually translated
 * @...: what goes into it
 *
 * Returns: (transfer full): the sentence, its particles resolved
 */
char *
dure_hangul_printf (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return dure_hangul_particles (text);
}
