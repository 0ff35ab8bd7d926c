/* dure-sync-session-private.h: what the files of a session share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/sync/dure-sync-session.h"
#include "sync/dure-live.h"

G_BEGIN_DECLS

#define DURE_SESSION_AFTER_WRITE_MS 2000
#define DURE_SESSION_EVERY_MS 60000

struct _DureSyncSession
{
  GObject parent_instance;

  DureDesk        *desk; /* weak; the desk owns the session */
  DureStoreThread *thread;
  GCancellable    *cancellable;
  DureSyncState    state;
  char            *error;
  char            *problem; /* (nullable): name of the problem behind @error */
  char            *server;
  guint            n_waiting;
  guint            n_conflicts;
  guint            n_refused;
  char            *refusal; /* (nullable): why, in the words of the server */
  guint            failures;
  gint64           last;
  double           fraction; /* of the first copy; below 0 when nothing long is under way */
  gboolean         enrolling;
  gboolean         again; /* asked for while a round ran */
  gboolean         paused;
  gboolean         lost_looked; /* nothing of the conflicts changed since it was looked for lost values */
  gboolean         metered; /* a round would have cost money, and was left out */
  guint            timer;
  guint            count_source;
  DureLive        *live;  /* (nullable) */
  gint64           heard; /* last number of the server that the live channel told of */
};

void             dure_sync_session_say_changed (DureSyncSession *self);
void             dure_sync_session_count (DureSyncSession *self);
void             dure_sync_session_run_in (DureSyncSession *self, guint ms);
void             dure_sync_session_start_round (DureSyncSession *self);
void             dure_sync_session_close_live (DureSyncSession *self);
DureStoreThread *dure_sync_session_get_thread (DureSyncSession *self);

G_END_DECLS
