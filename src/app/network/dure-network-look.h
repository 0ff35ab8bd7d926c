/* dure-network-look.h: the colours, sizes and groups that a view asks for, as the canvas takes them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/network/dure-network-canvas.h"
#include "app/network/dure-network-grouping.h"
#include "domain/dure-network-compare.h"

G_BEGIN_DECLS

/** DureLookSource: what a look is made from; all is borrowed, and but for @network and @view may be NULL. */
typedef struct
{
  DureNetwork                 *network;
  DureNetwork                 *everybody; /* so that a kind keeps its colour whatever is filtered */
  const DureNetworkView       *view;
  const DureAnalysis          *analysis;
  const DureNetworkComparison *comparison;
  gboolean                     hulls;
  gboolean                     dark;
} DureLookSource;

/** DureNetworkLook: fields are for reading. */
typedef struct
{
  DureCanvasLook       canvas;  /* points into the arrays below */
  DureNetworkGrouping *classes; /* what the colours say, for the legend */
  guint               *colour_of_class;
  DureNetworkGrouping *groups;
  const char         **group_names;
  DureColour          *palette;
  guint               *colour;
  double              *size;
  double               least_size; /* values of the measure that gives the size */
  double               most_size;
} DureNetworkLook;

DureNetworkLook *dure_network_look_new (const DureLookSource *source);
void             dure_network_look_free (DureNetworkLook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureNetworkLook, dure_network_look_free)

G_END_DECLS
