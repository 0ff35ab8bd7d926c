/* dure-text.h: text as it is stored, searched, sorted and shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *dure_text_nfc (const char *text);
char    *dure_text_fold (const char *text);
gboolean dure_text_match (const char *folded, const char *folded_query, gsize *start, gsize *end);
gboolean dure_text_find (const char *text, const char *query, gsize *start, gsize *end);
char    *dure_text_grams (const char *folded, const char *besides);
char    *dure_text_start_gram (const char *folded_query);
char    *dure_text_query_grams (const char *folded_query);
char    *dure_text_sort_key (const char *text);
char    *dure_phone_parse (const char *typed);
char    *dure_phone_format (const char *digits);
char    *dure_phone_mask (const char *digits);

G_END_DECLS
