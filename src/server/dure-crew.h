/* dure-crew.h: threads that answer requests, each with a server of its own on the same storage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/dure-worker.h"
#include "server/dure-server.h"

G_BEGIN_DECLS

/** DureHand: one thread of a crew; @server is used on it alone. */
typedef struct
{
  DureServer *server;
  DureWorker *worker;
} DureHand;

typedef struct _DureCrew DureCrew;

DureCrew *dure_crew_new (GPtrArray *servers);
DureHand *dure_crew_choose (DureCrew *self, const char *tenant);
void      dure_crew_clean (DureCrew *self);
void      dure_crew_drain (DureCrew *self);
void      dure_crew_free (DureCrew *self);

G_END_DECLS
