/* dure-cli-purge.c: durectl purge
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "base/dure-date.h"
#include "base/dure-stamp.h"
#include "cli/dure-cli-output.h"
#include "cli/dure-cli-record.h"
#include "domain/dure-privacy.h"
#include "schema/dure-change.h"

const DureCliOption dure_cli_purge_options[] = {
  { "reason", 0, N_ ("REASON"), N_ ("Why: expired, request, done or other") },
  { "expired", 0, NULL, N_ ("All people whose time to keep is over") },
  { "list", 0, NULL, N_ ("What was purged, when, by whom and why") },
  { NULL },
};

static int
list (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  g_autoptr (GPtrArray) purges = store != NULL ? dure_store_purges (store, &error) : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (DureCliTable) table = dure_cli_table_new (5);
  const char *const headings[] = { _ ("When"), _ ("Who"), _ ("Kind"), "id", _ ("Reason") };

  if (purges == NULL)
    return dure_cli_fail (cli, error);
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    dure_cli_table_add (table, headings[i]);
  for (guint i = 0; i < purges->len; i++)
    {
      const DurePurge *purge = purges->pdata[i];
      g_autofree char *when = dure_cli_stamp_time (purge->stamp);

      json_builder_begin_object (builder);
      dure_cli_json_member (builder, "at", when);
      dure_cli_json_member (builder, "by", purge->by);
      dure_cli_json_member (builder, "entity", dure_entity (purge->entity)->key);
      dure_cli_json_member (builder, "id", purge->id);
      dure_cli_json_member (builder, "reason", purge->reason);
      json_builder_end_object (builder);
      g_strdelimit (when, "T", ' ');
      dure_cli_table_add (table, when);
      dure_cli_table_add (table, purge->by);
      dure_cli_table_add (table, dure_entity_label (dure_entity (purge->entity)));
      dure_cli_table_add (table, purge->id);
      dure_cli_table_add (table, dure_purge_reason_label (purge->reason));
    }
  json_builder_end_array (builder);
  if (cli->json)
    {
      dure_cli_json_print (builder, cli->out);
      fputc ('\n', cli->out);
    }
  else
    dure_cli_table_print (table, cli->out);
  return DURE_CLI_OK;
}

static int
purge_expired (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, 0, &error);
  g_autoptr (GPtrArray) people
      = store != NULL ? dure_privacy_expired (store, dure_day_today (), &error) : NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  if (people == NULL)
    return dure_cli_fail (cli, error);
  for (guint i = 0; i < people->len; i++)
    g_ptr_array_add (ids, (gpointer)dure_record_get_id (people->pdata[i]));
  g_ptr_array_add (ids, NULL);
  if (people->len > 0
      && !dure_store_purge (store, DURE_ENTITY_PERSON, (const char *const *)ids->pdata, "expired", &error))
    return dure_cli_fail (cli, error);
  fprintf (cli->out, g_dngettext (GETTEXT_PACKAGE, "%u person purged.\n", "%u people purged.\n", people->len), people->len);
  return DURE_CLI_OK;
}

static int
purge_one (DureCli *cli, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureRecord) record = NULL;
  const DureEntity *entity;
  const char       *ids[] = { NULL, NULL };
  int               status = DURE_CLI_OK;

  entity = dure_cli_entity (cli, dure_cli_argument (cli, 0), &status);
  if (entity == NULL)
    return status;
  store = dure_cli_open (cli, 0, &error);
  if (store != NULL)
    record = dure_cli_find (store, entity, dure_cli_argument (cli, 1), TRUE, &error);
  if (record == NULL)
    return dure_cli_fail (cli, error);
  ids[0] = dure_record_get_id (record);
  return dure_store_purge (store, entity->id, ids, reason, &error) ? DURE_CLI_OK : dure_cli_fail (cli, error);
}

/** dure_cli_purge: destroys records, or lists what was destroyed. */
int
dure_cli_purge (DureCli *cli)
{
  const DureField   reasons = { .choices = dure_purge_reasons () };
  const char       *why = dure_cli_option (cli, "reason");
  const DureChoice *reason = why != NULL ? dure_field_find_choice (&reasons, why) : NULL;
  gboolean          expired = dure_cli_option (cli, "expired") != NULL;
  gboolean          listed = dure_cli_option (cli, "list") != NULL;

  if (why != NULL && reason == NULL)
    return dure_cli_misuse (cli, _ ("“%s” is no reason: it is expired, request, done or other."), why);
  if (dure_cli_argument (cli, 1) != NULL && reason != NULL && !expired && !listed)
    return purge_one (cli, reason->key);
  if (dure_cli_argument (cli, 0) != NULL || reason != NULL || expired == listed)
    return dure_cli_misuse (
        cli, _ ("It is “purge ENTITY ID --reason REASON”, or “purge --expired”, or “purge --list”."));
  return listed ? list (cli) : purge_expired (cli);
}
