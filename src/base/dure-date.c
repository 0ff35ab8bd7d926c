/* dure-date.c: civil dates and local times (Asia/Seoul), as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stored forms: `2026-11-21` and `2026-11-21T14:00`. Korea has kept nine hours ahead of UTC without summer time since
 * 1988-10-09, and only the present is ever converted, so no time-zone data is needed.
 *
 * Day numbers: the days-from-civil method with years that begin in March (E. G. Richards, "Mapping time", 1998, chapter
 * 25).
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-date-private.h"

#define SEOUL_OFFSET_MS (9 * G_GINT64_CONSTANT (3600000))
#define DAY_MS G_GINT64_CONSTANT (86400000)
#define YEAR_MIN 1
#define YEAR_MAX 9999

const char *const dure_weekdays[] = { "일", "월", "화", "수", "목", "금", "토" };

/**
 * dure_month_days:
 * @year: the year
 * @month: 1 to 12
 *
 * Returns: how many days the month has, 0 when there is no such month
 */
int
dure_month_days (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (month < 1 || month > 12)
    return 0;
  return month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : days[month - 1];
}

/**
 * dure_day_from_ymd:
 * @year: 1 to 9999
 * @month: 1 to 12
 * @day: 1 to 31
 *
 * Returns: the day number, or %DURE_NO_DAY when there is no such day
 */
int
dure_day_from_ymd (int year, int month, int day)
{
  int march_year, march_month;

  if (year < YEAR_MIN || year > YEAR_MAX || day < 1 || day > dure_month_days (year, month))
    return DURE_NO_DAY;
  march_year = year - (month <= 2);
  march_month = (month + 9) % 12;
  return 365 * march_year + march_year / 4 - march_year / 100 + march_year / 400 + (153 * march_month + 2) / 5 + day - 1
         - 719468;
}

/**
 * dure_day_to_ymd:
 * @day: a day number
 * @year: (out) (optional): the year
 * @month: (out) (optional): 1 to 12
 * @month_day: (out) (optional): 1 to 31
 *
 * For a number outside the years 1 to 9999 all three are 0.
 */
void
dure_day_to_ymd (int day, int *year, int *month, int *month_day)
{
  int y = 0, m = 0, d = 0;

  if (day >= dure_day_from_ymd (YEAR_MIN, 1, 1) && day <= dure_day_from_ymd (YEAR_MAX, 12, 31))
    {
      int shifted = day + 719468;
      int era = shifted / 146097;
      int of_era = shifted % 146097;
      int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
      int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
      int march_month = (5 * of_year + 2) / 153;

      d = of_year - (153 * march_month + 2) / 5 + 1;
      m = march_month < 10 ? march_month + 3 : march_month - 9;
      y = year_of_era + era * 400 + (m <= 2);
    }
  if (year != NULL)
    *year = y;
  if (month != NULL)
    *month = m;
  if (month_day != NULL)
    *month_day = d;
}

/* Exactly @count digits. */
gboolean
dure_read_digits (const char *text, int count, int *value)
{
  *value = 0;
  for (int i = 0; i < count; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + (text[i] - '0');
    }
  return TRUE;
}

/**
 * dure_day:
 * @date: (nullable): a stored date or local time
 *
 * Returns: the day number of `2026-11-21`, or of the date in `2026-11-21T14:00`; %DURE_NO_DAY for anything else
 */
int
dure_day (const char *date)
{
  int year, month, day;

  if (date == NULL || !dure_read_digits (date, 4, &year) || date[4] != '-' || !dure_read_digits (date + 5, 2, &month)
      || date[7] != '-' || !dure_read_digits (date + 8, 2, &day) || (date[10] != '\0' && date[10] != 'T'))
    return DURE_NO_DAY;
  if (date[10] == 'T' && !dure_time_split (date, NULL, NULL))
    return DURE_NO_DAY;
  return dure_day_from_ymd (year, month, day);
}

/**
 * dure_day_to_date:
 * @day: a day number
 *
 * Returns: (transfer full) (nullable): the stored form, %NULL for %DURE_NO_DAY and days outside the years 1 to 9999
 */
char *
dure_day_to_date (int day)
{
  int year, month, month_day;

  dure_day_to_ymd (day, &year, &month, &month_day);
  return month == 0 ? NULL : g_strdup_printf ("%04d-%02d-%02d", year, month, month_day);
}

/**
 * dure_day_weekday:
 * @day: a day number
 *
 * Returns: 0 for Sunday to 6 for Saturday
 */
int
dure_day_weekday (int day)
{
  return (int)((((gint64)day + 4) % 7 + 7) % 7);
}

/* Local minutes since 1970 of DURE_NOW; -1 when it is not set. */
static gint64
fixed_minute (void)
{
  static gsize  once = 0;
  static gint64 fixed = -1;

  if (g_once_init_enter (&once))
    {
      const char *text = g_getenv ("DURE_NOW");

      if (text != NULL && *text != '\0')
        {
          g_autofree char *time = dure_time_parse (text);
          int              day, minute;

          if (time != NULL && dure_time_split (time, &day, &minute))
            fixed = (gint64)day * 1440 + minute;
          else
            g_warning ("DURE_NOW is not a local time such as 2025-06-20T09:00; the machine's clock is used");
        }
      g_once_init_leave (&once, 1);
    }
  return fixed;
}

/**
 * dure_now_ms:
 *
 * `DURE_NOW` in the environment, a local time such as `2025-06-20T09:00`, stands in for the machine's clock. From there
 * the milliseconds run on, while dure_day_today() and dure_now_local() stand still.
 *
 * Returns: milliseconds since 1970 (UTC)
 */
gint64
dure_now_ms (void)
{
  static gsize  once = 0;
  static gint64 started = 0;
  gint64        fixed = fixed_minute ();

  if (fixed < 0)
    return g_get_real_time () / 1000;
  if (g_once_init_enter (&once))
    {
      started = g_get_monotonic_time ();
      g_once_init_leave (&once, 1);
    }
  return fixed * 60000 - SEOUL_OFFSET_MS + (g_get_monotonic_time () - started) / 1000;
}

static gint64
now_minute (void)
{
  gint64 fixed = fixed_minute ();

  return fixed >= 0 ? fixed : (g_get_real_time () / 1000 + SEOUL_OFFSET_MS) / 60000;
}

/**
 * dure_day_today:
 *
 * Returns: the day number of today in Seoul
 */
int
dure_day_today (void)
{
  return (int)(now_minute () / 1440);
}

/**
 * dure_now_local:
 *
 * Returns: (transfer full): the present minute in Seoul, as `2026-11-21T14:00`
 */
char *
dure_now_local (void)
{
  gint64 minute = now_minute ();

  return dure_time_join ((int)(minute / 1440), (int)(minute % 1440));
}

/**
 * dure_time_split:
 * @date_time: (nullable): a stored local time, `2026-11-21T14:00`
 * @day: (out) (optional): its day number
 * @minute: (out) (optional): minutes since midnight
 *
 * Returns: %FALSE, setting nothing, when it is not such a text
 */
gboolean
dure_time_split (const char *date_time, int *day, int *minute)
{
  int year, month, month_day, number, hours, minutes;

  if (date_time == NULL || !dure_read_digits (date_time, 4, &year) || date_time[4] != '-'
      || !dure_read_digits (date_time + 5, 2, &month) || date_time[7] != '-'
      || !dure_read_digits (date_time + 8, 2, &month_day) || date_time[10] != 'T')
    return FALSE;
  number = dure_day_from_ymd (year, month, month_day);
  if (number == DURE_NO_DAY || !dure_read_digits (date_time + 11, 2, &hours) || date_time[13] != ':'
      || !dure_read_digits (date_time + 14, 2, &minutes) || date_time[16] != '\0' || hours > 23 || minutes > 59)
    return FALSE;
  if (day != NULL)
    *day = number;
  if (minute != NULL)
    *minute = hours * 60 + minutes;
  return TRUE;
}

/**
 * dure_time_join:
 * @day: a day number
 * @minute: minutes since that day's midnight; less than 0 or past 1439 is another day
 *
 * Returns: (transfer full) (nullable): the stored form, %NULL outside the years 1 to 9999
 */
char *
dure_time_join (int day, int minute)
{
  g_autofree char *date = NULL;
  int              days = minute / 1440;

  if (day == DURE_NO_DAY)
    return NULL;
  minute %= 1440;
  if (minute < 0)
    {
      minute += 1440;
      days--;
    }
  date = dure_day_to_date (day + days);
  return date == NULL ? NULL : g_strdup_printf ("%sT%02d:%02d", date, minute / 60, minute % 60);
}
