/* dure-phone.c: Korean telephone numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stored as digits, shown with hyphens. Kinds: 02 and the areas 031–064 with seven or eight digits after them, mobiles
 * 010 and the old 011–019, 070, 080, 050X, the nationwide 15XX, 16XX and 18XX with eight digits, and short service
 * numbers such as 129 and 1388.
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-text.h"

#include <string.h>

/* How many digits stand before the last group of four (0 for a number without groups) and before that; FALSE: no such
 * number. */
static gboolean
group (const char *digits, gsize *area, gsize *middle)
{
  gsize length = strlen (digits);

  *area = *middle = 0;
  if (digits[0] == '1')
    {
      if (length == 8 && (digits[1] == '5' || digits[1] == '6' || digits[1] == '8'))
        {
          *middle = 4;
          return TRUE;
        }
      return length == 3 || length == 4;
    }
  if (digits[0] != '0' || length < 9)
    return FALSE;
  if (digits[1] == '2')
    *area = 2;
  else if (digits[1] == '5' && digits[2] == '0')
    *area = 4;
  else if ((digits[1] >= '3' && digits[1] <= '6' && digits[2] >= '1' && digits[2] <= '5') || digits[1] == '1'
           || ((digits[1] == '6' || digits[1] == '7' || digits[1] == '8') && digits[2] == '0'))
    *area = 3;
  else
    return FALSE;
  if (length < *area + 7 || length > *area + 8)
    return FALSE;
  if (digits[1] == '1' && digits[2] == '0' && length != 11)
    return FALSE;
  *middle = length - *area - 4;
  return TRUE;
}

/**
 * dure_phone_parse:
 * @typed: (nullable): a number as people write it
 *
 * Takes hyphens, dots, spaces and brackets, full-width digits, `+82`, and a mobile number whose first 0 a spreadsheet
 * has eaten.
 *
 * Returns: (transfer full) (nullable): its digits, %NULL when this is no Korean number
 */
char *
dure_phone_parse (const char *typed)
{
  g_autofree char *valid = NULL;
  g_autofree char *text = NULL;
  char             digits[24];
  gsize            count = 0, area, middle;
  const char      *at;

  if (typed == NULL)
    return NULL;
  valid = g_utf8_make_valid (typed, -1);
  text = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  at = g_strstrip (text);
  if (g_str_has_prefix (at, "+82"))
    {
      at += 3;
      at += strspn (at, " -.(");
      if (*at != '0' && *at != '1')
        digits[count++] = '0';
      else if (g_str_has_prefix (at, "10") || g_str_has_prefix (at, "11"))
        digits[count++] = '0';
    }
  for (; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c < 0x80 && g_ascii_isdigit ((char)c))
        {
          if (count + 2 > sizeof digits)
            return NULL;
          digits[count++] = (char)c;
        }
      else if (c >= 0x80 ? c != 0x2010 && c != 0x2011 && c != 0x2013 && c != 0x2212 : strchr (" -.()", (char)c) == NULL)
        return NULL;
    }
  digits[count] = '\0';
  if (count == 10 && g_str_has_prefix (digits, "10"))
    {
      memmove (digits + 1, digits, count + 1);
      digits[0] = '0';
    }
  return group (digits, &area, &middle) ? g_strdup (digits) : NULL;
}

/**
 * dure_phone_format:
 * @digits: (nullable): a stored number
 *
 * Returns: (transfer full): the number with hyphens; @digits itself when it is no number
 */
char *
dure_phone_format (const char *digits)
{
  gsize area, middle;

  if (digits == NULL)
    return g_strdup ("");
  if (!group (digits, &area, &middle) || middle == 0)
    return g_strdup (digits);
  if (area == 0)
    return g_strdup_printf ("%.4s-%s", digits, digits + 4);
  return g_strdup_printf ("%.*s-%.*s-%s", (int)area, digits, (int)middle, digits + area, digits + area + middle);
}

/**
 * dure_phone_mask:
 * @digits: (nullable): a stored number
 *
 * For screens that others see.
 *
 * Returns: (transfer full): `010-****-1234`; a nationwide or short number, which is nobody's own, is shown whole; what
 * is no number is all stars
 */
char *
dure_phone_mask (const char *digits)
{
  gsize area, middle;

  if (digits == NULL)
    return g_strdup ("");
  if (!group (digits, &area, &middle))
    {
      g_autofree char *stars = g_strnfill (strlen (digits), '*');

      return g_steal_pointer (&stars);
    }
  if (area == 0)
    return dure_phone_format (digits);
  return g_strdup_printf ("%.*s-%.*s-%s", (int)area, digits, (int)middle, "****", digits + area + middle);
}
