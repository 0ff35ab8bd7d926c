/* dure-date-parse.c: dates and times as people type them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-date-private.h"

#include <string.h>

/* Reading what people type. A cursor runs over text that was folded to plain digits and signs. */

static void
skip_spaces (const char **at)
{
  while (g_ascii_isspace (**at))
    (*at)++;
}

static gboolean
take (const char **at, const char *word)
{
  if (!g_str_has_prefix (*at, word))
    return FALSE;
  *at += strlen (word);
  return TRUE;
}

static gboolean
take_number (const char **at, int least, int most, int *value)
{
  int count = 0;

  *value = 0;
  while (count < most && g_ascii_isdigit ((*at)[count]))
    {
      *value = *value * 10 + ((*at)[count] - '0');
      count++;
    }
  if (count < least || g_ascii_isdigit ((*at)[count]))
    return FALSE;
  *at += count;
  return TRUE;
}

/* `(토)`, `(토요일)` or `토요일`; a weekday that is not the date's makes the whole text doubtful. */
static gboolean
take_weekday (const char **at, int day)
{
  gboolean bracket;
  int      found = -1;

  skip_spaces (at);
  bracket = take (at, "(");
  if (bracket)
    skip_spaces (at);
  for (int i = 0; i < 7; i++)
    if (g_str_has_prefix (*at, dure_weekdays[i]))
      found = i;
  if (found < 0)
    return !bracket;
  *at += strlen (dure_weekdays[found]);
  if (!take (at, "요일") && !bracket)
    return FALSE;
  if (bracket)
    {
      skip_spaces (at);
      if (!take (at, ")"))
        return FALSE;
    }
  return found == dure_day_weekday (day);
}

static int
take_date (const char **at)
{
  int year, month, month_day, day;

  skip_spaces (at);
  if (strspn (*at, "0123456789") == 8)
    {
      dure_read_digits (*at, 4, &year);
      dure_read_digits (*at + 4, 2, &month);
      dure_read_digits (*at + 6, 2, &month_day);
      *at += 8;
    }
  else
    {
      const char *sign;

      if (!take_number (at, 4, 4, &year))
        return DURE_NO_DAY;
      skip_spaces (at);
      sign = take (at, "-") ? "-" : take (at, "/") ? "/" : take (at, ".") ? "." : take (at, "년") ? "월" : NULL;
      if (sign == NULL)
        return DURE_NO_DAY;
      skip_spaces (at);
      if (!take_number (at, 1, 2, &month))
        return DURE_NO_DAY;
      skip_spaces (at);
      if (!take (at, sign))
        return DURE_NO_DAY;
      skip_spaces (at);
      if (!take_number (at, 1, 2, &month_day))
        return DURE_NO_DAY;
      if (*sign == '.')
        take (at, ".");
      else if (g_str_equal (sign, "월"))
        {
          skip_spaces (at);
          if (!take (at, "일"))
            return DURE_NO_DAY;
        }
    }
  day = dure_day_from_ymd (year, month, month_day);
  if (day == DURE_NO_DAY || !take_weekday (at, day))
    return DURE_NO_DAY;
  return day;
}

/* `14:00`, `14:00:00`, `14시`, `14시 30분`, `오후 2시`, `오후 2:30`; minutes since midnight or -1. */
static int
take_time (const char **at)
{
  int hour, minute = 0, second, half = 0;

  skip_spaces (at);
  if (take (at, "오전"))
    half = 1;
  else if (take (at, "오후"))
    half = 2;
  skip_spaces (at);
  if (!take_number (at, 1, 2, &hour))
    return -1;
  if (take (at, ":"))
    {
      if (!take_number (at, 2, 2, &minute) || (take (at, ":") && (!take_number (at, 2, 2, &second) || second > 59)))
        return -1;
    }
  else
    {
      skip_spaces (at);
      if (!take (at, "시"))
        return -1;
      skip_spaces (at);
      if (take (at, "반"))
        minute = 30;
      else if (g_ascii_isdigit (**at))
        {
          if (!take_number (at, 1, 2, &minute))
            return -1;
          skip_spaces (at);
          if (!take (at, "분"))
            return -1;
        }
    }
  if (hour > 23 || minute > 59 || (half != 0 && (hour < 1 || hour > 12)))
    return -1;
  if (half == 1 && hour == 12)
    hour = 0;
  else if (half == 2 && hour < 12)
    hour += 12;
  return hour * 60 + minute;
}

/* Full-width digits and signs become plain ones; broken UTF-8 becomes text that no rule takes. */
static char *
plain (const char *typed)
{
  g_autofree char *valid = g_utf8_make_valid (typed, -1);

  return g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
}

/**
 * dure_date_parse:
 * @typed: (nullable): a date as people write it
 *
 * Takes `2026-11-21`, `2026.11.21`, `2026. 11. 21.(토)`, `20261121`, `2026/11/21` and `2026년 11월 21일`. A day that
 * does not exist, or that is another weekday than the one beside it, is refused.
 *
 * Returns: (transfer full) (nullable): the stored form, %NULL when this is no date
 */
char *
dure_date_parse (const char *typed)
{
  g_autofree char *text = NULL;
  const char      *at;
  int              day;

  if (typed == NULL)
    return NULL;
  text = plain (typed);
  at = text;
  day = take_date (&at);
  skip_spaces (&at);
  return day == DURE_NO_DAY || *at != '\0' ? NULL : dure_day_to_date (day);
}

/**
 * dure_time_parse:
 * @typed: (nullable): a date with a time as people write it
 *
 * Takes every date that dure_date_parse() takes, then `T` or a space, then `14:00`, `14:00:00`, `14시 30분` or `오후
 * 2시`.
 *
 * Returns: (transfer full) (nullable): the stored form `2026-11-21T14:00`, %NULL when this is no such time
 */
char *
dure_time_parse (const char *typed)
{
  g_autofree char *text = NULL;
  const char      *at;
  int              day, minute;

  if (typed == NULL)
    return NULL;
  text = plain (typed);
  at = text;
  day = take_date (&at);
  if (day == DURE_NO_DAY)
    return NULL;
  if (*at == 'T' || *at == 't')
    at++;
  else if (g_ascii_isdigit (*at) && g_ascii_isdigit (at[-1]))
    return NULL;
  minute = take_time (&at);
  skip_spaces (&at);
  return minute < 0 || *at != '\0' ? NULL : dure_time_join (day, minute);
}
