/* dure-storage-postgres.c: tenants, accounts, what bundles need
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables are those of the SQLite back end, with the tenant as the first column of each key, so that they may also
 * be spread over several machines by it. Texts are compared by their bytes, whatever language the database speaks.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-storage-postgres.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "server/dure-storage-postgres-private.h"

#define KEY "text COLLATE \"C\" NOT NULL"

G_DEFINE_FINAL_TYPE (DureStoragePostgres, dure_storage_postgres, DURE_TYPE_STORAGE)

static const char *const steps[] = {
  "CREATE TABLE tenant (name " KEY " PRIMARY KEY, created bigint NOT NULL, epoch bigint NOT NULL DEFAULT 1);"
  "CREATE TABLE account (tenant " KEY " REFERENCES tenant (name), login " KEY ", hash text NOT NULL,"
  " role text NOT NULL, locked boolean NOT NULL DEFAULT FALSE, PRIMARY KEY (tenant, login));"
  "CREATE TABLE device (tenant " KEY ", token " KEY ", login " KEY ", device " KEY ", name text NOT NULL,"
  " created bigint NOT NULL, revoked boolean NOT NULL DEFAULT FALSE, PRIMARY KEY (tenant, token),"
  " FOREIGN KEY (tenant, login) REFERENCES account (tenant, login));"
  "CREATE INDEX device_of ON device (tenant, device);"
  "CREATE INDEX device_by_token ON device (token);"
  "CREATE TABLE change (tenant " KEY ", seq bigint NOT NULL, stamp " KEY ", line text NOT NULL,"
  " PRIMARY KEY (tenant, seq), UNIQUE (tenant, stamp));"
  "CREATE TABLE record (tenant " KEY ", n bigint NOT NULL, entity " KEY ", id " KEY ", lines text NOT NULL,"
  " PRIMARY KEY (tenant, n), UNIQUE (tenant, id, entity));"
  "CREATE TABLE clash (tenant " KEY ", lost_stamp " KEY ", field " KEY ", conflict text NOT NULL,"
  " PRIMARY KEY (tenant, lost_stamp, field));"
  "CREATE TABLE bundle (tenant " KEY ", device " KEY ", state text NOT NULL, PRIMARY KEY (tenant, device));"
  "CREATE TABLE log (n bigint PRIMARY KEY, at bigint NOT NULL, tenant text, login text, device text, remote text,"
  " what text NOT NULL, detail text, hash text NOT NULL);"
  "CREATE TABLE log_end (n bigint NOT NULL, hash text NOT NULL);"
  "INSERT INTO log_end VALUES (0, '');"
  "CREATE FUNCTION log_stays () RETURNS trigger LANGUAGE plpgsql AS"
  " $$ BEGIN RAISE EXCEPTION 'the access log is append-only'; END $$;"
  "CREATE TRIGGER log_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON log EXECUTE FUNCTION log_stays ();",
  "CREATE TABLE blob (tenant " KEY " REFERENCES tenant (name), sha256 " KEY ", size bigint NOT NULL, got bigint NOT NULL, at bigint NOT NULL,"
  " state bytea, PRIMARY KEY (tenant, sha256));"
  "CREATE TABLE piece (tenant " KEY ", sha256 " KEY ", at bigint NOT NULL, bytes bytea NOT NULL,"
  " PRIMARY KEY (tenant, sha256, at));"
  "ALTER TABLE piece ALTER COLUMN bytes SET STORAGE EXTERNAL;",
  /* A token is good for so long from the day on which it was given; those of before are given today. */
  "ALTER TABLE device ADD COLUMN enrolled bigint NOT NULL DEFAULT 0, ADD COLUMN used bigint NOT NULL DEFAULT 0,"
  " ADD COLUMN rotated boolean NOT NULL DEFAULT FALSE;"
  "UPDATE device SET enrolled = created, used = created;"
  "UPDATE device SET created = floor (extract (epoch FROM now ())) * 1000 WHERE NOT revoked;",
  "ALTER TABLE tenant ADD COLUMN folded bigint NOT NULL DEFAULT 0;"
  "ALTER TABLE tenant ADD COLUMN marks text NOT NULL DEFAULT '';"
  "CREATE TABLE folded (tenant " KEY ", stamp " KEY ", PRIMARY KEY (tenant, stamp));",
  NULL,
};

static DurePostgres *
db_of (DureStorage *storage)
{
  return DURE_STORAGE_POSTGRES (storage)->db;
}

static gboolean
add_tenant (DureStorage *storage, const char *tenant, GError **error)
{
  char              digits[DURE_POSTGRES_DIGITS];
  const char *const values[] = { tenant, dure_postgres_digits (dure_now_ms (), digits) };
  guint             n_rows;

  if (!dure_storage_is_name (tenant))
    {
      g_set_error_literal (
          error, DURE_ERROR, DURE_ERROR_INVALID,
          _ ("The name of a tenant has lower-case letters, digits and hyphens, and begins with a letter."));
      return FALSE;
    }
  if (!dure_postgres_run (db_of (storage), "INSERT INTO tenant (name, created) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                          values, 2, &n_rows, error))
    return FALSE;
  if (n_rows == 1)
    return TRUE;
  dure_set_error (error, DURE_ERROR_EXISTS, _ ("There is a tenant “%s” already."), tenant);
  return FALSE;
}

static gboolean
has_tenant (DureStorage *storage, const char *tenant)
{
  g_autoptr (PGresult) rows
      = dure_postgres_query (db_of (storage), "SELECT 1 FROM tenant WHERE name = $1", &tenant, 1, NULL);

  return rows != NULL && PQntuples (rows) == 1;
}

static GPtrArray *
list_tenants (DureStorage *storage, GError **error)
{
  g_autoptr (PGresult) rows
      = dure_postgres_query (db_of (storage), "SELECT name FROM tenant ORDER BY name", NULL, 0, error);
  GPtrArray *list;

  if (rows == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < PQntuples (rows); i++)
    g_ptr_array_add (list, g_strdup (dure_postgres_text (rows, i, 0)));
  return list;
}

/* The row is locked as a push locks it: one that is under way ends first. */
static gboolean
remove_all (DurePostgres *db, const char *tenant, GError **error)
{
  g_autoptr (PGresult) row
      = dure_postgres_query (db, "SELECT 1 FROM tenant WHERE name = $1 FOR UPDATE", &tenant, 1, error);

  return row != NULL && dure_postgres_send (db, "DELETE FROM bundle WHERE tenant = $1", &tenant, 1, error)
         && dure_postgres_send (db, "DELETE FROM device WHERE tenant = $1", &tenant, 1, error)
         && dure_postgres_send (db, "DELETE FROM account WHERE tenant = $1", &tenant, 1, error)
         && dure_postgres_send (db, "DELETE FROM piece WHERE tenant = $1", &tenant, 1, error)
         && dure_postgres_send (db, "DELETE FROM blob WHERE tenant = $1", &tenant, 1, error)
         && dure_postgres_send (db, "DELETE FROM clash WHERE tenant = $1", &tenant, 1, error)
         && dure_postgres_send (db, "DELETE FROM record WHERE tenant = $1", &tenant, 1, error)
         && dure_postgres_send (db, "DELETE FROM folded WHERE tenant = $1", &tenant, 1, error)
         && dure_postgres_send (db, "DELETE FROM change WHERE tenant = $1", &tenant, 1, error)
         && dure_postgres_send (db, "DELETE FROM tenant WHERE name = $1", &tenant, 1, error);
}

/* What the access log says of the tenant stays. */
static gboolean
remove_tenant (DureStorage *storage, const char *tenant, GError **error)
{
  DurePostgres *db = db_of (storage);

  if (!dure_postgres_begin (db, error))
    return FALSE;
  if (remove_all (db, tenant, error) && dure_postgres_commit (db, error))
    return TRUE;
  dure_postgres_rollback (db);
  return FALSE;
}

static gboolean
backup (DureStorage *storage, const char *directory, GError **error)
{
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID,
                       _ ("PostgreSQL keeps this storage: copy it with pg_dump, also while the server runs."));
  return FALSE;
}

static gboolean
put_account (DureStorage *storage, const DureAccount *account, GError **error)
{
  const char *const values[]
      = { account->tenant, account->user, account->hash, dure_role_key (account->role), account->locked ? "t" : "f" };

  return dure_postgres_run (
      db_of (storage),
      "INSERT INTO account (tenant, login, hash, role, locked) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (tenant, login) DO UPDATE SET hash = excluded.hash, role = excluded.role, locked = excluded.locked",
      values, G_N_ELEMENTS (values), NULL, error);
}

/* A role that is not known may do the least. */
DureRole
dure_storage_postgres_role (const PGresult *rows, int row, int column)
{
  DureRole role;

  return dure_role_from_key (dure_postgres_text (rows, row, column), &role) ? role : DURE_ROLE_VIEWER;
}

static DureAccount *
read_account (const PGresult *rows, int row)
{
  DureAccount *account = g_new0 (DureAccount, 1);

  account->tenant = g_strdup (dure_postgres_text (rows, row, 0));
  account->user = g_strdup (dure_postgres_text (rows, row, 1));
  account->hash = g_strdup (dure_postgres_text (rows, row, 2));
  account->role = dure_storage_postgres_role (rows, row, 3);
  account->locked = strcmp (PQgetvalue (rows, row, 4), "f") != 0;
  return account;
}

#define ACCOUNT_COLUMNS "SELECT tenant, login, hash, role, locked FROM account"

static DureAccount *
get_account (DureStorage *storage, const char *tenant, const char *user, GError **error)
{
  const char *const values[] = { tenant, user };
  g_autoptr (PGresult) rows
      = dure_postgres_query (db_of (storage), ACCOUNT_COLUMNS " WHERE tenant = $1 AND login = $2", values, 2, error);

  if (rows == NULL)
    return NULL;
  if (PQntuples (rows) == 1)
    return read_account (rows, 0);
  dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no account “%s” in “%s”."), user, tenant);
  return NULL;
}

static GPtrArray *
list_accounts (DureStorage *storage, const char *tenant, GError **error)
{
  g_autoptr (PGresult) rows
      = dure_postgres_query (db_of (storage), ACCOUNT_COLUMNS " WHERE tenant = $1 ORDER BY login", &tenant, 1, error);
  GPtrArray *list;

  if (rows == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_account_free);
  for (int i = 0; i < PQntuples (rows); i++)
    g_ptr_array_add (list, read_account (rows, i));
  return list;
}

static gboolean
get_bundle (DureStorage *storage, const char *tenant, const char *device, char **state, GError **error)
{
  const char *const values[] = { tenant, device };
  g_autoptr (PGresult) row = dure_postgres_query (
      db_of (storage), "SELECT state FROM bundle WHERE tenant = $1 AND device = $2", values, 2, error);

  *state = row != NULL && PQntuples (row) > 0 ? g_strdup (dure_postgres_text (row, 0, 0)) : NULL;
  return row != NULL;
}

static gboolean
put_bundle (DureStorage *storage, const char *tenant, const char *device, const char *state, GError **error)
{
  const char *const values[] = { tenant, device, state };

  return dure_postgres_run (db_of (storage),
                            "INSERT INTO bundle (tenant, device, state) VALUES ($1, $2, $3)"
                            " ON CONFLICT (tenant, device) DO UPDATE SET state = excluded.state",
                            values, G_N_ELEMENTS (values), NULL, error);
}

/* What this server writes it tells itself. */
static void
heard_cb (const char *tenant, gint64 seq, const char *sha256, int pid, gpointer data)
{
  DureStoragePostgres *self = data;

  if (pid != 0 && pid == dure_postgres_get_pid (self->db))
    return;
  if (sha256 != NULL)
    g_signal_emit_by_name (self, "filed", tenant, sha256);
  else
    g_signal_emit_by_name (self, "moved", tenant, seq);
}

static void
watch (DureStorage *storage)
{
  DureStoragePostgres *self = DURE_STORAGE_POSTGRES (storage);

  if (self->watch == NULL)
    self->watch = dure_postgres_watch_new (self->address, heard_cb, self);
}

static void
dure_storage_postgres_finalize (GObject *object)
{
  DureStoragePostgres *self = DURE_STORAGE_POSTGRES (object);

  g_clear_pointer (&self->watch, dure_postgres_watch_free);
  g_clear_pointer (&self->ahead, dure_postgres_ahead_free);
  g_clear_pointer (&self->columns, g_hash_table_unref);
  g_clear_pointer (&self->db, dure_postgres_free);
  g_free (self->address);
  G_OBJECT_CLASS (dure_storage_postgres_parent_class)->finalize (object);
}

static void
dure_storage_postgres_class_init (DureStoragePostgresClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  DureStorageClass *storage_class = DURE_STORAGE_CLASS (klass);

  object_class->finalize = dure_storage_postgres_finalize;
  storage_class->add_tenant = add_tenant;
  storage_class->has_tenant = has_tenant;
  storage_class->list_tenants = list_tenants;
  storage_class->remove_tenant = remove_tenant;
  storage_class->backup = backup;
  storage_class->put_account = put_account;
  storage_class->get_account = get_account;
  storage_class->list_accounts = list_accounts;
  storage_class->get_bundle = get_bundle;
  storage_class->put_bundle = put_bundle;
  storage_class->watch = watch;
  dure_storage_postgres_override_age (storage_class);
  dure_storage_postgres_override_changes (storage_class);
  dure_storage_postgres_override_log (storage_class);
  dure_storage_postgres_override_move (storage_class);
  dure_storage_postgres_override_blobs (storage_class);
  dure_storage_postgres_override_tokens (storage_class);
}

static void
dure_storage_postgres_init (DureStoragePostgres *self)
{
}

/**
 * dure_storage_postgres_open:
 * @address: a URI, or keywords and values, as libpq takes them
 * @error: return location
 *
 * Makes the tables when there are none, and brings those of an older program up to date.
 *
 * Returns: (transfer full): the storage
 */
DureStorage *
dure_storage_postgres_open (const char *address, GError **error)
{
  g_autoptr (DureStoragePostgres) self = g_object_new (DURE_TYPE_STORAGE_POSTGRES, NULL);

  self->address = g_strdup (address);
  self->db = dure_postgres_open (address, steps, error);
  if (self->db == NULL)
    return NULL;
  return DURE_STORAGE (g_steal_pointer (&self));
}
