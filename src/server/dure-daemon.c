/* dure-daemon.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-daemon.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/dure-error.h"
#include "base/dure-i18n.h"
#include "server/dure-listener.h"

enum
{
  DONE = 0,
  COULD_NOT = 1,
  MISUSED = 2,
};

typedef struct
{
  char  *storage;
  char  *listen;
  char  *role;
  char **words;
} Options;

typedef struct
{
  const char *words[2];
  guint       n_words;
  guint       n_arguments;
  int (*run) (DureServer *server, const Options *options, char **arguments);
} Command;

static int
complain (GError *error)
{
  g_printerr ("dured: %s\n", error->message);
  return g_error_matches (error, DURE_ERROR, DURE_ERROR_INVALID) ? MISUSED : COULD_NOT;
}

static gboolean
stop_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

/* HOST:PORT, or [HOST]:PORT for an address of IPv6. */
static gboolean
split_listen (const char *listen, char **host, guint *port)
{
  const char *colon = strrchr (listen, ':');
  guint64     number;

  if (colon == NULL || colon == listen || !g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &number, NULL))
    return FALSE;
  *port = (guint)number;
  if (listen[0] == '[' && colon[-1] == ']')
    *host = g_strndup (listen + 1, (gsize)(colon - listen) - 2);
  else
    *host = g_strndup (listen, (gsize)(colon - listen));
  return TRUE;
}

/* Each device keeps a live channel open. */
static void
allow_many_connections (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

static int
run_serve (DureServer *server, const Options *options, char **arguments)
{
  g_autoptr (DureListener) listener = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;
  g_autofree char *uri = NULL;
  guint            port, on_term, on_int;

  if (!split_listen (options->listen != NULL ? options->listen : "localhost:8470", &host, &port))
    {
      g_printerr ("dured: %s\n", _ ("Write the address as HOST:PORT, for example --listen 0.0.0.0:8470."));
      return MISUSED;
    }
  allow_many_connections ();
  listener = dure_listener_new (server);
  if (!dure_listener_listen (listener, host, port, &error))
    return complain (error);
  on_term = g_unix_signal_add (SIGTERM, stop_cb, loop);
  on_int = g_unix_signal_add (SIGINT, stop_cb, loop);
  uri = dure_listener_get_uri (listener);
  g_print ("listening on %s\n", uri);
  fflush (stdout);
  g_main_loop_run (loop);
  dure_listener_stop (listener);
  /* Answers that were begun go out, but nobody is waited for long. */
  for (guint i = 0; i < 100 && g_main_context_iteration (NULL, FALSE); i++)
    ;
  g_source_remove (on_term);
  g_source_remove (on_int);
  return DONE;
}

static int
run_tenant_add (DureServer *server, const Options *options, char **arguments)
{
  g_autoptr (GError) error = NULL;

  return dure_server_add_tenant (server, arguments[0], &error) ? DONE : complain (error);
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
run_user_add (DureServer *server, const Options *options, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *password = NULL;
  DureRole         role;

  if (!dure_role_from_key (options->role != NULL ? options->role : "editor", &role))
    {
      g_printerr ("dured: %s\n", _ ("A role is admin, editor or viewer."));
      return MISUSED;
    }
  password = read_password (&error);
  if (password == NULL || !dure_server_add_account (server, arguments[0], arguments[1], password, role, &error))
    return complain (error);
  return DONE;
}

static gboolean
check_tenant (DureStorage *storage, const char *tenant, GError **error)
{
  if (dure_storage_is_name (tenant) && DURE_STORAGE_GET_CLASS (storage)->has_tenant (storage, tenant))
    return TRUE;
  dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no tenant “%s”."), tenant);
  return FALSE;
}

static int
run_device_list (DureServer *server, const Options *options, char **arguments)
{
  DureStorage *storage = dure_server_get_storage (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;

  if (check_tenant (storage, arguments[0], &error))
    list = DURE_STORAGE_GET_CLASS (storage)->list_enrolments (storage, arguments[0], &error);
  if (list == NULL)
    return complain (error);
  for (guint i = 0; i < list->len; i++)
    {
      const DureEnrolment *enrolment = g_ptr_array_index (list, i);
      g_autoptr (GDateTime) created = g_date_time_new_from_unix_local (enrolment->created / 1000);
      g_autofree char *day = g_date_time_format (created, "%F %R");

      g_print ("%s\t%s\t%s\t%s\n", enrolment->device, enrolment->user, day, enrolment->name);
    }
  return DONE;
}

static int
run_device_revoke (DureServer *server, const Options *options, char **arguments)
{
  DureStorage *storage = dure_server_get_storage (server);
  g_autoptr (GError) error = NULL;
  guint n_revoked = 0;

  if (!check_tenant (storage, arguments[0], &error)
      || !DURE_STORAGE_GET_CLASS (storage)->revoke (storage, arguments[0], arguments[1], &n_revoked, &error))
    return complain (error);
  if (n_revoked > 0)
    return DONE;
  dure_set_error (&error, DURE_ERROR_NOT_FOUND, _ ("No device “%s” is enrolled in “%s”."), arguments[1], arguments[0]);
  return complain (error);
}

static int
run_log_verify (DureServer *server, const Options *options, char **arguments)
{
  DureStorage *storage = dure_server_get_storage (server);
  g_autoptr (GError) error = NULL;
  gint64 n_lines;

  if (!DURE_STORAGE_GET_CLASS (storage)->verify_log (storage, &n_lines, &error))
    return complain (error);
  g_print (_ ("The access log is unbroken: %u lines.\n"), (guint)n_lines);
  return DONE;
}

static const Command commands[] = {
  { { "serve", NULL }, 1, 0, run_serve },
  { { "tenant", "add" }, 2, 1, run_tenant_add },
  { { "user", "add" }, 2, 2, run_user_add },
  { { "device", "list" }, 2, 1, run_device_list },
  { { "device", "revoke" }, 2, 2, run_device_revoke },
  { { "log", "verify" }, 2, 0, run_log_verify },
};

static const Command *
find_command (char **words)
{
  guint n = words != NULL ? g_strv_length (words) : 0;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (n == commands[i].n_words + commands[i].n_arguments && strcmp (words[0], commands[i].words[0]) == 0
        && (commands[i].n_words == 1 || strcmp (words[1], commands[i].words[1]) == 0))
      return &commands[i];
  return NULL;
}

static int
run_options (const Options *options)
{
  const Command *command = find_command (options->words);
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStorage) storage = NULL;
  g_autoptr (DureServer) server = NULL;

  if (command == NULL)
    {
      g_printerr ("dured: %s\n", _ ("There is no such command, or something is missing. “dured --help” shows them."));
      return MISUSED;
    }
  if (options->storage == NULL)
    {
      g_printerr ("dured: %s\n", _ ("Say where the server keeps things, for example --storage sqlite:/var/lib/dured."));
      return MISUSED;
    }
  storage = dure_storage_open (options->storage, &error);
  if (storage == NULL)
    return complain (error);
  server = dure_server_new (storage);
  return command->run (server, options, options->words + command->n_words);
}

/**
 * dure_daemon_run:
 * @argc: number of words
 * @argv: the command line
 *
 * Returns: 0, 1 when it could not be done, 2 when it was misused
 */
int
dure_daemon_run (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *storage = NULL;
  g_autofree char *listen = NULL;
  g_autofree char *role = NULL;
  g_auto (GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { "storage", 0, 0, G_OPTION_ARG_STRING, &storage, N_ ("Where the server keeps things: sqlite:DIRECTORY"),
      "STORAGE" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &listen, N_ ("Where it listens; port 0 takes a free one"), "HOST:PORT" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, N_ ("What an account may do: admin, editor or viewer"), "ROLE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    { NULL },
  };

  dure_i18n_init ();
  g_set_prgname ("dured");
  context = g_option_context_new (_ ("COMMAND — brings the copies of Dure together"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_description (
      context, _ ("Commands:\n"
                  "  serve                    answer devices until SIGTERM\n"
                  "  tenant add TENANT        make a tenant\n"
                  "  user add TENANT USER     make an account, or give it a new password and role;\n"
                  "                           the password is read from standard input\n"
                  "  device list TENANT       show the devices: number, user, since when, name\n"
                  "  device revoke TENANT DEVICE\n"
                  "                           take a device's token away\n"
                  "  log verify               see whether the access log is unbroken\n"));
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("dured: %s\n", error->message);
      return MISUSED;
    }
  return run_options (&(const Options){ storage, listen, role, words });
}
