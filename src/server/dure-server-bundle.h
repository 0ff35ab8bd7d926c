/* dure-server-bundle.h: the server's side of sync by bundles: takes what a device sent, makes the answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/dure-server.h"
#include "sync/dure-bundle.h"

G_BEGIN_DECLS

/** DureServerBundle: what taking a bundle did, or would do. */
typedef struct
{
  DureBundle manifest;
  gboolean   known;     /* it, or a later one, was taken before */
  gint64     missed;    /* number of a bundle in between that never came, 0 for none */
  guint      accepted;  /* changes, also those that were there already */
  guint      refused;   /* that the server will never take */
  guint      ahead;     /* that came with a stamp in the future; they come again */
  guint      files;     /* attachments that the server has now */
  guint      files_refused; /* that it does not take: too large, no room, or not what they are called */
  guint      records;   /* PREVIEW: that it changes */
  guint      conflicts; /* PREVIEW: fields that clash */
  char      *why;       /* (nullable): why the first was refused */
} DureServerBundle;

gboolean dure_server_bundle_key (DureServer *self, DureBundlePublic *key, GError **error);
gboolean dure_server_bundle_add_device (DureServer       *self,
                                        const char       *tenant,
                                        const char       *user,
                                        const char       *key,
                                        const char       *name,
                                        DureBundlePublic *device,
                                        GError          **error);
gboolean dure_server_bundle_apply (DureServer *self, const char *path, DureServerBundle *result, GError **error);
gboolean dure_server_bundle_show (DureServer *self, const char *path, DureServerBundle *result, GError **error);
gboolean dure_server_bundle_make (
    DureServer *self, const char *tenant, const char *device, const char *path, DureBundle *made, GError **error);
void dure_server_bundle_clear (DureServerBundle *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DureServerBundle, dure_server_bundle_clear)

G_END_DECLS
