/* dure-cli-network.c: the table of durectl network, and the filter that its subcommands share
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
#include "cli/dure-cli-commands.h"

const DureCliCommand dure_cli_network_commands[] = {
  { "measures", N_ ("Work out the measures of the network, of its groups and of each agency"), "[EDGELIST] [--json]", 0,
    1, dure_cli_network_measures_options,
    N_ ("EDGELIST is a file with one tie a line, “a b [weight]”, in place of the store."), dure_cli_network_measures },
  { "layout", N_ ("Find places for the nodes of an edge list"), "EDGELIST [-o POSITIONS] [--reading 0..1]", 1, 1,
    dure_cli_network_layout_options,
    N_ ("EDGELIST is a file with one tie a line, “a b [weight]”. POSITIONS gets one node a line, “id x y”."),
    dure_cli_network_layout },
  { "compare", N_ ("Show what changed in the network from one period to another"),
    "--from A..B --to C..D | --event EVENT [--json]", 0, 0, dure_cli_network_compare_options,
    N_ ("A period is written as days, months or years: 2024-01-01..2024-06-30, 2024-01..2024-06, 2024..2024."),
    dure_cli_network_compare },
  { "without", N_ ("Show what would change if agencies were not there"), "AGENCY… [--json]", 1, 1000,
    dure_cli_network_without_options, N_ ("AGENCY is a name or an id. Nothing is written."), dure_cli_network_without },
  { "export", N_ ("Write the network as a file for other programs, or as a picture"),
    "-o FILE [--format graphml|gexf|csv|png|svg|pdf] [--picture KIND]", 0, 0, dure_cli_network_export_options,
    N_ ("CSV makes two files, FILE.csv with the agencies and FILE-ties.csv with the ties."), dure_cli_network_export },
  { NULL },
};

static const char *const layer_keys[DURE_N_LAYERS]
    = { "agreement", "information", "resource", "programme", "other", "referral", "seats", "attendance" };
static const char *const sector_keys[DURE_N_SECTORS] = { "public", "private", "council" };

static gboolean
read_day (DureCli *cli, const char *option, int *day, GError **error)
{
  const char *text = dure_cli_option (cli, option);

  if (text == NULL)
    return TRUE;
  *day = dure_day (text);
  if (*day != DURE_NO_DAY)
    return TRUE;
  g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("The option “--%s” needs a day like 2026-03-31, not “%s”."),
               option, text);
  return FALSE;
}

/* Keys separated by commas, as the bits of their numbers. */
static gboolean
read_keys (DureCli *cli, const char *option, const char *const *keys, guint n_keys, guint *bits, GError **error)
{
  const char *text = dure_cli_option (cli, option);
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", ",", -1);
  g_autofree char *known = NULL;
  guint            chosen = 0;

  if (text == NULL)
    return TRUE;
  for (char **word = words; *word != NULL; word++)
    {
      guint i = 0;

      g_strstrip (*word);
      while (i < n_keys && strcmp (keys[i], *word) != 0)
        i++;
      if (i < n_keys)
        chosen |= 1u << i;
      else if (strcmp (*word, "all") == 0)
        chosen |= (1u << n_keys) - 1;
      else
        {
          g_auto (GStrv) all = g_new0 (char *, n_keys + 1);

          for (i = 0; i < n_keys; i++)
            all[i] = g_strdup (keys[i]);
          known = g_strjoinv (", ", all);
          g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("The option “--%s” does not know “%s”; it knows %s."),
                       option, *word, known);
          return FALSE;
        }
    }
  *bits = chosen;
  return TRUE;
}

static gboolean
read_areas (DureCli *cli, guint *bits, GError **error)
{
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_AREAS);
  const char      *keys[DURE_N_AREAS + 1];

  for (guint i = 0; i < DURE_N_AREAS; i++)
    keys[i] = field->choices[i].key;
  keys[DURE_N_AREAS] = "none";
  return read_keys (cli, "area", keys, G_N_ELEMENTS (keys), bits, error);
}

static gboolean
read_council (DureCli *cli, guint *council, GError **error)
{
  static const char *const keys[] = { "members", "others" };
  guint                    bits = 0;

  if (!read_keys (cli, "council", keys, G_N_ELEMENTS (keys), &bits, error))
    return FALSE;
  *council = bits == 1 ? DURE_COUNCIL_MEMBERS : bits == 2 ? DURE_COUNCIL_OTHERS : DURE_COUNCIL_ALL;
  return TRUE;
}

static gboolean
read_number (DureCli *cli, const char *option, double *number, GError **error)
{
  const char *text = dure_cli_option (cli, option);
  char       *end = NULL;
  double      value;

  if (text == NULL)
    return TRUE;
  value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (value) || value < 0)
    {
      g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("The option “--%s” needs a number, not “%s”."), option,
                   text);
      return FALSE;
    }
  *number = value;
  return TRUE;
}

static gboolean
read_kinds (DureCli *cli, DureNetworkFilter *filter, GError **error)
{
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_KIND);
  const char      *text = dure_cli_option (cli, "kind");

  if (text == NULL)
    return TRUE;
  filter->kinds = g_strsplit (text, ",", -1);
  for (char **kind = filter->kinds; *kind != NULL; kind++)
    {
      g_strstrip (*kind);
      if (dure_field_choice (field, *kind) == NULL)
        {
          g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("There is no kind of agency “%s”."), *kind);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * dure_cli_network_filter:
 *
 * Reads the options of %DURE_CLI_NETWORK_FILTER.
 *
 * Returns: (transfer full) (nullable): what to show; %NULL with @error set when an option is wrong
 */
DureNetworkFilter *
dure_cli_network_filter (DureCli *cli, GError **error)
{
  g_autoptr (DureNetworkFilter) filter = dure_network_filter_new ();

  if (!read_day (cli, "from", &filter->from, error) || !read_day (cli, "to", &filter->to, error)
      || !read_keys (cli, "layer", layer_keys, DURE_N_LAYERS, &filter->layers, error)
      || !read_keys (cli, "sector", sector_keys, DURE_N_SECTORS, &filter->sectors, error)
      || !read_areas (cli, &filter->areas, error) || !read_council (cli, &filter->council, error)
      || !read_number (cli, "least", &filter->least, error)
      || !read_number (cli, "half-life", &filter->half_life, error) || !read_kinds (cli, filter, error))
    return NULL;
  if (filter->from != DURE_NO_DAY && filter->to != DURE_NO_DAY && filter->from > filter->to)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("The period ends before it begins."));
      return NULL;
    }
  return g_steal_pointer (&filter);
}
