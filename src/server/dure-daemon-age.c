/* dure-daemon-age.c: what `dured serve` does from time to time, and the command `fold`
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On a thread and a storage of its own: a file that somebody has locked, or is large, holds up this and nobody else.
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
#define SWEEP_MS (3600 * 1000)

struct _DureDaemonAge
{
  DureServer   *server; /* used on the thread alone */
  guint         days;
  GPtrArray    *tenants; /* whose turn is still to come; the last is next */
  DureFold     *fold;
  guint         swept; /* tenants */
  GMainContext *context;
  GMainLoop    *loop;
  GThread      *thread;
};

static gboolean start_cb (gpointer data);

static void
wait (DureDaemonAge *self, guint milliseconds, GSourceFunc func)
{
  g_autoptr (GSource) source = g_timeout_source_new (milliseconds);

  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, self->context);
}

static gboolean
piece_cb (gpointer data)
{
  DureDaemonAge *self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

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

/* One tenant an hour, the next the hour after: nothing is urgent about it. */
static gboolean
sweep_cb (gpointer data)
{
  DureDaemonAge *self = data;
  DureStorage   *storage = dure_server_get_storage (self->server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tenants = DURE_STORAGE_GET_CLASS (storage)->list_tenants (storage, &error);
  guint n = 0;

  if (tenants == NULL
      || (tenants->len > 0
          && !dure_server_sweep_blobs (self->server, tenants->pdata[self->swept++ % tenants->len], &n, &error)))
    g_warning ("%s", error->message);
  else if (n > 0)
    g_message ("%u files that nobody needs any more were removed.", n);
  return G_SOURCE_CONTINUE;
}

static gpointer
run (gpointer data)
{
  DureDaemonAge *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/** dure_daemon_age_new: folds what is older than @days, once a day, with @server, which nobody else may use meanwhile. */
DureDaemonAge *
dure_daemon_age_new (DureServer *server, guint days)
{
  DureDaemonAge *self = g_new0 (DureDaemonAge, 1);

  self->server = server;
  self->days = days > 0 ? days : DURE_KEEP_DAYS;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  wait (self, FIRST_MS, start_cb);
  wait (self, SWEEP_MS, sweep_cb);
  self->thread = g_thread_new ("dured-age", run, self);
  return self;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/** dure_daemon_age_free: waits for the piece that is under way. */
void
dure_daemon_age_free (DureDaemonAge *self)
{
  g_autoptr (GSource) quit = g_idle_source_new ();

  g_source_set_callback (quit, quit_cb, self->loop, NULL);
  g_source_attach (quit, self->context);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
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
