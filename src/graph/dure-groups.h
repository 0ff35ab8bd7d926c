/* dure-groups.h: ties inside groups and between them, and who stands between groups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-graph.h"

G_BEGIN_DECLS

/**
 * DureBrokerage: of the pairs of a node's neighbours that are not tied to each other, how many it joins in which role.
 * @coordinator: all three are of one group
 * @itinerant: the two are of one group, the node of another
 * @gatekeeper: one of the two is of the node's group; the same as representative, for ties have no direction
 * @liaison: all three are of different groups
 */
typedef struct
{
  guint coordinator;
  guint itinerant;
  guint gatekeeper;
  guint representative;
  guint liaison;
} DureBrokerage;

/** DureGroups: fields are for reading. Nodes without a group, and their ties, do not count. */
typedef struct
{
  guint          n_nodes;
  guint          n_groups;
  guint         *group;    /* of each node; G_MAXUINT for none */
  guint         *size;     /* of each group */
  guint         *internal; /* of each group: ties among its members */
  guint         *external; /* of each group: ties to other groups */
  double        *ei;       /* of each group: (external - internal) / (external + internal); NaN without ties */
  guint         *node_internal;
  guint         *node_external;
  double        *node_ei; /* NaN without ties */
  DureBrokerage *brokerage;
  guint          n_internal; /* ties of the whole */
  guint          n_external;
  double         whole_ei;    /* NaN without ties */
  double         expected_ei; /* that the sizes of the groups alone would give; NaN below two nodes */
} DureGroups;

DureGroups *dure_groups_new (const DureGraph *graph, const guint *group, guint n_groups);
void        dure_groups_free (DureGroups *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureGroups, dure_groups_free)

G_END_DECLS
