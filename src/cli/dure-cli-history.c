/* dure-cli-history.c: durectl history
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

static void
print_table (DureCli *cli, DureStore *store, const DureEntity *entity, GPtrArray *items)
{
  g_autoptr (DureCliTable) table = dure_cli_table_new (5);

  dure_cli_table_add (table, _ ("When"));
  dure_cli_table_add (table, _ ("Who"));
  dure_cli_table_add (table, _ ("Field"));
  dure_cli_table_add (table, _ ("Before"));
  dure_cli_table_add (table, _ ("After"));
  for (guint i = 0; i < items->len; i++)
    {
      DureHistoryItem *item = items->pdata[i];
      g_autofree char *when = dure_cli_stamp_time (item->stamp);
      g_autofree char *was = dure_cli_shown_value (store, entity, item->key, item->was);
      g_autofree char *value = dure_cli_shown_value (store, entity, item->key, item->value);

      g_strdelimit (when, "T", ' ');
      dure_cli_table_add (table, when);
      dure_cli_table_add (table, item->by);
      dure_cli_table_add (table, dure_cli_field_name (entity, item->key));
      dure_cli_table_add (table, was);
      dure_cli_table_add (table, value);
    }
  dure_cli_table_print (table, cli->out);
}

static void
print_json (DureCli *cli, const DureEntity *entity, GPtrArray *items)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < items->len; i++)
    {
      DureHistoryItem *item = items->pdata[i];
      int              number = dure_entity_find_field (entity, item->key);
      const DureField  deleted = { .key = DURE_CHANGE_DELETED, .type = DURE_VALUE_YES_NO };
      const DureField  unknown = { .key = "", .type = DURE_VALUE_TEXT };
      const DureField *field = number >= 0 ? &entity->fields[number] : &unknown;
      g_autofree char *when = dure_cli_stamp_time (item->stamp);

      if (strcmp (item->key, DURE_CHANGE_DELETED) == 0)
        field = &deleted;
      json_builder_begin_object (builder);
      dure_cli_json_member (builder, "stamp", item->stamp);
      dure_cli_json_member (builder, "at", when);
      dure_cli_json_member (builder, "by", item->by);
      dure_cli_json_member (builder, "field", item->key);
      json_builder_set_member_name (builder, "value");
      dure_cli_json_value (builder, field, item->value);
      json_builder_set_member_name (builder, "was");
      dure_cli_json_value (builder, field, item->was);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  dure_cli_json_print (builder, cli->out);
  fputc ('\n', cli->out);
}

/** dure_cli_history: who changed a record, when and how. */
int
dure_cli_history (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureRecord) record = NULL;
  g_autoptr (GPtrArray) items = NULL;
  const DureEntity *entity;
  int               status = DURE_CLI_OK;

  entity = dure_cli_entity (cli, dure_cli_argument (cli, 0), &status);
  if (entity == NULL)
    return status;
  store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  if (store != NULL)
    record = dure_cli_find (store, entity, dure_cli_argument (cli, 1), TRUE, &error);
  if (record != NULL)
    items = dure_store_history (store, entity->id, dure_record_get_id (record), &error);
  if (items == NULL)
    return dure_cli_fail (cli, error);
  if (cli->json)
    print_json (cli, entity, items);
  else
    print_table (cli, store, entity, items);
  return DURE_CLI_OK;
}

/* The value of a field that a change wrote, or the one before the last change. */
static const DureHistoryItem *
find_item (GPtrArray *items, const char *key, const char *stamp)
{
  for (guint i = 0; i < items->len; i++)
    {
      const DureHistoryItem *item = items->pdata[i];

      if (strcmp (item->key, key) == 0 && (strcmp (stamp, "before") == 0 || strcmp (item->stamp, stamp) == 0))
        return item;
    }
  return NULL;
}

/** dure_cli_restore_value: writes an earlier value of a field again; undo takes it back. */
int
dure_cli_restore_value (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureRecord) record = NULL;
  g_autoptr (GPtrArray) items = NULL;
  const DureHistoryItem *item;
  const DureEntity      *entity;
  const char            *name = dure_cli_argument (cli, 2), *stamp = dure_cli_argument (cli, 3);
  int                    field, status = DURE_CLI_OK;

  entity = dure_cli_entity (cli, dure_cli_argument (cli, 0), &status);
  if (entity == NULL)
    return status;
  field = dure_entity_find_label (entity, name);
  if (field < 0)
    return dure_cli_misuse (cli, _ ("%s has no field “%s”."), dure_entity_label (entity), name);
  store = dure_cli_open (cli, 0, &error);
  if (store != NULL)
    record = dure_cli_find (store, entity, dure_cli_argument (cli, 1), FALSE, &error);
  if (record != NULL)
    items = dure_store_history (store, entity->id, dure_record_get_id (record), &error);
  if (items == NULL)
    return dure_cli_fail (cli, error);
  item = find_item (items, entity->fields[field].key, stamp);
  if (item == NULL)
    {
      dure_set_error (&error, DURE_ERROR_NOT_FOUND, _ ("No change with the stamp “%s” wrote “%s” of this record."), stamp,
                      dure_field_label (&entity->fields[field]));
      return dure_cli_fail (cli, error);
    }
  dure_record_set (record, (guint)field, strcmp (stamp, "before") == 0 ? item->was : item->value);
  return dure_store_write (store, record, &error) ? DURE_CLI_OK : dure_cli_fail (cli, error);
}
