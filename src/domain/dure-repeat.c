/* dure-repeat.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), INTERVAL, COUNT, UNTIL, BYDAY (with an ordinal in MONTHLY) and BYMONTHDAY, as
 * RFC 5545 says; weeks begin on Monday, its default. A rule with other parts is refused rather than misread.
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-repeat.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"

#define MOST_PERIODS 40000 /* a daily rule of a century */

typedef enum
{
  DAILY,
  WEEKLY,
  MONTHLY,
  YEARLY,
} Frequency;

typedef struct
{
  Frequency frequency;
  int       interval;
  int       count; /* 0 for no end */
  int       until; /* DURE_NO_DAY for no end */
  guint     n_days;
  int       weekday[14];
  int       ordinal[14]; /* 0 for every */
  guint     n_month_days;
  int       month_day[31];
} Rule;

static gboolean
number (const char *text, int min, int max, int *value)
{
  char        *end;
  const gint64 n = g_ascii_strtoll (text, &end, 10);

  if (end == text || *end != '\0' || n < min || n > max)
    return FALSE;
  *value = (int)n;
  return TRUE;
}

static gboolean
parse_until (const char *value, int *until)
{
  g_autofree char *date = NULL;

  if (strlen (value) < 8 || strspn (value, "0123456789") < 8 || (value[8] != '\0' && value[8] != 'T'))
    return FALSE;
  date = g_strdup_printf ("%.4s-%.2s-%.2s", value, value + 4, value + 6);
  *until = dure_day (date);
  return *until != DURE_NO_DAY;
}

static gboolean
parse_days (Rule *rule, const char *value)
{
  static const char *const names[] = { "SU", "MO", "TU", "WE", "TH", "FR", "SA" };
  g_auto (GStrv) days = g_strsplit (value, ",", -1);

  for (guint i = 0; days[i] != NULL; i++)
    {
      const gsize      length = strlen (days[i]);
      g_autofree char *ordinal = NULL;
      int              at = -1;

      if (length < 2 || rule->n_days == G_N_ELEMENTS (rule->weekday))
        return FALSE;
      for (int w = 0; w < 7; w++)
        if (strcmp (days[i] + length - 2, names[w]) == 0)
          at = w;
      ordinal = g_strndup (days[i], length - 2);
      rule->ordinal[rule->n_days] = 0;
      if (at < 0
          || (*ordinal != '\0'
              && (!number (ordinal, -5, 5, &rule->ordinal[rule->n_days]) || rule->ordinal[rule->n_days] == 0)))
        return FALSE;
      rule->weekday[rule->n_days++] = at;
    }
  return rule->n_days > 0;
}

static gboolean
parse_month_days (Rule *rule, const char *value)
{
  g_auto (GStrv) days = g_strsplit (value, ",", -1);

  for (guint i = 0; days[i] != NULL; i++)
    {
      if (rule->n_month_days == G_N_ELEMENTS (rule->month_day)
          || !number (days[i], -31, 31, &rule->month_day[rule->n_month_days])
          || rule->month_day[rule->n_month_days] == 0)
        return FALSE;
      rule->n_month_days++;
    }
  return rule->n_month_days > 0;
}

static gboolean
parse_part (Rule *rule, const char *key, const char *value, gboolean *has_frequency)
{
  static const char *const names[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };

  if (strcmp (key, "FREQ") == 0)
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      if (strcmp (value, names[i]) == 0)
        {
          rule->frequency = (Frequency)i;
          *has_frequency = TRUE;
          return TRUE;
        }
  if (strcmp (key, "INTERVAL") == 0)
    return number (value, 1, 1000, &rule->interval);
  if (strcmp (key, "COUNT") == 0)
    return number (value, 1, 10000, &rule->count);
  if (strcmp (key, "UNTIL") == 0)
    return parse_until (value, &rule->until);
  if (strcmp (key, "BYDAY") == 0)
    return parse_days (rule, value);
  if (strcmp (key, "BYMONTHDAY") == 0)
    return parse_month_days (rule, value);
  return strcmp (key, "WKST") == 0 && strcmp (value, "MO") == 0;
}

static gboolean
parse_rule (const char *text, Rule *rule, GError **error)
{
  g_autofree char *upper = g_ascii_strup (g_str_has_prefix (text, "RRULE:") ? text + 6 : text, -1);
  g_auto (GStrv) parts = g_strsplit (upper, ";", -1);
  gboolean has_frequency = FALSE;
  gboolean ok = TRUE;

  *rule = (Rule){ .interval = 1, .until = DURE_NO_DAY };
  for (guint i = 0; ok && parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');

      if (equals != NULL)
        *equals = '\0';
      ok = equals != NULL && parse_part (rule, parts[i], equals + 1, &has_frequency);
    }
  for (guint i = 0; ok && i < rule->n_days; i++)
    ok = rule->ordinal[i] == 0 || rule->frequency == MONTHLY;
  if (!ok || !has_frequency || (rule->frequency == YEARLY && (rule->n_days > 0 || rule->n_month_days > 0))
      || (rule->frequency == WEEKLY && rule->n_month_days > 0))
    {
      dure_set_error (error, DURE_ERROR_INVALID,
                      _ ("“%s” is not a repeat rule that this program knows, such as FREQ=MONTHLY;BYDAY=2TH."), text);
      return FALSE;
    }
  return TRUE;
}

/* Whether @day of a month of @n_days days fits BYDAY and BYMONTHDAY; a part that is not there fits. */
static gboolean
fits (const Rule *rule, int day, int month_day, int n_days)
{
  gboolean fit = rule->n_days == 0;

  for (guint i = 0; i < rule->n_days && !fit; i++)
    fit = rule->weekday[i] == dure_day_weekday (day)
          && (rule->ordinal[i] == 0 || rule->ordinal[i] == (month_day + 6) / 7
              || rule->ordinal[i] == -((n_days - month_day) / 7 + 1));
  if (!fit || rule->n_month_days == 0)
    return fit;
  for (guint i = 0; i < rule->n_month_days; i++)
    if (rule->month_day[i] == month_day || rule->month_day[i] == month_day - n_days - 1)
      return TRUE;
  return FALSE;
}

/* The days of one period (day, week, month or year) that the rule names, in order. */
static void
period_days (const Rule *rule, int start, int period, GArray *days)
{
  int year, month, month_day;

  g_array_set_size (days, 0);
  dure_day_to_ymd (start, &year, &month, &month_day);
  if (rule->frequency == DAILY)
    {
      const int day = start + period * rule->interval;

      dure_day_to_ymd (day, &year, &month, &month_day);
      if (fits (rule, day, month_day, dure_month_days (year, month)))
        g_array_append_val (days, day);
    }
  else if (rule->frequency == WEEKLY)
    {
      const int monday = start - (dure_day_weekday (start) + 6) % 7 + period * 7 * rule->interval;

      for (int day = monday; day < monday + 7; day++)
        if (rule->n_days == 0 ? dure_day_weekday (day) == dure_day_weekday (start) : fits (rule, day, 0, 0))
          g_array_append_val (days, day);
    }
  else if (rule->frequency == MONTHLY)
    {
      const int months = year * 12 + month - 1 + period * rule->interval;
      const int n_days = dure_month_days (months / 12, months % 12 + 1);

      for (int d = 1; d <= n_days; d++)
        {
          const int day = dure_day_from_ymd (months / 12, months % 12 + 1, d);

          if (rule->n_days + rule->n_month_days == 0 ? d == month_day : fits (rule, day, d, n_days))
            g_array_append_val (days, day);
        }
    }
  else
    {
      const int day = dure_day_from_ymd (year + period * rule->interval, month, month_day);

      if (day != DURE_NO_DAY)
        g_array_append_val (days, day);
    }
}

/**
 * dure_repeat_check:
 * @rule: such as `FREQ=WEEKLY;INTERVAL=2;BYDAY=TH`
 *
 * Returns: %FALSE with %DURE_ERROR_INVALID when the rule is not understood
 */
gboolean
dure_repeat_check (const char *rule, GError **error)
{
  Rule parsed;

  g_return_val_if_fail (rule != NULL, FALSE);
  return parse_rule (rule, &parsed, error);
}

/**
 * dure_repeat_days:
 * @rule: (nullable): a repeat rule; %NULL or empty for an event that does not repeat
 * @start: day of the first
 * @from: first day asked for
 * @to: last day asked for
 *
 * The start counts as the first even when the rule does not name it. Time is linear in the periods from @start to @to.
 *
 * Returns: (transfer full) (element-type int): day numbers in order; %NULL when the rule is not understood
 */
GArray *
dure_repeat_days (const char *rule, int start, int from, int to, GError **error)
{
  g_autoptr (GArray) result = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (int));
  Rule parsed = { .interval = 1, .count = 1, .until = DURE_NO_DAY };
  int  n = 1;

  g_return_val_if_fail (start != DURE_NO_DAY, NULL);
  if (rule != NULL && *rule != '\0' && !parse_rule (rule, &parsed, error))
    return NULL;
  if (start >= from && start <= to)
    g_array_append_val (result, start);
  for (int period = 0; period < MOST_PERIODS; period++)
    {
      period_days (&parsed, start, period, days);
      for (guint i = 0; i < days->len; i++)
        {
          const int day = g_array_index (days, int, i);

          if (day <= start)
            continue;
          if (day > to || (parsed.until != DURE_NO_DAY && day > parsed.until)
              || (parsed.count > 0 && n >= parsed.count))
            return g_steal_pointer (&result);
          n++;
          if (day >= from)
            g_array_append_val (result, day);
        }
      /* Periods without a day must end too. */
      if (start
              + (gint64)period * parsed.interval
                    * (parsed.frequency == DAILY    ? 1
                       : parsed.frequency == WEEKLY ? 7
                                                    : 28)
          > to + 366LL)
        break;
      if (parsed.frequency == YEARLY && period * parsed.interval > 9000)
        break;
    }
  return g_steal_pointer (&result);
}
