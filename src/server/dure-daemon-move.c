/* dure-daemon-move.c: the commands that take a tenant to another server, and the access log to an auditor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-daemon-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "server/dure-log-file.h"
#include "server/dure-tenant-file.h"

#define DAY_MS (24 * 60 * 60 * 1000)
#define SEOUL_OFFSET_MS (9 * 60 * 60 * 1000)

static gboolean
file_fails (const char *path, GError **error)
{
  dure_set_error (error, DURE_ERROR_FAILED, _ ("“%s” could not be written: %s."), path, g_strerror (errno));
  return FALSE;
}

/* The file is whole or absent. */
static gboolean
export_to_file (DureStorage *storage, const char *tenant, const char *path, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (GOutputStream) stream = NULL;
  int fd;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      dure_set_error (error, DURE_ERROR_EXISTS, _ ("“%s” is there already; nothing is written over."), path);
      return FALSE;
    }
  fd = g_open (part, O_CREAT | O_TRUNC | O_CLOEXEC | O_WRONLY, 0600);
  if (fd < 0)
    return file_fails (part, error);
  stream = g_unix_output_stream_new (fd, FALSE);
  if (dure_tenant_file_write (storage, tenant, stream, error) && (fsync (fd) == 0 || file_fails (part, error))
      && (g_rename (part, path) == 0 || file_fails (path, error)))
    {
      close (fd);
      return TRUE;
    }
  close (fd);
  g_unlink (part);
  return FALSE;
}

static int
run_tenant_export (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  DureStorage *storage = dure_server_get_storage (server);
  const char  *tenant = arguments[0];
  const char  *path = arguments[1];
  g_autoptr (GError) error = NULL;

  if (!dure_storage_is_name (tenant) || !DURE_STORAGE_GET_CLASS (storage)->has_tenant (storage, tenant))
    dure_set_error (&error, DURE_ERROR_NOT_FOUND, _ ("There is no tenant “%s”."), tenant);
  else if (strcmp (path, "-") == 0)
    {
      g_autoptr (GOutputStream) stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);

      dure_tenant_file_write (storage, tenant, stream, &error);
    }
  else
    export_to_file (storage, tenant, path, &error);
  return error == NULL ? DURE_DAEMON_DONE : dure_daemon_complain (error);
}

static int
run_tenant_import (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  DureStorage *storage = dure_server_get_storage (server);
  const char  *path = arguments[1];
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = NULL;

  if (strcmp (path, "-") == 0)
    stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  else
    {
      g_autoptr (GFile) file = g_file_new_for_path (path);

      stream = G_INPUT_STREAM (g_file_read (file, NULL, &error));
    }
  if (stream == NULL || !dure_tenant_file_load (storage, arguments[0], stream, &error))
    return dure_daemon_complain (error);
  return DURE_DAEMON_DONE;
}

static gboolean
take_day (const char *text, int later, gint64 *ms, GError **error)
{
  int day;

  if (text == NULL)
    return TRUE;
  day = dure_day (text);
  if (day == DURE_NO_DAY)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("“%s” is no date; write it as 2026-11-28."), text);
      return FALSE;
    }
  *ms = ((gint64)day + later) * DAY_MS - SEOUL_OFFSET_MS;
  return TRUE;
}

static int
run_log_export (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  DureLogChoice choice = { options->tenant, 0, G_MAXINT64, options->csv };
  g_autoptr (GError) error = NULL;

  if (!take_day (options->from, 0, &choice.from, &error) || !take_day (options->to, 1, &choice.before, &error)
      || !dure_log_file_write (dure_server_get_storage (server), &choice, stdout, &error))
    return dure_daemon_complain (error);
  return DURE_DAEMON_DONE;
}

static int
run_log_verify_file (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  g_autoptr (GError) error = NULL;
  FILE  *in = g_fopen (arguments[0], "re");
  gint64 n_lines, n_gaps;
  gboolean whole;

  if (in == NULL)
    {
      dure_set_error (&error, DURE_ERROR_FAILED, _ ("“%s” cannot be read: %s."), arguments[0], g_strerror (errno));
      return dure_daemon_complain (error);
    }
  whole = dure_log_file_verify (in, &n_lines, &n_gaps, &error);
  fclose (in);
  if (!whole)
    return dure_daemon_complain (error);
  g_print (_ ("Every line is as it was written: %u lines; lines are left out at %u places.\n"), (guint)n_lines,
           (guint)n_gaps);
  return DURE_DAEMON_DONE;
}

const DureDaemonCommand dure_daemon_move_commands[] = {
  { { "tenant", "export" }, 2, run_tenant_export, FALSE },
  { { "tenant", "import" }, 2, run_tenant_import, FALSE },
  { { "log", "export" }, 0, run_log_export, FALSE },
  { { "log", "verify" }, 1, run_log_verify_file, TRUE },
  { { NULL, NULL }, 0, NULL, FALSE },
};
