/* dure-core-periphery.h: whether a network has a core that everybody else hangs on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-graph.h"

G_BEGIN_DECLS

/* Below this correlation a core is not worth speaking of; random networks of thirty to a hundred nodes reach 0.1 to
 * 0.2. */
#define DURE_CORE_FIT_CLEAR 0.4

double dure_core_periphery (const DureGraph *graph, gboolean *in_core);

G_END_DECLS
