/* dure-sync-bundle.h: one device's side of sync by bundles, where no network reaches the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/dure-bundle.h"
#include "sync/dure-sync.h"

G_BEGIN_DECLS

/** DureBundlePreview: what a bundle would bring. */
typedef struct
{
  gboolean for_us;    /* it could be opened; else the counts are none */
  gboolean known;     /* all of it was taken already */
  guint    records;   /* that it changes */
  guint    conflicts; /* new ones that it brings */
  guint    waiting;   /* records that others changed and of which changes wait here too: those may clash */
} DureBundlePreview;

/** DureBundleResult: what taking a bundle did. */
typedef struct
{
  DureSyncResult sync;
  gboolean       known;        /* it was taken before, or a later one: nothing was new */
  gint64         missed;       /* number of a bundle in between that never came, 0 for none */
  guint          acknowledged; /* changes of this device which the server has now */
  gint64         waiting;
} DureBundleResult;

gboolean dure_sync_bundle_key (DureStore *store, DureBundlePublic *key, GError **error);
gboolean
dure_sync_bundle_enrol (DureStore *store, const char *server_key, const char *tenant, const char *user, GError **error);
gboolean dure_sync_bundle_make (DureStore *store, const char *path, DureBundle *made, GError **error);
gboolean dure_sync_bundle_show (
    DureStore *store, const char *path, DureBundle *manifest, DureBundlePreview *preview, GError **error);
gboolean dure_sync_bundle_apply (DureStore *store, const char *path, DureBundleResult *result, GError **error);

G_END_DECLS
