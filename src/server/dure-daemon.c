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
#include "server/dure-daemon-private.h"
#include "server/dure-listener.h"

/* So often it is seen to that nothing is left of what was purged. */
#define CLEAN_MS 5000
/* Threads that answer; more of them than cores, because they mostly wait for the disk or the database. */
#define HANDS 4

/** dure_daemon_complain: says what went wrong; Returns: the status to end with */
int
dure_daemon_complain (GError *error)
{
  g_printerr ("dured: %s\n", error->message);
  return g_error_matches (error, DURE_ERROR, DURE_ERROR_INVALID) ? DURE_DAEMON_MISUSED : DURE_DAEMON_FAILED;
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

/* Pushes come first: they are answered before this has its turn. */
static gboolean
clean_cb (gpointer listener)
{
  dure_listener_clean (listener);
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  DureListener           *listener;
  const DureServerConfig *config;
} Reload;

/* A certificate that cannot be read leaves the one that is there. */
static gboolean
reload_cb (gpointer data)
{
  const Reload *reload = data;
  g_autoptr (GError) error = NULL;

  if (reload->config->tls_certificate == NULL)
    return G_SOURCE_CONTINUE;
  if (dure_acceptor_set_certificate (dure_listener_get_acceptor (reload->listener), reload->config->tls_certificate,
                                     reload->config->tls_key, &error))
    g_message ("The certificate was read anew.");
  else
    g_warning ("%s", error->message);
  return G_SOURCE_CONTINUE;
}

/* Of what the settings do not say the usual holds. */
static void
set_pace (DurePace *pace, const DureServerConfig *config)
{
  DurePaceLimits limits = DURE_PACE_LIMITS;

  if (config->silent_seconds > 0)
    limits.begin_ms = 1000 * config->silent_seconds;
  if (config->head_seconds > 0)
    limits.head_ms = 1000 * config->head_seconds;
  if (config->slow_seconds > 0)
    limits.slow_ms = 1000 * config->slow_seconds;
  if (config->least_rate > 0)
    limits.rate = config->least_rate;
  dure_pace_set_limits (pace, &limits);
}

static gboolean
prepare (DureListener *listener, const DureServerConfig *config, GError **error)
{
  DureAcceptor *acceptor = dure_listener_get_acceptor (listener);

  if (config->most_connections > 0)
    dure_acceptor_set_most (acceptor, config->most_connections);
  if (config->silent_seconds > 0)
    dure_acceptor_set_silence (acceptor, config->silent_seconds);
  set_pace (dure_listener_get_pace (listener), config);
  dure_listener_set_metrics (listener, config->metrics);
  if (config->tls_certificate == NULL && config->tls_key == NULL)
    return TRUE;
  if (config->tls_certificate != NULL && config->tls_key != NULL)
    return dure_acceptor_set_certificate (acceptor, config->tls_certificate, config->tls_key, error);
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("TLS takes both a certificate and its key."));
  return FALSE;
}

/* What the settings say of every server of this process. */
static void
set_up (DureServer *server, const DureServerConfig *config)
{
  dure_server_set_blob_limits (server, (gint64)config->most_file * 1024 * 1024,
                               (gint64)config->most_files * 1024 * 1024);
  if (config->token_days > 0)
    dure_server_set_token_days (server, config->token_days);
}

/* So many servers on the same storage, for as many threads. */
static GPtrArray *
hire (const DureServerConfig *config, guint n, GError **error)
{
  g_autoptr (GPtrArray) servers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DureStorage) storage = dure_storage_open (config->storage, error);

      if (storage == NULL)
        return NULL;
      g_ptr_array_add (servers, dure_server_new (storage));
      set_up (g_ptr_array_index (servers, i), config);
    }
  return g_steal_pointer (&servers);
}

/** dure_daemon_serve: the command `serve`: answers devices until SIGTERM. */
int
dure_daemon_serve (DureServer *server, const DureDaemonOptions *options, char **arguments)
{
  const DureServerConfig *config = &options->config;
  g_autoptr (DureListener) listener = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GPtrArray) servers = NULL;
  g_autoptr (GPtrArray) beside = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;
  g_autofree char *uri = NULL;
  DureDaemonAge   *age;
  Reload           reload;
  guint            port, on_term, on_int, on_hup, on_clean;

  if (!split_listen (config->listen != NULL ? config->listen : "127.0.0.1:8470", &host, &port))
    {
      g_printerr ("dured: %s\n", _ ("Write the address as HOST:PORT, for example --listen 0.0.0.0:8470."));
      return DURE_DAEMON_MISUSED;
    }
  allow_many_connections ();
  listener = dure_listener_new (server);
  servers = hire (config, HANDS, &error);
  beside = servers != NULL ? hire (config, 1, &error) : NULL;
  if (beside == NULL)
    return dure_daemon_complain (error);
  dure_listener_employ (listener, servers);
  if (!prepare (listener, config, &error)
      || !dure_acceptor_listen (dure_listener_get_acceptor (listener), host, port, &error))
    return dure_daemon_complain (error);
  reload = (Reload){ listener, config };
  on_term = g_unix_signal_add (SIGTERM, stop_cb, loop);
  on_int = g_unix_signal_add (SIGINT, stop_cb, loop);
  on_hup = g_unix_signal_add (SIGHUP, reload_cb, &reload);
  on_clean = g_timeout_add_full (G_PRIORITY_LOW, CLEAN_MS, clean_cb, listener, NULL);
  age = dure_daemon_age_new (g_ptr_array_index (beside, 0), config->keep_days);
  uri = dure_acceptor_get_uri (dure_listener_get_acceptor (listener));
  g_print ("listening on %s\n", uri);
  fflush (stdout);
  g_main_loop_run (loop);
  dure_listener_stop (listener);
  /* Answers that were begun go out, but nobody is waited for long. */
  for (guint i = 0; i < 100 && g_main_context_iteration (NULL, FALSE); i++)
    ;
  g_source_remove (on_term);
  g_source_remove (on_int);
  g_source_remove (on_hup);
  g_source_remove (on_clean);
  dure_daemon_age_free (age);
  dure_listener_clean (listener);
  return DURE_DAEMON_DONE;
}

static const DureDaemonCommand serve = { { "serve", NULL }, 0, dure_daemon_serve };

static gboolean
fits (const DureDaemonCommand *command, char **words, guint n)
{
  guint n_words = command->words[1] != NULL ? 2 : 1;

  return n == n_words + command->n_arguments && strcmp (words[0], command->words[0]) == 0
         && (n_words == 1 || strcmp (words[1], command->words[1]) == 0);
}

static const DureDaemonCommand *
find_command (char **words, guint n)
{
  const DureDaemonCommand *const tables[] = { dure_daemon_account_commands, dure_daemon_bundle_commands,
                                               dure_daemon_move_commands, dure_daemon_age_commands };

  if (fits (&serve, words, n))
    return &serve;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const DureDaemonCommand *command = tables[i]; command->words[0] != NULL; command++)
      if (fits (command, words, n))
        return command;
  return NULL;
}

static int
run_words (const DureDaemonOptions *options, char **words)
{
  guint                    n = words != NULL ? g_strv_length (words) : 0;
  gboolean                 restore = n == 2 && strcmp (words[0], "restore") == 0;
  const DureDaemonCommand *command = n > 0 ? find_command (words, n) : NULL;
  const char              *where = options->config.storage;
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStorage) storage = NULL;
  g_autoptr (DureServer) server = NULL;

  if (command == NULL && !restore)
    {
      g_printerr ("dured: %s\n", _ ("There is no such command, or something is missing. “dured --help” shows them."));
      return DURE_DAEMON_MISUSED;
    }
  if (command != NULL && command->alone)
    return command->run (NULL, options, words + (command->words[1] != NULL ? 2 : 1));
  if (where == NULL)
    {
      g_printerr ("dured: %s\n", _ ("Say where the server keeps things, for example --storage sqlite:/var/lib/dured."));
      return DURE_DAEMON_MISUSED;
    }
  if (restore)
    return dure_storage_restore (words[1], where, &error) ? DURE_DAEMON_DONE : dure_daemon_complain (error);
  storage = dure_storage_open (where, &error);
  if (storage == NULL)
    return dure_daemon_complain (error);
  server = dure_server_new (storage);
  set_up (server, &options->config);
  return command->run (server, options, words + (command->words[1] != NULL ? 2 : 1));
}

static void
take (char **place, char **value)
{
  if (*value == NULL)
    return;
  g_free (*place);
  *place = g_steal_pointer (value);
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
  g_autofree char *file = NULL;
  g_autofree char *role = NULL;
  g_autofree char *output = NULL;
  g_autofree char *tenant = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  gboolean         csv = FALSE;
  g_auto (GStrv) words = NULL;
  g_auto (DureServerConfig) said = { 0 };
  DureDaemonOptions  options = { .days = -1 };
  int                status;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &file, N_ ("File of settings; /etc/dured.conf when it is there"), "FILE" },
    { "storage", 0, 0, G_OPTION_ARG_STRING, &said.storage, N_ ("Where the server keeps things: sqlite:DIRECTORY or postgres:URI"),
      "STORAGE" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &said.listen, N_ ("Where it listens; port 0 takes a free one"), "HOST:PORT" },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &said.tls_certificate, N_ ("Certificate and those above it (PEM)"),
      "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &said.tls_key, N_ ("Private key of the certificate (PEM)"), "FILE" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, N_ ("What an account may do: admin, editor or viewer"), "ROLE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("File that “bundle make” writes"), "FILE" },
    { "tenant", 0, 0, G_OPTION_ARG_STRING, &tenant, N_ ("Only what is of this tenant (“log export”)"), "TENANT" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, N_ ("First day (“log export”), as 2026-11-28"), "DAY" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, N_ ("Last day (“log export”)"), "DAY" },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &csv, N_ ("For spreadsheets (“log export”); else JSON lines"), NULL },
    { "days", 0, 0, G_OPTION_ARG_INT, &options.days, N_ ("For how many days “fold” keeps changes"), "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    { NULL },
  };

  dure_i18n_init ();
  g_set_prgname ("dured");
  context = g_option_context_new (_ ("COMMAND — brings the copies of Dure together"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_description (
      context, _ ("Commands:\n"
                  "  serve                    answer devices until SIGTERM; SIGHUP reads the certificate anew\n"
                  "  init TENANT USER         make a tenant with its first administrator\n"
                  "  tenant add TENANT        make a tenant\n"
                  "  tenant list              show the tenants\n"
                  "  tenant remove TENANT     take a tenant away with all that is stored of it\n"
                  "  tenant export TENANT FILE\n"
                  "                           write all that is kept of a tenant into one file; - is standard output\n"
                  "  tenant import TENANT FILE\n"
                  "                           take such a file, also from the other kind of storage\n"
                  "  user add TENANT USER     make an account, or give it a new password and role;\n"
                  "                           passwords are read from standard input\n"
                  "  user list TENANT         show the accounts: name, role, whether locked\n"
                  "  user role TENANT USER ROLE\n"
                  "                           give an account another role\n"
                  "  user lock|unlock TENANT USER\n"
                  "                           shut an account and its devices out, or let them in again\n"
                  "  device list TENANT       show the devices: number, user, since when, last used, until when\n"
                  "                           it is enrolled, name\n"
                  "  device revoke TENANT DEVICE\n"
                  "                           take a device's token away\n"
                  "  device add TENANT USER DEVICE-KEY NAME\n"
                  "                           let a device that no network reaches send bundles\n"
                  "  bundle key               show the server's key for bundles\n"
                  "  bundle show FILE         verify a device's bundle and say what it would bring\n"
                  "  bundle apply FILE        take a device's bundle\n"
                  "  bundle make TENANT DEVICE -o FILE\n"
                  "                           write the answer for a device: what it has not seen\n"
                  "  fold                     fold changes older than keep-days, or --days, into the records; “serve”\n"
                  "                           does it once a day\n"
                  "  log verify               see whether the access log is unbroken\n"
                  "  log export [--tenant TENANT] [--from DAY] [--to DAY] [--csv]\n"
                  "                           print the access log, each line with its hash\n"
                  "  log verify FILE          see whether exported lines are as they were written\n"
                  "  backup DIRECTORY         copy everything, also while the server runs\n"
                  "  restore DIRECTORY        put a backup where no server keeps anything yet\n"));
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("dured: %s\n", error->message);
      return DURE_DAEMON_MISUSED;
    }
  if ((file != NULL || g_file_test (DURE_SERVER_CONFIG_FILE, G_FILE_TEST_EXISTS))
      && !dure_server_config_read (&options.config, file != NULL ? file : DURE_SERVER_CONFIG_FILE, &error))
    {
      dure_server_config_clear (&options.config);
      return dure_daemon_complain (error);
    }
  take (&options.config.storage, &said.storage);
  take (&options.config.listen, &said.listen);
  take (&options.config.tls_certificate, &said.tls_certificate);
  take (&options.config.tls_key, &said.tls_key);
  options.role = role;
  options.output = output;
  options.tenant = tenant;
  options.from = from;
  options.to = to;
  options.csv = csv;
  status = run_words (&options, words);
  dure_server_config_clear (&options.config);
  return status;
}
