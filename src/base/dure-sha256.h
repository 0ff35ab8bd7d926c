/* dure-sha256.h: the hash that names a file, as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DURE_SHA256_LENGTH 64

gboolean dure_sha256_is_valid (const char *text);

G_END_DECLS
