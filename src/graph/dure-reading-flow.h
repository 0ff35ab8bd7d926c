/* dure-reading-flow.h: moves all nodes of a drawing together towards fewer crossings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-reading-run.h"

G_BEGIN_DECLS

double   dure_reading_flow_work (const DureGraph *graph);
gboolean dure_reading_flow (const DureGraph *graph,
                            DurePoint       *points,
                            const gboolean  *pinned,
                            double           share,
                            guint64         *random,
                            DureReadingRun  *run,
                            GError         **error);

G_END_DECLS
