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
#include "domain/dure-network-sentences.h"
#include "graph/dure-edge-list.h"

/* Where a tie of a file stands among the layers. */
#define OTHER_LAYER 4

const DureCliOption dure_cli_network_measures_options[] = {
  DURE_CLI_NETWORK_FILTER,
  { NULL },
};

/* What is not defined is null. */
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
add_flag (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_whole (JsonBuilder *builder, const DureAnalysis *analysis, const DureNetwork *network)
{
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
  add_count (builder, "isolates", analysis->n_isolates);
  add_count (builder, "cut_points", analysis->cuts->n_cut_points);
  add_number (builder, "core_fit", analysis->core_fit);
  add_number (builder, "reciprocity", dure_network_reciprocity (network));
  add_flag (builder, "estimated", analysis->n_sources < analysis->n_nodes);
  json_builder_end_object (builder);
}

static void
add_nodes (JsonBuilder *builder, const DureAnalysis *analysis, const DureNetwork *network, gboolean named)
{
  static const char *const bands[] = { "low", "middle", "high" };

  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint v = 0; v < analysis->n_nodes; v++)
    {
      json_builder_begin_object (builder);
      dure_cli_json_member (builder, "id", network->nodes[v].id);
      if (named)
        dure_cli_json_member (builder, "name", network->nodes[v].name);
      add_count (builder, "degree", analysis->degree[v]);
      add_number (builder, "strength", analysis->strength[v]);
      add_number (builder, "betweenness", analysis->betweenness[v]);
      dure_cli_json_member (builder, "betweenness_band", bands[analysis->band[v]]);
      add_number (builder, "closeness", analysis->closeness[v]);
      add_number (builder, "harmonic", analysis->harmonic[v]);
      add_number (builder, "two_step_reach", analysis->two_step[v]);
      add_count (builder, "core", analysis->core[v]);
      add_flag (builder, "in_core", analysis->in_core[v]);
      add_number (builder, "constraint", analysis->constraint[v]);
      add_number (builder, "effective_size", analysis->effective_size[v]);
      add_flag (builder, "cut_point", analysis->cuts->is_cut_point[v]);
      add_count (builder, "component", analysis->components->component[v]);
      add_count (builder, "community", analysis->community[v]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_bridges (JsonBuilder *builder, const DureAnalysis *analysis, const DureNetwork *network)
{
  const DureGraph *graph = network->graph;

  json_builder_set_member_name (builder, "bridges");
  json_builder_begin_array (builder);
  for (guint i = 0; i < graph->n_ties; i++)
    if (analysis->cuts->is_bridge[i])
      {
        json_builder_begin_array (builder);
        json_builder_add_string_value (builder, network->nodes[graph->ties[i].a].id);
        json_builder_add_string_value (builder, network->nodes[graph->ties[i].b].id);
        json_builder_end_array (builder);
      }
  json_builder_end_array (builder);
}

static void
print_json (DureCli *cli, const DureNetwork *network, const DureAnalysis *analysis, gboolean named)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_whole (builder, analysis, network);
  add_nodes (builder, analysis, network, named);
  add_bridges (builder, analysis, network);
  json_builder_end_object (builder);
  dure_cli_json_print (builder, cli->out);
  fputc ('\n', cli->out);
}

static void
add_cell (DureCliTable *table, double value)
{
  g_autofree char *text = isfinite (value) ? g_strdup_printf ("%.4f", value) : g_strdup ("–");

  dure_cli_table_add (table, text);
}

static void
print_nodes (DureCli *cli, const DureNetwork *network, const DureAnalysis *analysis)
{
  const char *const heads[]
      = { _ ("Agency"),     _ ("Degree"),         _ ("Betweenness"), _ ("Harmonic"),     _ ("Core layer"),
          _ ("Constraint"), _ ("Effective size"), _ ("Cut point"),   _ ("Community no.") };
  g_autoptr (DureCliTable) table = dure_cli_table_new (G_N_ELEMENTS (heads));

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    dure_cli_table_add (table, heads[i]);
  for (guint v = 0; v < analysis->n_nodes; v++)
    {
      g_autofree char *degree = g_strdup_printf ("%u", analysis->degree[v]);
      g_autofree char *core = g_strdup_printf ("%u", analysis->core[v]);
      g_autofree char *community = g_strdup_printf ("%u", analysis->community[v] + 1);

      dure_cli_table_add (table, network->nodes[v].name);
      dure_cli_table_add (table, degree);
      add_cell (table, analysis->betweenness[v]);
      add_cell (table, analysis->harmonic[v]);
      dure_cli_table_add (table, core);
      add_cell (table, analysis->constraint[v]);
      add_cell (table, analysis->effective_size[v]);
      dure_cli_table_add (table, analysis->cuts->is_cut_point[v] ? _ ("yes") : "");
      dure_cli_table_add (table, community);
    }
  dure_cli_table_print (table, cli->out);
}

static void
print_sentences (DureCli *cli, const DureNetwork *network, const DureAnalysis *analysis)
{
  g_autoptr (GPtrArray) sentences = dure_network_sentences_whole (network, analysis);

  for (guint i = 0; i < sentences->len; i++)
    {
      const DureNetworkSentence *one = g_ptr_array_index (sentences, i);

      fprintf (cli->out, "%s%s%s\n  %s\n", one->heading, *one->value != '\0' ? ": " : "", one->value, one->sentence);
      if (one->caution != NULL)
        fprintf (cli->out, "  (%s)\n", one->caution);
    }
  fputc ('\n', cli->out);
}

/* A network of what a file holds, whose names are the words of the file. */
static DureNetwork *
read_edge_list (const char *path, GError **error)
{
  g_autoptr (DureEdgeList) list = dure_edge_list_read (path, error);
  g_autofree DureNetworkNode *nodes = NULL;
  g_autofree DureNetworkTie  *ties = NULL;

  if (list == NULL)
    return NULL;
  nodes = g_new0 (DureNetworkNode, (gsize)list->n_nodes + 1);
  ties = g_new0 (DureNetworkTie, (gsize)list->graph->n_ties + 1);
  for (guint v = 0; v < list->n_nodes; v++)
    nodes[v] = (DureNetworkNode){ .id = list->ids[v], .name = list->ids[v], .area = DURE_NO_AREA };
  for (guint i = 0; i < list->graph->n_ties; i++)
    {
      ties[i] = (DureNetworkTie){ list->graph->ties[i].a, list->graph->ties[i].b, DURE_LAYER_OTHER, 1, 0, { 0 }, 0, 0 };
      ties[i].by_layer[OTHER_LAYER] = list->graph->ties[i].weight;
    }
  return dure_network_new (nodes, list->n_nodes, ties, list->graph->n_ties);
}

static DureNetwork *
read_store (DureCli *cli, const DureNetworkFilter *filter, GError **error)
{
  g_autoptr (DureStore) store = dure_cli_open (cli, DURE_STORE_READ_ONLY, error);

  return store != NULL ? dure_network_build (store, filter, NULL, error) : NULL;
}

/** dure_cli_network_measures: all measures of the network in the store, or in a file with one tie a line. */
int
dure_cli_network_measures (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  const char *path = dure_cli_argument (cli, 0);
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (DureAnalysis) analysis = NULL;
  g_autoptr (DureNetworkFilter) filter = dure_cli_network_filter (cli, &error);

  if (filter == NULL)
    return dure_cli_misuse (cli, "%s", error->message);
  for (const DureCliOption *option = dure_cli_network_measures_options; path != NULL && option->name != NULL; option++)
    if (dure_cli_option (cli, option->name) != NULL)
      return dure_cli_misuse (cli, _ ("The option “--%s” needs the store; a file of ties has nothing to choose by."),
                              option->name);
  network = path != NULL ? read_edge_list (path, &error) : read_store (cli, filter, &error);
  if (network != NULL)
    analysis = dure_analysis_new (network->graph, NULL, NULL, &error);
  if (analysis == NULL)
    return dure_cli_fail (cli, error);
  if (cli->json)
    print_json (cli, network, analysis, path == NULL);
  else
    {
      print_sentences (cli, network, analysis);
      print_nodes (cli, network, analysis);
    }
  return DURE_CLI_OK;
}
