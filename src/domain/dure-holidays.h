/* dure-holidays.h: public holidays and working days of 1949–2100
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "domain/dure-lunar.h"

G_BEGIN_DECLS

#define DURE_HOLIDAYS_FIRST_YEAR 1949
#define DURE_HOLIDAYS_LAST_YEAR 2100

/**
 * DureHolidayKind:
 * @DURE_HOLIDAY_STATUTORY: named by the decree
 * @DURE_HOLIDAY_SUBSTITUTE: stands in for one that fell on a day off
 * @DURE_HOLIDAY_ELECTION: day of a regular election; data
 * @DURE_HOLIDAY_NAMED: named by the government for once; data
 */
typedef enum
{
  DURE_HOLIDAY_STATUTORY,
  DURE_HOLIDAY_SUBSTITUTE,
  DURE_HOLIDAY_ELECTION,
  DURE_HOLIDAY_NAMED,
} DureHolidayKind;

/** DureHoliday: one holiday; two may share a day. */
typedef struct
{
  int             day;
  const char     *name; /* official Korean name, lives as long as the program */
  DureHolidayKind kind;
} DureHoliday;

GPtrArray  *dure_holidays_of_year (int year);
const char *dure_holiday_name (int day);
gboolean    dure_is_working_day (int day);
int         dure_working_day_after (int day, int n);
gboolean    dure_holidays_load (const char *csv, const char *place, GError **error);
gboolean    dure_holidays_load_file (const char *path, GError **error);
void        dure_holidays_reset (void);

G_END_DECLS
