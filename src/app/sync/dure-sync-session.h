/* dure-sync-session.h: runs rounds of sync for a desk: at the start, after writes, every minute
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/shell/dure-desk.h"
#include "sync/dure-sync.h"

G_BEGIN_DECLS

#define DURE_TYPE_SYNC_SESSION (dure_sync_session_get_type ())
G_DECLARE_FINAL_TYPE (DureSyncSession, dure_sync_session, DURE, SYNC_SESSION, GObject)

/**
 * DureSyncState:
 * @DURE_SYNC_NOT_ENROLLED: this computer is not known to a server
 * @DURE_SYNC_RESTING: the last round went well
 * @DURE_SYNC_RUNNING: a round runs
 * @DURE_SYNC_OFFLINE: the server could not be reached; tried again later
 * @DURE_SYNC_DENIED: the server refuses this computer; nothing goes on without the officer
 * @DURE_SYNC_FAILED: anything else
 * @DURE_SYNC_PAUSED: the officer stopped it for a while
 */
typedef enum
{
  DURE_SYNC_NOT_ENROLLED,
  DURE_SYNC_RESTING,
  DURE_SYNC_RUNNING,
  DURE_SYNC_OFFLINE,
  DURE_SYNC_DENIED,
  DURE_SYNC_FAILED,
  DURE_SYNC_PAUSED,
} DureSyncState;

DureSyncSession *dure_sync_session_for_desk (DureDesk *desk);
DureSyncState    dure_sync_session_get_state (DureSyncSession *self);
guint            dure_sync_session_get_n_waiting (DureSyncSession *self);
guint            dure_sync_session_get_n_conflicts (DureSyncSession *self);
guint            dure_sync_session_get_n_refused (DureSyncSession *self);
const char      *dure_sync_session_get_refusal (DureSyncSession *self);
void             dure_sync_session_forget_refused (DureSyncSession *self);
gint64           dure_sync_session_get_last (DureSyncSession *self);
double           dure_sync_session_get_fraction (DureSyncSession *self);
const char      *dure_sync_session_get_error (DureSyncSession *self);
const char      *dure_sync_session_get_problem (DureSyncSession *self);
const char      *dure_sync_session_get_server (DureSyncSession *self);
void             dure_sync_session_sync_now (DureSyncSession *self);
gboolean         dure_sync_session_get_metered (DureSyncSession *self);
void             dure_sync_session_set_paused (DureSyncSession *self, gboolean paused);
void             dure_sync_session_leave (DureSyncSession *self);
void             dure_sync_session_enrol_async (DureSyncSession    *self,
                                                const DureEnrol    *enrol,
                                                GCancellable       *cancellable,
                                                GAsyncReadyCallback done,
                                                gpointer            user_data);
gboolean         dure_sync_session_enrol_finish (DureSyncSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
