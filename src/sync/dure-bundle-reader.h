/* dure-bundle-reader.h: a bundle that came: its manifest, whether it is genuine, and the lines in it as a stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <stdio.h>

#include "sync/dure-bundle.h"

G_BEGIN_DECLS

#define DURE_TYPE_BUNDLE_READER (dure_bundle_reader_get_type ())
G_DECLARE_FINAL_TYPE (DureBundleReader, dure_bundle_reader, DURE, BUNDLE_READER, GInputStream)

DureBundleReader *dure_bundle_reader_open (const char *path, GError **error);
DureBundleReader *dure_bundle_reader_new (FILE *file, GError **error);
const DureBundle *dure_bundle_reader_get_manifest (DureBundleReader *self);
gboolean          dure_bundle_reader_verify (DureBundleReader *self, const DureBundlePublic *sender, GError **error);
gboolean          dure_bundle_reader_decrypt (DureBundleReader       *self,
                                              const DureBundleKey    *own,
                                              const DureBundlePublic *sender,
                                              GError                **error);

G_END_DECLS
