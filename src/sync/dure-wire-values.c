/* dure-wire-values.c: the values in a line of the wire format, strictly
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-wire-private.h"

#include <string.h>

#include "base/dure-json-check.h"

static gboolean
read_hex (DureWireReader *r, guint *code)
{
  *code = 0;
  if (r->end - r->at < 4)
    return dure_wire_refuse (r, "short escape");
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*r->at++);

      if (digit < 0)
        return dure_wire_refuse (r, "bad escape");
      *code = *code * 16 + (guint)digit;
    }
  return TRUE;
}

static gboolean
read_escape (DureWireReader *r, char **to)
{
  static const char from[] = "\"\\/bfnrt";
  static const char into[] = "\"\\/\b\f\n\r\t";
  const char       *which;
  guint             code, low;

  if (r->at >= r->end)
    return dure_wire_refuse (r, "open string");
  if (*r->at != 'u')
    {
      which = *r->at == '\0' ? NULL : strchr (from, *r->at);
      if (which == NULL)
        return dure_wire_refuse (r, "bad escape");
      *(*to)++ = into[which - from];
      r->at++;
      return TRUE;
    }
  r->at++;
  if (!read_hex (r, &code))
    return FALSE;
  if (code == 0)
    return dure_wire_refuse (r, "NUL in a text");
  if (code >= 0xdc00 && code <= 0xdfff)
    return dure_wire_refuse (r, "lone surrogate");
  if (code >= 0xd800 && code <= 0xdbff)
    {
      if (r->end - r->at < 6 || r->at[0] != '\\' || r->at[1] != 'u')
        return dure_wire_refuse (r, "lone surrogate");
      r->at += 2;
      if (!read_hex (r, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return dure_wire_refuse (r, "lone surrogate");
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
  *to += g_unichar_to_utf8 (code, *to);
  return TRUE;
}

/* A decoded string is never longer than its source, so the source's length is room enough. */
const char *
dure_wire_read_string (DureWireReader *r)
{
  const char *p;
  char       *out, *to;

  if (!dure_wire_take (r, '"'))
    {
      dure_wire_refuse (r, "a text was expected");
      return NULL;
    }
  for (p = r->at; p < r->end && *p != '"' && *p != '\\' && (guchar)*p >= 0x20; p++)
    ;
  if (p < r->end && *p == '"')
    {
      const gsize length = (gsize)(p - r->at);

      out = dure_change_reserve (r->change, length + 1);
      memcpy (out, r->at, length);
      out[length] = '\0';
      r->at = p + 1;
      return out;
    }
  for (; p < r->end && *p != '"'; p++)
    if (*p == '\\')
      p++;
  if (p >= r->end)
    {
      dure_wire_refuse (r, "open string");
      return NULL;
    }
  out = to = dure_change_reserve (r->change, (gsize)(p - r->at) + 1);
  while (r->at < r->end && *r->at != '"')
    {
      if ((guchar)*r->at < 0x20)
        dure_wire_refuse (r, "control character in a text");
      else if (*r->at == '\\')
        {
          r->at++;
          if (read_escape (r, &to))
            continue;
        }
      else
        {
          *to++ = *r->at++;
          continue;
        }
      return NULL;
    }
  r->at++;
  *to = '\0';
  return out;
}

/* The name of a member, without room made for it; of one that is longer than any we know, the beginning. */
gboolean
dure_wire_read_name (DureWireReader *r, char name[DURE_WIRE_MAX_KEY + 2])
{
  const char *whole;
  gsize       n = 0;

  dure_wire_skip_space (r);
  if (r->at < r->end && *r->at == '"')
    for (const char *p = r->at + 1; p < r->end && n <= DURE_WIRE_MAX_KEY && *p != '\\' && (guchar)*p >= 0x20; p++)
      {
        if (*p == '"')
          {
            name[n] = '\0';
            r->at = p + 1;
            return TRUE;
          }
        name[n++] = *p;
      }
  whole = dure_wire_read_string (r);
  if (whole == NULL)
    return FALSE;
  g_strlcpy (name, whole, DURE_WIRE_MAX_KEY + 2);
  return TRUE;
}

gboolean
dure_wire_read_word (DureWireReader *r, const char *word)
{
  gsize length = strlen (word);

  dure_wire_skip_space (r);
  if ((gsize)(r->end - r->at) < length || memcmp (r->at, word, length) != 0)
    return FALSE;
  r->at += length;
  return TRUE;
}

gboolean
dure_wire_read_integer (DureWireReader *r, gint64 *value)
{
  gint64 number = 0;
  guint  digits = 0;

  dure_wire_skip_space (r);
  for (; r->at < r->end && g_ascii_isdigit (*r->at); digits++)
    number = digits < 18 ? number * 10 + (*r->at++ - '0') : (r->at++, number);
  if (digits == 0 || digits > 18)
    return dure_wire_refuse (r, "a whole number was expected");
  if (r->at < r->end && (*r->at == '.' || *r->at == 'e' || *r->at == 'E'))
    return dure_wire_refuse (r, "a whole number was expected");
  *value = number;
  return TRUE;
}

/* A line has no line feed inside. */
gboolean
dure_wire_skip_value (DureWireReader *r)
{
  const char *from = r->at;
  const char *wrong = dure_json_skip (&r->at, r->end, DURE_JSON_DEPTH);

  if (wrong == NULL && memchr (from, '\n', (gsize)(r->at - from)) != NULL)
    wrong = "line feed in a line";
  return wrong == NULL || dure_wire_refuse (r, wrong);
}

#define ONES G_GUINT64_CONSTANT (0x0101010101010101)
#define HIGHS G_GUINT64_CONSTANT (0x8080808080808080)

/* As g_utf8_validate_len(), which takes byte by byte; most of a line is ASCII, and a character never begins or ends
 * inside a run of it. */
gboolean
dure_wire_is_utf8 (const char *text, gsize length)
{
  const char *end = text + length;

  for (;;)
    {
      const char *run;
      guint64     eight;

      for (; end - text >= 8; text += 8)
        {
          memcpy (&eight, text, 8);
          if (((eight | (eight - ONES)) & HIGHS) != 0)
            break;
        }
      while (text < end && (guchar)*text - 1u < 0x7f)
        text++;
      if (text == end)
        return TRUE;
      for (run = text; text < end && (guchar)*text >= 0x80; text++)
        ;
      if (run == text || !g_utf8_validate_len (run, (gsize)(text - run), NULL))
        return FALSE;
    }
}
