/* dure-network-canvas.h: the picture of a network, to look at and to put in order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: `selection-changed`; `node-activated` (s: id of the agency), a double click or Enter; `node-placed` (s: id;
 * x, y in units of the layout) after a node was dragged, so that the owner stores where it is now. A canvas has no
 * children that a screen reader could read: put a list of the same agencies beside it.
 */
#pragma once

#include <adwaita.h>

#include "domain/dure-network-places.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_CANVAS (dure_network_canvas_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkCanvas, dure_network_canvas, DURE, NETWORK_CANVAS, GtkWidget)

#define DURE_NO_NODE (-1)

GtkWidget *dure_network_canvas_new (void);
void dure_network_canvas_set_network (DureNetworkCanvas *self, DureNetwork *network, const DureNetworkPlaces *places);
DureNetwork *dure_network_canvas_get_network (DureNetworkCanvas *self);
void         dure_network_canvas_set_room (DureNetworkCanvas *self, const char *const *ids);
int          dure_network_canvas_get_selected (DureNetworkCanvas *self);
void         dure_network_canvas_select (DureNetworkCanvas *self, const char *id, gboolean show);
gboolean     dure_network_canvas_shows (DureNetworkCanvas *self, const char *id);
void         dure_network_canvas_set_steps (DureNetworkCanvas *self, guint steps);
void         dure_network_canvas_fit (DureNetworkCanvas *self);
void         dure_network_canvas_zoom (DureNetworkCanvas *self, double factor);
int          dure_network_canvas_pick (DureNetworkCanvas *self, double x, double y);

G_END_DECLS
