/* dure-network-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-words.h"

#include <glib/gi18n-lib.h>

#include "domain/dure-network-sentences.h"

/** dure_network_count_agencies: (transfer full): «3 agencies». */
char *
dure_network_count_agencies (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u agency", "%u agencies", n), n);
}

/** dure_network_count_ties: (transfer full): «3 ties». */
char *
dure_network_count_ties (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u tie", "%u ties", n), n);
}

/**
 * dure_network_band:
 * @analysis: measures
 * @node: an agency
 *
 * Returns: how much it stands between others, in words
 */
const char *
dure_network_band (const DureAnalysis *analysis, guint node)
{
  if (analysis->degree[node] == 0)
    return "–";
  return dure_band_label ((DureBand)analysis->band[node]);
}

/**
 * dure_network_community_name:
 * @view: (nullable): holds the names that were given
 * @community: number of a community
 *
 * Returns: (transfer full): its name, or its number
 */
char *
dure_network_community_name (const DureNetworkView *view, guint community)
{
  char **names = view != NULL ? view->community_names : NULL;
  guint  n = names != NULL ? g_strv_length (names) : 0;

  if (community < n && *names[community] != '\0')
    return g_strdup (names[community]);
  /* Translators: a community of agencies that has no name yet; %u is its number. */
  return g_strdup_printf (_ ("Community %u"), community + 1);
}

/**
 * dure_network_community_of:
 * @view: (nullable): holds the names that were given
 * @analysis: measures
 * @node: an agency
 *
 * Returns: (transfer full): name of its community; «No ties» for one without any
 */
char *
dure_network_community_of (const DureNetworkView *view, const DureAnalysis *analysis, guint node)
{
  return analysis->degree[node] == 0 ? g_strdup (_ ("No ties"))
                                     : dure_network_community_name (view, analysis->community[node]);
}

/** dure_network_kind_label: (transfer full): the kind of an agency in the user's language. */
char *
dure_network_kind_label (const char *kind)
{
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_KIND);

  return kind != NULL && *kind != '\0' ? dure_field_format (field, kind) : g_strdup (_ ("No kind"));
}

/** dure_network_node_entity: the key of the records that a node stands for. */
const char *
dure_network_node_entity (const DureNetworkNode *node)
{
  switch (node->type)
    {
    case DURE_NODE_BODY:
      return "body";
    case DURE_NODE_MEMBER:
      return "person";
    case DURE_NODE_AGENCY:
    default:
      return "agency";
    }
}
