/* dure-json-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 8259 to the letter, and of what it leaves open: no lone surrogates and no NUL in a text, and no deeper than the
 * caller says. Nothing is allocated; it takes as long as the text is. The parser of json-glib calls itself for every
 * bracket, takes much that is no JSON, and up to 1.6 loses what it had read of a text that turns out to be broken: it
 * is given nothing from outside that was not checked here.
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-json-check.h"

#include <string.h>

static const char too_deep[] = "too deep";
static const char open_string[] = "open string";

typedef struct
{
  const char *at;
  const char *end;
} Text;

static void
skip_space (Text *text)
{
  while (text->at < text->end && (*text->at == ' ' || *text->at == '\t' || *text->at == '\r' || *text->at == '\n'))
    text->at++;
}

static gboolean
take (Text *text, char c)
{
  skip_space (text);
  if (text->at >= text->end || *text->at != c)
    return FALSE;
  text->at++;
  return TRUE;
}

/* Four digits of an escape, or -1. */
static int
take_hex (Text *text)
{
  int code = 0;

  if (text->end - text->at < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*text->at);

      if (digit < 0)
        return -1;
      code = code * 16 + digit;
      text->at++;
    }
  return code;
}

/* What follows a backslash. */
static const char *
skip_escape (Text *text)
{
  int code, low;

  if (text->at >= text->end)
    return open_string;
  if (*text->at != 'u')
    return memchr ("\"\\/bfnrt", *text->at++, 8) != NULL ? NULL : "bad escape";
  text->at++;
  code = take_hex (text);
  if (code < 0)
    return "bad escape";
  if (code == 0)
    return "NUL in a text";
  if (code < 0xd800 || code > 0xdfff)
    return NULL;
  if (code >= 0xdc00 || text->end - text->at < 6 || text->at[0] != '\\' || text->at[1] != 'u')
    return "lone surrogate";
  text->at += 2;
  low = take_hex (text);
  return low >= 0xdc00 && low <= 0xdfff ? NULL : "lone surrogate";
}

static const char *
skip_string (Text *text)
{
  if (!take (text, '"'))
    return "a text was expected";
  while (text->at < text->end && *text->at != '"')
    {
      const char *wrong;

      if ((guchar)*text->at < 0x20)
        return "control character in a text";
      if (*text->at++ == '\\' && (wrong = skip_escape (text)) != NULL)
        return wrong;
    }
  if (text->at >= text->end)
    return open_string;
  text->at++;
  return NULL;
}

static gboolean
skip_digits (Text *text)
{
  const char *first = text->at;

  while (text->at < text->end && g_ascii_isdigit (*text->at))
    text->at++;
  return text->at > first;
}

static const char *
skip_number (Text *text)
{
  static const char wrong[] = "bad number";

  if (*text->at == '-')
    text->at++;
  if (text->at < text->end && *text->at == '0')
    text->at++;
  else if (!skip_digits (text))
    return wrong;
  if (text->at < text->end && *text->at == '.')
    {
      text->at++;
      if (!skip_digits (text))
        return wrong;
    }
  if (text->at < text->end && (*text->at == 'e' || *text->at == 'E'))
    {
      text->at++;
      if (text->at < text->end && (*text->at == '+' || *text->at == '-'))
        text->at++;
      if (!skip_digits (text))
        return wrong;
    }
  return NULL;
}

static gboolean
skip_word (Text *text, const char *word)
{
  gsize length = strlen (word);

  if ((gsize)(text->end - text->at) < length || memcmp (text->at, word, length) != 0)
    return FALSE;
  text->at += length;
  return TRUE;
}

static const char *skip_value (Text *text, guint depth);

static const char *
skip_members (Text *text, guint depth)
{
  char        close = *text->at == '{' ? '}' : ']';
  const char *wrong;

  if (depth == 0)
    return too_deep;
  text->at++;
  if (take (text, close))
    return NULL;
  do
    {
      if (close == '}' && (wrong = skip_string (text)) != NULL)
        return wrong;
      if (close == '}' && !take (text, ':'))
        return "':' was expected";
      if ((wrong = skip_value (text, depth - 1)) != NULL)
        return wrong;
    }
  while (take (text, ','));
  return take (text, close) ? NULL : "open bracket";
}

static const char *
skip_value (Text *text, guint depth)
{
  skip_space (text);
  if (text->at >= text->end)
    return "value missing";
  switch (*text->at)
    {
    case '"':
      return skip_string (text);
    case '{':
    case '[':
      return skip_members (text, depth);
    case 'n':
    case 't':
    case 'f':
      return skip_word (text, "null") || skip_word (text, "true") || skip_word (text, "false") ? NULL : "value missing";
    default:
      return *text->at == '-' || g_ascii_isdigit (*text->at) ? skip_number (text) : "value missing";
    }
}

/**
 * dure_json_skip:
 * @at: (inout): where a value begins, in UTF-8; then behind it, or where it is wrong
 * @end: behind the last byte of the text, which need not be a NUL
 * @depth: how deep brackets may stand in each other
 *
 * Returns: (nullable): %NULL when there is a value; or what is wrong, in a few words for whoever wrote it
 */
const char *
dure_json_skip (const char **at, const char *end, guint depth)
{
  Text        text = { *at, end };
  const char *wrong = skip_value (&text, depth);

  *at = text.at;
  return wrong;
}

/**
 * dure_json_check_object:
 * @json: anything at all; need not end with a NUL
 * @length: its bytes
 * @depth: how deep brackets may stand in each other
 *
 * Returns: (nullable): %NULL when @json is one object and nothing else; or the kind of problem, as docs/protocol.md has
 *   them: "not-utf8", "too-deep", "truncated" (all of it may be the beginning of an object), "wrong-type" (another
 *   value), "format"
 */
const char *
dure_json_check_object (const char *json, gsize length, guint depth)
{
  Text        text = { json, json };
  gboolean    is_object;
  const char *wrong;

  if (length > 0 && !g_utf8_validate_len (json, length, NULL))
    return "not-utf8";
  if (length > 0)
    text.end += length;
  skip_space (&text);
  if (text.at == text.end)
    return "format";
  is_object = *text.at == '{';
  wrong = skip_value (&text, depth);
  if (wrong == too_deep)
    return "too-deep";
  skip_space (&text);
  if (wrong != NULL)
    return is_object && (text.at == text.end || wrong == open_string) ? "truncated" : "format";
  if (text.at != text.end)
    return "format";
  return is_object ? NULL : "wrong-type";
}

/** dure_json_is_object: Returns: whether dure_json_check_object() has nothing against @json */
gboolean
dure_json_is_object (const char *json, gsize length, guint depth)
{
  return dure_json_check_object (json, length, depth) == NULL;
}
