/* dure-network-sentences.h: the measures of a network in plain words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is shown of a network beside its picture: each measure with its value, one sentence that says what it means
 * here, and a caution where one is due. Below %DURE_ENOUGH_FOR_INDICES agencies only what can be listed is given.
 */
#pragma once

#include "domain/dure-network.h"
#include "graph/dure-analysis.h"
#include "graph/dure-groups.h"

G_BEGIN_DECLS

/* In a network smaller than this lists say more than indices. */
#define DURE_ENOUGH_FOR_INDICES 10

/** DureNetworkSentence: one measure in words. Texts are in the user's language. */
typedef struct
{
  const char *key;      /* what it is of: "density", "cut-points"…, the same in every language */
  char       *heading;  /* «연결 정도» */
  char       *value;    /* «13.5%»; "" where the sentence says it all */
  char       *sentence; /* what it means here; always given */
  char       *caution;  /* or NULL */
  const char *term;     /* technical name, for a tooltip; NULL for none */
  GArray     *nodes;    /* guint: the agencies that the sentence is about, for a list; NULL for none */
} DureNetworkSentence;

GPtrArray  *dure_network_sentences_whole (const DureNetwork *network, const DureAnalysis *analysis);
GPtrArray  *dure_network_sentences_agency (const DureNetwork  *network,
                                           const DureAnalysis *analysis,
                                           const DureGroups   *groups,
                                           const char *const  *group_names,
                                           guint               node);
GPtrArray  *dure_network_sentences_groups (const DureGroups *groups, const char *const *group_names);
double      dure_network_reciprocity (const DureNetwork *network);
void        dure_network_sentence_free (DureNetworkSentence *self);
const char *dure_band_label (DureBand band);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureNetworkSentence, dure_network_sentence_free)

G_END_DECLS
