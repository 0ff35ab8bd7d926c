/* dure-month-layout.c: which bar of which event stands in which week and lane of a month
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-calendar"
#include "config.h"

#include "app/calendar/dure-month-layout.h"

#include "base/dure-date.h"

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const DureMonthSpan *left = a;
  const DureMonthSpan *right = b;

  if (left->week != right->week)
    return left->week - right->week;
  if (left->column != right->column)
    return left->column - right->column;
  if (left->columns != right->columns)
    return right->columns - left->columns;
  return left->item < right->item ? -1 : left->item > right->item;
}

/**
 * dure_month_first_day:
 * @year: a year
 * @month: 1–12
 * @week_start: 0 for Sunday … 6 for Saturday
 *
 * Returns: the day in the upper left corner of the six weeks that show the month
 */
int
dure_month_first_day (int year, int month, int week_start)
{
  int first = dure_day_from_ymd (year, month, 1);

  return first - (dure_day_weekday (first) - week_start + 7) % 7;
}

/**
 * dure_month_layout:
 * @items: (element-type DureCalendarItem): sorted events
 * @first_day: the day in the upper left corner
 *
 * Returns: (transfer full) (element-type DureMonthSpan): by week, column and item
 */
GArray *
dure_month_layout (GPtrArray *items, int first_day)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (DureMonthSpan));

  for (guint i = 0; i < items->len; i++)
    {
      DureCalendarItem *item = g_ptr_array_index (items, i);
      int begin = dure_calendar_item_get_first_day (item);
      int end = dure_calendar_item_get_last_day (item);

      for (int week = 0; week < DURE_MONTH_WEEKS; week++)
        {
          int week_begin = first_day + week * 7;
          int from = MAX (begin, week_begin);
          int to = MIN (end, week_begin + 6);

          if (from <= to)
            {
              DureMonthSpan span = { i, week, from - week_begin, to - from + 1, 0, from == begin, to == end, TRUE };

              g_array_append_val (spans, span);
            }
        }
    }
  g_array_sort (spans, compare_spans);

  for (guint i = 0; i < spans->len; i++)
    {
      DureMonthSpan *span = &g_array_index (spans, DureMonthSpan, i);
      gboolean moved = TRUE;

      while (moved)
        {
          moved = FALSE;
          for (guint j = 0; j < i && !moved; j++)
            {
              DureMonthSpan *other = &g_array_index (spans, DureMonthSpan, j);

              if (other->week == span->week && other->lane == span->lane && other->column < span->column + span->columns
                  && span->column < other->column + other->columns)
                {
                  span->lane++;
                  moved = TRUE;
                }
            }
        }
    }
  return spans;
}

/**
 * dure_month_fit:
 * @spans: from dure_month_layout()
 * @capacity: how many lanes have room, at least 1
 * @hidden: (out caller-allocates): for each of the 42 days how many events do not fit
 *
 * When not all lanes of a day have room, its last lane is given up for the «+3» that tells how many are missing; a span
 * is shown on all its days or on none. Sets `shown` of each span.
 */
void
dure_month_fit (GArray *spans, int capacity, int hidden[DURE_MONTH_DAYS])
{
  gboolean full[DURE_MONTH_DAYS] = { FALSE };

  memset (hidden, 0, sizeof (int) * DURE_MONTH_DAYS);
  for (guint i = 0; i < spans->len; i++)
    {
      DureMonthSpan *span = &g_array_index (spans, DureMonthSpan, i);

      for (int column = span->column; column < span->column + span->columns; column++)
        full[span->week * 7 + column] |= span->lane >= capacity;
    }
  for (guint i = 0; i < spans->len; i++)
    {
      DureMonthSpan *span = &g_array_index (spans, DureMonthSpan, i);

      span->shown = span->lane < capacity;
      for (int column = span->column; column < span->column + span->columns; column++)
        if (span->lane >= capacity - 1 && full[span->week * 7 + column])
          span->shown = FALSE;
      for (int column = span->column; column < span->column + span->columns && !span->shown; column++)
        hidden[span->week * 7 + column]++;
    }
}
