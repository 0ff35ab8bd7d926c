/* dure-introductions.h: who in a room should be introduced to whom
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"
#include "graph/dure-components.h"

G_BEGIN_DECLS

/** DureIntroduction: a pair without a tie, and what speaks for it. */
typedef struct
{
  guint a; /* the smaller node number */
  guint b;
  guint common;       /* partners that both have in the whole network */
  guint areas_shared; /* bit per area that both work in */
  guint areas_apart;  /* bit per area that only one of them works in */
} DureIntroduction;

GArray *dure_introductions_joining (const DureNetwork *network, const GArray *room, const DureComponents *parts);
GArray *dure_introductions_worth (const DureNetwork *network, const GArray *room, const GArray *left_out, guint most);
GArray *dure_common_partners (const DureNetwork *network, guint a, guint b);
char   *dure_introduction_reason (const DureNetwork *network, const DureIntroduction *pair);

G_END_DECLS
