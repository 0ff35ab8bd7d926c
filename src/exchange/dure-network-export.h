/* dure-network-export.h: a network as a file that other programs open: GraphML, GEXF, CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GraphML 1.0 (graphml.graphdrawing.org) and GEXF 1.3 (gexf.net) hold one undirected graph with attributes under
 * English keys; choices are written as keys of the data dictionary. CSV is for spreadsheets: the headings and choices
 * are in the user's language, and there are two files, one of agencies and one of ties. All are UTF-8.
 */
#pragma once

#include "domain/dure-network.h"
#include "graph/dure-analysis.h"
#include "graph/dure-layout.h"

G_BEGIN_DECLS

/** DureNetworkFormat: kinds of files. */
typedef enum
{
  DURE_NETWORK_GRAPHML,
  DURE_NETWORK_GEXF,
  DURE_NETWORK_CSV,
} DureNetworkFormat;

GString *dure_network_to_graphml (const DureNetwork *network, const DureAnalysis *analysis, const DurePoint *positions);
GString *dure_network_to_gexf (const DureNetwork *network, const DureAnalysis *analysis, const DurePoint *positions);
GString *dure_network_agencies_to_csv (const DureNetwork *network, const DureAnalysis *analysis);
GString *dure_network_ties_to_csv (const DureNetwork *network);
char    *dure_network_ties_path (const char *path);
gboolean dure_network_export_data (const DureNetwork  *network,
                                   const DureAnalysis *analysis,
                                   const DurePoint    *positions,
                                   DureNetworkFormat   format,
                                   const char         *path,
                                   GError            **error);

G_END_DECLS
