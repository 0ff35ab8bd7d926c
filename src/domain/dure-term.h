/* dure-term.h: where the term of a seat stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DURE_TERM_SOON_DAYS 60

/** DureTermState: where a term stands. */
typedef enum
{
  DURE_TERM_OPEN,    /* no end is entered */
  DURE_TERM_COMING,  /* begins later */
  DURE_TERM_RUNNING,
  DURE_TERM_ENDING,  /* ends within 60 days */
  DURE_TERM_OVER,    /* past its end, the seat was not ended */
  DURE_TERM_ENDED,   /* the seat was ended */
} DureTermState;

DureTermState dure_term_state (const char *from, const char *to, const char *ended, int today, double *fraction);

G_END_DECLS
