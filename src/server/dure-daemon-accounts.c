/* dure-daemon-accounts.c: the commands about tenants, accounts, devices, the access log and backups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-daemon-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/dure-error.h"

static int
run_tenant_add (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  g_autoptr (GError) error = NULL;

  return dure_server_add_tenant (server, arguments[0], &error) ? DURE_DAEMON_DONE : dure_daemon_complain (error);
}

static char *
read_password (GError **error)
{
  char line[1024];

  if (fgets (line, sizeof line, stdin) == NULL)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID,
                           _ ("The password is read from standard input; there was none."));
      return NULL;
    }
  line[strcspn (line, "\r\n")] = '\0';
  return g_strdup (line);
}

static int
run_user_add (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *password = NULL;
  DureRole         role;

  if (!dure_role_from_key (options->role != NULL ? options->role : "editor", &role))
    {
      g_printerr ("dured: %s\n", _ ("A role is admin, editor or viewer."));
      return DURE_DAEMON_MISUSED;
    }
  password = read_password (&error);
  if (password == NULL || !dure_server_add_account (server, arguments[0], arguments[1], password, role, &error))
    return dure_daemon_complain (error);
  return DURE_DAEMON_DONE;
}

static gboolean
check_tenant (DureStorage *storage, const char *tenant, GError **error)
{
  if (dure_storage_is_name (tenant) && DURE_STORAGE_GET_CLASS (storage)->has_tenant (storage, tenant))
    return TRUE;
  dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no tenant “%s”."), tenant);
  return FALSE;
}

/* A moment as a column, time of this machine. */
static char *
format_time (gint64 ms)
{
  g_autoptr (GDateTime) time = ms > 0 ? g_date_time_new_from_unix_local (ms / 1000) : NULL;

  return time != NULL ? g_date_time_format (time, "%F %R") : g_strdup ("-");
}

static int
run_device_list (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  DureStorage *storage = dure_server_get_storage (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;

  if (check_tenant (storage, arguments[0], &error))
    list = DURE_STORAGE_GET_CLASS (storage)->list_enrolments (storage, arguments[0], &error);
  if (list == NULL)
    return dure_daemon_complain (error);
  for (guint i = 0; i < list->len; i++)
    {
      const DureEnrolment *enrolment = g_ptr_array_index (list, i);
      g_autofree char     *since = format_time (enrolment->enrolled);
      g_autofree char     *used = format_time (enrolment->used);
      g_autofree char     *until = format_time (dure_server_token_end (server, enrolment));

      g_print ("%s\t%s\t%s\t%s\t%s\t%s\n", enrolment->device, enrolment->user, since, used, until, enrolment->name);
    }
  return DURE_DAEMON_DONE;
}

static int
run_device_revoke (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  DureStorage *storage = dure_server_get_storage (server);
  g_autoptr (GError) error = NULL;
  guint n_revoked = 0;

  if (!check_tenant (storage, arguments[0], &error)
      || !DURE_STORAGE_GET_CLASS (storage)->revoke (storage, arguments[0], arguments[1], &n_revoked, &error))
    return dure_daemon_complain (error);
  if (n_revoked > 0)
    return DURE_DAEMON_DONE;
  dure_set_error (&error, DURE_ERROR_NOT_FOUND, _ ("No device “%s” is enrolled in “%s”."), arguments[1], arguments[0]);
  return dure_daemon_complain (error);
}

static int
run_log_verify (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  DureStorage *storage = dure_server_get_storage (server);
  g_autoptr (GError) error = NULL;
  gint64 n_lines;

  if (!DURE_STORAGE_GET_CLASS (storage)->verify_log (storage, &n_lines, &error))
    return dure_daemon_complain (error);
  g_print (_ ("The access log is unbroken: %u lines.\n"), (guint)n_lines);
  return DURE_DAEMON_DONE;
}

static int
run_init (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *password = read_password (&error);

  if (password == NULL || !dure_server_add_tenant (server, arguments[0], &error)
      || !dure_server_add_account (server, arguments[0], arguments[1], password, DURE_ROLE_ADMIN, &error))
    return dure_daemon_complain (error);
  return DURE_DAEMON_DONE;
}

static int
run_tenant_list (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  DureStorage *storage = dure_server_get_storage (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = DURE_STORAGE_GET_CLASS (storage)->list_tenants (storage, &error);

  if (list == NULL)
    return dure_daemon_complain (error);
  for (guint i = 0; i < list->len; i++)
    g_print ("%s\n", (const char *)list->pdata[i]);
  return DURE_DAEMON_DONE;
}

static int
run_tenant_remove (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  DureStorage *storage = dure_server_get_storage (server);
  g_autoptr (GError) error = NULL;

  if (!check_tenant (storage, arguments[0], &error)
      || !DURE_STORAGE_GET_CLASS (storage)->remove_tenant (storage, arguments[0], &error))
    return dure_daemon_complain (error);
  return DURE_DAEMON_DONE;
}

static int
run_user_list (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  DureStorage *storage = dure_server_get_storage (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;

  if (check_tenant (storage, arguments[0], &error))
    list = DURE_STORAGE_GET_CLASS (storage)->list_accounts (storage, arguments[0], &error);
  if (list == NULL)
    return dure_daemon_complain (error);
  for (guint i = 0; i < list->len; i++)
    {
      const DureAccount *account = list->pdata[i];

      g_print ("%s\t%s\t%s\n", account->user, dure_role_key (account->role), account->locked ? "locked" : "open");
    }
  return DURE_DAEMON_DONE;
}

/* Changes an account that is there; its password stays. */
static int
change_account (DureServer *server, char **arguments, const char *role, int locked)
{
  DureStorage *storage = dure_server_get_storage (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (DureAccount) account = NULL;

  if (check_tenant (storage, arguments[0], &error))
    account = DURE_STORAGE_GET_CLASS (storage)->get_account (storage, arguments[0], arguments[1], &error);
  if (account == NULL)
    return dure_daemon_complain (error);
  if (role != NULL && !dure_role_from_key (role, &account->role))
    {
      g_printerr ("dured: %s\n", _ ("A role is admin, editor or viewer."));
      return DURE_DAEMON_MISUSED;
    }
  if (locked >= 0)
    account->locked = locked;
  if (!DURE_STORAGE_GET_CLASS (storage)->put_account (storage, account, &error))
    return dure_daemon_complain (error);
  return DURE_DAEMON_DONE;
}

static int
run_user_role (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  return change_account (server, arguments, arguments[2], -1);
}

static int
run_user_lock (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  return change_account (server, arguments, NULL, TRUE);
}

static int
run_user_unlock (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  return change_account (server, arguments, NULL, FALSE);
}

static int
run_backup (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  DureStorage *storage = dure_server_get_storage (server);
  g_autoptr (GError) error = NULL;

  if (!DURE_STORAGE_GET_CLASS (storage)->backup (storage, arguments[0], &error))
    return dure_daemon_complain (error);
  return DURE_DAEMON_DONE;
}

const DureDaemonCommand dure_daemon_account_commands[] = {
  { { "init", NULL }, 2, run_init },
  { { "tenant", "add" }, 1, run_tenant_add },
  { { "tenant", "list" }, 0, run_tenant_list },
  { { "tenant", "remove" }, 1, run_tenant_remove },
  { { "user", "add" }, 2, run_user_add },
  { { "user", "list" }, 1, run_user_list },
  { { "user", "role" }, 3, run_user_role },
  { { "user", "lock" }, 2, run_user_lock },
  { { "user", "unlock" }, 2, run_user_unlock },
  { { "device", "list" }, 1, run_device_list },
  { { "device", "revoke" }, 2, run_device_revoke },
  { { "log", "verify" }, 0, run_log_verify },
  { { "backup", NULL }, 1, run_backup },
  { { NULL, NULL }, 0, NULL },
};
