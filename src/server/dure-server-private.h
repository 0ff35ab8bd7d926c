/* dure-server-private.h: what the routes share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/dure-stamp.h"
#include "server/dure-login-guard.h"
#include "server/dure-server.h"
#include "sync/dure-merge.h"

G_BEGIN_DECLS

struct _DureServer
{
  GObject parent_instance;

  DureStorage    *storage;
  DureClock      *clock;
  gint64          offset_ms; /* for tests: how much the server's clock is ahead */
  DureLoginGuard *guard;
  gint64          blob_most;  /* bytes */
  gint64          blob_quota; /* of all blobs of a tenant */
  GHashTable     *copied; /* tenant and device -> when a copy of its store last asked, gint64 */
  guint           token_days;
  GHashTable     *unclean; /* tenants whose files may hold what was purged -> set of hashes of blobs */
};

gint64        dure_server_now (DureServer *self);
void          dure_server_announce (DureServer *self, const char *tenant, gint64 seq);
void          dure_server_announce_blob (DureServer *self, const char *tenant, const char *sha256);
DureResponse *dure_server_failure (DureServer *self, GError *error);
gboolean
dure_server_note (DureServer *self, DureEnrolment *who, DureRequest *request, const char *what, const char *detail);
DureResponse *dure_server_enrol (DureServer *self, DureRequest *request);
DureResponse *dure_server_push (DureServer *self, DureEnrolment *who, DureRequest *request);
DureResponse *dure_server_pull (DureServer *self, DureEnrolment *who, DureRequest *request);
DureResponse *dure_server_blob (DureServer *self, DureEnrolment *who, DureRequest *request);
DureResponse *dure_server_rotate (DureServer *self, DureEnrolment *who, DureRequest *request);
DureResponse *dure_server_snapshot (DureServer *self, DureEnrolment *who, DureRequest *request);
gboolean      dure_server_take (DureServer    *self,
                                DureEnrolment *who,
                                DureChange    *change,
                                gint64         after,
                                gboolean       folded,
                                gint64        *seq,
                                gboolean      *plain,
                                gboolean      *ended,
                                GError       **error);
DureState    *dure_server_load (
       DureServer *self, const char *tenant, const DureChange *change, gint64 *number, GError **error);
gboolean
dure_server_write_own (DureServer *self, const char *tenant, DureChange *change, gint64 *seq, GError **error);
void          dure_server_note_purge (GHashTable *purged, const DureChange *change);
gboolean      dure_server_wipe (
         DureServer *self, DureEnrolment *who, GHashTable *purged, gint64 *seq, gboolean *plain, GError **error);
gboolean      dure_server_follow_owner (DureServer       *self,
                                        DureEnrolment    *who,
                                        const DureChange *change,
                                        GHashTable       *purged,
                                        gint64           *seq,
                                        gboolean         *plain,
                                        GError          **error);
gboolean      dure_server_hide (DureChange *change);
gboolean      dure_server_is_plain (const char *text);

G_END_DECLS
