/* dure-holiday-days.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-holiday-days.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "domain/dure-builtin.h"

static gboolean
parse_kind (const char *text, DureHolidayKind *kind)
{
  static const char *const names[] = { "statutory", "substitute", "election", "named" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (text, names[i]) == 0)
      {
        *kind = (DureHolidayKind)i;
        return TRUE;
      }
  return FALSE;
}

/**
 * dure_holiday_days_parse:
 * @csv: rows `date,kind,name` after a heading
 * @place: what to call the text in a message
 *
 * Returns: (transfer full) (element-type DureHoliday): the rows; %NULL with a sentence that names the first wrong line
 */
GArray *
dure_holiday_days_parse (const char *csv, const char *place, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (DureHoliday));
  g_auto (GStrv) lines = NULL;

  if (!g_utf8_validate (csv, -1, NULL))
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("%s is not UTF-8 text."), place);
      return NULL;
    }
  if (g_str_has_prefix (csv, "\357\273\277"))
    csv += 3;
  lines = g_strsplit (csv, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = NULL;
      DureHoliday row;

      g_strstrip (lines[i]);
      if (*lines[i] == '\0' || *lines[i] == '#' || (i == 0 && g_str_has_prefix (lines[i], "date,")))
        continue;
      cells = g_strsplit (lines[i], ",", 3);
      if (g_strv_length (cells) != 3 || (row.day = dure_day (cells[0])) == DURE_NO_DAY
          || !parse_kind (cells[1], &row.kind) || *g_strstrip (cells[2]) == '\0')
        {
          dure_set_error (error, DURE_ERROR_INVALID,
                          _ ("Line %u of %s is not a holiday. It needs a date, a kind and a name, as in "
                             "2025-06-03,named,임시공휴일."),
                          i + 1, place);
          return NULL;
        }
      row.name = g_intern_string (cells[2]);
      g_array_append_val (rows, row);
    }
  return g_steal_pointer (&rows);
}

/**
 * dure_holiday_days_shipped:
 *
 * Returns: (transfer full) (element-type DureHoliday): the days that came with the program
 */
GArray *
dure_holiday_days_shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *csv = dure_builtin_text ("holidays/days.csv", &error);
  GArray          *days = csv != NULL ? dure_holiday_days_parse (csv, "days.csv", &error) : NULL;

  if (days == NULL)
    {
      g_warning ("holidays: %s", error->message);
      days = g_array_new (FALSE, FALSE, sizeof (DureHoliday));
    }
  return days;
}
