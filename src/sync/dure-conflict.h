/* dure-conflict.h: what an officer decides about a clash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

gboolean dure_conflicts_decide (DureStore *store, const char *label, GPtrArray *conflicts, gboolean restore, GError **error);

G_END_DECLS
