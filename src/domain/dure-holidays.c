/* dure-holidays.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rule is 관공서의 공휴일에 관한 규정 (the decree) with its amendments: which days are holidays since when (the
 * table below), and which of them give a substitute day since when. Lunar dates come from ICU's Korean calendar.
 * Elections and days that the government names are data: data/holidays/days.csv, which a file of the same form can add
 * to. A row of kind "substitute" only gives a computed substitute day its published name.
 *
 * Not covered: the short-lived next-day rules of 1959–60 and 1989–90, and elections before 2000.
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-holidays.h"

#include <string.h>

#include "base/dure-date.h"
#include "domain/dure-holiday-days.h"

/* When a holiday falls on a day off, what gives a substitute day. A clash on a weekday gives one wherever any rule
 * holds. */
typedef enum
{
  NEVER,
  WEEKEND,
  SUNDAY,
} Substitute;

typedef struct
{
  const char *name;
  const char *family; /* in the name of the substitute day */
  gboolean    lunar;
  int         month;
  int         day;
  int         shift; /* days from that date */
  int         first; /* years */
  int         last;
  Substitute  substitute;
  const char *substitute_from;
} Rule;

#define ALWAYS 9999

static const Rule rules[] = {
  { "1월 1일", NULL, FALSE, 1, 1, 0, 1950, ALWAYS, NEVER, NULL },
  { "1월 2일", NULL, FALSE, 1, 2, 0, 1950, 1998, NEVER, NULL },
  { "1월 3일", NULL, FALSE, 1, 3, 0, 1950, 1989, NEVER, NULL },
  { "설날 전날", "설날", TRUE, 1, 1, -1, 1989, ALWAYS, SUNDAY, "2013-11-05" },
  { "설날", "설날", TRUE, 1, 1, 0, 1989, ALWAYS, SUNDAY, "2013-11-05" },
  { "민속의 날", NULL, TRUE, 1, 1, 0, 1985, 1988, NEVER, NULL },
  { "설날 다음 날", "설날", TRUE, 1, 1, 1, 1989, ALWAYS, SUNDAY, "2013-11-05" },
  { "3ㆍ1절", "3ㆍ1절", FALSE, 3, 1, 0, 1950, ALWAYS, WEEKEND, "2021-08-04" },
  { "식목일", NULL, FALSE, 4, 5, 0, 1950, 1959, NEVER, NULL },
  { "사방의 날", NULL, FALSE, 3, 15, 0, 1960, 1960, NEVER, NULL },
  { "식목일", NULL, FALSE, 4, 5, 0, 1961, 2005, NEVER, NULL },
  { "노동절", "노동절", FALSE, 5, 1, 0, 2026, ALWAYS, WEEKEND, "2026-05-11" },
  { "어린이날", "어린이날", FALSE, 5, 5, 0, 1975, ALWAYS, WEEKEND, "2013-11-05" },
  { "부처님 오신 날", "부처님 오신 날", TRUE, 4, 8, 0, 1975, ALWAYS, WEEKEND, "2023-05-04" },
  { "현충일", NULL, FALSE, 6, 6, 0, 1956, ALWAYS, NEVER, NULL },
  { "제헌절", "제헌절", FALSE, 7, 17, 0, 1949, 2007, NEVER, NULL },
  { "제헌절", "제헌절", FALSE, 7, 17, 0, 2026, ALWAYS, WEEKEND, "2026-05-11" },
  { "광복절", "광복절", FALSE, 8, 15, 0, 1949, ALWAYS, WEEKEND, "2021-08-04" },
  { "국군의 날", NULL, FALSE, 10, 1, 0, 1976, 1990, NEVER, NULL },
  { "개천절", "개천절", FALSE, 10, 3, 0, 1949, ALWAYS, WEEKEND, "2021-08-04" },
  { "추석 전날", "추석", TRUE, 8, 15, -1, 1989, ALWAYS, SUNDAY, "2013-11-05" },
  { "추석", "추석", TRUE, 8, 15, 0, 1949, ALWAYS, SUNDAY, "2013-11-05" },
  { "추석 다음 날", "추석", TRUE, 8, 15, 1, 1986, ALWAYS, SUNDAY, "2013-11-05" },
  { "한글날", "한글날", FALSE, 10, 9, 0, 1949, 1990, NEVER, NULL },
  { "한글날", "한글날", FALSE, 10, 9, 0, 2013, ALWAYS, WEEKEND, "2021-08-04" },
  { "국제연합일", NULL, FALSE, 10, 24, 0, 1950, 1975, NEVER, NULL },
  { "기독탄신일", "기독탄신일", FALSE, 12, 25, 0, 1949, ALWAYS, WEEKEND, "2023-05-04" },
};

typedef struct
{
  DureHoliday holiday;
  const Rule *rule; /* NULL for data */
} Found;

typedef struct
{
  GArray     *found; /* of Found, by day */
  const char *names[366];
  int         first_day;
} Year;

static GMutex      lock;
static GHashTable *years; /* year -> Year */
static GArray     *data;  /* of DureHoliday: shipped rows and added ones */

static void
year_free (gpointer pointer)
{
  Year *year = pointer;

  g_array_unref (year->found);
  g_free (year);
}

static int
weekday (int day)
{
  return ((day + 4) % 7 + 7) % 7; /* 1970-01-01 was a Thursday; 0 is Sunday */
}

static void
ensure_data (void)
{
  if (data == NULL)
    data = dure_holiday_days_shipped ();
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *x = a;
  const Found *y = b;

  if (x->holiday.day != y->holiday.day)
    return x->holiday.day < y->holiday.day ? -1 : 1;
  return (x->rule > y->rule) - (x->rule < y->rule);
}

static void
add_found (GArray *found, const Rule *rule, int day)
{
  const Found item = { { day, rule->name, DURE_HOLIDAY_STATUTORY }, rule };

  g_array_append_val (found, item);
}

/* No lunar holiday comes near 1 January, so a block of three days never crosses the year. */
static void
add_rules (GArray *found, int year)
{
  const int first = dure_day_from_ymd (year, 1, 1);
  const int next = dure_day_from_ymd (year + 1, 1, 1);
  int       month, month_day;
  gboolean  leap;

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (!rules[i].lunar && year >= rules[i].first && year <= rules[i].last)
      {
        const int day = dure_day_from_ymd (year, rules[i].month, rules[i].day);

        if (year > 1949 || day >= dure_day_from_ymd (1949, 6, 4))
          add_found (found, &rules[i], day);
      }
  /* From lunar month to lunar month: 20 January is never after 설날, and 30 days from a first never skip a month. */
  for (int day = first + 19; day < next; day += 30)
    {
      if (!dure_lunar_date (day, &month, &month_day, &leap))
        return;
      day -= month_day - 1;
      if (leap)
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
        if (rules[i].lunar && rules[i].month == month && year >= rules[i].first && year <= rules[i].last
            && day + rules[i].day - 1 >= first && day + rules[i].day - 1 < next)
          {
            gboolean known = FALSE;

            for (guint j = 0; j < found->len; j++)
              known |= g_array_index (found, Found, j).rule == &rules[i];
            if (!known)
              add_found (found, &rules[i], day + rules[i].day - 1 + rules[i].shift);
          }
    }
}

static gboolean
is_off (GArray *found, int day)
{
  if (weekday (day) == 0)
    return TRUE;
  for (guint i = 0; i < found->len; i++)
    if (g_array_index (found, Found, i).holiday.day == day)
      return TRUE;
  return FALSE;
}

static gboolean
has_substitute (const Found *item)
{
  return item->rule != NULL && item->rule->substitute != NEVER
         && item->holiday.day >= dure_day (item->rule->substitute_from);
}

static void
add_substitute (GArray *found, int after, const char *families)
{
  g_autofree char *name = g_strdup_printf ("대체공휴일(%s)", families);
  Found            item = { { after + 1, g_intern_string (name), DURE_HOLIDAY_SUBSTITUTE }, NULL };

  while (is_off (found, item.holiday.day) || weekday (item.holiday.day) == 6)
    item.holiday.day++;
  for (guint i = 0; i < data->len; i++)
    {
      const DureHoliday *row = &g_array_index (data, DureHoliday, i);

      if (row->kind == DURE_HOLIDAY_SUBSTITUTE && row->day == item.holiday.day)
        item.holiday.name = row->name;
    }
  g_array_append_val (found, item);
}

/* Substitute days in the order of what they stand in for: two that would fall on one day take one day and the next. */
static void
add_substitutes (GArray *found)
{
  const guint n = found->len;

  for (guint i = 0, next; i < n; i = next)
    {
      const int day = g_array_index (found, Found, i).holiday.day;
      const int at = weekday (day);
      gboolean  gives = FALSE;
      g_autoptr (GString) families = g_string_new (NULL);

      for (next = i; next < n && g_array_index (found, Found, next).holiday.day == day; next++)
        {
          const Found *item = &g_array_index (found, Found, next);

          if (!has_substitute (item))
            continue;
          if (at != 0 && at != 6)
            {
              if (strstr (families->str, item->rule->family) == NULL)
                g_string_append_printf (families, "%s%s", families->len > 0 ? "·" : "", item->rule->family);
              gives = TRUE;
            }
          else if (at == 0 || item->rule->substitute == WEEKEND)
            {
              g_autofree char *family = g_strdup (item->rule->family);

              add_substitute (found, day, family);
            }
        }
      if (gives && next - i > 1)
        add_substitute (found, day, families->str);
    }
}

static Year *
ensure_year (int year)
{
  Year *self;

  if (year < DURE_HOLIDAYS_FIRST_YEAR || year > DURE_HOLIDAYS_LAST_YEAR)
    return NULL;
  if (years == NULL)
    years = g_hash_table_new_full (NULL, NULL, NULL, year_free);
  self = g_hash_table_lookup (years, GINT_TO_POINTER (year));
  if (self != NULL)
    return self;

  ensure_data ();
  self = g_new0 (Year, 1);
  self->found = g_array_new (FALSE, FALSE, sizeof (Found));
  self->first_day = dure_day_from_ymd (year, 1, 1);
  add_rules (self->found, year);
  for (guint i = 0; i < data->len; i++)
    {
      const Found item = { g_array_index (data, DureHoliday, i), NULL };

      if (item.holiday.kind != DURE_HOLIDAY_SUBSTITUTE && item.holiday.day >= self->first_day
          && item.holiday.day < dure_day_from_ymd (year + 1, 1, 1))
        g_array_append_val (self->found, item);
    }
  g_array_sort (self->found, compare_found);
  add_substitutes (self->found);
  g_array_sort (self->found, compare_found);
  for (guint i = 0; i < self->found->len; i++)
    {
      const DureHoliday *item = &g_array_index (self->found, Found, i).holiday;
      const int          at = item->day - self->first_day;

      if (at < 0 || at >= 366)
        continue;
      if (self->names[at] == NULL)
        self->names[at] = item->name;
      else
        {
          g_autofree char *both = g_strdup_printf ("%s·%s", self->names[at], item->name);

          self->names[at] = g_intern_string (both);
        }
    }
  g_hash_table_insert (years, GINT_TO_POINTER (year), self);
  return self;
}

static DureHoliday *
holiday_copy (const DureHoliday *from)
{
  DureHoliday *copy = g_new (DureHoliday, 1);

  *copy = *from;
  return copy;
}

/**
 * dure_holidays_of_year:
 * @year: 1949–2100
 *
 * Sundays are not among them. Callable from any thread.
 *
 * Returns: (transfer full) (element-type DureHoliday): in the order of days; empty outside the years that the rule is
 * known for
 */
GPtrArray *
dure_holidays_of_year (int year)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (g_free);
  Year      *self;

  g_mutex_lock (&lock);
  self = ensure_year (year);
  for (guint i = 0; self != NULL && i < self->found->len; i++)
    g_ptr_array_add (result, holiday_copy (&g_array_index (self->found, Found, i).holiday));
  g_mutex_unlock (&lock);
  return result;
}

/**
 * dure_holiday_name:
 * @day: a day number
 *
 * The year is computed once (about a millisecond) and kept.
 *
 * Returns: (nullable): the official name; two on one day are joined by a dot; %NULL when the day is no holiday
 */
const char *
dure_holiday_name (int day)
{
  const char *name = NULL;
  Year       *self;
  int         year, month, month_day;

  if (day == DURE_NO_DAY)
    return NULL;
  dure_day_to_ymd (day, &year, &month, &month_day);
  g_mutex_lock (&lock);
  self = ensure_year (year);
  if (self != NULL)
    name = self->names[day - self->first_day];
  g_mutex_unlock (&lock);
  return name;
}

/**
 * dure_is_working_day:
 * @day: a day number
 *
 * Returns: %TRUE for Monday to Friday unless it is a holiday
 */
gboolean
dure_is_working_day (int day)
{
  return day != DURE_NO_DAY && weekday (day) != 0 && weekday (day) != 6 && dure_holiday_name (day) == NULL;
}

/**
 * dure_working_day_after:
 * @day: a day number
 * @n: how many working days on; negative counts back
 *
 * Returns: the @n-th working day after (or before) @day; @day itself when @n is 0
 */
int
dure_working_day_after (int day, int n)
{
  const int step = n < 0 ? -1 : 1;

  g_return_val_if_fail (day != DURE_NO_DAY, DURE_NO_DAY);
  for (; n != 0; n -= dure_is_working_day (day) ? step : 0)
    day += step;
  return day;
}

/**
 * dure_holidays_load:
 * @csv: rows `date,kind,name`; kind is election, named, statutory or substitute (only names a computed day)
 * @place: what to call the text in a message, such as the name of its file
 *
 * Adds to the shipped days; a row with the date and name of an earlier one changes nothing. All rows or none.
 */
gboolean
dure_holidays_load (const char *csv, const char *place, GError **error)
{
  g_autoptr (GArray) rows = NULL;

  g_return_val_if_fail (csv != NULL && place != NULL, FALSE);
  rows = dure_holiday_days_parse (csv, place, error);
  if (rows == NULL)
    return FALSE;
  g_mutex_lock (&lock);
  ensure_data ();
  for (guint i = 0; i < rows->len; i++)
    {
      const DureHoliday *row = &g_array_index (rows, DureHoliday, i);
      gboolean           known = FALSE;

      for (guint j = 0; j < data->len && !known; j++)
        known = g_array_index (data, DureHoliday, j).day == row->day
                && g_array_index (data, DureHoliday, j).name == row->name;
      if (!known)
        g_array_append_val (data, *row);
    }
  g_clear_pointer (&years, g_hash_table_unref);
  g_mutex_unlock (&lock);
  return TRUE;
}

/**
 * dure_holidays_load_file:
 * @path: a file for dure_holidays_load()
 */
gboolean
dure_holidays_load_file (const char *path, GError **error)
{
  g_autofree char *csv = NULL;
  g_autofree char *name = g_filename_display_basename (path);

  if (!g_file_get_contents (path, &csv, NULL, error))
    return FALSE;
  return dure_holidays_load (csv, name, error);
}

/**
 * dure_holidays_reset:
 *
 * Forgets what was loaded; the shipped days remain.
 */
void
dure_holidays_reset (void)
{
  g_mutex_lock (&lock);
  g_clear_pointer (&data, g_array_unref);
  g_clear_pointer (&years, g_hash_table_unref);
  g_mutex_unlock (&lock);
}
