/* dure-cli-network-measures.c: durectl network measures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-network.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cli/dure-cli-output.h"
#include "graph/dure-analysis.h"

const DureCliOption dure_cli_network_measures_options[] = {
  DURE_CLI_NETWORK_FILTER,
  { NULL },
};

static void
add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_count (JsonBuilder *builder, const char *name, guint value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
print_json (DureCli *cli, const DureGraph *graph, const DureAnalysis *analysis, char **ids)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "network");
  json_builder_begin_object (builder);
  add_count (builder, "nodes", analysis->n_nodes);
  add_count (builder, "ties", analysis->n_ties);
  add_number (builder, "density", analysis->density);
  add_count (builder, "components", analysis->components->n_components);
  add_number (builder, "degree_centralisation", analysis->degree_centralisation);
  add_number (builder, "betweenness_centralisation", analysis->betweenness_centralisation);
  add_number (builder, "transitivity", analysis->transitivity);
  add_number (builder, "modularity", analysis->modularity);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint v = 0; v < analysis->n_nodes; v++)
    {
      json_builder_begin_object (builder);
      dure_cli_json_member (builder, "id", ids[v]);
      add_count (builder, "degree", analysis->degree[v]);
      add_number (builder, "betweenness", analysis->betweenness[v]);
      add_number (builder, "closeness", analysis->closeness[v]);
      add_number (builder, "harmonic", analysis->harmonic[v]);
      add_count (builder, "core", analysis->core[v]);
      add_number (builder, "constraint", analysis->constraint[v]);
      add_number (builder, "effective_size", analysis->effective_size[v]);
      json_builder_set_member_name (builder, "cut_point");
      json_builder_add_boolean_value (builder, analysis->cuts->is_cut_point[v]);
      add_count (builder, "community", analysis->community[v]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "bridges");
  json_builder_begin_array (builder);
  for (guint i = 0; i < graph->n_ties; i++)
    if (analysis->cuts->is_bridge[i])
      {
        json_builder_begin_array (builder);
        json_builder_add_string_value (builder, ids[graph->ties[i].a]);
        json_builder_add_string_value (builder, ids[graph->ties[i].b]);
        json_builder_end_array (builder);
      }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  dure_cli_json_print (builder, cli->out);
  fputc ('\n', cli->out);
}

/** dure_cli_network_measures: all measures of the network in the store. */
int
dure_cli_network_measures (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureNetworkFilter) filter = dure_cli_network_filter (cli, &error);
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (DureAnalysis) analysis = NULL;
  g_autofree char **ids = NULL;

  if (filter == NULL)
    return dure_cli_misuse (cli, "%s", error->message);
  store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  if (store != NULL)
    network = dure_network_build (store, filter, NULL, &error);
  if (network != NULL)
    analysis = dure_analysis_new (network->graph, NULL, NULL, &error);
  if (analysis == NULL)
    return dure_cli_fail (cli, error);
  ids = g_new (char *, network->n_nodes + 1);
  for (guint v = 0; v < network->n_nodes; v++)
    ids[v] = network->nodes[v].id;
  print_json (cli, network->graph, analysis, ids);
  return DURE_CLI_OK;
}
