/* dure-typed.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-typed.h"

#include <string.h>

#include "base/dure-date.h"
#include "base/dure-hangul.h"
#include "base/dure-text.h"

/**
 * dure_typed_on_korean_keys:
 * @text: what was typed and found nothing
 *
 * Returns: (transfer full) (nullable): the Hangul of the same keys, or %NULL where no letter was typed
 */
char *
dure_typed_on_korean_keys (const char *text)
{
  gboolean letters = FALSE;

  for (const char *c = text; *c != '\0'; c++)
    {
      if ((guchar) *c >= 0x80)
        return NULL;
      letters = letters || g_ascii_isalpha (*c);
    }
  return letters ? dure_hangul_from_keys (text) : NULL;
}

/** dure_typed_find: as dure_text_find(), also where the keyboard stood in English. */
gboolean
dure_typed_find (const char *text, const char *query, gsize *start, gsize *end)
{
  g_autofree char *keys = NULL;

  if (dure_text_find (text, query, start, end))
    return TRUE;
  keys = dure_typed_on_korean_keys (query);
  return keys != NULL && *keys != '\0' && dure_text_find (text, keys, start, end);
}

static char *
parse (const char *text, gboolean with_time)
{
  return with_time ? dure_time_parse (text) : dure_date_parse (text);
}

/**
 * dure_typed_date:
 * @typed: a date without its year (`6.26`, `6/26`, `6월 26일`), with @with_time also without its time or its day
 * @near: (nullable): the stored value of the field, which lends the year, the time and the day; else today does
 *
 * Returns: (transfer full) (nullable): the stored form, or %NULL when this is no such date
 */
char *
dure_typed_date (const char *typed, const char *near, gboolean with_time)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  g_autofree char *day = NULL;
  g_autofree char *whole = NULL;
  char            *value = NULL;
  const char      *rest = text;
  const char      *sign;
  const char      *time;

  if (!g_ascii_isdigit (*text) && !g_str_has_prefix (text, "오전") && !g_str_has_prefix (text, "오후"))
    return NULL;
  day = near != NULL && strlen (near) >= 10 ? g_strndup (near, 10) : dure_day_to_date (dure_day_today ());
  time = near != NULL && strlen (near) > 11 ? near + 11 : NULL;
  rest += strspn (text, "0123456789");
  sign = g_str_has_prefix (rest, "월") ? "년 " : *rest == '/' ? "/" : *rest == '-' ? "-" : ".";
  whole = g_strdup_printf ("%.4s%s%s", day, sign, text);
  value = parse (whole, with_time);
  for (int with_year = 0; value == NULL && with_time && time != NULL && with_year < 2; with_year++)
    {
      g_autofree char *timed = g_strdup_printf ("%s %s", with_year ? text : whole, time);

      value = dure_time_parse (timed);
    }
  if (value == NULL && with_time)
    {
      g_autofree char *timed = g_strdup_printf ("%s %s", day, text);

      value = dure_time_parse (timed);
    }
  return value;
}
