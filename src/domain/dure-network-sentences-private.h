/* dure-network-sentences-private.h: between the files that put measures into words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network-sentences.h"

G_BEGIN_DECLS

DureNetworkSentence *dure_sentence_add (
    GPtrArray *out, const char *key, const char *heading, const char *term, const char *value_format, ...)
    G_GNUC_PRINTF (5, 6);
void  dure_sentence_say (DureNetworkSentence *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void  dure_sentence_warn (DureNetworkSentence *self, const char *text);
void  dure_sentence_about (DureNetworkSentence *self, guint node);
char *dure_sentence_names (const DureNetwork *network, const GArray *nodes);

G_END_DECLS
