/* dure-storage-postgres-tokens.c: devices and their tokens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Several servers may use and rotate tokens of one device at once: the rows are locked in the order in which a token
 * follows another, the newer first.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "server/dure-storage-postgres-private.h"

static DurePostgres *
db_of (DureStorage *storage)
{
  return DURE_STORAGE_POSTGRES (storage)->db;
}

static gboolean
add_enrolment (DureStorage *storage, const char *token_hash, const DureEnrolment *enrolment, GError **error)
{
  char              digits[DURE_POSTGRES_DIGITS];
  const char *const values[]
      = { token_hash,        enrolment->tenant, enrolment->user,
          enrolment->device, enrolment->name,   dure_postgres_digits (enrolment->created, digits) };

  return dure_postgres_run (db_of (storage),
                            "INSERT INTO device (token, tenant, login, device, name, created, enrolled)"
                            " VALUES ($1, $2, $3, $4, $5, $6, $6)",
                            values, G_N_ELEMENTS (values), NULL, error);
}

#define DEVICE_COLUMNS \
  "SELECT d.tenant, d.login, d.device, d.name, d.created, a.role, a.locked, d.revoked, d.rotated, d.enrolled, d.used" \
  " FROM device d JOIN account a USING (tenant, login)"

static gboolean
is_true (const PGresult *rows, int row, int column)
{
  return strcmp (PQgetvalue (rows, row, column), "f") != 0;
}

static DureEnrolment *
read_enrolment (const PGresult *rows, int row)
{
  DureEnrolment *enrolment = g_new0 (DureEnrolment, 1);

  enrolment->tenant = g_strdup (dure_postgres_text (rows, row, 0));
  enrolment->user = g_strdup (dure_postgres_text (rows, row, 1));
  enrolment->device = g_strdup (dure_postgres_text (rows, row, 2));
  enrolment->name = g_strdup (dure_postgres_text (rows, row, 3));
  enrolment->created = dure_postgres_number (rows, row, 4);
  enrolment->role = dure_storage_postgres_role (rows, row, 5);
  enrolment->locked = is_true (rows, row, 6);
  enrolment->state = is_true (rows, row, 7)   ? DURE_TOKEN_REVOKED
                     : is_true (rows, row, 8) ? DURE_TOKEN_ROTATED
                                              : DURE_TOKEN_GOOD;
  enrolment->enrolled = dure_postgres_number (rows, row, 9);
  enrolment->used = dure_postgres_number (rows, row, 10);
  return enrolment;
}

static DureEnrolment *
find_enrolment (DureStorage *storage, const char *token_hash, GError **error)
{
  g_autoptr (PGresult) rows
      = dure_postgres_query (db_of (storage), DEVICE_COLUMNS " WHERE d.token = $1", &token_hash, 1, error);

  if (rows == NULL)
    return NULL;
  if (PQntuples (rows) > 0)
    return read_enrolment (rows, 0);
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DENIED, _ ("This computer is not enrolled."));
  return NULL;
}

/* The token that follows is not listed before it was used. */
static GPtrArray *
list_enrolments (DureStorage *storage, const char *tenant, GError **error)
{
  g_autoptr (PGresult) rows = dure_postgres_query (
      db_of (storage),
      DEVICE_COLUMNS " WHERE d.tenant = $1 AND NOT d.revoked AND NOT d.rotated AND NOT (d.used = 0 AND EXISTS"
                     " (SELECT 1 FROM device o WHERE o.tenant = d.tenant AND o.device = d.device"
                     " AND NOT o.revoked AND NOT o.rotated AND o.used > 0))"
                     " ORDER BY d.login, d.enrolled",
      &tenant, 1, error);
  GPtrArray *list;

  if (rows == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_enrolment_free);
  for (int i = 0; i < PQntuples (rows); i++)
    g_ptr_array_add (list, read_enrolment (rows, i));
  return list;
}

static gboolean
revoke_device (DureStorage *storage, const char *tenant, const char *device, guint *n_revoked, GError **error)
{
  const char *const values[] = { tenant, device };

  return dure_postgres_run (
      db_of (storage),
      "UPDATE device SET revoked = TRUE WHERE tenant = $1 AND device = $2 AND NOT revoked AND NOT rotated", values, 2,
      n_revoked, error);
}

static gboolean
use_first (DurePostgres *db, const DureEnrolment *enrolment, const char *token_hash, gint64 now, GError **error)
{
  char              digits[DURE_POSTGRES_DIGITS];
  const char *const values[]
      = { enrolment->tenant, enrolment->device, token_hash, dure_postgres_digits (now, digits) };

  return dure_postgres_run (db, "UPDATE device SET used = $4 WHERE tenant = $1 AND device = $2 AND token = $3", values, 4,
                            NULL, error)
         && (enrolment->used > 0
             || dure_postgres_run (db,
                                   "UPDATE device SET rotated = TRUE WHERE tenant = $1 AND device = $2 AND token <> $3"
                                   " AND NOT revoked AND NOT rotated",
                                   values, 3, NULL, error));
}

static gboolean
use_token (
    DureStorage *storage, const char *token_hash, const DureEnrolment *enrolment, gint64 now, GError **error)
{
  DurePostgres *db = db_of (storage);

  if (!dure_postgres_begin (db, error))
    return FALSE;
  if (use_first (db, enrolment, token_hash, now, error) && dure_postgres_commit (db, error))
    return TRUE;
  dure_postgres_rollback (db);
  return FALSE;
}

static gboolean
add_next (DurePostgres        *db,
          const DureEnrolment *enrolment,
          const char          *token_hash,
          const char          *next_hash,
          gint64               now,
          GError             **error)
{
  char              digits[DURE_POSTGRES_DIGITS], old_digits[DURE_POSTGRES_DIGITS];
  const char *const others[] = { enrolment->tenant, enrolment->device, token_hash };
  const char *const dead[] = { enrolment->tenant, enrolment->device, token_hash,
                               dure_postgres_digits (now - DURE_STORAGE_KEEP_TOKENS_MS, old_digits) };
  const char *const next[] = { next_hash, enrolment->tenant, token_hash, dure_postgres_digits (now, digits) };

  guint             n_rows;

  if (!dure_postgres_run (db,
                          "UPDATE device SET revoked = TRUE WHERE tenant = $1 AND device = $2 AND token <> $3"
                          " AND NOT revoked AND NOT rotated AND used = 0",
                          others, G_N_ELEMENTS (others), NULL, error)
      || !dure_postgres_run (db,
                             "DELETE FROM device WHERE tenant = $1 AND device = $2 AND token <> $3"
                             " AND (revoked OR rotated) AND created < $4",
                             dead, G_N_ELEMENTS (dead), NULL, error)
      || !dure_postgres_run (db,
                             "INSERT INTO device (token, tenant, login, device, name, created, enrolled)"
                             " SELECT $1, tenant, login, device, name, $4, enrolled FROM device"
                             " WHERE tenant = $2 AND token = $3 AND NOT revoked AND NOT rotated FOR UPDATE",
                             next, G_N_ELEMENTS (next), &n_rows, error))
    return FALSE;
  if (n_rows == 1)
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
  DurePostgres *db = db_of (storage);

  if (!dure_postgres_begin (db, error))
    return FALSE;
  if (add_next (db, enrolment, token_hash, next_hash, now, error) && dure_postgres_commit (db, error))
    return TRUE;
  dure_postgres_rollback (db);
  return FALSE;
}

void
dure_storage_postgres_override_tokens (DureStorageClass *klass)
{
  klass->add_enrolment = add_enrolment;
  klass->find_enrolment = find_enrolment;
  klass->list_enrolments = list_enrolments;
  klass->use_token = use_token;
  klass->rotate_token = rotate_token;
  klass->revoke = revoke_device;
}
