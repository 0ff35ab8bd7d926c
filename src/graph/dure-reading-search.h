/* dure-reading-search.h: moves single nodes of a drawing for less stress and fewer crossings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-reading-run.h"

G_BEGIN_DECLS

/** DureReadingSearch: a drawing of one connected network with its stress and crossings kept up to date. Takes 4 n²
 * bytes. */
typedef struct _DureReadingSearch DureReadingSearch;

/** DureReadingHeat: how freely nodes move, from the start to the end of a search; 1 to move anywhere, 0 hardly. */
typedef struct
{
  double from;
  double to;
} DureReadingHeat;

DureReadingSearch *dure_reading_search_new (
    const DureGraph *graph, const double *mass, guint64 *random, GCancellable *cancellable, GError **error);
void     dure_reading_search_free (DureReadingSearch *self);
void     dure_reading_search_set_points (DureReadingSearch *self, const DurePoint *points);
void     dure_reading_search_get_points (const DureReadingSearch *self, DurePoint *points);
double   dure_reading_search_get_scale (const DureReadingSearch *self);
double   dure_reading_search_get_cost (const DureReadingSearch *self, double share);
gboolean dure_reading_search_anneal (DureReadingSearch *self,
                                     const gboolean    *fixed,
                                     double             share,
                                     DureReadingHeat    heat,
                                     double             work,
                                     DureReadingRun    *run,
                                     GError           **error);
void     dure_reading_search_part (DureReadingSearch *self, const gboolean *fixed, double share);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureReadingSearch, dure_reading_search_free)

G_END_DECLS
