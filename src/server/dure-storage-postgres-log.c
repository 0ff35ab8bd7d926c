/* dure-storage-postgres-log.c: the access log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `log_end` is one row: the number and the hash of the last line. Whoever writes a line locks it until the commit, so
 * that lines of several servers make one chain. Inside a push the line is stored together with the changes.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-storage-postgres-private.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"

/* So many lines are verified at a time. */
#define PART 5000
#define PART_TEXT G_STRINGIFY (PART)

static gboolean
insert_log (DurePostgres *db, const DureAccess *access, GError **error)
{
  char             digits[DURE_POSTGRES_DIGITS];
  g_autofree char *hash = NULL;
  g_autoptr (PGresult) end = dure_postgres_query (db, "UPDATE log_end SET n = n + 1 RETURNING n, hash", NULL, 0, error);

  if (end == NULL)
    return FALSE;
  hash = dure_access_hash (dure_postgres_text (end, 0, 1), access);
  {
    const char *const values[] = { dure_postgres_text (end, 0, 0),
                                   dure_postgres_digits (access->at, digits),
                                   access->tenant,
                                   access->user,
                                   access->device,
                                   access->remote,
                                   access->what,
                                   access->detail,
                                   hash };
    const char *const hashes[] = { hash };

    return dure_postgres_send (db,
                               "INSERT INTO log (n, at, tenant, login, device, remote, what, detail, hash)"
                               " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                               values, G_N_ELEMENTS (values), error)
           && dure_postgres_send (db, "UPDATE log_end SET hash = $1", hashes, 1, error);
  }
}

static gboolean
append_log (DureStorage *storage, const DureAccess *access, GError **error)
{
  DurePostgres *db = DURE_STORAGE_POSTGRES (storage)->db;

  if (dure_postgres_is_in_transaction (db))
    return insert_log (db, access, error);
  if (!dure_postgres_begin (db, error))
    return FALSE;
  if (insert_log (db, access, error) && dure_postgres_commit (db, error))
    return TRUE;
  dure_postgres_rollback (db);
  return FALSE;
}

/* Goes on with the chain; returns how many lines, -1 after an error. */
static int
verify_part (DurePostgres *db, gint64 *number, char **previous, GError **error)
{
  char              digits[DURE_POSTGRES_DIGITS];
  const char *const values[] = { dure_postgres_digits (*number, digits) };
  g_autoptr (PGresult) lines = dure_postgres_query (db,
                                                    "SELECT n, at, tenant, login, device, remote, what, detail, hash"
                                                    " FROM log WHERE n > $1 ORDER BY n LIMIT " PART_TEXT,
                                                    values, 1, error);

  for (int i = 0; lines != NULL && i < PQntuples (lines); i++)
    {
      const DureAccess access = {
        .at = dure_postgres_number (lines, i, 1),
        .tenant = dure_postgres_text (lines, i, 2),
        .user = dure_postgres_text (lines, i, 3),
        .device = dure_postgres_text (lines, i, 4),
        .remote = dure_postgres_text (lines, i, 5),
        .what = dure_postgres_text (lines, i, 6),
        .detail = dure_postgres_text (lines, i, 7),
      };
      char *hash = dure_access_hash (*previous, &access);

      g_free (*previous);
      *previous = hash;
      if (dure_postgres_number (lines, i, 0) != ++*number || g_strcmp0 (hash, dure_postgres_text (lines, i, 8)) != 0)
        {
          dure_set_error (error, DURE_ERROR_DAMAGED, _ ("The access log was changed at line %u."), (guint)*number);
          return -1;
        }
    }
  return lines != NULL ? PQntuples (lines) : -1;
}

static gboolean
verify_log (DureStorage *storage, gint64 *n_lines, GError **error)
{
  DurePostgres    *db = DURE_STORAGE_POSTGRES (storage)->db;
  g_autofree char *previous = g_strdup ("");
  gint64           number = 0;
  int              n;
  g_autoptr (PGresult) end = dure_postgres_query (db, "SELECT n FROM log_end", NULL, 0, error);

  if (end == NULL)
    return FALSE;
  do
    n = verify_part (db, &number, &previous, error);
  while (n == PART);
  if (n < 0)
    return FALSE;
  if (PQntuples (end) != 1 || number < dure_postgres_number (end, 0, 0))
    {
      dure_set_error (error, DURE_ERROR_DAMAGED, _ ("The access log was changed at line %u."), (guint)number + 1);
      return FALSE;
    }
  *n_lines = number;
  return TRUE;
}

void
dure_storage_postgres_override_log (DureStorageClass *klass)
{
  klass->append_log = append_log;
  klass->verify_log = verify_log;
}
