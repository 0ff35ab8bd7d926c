/* dure-server-bundle-private.h: what the server keeps of a device that sends bundles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/dure-server-bundle.h"
#include "server/dure-server-private.h"
#include "sync/dure-bundle-writer.h"

G_BEGIN_DECLS

#define DURE_BUNDLE_GROUP "bundle"

/** DureBundleDevice: a device, its account, and how far its bundles came. */
typedef struct
{
  DureEnrolment   *who;
  GKeyFile        *state;
  DureBundlePublic key;
} DureBundleDevice;

gboolean dure_server_bundle_own (DureServer *self, DureBundleKey *key, GError **error);
gboolean dure_server_bundle_find (
    DureServer *self, const char *tenant, const char *device, DureBundleDevice *found, GError **error);
gboolean dure_server_bundle_keep (DureServer *self, DureBundleDevice *device, GError **error);
gint64   dure_bundle_device_get (DureBundleDevice *self, const char *key, gint64 fallback);
void     dure_bundle_device_set (DureBundleDevice *self, const char *key, gint64 value);
void     dure_bundle_device_clear (DureBundleDevice *self);
void     dure_server_bundle_begin_files (DureBundleDevice *device);
gboolean dure_server_bundle_take_file (DureServer       *self,
                                       DureBundleDevice *device,
                                       DureServerBundle *result,
                                       const char       *text,
                                       gsize             length,
                                       GError          **error);
gboolean dure_server_bundle_add_files (
    DureServer *self, DureBundleDevice *device, DureBundleWriter *writer, DureBundle *made, GError **error);
gboolean dure_server_bundle_check (DureResponse *response, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DureBundleDevice, dure_bundle_device_clear)

G_END_DECLS
