/* dure-network-canvas.h: the picture of a network, to look at and to put in order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: `selection-changed`; `node-activated` (s: id of the agency), a double click or Enter; `nodes-placed`
 * (GtkBitset: node numbers) after one or several were dragged or pushed, so that the owner stores where they are now
 * (dure_network_canvas_get_point ()); `lasso-changed` when the lasso was switched. A canvas has no children that a
 * screen reader could read: put a list of the same agencies beside it.
 */
#pragma once

#include <adwaita.h>

#include "document/dure-network-style.h"
#include "domain/dure-network-places.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_CANVAS (dure_network_canvas_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkCanvas, dure_network_canvas, DURE, NETWORK_CANVAS, GtkWidget)

#define DURE_NO_NODE (-1)

/**
 * DureCanvasLook: how the nodes and ties of one network look. Zeroed arrays leave what is usual.
 * @palette: the colours, for the ground of the moment (light or dark)
 * @colour: (nullable): one a node: number in @palette, %G_MAXUINT for none; %NULL colours by area
 * @size: (nullable): one a node: factor, held between 0.6 and 2.5
 * @group: (nullable): one a node: number of its group, %G_MAXUINT for none; for hulls and for the view from afar
 * @group_names: (nullable): @n_groups names
 * @node_change: (nullable): one a node, DureNetworkChange
 * @tie_change: (nullable): one a tie, DureNetworkChange
 * @hulls: whether groups are drawn as soft grounds with their names
 * @arrows: whether referrals have heads
 * @widths: whether ties are as thick as they are strong
 */
typedef struct
{
  const DureColour  *palette;
  guint              n_palette;
  const guint       *colour;
  const double      *size;
  const guint       *group;
  const char *const *group_names;
  guint              n_groups;
  const guint8      *node_change;
  const guint8      *tie_change;
  gboolean           hulls;
  gboolean           arrows;
  gboolean           widths;
} DureCanvasLook;

GtkWidget *dure_network_canvas_new (void);
void dure_network_canvas_set_network (DureNetworkCanvas *self, DureNetwork *network, const DureNetworkPlaces *places);
DureNetwork *dure_network_canvas_get_network (DureNetworkCanvas *self);
void         dure_network_canvas_set_look (DureNetworkCanvas *self, const DureCanvasLook *look);
void         dure_network_canvas_set_room (DureNetworkCanvas *self, const char *const *ids);
int          dure_network_canvas_get_selected (DureNetworkCanvas *self);
GtkBitset   *dure_network_canvas_get_selection (DureNetworkCanvas *self);
void         dure_network_canvas_set_selection (DureNetworkCanvas *self, GtkBitset *nodes);
void         dure_network_canvas_select (DureNetworkCanvas *self, const char *id, gboolean show);
void         dure_network_canvas_centre_on (DureNetworkCanvas *self, const char *id);
gboolean     dure_network_canvas_shows (DureNetworkCanvas *self, const char *id);
DurePoint    dure_network_canvas_get_point (DureNetworkCanvas *self, guint node);
void         dure_network_canvas_set_lasso (DureNetworkCanvas *self, gboolean lasso);
gboolean     dure_network_canvas_get_lasso (DureNetworkCanvas *self);
void         dure_network_canvas_set_steps (DureNetworkCanvas *self, guint steps);
void         dure_network_canvas_fit (DureNetworkCanvas *self);
void         dure_network_canvas_zoom (DureNetworkCanvas *self, double factor);
int          dure_network_canvas_pick (DureNetworkCanvas *self, double x, double y);

G_END_DECLS
