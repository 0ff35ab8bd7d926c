/* dure-store-dump.h: everything in the store as lines of JSON, of one moment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A record is {"id","deleted","stamp","fields":{key:value},"stamps":{key:stamp},"more":{…}}: values are canonical texts
 * or whole numbers; “stamps” holds those fields that were written after “stamp”, and “more” what a newer program wrote.
 * A change is {"stamp","entity","id","by","change":{"set","was","seen"}}.
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

/** DureDumpFunc: one line with its end. Returns: whether to go on; with %FALSE @error is set. */
typedef gboolean (*DureDumpFunc) (const char *line, gsize length, gpointer data, GError **error);

gboolean dure_store_freeze (DureStore *self, GError **error);
void     dure_store_thaw (DureStore *self);
gint64   dure_store_dump_size (DureStore *self);
gboolean dure_store_dump_records (DureStore   *self,
                                  DureEntityId entity,
                                  DureDumpFunc func,
                                  gpointer     data,
                                  GError     **error);
gboolean dure_store_dump_history (DureStore *self, DureDumpFunc func, gpointer data, GError **error);

G_END_DECLS
