/* dure-storage.h: where the server keeps things; one interface, several back ends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All functions are synchronous. A storage belongs to one thread at a time. Names of tenants are checked with
 * dure_storage_is_name() before they come here.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** DureRole: what an account may do. */
typedef enum
{
  DURE_ROLE_VIEWER,
  DURE_ROLE_EDITOR,
  DURE_ROLE_ADMIN,
} DureRole;

/** DureAccount: somebody who may log in. */
typedef struct
{
  char    *tenant;
  char    *user;
  char    *hash; /* of the password */
  DureRole role;
  gboolean locked;
} DureAccount;

/**
 * DureTokenState:
 * @DURE_TOKEN_GOOD: as long as it is not too old
 * @DURE_TOKEN_REVOKED: taken away, or the device enrolled again
 * @DURE_TOKEN_ROTATED: the one that followed it was used
 */
typedef enum
{
  DURE_TOKEN_GOOD,
  DURE_TOKEN_REVOKED,
  DURE_TOKEN_ROTATED,
} DureTokenState;

/** DureEnrolment: one device of one account, by one of its tokens. Times are in milliseconds. */
typedef struct
{
  char          *tenant;
  char          *user;
  char          *device; /* its number, as in stamps */
  char          *name;
  gint64         created; /* when the token was given */
  DureRole       role;    /* of the account, now */
  gboolean       locked;  /* the account, now */
  DureTokenState state;
  gint64         enrolled; /* when the device was enrolled */
  gint64         used;     /* when the token was last used, to the hour; 0 for never */
} DureEnrolment;

/** DureAccess: one line of the access log: who, when, from where, what, whose. */
typedef struct
{
  gint64      at;
  const char *tenant;
  const char *user;
  const char *device;
  const char *remote;
  const char *what;
  const char *detail;
} DureAccess;

/** DureStored: appends to what a reading function collects. @lines are complete lines of the wire format.
 *  @number is the sequence number of the change, or the number of the record. */
typedef void (*DureStored) (gint64 number, const char *lines, gsize length, gpointer data);

/** DureCell: one value of a row: a whole number as digits, a text, bytes, or nothing at all. */
typedef struct
{
  const char   *name;
  const char   *text;
  gboolean      is_number;
  gconstpointer bytes;
  gsize         n_bytes;
} DureCell;

/** DureStorageRow: one row of a table of a tenant. Returns: whether to go on; with %FALSE @error is set. */
typedef gboolean (*DureStorageRow) (
    const char *table, const DureCell *cells, guint n_cells, gpointer data, GError **error);

/** DureLogged: one line of the access log, and its hash. */
typedef void (*DureLogged) (gint64 n, const DureAccess *access, const char *hash, gpointer data);

/** DURE_BLOB_STATE_MOST: so many bytes a caller may keep with an upload. */
#define DURE_BLOB_STATE_MOST 128

/** DureStoredBlob: what is stored of a blob; it is whole when @got is @size. */
typedef struct
{
  gint64 size;
  gint64 got;
  gint64 at; /* when the last of it came, milliseconds */
  guchar state[DURE_BLOB_STATE_MOST]; /* of the upload, the caller's own */
  gsize  state_length;
} DureStoredBlob;

/** DureBlobFound: one blob of list_blobs(). */
typedef void (*DureBlobFound) (const char *sha256, const DureStoredBlob *blob, gpointer data);

/* Dead tokens are known for so long, by which a copy of a store is told from a stranger. */
#define DURE_STORAGE_KEEP_TOKENS_MS (400 * G_GINT64_CONSTANT (86400000))

#define DURE_TYPE_STORAGE (dure_storage_get_type ())
G_DECLARE_DERIVABLE_TYPE (DureStorage, dure_storage, DURE, STORAGE, GObject)

struct _DureStorageClass
{
  GObjectClass parent_class;

  /* Accounts */
  gboolean (*add_tenant) (DureStorage *self, const char *tenant, GError **error);
  gboolean (*has_tenant) (DureStorage *self, const char *tenant);
  GPtrArray *(*list_tenants) (DureStorage *self, GError **error); /* of char* */
  gboolean (*remove_tenant) (DureStorage *self, const char *tenant, GError **error);
  gboolean (*backup) (DureStorage *self, const char *directory, GError **error);
  gboolean (*put_account) (DureStorage *self, const DureAccount *account, GError **error);
  DureAccount *(*get_account) (DureStorage *self, const char *tenant, const char *user, GError **error);
  GPtrArray *(*list_accounts) (DureStorage *self, const char *tenant, GError **error);
  /* Tokens: a device has one that is good, and a second while it is being rotated: use_token() of a token for the first
   * time ends the other, and rotate_token() adds one, in place of one that was never used. find_enrolment() also finds
   * tokens that are not good any more; list_enrolments() names each device once. */
  gboolean (*add_enrolment) (DureStorage *self, const char *token_hash, const DureEnrolment *enrolment, GError **error);
  DureEnrolment *(*find_enrolment) (DureStorage *self, const char *token_hash, GError **error);
  gboolean (*use_token) (
      DureStorage *self, const char *token_hash, const DureEnrolment *enrolment, gint64 now, GError **error);
  gboolean (*rotate_token) (DureStorage         *self,
                            const char          *token_hash,
                            const char          *next_hash,
                            const DureEnrolment *enrolment,
                            gint64               now,
                            GError             **error);
  gboolean (*revoke) (DureStorage *self, const char *tenant, const char *device, guint *n_revoked, GError **error);
  GPtrArray *(*list_enrolments) (DureStorage *self, const char *tenant, GError **error);
  gboolean (*append_log) (DureStorage *self, const DureAccess *access, GError **error);
  gboolean (*verify_log) (DureStorage *self, gint64 *n_lines, GError **error);

  /* Optional: what bundles need, text of the server's own; of a device, or with "" the server's secret key */
  gboolean (*get_bundle) (DureStorage *self, const char *tenant, const char *device, char **state, GError **error);
  gboolean (*put_bundle) (
      DureStorage *self, const char *tenant, const char *device, const char *state, GError **error);

  /* Changes of one tenant; all but the reading ones inside begin and commit */
  gboolean (*begin) (DureStorage *self, const char *tenant, GError **error);
  gboolean (*commit) (DureStorage *self, const char *tenant, GError **error);
  void (*rollback) (DureStorage *self, const char *tenant);
  /* @changes (of #DureChange) come next: a storage that is far away may ask for all that they need at once. The default
   * does nothing. */
  gboolean (*look_ahead) (DureStorage *self, const char *tenant, GPtrArray *changes, GError **error);
  gboolean (*last_seq) (DureStorage *self, const char *tenant, gint64 *seq, gint64 *epoch, GError **error);
  gboolean (*last_stamp) (DureStorage *self, const char *tenant, char **stamp, GError **error);
  gboolean (*has_stamp) (DureStorage *self, const char *tenant, const char *stamp, char **line, GError **error);
  gboolean (*append) (
      DureStorage *self, const char *tenant, gint64 seq, const char *stamp, const char *line, GError **error);
  gboolean (*replace_line) (DureStorage *self, const char *tenant, gint64 seq, const char *line, GError **error);
  /* The change with @stamp gets another line and a number behind all others, so that everybody takes it again */
  gboolean (*move_line) (
      DureStorage *self, const char *tenant, const char *stamp, gint64 seq, const char *line, GError **error);
  gboolean (*get_record) (DureStorage *self,
                          const char  *tenant,
                          const char  *entity,
                          const char  *id,
                          gint64      *number,
                          char       **lines,
                          GError     **error);
  gboolean (*put_record) (DureStorage *self,
                          const char  *tenant,
                          const char  *entity,
                          const char  *id,
                          gint64       number,
                          const char  *lines,
                          GError     **error);
  gboolean (*put_clash) (DureStorage *self,
                         const char  *tenant,
                         const char  *lost_stamp,
                         const char  *field,
                         const char  *conflict,
                         GError     **error);
  gboolean (*take_clash) (DureStorage *self,
                          const char  *tenant,
                          const char  *lost_stamp,
                          const char  *field,
                          char       **conflict,
                          GError     **error);
  gboolean (*read_changes) (DureStorage *self,
                            const char  *tenant,
                            gint64       after,
                            guint        limit,
                            DureStored   stored,
                            gpointer     data,
                            GError     **error);
  gboolean (*read_records) (DureStorage *self,
                            const char  *tenant,
                            gint64       after,
                            guint        limit,
                            DureStored   stored,
                            gpointer     data,
                            GError     **error);
  gboolean (*count_records) (DureStorage *self, const char *tenant, gint64 after, gint64 *count, GError **error);

  /* A whole tenant; see dure-tenant-file.h. Rows are of one moment. Between load_begin and load_end the storage does
   * nothing else; load_end with @keep is %TRUE when all of it is there, else nothing of it is. */
  gboolean (*dump) (DureStorage *self, const char *tenant, DureStorageRow func, gpointer data, GError **error);
  gboolean (*load_begin) (DureStorage *self, const char *tenant, GError **error);
  gboolean (*load_row) (DureStorage    *self,
                        const char     *tenant,
                        const char     *table,
                        const DureCell *cells,
                        guint           n_cells,
                        GError        **error);
  gboolean (*load_end) (DureStorage *self, const char *tenant, gboolean keep, GError **error);
  gboolean (*read_log) (
      DureStorage *self, gint64 after, guint limit, DureLogged logged, gpointer data, GError **error);
  gboolean (*read_entity) (DureStorage *self,
                           const char  *tenant,
                           const char  *entity,
                           DureStored   stored,
                           gpointer     data,
                           GError     **error);

  /* Blobs of one tenant, in pieces; each function is a transaction of its own */
  gboolean (*get_blob) (
      DureStorage *self, const char *tenant, const char *sha256, DureStoredBlob *blob, gboolean *found, GError **error);
  /* Behind the first @at bytes of a blob of @blob->size, when just these are there; else @stored is %FALSE. What the
   * row then says is @blob. */
  gboolean (*add_piece) (DureStorage          *self,
                         const char           *tenant,
                         const char           *sha256,
                         gint64                at,
                         GBytes               *bytes,
                         const DureStoredBlob *blob,
                         gboolean             *stored,
                         GError              **error);
  /* Appends to @out from byte @at to the end of that piece; nothing when there is none */
  gboolean (*read_piece) (
      DureStorage *self, const char *tenant, const char *sha256, gint64 at, GString *out, GError **error);
  gboolean (*remove_blob) (DureStorage *self, const char *tenant, const char *sha256, GError **error);
  gboolean (*list_blobs) (
      DureStorage *self, const char *tenant, DureBlobFound found, gpointer data, GError **error);
  gboolean (*count_blobs) (DureStorage *self, const char *tenant, gint64 *n, gint64 *bytes, GError **error);
  /* Age: @folded is the last number whose change is gone, @marks a text of the server's own; stamps of changes that are
   * gone are known on, with an empty line. All but get_age inside begin and commit. */
  gboolean (*get_age) (DureStorage *self, const char *tenant, gint64 *folded, char **marks, GError **error);
  gboolean (*put_marks) (DureStorage *self, const char *tenant, const char *marks, GError **error);
  gboolean (*fold) (DureStorage *self, const char *tenant, gint64 up_to, gboolean new_epoch, GError **error);
  gboolean (*remove_record) (DureStorage *self, const char *tenant, gint64 number, GError **error);

  /* Values were taken out, and nothing may be left of them in the files: noted inside begin and commit, done outside.
   * Where somebody is in the way it is done the next time. */
  gboolean (*note_scrub) (DureStorage *self, const char *tenant, GError **error);
  gboolean (*scrub) (DureStorage *self, const char *tenant, GError **error);

  /* From now on DureStorage::moved and ::filed tell, in the thread-default main context, what other servers store; the default does
   * nothing, for a storage that only one server uses */
  void (*watch) (DureStorage *self);
};

DureStorage *dure_storage_open (const char *where, GError **error);
gboolean     dure_storage_restore (const char *from, const char *where, GError **error);
gboolean     dure_storage_is_name (const char *name);
const char  *dure_role_key (DureRole role);
gboolean     dure_role_from_key (const char *key, DureRole *role);
char        *dure_access_hash (const char *previous, const DureAccess *access);
gboolean     dure_cell_is_nothing (const DureCell *cell);
gboolean     dure_cell_refuse (const char *table, const DureCell *cell, GError **error);
void         dure_account_free (DureAccount *self);
void         dure_enrolment_free (DureEnrolment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureAccount, dure_account_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureEnrolment, dure_enrolment_free)

G_END_DECLS
