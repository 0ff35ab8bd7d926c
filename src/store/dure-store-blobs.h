/* dure-store-blobs.h: which blobs the records of a store need
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-blob.h"
#include "store/dure-store.h"

G_BEGIN_DECLS

char      *dure_store_blob_path (DureStore *self, const char *sha256);
GPtrArray *dure_store_list_blobs (DureStore *self, GError **error);
gboolean   dure_store_check_blobs (
      DureStore *self, gboolean has_server, GPtrArray *problems, GCancellable *cancellable, GError **error);
gboolean   dure_store_sweep_blobs (DureStore *self, guint *n_removed, GError **error);
gboolean   dure_store_forget_blob (DureStore *self, const char *sha256, GError **error);

G_END_DECLS
