/* dure-lunar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-lunar.h"

#include <unicode/ucal.h>

#include "base/dure-date.h"

/* Under the lock. ICU's Korean calendar; it puts the new moon of 2017-02-26 23:58 on the 27th. */
static gboolean
lunar_date (int day, int *month, int *month_day, gboolean *leap)
{
  static UCalendar *calendar;
  const int         astray_from = dure_day_from_ymd (2017, 2, 26);
  UErrorCode        status = U_ZERO_ERROR;

  if (day >= astray_from && day < astray_from + 30)
    {
      *month = 2;
      *month_day = day - astray_from + 1;
      *leap = FALSE;
      return TRUE;
    }
  if (calendar == NULL)
    {
      static const UChar zone[] = { 'G', 'M', 'T', '+', '0', '9', ':', '0', '0', 0 };

      calendar = ucal_open (zone, -1, "ko_KR@calendar=dangi", UCAL_TRADITIONAL, &status);
      if (U_FAILURE (status))
        {
          calendar = NULL;
          return FALSE;
        }
    }
  ucal_setMillis (calendar, (day * 24.0 + 3) * 3600000.0, &status);
  *month = ucal_get (calendar, UCAL_MONTH, &status) + 1;
  *month_day = ucal_get (calendar, UCAL_DAY_OF_MONTH, &status);
  *leap = ucal_get (calendar, UCAL_IS_LEAP_MONTH, &status) != 0;
  return U_SUCCESS (status);
}

/**
 * dure_lunar_date:
 * @day: a day number
 * @month: (out): 1–12
 * @month_day: (out): 1–30
 * @leap: (out): whether it is the leap month
 *
 * Returns: %FALSE outside 1900–2100
 */
gboolean
dure_lunar_date (int day, int *month, int *month_day, gboolean *leap)
{
  static GMutex lock;
  gboolean      ok;

  if (day < dure_day_from_ymd (1900, 1, 1) || day >= dure_day_from_ymd (2101, 1, 1))
    return FALSE;
  g_mutex_lock (&lock);
  ok = lunar_date (day, month, month_day, leap);
  g_mutex_unlock (&lock);
  return ok;
}
