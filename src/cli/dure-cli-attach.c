/* dure-cli-attach.c: durectl attach, attachments, detach, fetch
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"
#include "cli/dure-cli-output.h"
#include "cli/dure-cli-record.h"
#include "domain/dure-attachment.h"
#include "sync/dure-sync-blobs.h"

const DureCliOption dure_cli_fetch_options[] = {
  { "output", 'o', N_ ("FILE"), N_ ("Where the copy goes; else its own name in this folder") },
  { NULL },
};

/* The record whose kind and id are the first two arguments. */
static DureRecord *
find_owner (DureCli *cli, DureStoreFlags flags, DureStore **store, int *status)
{
  g_autoptr (GError) error = NULL;
  const DureEntity *entity = dure_cli_entity (cli, dure_cli_argument (cli, 0), status);
  DureRecord       *record = NULL;

  if (entity == NULL)
    return NULL;
  *store = dure_cli_open (cli, flags, &error);
  if (*store != NULL)
    record = dure_cli_find (*store, entity, dure_cli_argument (cli, 1), FALSE, &error);
  if (record == NULL)
    *status = dure_cli_fail (cli, error);
  return record;
}

/** dure_cli_attach: copies files beside the store and attaches them to a record; prints the ids. */
int
dure_cli_attach (DureCli *cli)
{
  g_autoptr (DureStore) store = NULL;
  int status = DURE_CLI_OK;
  g_autoptr (DureRecord) owner = find_owner (cli, 0, &store, &status);

  for (guint i = 2; owner != NULL && i < cli->arguments->len; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (dure_cli_argument (cli, i));
      g_autofree char *name = g_file_get_basename (file);
      g_autofree char *sha256 = NULL;
      g_autoptr (DureRecord) attachment = NULL;
      g_autoptr (GError) error = NULL;
      gint64 size;

      if (dure_blob_add_file (cli->store_path, file, NULL, NULL, NULL, &sha256, &size, &error))
        attachment = dure_attachment_add (store, dure_record_get_entity (owner)->id, dure_record_get_id (owner), name,
                                          sha256, size, &error);
      if (attachment == NULL)
        status = dure_cli_fail (cli, error);
      else
        fprintf (cli->out, "%s\n", dure_record_get_id (attachment));
    }
  return status;
}

static DureBlobState
state_of (DureStore *store, DureRecord *attachment)
{
  return dure_sync_blob_state (store, dure_record_get (attachment, DURE_ATTACHMENT_SHA256));
}

static void
print_json (DureCli *cli, DureStore *store, GPtrArray *list)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    {
      DureRecord *attachment = list->pdata[i];

      json_builder_begin_object (builder);
      dure_cli_json_member (builder, "id", dure_record_get_id (attachment));
      dure_cli_json_member (builder, "name", dure_record_get (attachment, DURE_ATTACHMENT_NAME));
      dure_cli_json_member (builder, "type", dure_record_get (attachment, DURE_ATTACHMENT_TYPE));
      json_builder_set_member_name (builder, "size");
      json_builder_add_int_value (builder, dure_record_get_int (attachment, DURE_ATTACHMENT_SIZE));
      dure_cli_json_member (builder, "sha256", dure_record_get (attachment, DURE_ATTACHMENT_SHA256));
      dure_cli_json_member (builder, "state", dure_blob_state_key (state_of (store, attachment)));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  dure_cli_json_print (builder, cli->out);
  fputc ('\n', cli->out);
}

/** dure_cli_attachments: the files of a record, and where each of them is. */
int
dure_cli_attachments (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (DureCliTable) table = NULL;
  int status = DURE_CLI_OK;
  g_autoptr (DureRecord) owner = find_owner (cli, DURE_STORE_READ_ONLY, &store, &status);

  if (owner == NULL)
    return status;
  list = dure_attachment_list (store, dure_record_get_entity (owner)->id, dure_record_get_id (owner), &error);
  if (list == NULL)
    return dure_cli_fail (cli, error);
  if (cli->json)
    {
      print_json (cli, store, list);
      return DURE_CLI_OK;
    }
  table = dure_cli_table_new (4);
  dure_cli_table_add (table, "id");
  dure_cli_table_add (table, _ ("Name"));
  dure_cli_table_add (table, _ ("Size"));
  dure_cli_table_add (table, _ ("State"));
  for (guint i = 0; i < list->len; i++)
    {
      DureRecord      *attachment = list->pdata[i];
      g_autofree char *size = g_format_size ((guint64)dure_record_get_int (attachment, DURE_ATTACHMENT_SIZE));

      dure_cli_table_add (table, dure_record_get_id (attachment));
      dure_cli_table_add (table, dure_record_get (attachment, DURE_ATTACHMENT_NAME));
      dure_cli_table_add (table, size);
      dure_cli_table_add (table, dure_blob_state_label (state_of (store, attachment)));
    }
  dure_cli_table_print (table, cli->out);
  return DURE_CLI_OK;
}

/** dure_cli_detach: deletes the record of an attachment; the bytes stay until undo cannot need them. */
int
dure_cli_detach (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, 0, &error);
  g_autoptr (DureRecord) attachment = NULL;

  if (store != NULL)
    attachment = dure_cli_find (store, dure_entity (DURE_ENTITY_ATTACHMENT), dure_cli_argument (cli, 0), FALSE, &error);
  if (attachment != NULL
      && dure_store_delete (store, DURE_ENTITY_ATTACHMENT, dure_record_get_id (attachment), &error))
    return DURE_CLI_OK;
  return dure_cli_fail (cli, error);
}

/** dure_cli_fetch: a copy of an attachment's file. */
int
dure_cli_fetch (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, 0, &error);
  g_autoptr (DureRecord) attachment = NULL;
  g_autoptr (GFile) to = NULL;
  g_autofree char *name = NULL;
  const char      *output = dure_cli_option (cli, "output"), *sha256;

  if (store != NULL)
    attachment = dure_cli_find (store, dure_entity (DURE_ENTITY_ATTACHMENT), dure_cli_argument (cli, 0), TRUE, &error);
  if (attachment == NULL)
    return dure_cli_fail (cli, error);
  sha256 = dure_record_get (attachment, DURE_ATTACHMENT_SHA256);
  name = dure_attachment_file_name (attachment);
  to = g_file_new_for_commandline_arg (output != NULL ? output : name);
  if (g_file_query_exists (to, NULL))
    {
      dure_set_error (&error, DURE_ERROR_EXISTS, _ ("“%s” is there already; nothing is written over."),
                      g_file_peek_path (to));
      return dure_cli_fail (cli, error);
    }
  if (!dure_sync_fetch_blob (store, sha256, NULL, NULL, NULL, &error)
      || !dure_blob_copy (cli->store_path, sha256, to, NULL, NULL, NULL, &error))
    return dure_cli_fail (cli, error);
  fprintf (cli->out, "%s\n", g_file_peek_path (to));
  return DURE_CLI_OK;
}
