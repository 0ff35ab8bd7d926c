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
  GHashTable     *wanted; /* tenant -> set of hashes of files for which somebody has asked in vain */
  guint           token_days;
  GHashTable     *unclean; /* tenants whose files may hold what was purged -> set of hashes of blobs */
};

/* Where a merge takes place. */
typedef struct
{
  DureServer *server;
  const char *tenant;
} DurePlace;

/* A push of what a device brings back. */
typedef struct
{
  DureServer    *server;
  DureEnrolment *who;
  gint64         claimed; /* the last number that the device had taken before the server was put back; -1 in a push of its own */
  gboolean       folded;  /* changes of this tenant were folded, and deleted records ended with them */
  gboolean       began;   /* something was stored */
  GHashTable    *purged;
  gint64        *seq;
  gboolean      *plain;
} DureReturn;

gint64        dure_server_now (DureServer *self);
void          dure_server_announce (DureServer *self, const char *tenant, gint64 seq);
char         *dure_server_list_wanted (DureServer *self, const char *tenant);
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
gboolean      dure_server_find_last (DureServer *self, const char *tenant, gint64 seq, char **stamp, GError **error);
gboolean      dure_server_has_place (
         DureServer *self, const char *tenant, gint64 number, const char *last, gboolean *has, GError **error);
gboolean      dure_server_note_gap (DureServer *self, const char *tenant, gint64 first, gint64 last, GError **error);
gboolean      dure_server_find_base (const char *stamp, const char *key, char **value, gpointer data);
gboolean      dure_server_append (DureServer *self, const char *tenant, DureChange *change, gint64 *seq, GError **error);
gboolean      dure_server_save (DureServer       *self,
                                const char       *tenant,
                                const DureChange *change,
                                gint64            number,
                                DureState        *state,
                                GError          **error);
gboolean      dure_server_end_conflict (
         DureServer *self, const char *tenant, const DureChange *change, const char *key, gint64 *seq, GError **error);
DureChange   *dure_server_make_conflict (const DureChange *change, const DureClash *clash);
gboolean      dure_server_write_conflict (
         DureServer *self, const char *tenant, DureChange *conflict, const DureClash *clash, gint64 *seq, GError **error);
gboolean      dure_server_goes_on (const DureChange *change);
gboolean      dure_server_take_back (DureReturn *back, DureChange *change, const char *known, const char **problem, GError **error);
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
