/* dure-date-format.c: dates and times as people read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-date-private.h"

#include <glib/gi18n-lib.h>

/**
 * dure_date_format_official:
 * @date: (nullable): a stored date or local time
 *
 * The way of official documents, whatever the language of the session (행정업무규정).
 *
 * Returns: (transfer full): `2026. 11. 21.(토)`; @date itself when it is no date
 */
char *
dure_date_format_official (const char *date)
{
  int day = dure_day (date);
  int year, month, month_day;

  if (day == DURE_NO_DAY)
    return g_strdup (date != NULL ? date : "");
  dure_day_to_ymd (day, &year, &month, &month_day);
  return g_strdup_printf ("%d. %d. %d.(%s)", year, month, month_day, dure_weekdays[dure_day_weekday (day)]);
}

/**
 * dure_date_format_short:
 * @date: (nullable): a stored date or local time
 *
 * Returns: (transfer full): `11. 21.(토)`; @date itself when it is no date
 */
char *
dure_date_format_short (const char *date)
{
  int day = dure_day (date);
  int month, month_day;

  if (day == DURE_NO_DAY)
    return g_strdup (date != NULL ? date : "");
  dure_day_to_ymd (day, NULL, &month, &month_day);
  return g_strdup_printf ("%d. %d.(%s)", month, month_day, dure_weekdays[dure_day_weekday (day)]);
}

static char *
format_moment (const char *moment)
{
  g_autofree char *date = dure_date_format_official (moment);
  int              minute;

  if (!dure_time_split (moment, NULL, &minute))
    return g_steal_pointer (&date);
  return g_strdup_printf ("%s %02d:%02d", date, minute / 60, minute % 60);
}

/**
 * dure_time_format_range:
 * @start: (nullable): a stored local time or date
 * @end: (nullable): a stored local time or date
 *
 * Returns: (transfer full): `2025. 6. 26.(목) 14:00~16:00`; both dates when they differ; one moment when there is no
 * other
 */
char *
dure_time_format_range (const char *start, const char *end)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  int              minute;

  if (start == NULL || *start == '\0')
    return format_moment (end);
  first = format_moment (start);
  if (end == NULL || *end == '\0' || g_str_equal (start, end))
    return g_steal_pointer (&first);
  if (dure_day (start) != DURE_NO_DAY && dure_day (start) == dure_day (end))
    {
      if (!dure_time_split (end, NULL, &minute))
        return g_steal_pointer (&first);
      return g_strdup_printf ("%s~%02d:%02d", first, minute / 60, minute % 60);
    }
  second = format_moment (end);
  return g_strdup_printf ("%s~%s", first, second);
}

/**
 * dure_day_format_relative:
 * @day: a day number
 * @today: the day number it is seen from
 *
 * Returns: (transfer full): a word or a few, such as "Tomorrow" or "3 days ago", in the user's language
 */
char *
dure_day_format_relative (int day, int today)
{
  int days;

  if (day == DURE_NO_DAY || today == DURE_NO_DAY)
    return g_strdup ("");
  days = day - today;
  switch (days)
    {
    case 0:
      return g_strdup (_ ("Today"));
    case 1:
      return g_strdup (_ ("Tomorrow"));
    case 2:
      return g_strdup (_ ("The day after tomorrow"));
    case -1:
      return g_strdup (_ ("Yesterday"));
    default:
      if (days > 0)
        return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "In %d day", "In %d days", (gulong)days), days);
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day ago", "%d days ago", (gulong)-days), -days);
    }
}
