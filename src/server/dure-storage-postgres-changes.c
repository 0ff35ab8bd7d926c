/* dure-storage-postgres-changes.c: one tenant's changes and what stands of its records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A transaction locks the row of its tenant first and keeps it until the commit. So numbers are given out and become
 * visible in one order, also to those who only read: nobody sees a number before all that are smaller. The commit tells
 * the other servers.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-storage-postgres-private.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"

static gboolean
no_tenant (const char *tenant, GError **error)
{
  dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no tenant “%s”."), tenant);
  return FALSE;
}

static DurePostgres *
db_of (DureStorage *storage)
{
  return DURE_STORAGE_POSTGRES (storage)->db;
}

static gboolean
lock_tenant (DureStorage *storage, const char *tenant, GError **error)
{
  g_autoptr (PGresult) rows = dure_postgres_query (
      db_of (storage), "SELECT 1 FROM tenant WHERE name = $1 FOR NO KEY UPDATE", &tenant, 1, error);

  return rows != NULL && (PQntuples (rows) == 1 || no_tenant (tenant, error));
}

static gboolean
look_ahead (DureStorage *storage, const char *tenant, GPtrArray *changes, GError **error)
{
  return dure_postgres_ahead_look (DURE_STORAGE_POSTGRES (storage), tenant, changes, error);
}

static void
rollback (DureStorage *storage, const char *tenant)
{
  g_clear_pointer (&DURE_STORAGE_POSTGRES (storage)->ahead, dure_postgres_ahead_free);
  dure_postgres_rollback (db_of (storage));
}

static gboolean
begin (DureStorage *storage, const char *tenant, GError **error)
{
  g_clear_pointer (&DURE_STORAGE_POSTGRES (storage)->ahead, dure_postgres_ahead_free);
  DURE_STORAGE_POSTGRES (storage)->appended = 0;
  if (!dure_postgres_begin (db_of (storage), error))
    return FALSE;
  if (lock_tenant (storage, tenant, error))
    return TRUE;
  rollback (storage, tenant);
  return FALSE;
}

static gboolean
commit (DureStorage *storage, const char *tenant, GError **error)
{
  DureStoragePostgres *self = DURE_STORAGE_POSTGRES (storage);

  g_clear_pointer (&self->ahead, dure_postgres_ahead_free);
  if (self->appended > 0)
    {
      g_autofree char  *said = g_strdup_printf ("%s %" G_GINT64_FORMAT, tenant, self->appended);
      const char *const values[] = { said };

      if (!dure_postgres_send (self->db, "SELECT pg_notify ('dured', $1)", values, 1, error))
        return FALSE;
    }
  return dure_postgres_commit (self->db, error);
}

static gboolean
last_seq (DureStorage *storage, const char *tenant, gint64 *seq, gint64 *epoch, GError **error)
{
  g_autoptr (PGresult) row
      = dure_postgres_query (db_of (storage),
                             "SELECT coalesce ((SELECT max (seq) FROM change WHERE tenant = $1), 0), epoch"
                             " FROM tenant WHERE name = $1",
                             &tenant, 1, error);

  if (row == NULL || PQntuples (row) != 1)
    return row != NULL && no_tenant (tenant, error);
  *seq = dure_postgres_number (row, 0, 0);
  *epoch = dure_postgres_number (row, 0, 1);
  return TRUE;
}

/* One text of the first row, or NULL when there is none. */
static gboolean
first_text (
    DureStorage *storage, const char *sql, const char *const *values, guint n_values, char **text, GError **error)
{
  g_autoptr (PGresult) row = dure_postgres_query (db_of (storage), sql, values, n_values, error);

  *text = row != NULL && PQntuples (row) > 0 ? g_strdup (dure_postgres_text (row, 0, 0)) : NULL;
  return row != NULL;
}

static gboolean
last_stamp (DureStorage *storage, const char *tenant, char **stamp, GError **error)
{
  return first_text (storage, "SELECT max (stamp) FROM (SELECT max (stamp) AS stamp FROM change WHERE tenant = $1"
                     " UNION ALL SELECT max (stamp) FROM folded WHERE tenant = $1) AS known",
                     &tenant, 1, stamp, error);
}

static gboolean
has_stamp (DureStorage *storage, const char *tenant, const char *stamp, char **line, GError **error)
{
  const char *const values[] = { tenant, stamp };

  if (dure_postgres_ahead_line (DURE_STORAGE_POSTGRES (storage)->ahead, stamp, line))
    return TRUE;
  return first_text (storage, "SELECT line FROM change WHERE tenant = $1 AND stamp = $2"
                     " UNION ALL SELECT '' FROM folded WHERE tenant = $1 AND stamp = $2",
                     values, 2, line, error);
}

static gboolean
append (DureStorage *storage, const char *tenant, gint64 seq, const char *stamp, const char *line, GError **error)
{
  char              digits[DURE_POSTGRES_DIGITS];
  const char *const values[] = { tenant, dure_postgres_digits (seq, digits), stamp, line };

  DURE_STORAGE_POSTGRES (storage)->appended = seq;
  dure_postgres_ahead_appended (DURE_STORAGE_POSTGRES (storage)->ahead, stamp, line);
  return dure_postgres_send (db_of (storage), "INSERT INTO change (tenant, seq, stamp, line) VALUES ($1, $2, $3, $4)",
                             values, G_N_ELEMENTS (values), error);
}

static gboolean
get_record (DureStorage *storage,
            const char  *tenant,
            const char  *entity,
            const char  *id,
            gint64      *number,
            char       **lines,
            GError     **error)
{
  const char *const values[] = { tenant, id, entity };
  g_autoptr (PGresult) row = NULL;

  *number = 0;
  *lines = NULL;
  if (dure_postgres_ahead_record (DURE_STORAGE_POSTGRES (storage)->ahead, entity, id, number, lines))
    return TRUE;
  row = dure_postgres_query (db_of (storage),
                             "SELECT n, lines FROM record WHERE tenant = $1 AND id = $2 AND entity = $3", values,
                             G_N_ELEMENTS (values), error);
  if (row != NULL && PQntuples (row) > 0)
    {
      *number = dure_postgres_number (row, 0, 0);
      *lines = g_strdup (dure_postgres_text (row, 0, 1));
    }
  return row != NULL;
}

static gboolean
put_record (DureStorage *storage,
            const char  *tenant,
            const char  *entity,
            const char  *id,
            gint64       number,
            const char  *lines,
            GError     **error)
{
  dure_postgres_ahead_put (DURE_STORAGE_POSTGRES (storage)->ahead, entity, id, number, lines);
  if (number != 0)
    {
      char              digits[DURE_POSTGRES_DIGITS];
      const char *const values[] = { tenant, dure_postgres_digits (number, digits), lines };

      return dure_postgres_send (db_of (storage), "UPDATE record SET lines = $3 WHERE tenant = $1 AND n = $2", values,
                                 G_N_ELEMENTS (values), error);
    }
  else
    {
      const char *const values[] = { tenant, entity, id, lines };

      return dure_postgres_send (db_of (storage),
                                 "INSERT INTO record (tenant, n, entity, id, lines)"
                                 " VALUES ($1, (SELECT coalesce (max (n), 0) + 1 FROM record WHERE tenant = $1),"
                                 " $2, $3, $4)",
                                 values, G_N_ELEMENTS (values), error);
    }
}

static gboolean
put_clash (DureStorage *storage,
           const char  *tenant,
           const char  *lost_stamp,
           const char  *field,
           const char  *conflict,
           GError     **error)
{
  const char *const values[] = { tenant, lost_stamp, field, conflict };

  dure_postgres_ahead_clashed (DURE_STORAGE_POSTGRES (storage)->ahead, lost_stamp, field);
  return dure_postgres_send (db_of (storage),
                             "INSERT INTO clash (tenant, lost_stamp, field, conflict) VALUES ($1, $2, $3, $4)"
                             " ON CONFLICT (tenant, lost_stamp, field) DO UPDATE SET conflict = excluded.conflict",
                             values, G_N_ELEMENTS (values), error);
}

static gboolean
take_clash (DureStorage *storage,
            const char  *tenant,
            const char  *lost_stamp,
            const char  *field,
            char       **conflict,
            GError     **error)
{
  const char *const values[] = { tenant, lost_stamp, field };

  *conflict = NULL;
  if (dure_postgres_ahead_no_clash (DURE_STORAGE_POSTGRES (storage)->ahead, lost_stamp, field))
    return TRUE;
  return first_text (storage,
                     "DELETE FROM clash WHERE tenant = $1 AND lost_stamp = $2 AND field = $3 RETURNING conflict",
                     values, G_N_ELEMENTS (values), conflict, error);
}

/* Rows of number and text after a number. */
static gboolean
read_rows (DureStorage *storage,
           const char  *tenant,
           const char  *sql,
           gint64       after,
           guint        limit,
           DureStored   stored,
           gpointer     data,
           GError     **error)
{
  char              first[DURE_POSTGRES_DIGITS], most[DURE_POSTGRES_DIGITS];
  const char *const values[] = { tenant, dure_postgres_digits (after, first), dure_postgres_digits (limit, most) };
  g_autoptr (PGresult) rows = dure_postgres_query (db_of (storage), sql, values, G_N_ELEMENTS (values), error);

  for (int i = 0; rows != NULL && i < PQntuples (rows); i++)
    stored (dure_postgres_number (rows, i, 0), PQgetvalue (rows, i, 1), (gsize)PQgetlength (rows, i, 1), data);
  return rows != NULL;
}

static gboolean
read_changes (DureStorage *storage,
              const char  *tenant,
              gint64       after,
              guint        limit,
              DureStored   stored,
              gpointer     data,
              GError     **error)
{
  return read_rows (storage, tenant,
                    "SELECT seq, line FROM change WHERE tenant = $1 AND seq > $2 ORDER BY seq LIMIT $3", after, limit,
                    stored, data, error);
}

static gboolean
read_records (DureStorage *storage,
              const char  *tenant,
              gint64       after,
              guint        limit,
              DureStored   stored,
              gpointer     data,
              GError     **error)
{
  return read_rows (storage, tenant, "SELECT n, lines FROM record WHERE tenant = $1 AND n > $2 ORDER BY n LIMIT $3",
                    after, limit, stored, data, error);
}

static gboolean
count_records (DureStorage *storage, const char *tenant, gint64 after, gint64 *count, GError **error)
{
  char              digits[DURE_POSTGRES_DIGITS];
  const char *const values[] = { tenant, dure_postgres_digits (after, digits) };
  g_autoptr (PGresult) row = dure_postgres_query (
      db_of (storage), "SELECT count (*) FROM record WHERE tenant = $1 AND n > $2", values, 2, error);

  if (row == NULL)
    return FALSE;
  *count = dure_postgres_number (row, 0, 0);
  return TRUE;
}

void
dure_storage_postgres_override_changes (DureStorageClass *klass)
{
  klass->begin = begin;
  klass->look_ahead = look_ahead;
  klass->commit = commit;
  klass->rollback = rollback;
  klass->last_seq = last_seq;
  klass->last_stamp = last_stamp;
  klass->has_stamp = has_stamp;
  klass->append = append;
  klass->get_record = get_record;
  klass->put_record = put_record;
  klass->put_clash = put_clash;
  klass->take_clash = take_clash;
  klass->read_changes = read_changes;
  klass->read_records = read_records;
  klass->count_records = count_records;
}
