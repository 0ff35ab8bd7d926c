/* test-date.c: dates and times, typed and shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test-date"

#include "config.h"

#include "base/dure-date.h"

static void
test_numbers (void)
{
  int year, month, day;

  g_assert_cmpint (dure_day ("1970-01-01"), ==, 0);
  g_assert_cmpint (dure_day ("2026-11-21"), ==, 20778);
  g_assert_cmpint (dure_day ("2026-11-21T14:00"), ==, 20778);
  g_assert_cmpint (dure_day_weekday (dure_day ("2026-11-21")), ==, 6);
  g_assert_cmpint (dure_day_weekday (dure_day ("2025-06-26")), ==, 4);
  g_assert_cmpint (dure_day_weekday (dure_day ("1969-12-28")), ==, 0);
  g_assert_cmpint (dure_month_days (2024, 2), ==, 29);
  g_assert_cmpint (dure_month_days (1900, 2), ==, 28);
  g_assert_cmpint (dure_month_days (2000, 2), ==, 29);
  g_assert_cmpint (dure_month_days (2026, 13), ==, 0);

  /* Every day of 1–9999 is one more than the day before it, and comes back. */
  for (int number = dure_day_from_ymd (1, 1, 1), y = 1, m = 1, d = 1; y <= 9999; number++)
    {
      dure_day_to_ymd (number, &year, &month, &day);
      if (year != y || month != m || day != d || dure_day_from_ymd (y, m, d) != number)
        g_error ("day %d is %d-%d-%d, not %d-%d-%d", number, year, month, day, y, m, d);
      if (++d > dure_month_days (y, m))
        {
          d = 1;
          if (++m > 12)
            {
              m = 1;
              y++;
            }
        }
    }
  dure_day_to_ymd (DURE_NO_DAY, &year, &month, &day);
  g_assert_cmpint (year + month + day, ==, 0);
  g_assert_null (dure_day_to_date (DURE_NO_DAY));
  g_assert_null (dure_time_join (DURE_NO_DAY, 0));
}

static void
test_damaged (void)
{
  static const char *const texts[] = {
    "",
    "2026",
    "2026-1-1",
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-11-21 ",
    "2026-11-21T",
    "2026-11-21T24:00",
    "2026-11-21T14:60",
    "2026-11-21T1400",
    "20261121",
    "\xff\xfe",
    "2026-11-\xff",
    "-026-11-21",
    "0000-01-01",
  };

  g_assert_cmpint (dure_day (NULL), ==, DURE_NO_DAY);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      int day = 5, minute = 5;

      g_assert_cmpint (dure_day (texts[i]), ==, DURE_NO_DAY);
      g_assert_false (dure_time_split (texts[i], &day, &minute));
      g_assert_cmpint (day + minute, ==, 10);
    }
}

static void
test_typed_date (void)
{
  static const char *const good[] = {
    "2026-11-21",        "2026.11.21",         "2026.11.21.",           "2026. 11. 21.",
    "2026. 11. 21.(토)", "2026. 11. 21. (토)", "2026. 11. 21.(토요일)", "20261121",
    "2026/11/21",        "2026년 11월 21일",   "2026년11월21일 토요일", " 2026-11-21 ",
    "２０２６-11-21",    "2026 - 11 - 21",
  };
  static const char *const bad[] = {
    "",
    " ",
    "2026-02-30",
    "2025.2.29",
    "20261321",
    "20260021",
    "26-11-21",
    "2026-11",
    "2026-11-21x",
    "11/21/2026",
    "2026-11/21",
    "2026. 11. 21.(일)",
    "2026. 11. 21.(",
    "2026. 11. 21.(x)",
    "오늘",
    "\xec\x9b",
    "2026-11-21\xff",
    "2026-111-1",
    "202611211",
    "2026-11-21 14:00",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *date = dure_date_parse (good[i]);

      g_assert_cmpstr (date, ==, "2026-11-21");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *date = dure_date_parse (bad[i]);

      if (date != NULL)
        g_error ("“%s” was taken as %s", bad[i], date);
    }
  g_assert_null (dure_date_parse (NULL));
}

static void
test_typed_time (void)
{
  static const struct
  {
    const char *typed, *stored;
  } cases[] = {
    { "2026-11-21T14:00", "2026-11-21T14:00" },
    { "2026-11-21 14:00", "2026-11-21T14:00" },
    { "2026-11-21 14:00:00", "2026-11-21T14:00" },
    { "2026. 11. 21.(토) 14:00", "2026-11-21T14:00" },
    { "20261121 9:05", "2026-11-21T09:05" },
    { "2026년 11월 21일 오후 2시 30분", "2026-11-21T14:30" },
    { "2026년 11월 21일 오후 2시 반", "2026-11-21T14:30" },
    { "2026-11-21 오전 12:00", "2026-11-21T00:00" },
    { "2026-11-21 오후 12:10", "2026-11-21T12:10" },
    { "2026-11-21", NULL },
    { "2026-11-21T", NULL },
    { "2026-11-21 25:00", NULL },
    { "2026-11-21 14:60", NULL },
    { "2026-11-21 오후 14:00", NULL },
    { "2026-11-21 오후", NULL },
    { "2026-11-2114:00", NULL },
    { "14:00", NULL },
    { "2026-11-21T14:00Z", NULL },
    { "\xff", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *time = dure_time_parse (cases[i].typed);

      g_assert_cmpstr (time, ==, cases[i].stored);
    }
}

static void
test_join (void)
{
  g_autofree char *same = dure_time_join (20778, 0);
  g_autofree char *next = dure_time_join (20778, 1440 + 61);
  g_autofree char *before = dure_time_join (20778, -1);

  g_assert_cmpstr (same, ==, "2026-11-21T00:00");
  g_assert_cmpstr (next, ==, "2026-11-22T01:01");
  g_assert_cmpstr (before, ==, "2026-11-20T23:59");
}

static void
check_taken (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_formats (void)
{
  check_taken (dure_date_format_official ("2026-11-21"), "2026. 11. 21.(토)");
  check_taken (dure_date_format_official ("2025-06-06T10:00"), "2025. 6. 6.(금)");
  check_taken (dure_date_format_official ("nonsense"), "nonsense");
  check_taken (dure_date_format_official (NULL), "");
  check_taken (dure_date_format_short ("2026-11-21"), "11. 21.(토)");
  check_taken (dure_time_format_range ("2025-06-26T14:00", "2025-06-26T16:00"), "2025. 6. 26.(목) 14:00~16:00");
  check_taken (dure_time_format_range ("2025-06-26T14:00", "2025-06-27T12:00"),
               "2025. 6. 26.(목) 14:00~2025. 6. 27.(금) 12:00");
  check_taken (dure_time_format_range ("2025-06-26T14:00", NULL), "2025. 6. 26.(목) 14:00");
  check_taken (dure_time_format_range ("2025-06-26T14:00", ""), "2025. 6. 26.(목) 14:00");
  check_taken (dure_time_format_range ("2025-06-26", "2025-06-27"), "2025. 6. 26.(목)~2025. 6. 27.(금)");
  check_taken (dure_day_format_relative (10, 10), "Today");
  check_taken (dure_day_format_relative (11, 10), "Tomorrow");
  check_taken (dure_day_format_relative (12, 10), "The day after tomorrow");
  check_taken (dure_day_format_relative (9, 10), "Yesterday");
  check_taken (dure_day_format_relative (13, 10), "In 3 days");
  check_taken (dure_day_format_relative (7, 10), "3 days ago");
  check_taken (dure_day_format_relative (DURE_NO_DAY, 10), "");
}

/* The clock of DURE_NOW stands still for dates and runs on for stamps. */
static void
test_fixed_clock (void)
{
  gint64           first, second;
  g_autofree char *now = dure_now_local ();

  g_assert_cmpstr (now, ==, "2025-06-20T09:00");
  g_assert_cmpint (dure_day_today (), ==, dure_day ("2025-06-20"));
  first = dure_now_ms ();
  g_usleep (5000);
  second = dure_now_ms ();
  g_assert_cmpint (first / 60000, ==, G_GINT64_CONSTANT (1750377600) / 60); /* 2025-06-20T00:00Z */
  g_assert_cmpint (second, >, first);
  g_assert_cmpint (second, <, first + 60000);
}

int
main (int argc, char *argv[])
{
  g_setenv ("DURE_NOW", "2025-06-20T09:00", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/numbers", test_numbers);
  g_test_add_func ("/date/damaged", test_damaged);
  g_test_add_func ("/date/typed-date", test_typed_date);
  g_test_add_func ("/date/typed-time", test_typed_time);
  g_test_add_func ("/date/join", test_join);
  g_test_add_func ("/date/formats", test_formats);
  g_test_add_func ("/date/fixed-clock", test_fixed_clock);
  return g_test_run ();
}
