/* dure-cli-network-without.c: durectl network without
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-network.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"
#include "cli/dure-cli-output.h"
#include "cli/dure-cli-record.h"
#include "domain/dure-network-what-if.h"

const DureCliOption dure_cli_network_without_options[] = {
  DURE_CLI_NETWORK_FILTER,
  { NULL },
};

static void
add_count (JsonBuilder *builder, const char *name, guint value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_state (JsonBuilder *builder, const char *name, const DureNetworkState *state)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_count (builder, "nodes", state->n_nodes);
  add_count (builder, "ties", state->n_ties);
  add_count (builder, "parts", state->n_parts);
  add_count (builder, "isolates", state->n_isolates);
  add_count (builder, "largest", state->largest);
  json_builder_set_member_name (builder, "two_step");
  json_builder_add_double_value (builder, state->two_step);
  json_builder_end_object (builder);
}

static void
add_nodes (JsonBuilder *builder, const DureNetwork *network, const GArray *nodes)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < nodes->len; i++)
    json_builder_add_string_value (builder, network->nodes[g_array_index (nodes, guint, i)].id);
  json_builder_end_array (builder);
}

static void
print_json (DureCli *cli, const DureNetwork *network, const DureNetworkWhatIf *what_if, const GPtrArray *sentences)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_state (builder, "before", &what_if->before);
  add_state (builder, "after", &what_if->after);
  json_builder_set_member_name (builder, "isolated");
  add_nodes (builder, network, what_if->isolated);
  json_builder_set_member_name (builder, "cut_off");
  json_builder_begin_array (builder);
  for (guint i = 0; i < what_if->cut_off->len; i++)
    add_nodes (builder, network, g_ptr_array_index (what_if->cut_off, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "sentences");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sentences->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (sentences, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  dure_cli_json_print (builder, cli->out);
  fputc ('\n', cli->out);
}

static void
print_text (DureCli *cli, const DureNetwork *network, const GPtrArray *sentences)
{
  g_autofree char *coverage = dure_network_coverage (network);
  g_autofree char *left_out = dure_network_left_out (network);

  for (guint i = 0; i < sentences->len; i++)
    fprintf (cli->out, "%s\n", (const char *)g_ptr_array_index (sentences, i));
  fprintf (cli->out, "%s\n", coverage);
  if (left_out != NULL)
    fprintf (cli->out, "%s\n", left_out);
}

/* The agencies that are named, as nodes of the network. */
static GArray *
find_nodes (DureCli *cli, DureStore *store, const DureNetwork *network, GError **error)
{
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < cli->arguments->len; i++)
    {
      const char *typed = dure_cli_argument (cli, i);
      g_autoptr (DureRecord) agency = dure_cli_find (store, dure_entity (DURE_ENTITY_AGENCY), typed, FALSE, error);
      guint v;

      if (agency == NULL)
        return NULL;
      if (!dure_network_find (network, dure_record_get_id (agency), &v))
        {
          dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("“%s” is not in the network that was asked for."), typed);
          return NULL;
        }
      g_array_append_val (nodes, v);
    }
  return g_steal_pointer (&nodes);
}

/** dure_cli_network_without: what would change if agencies were not there. */
int
dure_cli_network_without (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureNetworkFilter) filter = dure_cli_network_filter (cli, &error);
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (GArray) nodes = NULL;
  g_autoptr (DureNetworkWhatIf) what_if = NULL;
  g_autoptr (GPtrArray) sentences = NULL;

  if (filter == NULL)
    return dure_cli_misuse (cli, "%s", error->message);
  store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  if (store != NULL)
    network = dure_network_build (store, filter, NULL, &error);
  if (network != NULL)
    nodes = find_nodes (cli, store, network, &error);
  if (nodes != NULL)
    what_if = dure_network_what_if (network, (const guint *)(gpointer)nodes->data, nodes->len, NULL, 0, NULL, &error);
  if (what_if == NULL)
    return dure_cli_fail (cli, error);
  sentences = dure_network_what_if_sentences (what_if);
  if (cli->json)
    print_json (cli, network, what_if, sentences);
  else
    print_text (cli, network, sentences);
  return DURE_CLI_OK;
}
