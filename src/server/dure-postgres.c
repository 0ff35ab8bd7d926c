/* dure-postgres.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Statements are prepared once a connection. Inside a transaction libpq's pipeline is on: what is only written travels
 * with the next question, so that a push costs a journey to the database for each thing that it must know and none for
 * what it tells. A broken connection is made anew by the first statement after it that begins something.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-postgres.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"

/* The key of the lock under which tables are made and changed: "dured" in ASCII. */
#define MIGRATION_LOCK "430677091684"
/* After an attempt to connect failed, nobody else waits for one so long. */
#define RECONNECT_AFTER_US (2 * G_USEC_PER_SEC)

struct _DurePostgres
{
  PGconn     *connection; /* (nullable) after it broke */
  char       *address;
  GHashTable *statements; /* static SQL text -> its name at the server */
  gint64      broke;      /* when the last attempt to connect failed, monotonic */
  guint       n_sent;     /* statements in the pipeline whose results are still to come */
  gboolean    in_transaction;
};

static void
ignore_notice (void *data, const char *message)
{
}

/* libpq writes a line for each address that it tried, and indents its guesses. */
static char *
one_line (const char *message)
{
  g_auto (GStrv) lines = g_strsplit (message, "\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0' && **line != '\t')
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", *line);
  if (text->len > 0 && text->str[text->len - 1] == '.')
    g_string_truncate (text, text->len - 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_unreachable (PGconn *connection, GError **error)
{
  g_autofree char *message = one_line (PQerrorMessage (connection));

  dure_set_error (error, DURE_ERROR_BUSY, _ ("PostgreSQL cannot be reached: %s."), message);
}

static DureError
kind_of (const char *state)
{
  /* PostgreSQL's manual, appendix A: waited too long for a lock, deadlock, cancelled, shutting down or starting. */
  static const char *const busy[] = { "55P03", "40P01", "40001", "57014", "57P01", "57P03", "53300", "25P03" };

  for (guint i = 0; i < G_N_ELEMENTS (busy); i++)
    if (strcmp (state, busy[i]) == 0)
      return DURE_ERROR_BUSY;
  if (strcmp (state, "53100") == 0)
    return DURE_ERROR_FULL;
  if (g_str_has_prefix (state, "XX0"))
    return DURE_ERROR_DAMAGED;
  return strcmp (state, "23505") == 0 ? DURE_ERROR_EXISTS : DURE_ERROR_FAILED;
}

/* Only the first line of what went wrong: the details show values. */
static gboolean
fail (DurePostgres *self, const PGresult *result, GError **error)
{
  const char      *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char      *primary = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
  g_autofree char *message = NULL;

  if (PQstatus (self->connection) != CONNECTION_OK)
    {
      set_unreachable (self->connection, error);
      return FALSE;
    }
  message = one_line (primary != NULL ? primary : PQresStatus (PQresultStatus (result)));
  dure_set_error (error, state != NULL ? kind_of (state) : DURE_ERROR_FAILED, _ ("PostgreSQL could not do this: %s."),
                  message);
  return FALSE;
}

static gboolean
exec (DurePostgres *self, const char *sql, GError **error)
{
  g_autoptr (PGresult) result = PQexec (self->connection, sql);
  ExecStatusType status = PQresultStatus (result);

  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || fail (self, result, error);
}

/**
 * dure_postgres_connect:
 * @address: what libpq takes: a URI, or keywords and values; it decides about TLS, too
 * @error: return location; says nothing of @address, which may hold a password
 *
 * Whoever waits for a lock gives up after two seconds, as nobody else is answered meanwhile, and a transaction that
 * stands still for a minute is ended by PostgreSQL: a server that hangs does not stop the others.
 *
 * Returns: (transfer full): a connection
 */
PGconn *
dure_postgres_connect (const char *address, GError **error)
{
  const char *const keys[] = { "connect_timeout",
                               "keepalives_idle",
                               "tcp_user_timeout",
                               "fallback_application_name",
                               "dbname",
                               "client_encoding",
                               NULL };
  const char *const values[] = { "10", "30", "30000", "dured", address, "UTF8", NULL };
  PGconn           *connection = PQconnectdbParams (keys, values, 1);
  g_autoptr (PGresult) result = NULL;

  if (PQstatus (connection) != CONNECTION_OK)
    {
      PQconninfoOption *parsed = PQconninfoParse (address, NULL);
      gboolean          wrong = parsed == NULL && (strstr (address, "://") != NULL || strchr (address, '=') != NULL);

      PQconninfoFree (parsed);
      if (wrong)
        g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID,
                             _ ("That is not an address of PostgreSQL; write postgres://USER@HOST/DATABASE."));
      else
        set_unreachable (connection, error);
      PQfinish (connection);
      return NULL;
    }
  PQsetNoticeProcessor (connection, ignore_notice, NULL);
  result = PQexec (connection, "SET search_path = dured; SET lock_timeout = '2s';"
                               "SET idle_in_transaction_session_timeout = '60s'");
  if (PQresultStatus (result) == PGRES_COMMAND_OK)
    return connection;
  set_unreachable (connection, error);
  PQfinish (connection);
  return NULL;
}

/* A schema that an administrator has made for us is taken as it is: then the right to make one is not needed. */
static gboolean
make_schema (DurePostgres *self, GError **error)
{
  g_autoptr (PGresult) result = PQexec (self->connection, "SELECT 1 FROM pg_namespace WHERE nspname = 'dured'");

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    return fail (self, result, error);
  return (PQntuples (result) > 0 || exec (self, "CREATE SCHEMA dured", error))
         && exec (self, "CREATE TABLE IF NOT EXISTS version (version bigint NOT NULL)", error);
}

/* Several servers may start at once: one changes the tables, the others wait and find them changed. */
static gboolean
migrate (DurePostgres *self, const char *const *steps, GError **error)
{
  g_autoptr (PGresult) result = NULL;
  gint64 version, target = 0;

  while (steps[target] != NULL)
    target++;
  if (!exec (self, "BEGIN; SELECT pg_advisory_xact_lock (" MIGRATION_LOCK ")", error) || !make_schema (self, error))
    return FALSE;
  result = PQexec (self->connection, "SELECT coalesce (max (version), 0) FROM version");
  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    return fail (self, result, error);
  version = dure_postgres_number (result, 0, 0);
  if (version > target)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_NEWER,
                           _ ("The server's tables in PostgreSQL were made by a newer program."));
      return FALSE;
    }
  for (; version < target; version++)
    {
      g_autofree char *mark = g_strdup_printf ("INSERT INTO version VALUES (%" G_GINT64_FORMAT ")", version + 1);

      if (!exec (self, steps[version], error) || !exec (self, mark, error))
        return FALSE;
    }
  return exec (self, "COMMIT", error);
}

/**
 * dure_postgres_open:
 * @address: as for dure_postgres_connect()
 * @steps: %NULL-terminated SQL of each version of the tables, which are in the schema `dured`
 * @error: return location
 *
 * Returns: (transfer full): a connection to tables of the last version
 */
DurePostgres *
dure_postgres_open (const char *address, const char *const *steps, GError **error)
{
  g_autoptr (DurePostgres) self = g_new0 (DurePostgres, 1);

  self->address = g_strdup (address);
  self->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
  self->connection = dure_postgres_connect (address, error);
  if (self->connection == NULL || !migrate (self, steps, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
dure_postgres_free (DurePostgres *self)
{
  if (self == NULL)
    return;
  PQfinish (self->connection);
  g_hash_table_unref (self->statements);
  g_free (self->address);
  g_free (self);
}

/** dure_postgres_get_pid: Returns: the process at the database's end, as notifications name it */
int
dure_postgres_get_pid (DurePostgres *self)
{
  return self->connection != NULL ? PQbackendPID (self->connection) : 0;
}

gboolean
dure_postgres_is_in_transaction (DurePostgres *self)
{
  return self->in_transaction;
}

/* Nothing is expected between two statements: what comes is the end, after a last word. */
static gboolean
is_alive (DurePostgres *self)
{
  if (self->connection == NULL)
    return FALSE;
  for (guint i = 0; i < 3 && PQstatus (self->connection) == CONNECTION_OK; i++)
    {
      GPollFD poll = { .fd = PQsocket (self->connection), .events = G_IO_IN };

      if (g_poll (&poll, 1, 0) <= 0)
        return TRUE;
      PQconsumeInput (self->connection);
    }
  return PQstatus (self->connection) == CONNECTION_OK;
}

/* Sees to it that there is a connection where something begins. */
static gboolean
prepare_connection (DurePostgres *self, GError **error)
{
  if (is_alive (self))
    return TRUE;
  if (self->broke != 0 && g_get_monotonic_time () < self->broke + RECONNECT_AFTER_US)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_BUSY, _ ("PostgreSQL cannot be reached."));
      return FALSE;
    }
  if (self->connection != NULL)
    g_warning ("The connection to PostgreSQL broke; it is made anew.");
  g_clear_pointer (&self->connection, PQfinish);
  g_hash_table_remove_all (self->statements);
  self->connection = dure_postgres_connect (self->address, error);
  self->broke = self->connection == NULL ? g_get_monotonic_time () : 0;
  return self->connection != NULL;
}

static gboolean
is_good (ExecStatusType status)
{
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* Waits for the results of all that was sent; gives the last. Errors are the first that happened. */
static PGresult *
collect (DurePostgres *self, GError **error)
{
  g_autoptr (PGresult) last = NULL;
  gboolean good = TRUE;

  PQsendFlushRequest (self->connection);
  if (PQflush (self->connection) < 0)
    {
      set_unreachable (self->connection, error);
      return NULL;
    }
  for (; self->n_sent > 0; self->n_sent--)
    {
      g_clear_pointer (&last, PQclear);
      last = PQgetResult (self->connection);
      if (good && !is_good (PQresultStatus (last)))
        good = fail (self, last, error);
      if (last != NULL)
        PQclear (PQgetResult (self->connection));
    }
  return good ? g_steal_pointer (&last) : NULL;
}

static const char *
prepare (DurePostgres *self, const char *sql, GError **error)
{
  char *name = g_hash_table_lookup (self->statements, sql);
  g_autoptr (PGresult) result = NULL;

  if (name != NULL)
    return name;
  name = g_strdup_printf ("s%u", g_hash_table_size (self->statements));
  if (!self->in_transaction)
    result = PQprepare (self->connection, name, sql, 0, NULL);
  else if (PQsendPrepare (self->connection, name, sql, 0, NULL))
    {
      self->n_sent++;
      result = collect (self, error);
    }
  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    {
      if (error == NULL || *error == NULL)
        fail (self, result, error);
      g_free (name);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer)sql, name);
  return name;
}

/**
 * dure_postgres_send:
 * @sql: a literal: statements are kept by its address
 * @values: what stands for $1, $2…
 *
 * Only inside a transaction: sends a statement and does not wait for its result. If it fails, the next question or
 * the commit does.
 *
 * Returns: whether it is on its way
 */
gboolean
dure_postgres_send (DurePostgres *self, const char *sql, const char *const *values, guint n_values, GError **error)
{
  const char *name = prepare (self, sql, error);

  if (name == NULL)
    return FALSE;
  if (!PQsendQueryPrepared (self->connection, name, (int)n_values, values, NULL, NULL, 0))
    {
      set_unreachable (self->connection, error);
      return FALSE;
    }
  self->n_sent++;
  return TRUE;
}

static PGresult *
query_alone (DurePostgres *self, const char *sql, const char *const *values, guint n_values, GError **error)
{
  g_autoptr (PGresult) result = NULL;
  const char *name;

  if (!prepare_connection (self, error))
    return NULL;
  name = prepare (self, sql, error);
  if (name == NULL)
    return NULL;
  result = PQexecPrepared (self->connection, name, (int)n_values, values, NULL, NULL, 0);
  if (is_good (PQresultStatus (result)))
    return g_steal_pointer (&result);
  fail (self, result, error);
  return NULL;
}

/**
 * dure_postgres_query:
 * @sql: a literal: statements are kept by its address
 * @values: what stands for $1, $2…
 * @error: return location
 *
 * Outside a transaction, what only reads is asked once more when the connection breaks just then.
 *
 * Returns: (transfer full): the rows
 */
PGresult *
dure_postgres_query (DurePostgres *self, const char *sql, const char *const *values, guint n_values, GError **error)
{
  g_autoptr (GError) failure = NULL;
  PGresult *result;

  if (self->in_transaction)
    return dure_postgres_send (self, sql, values, n_values, error) ? collect (self, error) : NULL;
  result = query_alone (self, sql, values, n_values, &failure);
  if (result == NULL && self->connection != NULL && PQstatus (self->connection) != CONNECTION_OK
      && g_str_has_prefix (sql, "SELECT "))
    {
      g_clear_error (&failure);
      result = query_alone (self, sql, values, n_values, &failure);
    }
  if (result == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return result;
}

/** dure_postgres_run: a statement that returns nothing; @n_rows (nullable) says how many rows it wrote. */
gboolean
dure_postgres_run (
    DurePostgres *self, const char *sql, const char *const *values, guint n_values, guint *n_rows, GError **error)
{
  g_autoptr (PGresult) result = dure_postgres_query (self, sql, values, n_values, error);

  if (result == NULL)
    return FALSE;
  if (n_rows != NULL)
    *n_rows = (guint)g_ascii_strtoull (PQcmdTuples (result), NULL, 10);
  return TRUE;
}

/** dure_postgres_begin: begins a transaction, together with the first question. */
gboolean
dure_postgres_begin (DurePostgres *self, GError **error)
{
  if (!prepare_connection (self, error))
    return FALSE;
  if (!PQenterPipelineMode (self->connection))
    {
      set_unreachable (self->connection, error);
      return FALSE;
    }
  self->in_transaction = TRUE;
  if (dure_postgres_send (self, "BEGIN ISOLATION LEVEL READ COMMITTED", NULL, 0, error))
    return TRUE;
  dure_postgres_rollback (self);
  return FALSE;
}

/* Whatever is still in the pipeline is read and forgotten. */
static void
end_pipeline (DurePostgres *self)
{
  gboolean ended = !PQpipelineSync (self->connection);

  while (!ended && PQstatus (self->connection) == CONNECTION_OK)
    {
      g_autoptr (PGresult) result = PQgetResult (self->connection);

      ended = PQresultStatus (result) == PGRES_PIPELINE_SYNC;
    }
  PQexitPipelineMode (self->connection);
  self->n_sent = 0;
  self->in_transaction = FALSE;
}

/** dure_postgres_commit: Returns: whether all of the transaction is stored; otherwise dure_postgres_rollback() follows
 */
gboolean
dure_postgres_commit (DurePostgres *self, GError **error)
{
  g_autoptr (PGresult) result = dure_postgres_query (self, "COMMIT", NULL, 0, error);

  if (result == NULL)
    return FALSE;
  /* A transaction that had failed is undone without an error. */
  if (strcmp (PQcmdStatus (result), "COMMIT") != 0)
    {
      dure_set_error (error, DURE_ERROR_FAILED, _ ("PostgreSQL could not do this: %s."), PQcmdStatus (result));
      return FALSE;
    }
  end_pipeline (self);
  return TRUE;
}

/** dure_postgres_rollback: ends a transaction without it; nothing happens when there is none. */
void
dure_postgres_rollback (DurePostgres *self)
{
  if (!self->in_transaction)
    return;
  end_pipeline (self);
  if (PQstatus (self->connection) == CONNECTION_OK && PQtransactionStatus (self->connection) != PQTRANS_IDLE)
    PQclear (PQexec (self->connection, "ROLLBACK"));
}

/** dure_postgres_text: Returns: (nullable): a value, as long as @result is there */
const char *
dure_postgres_text (const PGresult *result, int row, int column)
{
  return PQgetisnull (result, row, column) ? NULL : PQgetvalue (result, row, column);
}

gint64
dure_postgres_number (const PGresult *result, int row, int column)
{
  return g_ascii_strtoll (PQgetvalue (result, row, column), NULL, 10);
}

/** dure_postgres_digits: Returns: (transfer none): @number written into @digits */
const char *
dure_postgres_digits (gint64 number, char digits[DURE_POSTGRES_DIGITS])
{
  g_snprintf (digits, DURE_POSTGRES_DIGITS, "%" G_GINT64_FORMAT, number);
  return digits;
}

/** dure_postgres_bytes: (transfer full): bytes as PostgreSQL reads them in a text. */
char *
dure_postgres_bytes (gconstpointer bytes, gsize length)
{
  static const char digits[] = "0123456789abcdef";
  const guchar     *from = bytes;
  char             *hex = g_malloc (length * 2 + 3);

  hex[0] = '\\';
  hex[1] = 'x';
  for (gsize i = 0; i < length; i++)
    {
      hex[2 + i * 2] = digits[from[i] >> 4];
      hex[3 + i * 2] = digits[from[i] & 15];
    }
  hex[2 + length * 2] = '\0';
  return hex;
}
