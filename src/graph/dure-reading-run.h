/* dure-reading-run.h: how far one improvement of a drawing is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-layout.h"

G_BEGIN_DECLS

/** DureReadingRun: work is counted in steps of about a nanosecond, never measured, so that the same input always gets
 * the same steps. */
typedef struct
{
  DureLayoutProgress progress; /* or NULL */
  gpointer           progress_data;
  GCancellable      *cancellable; /* or NULL */
  double             done;
  double             total;
} DureReadingRun;

/* Adds work that was done. FALSE when the user stopped it. */
static inline gboolean
dure_reading_run_step (DureReadingRun *run, double work, GError **error)
{
  run->done += work;
  if (run->progress != NULL && run->total > 0)
    run->progress (CLAMP (run->done / run->total, 0, 1), run->progress_data);
  return !g_cancellable_set_error_if_cancelled (run->cancellable, error);
}

G_END_DECLS
