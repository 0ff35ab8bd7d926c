/* dure-uuid.h: UUIDs of version 7 (new records) and 5 (from a natural key), RFC 9562
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DURE_UUID_LENGTH 36

void     dure_uuid_v7 (char out[DURE_UUID_LENGTH + 1]);
void     dure_uuid_v5 (const char *name_space, const char *name, gssize length, char out[DURE_UUID_LENGTH + 1]);
gboolean dure_uuid_is_valid (const char *text);

G_END_DECLS
