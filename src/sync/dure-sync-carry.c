/* dure-sync-carry.c: what of sync goes on when a store is put back from a copy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who this computer is to the server belongs to the present: a copy may hold a token that was taken away since. How far
 * it has got belongs to the copy: it tells the server its old number, and gets everything after it again.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include <string.h>

#include "sync/dure-sync-private.h"

static const char *const of_the_present[] = { "sync.", "bundle.", DURE_META_OFFSET, "author", "exports", "device" };

static const char *const of_the_copy[] = {
  DURE_META_CURSOR,  DURE_META_AT,      DURE_META_EPOCH,      DURE_META_START,       DURE_META_SWEEP, DURE_META_LAST,
  DURE_META_REFUSED, DURE_META_REFUSAL, DURE_META_BUNDLE_GOT, DURE_META_BUNDLE_MARKS,
  DURE_META_RETURN,  DURE_META_ANEW,
};

/* To another server nothing of the copy was ever sent. */
static const char *const of_the_server[] = {
  DURE_META_CURSOR, DURE_META_AT, DURE_META_EPOCH, DURE_META_START, DURE_META_SWEEP, DURE_META_BUNDLE_GOT, DURE_META_BUNDLE_MARKS, "sent",
  DURE_META_RETURN, DURE_META_ANEW,
};

static gboolean
is_same (DureStore *present, DureStore *backup, const char *key)
{
  g_autofree char *now = dure_store_get_meta (present, key);
  g_autofree char *then = dure_store_get_meta (backup, key);

  return g_strcmp0 (now, then) == 0;
}

/* @from is one of the two: what only the copy has goes. */
static void
carry (DureStore *from, DureStore *present, const char *prefix, GHashTable *meta)
{
  g_auto (GStrv) keys = dure_store_list_meta (from, prefix);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      gboolean stays = FALSE;

      for (guint c = 0; c < G_N_ELEMENTS (of_the_copy); c++)
        stays = stays || strcmp (keys[i], of_the_copy[c]) == 0;
      if (!stays)
        g_hash_table_insert (meta, g_strdup (keys[i]), dure_store_get_meta (present, keys[i]));
    }
}

/** dure_sync_carry: for dure_store_restore_file(): the store that is put back stays enrolled as the present one is. */
void
dure_sync_carry (DureStore *present, DureStore *backup, GHashTable *meta)
{
  gboolean same = is_same (present, backup, DURE_META_URL) && is_same (present, backup, DURE_META_TENANT)
                  && is_same (present, backup, DURE_META_BUNDLE_SERVER);

  for (guint i = 0; i < G_N_ELEMENTS (of_the_present); i++)
    {
      carry (backup, present, of_the_present[i], meta);
      carry (present, present, of_the_present[i], meta);
    }
  for (guint i = 0; !same && i < G_N_ELEMENTS (of_the_server); i++)
    g_hash_table_insert (meta, g_strdup (of_the_server[i]), NULL);
}
