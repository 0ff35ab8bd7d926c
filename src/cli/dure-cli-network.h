/* dure-cli-network.h: the subcommands of durectl network, one file each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/dure-cli.h"
#include "domain/dure-network.h"

G_BEGIN_DECLS

/** DURE_CLI_NETWORK_WHAT: the options of DURE_CLI_NETWORK_FILTER but the period. */
#define DURE_CLI_NETWORK_WHAT                                                                              \
  { "layer", 0, N_ ("KEYS"), N_ ("Only these kinds of ties, separated by commas, or “all”") },             \
      { "least", 0, N_ ("WEIGHT"), N_ ("Only ties of this weight or more") },                              \
      { "half-life", 0, N_ ("MONTHS"), N_ ("After so many months a record counts half") },                 \
      { "sector", 0, N_ ("KEYS"), N_ ("Only agencies of these sectors: public, private, council") },       \
      { "kind", 0, N_ ("KEYS"), N_ ("Only agencies of these kinds") },                                     \
      { "area", 0, N_ ("KEYS"), N_ ("Only agencies of these areas, or “none” for those without one") },    \
  {                                                                                                        \
    "council", 0, N_ ("WHO"), N_ ("Only agencies with a seat in the council: members; or without: others") \
  }

/** DURE_CLI_NETWORK_FILTER: the options that dure_cli_network_filter() reads, for the option list of a subcommand. */
#define DURE_CLI_NETWORK_FILTER                                                                                 \
  { "from", 0, N_ ("DAY"), N_ ("Ties from this day on") }, { "to", 0, N_ ("DAY"), N_ ("Ties up to this day") }, \
      DURE_CLI_NETWORK_WHAT

extern const DureCliOption dure_cli_network_compare_options[];
extern const DureCliOption dure_cli_network_export_options[];
extern const DureCliOption dure_cli_network_layout_options[];
extern const DureCliOption dure_cli_network_measures_options[];
extern const DureCliOption dure_cli_network_without_options[];

int dure_cli_network_compare (DureCli *cli);
int dure_cli_network_export (DureCli *cli);
int dure_cli_network_layout (DureCli *cli);
int dure_cli_network_measures (DureCli *cli);
int dure_cli_network_without (DureCli *cli);

DureNetworkFilter *dure_cli_network_filter (DureCli *cli, GError **error);

G_END_DECLS
