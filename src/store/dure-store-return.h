/* dure-store-return.h: what a device can bring back to a server that was put back to an older state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

GPtrArray *dure_store_held_after (DureStore *self, gint64 after, guint limit, GError **error);
GPtrArray *dure_store_unknown_after (DureStore *self, const char *after, guint limit, GError **error);
gint64     dure_store_count_held (DureStore *self, gint64 after);
gboolean   dure_store_restamp_held (DureStore *self, DureChange *change, GError **error);
gboolean   dure_store_add_known (DureStore *self, DureChange *change, GError **error);

G_END_DECLS
