/* dure-field.c: from what a person typed to what is stored, and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-schema"

#include "config.h"

#include "schema/dure-schema.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "base/dure-hangul.h"
#include "base/dure-text.h"
#include "base/dure-uuid.h"

#define TEXT_MOST 200
#define LONG_TEXT_MOST 50000

static char *
refuse (GError **error, char *sentence)
{
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID, sentence);
  g_free (sentence);
  return NULL;
}

/* 1234567 -> 1,234,567 */
static char *
group_digits (gint64 value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%" G_GINT64_FORMAT, value);
  for (gssize at = (gssize)text->len - 3; at > (value < 0 ? 1 : 0); at -= 3)
    g_string_insert_c (text, at, ',');
  return g_strdup (text->str);
}

static char *
parse_text (const DureField *field, const char *text, GError **error)
{
  gint64 most = field->max > 0 ? field->max : field->type == DURE_VALUE_LONG_TEXT ? LONG_TEXT_MOST : TEXT_MOST;

  if (g_utf8_strlen (text, -1) > most)
    return refuse (error,
                   dure_hangul_printf (_ ("%s has room for %d characters."), dure_field_label (field), (int)most));
  for (const char *c = text; *c != '\0'; c++)
    if ((guchar)*c < 0x20 && *c != '\t' && (*c != '\n' || field->type != DURE_VALUE_LONG_TEXT))
      return refuse (error, dure_hangul_printf (_ ("%s may not hold control characters."), dure_field_label (field)));
  if (field->flags & DURE_FIELD_MONTH)
    {
      g_autofree char *day = g_strconcat (text, "-01", NULL);

      if (strlen (text) != 7 || dure_day (day) == DURE_NO_DAY)
        return refuse (error, dure_hangul_printf (_ ("%s must be a month such as 2025-06."), dure_field_label (field)));
    }
  return g_strdup (text);
}

static char *
parse_integer (const DureField *field, const char *text, GError **error)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gint64 value;
  char  *end;

  for (const char *c = text; *c != '\0'; c++)
    if (*c != ',' && *c != ' ')
      g_string_append_c (digits, *c);
  if (field->type == DURE_VALUE_MONEY && g_str_has_suffix (digits->str, "원"))
    g_string_truncate (digits, digits->len - strlen ("원"));
  errno = 0;
  value = g_ascii_strtoll (digits->str, &end, 10);
  if (digits->len == 0 || *end != '\0' || errno != 0)
    return refuse (error, dure_hangul_printf (_ ("%s must be a whole number."), dure_field_label (field)));
  if ((field->min != 0 || field->max != 0) && (value < field->min || value > field->max))
    {
      g_autofree char *least = group_digits (field->min);
      g_autofree char *most = group_digits (field->max);

      return refuse (error,
                     dure_hangul_printf (_ ("%s must be between %s and %s."), dure_field_label (field), least, most));
    }
  return g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

static char *
parse_set (const DureField *field, const char *text, GError **error)
{
  g_auto (GStrv) names = g_regex_split_simple ("[,;/\\n]", text, 0, 0);
  g_autoptr (GString) keys = g_string_new (NULL);
  g_autoptr (GHashTable) chosen = g_hash_table_new (NULL, NULL);

  for (char **name = names; *name != NULL; name++)
    {
      const DureChoice *choice;

      g_strstrip (*name);
      if (**name == '\0')
        continue;
      choice = dure_field_find_choice (field, *name);
      if (choice == NULL)
        return refuse (error, dure_hangul_printf (_ ("%s does not know “%s”."), dure_field_label (field), *name));
      g_hash_table_add (chosen, (gpointer)choice);
    }
  /* In the order of the table, so that equal sets are equal texts. */
  for (const DureChoice *choice = field->choices; choice->key != NULL; choice++)
    if (g_hash_table_contains (chosen, choice))
      g_string_append_printf (keys, "%s%s", keys->len > 0 ? "," : "", choice->key);
  return keys->len > 0 ? g_strdup (keys->str) : NULL;
}

static char *
parse_choice (const DureField *field, const char *text, GError **error)
{
  const DureChoice *choice = dure_field_find_choice (field, text);

  if (choice != NULL)
    return g_strdup (choice->key);
  return refuse (error, dure_hangul_printf (_ ("%s does not know “%s”."), dure_field_label (field), text));
}

static char *
parse_yes_no (const DureField *field, const char *text, GError **error)
{
  static const char *const yes[] = { "1", "true", "yes", "y", "o", "예", "네", "있음", "○", NULL };
  static const char *const no[] = { "0", "false", "no", "n", "x", "아니요", "아니오", "없음", "×", NULL };
  g_autofree char         *lower = g_utf8_strdown (text, -1);

  if (g_strv_contains (yes, lower))
    return g_strdup ("1");
  if (g_strv_contains (no, lower))
    return g_strdup ("0");
  return refuse (error, dure_hangul_printf (_ ("%s must be yes or no."), dure_field_label (field)));
}

static gboolean
is_mail (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at > text && strchr (at + 1, '@') == NULL && strchr (at + 1, '.') != NULL && at[1] != '.'
         && !g_str_has_suffix (text, ".") && strpbrk (text, " ,;<>\"\t") == NULL;
}

/**
 * dure_field_parse:
 * @field: a field
 * @typed: what a person typed, or a file holds
 * @error: return location; %DURE_ERROR_INVALID with a sentence that names the field
 *
 * Text becomes NFC without white space around it; dates ISO, phones digits, choices and sets their keys (labels of both
 * languages are understood), yes/no `1` or `0`. A link must be an id here: names are looked up by the store's callers.
 *
 * Returns: (transfer full) (nullable): canonical text; %NULL without an error when nothing was typed
 */
char *
dure_field_parse (const DureField *field, const char *typed, GError **error)
{
  g_autofree char *text = NULL;
  char            *value = NULL;

  if (typed == NULL)
    return NULL;
  if (!g_utf8_validate (typed, -1, NULL))
    return refuse (error, dure_hangul_printf (_ ("%s is not valid text (UTF-8)."), dure_field_label (field)));
  text = dure_text_nfc (typed);
  g_strstrip (text);
  if (*text == '\0')
    return NULL;
  switch (field->type)
    {
    case DURE_VALUE_TEXT:
    case DURE_VALUE_LONG_TEXT:
      return parse_text (field, text, error);
    case DURE_VALUE_INTEGER:
    case DURE_VALUE_MONEY:
      return parse_integer (field, text, error);
    case DURE_VALUE_DATE:
      value = dure_date_parse (text);
      return value != NULL ? value
                           : refuse (error, dure_hangul_printf (_ ("%s must be a date such as 2026-11-21."),
                                                                dure_field_label (field)));
    case DURE_VALUE_DATE_TIME:
      value = dure_time_parse (text);
      return value != NULL
                 ? value
                 : refuse (error, dure_hangul_printf (_ ("%s must be a date and time such as 2026-11-21 14:00."),
                                                      dure_field_label (field)));
    case DURE_VALUE_CHOICE:
      return parse_choice (field, text, error);
    case DURE_VALUE_SET:
      return parse_set (field, text, error);
    case DURE_VALUE_LINK:
      if (!dure_uuid_is_valid (text))
        return refuse (error, dure_hangul_printf (_ ("%s: there is no “%s”."), dure_field_label (field), text));
      return g_ascii_strdown (text, -1);
    case DURE_VALUE_YES_NO:
      return parse_yes_no (field, text, error);
    case DURE_VALUE_PHONE:
      value = dure_phone_parse (text);
      return value != NULL
                 ? value
                 : refuse (error, dure_hangul_printf (_ ("%s must be a telephone number such as 02-2680-0000."),
                                                      dure_field_label (field)));
    case DURE_VALUE_MAIL:
      return is_mail (text)
                 ? g_strdup (text)
                 : refuse (error, dure_hangul_printf (_ ("%s must be a mail address such as name@city.go.kr."),
                                                      dure_field_label (field)));
    default:
      g_return_val_if_reached (NULL);
    }
}

static char *
format_set (const DureField *field, const char *value)
{
  g_auto (GStrv) keys = g_strsplit (value, ",", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **key = keys; *key != NULL; key++)
    {
      const DureChoice *choice = dure_field_choice (field, *key);

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              choice != NULL ? dure_choice_label (choice) : *key);
    }
  return g_strdup (text->str);
}

static char *
format_money (const char *value)
{
  g_autofree char *grouped = group_digits (g_ascii_strtoll (value, NULL, 10));

  return g_strdup_printf (_ ("%s won"), grouped);
}

/**
 * dure_field_format:
 * @field: a field
 * @value: (nullable): canonical text
 *
 * Returns: (transfer full): what the screen shows; empty for none. A link stays an id, see dure_store_format().
 */
char *
dure_field_format (const DureField *field, const char *value)
{
  const DureChoice *choice;
  char             *text = NULL;

  if (value == NULL)
    return g_strdup ("");
  switch (field->type)
    {
    case DURE_VALUE_CHOICE:
      choice = dure_field_choice (field, value);
      return g_strdup (choice != NULL ? dure_choice_label (choice) : value);
    case DURE_VALUE_SET:
      return format_set (field, value);
    case DURE_VALUE_DATE:
      text = dure_date_format_official (value);
      break;
    case DURE_VALUE_DATE_TIME:
      text = dure_time_format_range (value, NULL);
      break;
    case DURE_VALUE_PHONE:
      text = dure_phone_format (value);
      break;
    case DURE_VALUE_YES_NO:
      return g_strdup (*value == '1' ? _ ("Yes") : _ ("No"));
    case DURE_VALUE_MONEY:
      return format_money (value);
    default:
      break;
    }
  return text != NULL ? text : g_strdup (value);
}
