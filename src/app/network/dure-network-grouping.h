/* dure-network-grouping.h: the agencies of a network sorted into classes, for colours, hulls, layouts and the legend
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network-view.h"
#include "graph/dure-analysis.h"

G_BEGIN_DECLS

/** DureNetworkClass: one of the classes. */
typedef struct
{
  char *key; /* choice key, id of a region, or a number, by what the grouping is by */
  char *label;
  int   number; /* area, sector, community or core number; -1 where there is none */
  guint size;

  /*< private >*/
  guint first; /* in the order in which they were met */
} DureNetworkClass;

/** DureNetworkGrouping: a value; fields are for reading. */
typedef struct
{
  guint             n_nodes;
  guint            *of; /* of each node its class, G_MAXUINT for none */
  guint             n_classes;
  DureNetworkClass *classes;
} DureNetworkGrouping;

DureNetworkGrouping *dure_network_grouping_new (const DureNetwork     *network,
                                                DureGroupBy            by,
                                                const DureNetworkView *view,
                                                const DureAnalysis    *analysis);
DureNetworkGrouping *dure_network_grouping_by_colour (const DureNetwork     *network,
                                                      DureColourBy           by,
                                                      const DureNetworkView *view,
                                                      const DureAnalysis    *analysis);
void                 dure_network_grouping_free (DureNetworkGrouping *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureNetworkGrouping, dure_network_grouping_free)

G_END_DECLS
