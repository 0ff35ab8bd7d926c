/* dure-sync.h: one device's side of sync: enrols it, sends what waits, takes what others wrote
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything here is synchronous and belongs to the thread of the store that it is given.
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

/** DureEnrol: what an officer types to make a computer known to the server. */
typedef struct
{
  const char *url; /* "https://dure.gm.go.kr"; without a scheme https is meant */
  const char *tenant;
  const char *user;
  const char *password;
  const char *device_name; /* how the list of devices shows it */
  const char *root;        /* certificates of the city, as PEM, or NULL: what dure_root_read() returned */
  const char *proxy;       /* "system", "none" or an address; NULL leaves it as it was */
} DureEnrol;

/**
 * DureSyncStep:
 * @DURE_SYNC_STEP_SEND: what waited is sent
 * @DURE_SYNC_STEP_RECEIVE: what others wrote is taken
 * @DURE_SYNC_STEP_SNAPSHOT: the first copy of everything is taken
 * @DURE_SYNC_STEP_FILES: attachments go to the server or come from it; counted in KiB
 */
typedef enum
{
  DURE_SYNC_STEP_SEND,
  DURE_SYNC_STEP_RECEIVE,
  DURE_SYNC_STEP_SNAPSHOT,
  DURE_SYNC_STEP_FILES,
} DureSyncStep;

/** DureSyncProgress: @total is 0 while it is not known. Called on the thread of the round. */
typedef void (*DureSyncProgress) (DureSyncStep step, guint done, guint total, gpointer data);

/** DureSyncResult: what one round did. */
typedef struct
{
  guint  sent;      /* changes that the server took or had already */
  guint  returned;  /* of those that the server of before had, or that came from it: what another server got */
  guint  refused;   /* changes that the server will never take */
  guint  received;  /* changes that came */
  guint  kept;      /* of those, how many changed something here */
  guint  unknown;   /* of entities that this program does not know; kept for a newer one */
  guint  restamped; /* changes that a wrong clock had stamped too late */
  gint64 offset_ms; /* how much the server's clock is ahead of this one's */
  char  *refusal;   /* the first reason, a sentence, or NULL */
  guint  files_sent;     /* attachments that the server has now */
  guint  files_received; /* attachments that came */
  guint  files_left;     /* the round ended before these: the next one goes on with them */
  char  *files_error;    /* why a file did not go or come, a sentence, or NULL; the round itself went well */
  char  *problem;   /* name of the problem that ended it, as docs/protocol.md has them, or "proxy", or NULL */
  char  *token;     /* of this device, for the live channel; when it went well */
} DureSyncResult;

gboolean dure_sync_is_enrolled (DureStore *store);
gboolean dure_sync_is_copied (DureStore *store);
gboolean dure_sync_is_elsewhere (DureStore *store, const char *url, const char *tenant);
gboolean dure_sync_set_proxy (DureStore *store, const char *proxy, GError **error);
gboolean dure_sync_enrol (DureStore *store, const DureEnrol *enrol, GCancellable *cancellable, GError **error);
gboolean dure_sync_forget (DureStore *store, GError **error);
void     dure_sync_carry (DureStore *present, DureStore *backup, GHashTable *meta);
gboolean dure_sync_get_paused (DureStore *store);
gboolean dure_sync_set_paused (DureStore *store, gboolean paused, GError **error);
guint    dure_sync_get_refused (DureStore *store, char **why);
gboolean dure_sync_forget_refused (DureStore *store, GError **error);
gboolean dure_sync_round (DureStore       *store,
                          DureSyncResult  *result,
                          DureSyncProgress progress,
                          gpointer         data,
                          GCancellable    *cancellable,
                          GError         **error);
void     dure_sync_result_clear (DureSyncResult *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DureSyncResult, dure_sync_result_clear)

G_END_DECLS
