/* dure-cli-import.c: durectl import
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "base/dure-error.h"
#include "cli/dure-cli-output.h"
#include "cli/dure-cli-record.h"
#include "exchange/dure-import-all.h"
#include "exchange/dure-import.h"

const DureCliOption dure_cli_import_options[] = {
  { "dry-run", 'n', NULL, N_ ("Check only; write nothing") },
  { "skip-bad", 0, NULL, N_ ("Write the rows that are right although others are wrong") },
  { "all", 0, N_ ("DIRECTORY"), N_ ("Everything that “export --all” wrote, into a new store") },
  { NULL },
};

static DureCsv *
open_csv (DureCli *cli, const char *path, GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  guint8 block[65536];
  gsize  n;

  if (strcmp (path, "-") != 0)
    return dure_csv_open (path, error);
  bytes = g_byte_array_new ();
  while ((n = fread (block, 1, sizeof block, cli->in)) > 0 && bytes->len < DURE_CSV_MAX_BYTES)
    g_byte_array_append (bytes, block, (guint)n);
  if (bytes->len < DURE_CSV_MAX_BYTES)
    return dure_csv_new ((const char *)bytes->data, bytes->len, error);
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("Standard input is too long."));
  return NULL;
}

static void
print_notes (FILE *out, GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++)
    {
      DureImportNote *note = notes->pdata[i];

      if (note->field != NULL)
        fprintf (out, _ ("Row %u, %s: %s\n"), note->row, note->field, note->message);
      else
        fprintf (out, _ ("Row %u: %s\n"), note->row, note->message);
    }
}

static void
add_notes (JsonBuilder *builder, const char *name, GPtrArray *notes)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < notes->len; i++)
    {
      DureImportNote *note = notes->pdata[i];

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "row");
      json_builder_add_int_value (builder, note->row);
      dure_cli_json_member (builder, "field", note->field);
      dure_cli_json_member (builder, "message", note->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_count (JsonBuilder *builder, const char *name, guint count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, count);
}

static void
print_json (DureCli *cli, DureImportReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "written");
  json_builder_add_boolean_value (builder, report->written);
  add_count (builder, "rows", report->n_rows);
  add_count (builder, "added", report->n_added);
  add_count (builder, "changed", report->n_changed);
  add_count (builder, "same", report->n_same);
  dure_cli_json_member (builder, "encoding", report->encoding);
  add_notes (builder, "problems", report->problems);
  add_notes (builder, "notices", report->notices);
  json_builder_end_object (builder);
  dure_cli_json_print (builder, cli->out);
  fputc ('\n', cli->out);
}

static void
show_progress (double done, gpointer data)
{
  DureCli *cli = data;

  fprintf (cli->err, "\r%3d %%%s", (int)(done * 100), done >= 1 ? "\n" : "");
  fflush (cli->err);
}

/* Everything in @directory, into a store that is not there yet. */
static int
import_all (DureCli *cli, const char *directory)
{
  DureImportedAll    imported;
  g_autoptr (GError) error = NULL;
  gboolean           watched = !cli->json && isatty (fileno (cli->err));
  gboolean           done = dure_import_all (directory, cli->store_path, watched ? show_progress : NULL, cli, NULL,
                                             &imported, &error);

  if (done && cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      add_count (builder, "records", imported.records);
      add_count (builder, "changes", imported.changes);
      add_count (builder, "files", imported.files);
      dure_cli_json_member (builder, "made", imported.made);
      dure_cli_json_member (builder, "by", imported.by);
      dure_cli_json_member (builder, "reason", imported.reason);
      json_builder_end_object (builder);
      dure_cli_json_print (builder, cli->out);
      fputc ('\n', cli->out);
    }
  else if (done)
    fprintf (cli->out, _ ("%u records, %u changes of them and %u files are in “%s”.\n"), imported.records,
             imported.changes, imported.files, cli->store_path);
  dure_imported_all_clear (&imported);
  if (done)
    return DURE_CLI_OK;
  return dure_cli_fail (cli, error);
}

/** dure_cli_import: rows of a CSV file become records; all of them, or nothing is written. */
int
dure_cli_import (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureCsv) csv = NULL;
  g_autoptr (DureImportReport) report = NULL;
  const DureEntity *entity;
  gboolean          watched = !cli->json && isatty (fileno (cli->err));
  DureImportFlags   flags = 0;
  int               status = DURE_CLI_OK;

  if (dure_cli_option (cli, "all") != NULL && dure_cli_argument (cli, 0) == NULL)
    return import_all (cli, dure_cli_option (cli, "all"));
  if (dure_cli_option (cli, "all") != NULL || dure_cli_argument (cli, 1) == NULL)
    return dure_cli_misuse (cli, _ ("Say which ENTITY and FILE, or --all DIRECTORY."));
  entity = dure_cli_entity (cli, dure_cli_argument (cli, 0), &status);
  if (entity == NULL)
    return status;
  flags |= dure_cli_option (cli, "dry-run") != NULL ? DURE_IMPORT_DRY_RUN : 0;
  flags |= dure_cli_option (cli, "skip-bad") != NULL ? DURE_IMPORT_SKIP_BAD : 0;
  store = dure_cli_open (cli, 0, &error);
  if (store != NULL)
    csv = open_csv (cli, dure_cli_argument (cli, 1), &error);
  if (csv != NULL)
    report = dure_import_csv (store, entity->id, csv, flags, watched ? show_progress : NULL, cli, NULL, &error);
  if (report == NULL)
    return dure_cli_fail (cli, error);
  if (cli->json)
    print_json (cli, report);
  else
    {
      print_notes (cli->err, report->notices);
      print_notes (cli->err, report->problems);
      if (report->written || report->problems->len == 0)
        fprintf (cli->out, _ ("%u rows: %u added, %u changed, %u unchanged.\n"), report->n_rows, report->n_added,
                 report->n_changed, report->n_same);
    }
  if (report->problems->len == 0)
    return DURE_CLI_OK;
  if (!report->written)
    fprintf (cli->err, "durectl: %s\n", _ ("Nothing was written, because of the rows above."));
  return DURE_CLI_FAILED;
}
