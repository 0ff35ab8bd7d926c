/* dure-bundle-files.h: the lines of a bundle that are about files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three kinds of line, each one JSON object with its members in this order:
 *
 *   {"want":"SHA256"}                              from a device: it lacks this file
 *   {"has":"SHA256"}                               from the server: it has this file of the device's now
 *   {"file":"SHA256","size":N,"at":A,"data":"…"}   a piece, Base64, of SIZE bytes in all, behind the first A
 */
#pragma once

#include <glib.h>

#include "base/dure-sha256.h"

G_BEGIN_DECLS

/* So many bytes of a file go in one line. */
#define DURE_BUNDLE_FILE_PIECE (192 * 1024)

typedef enum
{
  DURE_BUNDLE_FILE_WANT,
  DURE_BUNDLE_FILE_HAS,
  DURE_BUNDLE_FILE_PART,
} DureBundleFileKind;

/** DureBundleFile: one line. */
typedef struct
{
  DureBundleFileKind kind;
  char               sha256[DURE_SHA256_LENGTH + 1];
  gint64             size;
  gint64             at;
  GBytes            *data; /* of a part */
} DureBundleFile;

gboolean dure_bundle_file_is_line (const char *text, gsize length);
gboolean dure_bundle_file_parse (DureBundleFile *self, const char *text, gsize length, GError **error);
void     dure_bundle_file_append (GString *out, const DureBundleFile *file);
void     dure_bundle_file_clear (DureBundleFile *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DureBundleFile, dure_bundle_file_clear)

G_END_DECLS
