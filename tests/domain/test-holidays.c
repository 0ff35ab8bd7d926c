/* test-holidays.c: the rule against the published days, both ways
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "domain/dure-holidays.h"

static char **
published_rows (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("DURE_SOURCE_DIR"), "tests/fixtures/holidays-kr-2022-2028.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (text, "\n", -1);
}

/* Nothing missing, nothing extra, every name. */
static void
test_published (void)
{
  static const char *const weekdays[] = { "일", "월", "화", "수", "목", "금", "토" };
  g_auto (GStrv) rows = published_rows ();
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;

  for (guint i = 1; rows[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (g_strstrip (rows[i]), ",", -1);

      if (g_strv_length (cells) < 4)
        continue;
      g_assert_cmpstr (weekdays[dure_day_weekday (dure_day (cells[0]))], ==, cells[1]);
      g_hash_table_add (wanted, g_strdup_printf ("%s %s", cells[0], cells[2]));
    }
  for (int year = 2022; year <= 2028; year++)
    {
      g_autoptr (GPtrArray) days = dure_holidays_of_year (year);
      int last = DURE_NO_DAY;

      for (guint i = 0; i < days->len; i++)
        {
          const DureHoliday *item = g_ptr_array_index (days, i);
          g_autofree char   *date = dure_day_to_date (item->day);
          g_autofree char   *row = g_strdup_printf ("%s %s", date, item->name);

          g_assert_cmpint (item->day, >=, last);
          last = item->day;
          if (!g_hash_table_contains (wanted, row))
            g_error ("extra: %s", row);
          g_assert_nonnull (dure_holiday_name (item->day));
          g_assert_false (dure_is_working_day (item->day));
          n++;
        }
    }
  g_assert_cmpuint (n, ==, 141);
  g_assert_cmpuint (n, ==, g_hash_table_size (wanted));
}

static void
check (const char *date, const char *name)
{
  g_assert_cmpstr (dure_holiday_name (dure_day (date)), ==, name);
}

/* Each rule holds from its date and not before. */
static void
test_since (void)
{
  check ("2013-05-06", NULL); /* 어린이날 on a Sunday, before any substitute */
  check ("2014-09-10", "대체공휴일(추석)");
  check ("2017-01-30", "대체공휴일(설날)");
  check ("2017-10-06", "대체공휴일(추석)"); /* clash with 개천절 */
  check ("2018-05-07", "대체공휴일(어린이날)");
  check ("2020-08-17", "임시공휴일");
  check ("2020-03-02", NULL);
  check ("2021-03-02", NULL);
  check ("2021-08-16", "대체공휴일(광복절)");
  check ("2021-10-04", "대체공휴일(개천절)");
  check ("2021-10-11", "대체공휴일(한글날)");
  check ("2021-12-27", NULL);
  check ("2022-05-09", NULL); /* 부처님 오신 날 on a Sunday, before 2023 */
  check ("2022-12-26", NULL);
  check ("2025-05-05", "어린이날·부처님 오신 날");
  check ("2025-05-07", NULL);
  check ("2007-07-17", "제헌절");
  check ("2008-07-17", NULL);
  check ("2025-07-17", NULL);
  check ("2025-05-01", NULL);
  check ("2005-04-05", "식목일");
  check ("2006-04-05", NULL);
  check ("1990-10-09", "한글날");
  check ("2012-10-09", NULL);
  check ("1998-01-02", "1월 2일");
  check ("1999-01-02", NULL);
  check ("1955-06-06", NULL);
  check ("1956-06-06", "현충일");
  check ("1988-02-18", "민속의 날");
  check ("1949-03-01", NULL);
  check ("1949-10-03", "개천절");
  check ("2100-12-25", "기독탄신일");
  check ("2101-12-25", NULL);
}

/* Two that would fall on one day: 2036-10-03 개천절 is the day before 추석 (a clash on a Friday), the day after is a
 * Sunday. */
static void
test_two_substitutes (void)
{
  check ("2036-10-04", "추석");
  check ("2036-10-06", "대체공휴일(개천절·추석)");
  check ("2036-10-07", "대체공휴일(추석)");
  check ("2036-10-08", NULL);
}

static void
test_every_year (void)
{
  for (int year = DURE_HOLIDAYS_FIRST_YEAR + 1; year <= DURE_HOLIDAYS_LAST_YEAR; year++)
    {
      g_autoptr (GPtrArray) days = dure_holidays_of_year (year);
      guint chuseok = 0, seollal = 0, buddha = 0;

      for (guint i = 0; i < days->len; i++)
        {
          const DureHoliday *item = g_ptr_array_index (days, i);
          int                y, m, d;

          dure_day_to_ymd (item->day, &y, &m, &d);
          g_assert_cmpint (y, ==, year);
          chuseok += strcmp (item->name, "추석") == 0;
          seollal += strcmp (item->name, "설날") == 0;
          buddha += strcmp (item->name, "부처님 오신 날") == 0;
          if (item->kind == DURE_HOLIDAY_SUBSTITUTE)
            {
              g_assert_cmpint (dure_day_weekday (item->day), !=, 0);
              g_assert_cmpint (dure_day_weekday (item->day), !=, 6);
            }
        }
      g_assert_cmpuint (chuseok, ==, 1);
      g_assert_cmpuint (seollal, ==, year >= 1989);
      g_assert_cmpuint (buddha, ==, year >= 1975);
    }
}

static void
check_lunar (const char *date, int month, int month_day, gboolean leap)
{
  int      m = 0, d = 0;
  gboolean l = FALSE;

  g_assert_true (dure_lunar_date (dure_day (date), &m, &d, &l));
  g_assert_cmpint (m, ==, month);
  g_assert_cmpint (d, ==, month_day);
  g_assert_cmpint (l, ==, leap);
}

static void
test_lunar (void)
{
  int      m, d;
  gboolean l;

  check_lunar ("2025-01-29", 1, 1, FALSE);
  check_lunar ("2025-06-26", 6, 2, FALSE);
  check_lunar ("2025-07-25", 6, 1, TRUE);
  check_lunar ("2020-05-23", 4, 1, TRUE);
  check_lunar ("2017-02-25", 1, 29, FALSE);
  check_lunar ("2017-02-26", 2, 1, FALSE);
  check_lunar ("2017-03-27", 2, 30, FALSE);
  check_lunar ("2017-03-28", 3, 1, FALSE);
  check_lunar ("1950-09-26", 8, 15, FALSE);
  g_assert_false (dure_lunar_date (dure_day_from_ymd (1899, 12, 31), &m, &d, &l));
  g_assert_false (dure_lunar_date (DURE_NO_DAY, &m, &d, &l));
}

static void
test_working_days (void)
{
  g_assert_true (dure_is_working_day (dure_day ("2025-06-26")));
  g_assert_false (dure_is_working_day (dure_day ("2025-06-28")));
  g_assert_false (dure_is_working_day (dure_day ("2025-06-29")));
  g_assert_false (dure_is_working_day (DURE_NO_DAY));
  /* Over 추석 of 2025: 3–9 October are all off. */
  g_assert_cmpint (dure_working_day_after (dure_day ("2025-10-02"), 1), ==, dure_day ("2025-10-10"));
  g_assert_cmpint (dure_working_day_after (dure_day ("2025-10-10"), -1), ==, dure_day ("2025-10-02"));
  g_assert_cmpint (dure_working_day_after (dure_day ("2025-10-04"), 0), ==, dure_day ("2025-10-04"));
}

static void
test_data (void)
{
  g_autoptr (GError) error = NULL;

  check ("2029-07-02", NULL);
  g_assert_true (dure_holidays_load ("\357\273\277date,kind,name\r\n2029-07-02,named,임시공휴일\r\n", "x.csv", &error));
  g_assert_no_error (error);
  check ("2029-07-02", "임시공휴일");
  g_assert_true (dure_holidays_load ("2029-07-02,named,임시공휴일", "x.csv", &error));
  check ("2029-07-02", "임시공휴일");

  g_assert_false (dure_holidays_load ("date,kind,name\n2029-07-03,named,가\n2029-13-01,named,나\n", "x.csv", &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "x.csv"));
  g_assert_nonnull (strstr (error->message, "3"));
  check ("2029-07-03", NULL);
  g_clear_error (&error);
  g_assert_false (dure_holidays_load ("2029-07-03,festival,가", "x.csv", &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dure_holidays_load ("2029-07-03,named,\xb0\xa1", "x.csv", &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dure_holidays_load_file ("/nonexistent/days.csv", &error));
  g_assert_nonnull (error);

  dure_holidays_reset ();
  check ("2029-07-02", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holidays/published", test_published);
  g_test_add_func ("/holidays/since", test_since);
  g_test_add_func ("/holidays/two-substitutes", test_two_substitutes);
  g_test_add_func ("/holidays/every-year", test_every_year);
  g_test_add_func ("/holidays/lunar", test_lunar);
  g_test_add_func ("/holidays/working-days", test_working_days);
  g_test_add_func ("/holidays/data", test_data);
  return g_test_run ();
}
