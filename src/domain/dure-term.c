/* dure-term.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-term.h"

#include "base/dure-date.h"

/* A dismissal holds at once; a term that simply runs out, as before a re-appointment, holds on its last day. */
static gboolean
is_ended (const char *ended, const char *to, int today)
{
  int day = ended != NULL ? dure_day (ended) : DURE_NO_DAY;

  if (ended == NULL)
    return FALSE;
  return day == DURE_NO_DAY || day < today || (day == today && g_strcmp0 (ended, to) != 0);
}

/**
 * dure_term_state:
 * @from: (nullable): first day
 * @to: (nullable): last day
 * @ended: (nullable): the day on which the seat was ended or is going to be
 * @today: day number
 * @fraction: (out) (optional): how much of the term is over, 0–1
 *
 * Returns: where the term stands
 */
DureTermState
dure_term_state (const char *from, const char *to, const char *ended, int today, double *fraction)
{
  int    first = from != NULL ? dure_day (from) : DURE_NO_DAY;
  int    last = to != NULL ? dure_day (to) : DURE_NO_DAY;
  double part = 0;

  if (first != DURE_NO_DAY && last != DURE_NO_DAY && last > first)
    part = CLAMP ((today - first) / (double) (last - first + 1), 0, 1);
  if (fraction != NULL)
    *fraction = part;
  if (is_ended (ended, to, today))
    return DURE_TERM_ENDED;
  if (first != DURE_NO_DAY && today < first)
    return DURE_TERM_COMING;
  if (last == DURE_NO_DAY)
    return DURE_TERM_OPEN;
  if (today > last)
    return DURE_TERM_OVER;
  return last - today <= DURE_TERM_SOON_DAYS ? DURE_TERM_ENDING : DURE_TERM_RUNNING;
}
