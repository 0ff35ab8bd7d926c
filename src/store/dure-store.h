/* dure-store.h: the officer's file: one read path, one write path, journal, search
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A DureStore is one connection and belongs to the thread that opened it; open several on the same file (WAL: readers
 * never wait).
 */
#pragma once

#include <gio/gio.h>

#include "schema/dure-change.h"
#include "schema/dure-record.h"
#include "store/dure-query.h"

G_BEGIN_DECLS

#define DURE_TYPE_STORE (dure_store_get_type ())
G_DECLARE_FINAL_TYPE (DureStore, dure_store, DURE, STORE, GObject)

/**
 * DureStoreFlags:
 * @DURE_STORE_CREATE: make the file when there is none
 * @DURE_STORE_READ_ONLY: never write, but for bringing an older file up to date
 */
typedef enum
{
  DURE_STORE_CREATE = 1 << 0,
  DURE_STORE_READ_ONLY = 1 << 1,
} DureStoreFlags;

DureStore  *dure_store_open (const char *path, DureStoreFlags flags, GError **error);
const char *dure_store_get_path (DureStore *self);
const char *dure_store_get_device (DureStore *self);
char       *dure_store_get_meta (DureStore *self, const char *key);
char      **dure_store_list_meta (DureStore *self, const char *prefix);
gboolean    dure_store_set_meta (DureStore *self, const char *key, const char *value, GError **error);

/* Reading */
DureRecord *dure_store_get (DureStore *self, DureEntityId entity, const char *id, GError **error);
char       *dure_store_title (DureStore *self, DureEntityId entity, const char *id);
char       *dure_store_format (DureStore *self, DureRecord *record, guint field);
char       *dure_store_record_title (DureStore *self, DureRecord *record);
GPtrArray  *dure_store_list (DureStore *self, const DureQuery *query, GError **error);
GArray     *dure_store_rows (DureStore *self, const DureQuery *query, GCancellable *cancellable, GError **error);
DureRecord *dure_store_get_row (DureStore *self, DureEntityId entity, gint64 row);
gint64      dure_store_row_of (DureStore *self, DureEntityId entity, const char *id);

/** DureScanFunc: one record of dure_store_scan(): @values holds its id, then the fields. */
typedef void (*DureScanFunc) (const char *const *values, gpointer data);
gboolean    dure_store_scan (DureStore       *self,
                             const DureQuery *query,
                             const guint     *fields,
                             guint            n_fields,
                             DureScanFunc     func,
                             gpointer         data,
                             GCancellable    *cancellable,
                             GError         **error);
gint64      dure_store_count (DureStore *self, const DureQuery *query, GError **error);

/* Writing: all of it through one path */
gboolean dure_store_begin (DureStore *self, const char *label, GError **error);
gboolean dure_store_begin_settling (DureStore *self, GError **error);
gboolean dure_store_begin_lazy (DureStore *self, GError **error);
gboolean dure_store_commit (DureStore *self, GError **error);
void     dure_store_rollback (DureStore *self);
gboolean dure_store_write (DureStore *self, DureRecord *record, GError **error);
char    *dure_store_natural_id (DureStore *self, DureRecord *record, GError **error);
gboolean dure_store_delete (DureStore *self, DureEntityId entity, const char *id, GError **error);
gboolean dure_store_restore (DureStore *self, DureEntityId entity, const char *id, GError **error);

/* Merged records */
char    *dure_store_survivor (DureStore *self, DureEntityId entity, const char *id);
gboolean dure_store_merge_into (DureStore *self, DureEntityId entity, const char *id, const char *survivor, GError **error);
gboolean dure_store_settle_merged (DureStore *self, gboolean *changed, GError **error);

/* Journal */

/** DureHistoryItem: one field of one change: who wrote what when in place of what. */
typedef struct
{
  char *stamp;
  char *by;
  char *key; /* field key, DURE_CHANGE_DELETED or DURE_CHANGE_PURGED */
  char *value;
  char *was;
} DureHistoryItem;

GPtrArray *dure_store_history (DureStore *self, DureEntityId entity, const char *id, GError **error);
char      *dure_store_undo_label (DureStore *self);
char      *dure_store_redo_label (DureStore *self);
char      *dure_store_undo (DureStore *self, GError **error);
char      *dure_store_redo (DureStore *self, GError **error);
void       dure_store_poll (DureStore *self);

/* Search */

/** DureHit: one record that a search found, and which part of the text matched (bytes). */
typedef struct
{
  DureEntityId entity;
  char        *id;
  char        *title;
  char        *detail; /* second line: kind, agency, date */
  gsize        match_start;
  gsize        match_end;
} DureHit;

GPtrArray *dure_store_search (DureStore *self, const char *text, guint limit, char **suggestion, GError **error);

/* Sync */

/**
 * DureApplied: what became of a change that came from elsewhere.
 * @DURE_APPLIED_KEPT: at least one field was taken
 * @DURE_APPLIED_OLD: all its fields were older than what stands, or it was known already
 * @DURE_APPLIED_UNKNOWN: of an entity that this program does not know; kept for a newer one
 */
typedef enum
{
  DURE_APPLIED_KEPT,
  DURE_APPLIED_OLD,
  DURE_APPLIED_UNKNOWN,
} DureApplied;

gboolean   dure_store_apply (DureStore *self, DureChange *change, DureApplied *applied, GError **error);
GPtrArray *dure_store_unsent (DureStore *self, guint limit, GError **error);
GPtrArray *dure_store_unsent_after (DureStore *self, gint64 after, guint limit, GError **error);
gint64     dure_store_count_unsent (DureStore *self);
gboolean   dure_store_has_unsent (DureStore *self, DureEntityId entity, const char *id);
gboolean   dure_store_mark_sent (DureStore *self, gint64 up_to_seq, GError **error);
gboolean   dure_store_restamp (DureStore *self, gint64 offset_ms, guint *n, GError **error);
gboolean   dure_store_restamp_from (DureStore *self, gint64 seq, const char *last, guint *n, GError **error);
gboolean   dure_store_take_over (DureStore *self, gint64 seq, guint *n, GError **error);
gboolean   dure_store_renumber (DureStore *self, const char *device, guint *n, GError **error);

/* Purge */

/** DurePurge: that a record was destroyed: which, when, by whom, why; nothing of what it held. */
typedef struct
{
  DureEntityId entity;
  char        *id;
  char        *stamp;
  char        *by;
  char        *reason; /* key of dure_purge_reasons(), or of a newer program's */
} DurePurge;

gboolean
dure_store_purge (DureStore *self, DureEntityId entity, const char *const *ids, const char *reason, GError **error);
gboolean   dure_store_scrub (DureStore *self, GError **error);
gboolean   dure_store_is_purged (DureRecord *record);
GPtrArray *dure_store_purges (DureStore *self, GError **error);
void       dure_purge_free (DurePurge *purge);

/* Care */

/** DureStoreCarry: puts what of @present is to go on in a store that is restored from @backup into @meta: owned key,
 *  owned value, %NULL to take it away. Both are closed afterwards. */
typedef void (*DureStoreCarry) (DureStore *present, DureStore *backup, GHashTable *meta);

GPtrArray *dure_store_check (DureStore *self, GError **error);
gboolean   dure_store_rebuild_search (DureStore *self, GError **error);
gboolean   dure_store_backup (DureStore *self, const char *path, GError **error);
void       dure_store_limit_pages (DureStore *self, guint more);
gboolean   dure_store_restore_file (const char *backup, const char *path, DureStoreCarry carry, GError **error);

void dure_hit_free (DureHit *hit);
void dure_history_item_free (DureHistoryItem *item);

G_END_DECLS
