/* dure-cli-network-groups.h: the agencies of a network sorted into groups, as a command line names them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"
#include "graph/dure-analysis.h"

G_BEGIN_DECLS

/** DureCliGroups: names end with %NULL. */
typedef struct
{
  guint     *of; /* of each agency its group */
  GPtrArray *names;
} DureCliGroups;

DureCliGroups      *
dure_cli_groups_new (const DureNetwork *network, const DureAnalysis *analysis, const char *by, GError **error);
void dure_cli_groups_free (DureCliGroups *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureCliGroups, dure_cli_groups_free)

G_END_DECLS
