/* dure-store-blobs.h: which blobs the records of a store need
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-blob.h"
#include "store/dure-store.h"

G_BEGIN_DECLS

/** DURE_BLOB_MARK: begins the key under which the store keeps what sync knows of a blob. */
#define DURE_BLOB_MARK "blob."

/** DureBlobWish: a blob that a record names, and what is noted of it. */
typedef struct
{
  char  *sha256;
  gint64 size;
  char  *mark;    /* (nullable): what dure_store_mark_blob() noted */
  gint64 written; /* when its record was written, milliseconds */
} DureBlobWish;

char      *dure_store_blob_path (DureStore *self, const char *sha256);
GPtrArray *dure_store_list_blobs (DureStore *self, GError **error);
gboolean   dure_store_check_blobs (
      DureStore *self, gboolean has_server, GPtrArray *problems, GCancellable *cancellable, GError **error);
gboolean   dure_store_sweep_blobs (DureStore *self, guint *n_removed, GError **error);
gboolean   dure_store_forget_blob (DureStore *self, const char *sha256, GError **error);
GPtrArray *dure_store_list_wishes (DureStore *self, const char *settled, GError **error);
gboolean   dure_store_mark_blob (DureStore *self, const char *sha256, const char *mark, GError **error);
gboolean   dure_store_forget_marks (DureStore *self, GError **error);
void       dure_blob_wish_free (DureBlobWish *wish);

G_END_DECLS
