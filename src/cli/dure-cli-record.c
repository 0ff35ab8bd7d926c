/* dure-cli-record.c: from words on a command line to records and queries
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-stamp.h"
#include "base/dure-uuid.h"

/**
 * dure_cli_entity:
 * @typed: a key or a label
 * @status: (out): the exit status when there is none
 *
 * Returns: (transfer none) (nullable): the entity; %NULL after telling which there are
 */
const DureEntity *
dure_cli_entity (DureCli *cli, const char *typed, int *status)
{
  const DureEntity *entity = dure_entity_by_label (typed);
  g_autoptr (GString) known = NULL;

  if (entity != NULL)
    return entity;
  known = g_string_new (NULL);
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    g_string_append_printf (known, "%s%s", e > 0 ? ", " : "", dure_entity (e)->key);
  *status = dure_cli_misuse (cli, _ ("There is no entity “%s”; there are: %s."), typed, known->str);
  return NULL;
}

/**
 * dure_cli_find:
 * @typed: an id, a code, or the exact title
 * @deleted_too: whether a deleted record will do
 *
 * Returns: (transfer full) (nullable): the record
 */
DureRecord *
dure_cli_find (DureStore *store, const DureEntity *entity, const char *typed, gboolean deleted_too, GError **error)
{
  g_autoptr (DureRecord) record = NULL;
  g_autoptr (DureLinks) links = NULL;
  g_autofree char *id = g_ascii_strdown (typed, -1);

  if (!dure_uuid_is_valid (id))
    {
      g_free (id);
      links = dure_links_new (store);
      id = dure_links_find (links, entity->id, typed, error);
      if (id == NULL)
        return NULL;
    }
  record = dure_store_get (store, entity->id, id, NULL);
  if (record == NULL)
    g_set_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND, _ ("There is no record of %s with the id %s."),
                 dure_entity_label (entity), id);
  else if (!deleted_too && entity->merged_field >= 0 && dure_record_get (record, (guint)entity->merged_field) != NULL)
    {
      g_autofree char *survivor = dure_store_survivor (store, entity->id, id);

      g_set_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND, _ ("The record %s was merged into %s."), id, survivor);
      g_clear_object (&record);
    }
  else if (!deleted_too && dure_record_get_deleted (record))
    {
      g_set_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND,
                   _ ("The record %s was deleted; “durectl restore-record %s %s” brings it back."), id, entity->key,
                   id);
      g_clear_object (&record);
    }
  return g_steal_pointer (&record);
}

/* Splits FIELD=VALUE; tells what is wrong and gives -1. */
static int
split (DureCli *cli, const DureEntity *entity, const char *word, DureOperator *op, const char **value, int *status)
{
  const char      *at = strchr (word, '=');
  const char      *tilde = strchr (word, '~');
  g_autofree char *name = NULL;
  gsize            length;
  int              field;

  if (op != NULL && tilde != NULL && (at == NULL || tilde < at))
    at = tilde;
  if (at == NULL || at == word)
    {
      *status = dure_cli_misuse (cli, _ ("“%s” is not of the form FIELD=VALUE."), word);
      return -1;
    }
  *value = at + 1;
  length = (gsize)(at - word);
  if (op != NULL)
    {
      *op = *at == '~' ? DURE_HAS : DURE_EQUAL;
      if (*at == '=' && length > 1 && strchr ("!<>", at[-1]) != NULL)
        {
          *op = at[-1] == '!' ? DURE_NOT_EQUAL : at[-1] == '<' ? DURE_AT_MOST : DURE_AT_LEAST;
          length--;
        }
    }
  name = g_strndup (word, length);
  field = dure_entity_find_label (entity, name);
  if (field < 0)
    *status = dure_cli_misuse (cli, _ ("%s has no field “%s”."), dure_entity_label (entity), name);
  return field;
}

/**
 * dure_cli_assign:
 * @record: what to change
 * @first: number of the first argument of the form FIELD=VALUE
 * @status: (out): the exit status when a word is wrong
 *
 * Sets all fields that the command line names; tells every one that is wrong.
 *
 * Returns: %TRUE when all were right
 */
gboolean
dure_cli_assign (DureCli *cli, DureStore *store, DureRecord *record, guint first, int *status)
{
  const DureEntity *entity = dure_record_get_entity (record);
  g_autoptr (DureLinks) links = dure_links_new (store);
  gboolean right = TRUE;

  for (guint i = first; i < cli->arguments->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *canonical = NULL;
      const char      *value = NULL;
      int              field = split (cli, entity, cli->arguments->pdata[i], NULL, &value, status);

      if (field < 0)
        return FALSE;
      canonical = dure_links_parse (links, &entity->fields[field], value, &error);
      if (error != NULL)
        {
          *status = dure_cli_fail (cli, error);
          right = FALSE;
          continue;
        }
      dure_record_set (record, (guint)field, canonical);
    }
  return right;
}

/**
 * dure_cli_query:
 * @first: number of the first argument of the form FIELD=VALUE
 * @status: (out): the exit status when a word is wrong
 *
 * Returns: (transfer full) (nullable): a query for the records that fit
 */
DureQuery *
dure_cli_query (DureCli *cli, DureStore *store, const DureEntity *entity, guint first, int *status)
{
  g_autoptr (DureQuery) query = dure_query_new (entity->id);
  g_autoptr (DureLinks) links = dure_links_new (store);

  for (guint i = first; i < cli->arguments->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *canonical = NULL;
      const char      *value = NULL;
      DureOperator     op = DURE_EQUAL;
      int              field = split (cli, entity, cli->arguments->pdata[i], &op, &value, status);

      if (field < 0)
        return NULL;
      if (*value == '\0')
        {
          dure_query_where (query, (guint)field, op == DURE_NOT_EQUAL ? DURE_IS_SET : DURE_IS_EMPTY, NULL);
          continue;
        }
      if (op == DURE_HAS && entity->fields[field].type != DURE_VALUE_SET)
        canonical = g_strdup (value);
      else
        canonical = dure_links_parse (links, &entity->fields[field], value, &error);
      if (error != NULL)
        {
          *status = dure_cli_fail (cli, error);
          return NULL;
        }
      if (op == DURE_EQUAL && entity->fields[field].type == DURE_VALUE_SET)
        op = DURE_HAS;
      if (op == DURE_NOT_EQUAL && entity->fields[field].type == DURE_VALUE_SET)
        op = DURE_LACKS;
      dure_query_where (query, (guint)field, op, canonical);
    }
  return g_steal_pointer (&query);
}

/**
 * dure_cli_field_name:
 * @entity: (nullable): the entity, %NULL for one that only newer programs know
 * @key: (nullable): key of a field, %DURE_CHANGE_DELETED or %DURE_CHANGE_PURGED
 *
 * Returns: (transfer none): what the screen calls it
 */
const char *
dure_cli_field_name (const DureEntity *entity, const char *key)
{
  int field = entity != NULL && key != NULL ? dure_entity_find_field (entity, key) : -1;

  if (g_strcmp0 (key, DURE_CHANGE_DELETED) == 0)
    return _ ("Deleted");
  if (g_strcmp0 (key, DURE_CHANGE_PURGED) == 0)
    return _ ("Purged");
  return field >= 0 ? dure_field_label (&entity->fields[field]) : key;
}

/**
 * dure_cli_shown_value:
 * @entity: (nullable): as of dure_cli_field_name()
 * @key: (nullable): as of dure_cli_field_name()
 * @value: (nullable): canonical text
 *
 * Returns: (transfer full): what the screen shows; of a link the title
 */
char *
dure_cli_shown_value (DureStore *store, const DureEntity *entity, const char *key, const char *value)
{
  int field = entity != NULL && key != NULL ? dure_entity_find_field (entity, key) : -1;

  if (g_strcmp0 (key, DURE_CHANGE_DELETED) == 0)
    return g_strdup (g_strcmp0 (value, "1") == 0 ? _ ("Yes") : _ ("No"));
  if (value != NULL && g_strcmp0 (key, DURE_CHANGE_PURGED) == 0)
    return g_strdup (dure_purge_reason_label (value));
  if (field < 0)
    return g_strdup (value != NULL ? value : "");
  if (value != NULL && entity->fields[field].type == DURE_VALUE_LINK)
    return dure_store_title (store, entity->fields[field].target, value);
  return dure_field_format (&entity->fields[field], value);
}
