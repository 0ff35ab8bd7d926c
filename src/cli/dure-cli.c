/* dure-cli.c: options, help, and which command runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-hangul.h"
#include "cli/dure-cli-commands.h"
#include "cli/dure-cli-output.h"

#define ANY 10000

static const DureCliCommand commands[] = {
  { "init", N_ ("Make an empty store"), "", 0, 0, NULL, NULL, dure_cli_init },
  { "sample", N_ ("Fill the store with a sample: yeongdo, gwangmyeong or gimcheon"), "NAME", 1, 1, NULL, NULL,
    dure_cli_sample },
  { "list", N_ ("List records"), "ENTITY [FIELD=VALUE…] [--sort FIELD] [--limit N]", 1, ANY, dure_cli_list_options,
    N_ ("FIELD and VALUE are keys or labels; an empty VALUE finds records without one. Also: FIELD!=VALUE, FIELD~TEXT "
        "(contains), "
        "FIELD>=VALUE, FIELD<=VALUE."),
    dure_cli_list },
  { "show", N_ ("Show one record"), "ENTITY ID", 2, 2, NULL,
    N_ ("In place of the id the exact title will do where only one record has it."), dure_cli_show },
  { "add", N_ ("Add a record and print its id"), "ENTITY FIELD=VALUE…", 2, ANY, NULL, NULL, dure_cli_add },
  { "set", N_ ("Change fields of a record"), "ENTITY ID FIELD=VALUE…", 3, ANY, NULL,
    N_ ("An empty VALUE clears the field."), dure_cli_set },
  { "remove", N_ ("Delete a record; it can be restored"), "ENTITY ID", 2, 2, NULL, NULL, dure_cli_remove },
  { "restore-record", N_ ("Bring a deleted record back"), "ENTITY ID", 2, 2, NULL, NULL, dure_cli_restore_record },
  { "purge", N_ ("Destroy records everywhere and for good, or list what was destroyed"),
    "ENTITY ID --reason REASON | --expired | --list", 0, 2, dure_cli_purge_options,
    N_ ("A purge cannot be undone. It takes all values of the record out of this file, the server and the other "
        "computers; that it was done, when, by whom and why is kept."),
    dure_cli_purge },
  { "history", N_ ("Show who changed a record, when and how"), "ENTITY ID", 2, 2, NULL, NULL, dure_cli_history },
  { "restore-value", N_ ("Write an earlier value of a field again"), "ENTITY ID FIELD STAMP", 4, 4, NULL,
    N_ ("STAMP is that of a change in “history --json”: the field gets the value that this change wrote. “before” in its "
        "place is the value before the last change."),
    dure_cli_restore_value },
  { "undo", N_ ("Undo the last change"), "", 0, 0, NULL, NULL, dure_cli_undo },
  { "redo", N_ ("Redo what was undone"), "", 0, 0, NULL, NULL, dure_cli_redo },
  { "attach", N_ ("Attach files to a record and print the ids"), "ENTITY ID FILE…", 3, ANY, NULL,
    N_ ("The files are copied; an attachment may have 200 MiB at most."), dure_cli_attach },
  { "attachments", N_ ("List the files that belong to a record"), "ENTITY ID", 2, 2, NULL, NULL, dure_cli_attachments },
  { "detach", N_ ("Remove an attachment; it can be undone"), "ATTACHMENT", 1, 1, NULL, NULL, dure_cli_detach },
  { "fetch", N_ ("Write the file of an attachment"), "ATTACHMENT [-o FILE]", 1, 1, dure_cli_fetch_options,
    N_ ("ATTACHMENT is its id, or its name where only one has it. What is there already is not written over."),
    dure_cli_fetch },
  { "search", N_ ("Find records by name, initial consonants or keys"), "TEXT… [--limit N]", 1, ANY,
    dure_cli_search_options, NULL, dure_cli_search },
  { "import", N_ ("Read records from a CSV file"), "ENTITY FILE.csv [--dry-run] [--skip-bad]", 0, 2,
    dure_cli_import_options,
    N_ ("The first row holds keys or labels of fields. Nothing is written when a row is wrong. A row whose id or "
        "natural key is known "
        "changes that record. “-” reads standard input. With --all DIRECTORY in place of ENTITY: what “export --all” "
        "wrote, into a new store, with its history and attachments; the store is another computer's to the server."),
    dure_cli_import },
  { "export", N_ ("Write records as CSV"), "ENTITY [FIELD=VALUE…] [-o FILE] [--keys] [--cp949] [--plain]", 0, ANY,
    dure_cli_export_options,
    N_ ("With --all DIRECTORY --reason TEXT in place of ENTITY: everything as tables, JSON and files, into a directory in "
        "which nothing is."),
    dure_cli_export },
  { "exports", N_ ("List what was exported as a whole: when, by whom, how many records, why"), "", 0, 0, NULL, NULL,
    dure_cli_exports },
  { "holidays", N_ ("List the public holidays of a year"), "[YEAR]", 0, 1, NULL, NULL, dure_cli_holidays },
  { "brief", N_ ("Write the briefing sheet of an event"), "EVENT -o FILE.pdf", 1, 1, dure_cli_brief_options, NULL,
    dure_cli_brief },
  { "network", N_ ("Measure, draw, compare and export the network of agencies"), "SUBCOMMAND …", 0, 0, NULL, NULL, NULL,
    dure_cli_network_commands },
  { "enrol", N_ ("Make this computer known to a server"), "URL --tenant TENANT --user USER --device NAME", 1, 1,
    dure_cli_enrol_options, N_ ("The password is read from standard input."), dure_cli_enrol },
  { "sync", N_ ("Send and take changes once"), "", 0, 0, dure_cli_sync_options, NULL, dure_cli_sync },
  { "bundle", N_ ("Send and take changes by files, where no network reaches the server"), "SUBCOMMAND …", 0, 0, NULL, NULL,
    NULL, dure_cli_bundle_commands },
  { "conflicts", N_ ("List clashing values, or decide"),
    "[list | show ID | keep ID | restore ID | both ID | set ID VALUE | keep-all]", 0, 3, NULL,
    N_ ("“keep” lets the value stand, “restore” brings the other one back, “both” joins two texts or sets, “set” writes a "
        "third value, “keep-all” keeps everywhere what stands."),
    dure_cli_conflicts },
  { "duplicates", N_ ("List records that look like one"), "ENTITY [dismiss ID ID]", 1, 4, NULL,
    N_ ("ENTITY is agency, person or venue. “dismiss” remembers of two records that they are not one."),
    dure_cli_duplicates },
  { "merge", N_ ("Make one record of two"), "ENTITY ID ID [--take FIELD,…] [--keep FIELD,…] [--both FIELD,…]", 3, 3,
    dure_cli_merge_options,
    N_ ("The first record stays, and everything that pointed to the second points to it. Where nothing is said a filled field "
        "stands over an empty one, a later value over an earlier one, and long texts are joined. “undo” takes it back."),
    dure_cli_merge },
  { "check", N_ ("Check the store for damage"), "[--rebuild-search]", 0, 0, dure_cli_check_options, NULL,
    dure_cli_check },
  { "backup", N_ ("Copy the store to a file, or as one of its backups"), "[FILE] [--keep DAYS] [--folder FOLDER]", 0, 1,
    dure_cli_backup_options,
    N_ ("Without FILE the copy goes into the folder of the backups, is read again, and those that are too old go."),
    dure_cli_backup },
  { "backups", N_ ("List the backups of the store"), "[--folder FOLDER]", 0, 0, dure_cli_backups_options, NULL,
    dure_cli_backups },
  { "restore", N_ ("Put a backup in place of the store; the store stays beside it"), "FILE", 1, 1, NULL, NULL,
    dure_cli_restore },
};

static const DureCliOption common_options[] = {
  { "store", 0, N_ ("FILE"), N_ ("The store; else dure/dure.db in the user's data folder") },
  { "json", 0, NULL, N_ ("Print JSON, with keys as in the data dictionary") },
  { "help", 'h', NULL, N_ ("Show this help") },
  { "version", 0, NULL, N_ ("Show the version") },
  { NULL },
};

static const DureCliCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

static const DureCliCommand *
find_subcommand (const DureCliCommand *group, const char *name)
{
  for (const DureCliCommand *command = group->subcommands; command->name != NULL; command++)
    if (strcmp (command->name, name) == 0)
      return command;
  return NULL;
}

/* What the user types before the arguments. */
static char *
full_name (DureCli *cli)
{
  if (cli->group != NULL)
    return g_strdup_printf ("%s %s", cli->group->name, cli->command->name);
  return g_strdup (cli->command != NULL ? cli->command->name : "COMMAND");
}

static void
print_options (FILE *out, const DureCliOption *options)
{
  for (const DureCliOption *option = options; option != NULL && option->name != NULL; option++)
    {
      g_autofree char *letter = option->letter != 0 ? g_strdup_printf ("-%c, ", option->letter) : g_strdup ("    ");
      g_autofree char *left
          = g_strdup_printf ("  %s--%s%s%s", letter, option->name, option->argument != NULL ? " " : "",
                             option->argument != NULL ? _ (option->argument) : "");

      dure_cli_put_padded (out, left, 26);
      fprintf (out, "%s\n", _ (option->summary));
    }
}

static void
print_help (DureCli *cli, FILE *out)
{
  g_autofree char *name = full_name (cli);
  g_autofree char *usage = g_strdup_printf ("durectl [--store FILE] [--json] %s %s", name,
                                            cli->command != NULL ? cli->command->usage : "…");

  fprintf (out, _ ("Usage: %s\n"), g_strchomp (usage));
  if (cli->command != NULL)
    {
      fprintf (out, "\n%s\n", _ (cli->command->summary));
      if (cli->command->details != NULL)
        fprintf (out, "%s\n", _ (cli->command->details));
      for (const DureCliCommand *sub = cli->command->subcommands; sub != NULL && sub->name != NULL; sub++)
        fprintf (out, "\n  %s %s\n      %s\n", sub->name, sub->usage, _ (sub->summary));
    }
  else
    {
      fprintf (out, "\n%s\n", _ ("Commands:"));
      for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
        {
          g_autofree char *left = g_strdup_printf ("  %s", commands[i].name);

          dure_cli_put_padded (out, left, 18);
          fprintf (out, "%s\n", _ (commands[i].summary));
        }
    }
  fprintf (out, "\n%s\n", _ ("Options:"));
  if (cli->command != NULL)
    print_options (out, cli->command->options);
  print_options (out, common_options);
  if (cli->command == NULL)
    fprintf (out, "\n%s\n", _ ("“durectl COMMAND --help” tells more. Exit status: 0, 1 (could not), 2 (misused)."));
}

static const DureCliOption *
find_option (const DureCliOption *options, const char *name, gsize length)
{
  for (; options != NULL && options->name != NULL; options++)
    if ((strlen (options->name) == length && strncmp (options->name, name, length) == 0)
        || (length == 1 && options->letter == *name))
      return options;
  return NULL;
}

/* Takes one option that begins at argv[*at]. */
static gboolean
take_option (DureCli *cli, int argc, char **argv, int *at, const DureCliOption *of_command, int *status)
{
  const char          *text = argv[*at];
  const char          *name = text[1] == '-' ? text + 2 : text + 1;
  const char          *equal = text[1] == '-' ? strchr (name, '=') : NULL;
  gsize                length = equal != NULL ? (gsize)(equal - name) : strlen (name);
  const DureCliOption *option;
  const char          *value = "";

  if (text[1] != '-' && length > 1)
    {
      equal = name; /* -oFILE */
      length = 1;
    }
  option = find_option (common_options, name, length);
  if (option == NULL)
    option = find_option (of_command, name, length);
  if (option == NULL)
    {
      *status = dure_cli_misuse (cli, _ ("There is no option “%s” here."), text);
      return FALSE;
    }
  if (option->argument != NULL && equal != NULL)
    value = equal + 1;
  else if (option->argument != NULL && *at + 1 < argc)
    value = argv[++*at];
  else if (option->argument != NULL)
    {
      *status = dure_cli_misuse (cli, _ ("The option “--%s” needs a value."), option->name);
      return FALSE;
    }
  else if (equal != NULL)
    {
      *status = dure_cli_misuse (cli, _ ("The option “--%s” takes no value."), option->name);
      return FALSE;
    }
  if (strcmp (option->name, "store") == 0)
    {
      g_free (cli->store_path);
      cli->store_path = g_strdup (value);
    }
  cli->json = cli->json || strcmp (option->name, "json") == 0;
  cli->asked_help = cli->asked_help || strcmp (option->name, "help") == 0;
  cli->asked_version = cli->asked_version || strcmp (option->name, "version") == 0;
  g_hash_table_insert (cli->options, (gpointer)option->name, g_strdup (value));
  return TRUE;
}

/* The first word that is no option is the command, and the next its subcommand where it has any; everything else may
 * stand before or after them. */
static const DureCliCommand *
peek_command (int argc, char **argv)
{
  const DureCliCommand *command = NULL;

  for (int i = 1; i < argc; i++)
    {
      if (strcmp (argv[i], "--store") == 0)
        i++;
      else if (argv[i][0] == '-')
        continue;
      else if (command != NULL)
        return find_subcommand (command, argv[i]);
      else
        {
          command = find_command (argv[i]);
          if (command == NULL || command->subcommands == NULL)
            return command;
        }
    }
  return command;
}

static gboolean
take_command (DureCli *cli, const char *word, int *status)
{
  const DureCliCommand *command = cli->command == NULL ? find_command (word) : find_subcommand (cli->command, word);

  if (command == NULL)
    {
      *status = dure_cli_misuse (cli, _ ("There is no command “%s”."), word);
      return FALSE;
    }
  cli->group = cli->command;
  cli->command = command;
  return TRUE;
}

static gboolean
parse (DureCli *cli, int argc, char **argv, int *status)
{
  const DureCliCommand *command = peek_command (argc, argv);
  const DureCliOption  *of_command = command != NULL ? command->options : NULL;
  gboolean              only_arguments = FALSE;

  for (int i = 1; i < argc; i++)
    {
      if (!g_utf8_validate (argv[i], -1, NULL))
        {
          *status = dure_cli_misuse (cli, _ ("Argument %d is not UTF-8."), i);
          return FALSE;
        }
      if (!only_arguments && strcmp (argv[i], "--") == 0)
        only_arguments = TRUE;
      else if (!only_arguments && argv[i][0] == '-' && argv[i][1] != '\0')
        {
          if (!take_option (cli, argc, argv, &i, of_command, status))
            return FALSE;
        }
      else if (cli->command == NULL && strcmp (argv[i], "help") == 0)
        {
          cli->asked_help = TRUE;
          if (i + 1 < argc)
            cli->command = find_command (argv[++i]);
        }
      else if (cli->command == NULL || cli->command->subcommands != NULL)
        {
          if (!take_command (cli, argv[i], status))
            return FALSE;
        }
      else
        g_ptr_array_add (cli->arguments, argv[i]);
    }
  return TRUE;
}

static int
run (DureCli *cli, int argc, char **argv)
{
  int status = DURE_CLI_OK;

  if (!parse (cli, argc, argv, &status))
    return status;
  if (cli->asked_help)
    {
      print_help (cli, cli->out);
      return DURE_CLI_OK;
    }
  if (cli->asked_version)
    {
      fprintf (cli->out, "durectl %s\n", DURE_VERSION);
      return DURE_CLI_OK;
    }
  if (cli->command == NULL || cli->command->subcommands != NULL)
    {
      print_help (cli, cli->err);
      return DURE_CLI_MISUSED;
    }
  if (cli->arguments->len < cli->command->least || cli->arguments->len > cli->command->most)
    {
      g_autofree char *name = full_name (cli);

      return dure_cli_misuse (cli, _ ("The command “%s” is used so: durectl %s %s"), name, name, cli->command->usage);
    }
  if (cli->store_path == NULL)
    {
      cli->store_path = g_build_filename (g_get_user_data_dir (), "dure", "dure.db", NULL);
      cli->default_store = TRUE;
    }
  return cli->command->run (cli);
}

/**
 * dure_cli_run:
 * @argc: number of arguments, with the program's name
 * @argv: the arguments
 * @in: standard input
 * @out: standard output
 * @err: standard error
 *
 * All of durectl but its main.
 *
 * Returns: the exit status: 0, 1 (could not), 2 (misused)
 */
int
dure_cli_run (int argc, char **argv, FILE *in, FILE *out, FILE *err)
{
  DureCli cli = { 0 };
  int     status;

  cli.in = in;
  cli.out = out;
  cli.err = err;
  cli.options = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  cli.arguments = g_ptr_array_new ();
  status = run (&cli, argc, argv);
  if (fflush (out) != 0 || ferror (out))
    {
      fprintf (err, "durectl: %s\n", _ ("The output could not be written."));
      status = MAX (status, DURE_CLI_FAILED);
    }
  g_free (cli.store_path);
  g_hash_table_unref (cli.options);
  g_ptr_array_unref (cli.arguments);
  return status;
}

/**
 * dure_cli_argument:
 *
 * Returns: (transfer none) (nullable): the argument of that number, from 0
 */
const char *
dure_cli_argument (DureCli *cli, guint number)
{
  return number < cli->arguments->len ? cli->arguments->pdata[number] : NULL;
}

/**
 * dure_cli_option:
 *
 * Returns: (transfer none) (nullable): the value of the option, "" for a switch, %NULL when it was not given
 */
const char *
dure_cli_option (DureCli *cli, const char *name)
{
  return g_hash_table_lookup (cli->options, name);
}

/**
 * dure_cli_option_number:
 * @number: (inout): left alone when the option was not given
 *
 * Returns: %FALSE with @error set when the value is no number above 0
 */
gboolean
dure_cli_option_number (DureCli *cli, const char *name, guint *number, GError **error)
{
  const char *text = dure_cli_option (cli, name);
  guint64     value;

  if (text == NULL)
    return TRUE;
  if (g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT, &value, NULL))
    {
      *number = (guint)value;
      return TRUE;
    }
  g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("The option “--%s” needs a whole number above 0, not “%s”."),
               name, text);
  return FALSE;
}

/**
 * dure_cli_has_store:
 *
 * Returns: whether there is a file at the path of the store that holds anything; an empty file is no store
 */
gboolean
dure_cli_has_store (DureCli *cli)
{
  GStatBuf status;

  return g_stat (cli->store_path, &status) == 0 && (!S_ISREG (status.st_mode) || status.st_size > 0);
}

/**
 * dure_cli_open:
 * @flags: how; without %DURE_STORE_CREATE a missing store is an error that tells how to make one
 *
 * Returns: (transfer full) (nullable): the store
 */
DureStore *
dure_cli_open (DureCli *cli, DureStoreFlags flags, GError **error)
{
  if (!(flags & DURE_STORE_CREATE) && !dure_cli_has_store (cli))
    {
      g_set_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND, _ ("There is no store at “%s”; “durectl init” makes one."),
                   cli->store_path);
      return NULL;
    }
  if ((flags & DURE_STORE_CREATE) && cli->default_store)
    {
      g_autofree char *directory = g_path_get_dirname (cli->store_path);

      g_mkdir_with_parents (directory, 0700);
    }
  return dure_store_open (cli->store_path, flags, error);
}

/**
 * dure_cli_fail:
 * @error: (nullable): what went wrong
 *
 * Tells it on standard error.
 *
 * Returns: %DURE_CLI_FAILED
 */
int
dure_cli_fail (DureCli *cli, GError *error)
{
  fprintf (cli->err, "durectl: %s\n", error != NULL ? error->message : _ ("It could not be done."));
  return DURE_CLI_FAILED;
}

/**
 * dure_cli_misuse:
 * @format: a sentence
 *
 * Tells it on standard error, and where to read more.
 *
 * Returns: %DURE_CLI_MISUSED
 */
int
dure_cli_misuse (DureCli *cli, const char *format, ...)
{
  g_autofree char *plain = NULL;
  g_autofree char *sentence = NULL;
  va_list          arguments;

  va_start (arguments, format);
  plain = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  sentence = dure_hangul_particles (plain);
  fprintf (cli->err, "durectl: %s\n", sentence);
  if (cli->command != NULL)
    {
      g_autofree char *name = full_name (cli);

      fprintf (cli->err, _ ("“durectl %s --help” tells more.\n"), name);
    }
  else
    fputs (_ ("“durectl --help” tells more.\n"), cli->err);
  return DURE_CLI_MISUSED;
}
