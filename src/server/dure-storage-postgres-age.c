/* dure-storage-postgres-age.c: what a tenant's tables lose with time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-storage-postgres-private.h"

/* Lines are written here past what the transaction has looked at. */
static void
forget_ahead (DureStorage *storage)
{
  g_clear_pointer (&DURE_STORAGE_POSTGRES (storage)->ahead, dure_postgres_ahead_free);
}

static gboolean
replace_line (DureStorage *storage, const char *tenant, gint64 seq, const char *line, GError **error)
{
  char              digits[DURE_POSTGRES_DIGITS];
  const char *const values[] = { tenant, dure_postgres_digits (seq, digits), line };

  forget_ahead (storage);
  return dure_postgres_send (DURE_STORAGE_POSTGRES (storage)->db,
                             "UPDATE change SET line = $3 WHERE tenant = $1 AND seq = $2", values, 3, error);
}

static gboolean
move_line (DureStorage *storage, const char *tenant, const char *stamp, gint64 seq, const char *line, GError **error)
{
  char              digits[DURE_POSTGRES_DIGITS];
  const char *const values[] = { tenant, stamp, dure_postgres_digits (seq, digits), line };

  DURE_STORAGE_POSTGRES (storage)->appended = seq;
  dure_postgres_ahead_appended (DURE_STORAGE_POSTGRES (storage)->ahead, stamp, line);
  return dure_postgres_send (DURE_STORAGE_POSTGRES (storage)->db,
                             "UPDATE change SET seq = $3, line = $4 WHERE tenant = $1 AND stamp = $2", values,
                             G_N_ELEMENTS (values), error);
}

static gboolean
get_age (DureStorage *storage, const char *tenant, gint64 *folded, char **marks, GError **error)
{
  g_autoptr (PGresult) row = dure_postgres_query (DURE_STORAGE_POSTGRES (storage)->db,
                                                  "SELECT folded, marks FROM tenant WHERE name = $1", &tenant, 1, error);

  *folded = 0;
  *marks = NULL;
  if (row == NULL)
    return FALSE;
  if (PQntuples (row) == 1)
    *folded = dure_postgres_number (row, 0, 0);
  *marks = g_strdup (PQntuples (row) == 1 ? dure_postgres_text (row, 0, 1) : "");
  return TRUE;
}

static gboolean
put_marks (DureStorage *storage, const char *tenant, const char *marks, GError **error)
{
  const char *const values[] = { tenant, marks };

  return dure_postgres_send (DURE_STORAGE_POSTGRES (storage)->db, "UPDATE tenant SET marks = $2 WHERE name = $1", values,
                             2, error);
}

static gboolean
fold (DureStorage *storage, const char *tenant, gint64 up_to, gboolean new_epoch, GError **error)
{
  DurePostgres     *db = DURE_STORAGE_POSTGRES (storage)->db;
  char              digits[DURE_POSTGRES_DIGITS];
  const char *const values[] = { tenant, dure_postgres_digits (up_to, digits) };

  forget_ahead (storage);
  return dure_postgres_send (db,
                             "INSERT INTO folded (tenant, stamp) SELECT tenant, stamp FROM change"
                             " WHERE tenant = $1 AND seq <= $2 ON CONFLICT DO NOTHING",
                             values, 2, error)
         && dure_postgres_send (db, "DELETE FROM change WHERE tenant = $1 AND seq <= $2", values, 2, error)
         && dure_postgres_send (db, "UPDATE tenant SET folded = $2 WHERE name = $1", values, 2, error)
         && (!new_epoch
             || dure_postgres_send (db, "UPDATE tenant SET epoch = epoch + 1 WHERE name = $1", &tenant, 1, error));
}

static gboolean
remove_record (DureStorage *storage, const char *tenant, gint64 number, GError **error)
{
  char              digits[DURE_POSTGRES_DIGITS];
  const char *const values[] = { tenant, dure_postgres_digits (number, digits) };

  forget_ahead (storage);
  return dure_postgres_send (DURE_STORAGE_POSTGRES (storage)->db, "DELETE FROM record WHERE tenant = $1 AND n = $2",
                             values, 2, error);
}

/* The rows that were replaced go with PostgreSQL's own VACUUM. */
static gboolean
leave_scrub (DureStorage *storage, const char *tenant, GError **error)
{
  return TRUE;
}

void
dure_storage_postgres_override_age (DureStorageClass *klass)
{
  klass->replace_line = replace_line;
  klass->move_line = move_line;
  klass->get_age = get_age;
  klass->put_marks = put_marks;
  klass->fold = fold;
  klass->remove_record = remove_record;
  klass->note_scrub = leave_scrub;
  klass->scrub = leave_scrub;
}
