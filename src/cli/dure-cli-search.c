/* dure-cli-search.c: durectl search
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/dure-cli-output.h"

const DureCliOption dure_cli_search_options[] = {
  { "limit", 0, N_ ("N"), N_ ("At most so many records") },
  { NULL },
};

static void
print_json (DureCli *cli, GPtrArray *hits)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < hits->len; i++)
    {
      DureHit         *hit = hits->pdata[i];
      gsize            length = hit->title != NULL ? strlen (hit->title) : 0;
      g_autofree char *match = NULL;

      if (hit->match_end > hit->match_start && hit->match_end <= length)
        match = g_strndup (hit->title + hit->match_start, hit->match_end - hit->match_start);
      json_builder_begin_object (builder);
      dure_cli_json_member (builder, "entity", dure_entity (hit->entity)->key);
      dure_cli_json_member (builder, "id", hit->id);
      dure_cli_json_member (builder, "title", hit->title);
      dure_cli_json_member (builder, "detail", hit->detail);
      dure_cli_json_member (builder, "match", match);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  dure_cli_json_print (builder, cli->out);
  fputc ('\n', cli->out);
}

static void
print_table (DureCli *cli, GPtrArray *hits)
{
  g_autoptr (DureCliTable) table = dure_cli_table_new (4);

  for (guint i = 0; i < hits->len; i++)
    {
      DureHit *hit = hits->pdata[i];

      dure_cli_table_add (table, hit->id);
      dure_cli_table_add (table, dure_entity_label (dure_entity (hit->entity)));
      dure_cli_table_add (table, hit->title);
      dure_cli_table_add (table, hit->detail);
    }
  dure_cli_table_print (table, cli->out);
}

/** dure_cli_search: the records that a text, initial consonants, or Korean typed on Latin keys finds, best first. */
int
dure_cli_search (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *suggestion = NULL;
  guint            limit = 50;

  for (guint i = 0; i < cli->arguments->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", dure_cli_argument (cli, i));
  if (!dure_cli_option_number (cli, "limit", &limit, &error))
    return dure_cli_misuse (cli, "%s", error->message);
  store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  if (store != NULL)
    hits = dure_store_search (store, text->str, limit, &suggestion, &error);
  if (hits != NULL && hits->len == 0 && suggestion != NULL)
    {
      g_clear_pointer (&hits, g_ptr_array_unref);
      hits = dure_store_search (store, suggestion, limit, NULL, &error);
    }
  if (hits == NULL)
    return dure_cli_fail (cli, error);
  if (suggestion != NULL)
    fprintf (cli->err, _ ("Typed on Korean keys: %s\n"), suggestion);
  if (cli->json)
    print_json (cli, hits);
  else
    print_table (cli, hits);
  return DURE_CLI_OK;
}
