/* dure-gzip.h: packs and unpacks bodies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Level of zlib: lines of JSON shrink to a seventh already with the fastest. */
#define DURE_GZIP_LEVEL 1

GBytes  *dure_gzip_pack (const char *data, gsize length);
GBytes  *dure_gzip_unpack (const char *data, gsize length, gsize limit, GError **error);
gboolean dure_gzip_feed (
    GConverter *converter, const char *data, gsize length, gboolean end, GByteArray *out, gsize limit, GError **error);

G_END_DECLS
