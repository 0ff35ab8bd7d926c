/* dure-postgres-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A connection of its own waits for notifications on the channel `dured`: a tenant, a space, and its last number; or in
 * place of that the name of a file that is whole now.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-postgres-watch.h"

#include <glib-unix.h>
#include <string.h>

#include "server/dure-postgres.h"

#define FIRST_RETRY_SECONDS 1
#define MOST_RETRY_SECONDS 32
#define SHA256_DIGITS 64

struct _DurePostgresWatch
{
  char             *address;
  DurePostgresHeard heard;
  gpointer          data;
  GMainContext     *context;
  PGconn           *connection; /* (nullable) while there is none */
  GSource          *source;     /* of its socket, or of the time until the next attempt */
  guint             retry_seconds;
  gboolean          missed; /* there was a time without a connection */
};

static void connect_or_wait (DurePostgresWatch *self);

static void
set_source (DurePostgresWatch *self, GSource *source, GSourceFunc callback)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  self->source = source;
  if (source == NULL)
    return;
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, self->context);
}

static gboolean
retry_cb (gpointer data)
{
  connect_or_wait (data);
  return G_SOURCE_REMOVE;
}

static void
retry_later (DurePostgresWatch *self)
{
  set_source (self, NULL, NULL);
  g_clear_pointer (&self->connection, PQfinish);
  self->missed = TRUE;
  set_source (self, g_timeout_source_new_seconds (self->retry_seconds), retry_cb);
  self->retry_seconds = MIN (self->retry_seconds * 2, MOST_RETRY_SECONDS);
}

static void
tell (DurePostgresWatch *self, const PGnotify *notification)
{
  const char      *space = strchr (notification->extra, ' ');
  g_autofree char *tenant = space != NULL ? g_strndup (notification->extra, (gsize)(space - notification->extra)) : NULL;
  gint64           seq;

  if (tenant == NULL)
    return;
  if (strlen (space + 1) == SHA256_DIGITS)
    self->heard (tenant, 0, space + 1, notification->be_pid, self->data);
  else if (g_ascii_string_to_signed (space + 1, 10, 1, G_MAXINT64, &seq, NULL))
    self->heard (tenant, seq, NULL, notification->be_pid, self->data);
}

static void
tell_all (DurePostgresWatch *self)
{
  PGnotify *notification;

  while ((notification = PQnotifies (self->connection)) != NULL)
    {
      tell (self, notification);
      PQfreemem (notification);
    }
}

static gboolean
readable_cb (int fd, GIOCondition condition, gpointer data)
{
  DurePostgresWatch *self = data;
  gboolean           good = PQconsumeInput (self->connection);

  tell_all (self);
  if (good && PQstatus (self->connection) == CONNECTION_OK)
    return G_SOURCE_CONTINUE;
  g_warning ("The connection on which PostgreSQL tells what other servers store broke; it is made anew.");
  retry_later (self);
  return G_SOURCE_REMOVE;
}

/* What came while nobody listened is told now. */
static gboolean
catch_up (DurePostgresWatch *self)
{
  g_autoptr (PGresult) result
      = PQexec (self->connection, "SELECT name, (SELECT max (seq) FROM change WHERE tenant = name)"
                                  " FROM tenant");

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    return FALSE;
  for (int i = 0; i < PQntuples (result); i++)
    if (!PQgetisnull (result, i, 1))
      self->heard (dure_postgres_text (result, i, 0), dure_postgres_number (result, i, 1), NULL, 0,
                   self->data);
  return TRUE;
}

static gboolean
start_listening (DurePostgresWatch *self)
{
  g_autoptr (PGresult) result = PQexec (self->connection, "LISTEN dured");

  return PQresultStatus (result) == PGRES_COMMAND_OK && (!self->missed || catch_up (self));
}

static void
connect_or_wait (DurePostgresWatch *self)
{
  g_autoptr (GError) error = NULL;

  self->connection = dure_postgres_connect (self->address, &error);
  if (self->connection == NULL || !start_listening (self))
    {
      retry_later (self);
      return;
    }
  self->missed = FALSE;
  self->retry_seconds = FIRST_RETRY_SECONDS;
  set_source (self, g_unix_fd_source_new (PQsocket (self->connection), G_IO_IN | G_IO_HUP | G_IO_ERR),
              G_SOURCE_FUNC (readable_cb));
  /* What came with the answers above wakes nobody. */
  tell_all (self);
}

/**
 * dure_postgres_watch_new:
 * @address: as for dure_postgres_connect()
 * @heard: called in the caller's thread-default main context
 *
 * A connection that breaks is made anew after a second, then after two, four, and at most every half minute; after
 * that @heard is called for each tenant that has changes.
 *
 * Returns: (transfer full): a watch
 */
DurePostgresWatch *
dure_postgres_watch_new (const char *address, DurePostgresHeard heard, gpointer data)
{
  DurePostgresWatch *self = g_new0 (DurePostgresWatch, 1);

  self->address = g_strdup (address);
  self->heard = heard;
  self->data = data;
  self->context = g_main_context_ref_thread_default ();
  self->retry_seconds = FIRST_RETRY_SECONDS;
  connect_or_wait (self);
  return self;
}

void
dure_postgres_watch_free (DurePostgresWatch *self)
{
  if (self == NULL)
    return;
  set_source (self, NULL, NULL);
  PQfinish (self->connection);
  g_main_context_unref (self->context);
  g_free (self->address);
  g_free (self);
}
