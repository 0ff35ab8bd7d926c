/* dure-typed.h: what somebody meant who typed less than all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "schema/dure-schema.h"

G_BEGIN_DECLS

char    *dure_typed_on_korean_keys (const char *text);
gboolean dure_typed_find (const char *text, const char *query, gsize *start, gsize *end);
char    *dure_typed_date (const char *typed, const char *near, gboolean with_time);

G_END_DECLS
