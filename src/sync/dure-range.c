/* dure-range.c: the heads Range and Content-Range of RFC 9110, for bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-range.h"

#include <string.h>

/* Takes digits at *@at and moves it behind them; a number that is too large is G_MAXINT64. */
static gboolean
take_number (const char **at, gint64 *number)
{
  gint64 value = 0;

  if (!g_ascii_isdigit (**at))
    return FALSE;
  for (; g_ascii_isdigit (**at); (*at)++)
    value = value > (G_MAXINT64 - 9) / 10 ? G_MAXINT64 : value * 10 + (**at - '0');
  *number = value;
  return TRUE;
}

static gboolean
take_char (const char **at, char c)
{
  if (**at != c)
    return FALSE;
  (*at)++;
  return TRUE;
}

/**
 * dure_range_parse:
 * @head: (nullable): "bytes=N-", "bytes=N-M" or "bytes=-N"
 * @size: how many bytes there are, at least one
 * @first: (out): first byte that is asked for
 * @last: (out): last byte that is asked for, itself too
 *
 * Several ranges, other units and what is malformed may be ignored by RFC 9110, 14.2; so they are.
 *
 * Returns: what to send; @first and @last are all of it unless that is %DURE_RANGE_PART
 */
DureRange
dure_range_parse (const char *head, gint64 size, gint64 *first, gint64 *last)
{
  const char *at = head;
  gint64      from = 0, to = G_MAXINT64;
  gboolean    has_from;

  *first = 0;
  *last = size - 1;
  if (head == NULL || g_ascii_strncasecmp (head, "bytes=", 6) != 0)
    return DURE_RANGE_ALL;
  at += 6;
  has_from = take_number (&at, &from);
  if (!take_char (&at, '-'))
    return DURE_RANGE_ALL;
  if (*at != '\0' && (!take_number (&at, &to) || *at != '\0'))
    return DURE_RANGE_ALL;
  if (!has_from && to == G_MAXINT64 && at[-1] == '-')
    return DURE_RANGE_ALL;
  if (!has_from)
    {
      if (to == 0)
        return DURE_RANGE_BEYOND;
      *first = MAX (size - MIN (to, size), 0);
      return DURE_RANGE_PART;
    }
  if (to < from)
    return DURE_RANGE_ALL;
  if (from >= size)
    return DURE_RANGE_BEYOND;
  *first = from;
  *last = MIN (to, size - 1);
  return DURE_RANGE_PART;
}

/**
 * dure_content_range_parse:
 * @head: "bytes A-B/TOTAL"
 * @first: (out): A
 * @last: (out): B, at least A
 * @total: (out): TOTAL, more than B
 *
 * Returns: whether it is of that form
 */
gboolean
dure_content_range_parse (const char *head, gint64 *first, gint64 *last, gint64 *total)
{
  const char *at = head;

  if (head == NULL || g_ascii_strncasecmp (head, "bytes ", 6) != 0)
    return FALSE;
  at += 6;
  return take_number (&at, first) && take_char (&at, '-') && take_number (&at, last) && take_char (&at, '/')
         && take_number (&at, total) && *at == '\0' && *first <= *last && *last < *total && *total < G_MAXINT64;
}
