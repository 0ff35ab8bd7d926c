/* dure-store-jot.h: what a store keeps for itself and may lose with the power
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

gboolean dure_store_jot_meta (DureStore *self, const char *key, const char *value, GError **error);

G_END_DECLS
