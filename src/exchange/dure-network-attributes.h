/* dure-network-attributes.h: what a file for other programs says of agencies and ties
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"
#include "graph/dure-analysis.h"
#include "graph/dure-layout.h"

G_BEGIN_DECLS

/** DureNetworkFacts: a network with what is known of it; @analysis and @positions may be %NULL. */
typedef struct
{
  const DureNetwork  *network;
  const DureAnalysis *analysis;
  const DurePoint    *positions;
} DureNetworkFacts;

typedef enum
{
  DURE_ATTRIBUTE_TEXT,
  DURE_ATTRIBUTE_WHOLE,
  DURE_ATTRIBUTE_NUMBER,
  DURE_ATTRIBUTE_YES_NO,
} DureAttributeType;

/** DureNetworkAttribute: one attribute; an array of them ends with a %NULL key. */
typedef struct
{
  const char       *key;
  const char       *heading; /* msgid */
  DureAttributeType type;
  /* The value of a node or tie; %NULL when it has none. @words: choices in the user's language. */
  char *(*value) (const DureNetworkFacts *facts, guint number, gboolean words);
} DureNetworkAttribute;

extern const DureNetworkAttribute dure_network_node_attributes[];
extern const DureNetworkAttribute dure_network_tie_attributes[];

char *dure_network_number_text (double number);

G_END_DECLS
