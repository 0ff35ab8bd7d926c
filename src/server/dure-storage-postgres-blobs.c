/* dure-storage-postgres-blobs.c: one tenant's blobs, in pieces
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Several servers may take pieces of one blob: the row of the blob says how much there is, and only who finds just that
 * much adds the next piece.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-storage-postgres-private.h"

#include <string.h>

static DurePostgres *
db_of (DureStorage *storage)
{
  return DURE_STORAGE_POSTGRES (storage)->db;
}

static void
read_blob (const PGresult *rows, int row, DureStoredBlob *blob)
{
  const char *state = dure_postgres_text (rows, row, 4);
  size_t      length = 0;
  guchar     *bytes = state != NULL ? PQunescapeBytea ((const guchar *)state, &length) : NULL;

  memset (blob, 0, sizeof *blob);
  blob->size = dure_postgres_number (rows, row, 1);
  blob->got = dure_postgres_number (rows, row, 2);
  blob->at = dure_postgres_number (rows, row, 3);
  if (bytes != NULL && length <= DURE_BLOB_STATE_MOST)
    {
      memcpy (blob->state, bytes, length);
      blob->state_length = length;
    }
  PQfreemem (bytes);
}

static gboolean
get_blob (
    DureStorage *storage, const char *tenant, const char *sha256, DureStoredBlob *blob, gboolean *found, GError **error)
{
  const char *const values[] = { tenant, sha256 };
  g_autoptr (PGresult) row = dure_postgres_query (
      db_of (storage), "SELECT sha256, size, got, at, state FROM blob WHERE tenant = $1 AND sha256 = $2", values, 2,
      error);

  *found = row != NULL && PQntuples (row) == 1;
  if (*found)
    read_blob (row, 0, blob);
  return row != NULL;
}

/* Notes how much there is then; no row is written when something else is there. */
static gboolean
advance (DurePostgres         *db,
         const char           *tenant,
         const char           *sha256,
         gint64                at,
         const DureStoredBlob *blob,
         gboolean             *stored,
         GError              **error)
{
  char              size[DURE_POSTGRES_DIGITS], got[DURE_POSTGRES_DIGITS], now[DURE_POSTGRES_DIGITS],
      before[DURE_POSTGRES_DIGITS];
  g_autofree char  *state = dure_postgres_bytes (blob->state, blob->state_length);
  const char *const values[] = { tenant,
                                 sha256,
                                 dure_postgres_digits (blob->size, size),
                                 dure_postgres_digits (blob->got, got),
                                 dure_postgres_digits (blob->at, now),
                                 state,
                                 dure_postgres_digits (at, before) };
  guint             n_rows = 0;

  if (!(at == 0 ? dure_postgres_run (db,
                                     "INSERT INTO blob (tenant, sha256, size, got, at, state)"
                                     " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant, sha256) DO NOTHING",
                                     values, 6, &n_rows, error)
                : dure_postgres_run (db,
                                     "UPDATE blob SET got = $4, at = $5, state = $6"
                                     " WHERE tenant = $1 AND sha256 = $2 AND size = $3 AND got = $7",
                                     values, 7, &n_rows, error)))
    return FALSE;
  *stored = n_rows == 1;
  return TRUE;
}

static gboolean
insert_piece (DurePostgres *db, const char *tenant, const char *sha256, gint64 at, GBytes *bytes, GError **error)
{
  char              place[DURE_POSTGRES_DIGITS];
  g_autofree char  *hex = dure_postgres_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const char *const values[] = { tenant, sha256, dure_postgres_digits (at, place), hex };

  return dure_postgres_run (db, "INSERT INTO piece (tenant, sha256, at, bytes) VALUES ($1, $2, $3, $4)", values,
                            G_N_ELEMENTS (values), NULL, error);
}

/* Servers that others ask are told when all of a blob is here. */
static gboolean
notify (DurePostgres *db, const char *tenant, const char *sha256, GError **error)
{
  g_autofree char  *said = g_strdup_printf ("%s %s", tenant, sha256);
  const char *const values[] = { said };

  return dure_postgres_send (db, "SELECT pg_notify ('dured', $1)", values, 1, error);
}

static gboolean
add_piece (DureStorage          *storage,
           const char           *tenant,
           const char           *sha256,
           gint64                at,
           GBytes               *bytes,
           const DureStoredBlob *blob,
           gboolean             *stored,
           GError              **error)
{
  DurePostgres *db = db_of (storage);

  *stored = FALSE;
  if (!dure_postgres_begin (db, error))
    return FALSE;
  if (advance (db, tenant, sha256, at, blob, stored, error)
      && (!*stored || insert_piece (db, tenant, sha256, at, bytes, error))
      && (!*stored || blob->got < blob->size || notify (db, tenant, sha256, error)) && dure_postgres_commit (db, error))
    return TRUE;
  dure_postgres_rollback (db);
  return FALSE;
}

static gboolean
read_piece (DureStorage *storage, const char *tenant, const char *sha256, gint64 at, GString *out, GError **error)
{
  char              place[DURE_POSTGRES_DIGITS];
  const char *const values[] = { tenant, sha256, dure_postgres_digits (at, place) };
  g_autoptr (PGresult) row = dure_postgres_query (
      db_of (storage),
      "SELECT substring (bytes FROM ($3::bigint - at)::int + 1) FROM piece WHERE tenant = $1 AND sha256 = $2"
      " AND at <= $3::bigint ORDER BY at DESC LIMIT 1",
      values, G_N_ELEMENTS (values), error);
  size_t  length = 0;
  guchar *bytes;

  if (row == NULL)
    return FALSE;
  if (PQntuples (row) == 0)
    return TRUE;
  bytes = PQunescapeBytea ((const guchar *)PQgetvalue (row, 0, 0), &length);
  if (bytes != NULL)
    g_string_append_len (out, (const char *)bytes, (gssize)length);
  PQfreemem (bytes);
  return TRUE;
}

static gboolean
remove_blob (DureStorage *storage, const char *tenant, const char *sha256, GError **error)
{
  DurePostgres     *db = db_of (storage);
  const char *const values[] = { tenant, sha256 };

  if (!dure_postgres_begin (db, error))
    return FALSE;
  /* The row first: its lock keeps a piece that comes meanwhile out. */
  if (dure_postgres_send (db, "DELETE FROM blob WHERE tenant = $1 AND sha256 = $2", values, 2, error)
      && dure_postgres_send (db, "DELETE FROM piece WHERE tenant = $1 AND sha256 = $2", values, 2, error)
      && dure_postgres_commit (db, error))
    return TRUE;
  dure_postgres_rollback (db);
  return FALSE;
}

static gboolean
list_blobs (DureStorage *storage, const char *tenant, DureBlobFound found, gpointer data, GError **error)
{
  g_autoptr (PGresult) rows = dure_postgres_query (
      db_of (storage), "SELECT sha256, size, got, at, state FROM blob WHERE tenant = $1", &tenant, 1, error);

  for (int i = 0; rows != NULL && i < PQntuples (rows); i++)
    {
      DureStoredBlob blob;

      read_blob (rows, i, &blob);
      found (dure_postgres_text (rows, i, 0), &blob, data);
    }
  return rows != NULL;
}

static gboolean
count_blobs (DureStorage *storage, const char *tenant, gint64 *n, gint64 *bytes, GError **error)
{
  g_autoptr (PGresult) row = dure_postgres_query (
      db_of (storage), "SELECT count (*), coalesce (sum (size), 0)::bigint FROM blob WHERE tenant = $1", &tenant, 1,
      error);

  if (row == NULL)
    return FALSE;
  *n = dure_postgres_number (row, 0, 0);
  *bytes = dure_postgres_number (row, 0, 1);
  return TRUE;
}

static gboolean
read_entity (
    DureStorage *storage, const char *tenant, const char *entity, DureStored stored, gpointer data, GError **error)
{
  const char *const values[] = { tenant, entity };
  g_autoptr (PGresult) rows = dure_postgres_query (
      db_of (storage), "SELECT n, lines FROM record WHERE tenant = $1 AND entity = $2", values, 2, error);

  for (int i = 0; rows != NULL && i < PQntuples (rows); i++)
    stored (dure_postgres_number (rows, i, 0), PQgetvalue (rows, i, 1), (gsize)PQgetlength (rows, i, 1), data);
  return rows != NULL;
}

void
dure_storage_postgres_override_blobs (DureStorageClass *klass)
{
  klass->get_blob = get_blob;
  klass->add_piece = add_piece;
  klass->read_piece = read_piece;
  klass->remove_blob = remove_blob;
  klass->list_blobs = list_blobs;
  klass->count_blobs = count_blobs;
  klass->read_entity = read_entity;
}
