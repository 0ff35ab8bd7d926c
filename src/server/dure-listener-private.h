/* dure-listener-private.h: what the files of the listener share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

#include "server/dure-crew.h"
#include "server/dure-listener.h"
#include "server/dure-metrics.h"

G_BEGIN_DECLS

/* Kept with a message: who asks, by tenant; nothing for strangers. */
#define DURE_LISTENER_TENANT "dure-tenant"

struct _DureListener
{
  GObject parent_instance;

  DureServer *server;
  DureAcceptor *acceptor;
  DurePace     *pace;
  DureMetrics  *metrics;
  gboolean      shows_metrics;
  SoupServer *soup;
  GHashTable *live;   /* SoupWebsocketConnection -> tenant */
  GHashTable *told;   /* tenant -> the number that its live channels were told last, gint64 */
  DureWorker *logins; /* verifies passwords, so that nobody else waits meanwhile */
  guint       n_logins;
  GMainContext *context;
  DureCrew   *crew; /* (nullable): answers those who are enrolled; without it this thread does */
  guint       n_errands;
  gboolean    stopped;
};

void     dure_listener_answer (DureListener *self, SoupServerMessage *message, DureResponse *response);
gboolean dure_listener_hand_over (DureListener *self, SoupServerMessage *message, DureRequest **request);

G_END_DECLS
