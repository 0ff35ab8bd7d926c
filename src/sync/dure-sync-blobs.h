/* dure-sync-blobs.h: where the bytes of an attachment are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store-blobs.h"

G_BEGIN_DECLS

/**
 * DureBlobState:
 * @DURE_BLOB_HERE: on this computer, and on the server when there is one
 * @DURE_BLOB_WAITING: on this computer, still to be sent
 * @DURE_BLOB_ON_SERVER: not on this computer
 * @DURE_BLOB_MISSING: neither here nor, as far as this computer knows, on the server
 */
typedef enum
{
  DURE_BLOB_HERE,
  DURE_BLOB_WAITING,
  DURE_BLOB_ON_SERVER,
  DURE_BLOB_MISSING,
} DureBlobState;

DureBlobState dure_sync_blob_state (DureStore *store, const char *sha256);
const char   *dure_blob_state_key (DureBlobState state);
const char   *dure_blob_state_label (DureBlobState state);
gboolean      dure_sync_has_server (DureStore *store);
gboolean      dure_sync_fetch_blob (DureStore            *store,
                                    const char           *sha256,
                                    GFileProgressCallback progress,
                                    gpointer              data,
                                    GCancellable         *cancellable,
                                    GError              **error);

G_END_DECLS
