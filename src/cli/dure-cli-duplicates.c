/* dure-cli-duplicates.c: durectl duplicates, durectl merge
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "cli/dure-cli-output.h"
#include "cli/dure-cli-record.h"
#include "domain/dure-duplicates.h"
#include "domain/dure-record-merge.h"

const DureCliOption dure_cli_merge_options[] = {
  { "take", 0, N_ ("FIELD,…"), N_ ("Fields of which the value of the second record stands") },
  { "keep", 0, N_ ("FIELD,…"), N_ ("Fields of which the value of the first record stands") },
  { "both", 0, N_ ("FIELD,…"), N_ ("Long texts and sets that are joined") },
  { NULL },
};

/* An entity whose records can be merged; says so and gives %NULL when they cannot. */
static const DureEntity *
find_entity (DureCli *cli, int *status)
{
  const DureEntity *entity = dure_cli_entity (cli, dure_cli_argument (cli, 0), status);

  if (entity == NULL || entity->merged_field >= 0)
    return entity;
  *status = dure_cli_misuse (cli, _ ("Records of the kind “%s” cannot be merged."), dure_entity_label (entity));
  return NULL;
}

static void
print_pairs (DureCli *cli, DureStore *store, const DureEntity *entity, GPtrArray *pairs)
{
  g_autoptr (DureCliTable) table = dure_cli_table_new (5);

  dure_cli_table_add (table, "id");
  dure_cli_table_add (table, dure_entity_label (entity));
  dure_cli_table_add (table, "id");
  dure_cli_table_add (table, dure_entity_label (entity));
  dure_cli_table_add (table, _ ("Alike"));
  for (guint i = 0; i < pairs->len; i++)
    {
      const DureDuplicate *pair = pairs->pdata[i];
      g_autofree char     *reasons = dure_duplicate_reasons (pair);

      for (guint side = 0; side < 2; side++)
        {
          const char      *id = side == 0 ? pair->one : pair->other;
          g_autofree char *title = dure_store_title (store, entity->id, id);

          dure_cli_table_add (table, id);
          dure_cli_table_add (table, title);
        }
      dure_cli_table_add (table, reasons);
    }
  dure_cli_table_print (table, cli->out);
}

static void
print_json (DureCli *cli, GPtrArray *pairs)
{
  static const char *const keys[] = { "name", "similar-name", "agency", "phone", "mail", "web", "address" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < pairs->len; i++)
    {
      const DureDuplicate *pair = pairs->pdata[i];

      json_builder_begin_object (builder);
      dure_cli_json_member (builder, "one", pair->one);
      dure_cli_json_member (builder, "other", pair->other);
      json_builder_set_member_name (builder, "score");
      json_builder_add_int_value (builder, pair->score);
      json_builder_set_member_name (builder, "alike");
      json_builder_begin_array (builder);
      for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
        if (pair->alike & (1u << k))
          json_builder_add_string_value (builder, keys[k]);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  dure_cli_json_print (builder, cli->out);
  fputc ('\n', cli->out);
}

static int
dismiss (DureCli *cli, const DureEntity *entity)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, 0, &error);
  g_autoptr (DureRecord) a = NULL;
  g_autoptr (DureRecord) b = NULL;

  if (store != NULL)
    a = dure_cli_find (store, entity, dure_cli_argument (cli, 2), FALSE, &error);
  if (a != NULL)
    b = dure_cli_find (store, entity, dure_cli_argument (cli, 3), FALSE, &error);
  if (b == NULL
      || !dure_duplicates_dismiss (store, _ ("Not a duplicate"), entity->id, dure_record_get_id (a), dure_record_get_id (b),
                                   &error))
    return dure_cli_fail (cli, error);
  return DURE_CLI_OK;
}

/** dure_cli_duplicates: lists records that look like one, or remembers of two that they are not. */
int
dure_cli_duplicates (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (GPtrArray) pairs = NULL;
  int               status = DURE_CLI_OK;
  const DureEntity *entity = find_entity (cli, &status);

  if (entity == NULL)
    return status;
  if (cli->arguments->len == 4 && strcmp (dure_cli_argument (cli, 1), "dismiss") == 0)
    return dismiss (cli, entity);
  if (cli->arguments->len != 1)
    return dure_cli_misuse (cli, _ ("It is “duplicates ENTITY” or “duplicates ENTITY dismiss ID ID”."));
  store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  if (store != NULL)
    pairs = dure_duplicates_find (store, entity->id, NULL, &error);
  if (pairs == NULL)
    return dure_cli_fail (cli, error);
  if (cli->json)
    print_json (cli, pairs);
  else
    print_pairs (cli, store, entity, pairs);
  return DURE_CLI_OK;
}

static gboolean
set_takes (DureCli *cli, DureRecord *record, const char *option, DureTake take, DureTake *takes, int *status)
{
  const DureEntity *entity = dure_record_get_entity (record);
  const char       *names = dure_cli_option (cli, option);
  g_auto (GStrv) list = names != NULL ? g_strsplit (names, ",", -1) : NULL;

  for (char **name = list; name != NULL && *name != NULL; name++)
    {
      int field = dure_entity_find_label (entity, g_strstrip (*name));

      if (field < 0 || (entity->fields[field].flags & DURE_FIELD_HIDDEN))
        {
          *status = dure_cli_misuse (cli, _ ("%s has no field “%s”."), dure_entity_label (entity), *name);
          return FALSE;
        }
      if (take == DURE_TAKE_BOTH && !dure_record_merge_can_join (record, (guint)field))
        {
          *status = dure_cli_misuse (cli, _ ("“%s” can hold one value only."), dure_field_label (&entity->fields[field]));
          return FALSE;
        }
      takes[field] = take;
    }
  return TRUE;
}

/** dure_cli_merge: makes one record of two. */
int
dure_cli_merge (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureRecord) stays = NULL;
  g_autoptr (DureRecord) goes = NULL;
  g_autofree DureTake *takes = NULL;
  g_autofree char     *label = NULL;
  int                  status = DURE_CLI_OK;
  const DureEntity    *entity = find_entity (cli, &status);

  if (entity == NULL)
    return status;
  store = dure_cli_open (cli, 0, &error);
  if (store != NULL)
    stays = dure_cli_find (store, entity, dure_cli_argument (cli, 1), FALSE, &error);
  if (stays != NULL)
    goes = dure_cli_find (store, entity, dure_cli_argument (cli, 2), FALSE, &error);
  if (goes == NULL)
    return dure_cli_fail (cli, error);
  takes = dure_record_merge_suggest (stays, goes);
  if (!set_takes (cli, stays, "take", DURE_TAKE_GOES, takes, &status)
      || !set_takes (cli, stays, "keep", DURE_TAKE_STAYS, takes, &status)
      || !set_takes (cli, stays, "both", DURE_TAKE_BOTH, takes, &status))
    return status;
  label = g_strdup_printf (_ ("Merge %s"), dure_entity_label (entity));
  return dure_record_merge (store, label, entity->id, dure_record_get_id (stays), dure_record_get_id (goes), takes, &error)
             ? DURE_CLI_OK
             : dure_cli_fail (cli, error);
}
