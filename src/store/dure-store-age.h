/* dure-store-age.h: what a computer forgets that was away longer than its server remembers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

gboolean dure_store_begin_sweep (DureStore *self, GError **error);
gboolean dure_store_keep (DureStore *self, const char *entity, const char *id, GError **error);
gboolean dure_store_sweep (DureStore *self, guint *n_removed, GError **error);
gboolean dure_store_send_whole (
    DureStore *self, const char *entity, const char *id, const char *latest, GError **error);

G_END_DECLS
