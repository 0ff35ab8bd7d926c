/* dure-privacy.h: whose data may be kept no longer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

GPtrArray *dure_privacy_expired (DureStore *store, int today, GError **error);

G_END_DECLS
