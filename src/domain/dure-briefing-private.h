/* dure-briefing-private.h: the lists of a briefing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-briefing.h"

G_BEGIN_DECLS

gboolean dure_briefing_make_lists (DureBriefing *self, DureStore *store, GError **error);

G_END_DECLS
