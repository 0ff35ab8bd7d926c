/* dure-reading.h: makes a drawing by distance easier to read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-layout.h"

G_BEGIN_DECLS

#define DURE_READING_SEARCH_UP_TO 2500

gboolean dure_reading_improve (const DureGraph   *graph,
                               DurePoint         *points,
                               const gboolean    *pinned,
                               double             reading,
                               guint64           *random,
                               DureLayoutProgress progress,
                               gpointer           progress_data,
                               GCancellable      *cancellable,
                               GError           **error);

G_END_DECLS
