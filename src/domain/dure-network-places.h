/* dure-network-places.h: where the agencies stand in the picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"
#include "graph/dure-layout.h"

G_BEGIN_DECLS

/** DureNetworkPlaces: one place a node; fields are for reading. */
typedef struct
{
  guint      n;
  DurePoint *points;
  DurePoint *base;   /* where the layout put them, before those placed by hand since then */
  gboolean  *pinned; /* placed by hand */
} DureNetworkPlaces;

/* A `position` record holds hundredths of a unit of the layout. */
#define DURE_PLACES_UNIT 100.0

DureNetworkPlaces *dure_network_places_new (DureStore               *store,
                                            const DureNetwork       *network,
                                            const char              *view,
                                            const DureNetwork       *old_network,
                                            const DureNetworkPlaces *old_places,
                                            GCancellable            *cancellable,
                                            GError                 **error);
DureNetworkPlaces *dure_network_places_copy (const DureNetworkPlaces *self);
void               dure_network_places_free (DureNetworkPlaces *self);
DureRecord        *dure_network_places_record (const char *view, const char *agency, DurePoint point);
gboolean           dure_network_places_read (DureStore         *store,
                                             const DureNetwork *network,
                                             const char        *view,
                                             gboolean           everybody,
                                             DurePoint         *points,
                                             gboolean          *pinned,
                                             gboolean          *known,
                                             GError           **error);
void               dure_network_label_room (const DureNetwork *network, double *width, double *height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureNetworkPlaces, dure_network_places_free)

G_END_DECLS
