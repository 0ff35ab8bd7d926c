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
#include "store/dure-store-jot.h"
#include "sync/dure-sync-private.h"

/* How often a round begins again because something was written meanwhile. */
#define PATIENCE 5

/* Links that others wrote to a record that was merged meanwhile lead to the one that stands for it; what that writes
 * goes out at once. Who may not write leaves it to those who may. */
gboolean
dure_sync_settle (DureStore *store, gboolean *changed, GError **error)
{
  g_autofree char *role = dure_store_get_meta (store, DURE_META_ROLE);

  *changed = FALSE;
  return g_strcmp0 (role, "viewer") == 0 || dure_store_settle_merged (store, changed, error);
}

static gboolean
run (DureRound *round, GError **error)
{
  g_autofree char *now = NULL;
  gboolean         again = TRUE;

  for (round->patience = PATIENCE; again; round->patience--)
    {
      guint kept = round->result->kept;

      if (!dure_sync_send (round, error) || !dure_sync_receive (round, &again, error))
        return FALSE;
      if (round->result->kept > kept)
        {
          gboolean settled;

          if (!dure_sync_settle (round->store, &settled, error))
            return FALSE;
          again = again || settled;
        }
      if (round->patience == 0)
        break;
    }
  now = g_strdup_printf ("%" G_GINT64_FORMAT, dure_now_ms ());
  return dure_store_jot_meta (round->store, DURE_META_LAST, now, error) && dure_store_scrub (round->store, error);
}

static gboolean
run_with_token (DureRound *round, GError **error)
{
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_clear_error (&failure);
      if (run (round, &failure))
        return dure_sync_care_for_token (round, error);
      if (!dure_sync_try_other_token (round))
        break;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* What went wrong, by name, and kept where it has to be remembered. */
static void
note_problem (DureRound *round)
{
  const char *problem = dure_client_get_problem (round->client);

  if (problem == NULL)
    return;
  round->result->problem = g_strdup (problem);
  if (strcmp (problem, "device-copied") == 0)
    dure_store_set_meta (round->store, DURE_META_COPIED, "1", NULL);
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
  g_autofree char *root = dure_store_get_meta (store, DURE_META_ROOT);
  g_autofree char *proxy = dure_store_get_meta (store, DURE_META_PROXY);
  DureRound        round
      = { .store = store, .result = result, .progress = progress, .data = data, .cancellable = cancellable };
  gboolean good;

  memset (result, 0, sizeof *result);
  if (!dure_sync_is_enrolled (store))
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DENIED, _ ("This computer is not enrolled with a server."));
      return FALSE;
    }
  if (!dure_sync_check_machine (store, error))
    {
      result->problem = g_strdup ("device-copied");
      return FALSE;
    }
  if (!dure_token_store_get (store, &round.token, error))
    return FALSE;
  round.client = dure_client_new (url, round.token.token, root, proxy);
  good = run_with_token (&round, error);
  /* Files come last: whatever becomes of them, the changes have gone and come. */
  if (good)
    {
      dure_sync_blobs (&round);
      result->token = g_steal_pointer (&round.token.token);
    }
  else
    note_problem (&round);
  dure_token_clear (&round.token);
  dure_client_free (round.client);
  return good;
}

/** dure_sync_result_clear: frees what @result holds and empties it. */
void
dure_sync_result_clear (DureSyncResult *result)
{
  g_free (result->refusal);
  g_free (result->files_error);
  g_free (result->problem);
  if (result->token != NULL)
    explicit_bzero (result->token, strlen (result->token));
  g_free (result->token);
  memset (result, 0, sizeof *result);
}
