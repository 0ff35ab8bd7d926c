/* dure-store-private.h: what the files of the store share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <sqlite3.h>

#include "base/dure-stamp.h"
#include "base/dure-uuid.h"
#include "store/dure-store.h"

G_BEGIN_DECLS

/* With DURE_STORE_READ_ONLY: an older file is taken as it is, to be looked at and copied. */
#define DURE_STORE_AS_IS ((DureStoreFlags)(1 << 8))

/* Version that the table is taken for; a test raises it to see a migration. */
extern int dure_store_version;

/* Kinds of transaction in the journal. */
enum
{
  DURE_TXN_DO,
  DURE_TXN_UNDO,
  DURE_TXN_REDO,
  DURE_TXN_REMOTE,
  DURE_TXN_PURGE, /* no step of undo */
  DURE_TXN_SETTLE, /* goes to the server, but is no step of undo */
};

struct _DureStore
{
  GObject parent_instance;

  sqlite3    *db;
  char       *path;
  char       *file_key; /* device and inode, while the file is open */
  char       *device;
  DureClock  *clock;
  GHashTable *statements; /* SQL text -> Prepared of dure-store-sql.c */
  guint64     uses;       /* how often a statement was asked for */
  gboolean    read_only;
  gboolean    damaged; /* found while reading: nothing is written any more */
  gint64      seen;    /* journal number up to which `changed` was emitted */

  /* The open transaction */
  gint64 txn; /* 0 for none */
  int    txn_kind;
  gboolean lazy; /* its commit does not wait for the disk */
  char  *txn_author;
  DureRecord *fresh; /* (nullable): filled for each new record that comes from elsewhere */
  gboolean    expects_new; /* the last record that came was new */
  char        applied_id[DURE_UUID_LENGTH + 1]; /* and its id */
  GArray *unindexed; /* (nullable): of dure-store-search.c: what the search has still to be told */
};

/* dure-store.c */
gboolean      dure_store_follow_device (DureStore *self);

/* dure-store-sql.c */
GHashTable   *dure_store_new_statements (void);
sqlite3_stmt *dure_store_prepare (DureStore *self, const char *sql, GError **error);
gboolean      dure_store_step_unless (DureStore *self, sqlite3_stmt *stmt, gboolean *there, GError **error);
gboolean      dure_store_step_done (DureStore *self, sqlite3_stmt *stmt, GError **error);
gboolean      dure_store_exec (DureStore *self, const char *sql, GError **error);
gboolean      dure_store_sql_error (DureStore *self, GError **error);
gint64        dure_store_scalar (DureStore *self, const char *sql, gint64 fallback);

/* dure-store-care.c */
gboolean dure_store_copy_file (const char *from, const char *to, GError **error);
gboolean
dure_store_copy_part (sqlite3 *from, const char *part, GHashTable *meta, GCancellable *cancellable, GError **error);
gboolean dure_store_check_copy (DureStore *copy, GCancellable *cancellable, GError **error);
gboolean dure_store_name_copy (const char *part, const char *path, GError **error);

/* dure-store-restamp.c */
gboolean dure_store_restamp_one (DureStore *self, DureChange *change, const char *to, GError **error);

/* dure-store-merge.c */
DureChange *dure_store_read_unknown (DureStore *self, sqlite3_stmt *row, GError **error);
gboolean dure_store_adopt_unknown (DureStore *self, GError **error);

/* dure-store-schema.c */
gboolean dure_store_migrate (DureStore *self, int from, GError **error);
void     dure_store_bind_value (sqlite3_stmt *stmt, int place, const DureField *field, const char *value);
gboolean dure_store_add_functions (DureStore *self);
gboolean dure_store_check_file (const char *path, int *version, GError **error);

/* dure-store-read.c */
DureRecord *dure_store_read_record (const DureEntity *entity, sqlite3_stmt *stmt, gint64 *row);
const char *dure_store_columns (DureEntityId entity);
DureRecord *dure_store_find (DureStore *self, const DureEntity *entity, const char *id, gint64 *row, GError **error);

/* dure-store-purge.c */
gboolean dure_store_refuse_purged (GError **error);
gboolean dure_store_purge_unknown (DureStore *self, DureChange *change, GError **error);
gboolean dure_store_apply_purge (
    DureStore *self, DureRecord *old, gint64 row, DureChange *change, DureApplied *applied, GError **error);

/* dure-store-query.c */
sqlite3_stmt *dure_query_compile (const DureQuery *query, DureStore *store, const char *what, GError **error);

/* dure-store-transaction.c */
gboolean dure_store_begin_replay (DureStore *self, const char *label, int kind, gint64 target, GError **error);
gboolean dure_store_may_write (DureStore *self, GError **error);

/* dure-store-write.c */
gboolean dure_store_change_fields (DureStore *self, DureRecord *old, gint64 row, DureChange *set, GError **error);

/* dure-store-row.c */
gboolean dure_store_insert (DureStore *self, DureRecord *record, GError **error);
gboolean
dure_store_put_new (DureStore *self, DureRecord *record, DureChange *change, gboolean *there, GError **error);
gboolean
dure_store_put (DureStore *self, DureRecord *record, DureRecord *old, gint64 row, DureChange *change, GError **error);
gboolean dure_store_set_field (DureRecord *record, const char *key, const char *value);
char    *dure_store_get_field (DureRecord *record, const char *key);
char    *dure_store_field_stamp (DureRecord *record, const char *key);

/* dure-store-journal.c; in SQL, the journal number up to which the server has everything */
#define DURE_STORE_SENT "ifnull ((SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'sent'), 0)"
#define DURE_CHANGE_COLUMNS                                                                                            \
  "seq, stamp, entity, id, by, body, json_extract (body, '$.new'), json_extract (body, '$.part')"
GPtrArray *dure_store_read_changes (DureStore *self, sqlite3_stmt *stmt, GError **error);
gboolean dure_store_log (DureStore *self, DureRecord *record, DureChange *change, gboolean is_new, GError **error);

/* dure-store-search.c */
gboolean dure_store_index (DureStore *self, DureRecord *old, DureRecord *record, gint64 row, GError **error);
gboolean dure_store_index_flush (DureStore *self, GError **error);
gboolean dure_store_index_rebuild (DureStore *self, GError **error);
gboolean dure_store_index_compare (DureStore *self, gboolean *agrees, GError **error);
gint64   dure_store_search_base (DureEntityId entity);

/* dure-json-map.c */
char *dure_json_map_get (const char *json, const char *key);
char *dure_json_map_set (const char *json, const char *key, const char *value);

G_END_DECLS
