/* dure-date.h: civil dates and local times (Asia/Seoul), as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A day number counts days since 1970-01-01, proleptic Gregorian. */
#define DURE_NO_DAY G_MININT

int   dure_day (const char *date);
int   dure_day_from_ymd (int year, int month, int day);
void  dure_day_to_ymd (int day, int *year, int *month, int *month_day);
char *dure_day_to_date (int day);
int   dure_day_weekday (int day);
int   dure_day_today (void);
int   dure_month_days (int year, int month);

char    *dure_date_parse (const char *typed);
char    *dure_time_parse (const char *typed);
gboolean dure_time_split (const char *date_time, int *day, int *minute);
char    *dure_time_join (int day, int minute);
gint64   dure_now_ms (void);
char    *dure_now_local (void);

char *dure_date_format_official (const char *date);
char *dure_date_format_short (const char *date);
char *dure_time_format_range (const char *start, const char *end);
char *dure_day_format_relative (int day, int today);

G_END_DECLS
