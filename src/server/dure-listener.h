/* dure-listener.h: the server's socket: HTTP in, HTTP out, and the live channel
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/dure-acceptor.h"
#include "server/dure-pace.h"
#include "server/dure-server.h"

G_BEGIN_DECLS

#define DURE_TYPE_LISTENER (dure_listener_get_type ())
G_DECLARE_FINAL_TYPE (DureListener, dure_listener, DURE, LISTENER, GObject)

DureListener *dure_listener_new (DureServer *server);
DureAcceptor *dure_listener_get_acceptor (DureListener *self);
DurePace     *dure_listener_get_pace (DureListener *self);
void          dure_listener_set_metrics (DureListener *self, gboolean metrics);
void          dure_listener_employ (DureListener *self, GPtrArray *servers);
void          dure_listener_clean (DureListener *self);
void          dure_listener_stop (DureListener *self);

G_END_DECLS
