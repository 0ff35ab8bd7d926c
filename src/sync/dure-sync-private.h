/* dure-sync-private.h: what the files of a round share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "base/dure-stamp.h"
#include "sync/dure-client.h"
#include "sync/dure-sync.h"
#include "sync/dure-token-store.h"

G_BEGIN_DECLS

/* What the store keeps for sync, by key of dure_store_get_meta(). */
/* So many changes, and about so many bytes of them, go to the server at once. */
#define DURE_SYNC_PUSH_MOST 4000
#define DURE_SYNC_PUSH_BYTES (8 * 1024 * 1024)

#define DURE_META_URL "sync.url"
#define DURE_META_TENANT "sync.tenant"
#define DURE_META_USER "sync.user"
#define DURE_META_TOKEN "sync.token" /* of dure-token-store.c, when the file keeps it */
#define DURE_META_KEYRING "sync.keyring" /* the Secret Service keeps the token */
#define DURE_META_MACHINE "sync.machine" /* on which computer it was enrolled */
#define DURE_META_COPIED "sync.copied" /* the server says that another computer goes on under this number */
#define DURE_META_PROXY "sync.proxy" /* of dure-proxy.c */
#define DURE_META_ROLE "sync.role"
#define DURE_META_ROOT "sync.root" /* certificates of the city, as PEM */
#define DURE_META_CURSOR "sync.cursor" /* last sequence number that was taken */
#define DURE_META_AT "sync.at" /* "SEQ STAMP": the last change that the server is known to have */
#define DURE_META_EPOCH "sync.epoch"
#define DURE_META_START "sync.start" /* a snapshot is under way or due: "SEQ KEY" */
#define DURE_META_RETURN "sync.return" /* brings all back that it has: "CURSOR SEQ STAMP", see dure-sync-return.c */
#define DURE_META_ANEW "sync.anew" /* the server was put back: what waits says what its author knew */
#define DURE_META_SWEEP "sync.sweep" /* what that snapshot does not hold was deleted meanwhile */
#define DURE_META_LAST "sync.last"   /* when a round last went well, milliseconds */
#define DURE_META_REFUSED "sync.refused" /* how many changes the server will never take */
#define DURE_META_REFUSAL "sync.refusal" /* why, of the first of them */
#define DURE_META_TOLD "sync.told" /* stamp of the last conflict of which its loser was told */
#define DURE_META_PAUSED "sync.paused"
#define DURE_META_OFFSET "clock-offset"
#define DURE_META_BUNDLE_KEY "bundle.key"       /* secret */
#define DURE_META_BUNDLE_SERVER "bundle.server" /* the server's public key */
#define DURE_META_BUNDLE_MADE "bundle.made"     /* number of the last that was made here */
#define DURE_META_BUNDLE_GOT "bundle.got"       /* number of the last that was taken */
#define DURE_META_BUNDLE_MARKS "bundle.marks"   /* what waits was written after which cursor: "SEQ:CURSOR …" */

/* What is noted of a blob, see dure_store_mark_blob(); the last two are followed by when, in milliseconds. */
#define DURE_BLOB_BOTH "both"      /* here and on the server */
#define DURE_BLOB_SERVER "server"  /* the server has it */
#define DURE_BLOB_ABSENT "absent"  /* the server does not have it (yet) */
#define DURE_BLOB_REFUSED "refused" /* the server does not take it */

/** DureRound: one round under way. */
typedef struct
{
  DureStore       *store;
  DureClient      *client;
  DureSyncResult  *result;
  DureSyncProgress progress;
  gpointer         data;
  GCancellable    *cancellable;
  gboolean         read_only; /* the account may not write */
  DureToken        token;
  gboolean         went_back; /* @token is one that had been followed by another, which the server does not take */
  gint64           now;       /* the server's clock, in its last answer; 0 for none yet */
  guint            restamped; /* how often its changes got new stamps */
  guint            patience; /* how often a pull still gives way to what was written meanwhile */
} DureRound;

/** DureReturnPlace: how far this device has brought back what it holds. */
typedef struct
{
  gint64 cursor; /* the last number that it had taken before the server was put back */
  gint64 seq;
  char   stamp[DURE_STAMP_LENGTH + 1]; /* empty while the journal is under way */
} DureReturnPlace;

gint64      dure_sync_get_number (DureStore *store, const char *key, gint64 fallback);
gboolean    dure_sync_set_number (DureStore *store, const char *key, gint64 value, GError **error);
gboolean    dure_sync_note_at (DureStore *store, gint64 seq, const char *stamp, GError **error);
char       *dure_sync_changes_path (DureStore *store);
JsonObject *dure_sync_parse_object (JsonParser *parser, GBytes *body, GError **error);
gboolean    dure_sync_is_token (const char *token);
gboolean    dure_sync_note_machine (DureStore *store, GError **error);
gboolean    dure_sync_check_machine (DureStore *store, GError **error);
gboolean    dure_sync_try_other_token (DureRound *round);
gboolean    dure_sync_care_for_token (DureRound *round, GError **error);
gboolean    dure_sync_note_clock (DureRound *round, gint64 now, GError **error);
gboolean    dure_sync_return (DureRound *round, GError **error);
gboolean    dure_sync_begin_return (DureStore *store, GError **error);
gboolean    dure_sync_get_return (DureStore *store, DureReturnPlace *place);
GPtrArray  *dure_sync_read_return (DureStore *store, DureReturnPlace *place, GError **error);
gboolean    dure_sync_write_return (GString *lines, const DureChange *change, DureReturnPlace *place);
gint64      dure_sync_count_return (DureStore *store);
gint64      dure_sync_get_at (DureStore *store, char stamp[DURE_STAMP_LENGTH + 1]);
gboolean    dure_sync_broke_off (GError **error);
gboolean    dure_sync_send (DureRound *round, GError **error);
gboolean    dure_sync_receive (DureRound *round, gboolean *again, GError **error);
gboolean    dure_sync_receive_lines (DureRound *round, DureLines *lines, gboolean snapshot, GError **error);
gboolean    dure_sync_begin_sweep (DureRound *round, GError **error);
gboolean    dure_sync_set_anew (DureStore *store, GError **error);
gboolean    dure_sync_begin_anew (DureRound *round, GError **error);
gboolean    dure_sync_settle (DureStore *store, gboolean *changed, GError **error);
gboolean    dure_sync_note_wanted (DureStore *store, const char *wanted, GError **error);
void        dure_sync_blobs (DureRound *round);
void        dure_sync_tell (DureRound *round, DureSyncStep step, guint done, guint total);

G_END_DECLS
