/* dure-json-check.h: whether a text is JSON, to be asked before a parser of trees takes it apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** DURE_JSON_DEPTH: how deep what goes between device and server may be. */
#define DURE_JSON_DEPTH 8

const char *dure_json_skip (const char **at, const char *end, guint depth);
const char *dure_json_check_object (const char *json, gsize length, guint depth);
gboolean    dure_json_is_object (const char *json, gsize length, guint depth);

G_END_DECLS
