/* dure-sync-blobs.c: where the bytes of an attachment are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-sync-blobs.h"

#include <glib/gi18n-lib.h>

#include "sync/dure-sync-private.h"

/** dure_sync_has_server: Returns: whether this store belongs to a server, over the network or by bundles */
gboolean
dure_sync_has_server (DureStore *store)
{
  g_autofree char *by_bundles = dure_store_get_meta (store, DURE_META_BUNDLE_SERVER);

  return by_bundles != NULL || dure_sync_is_enrolled (store);
}

/** dure_sync_blob_state: Returns: where that blob is, as far as this computer knows; it asks nobody */
DureBlobState
dure_sync_blob_state (DureStore *store, const char *sha256)
{
  g_autofree char *key = g_strconcat (DURE_BLOB_MARK, sha256, NULL);
  g_autofree char *mark = dure_store_get_meta (store, key);
  gboolean         server = dure_sync_has_server (store);

  if (dure_blob_size (dure_store_get_path (store), sha256) < 0)
    return server && (mark == NULL || !g_str_has_prefix (mark, DURE_BLOB_ABSENT)) ? DURE_BLOB_ON_SERVER
                                                                                : DURE_BLOB_MISSING;
  return server && g_strcmp0 (mark, DURE_BLOB_BOTH) != 0 && g_strcmp0 (mark, DURE_BLOB_SERVER) != 0 ? DURE_BLOB_WAITING
                                                                                                  : DURE_BLOB_HERE;
}

static const struct
{
  const char *key, *label;
} states[] = {
  [DURE_BLOB_HERE] = { "here", N_ ("On this computer") },
  [DURE_BLOB_WAITING] = { "waiting", N_ ("Waiting to be sent") },
  [DURE_BLOB_ON_SERVER] = { "server", N_ ("On the server only") },
  [DURE_BLOB_MISSING] = { "missing", N_ ("Not arrived yet") },
};

/** dure_blob_state_key: Returns: (transfer none): a word for scripts */
const char *
dure_blob_state_key (DureBlobState state)
{
  return states[state].key;
}

/** dure_blob_state_label: Returns: (transfer none): in the user's language */
const char *
dure_blob_state_label (DureBlobState state)
{
  return _ (states[state].label);
}
