/* dure-briefing-page.h: the briefing on one A4 page, or two
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-briefing.h"

G_BEGIN_DECLS

GBytes  *dure_briefing_make_pdf (const DureBriefing *briefing, GCancellable *cancellable, GError **error);
gboolean dure_briefing_write_pdf (
    DureStore *store, const char *event_id, const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
