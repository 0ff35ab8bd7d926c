/* dure-bundle-writer.h: writes a bundle, piece by piece
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/dure-bundle-files.h"
#include "sync/dure-bundle.h"

G_BEGIN_DECLS

typedef struct _DureBundleWriter DureBundleWriter;

DureBundleWriter *
dure_bundle_writer_new (const char *path, const DureBundleKey *own, const DureBundlePublic *receiver, GError **error);
gboolean dure_bundle_writer_add (DureBundleWriter *self, const char *lines, gsize length, GError **error);
gboolean dure_bundle_writer_add_file (DureBundleWriter *self, const DureBundleFile *file, GError **error);
gboolean dure_bundle_writer_close (DureBundleWriter *self, DureBundle *manifest, GError **error);
void     dure_bundle_writer_free (DureBundleWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureBundleWriter, dure_bundle_writer_free)

G_END_DECLS
