/* dure-blob.h: the bytes of attachments, kept beside the store under their own hash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A blob is the file STORE.blobs/ab/abcd…, named by the SHA-256 of what it holds, and never changes. It appears there
 * whole or not at all. Nothing here touches the database, so all of it may run on any thread.
 */
#pragma once

#include <gio/gio.h>

#include "base/dure-sha256.h"

G_BEGIN_DECLS

/** DURE_BLOB_MOST: so many bytes an attachment may have. */
#define DURE_BLOB_MOST (200 * G_GINT64_CONSTANT (1024) * 1024)

/** DURE_BLOB_PIECE: blobs are read, hashed and sent by pieces of so many bytes. */
#define DURE_BLOB_PIECE (1024 * 1024)

#define DURE_BLOBS ".blobs"  /* ends the name of the directory beside the store */
#define DURE_BLOB_NEW "new-" /* begins the name of a blob that is being written */

char    *dure_blob_path (const char *store_path, const char *sha256);
gint64   dure_blob_size (const char *store_path, const char *sha256);
gboolean dure_blob_add (const char           *store_path,
                        GInputStream         *stream,
                        gint64                total,
                        GFileProgressCallback progress,
                        gpointer              data,
                        GCancellable         *cancellable,
                        char                **sha256,
                        gint64               *size,
                        GError              **error);
gboolean dure_blob_add_file (const char           *store_path,
                             GFile                *file,
                             GFileProgressCallback progress,
                             gpointer              data,
                             GCancellable         *cancellable,
                             char                **sha256,
                             gint64               *size,
                             GError              **error);
gboolean dure_blob_copy (const char           *store_path,
                         const char           *sha256,
                         GFile                *to,
                         GFileProgressCallback progress,
                         gpointer              data,
                         GCancellable         *cancellable,
                         GError              **error);
gboolean dure_blob_verify (const char *store_path, const char *sha256, GCancellable *cancellable, GError **error);

/* A blob that comes by pieces */
gint64   dure_blob_part_size (const char *store_path, const char *sha256);
gboolean dure_blob_part_append (
    const char *store_path, const char *sha256, gint64 at, gconstpointer bytes, gsize length, GError **error);
gboolean
     dure_blob_part_finish (const char *store_path, const char *sha256, GCancellable *cancellable, GError **error);
void dure_blob_part_drop (const char *store_path, const char *sha256);

G_END_DECLS
