/* dure-network-grouping.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-grouping.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-words.h"

typedef enum
{
  BY_AREA,
  BY_SECTOR,
  BY_KIND,
  BY_REGION,
  BY_COMMUNITY,
  BY_CORE,
} By;

/* What a node is sorted by: a text for kinds and regions (@number is -1), a number for all others. FALSE: by nothing.
 */
static gboolean
key_of (const DureNetwork *network, By by, const DureAnalysis *analysis, guint v, const char **key, int *number)
{
  const DureNetworkNode *node = &network->nodes[v];

  *number = -1;
  *key = NULL;
  switch (by)
    {
    case BY_KIND:
      *key = node->kind != NULL ? node->kind : "";
      return TRUE;
    case BY_REGION:
      *key = node->region != NULL ? node->region : "";
      return TRUE;
    case BY_SECTOR:
      *number = (int)node->sector;
      return TRUE;
    case BY_COMMUNITY:
      if (analysis == NULL || analysis->degree[v] == 0)
        return FALSE;
      *number = (int)analysis->community[v];
      return TRUE;
    case BY_CORE:
      if (analysis == NULL)
        return FALSE;
      *number = (int)analysis->core[v];
      return TRUE;
    case BY_AREA:
    default:
      *number = node->area >= 0 ? node->area : DURE_N_AREAS;
      return TRUE;
    }
}

static char *
label_of (const DureNetwork *network, By by, const DureNetworkView *view, guint v, int number)
{
  const DureNetworkNode *node = &network->nodes[v];

  switch (by)
    {
    case BY_KIND:
      return dure_network_kind_label (node->kind);
    case BY_REGION:
      return g_strdup (node->region_name != NULL ? node->region_name : _ ("No region"));
    case BY_SECTOR:
      return g_strdup (dure_sector_label (node->sector));
    case BY_COMMUNITY:
      return dure_network_community_name (view, (guint)number);
    case BY_CORE:
      if (number == 0)
        return g_strdup (_ ("No ties"));
      /* Translators: agencies of a k-core, each with at least %d ties among them. */
      return g_strdup_printf (_ ("Core layer %d"), number);
    case BY_AREA:
    default:
      return g_strdup (dure_area_label (node->area));
    }
}

/* Numbers in their order (cores from the innermost), kinds and regions from the largest. */
static int
compare_classes (gconstpointer a, gconstpointer b, gpointer data)
{
  const DureNetworkClass *x = a;
  const DureNetworkClass *y = b;
  By                      by = (By)GPOINTER_TO_INT (data);

  if (by == BY_CORE)
    return y->number - x->number;
  if (by != BY_KIND && by != BY_REGION)
    return x->number - y->number;
  if (x->size != y->size)
    return x->size > y->size ? -1 : 1;
  return g_strcmp0 (x->key, y->key);
}

static DureNetworkGrouping *
group (const DureNetwork *network, By by, const DureNetworkView *view, const DureAnalysis *analysis)
{
  DureNetworkGrouping *self = g_new0 (DureNetworkGrouping, 1);
  gboolean             texts = by == BY_KIND || by == BY_REGION;
  g_autoptr (GHashTable) index = texts ? g_hash_table_new (g_str_hash, g_str_equal) : g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) classes = g_array_new (FALSE, TRUE, sizeof (DureNetworkClass));
  g_autofree guint *rank = NULL;

  self->n_nodes = network->n_nodes;
  self->of = g_new (guint, (gsize)network->n_nodes + 1);
  for (guint v = 0; v < network->n_nodes; v++)
    {
      const char *key;
      int         number;
      gpointer    found;
      gpointer    what;

      self->of[v] = G_MAXUINT;
      if (!key_of (network, by, analysis, v, &key, &number))
        continue;
      what = texts ? (gpointer)key : GINT_TO_POINTER (number);
      if (!g_hash_table_lookup_extended (index, what, NULL, &found))
        {
          DureNetworkClass class = { .number = number };

          class.key = texts ? g_strdup (key) : g_strdup_printf ("%d", number);
          class.label = label_of (network, by, view, v, number);
          class.first = classes->len;
          found = GUINT_TO_POINTER (classes->len);
          g_array_append_val (classes, class);
          g_hash_table_insert (index, what, found);
        }
      self->of[v] = GPOINTER_TO_UINT (found);
      g_array_index (classes, DureNetworkClass, self->of[v]).size++;
    }
  g_array_sort_with_data (classes, compare_classes, GINT_TO_POINTER (by));
  rank = g_new (guint, (gsize)classes->len + 1);
  for (guint i = 0; i < classes->len; i++)
    rank[g_array_index (classes, DureNetworkClass, i).first] = i;
  for (guint v = 0; v < network->n_nodes; v++)
    if (self->of[v] != G_MAXUINT)
      self->of[v] = rank[self->of[v]];
  self->n_classes = classes->len;
  self->classes = (DureNetworkClass *)(gpointer)g_array_free (g_steal_pointer (&classes), FALSE);
  return self;
}

/**
 * dure_network_grouping_new:
 * @network: a network
 * @by: what makes a class
 * @view: (nullable): holds the names of communities
 * @analysis: (nullable): measures; without them nobody has a community
 *
 * Returns: (transfer full): the classes that occur; agencies without ties are in no community
 */
DureNetworkGrouping *
dure_network_grouping_new (const DureNetwork     *network,
                           DureGroupBy            by,
                           const DureNetworkView *view,
                           const DureAnalysis    *analysis)
{
  static const By bys[DURE_N_GROUPS] = {
    [DURE_GROUP_AREA] = BY_AREA,     [DURE_GROUP_SECTOR] = BY_SECTOR,       [DURE_GROUP_KIND] = BY_KIND,
    [DURE_GROUP_REGION] = BY_REGION, [DURE_GROUP_COMMUNITY] = BY_COMMUNITY,
  };

  return group (network, bys[by], view, analysis);
}

/**
 * dure_network_grouping_by_colour:
 * @network: a network
 * @by: what the colour says
 * @view: (nullable): holds the names of communities
 * @analysis: (nullable): measures; without them nobody has a community or a core
 *
 * Returns: (transfer full): the classes that occur
 */
DureNetworkGrouping *
dure_network_grouping_by_colour (const DureNetwork     *network,
                                 DureColourBy           by,
                                 const DureNetworkView *view,
                                 const DureAnalysis    *analysis)
{
  static const By bys[DURE_N_COLOURS] = {
    [DURE_COLOUR_AREA] = BY_AREA,           [DURE_COLOUR_SECTOR] = BY_SECTOR, [DURE_COLOUR_KIND] = BY_KIND,
    [DURE_COLOUR_COMMUNITY] = BY_COMMUNITY, [DURE_COLOUR_CORE] = BY_CORE,
  };

  return group (network, bys[by], view, analysis);
}

/** dure_network_grouping_free: (transfer full) (nullable). */
void
dure_network_grouping_free (DureNetworkGrouping *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_classes; i++)
    {
      g_free (self->classes[i].key);
      g_free (self->classes[i].label);
    }
  g_free (self->classes);
  g_free (self->of);
  g_free (self);
}
