/* dure-daemon-age.c: what `dured serve` does once a day, and the command `fold`
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "server/dure-daemon-private.h"
#include "server/dure-server-fold.h"

#define DAY_MS (24 * 3600 * 1000)
/* Between two pieces others have their turn. */
#define PAUSE_MS 20

/* The first fold begins so long after the start: restarts are when all devices come at once. */
#define FIRST_MS (5 * 60 * 1000)

struct _DureDaemonAge
{
  DureServer *server;
  guint       days;
  GPtrArray  *tenants; /* whose turn is still to come; the last is next */
  DureFold   *fold;
  guint       source;
};

static gboolean start_cb (gpointer data);

static void
wait (DureDaemonAge *self, guint milliseconds, GSourceFunc func)
{
  self->source = g_timeout_add_full (G_PRIORITY_LOW, milliseconds, func, self, NULL);
}

static gboolean
piece_cb (gpointer data)
{
  DureDaemonAge *self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  self->source = 0;
  if (self->fold == NULL && self->tenants->len == 0)
    {
      wait (self, DAY_MS, start_cb);
      return G_SOURCE_REMOVE;
    }
  if (self->fold == NULL)
    {
      self->fold = dure_fold_new (g_ptr_array_index (self->tenants, self->tenants->len - 1), self->days);
      g_ptr_array_set_size (self->tenants, (gint)self->tenants->len - 1);
    }
  if (!dure_server_fold (self->server, self->fold, &done, &error))
    {
      g_warning ("fold: %s", error->message);
      done = TRUE;
    }
  if (done)
    g_clear_pointer (&self->fold, dure_fold_free);
  wait (self, PAUSE_MS, piece_cb);
  return G_SOURCE_REMOVE;
}

static gboolean
start_cb (gpointer data)
{
  DureDaemonAge *self = data;
  DureStorage   *storage = dure_server_get_storage (self->server);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->tenants, g_ptr_array_unref);
  self->tenants = DURE_STORAGE_GET_CLASS (storage)->list_tenants (storage, &error);
  if (self->tenants == NULL)
    {
      g_warning ("fold: %s", error->message);
      self->tenants = g_ptr_array_new ();
    }
  wait (self, PAUSE_MS, piece_cb);
  return G_SOURCE_REMOVE;
}

/** dure_daemon_age_new: folds what is older than @days, once a day, while @server serves. */
DureDaemonAge *
dure_daemon_age_new (DureServer *server, guint days)
{
  DureDaemonAge *self = g_new0 (DureDaemonAge, 1);

  self->server = server;
  self->days = days > 0 ? days : DURE_KEEP_DAYS;
  wait (self, FIRST_MS, start_cb);
  return self;
}

void
dure_daemon_age_free (DureDaemonAge *self)
{
  g_source_remove (self->source);
  g_clear_pointer (&self->tenants, g_ptr_array_unref);
  dure_fold_free (self->fold);
  g_free (self);
}

static int
run_fold (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  DureStorage *storage = dure_server_get_storage (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tenants = DURE_STORAGE_GET_CLASS (storage)->list_tenants (storage, &error);
  guint days = options->config.keep_days > 0 ? options->config.keep_days : DURE_KEEP_DAYS;

  if (tenants == NULL)
    return dure_daemon_complain (error);
  if (options->days >= 0)
    days = (guint)options->days;
  for (guint i = 0; i < tenants->len; i++)
    {
      const char *tenant = g_ptr_array_index (tenants, i);
      g_autoptr (DureFold) fold = dure_fold_new (tenant, days);
      guint    changes, records;
      gboolean done = FALSE;

      while (!done)
        if (!dure_server_fold (server, fold, &done, &error))
          return dure_daemon_complain (error);
      dure_fold_get_counts (fold, &changes, &records);
      g_print (_ ("%s: %u changes folded, %u deleted records ended\n"), tenant, changes, records);
    }
  return DURE_DAEMON_DONE;
}

const DureDaemonCommand dure_daemon_age_commands[] = {
  { { "fold", NULL }, 0, run_fold },
  { { NULL, NULL }, 0, NULL },
};
