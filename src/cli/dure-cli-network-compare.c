/* dure-cli-network-compare.c: durectl network compare
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-network.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "cli/dure-cli-output.h"
#include "cli/dure-cli-record.h"
#include "domain/dure-network-compare.h"

const DureCliOption dure_cli_network_compare_options[] = {
  { "from", 0, N_ ("A..B"), N_ ("The first period: days, months or years, as 2024..2024 or 2024-01..2024-06") },
  { "to", 0, N_ ("C..D"), N_ ("The second period") },
  { "event", 0, N_ ("EVENT"), N_ ("As many days before this event and since it, in place of the periods") },
  DURE_CLI_NETWORK_WHAT,
  { NULL },
};

/* One end of a period: a day, or the first or last day of a month or a year. */
static gboolean
read_end (const char *text, gboolean last, int *day)
{
  g_autofree char *date = NULL;
  gsize            length = strlen (text);
  int              year;
  int              month;
  int              number;

  *day = DURE_NO_DAY;
  if (length == 0)
    return TRUE;
  if (length == 4)
    date = g_strconcat (text, last ? "-12-31" : "-01-01", NULL);
  else if (length == 7)
    date = g_strconcat (text, "-01", NULL);
  else
    date = g_strdup (text);
  *day = dure_day (date);
  if (*day == DURE_NO_DAY)
    return FALSE;
  if (length == 7 && last)
    {
      dure_day_to_ymd (*day, &year, &month, &number);
      *day += dure_month_days (year, month) - 1;
    }
  return TRUE;
}

static gboolean
read_span (DureCli *cli, const char *option, DureDaySpan *span, GError **error)
{
  const char *text = dure_cli_option (cli, option);
  g_auto (GStrv) ends = g_strsplit (text != NULL ? text : "", "..", 2);
  guint n = g_strv_length (ends);

  if (n > 0 && read_end (ends[0], FALSE, &span->from) && read_end (ends[n - 1], TRUE, &span->to)
      && (span->from != DURE_NO_DAY || span->to != DURE_NO_DAY))
    return TRUE;
  dure_set_error (error, DURE_ERROR_INVALID,
                  _ ("The option “--%s” needs a period like 2024-01-01..2024-12-31, not “%s”."), option,
                  text != NULL ? text : "");
  return FALSE;
}

static void
add_day (JsonBuilder *builder, const char *name, int day)
{
  g_autofree char *date = day != DURE_NO_DAY ? dure_day_to_date (day) : NULL;

  dure_cli_json_member (builder, name, date);
}

static void
add_count (JsonBuilder *builder, const char *name, guint value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

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
add_side (
    JsonBuilder *builder, const char *name, DureDaySpan span, const DureNetwork *network, const DureAnalysis *analysis)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_day (builder, "from", span.from);
  add_day (builder, "to", span.to);
  add_count (builder, "nodes", network->n_nodes);
  add_count (builder, "tied", network->n_tied);
  add_count (builder, "ties", network->n_ties);
  add_count (builder, "components", analysis->components->n_components);
  add_count (builder, "isolates", analysis->n_isolates);
  add_number (builder, "degree_centralisation", analysis->degree_centralisation);
  add_number (builder, "betweenness_centralisation", analysis->betweenness_centralisation);
  add_number (builder, "transitivity", analysis->transitivity);
  json_builder_end_object (builder);
}

static const char *
change_key (guint8 change)
{
  return change == DURE_CHANGE_NEW ? "new" : change == DURE_CHANGE_LOST ? "lost" : "kept";
}

static void
print_json (DureCli *cli, const DureNetworkComparison *comparison, DureDaySpan first, DureDaySpan second)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) sentences = dure_network_comparison_sentences (comparison);
  const DureNetwork *network = comparison->network;

  json_builder_begin_object (builder);
  add_side (builder, "before", first, comparison->before_network, comparison->before);
  add_side (builder, "after", second, comparison->after_network, comparison->after);
  add_count (builder, "new", comparison->n_new);
  add_count (builder, "lost", comparison->n_lost);
  add_count (builder, "kept", comparison->n_kept);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint v = 0; v < network->n_nodes; v++)
    {
      json_builder_begin_object (builder);
      dure_cli_json_member (builder, "id", network->nodes[v].id);
      dure_cli_json_member (builder, "name", network->nodes[v].name);
      dure_cli_json_member (builder, "change", change_key (comparison->node_change[v]));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "ties");
  json_builder_begin_array (builder);
  for (guint i = 0; i < network->n_ties; i++)
    {
      json_builder_begin_object (builder);
      dure_cli_json_member (builder, "a", network->nodes[network->ties[i].from].id);
      dure_cli_json_member (builder, "b", network->nodes[network->ties[i].to].id);
      dure_cli_json_member (builder, "change", change_key (comparison->tie_change[i]));
      add_number (builder, "weight_before", comparison->weight_before[i]);
      add_number (builder, "weight_after", comparison->weight_after[i]);
      json_builder_end_object (builder);
    }
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
print_text (DureCli *cli, const DureNetworkComparison *comparison)
{
  g_autoptr (GPtrArray) sentences = dure_network_comparison_sentences (comparison);
  const DureNetwork *network = comparison->network;
  g_autofree char   *left_out = dure_network_left_out (comparison->after_network);

  for (guint i = 0; i < sentences->len; i++)
    fprintf (cli->out, "%s\n", (const char *)g_ptr_array_index (sentences, i));
  if (left_out != NULL)
    fprintf (cli->out, "%s\n", left_out);
  for (guint i = 0; i < network->n_ties; i++)
    if (comparison->tie_change[i] != DURE_CHANGE_NONE)
      fprintf (cli->out, "%s %s – %s\n", comparison->tie_change[i] == DURE_CHANGE_NEW ? "+" : "−",
               network->nodes[network->ties[i].from].name, network->nodes[network->ties[i].to].name);
}

static gboolean
read_spans (DureCli *cli, DureStore *store, DureDaySpan *first, DureDaySpan *second, GError **error)
{
  const char *typed = dure_cli_option (cli, "event");
  g_autoptr (DureRecord) event = NULL;

  if (typed == NULL)
    return TRUE;
  event = dure_cli_find (store, dure_entity (DURE_ENTITY_EVENT), typed, FALSE, error);
  return event != NULL && dure_network_meeting_spans (store, dure_record_get_id (event), first, second, error);
}

/** dure_cli_network_compare: what changed in the network from one period to another. */
int
dure_cli_network_compare (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureNetworkFilter) filter = NULL;
  g_autoptr (DureNetworkComparison) comparison = NULL;
  DureDaySpan first = { DURE_NO_DAY, DURE_NO_DAY };
  DureDaySpan second = { DURE_NO_DAY, DURE_NO_DAY };

  if (dure_cli_option (cli, "event") == NULL
      && (!read_span (cli, "from", &first, &error) || !read_span (cli, "to", &second, &error)))
    return dure_cli_misuse (cli, "%s", error->message);
  /* Here they are periods; in the filter that all subcommands share they would be days. */
  g_hash_table_remove (cli->options, "from");
  g_hash_table_remove (cli->options, "to");
  filter = dure_cli_network_filter (cli, &error);
  if (filter == NULL)
    return dure_cli_misuse (cli, "%s", error->message);
  store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  if (store != NULL && read_spans (cli, store, &first, &second, &error))
    comparison = dure_network_compare_periods (store, filter, first, second, NULL, &error);
  if (comparison == NULL || !dure_network_comparison_analyse (comparison, NULL, &error))
    return dure_cli_fail (cli, error);
  if (cli->json)
    print_json (cli, comparison, first, second);
  else
    print_text (cli, comparison);
  return DURE_CLI_OK;
}
