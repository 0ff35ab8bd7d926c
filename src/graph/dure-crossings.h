/* dure-crossings.h: how many ties of a drawing cross
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-layout.h"

G_BEGIN_DECLS

guint64 dure_count_crossings (const DureGraph *graph, const DurePoint *points);

G_END_DECLS
