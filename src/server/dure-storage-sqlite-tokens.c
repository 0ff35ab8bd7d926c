/* dure-storage-sqlite-tokens.c: devices and their tokens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The column `revoked` is a DureTokenState.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"
#include "server/dure-storage-sqlite-private.h"

static gboolean
add_enrolment (DureStorage *storage, const char *token_hash, const DureEnrolment *enrolment, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  sqlite3_stmt      *stmt = dure_database_prepare (
           self->accounts,
           "INSERT INTO device (token, tenant, user, device, name, created, enrolled) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
           error);

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, token_hash);
  dure_database_bind (stmt, 2, enrolment->tenant);
  dure_database_bind (stmt, 3, enrolment->user);
  dure_database_bind (stmt, 4, enrolment->device);
  dure_database_bind (stmt, 5, enrolment->name);
  sqlite3_bind_int64 (stmt, 6, enrolment->created);
  return dure_database_run (self->accounts, stmt, error);
}

#define DEVICE_COLUMNS \
  "SELECT d.tenant, d.user, d.device, d.name, d.created, a.role, a.locked, d.revoked, d.enrolled, d.used" \
  " FROM device d JOIN account a USING (tenant, user)"

static DureEnrolment *
read_enrolment (sqlite3_stmt *stmt)
{
  DureEnrolment *enrolment = g_new0 (DureEnrolment, 1);

  enrolment->tenant = g_strdup (dure_database_text (stmt, 0));
  enrolment->user = g_strdup (dure_database_text (stmt, 1));
  enrolment->device = g_strdup (dure_database_text (stmt, 2));
  enrolment->name = g_strdup (dure_database_text (stmt, 3));
  enrolment->created = sqlite3_column_int64 (stmt, 4);
  if (!dure_role_from_key (dure_database_text (stmt, 5), &enrolment->role))
    enrolment->role = DURE_ROLE_VIEWER;
  enrolment->locked = sqlite3_column_int (stmt, 6) != 0;
  enrolment->state = (DureTokenState)sqlite3_column_int (stmt, 7);
  enrolment->enrolled = sqlite3_column_int64 (stmt, 8);
  enrolment->used = sqlite3_column_int64 (stmt, 9);
  return enrolment;
}

static DureEnrolment *
find_enrolment (DureStorage *storage, const char *token_hash, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  sqlite3_stmt      *stmt = dure_database_prepare (self->accounts, DEVICE_COLUMNS " WHERE d.token = ?", error);
  DureEnrolment     *enrolment;
  int                step;

  if (stmt == NULL)
    return NULL;
  dure_database_bind (stmt, 1, token_hash);
  step = dure_database_step (self->accounts, stmt, error);
  if (step == SQLITE_DONE)
    g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DENIED, _ ("This computer is not enrolled."));
  if (step != SQLITE_ROW)
    return NULL;
  enrolment = read_enrolment (stmt);
  sqlite3_reset (stmt);
  return enrolment;
}

/* The token that follows is not listed before it was used. */
static GPtrArray *
list_enrolments (DureStorage *storage, const char *tenant, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  sqlite3_stmt      *stmt = dure_database_prepare (
           self->accounts,
           DEVICE_COLUMNS " WHERE d.tenant = ? AND d.revoked = 0 AND NOT (d.used = 0 AND EXISTS (SELECT 1 FROM device o"
                          " WHERE o.tenant = d.tenant AND o.device = d.device AND o.revoked = 0 AND o.used > 0))"
                          " ORDER BY d.user, d.enrolled",
           error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_enrolment_free);
  int step;

  if (stmt == NULL)
    return NULL;
  dure_database_bind (stmt, 1, tenant);
  while ((step = dure_database_step (self->accounts, stmt, error)) == SQLITE_ROW)
    g_ptr_array_add (list, read_enrolment (stmt));
  return step == SQLITE_DONE ? g_steal_pointer (&list) : NULL;
}

static gboolean
revoke_device (DureStorage *storage, const char *tenant, const char *device, guint *n_revoked, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);
  sqlite3_stmt      *stmt = dure_database_prepare (
           self->accounts, "UPDATE device SET revoked = 1 WHERE tenant = ? AND device = ? AND revoked = 0", error);

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, tenant);
  dure_database_bind (stmt, 2, device);
  if (!dure_database_run (self->accounts, stmt, error))
    return FALSE;
  if (n_revoked != NULL)
    *n_revoked = (guint)dure_database_changes (self->accounts);
  return TRUE;
}

/* ?1 tenant, ?2 device, ?3 token, ?4 a time */
static gboolean
run (DureStorageSqlite   *self,
     const char          *sql,
     const DureEnrolment *enrolment,
     const char          *token_hash,
     gint64               time,
     GError             **error)
{
  sqlite3_stmt *stmt = dure_database_prepare (self->accounts, sql, error);

  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, enrolment->tenant);
  dure_database_bind (stmt, 2, enrolment->device);
  dure_database_bind (stmt, 3, token_hash);
  if (sqlite3_bind_parameter_count (stmt) > 3)
    sqlite3_bind_int64 (stmt, 4, time);
  return dure_database_run (self->accounts, stmt, error);
}

static gboolean
use_first (
    DureStorageSqlite *self, const DureEnrolment *enrolment, const char *token_hash, gint64 now, GError **error)
{
  return run (self, "UPDATE device SET used = ?4 WHERE tenant = ?1 AND device = ?2 AND token = ?3", enrolment, token_hash,
              now, error)
         && (enrolment->used > 0
             || run (self,
                     "UPDATE device SET revoked = 2"
                     " WHERE tenant = ?1 AND device = ?2 AND token <> ?3 AND revoked = 0",
                     enrolment, token_hash, 0, error));
}

static gboolean
use_token (
    DureStorage *storage, const char *token_hash, const DureEnrolment *enrolment, gint64 now, GError **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);

  if (!dure_database_exec (self->accounts, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (use_first (self, enrolment, token_hash, now, error) && dure_database_exec (self->accounts, "COMMIT", error))
    return TRUE;
  dure_database_exec (self->accounts, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
add_next (DureStorageSqlite   *self,
          const DureEnrolment *enrolment,
          const char          *token_hash,
          const char          *next_hash,
          gint64               now,
          GError             **error)
{
  sqlite3_stmt *stmt;

  if (!run (self,
            "UPDATE device SET revoked = 1"
            " WHERE tenant = ?1 AND device = ?2 AND token <> ?3 AND revoked = 0 AND used = 0",
            enrolment, token_hash, 0, error)
      || !run (self,
               "DELETE FROM device"
               " WHERE tenant = ?1 AND device = ?2 AND token <> ?3 AND revoked <> 0 AND created < ?4",
               enrolment, token_hash, now - DURE_STORAGE_KEEP_TOKENS_MS, error))
    return FALSE;
  stmt = dure_database_prepare (self->accounts,
                                "INSERT INTO device (token, tenant, user, device, name, created, enrolled)"
                                " SELECT ?1, tenant, user, device, name, ?3, enrolled FROM device"
                                " WHERE token = ?2 AND revoked = 0",
                                error);
  if (stmt == NULL)
    return FALSE;
  dure_database_bind (stmt, 1, next_hash);
  dure_database_bind (stmt, 2, token_hash);
  sqlite3_bind_int64 (stmt, 3, now);
  if (!dure_database_run (self->accounts, stmt, error))
    return FALSE;
  if (dure_database_changes (self->accounts) == 1)
    return TRUE;
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DENIED, _ ("This computer is not enrolled."));
  return FALSE;
}

static gboolean
rotate_token (DureStorage         *storage,
              const char          *token_hash,
              const char          *next_hash,
              const DureEnrolment *enrolment,
              gint64               now,
              GError             **error)
{
  DureStorageSqlite *self = DURE_STORAGE_SQLITE (storage);

  if (!dure_database_exec (self->accounts, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (add_next (self, enrolment, token_hash, next_hash, now, error)
      && dure_database_exec (self->accounts, "COMMIT", error))
    return TRUE;
  dure_database_exec (self->accounts, "ROLLBACK", NULL);
  return FALSE;
}

void
dure_storage_sqlite_override_tokens (DureStorageClass *klass)
{
  klass->add_enrolment = add_enrolment;
  klass->find_enrolment = find_enrolment;
  klass->list_enrolments = list_enrolments;
  klass->use_token = use_token;
  klass->rotate_token = rotate_token;
  klass->revoke = revoke_device;
}
