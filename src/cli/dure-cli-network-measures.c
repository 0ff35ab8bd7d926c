/* dure-cli-network-measures.c: durectl network measures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-network.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dure-error.h"
#include "cli/dure-cli-network-groups.h"
#include "cli/dure-cli-output.h"
#include "domain/dure-network-sentences.h"
#include "graph/dure-edge-list.h"

/* Where a tie of a file stands among the layers. */
#define OTHER_LAYER 4

const DureCliOption dure_cli_network_measures_options[] = {
  { "agency", 0, N_ ("AGENCY"), N_ ("What they say of this one, by name or id, in place of the whole network") },
  { "group", 0, N_ ("BY"), N_ ("Also ties inside and between groups: area, sector, kind, region or community") },
  DURE_CLI_NETWORK_FILTER,
  { NULL },
};

/** Told: what is told of; groups are %NULL when none were asked for. */
typedef struct
{
  DureNetwork   *network;
  DureAnalysis  *analysis;
  DureCliGroups *by;
  DureGroups    *groups;
  gboolean       named;  /* agencies have names beside their ids */
  guint          agency; /* the one that is asked for, or %G_MAXUINT */
} Told;

static const char *
group_name (const Told *told, guint group)
{
  return g_ptr_array_index (told->by->names, group);
}

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
add_whole (JsonBuilder *builder, const Told *told)
{
  const DureAnalysis *analysis = told->analysis;

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
  add_number (builder, "reciprocity", dure_network_reciprocity (told->network));
  add_flag (builder, "estimated", analysis->n_sources < analysis->n_nodes);
  json_builder_end_object (builder);
}

static void
add_group_of (JsonBuilder *builder, const Told *told, guint v)
{
  const DureBrokerage *roles = &told->groups->brokerage[v];

  dure_cli_json_member (builder, "group", group_name (told, told->by->of[v]));
  add_number (builder, "ei", told->groups->node_ei[v]);
  json_builder_set_member_name (builder, "brokerage");
  json_builder_begin_object (builder);
  add_count (builder, "coordinator", roles->coordinator);
  add_count (builder, "itinerant", roles->itinerant);
  add_count (builder, "gatekeeper", roles->gatekeeper);
  add_count (builder, "representative", roles->representative);
  add_count (builder, "liaison", roles->liaison);
  json_builder_end_object (builder);
}

static void
add_groups (JsonBuilder *builder, const Told *told)
{
  const DureGroups *groups = told->groups;

  json_builder_set_member_name (builder, "groups");
  json_builder_begin_object (builder);
  add_number (builder, "ei", groups->whole_ei);
  add_number (builder, "expected_ei", groups->expected_ei);
  json_builder_set_member_name (builder, "groups");
  json_builder_begin_array (builder);
  for (guint g = 0; g < groups->n_groups; g++)
    {
      json_builder_begin_object (builder);
      dure_cli_json_member (builder, "name", group_name (told, g));
      add_count (builder, "size", groups->size[g]);
      add_count (builder, "internal", groups->internal[g]);
      add_count (builder, "external", groups->external[g]);
      add_number (builder, "ei", groups->ei[g]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_nodes (JsonBuilder *builder, const Told *told)
{
  const DureAnalysis      *analysis = told->analysis;
  static const char *const bands[] = { "low", "middle", "high" };

  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint v = 0; v < analysis->n_nodes; v++)
    {
      if (told->agency != G_MAXUINT && told->agency != v)
        continue;
      json_builder_begin_object (builder);
      dure_cli_json_member (builder, "id", told->network->nodes[v].id);
      if (told->named)
        dure_cli_json_member (builder, "name", told->network->nodes[v].name);
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
      if (told->groups != NULL)
        add_group_of (builder, told, v);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_bridges (JsonBuilder *builder, const Told *told)
{
  const DureNetworkNode *nodes = told->network->nodes;
  const DureGraph       *graph = told->network->graph;

  json_builder_set_member_name (builder, "bridges");
  json_builder_begin_array (builder);
  for (guint i = 0; i < graph->n_ties; i++)
    if (told->analysis->cuts->is_bridge[i])
      {
        json_builder_begin_array (builder);
        json_builder_add_string_value (builder, nodes[graph->ties[i].a].id);
        json_builder_add_string_value (builder, nodes[graph->ties[i].b].id);
        json_builder_end_array (builder);
      }
  json_builder_end_array (builder);
}

static void
print_json (DureCli *cli, const Told *told)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_whole (builder, told);
  add_nodes (builder, told);
  add_bridges (builder, told);
  if (told->groups != NULL)
    add_groups (builder, told);
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
print_sentences (DureCli *cli, GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len; i++)
    {
      const DureNetworkSentence *one = g_ptr_array_index (sentences, i);

      fprintf (cli->out, "%s%s%s\n  %s\n", one->heading, *one->value != '\0' ? ": " : "", one->value, one->sentence);
      if (one->caution != NULL)
        fprintf (cli->out, "  (%s)\n", one->caution);
    }
  fputc ('\n', cli->out);
}

static void
print_agency (DureCli *cli, const Told *told)
{
  g_autoptr (GPtrArray) sentences = dure_network_sentences_agency (
      told->network, told->analysis, told->groups,
      told->by != NULL ? (const char *const *)told->by->names->pdata : NULL, told->agency);

  fprintf (cli->out, "%s\n\n", told->network->nodes[told->agency].name);
  print_sentences (cli, sentences);
}

static void
print_plain (DureCli *cli, const Told *told)
{
  g_autoptr (GPtrArray) whole = dure_network_sentences_whole (told->network, told->analysis);

  print_sentences (cli, whole);
  if (told->groups != NULL)
    {
      g_autoptr (GPtrArray) groups
          = dure_network_sentences_groups (told->groups, (const char *const *)told->by->names->pdata);

      print_sentences (cli, groups);
    }
  print_nodes (cli, told->network, told->analysis);
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

static gboolean
find_agency (const DureNetwork *network, const char *typed, guint *agency, GError **error)
{
  if (dure_network_find (network, typed, agency))
    return TRUE;
  for (guint v = 0; v < network->n_nodes; v++)
    if (strcmp (network->nodes[v].name, typed) == 0)
      {
        *agency = v;
        return TRUE;
      }
  g_set_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND, _ ("There is no agency “%s” in this network."), typed);
  return FALSE;
}

static gboolean
take_measures (DureCli *cli, const char *path, const DureNetworkFilter *filter, Told *told, GError **error)
{
  const char *by = dure_cli_option (cli, "group");
  const char *agency = dure_cli_option (cli, "agency");

  told->agency = G_MAXUINT;
  told->named = path == NULL;
  told->network = path != NULL ? read_edge_list (path, error) : read_store (cli, filter, error);
  if (told->network == NULL || (agency != NULL && !find_agency (told->network, agency, &told->agency, error)))
    return FALSE;
  told->analysis = dure_analysis_new (told->network->graph, NULL, NULL, error);
  if (told->analysis == NULL || by == NULL)
    return told->analysis != NULL;
  told->by = dure_cli_groups_new (told->network, told->analysis, by, error);
  if (told->by == NULL)
    return FALSE;
  told->groups = dure_groups_new (told->network->graph, told->by->of, told->by->names->len - 1);
  return TRUE;
}

/** dure_cli_network_measures: all measures of the network in the store, or in a file with one tie a line. */
int
dure_cli_network_measures (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  const char *path = dure_cli_argument (cli, 0);
  const char *by = dure_cli_option (cli, "group");
  g_autoptr (DureNetworkFilter) filter = dure_cli_network_filter (cli, &error);
  Told told = { 0 };
  int  status = DURE_CLI_OK;

  if (filter == NULL)
    return dure_cli_misuse (cli, "%s", error->message);
  for (const DureCliOption *option = dure_cli_network_measures_options; path != NULL && option->name != NULL; option++)
    {
      gboolean of_ties = strcmp (option->name, "agency") == 0
                         || (strcmp (option->name, "group") == 0 && g_strcmp0 (by, "community") == 0);

      if (dure_cli_option (cli, option->name) != NULL && !of_ties)
        return dure_cli_misuse (cli, _ ("The option “--%s” needs the store; a file of ties has nothing to choose by."),
                                option->name);
    }
  if (!take_measures (cli, path, filter, &told, &error))
    status = g_error_matches (error, DURE_ERROR, DURE_ERROR_INVALID) && by != NULL && told.analysis != NULL
                 ? dure_cli_misuse (cli, "%s", error->message)
                 : dure_cli_fail (cli, error);
  else if (cli->json)
    print_json (cli, &told);
  else if (told.agency != G_MAXUINT)
    print_agency (cli, &told);
  else
    print_plain (cli, &told);
  dure_groups_free (told.groups);
  dure_cli_groups_free (told.by);
  dure_analysis_unref (told.analysis);
  dure_network_unref (told.network);
  return status;
}
