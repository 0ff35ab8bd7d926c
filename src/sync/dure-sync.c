/* dure-sync.c: one round
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-sync.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "sync/dure-sync-private.h"

/* How often a round begins again because something was written meanwhile. */
#define PATIENCE 5

static gboolean
run (DureRound *round, GError **error)
{
  gboolean again = TRUE;

  for (round->patience = PATIENCE; again; round->patience--)
    {
      if (!dure_sync_send (round, error) || !dure_sync_receive (round, &again, error))
        return FALSE;
      if (round->patience == 0)
        break;
    }
  return dure_sync_set_number (round->store, DURE_META_LAST, dure_now_ms (), error)
         && dure_store_scrub (round->store, error);
}

/**
 * dure_sync_round:
 * @store: the store of this device
 * @result: (out caller-allocates): what was done, also when it failed half-way
 * @progress: (nullable) (scope call): told now and then
 * @data: for @progress
 * @cancellable: (nullable): stops it between two batches
 * @error: return location: %DURE_ERROR_UNREACHABLE, %DURE_ERROR_DENIED, %DURE_ERROR_PROTOCOL or one of the store
 *
 * Sends what waits, then takes what others wrote. Whatever happens on the way, nothing is lost and nothing is done
 * twice: the next round goes on where this one ended.
 *
 * Returns: whether this device has all, and the server too
 */
gboolean
dure_sync_round (DureStore       *store,
                 DureSyncResult  *result,
                 DureSyncProgress progress,
                 gpointer         data,
                 GCancellable    *cancellable,
                 GError         **error)
{
  g_autofree char *url = dure_store_get_meta (store, DURE_META_URL);
  g_autofree char *token = dure_store_get_meta (store, DURE_META_TOKEN);
  g_autofree char *role = dure_store_get_meta (store, DURE_META_ROLE);
  g_autofree char *root = dure_store_get_meta (store, DURE_META_ROOT);
  DureRound        round
      = { .store = store, .result = result, .progress = progress, .data = data, .cancellable = cancellable };
  gboolean good;

  memset (result, 0, sizeof *result);
  if (url == NULL || token == NULL)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DENIED, _ ("This computer is not enrolled with a server."));
      return FALSE;
    }
  round.client = dure_client_new (url, token, root);
  good = run (&round, error);
  /* Files come last: whatever becomes of them, the changes have gone and come. */
  if (good)
    dure_sync_blobs (&round);
  dure_client_free (round.client);
  return good;
}

/** dure_sync_result_clear: frees what @result holds and empties it. */
void
dure_sync_result_clear (DureSyncResult *result)
{
  g_free (result->refusal);
  g_free (result->files_error);
  memset (result, 0, sizeof *result);
}
