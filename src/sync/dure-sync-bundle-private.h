/* dure-sync-bundle-private.h: what making and taking of bundles share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/dure-bundle-writer.h"
#include "sync/dure-sync-bundle.h"
#include "sync/dure-sync-private.h"

G_BEGIN_DECLS

gboolean dure_sync_bundle_own (DureStore *store, gboolean create, DureBundleKey *key, GError **error);
gboolean dure_sync_bundle_ends (DureStore *store, DureBundleKey *own, DureBundlePublic *server, GError **error);
gboolean dure_sync_bundle_add_files (DureStore *store, DureBundleWriter *writer, DureBundle *made, GError **error);
gboolean dure_sync_bundle_take_files (DureStore *store, DureLines *lines, DureSyncResult *result, GError **error);
gboolean dure_sync_bundle_skip_files (DureLines *lines, GError **error);

G_END_DECLS
