/* dure-sync-time.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-app-sync"

#include "config.h"

#include "app/sync/dure-sync-time.h"

#include "base/dure-date.h"

/**
 * dure_sync_format_time:
 * @ms: a moment in milliseconds, as of dure_now_ms()
 * @short_today: whether a moment of today needs no day
 *
 * Returns: (transfer full): "09:12" or "어제 09:12", time of Korea whatever the machine says
 */
char *
dure_sync_format_time (gint64 ms, gboolean short_today)
{
  g_autoptr (GTimeZone) korea = g_time_zone_new_offset (9 * 3600);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) time = g_date_time_to_timezone (utc, korea);
  g_autofree char *clock = g_date_time_format (time, "%H:%M");
  g_autofree char *day = NULL;
  int              number = dure_day_from_ymd (g_date_time_get_year (time), g_date_time_get_month (time),
                                               g_date_time_get_day_of_month (time));

  if (short_today && number == dure_day_today ())
    return g_steal_pointer (&clock);
  day = dure_day_format_relative (number, dure_day_today ());
  return g_strdup_printf ("%s %s", day, clock);
}
