/* dure-sample.h: three real networks to begin with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

/** DureSample: a sample that dure_sample_fill() knows; an array of them ends with a %NULL name. */
typedef struct
{
  const char *name;   /* "gwangmyeong" */
  const char *title;  /* what the start page shows, in the user's language */
  const char *detail; /* one line of what is in it */
} DureSample;

const DureSample *dure_sample_names (void);
gboolean          dure_sample_fill (DureStore *store, const char *name, GError **error);

G_END_DECLS
