/* dure-store-load.h: lines of dure-store-dump.h, read back into an empty store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records keep their ids, stamps and history; the store keeps its own device number. To sync, all of it came from
 * elsewhere: nothing waits to be sent, and at its server the store is a new computer.
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

gboolean   dure_store_load_begin (DureStore *self, GError **error);
gboolean   dure_store_load_record (DureStore *self, DureEntityId entity, const char *line, gsize length, GError **error);
gboolean   dure_store_load_change (DureStore *self, const char *line, gsize length, GError **error);
GPtrArray *dure_store_read_json (DureStore         *self,
                                 const char        *json,
                                 gsize              length,
                                 const char        *list,
                                 const char *const *paths,
                                 GError           **error);

G_END_DECLS
