/* dure-cli-network-groups.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-network-groups.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"

typedef char *(*NameFunc) (const DureNetwork *network, const DureAnalysis *analysis, guint node);

static char *
area_name (const DureNetwork *network, const DureAnalysis *analysis, guint node)
{
  return g_strdup (dure_area_label (network->nodes[node].area));
}

static char *
sector_name (const DureNetwork *network, const DureAnalysis *analysis, guint node)
{
  return g_strdup (dure_sector_label (network->nodes[node].sector));
}

static char *
kind_name (const DureNetwork *network, const DureAnalysis *analysis, guint node)
{
  return dure_field_format (dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_KIND),
                            network->nodes[node].kind);
}

static char *
region_name (const DureNetwork *network, const DureAnalysis *analysis, guint node)
{
  const char *name = network->nodes[node].region_name;

  return g_strdup (name != NULL ? name : "");
}

static char *
community_name (const DureNetwork *network, const DureAnalysis *analysis, guint node)
{
  return g_strdup_printf ("%u", analysis->community[node]);
}

static const struct
{
  const char *key;
  NameFunc    name;
} ways[] = {
  { "area", area_name },     { "sector", sector_name },       { "kind", kind_name },
  { "region", region_name }, { "community", community_name },
};

/**
 * dure_cli_groups_new:
 * @network: a network
 * @analysis: its measures
 * @by: area, sector, kind, region or community
 * @error: says what may be asked for
 *
 * Returns: (transfer full) (nullable): the groups that occur, in the order of their first agency
 */
DureCliGroups *
dure_cli_groups_new (const DureNetwork *network, const DureAnalysis *analysis, const char *by, GError **error)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  DureCliGroups *self;
  guint          way = 0;

  while (way < G_N_ELEMENTS (ways) && strcmp (ways[way].key, by) != 0)
    way++;
  if (way == G_N_ELEMENTS (ways))
    {
      g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("The option “--%s” does not know “%s”; it knows %s."),
                   "group", by, "area, sector, kind, region, community");
      return NULL;
    }
  self = g_new0 (DureCliGroups, 1);
  self->of = g_new (guint, (gsize)network->n_nodes + 1);
  self->names = g_ptr_array_new_with_free_func (g_free);
  for (guint v = 0; v < network->n_nodes; v++)
    {
      g_autofree char *name = ways[way].name (network, analysis, v);
      gpointer         number;

      if (!g_hash_table_lookup_extended (numbers, name, NULL, &number))
        {
          number = GUINT_TO_POINTER (self->names->len);
          g_hash_table_insert (numbers, name, number);
          g_ptr_array_add (self->names, g_steal_pointer (&name));
        }
      self->of[v] = GPOINTER_TO_UINT (number);
    }
  g_ptr_array_add (self->names, NULL);
  return self;
}

/** dure_cli_groups_free: (transfer full) (nullable). */
void
dure_cli_groups_free (DureCliGroups *self)
{
  if (self == NULL)
    return;
  g_free (self->of);
  g_ptr_array_unref (self->names);
  g_free (self);
}
