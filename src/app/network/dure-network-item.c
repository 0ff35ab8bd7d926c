/* dure-network-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-item.h"

#include <glib/gi18n-lib.h>

struct _DureNetworkItem
{
  GObject parent_instance;

  char *id;
  char *name;
  char *sector;
  char *component;
  char *cuts;
  guint degree;
  guint component_number;
  guint n_cuts;
};

G_DEFINE_FINAL_TYPE (DureNetworkItem, dure_network_item, G_TYPE_OBJECT)

enum
{
  PROP_NAME = 1,
  PROP_SECTOR,
  PROP_COMPONENT,
  PROP_CUTS,
  PROP_DEGREE,
  PROP_COMPONENT_NUMBER,
  PROP_N_CUTS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
dure_network_item_get_property (GObject *object, guint number, GValue *value, GParamSpec *pspec)
{
  DureNetworkItem *self = DURE_NETWORK_ITEM (object);

  switch (number)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_SECTOR:
      g_value_set_string (value, self->sector);
      break;
    case PROP_COMPONENT:
      g_value_set_string (value, self->component);
      break;
    case PROP_CUTS:
      g_value_set_string (value, self->cuts);
      break;
    case PROP_DEGREE:
      g_value_set_uint (value, self->degree);
      break;
    case PROP_COMPONENT_NUMBER:
      g_value_set_uint (value, self->component_number);
      break;
    case PROP_N_CUTS:
      g_value_set_uint (value, self->n_cuts);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, number, pspec);
      break;
    }
}

static void
dure_network_item_finalize (GObject *object)
{
  DureNetworkItem *self = DURE_NETWORK_ITEM (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->sector);
  g_free (self->component);
  g_free (self->cuts);
  G_OBJECT_CLASS (dure_network_item_parent_class)->finalize (object);
}

static void
dure_network_item_class_init (DureNetworkItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = dure_network_item_get_property;
  object_class->finalize = dure_network_item_finalize;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_SECTOR] = g_param_spec_string ("sector", NULL, NULL, NULL, flags);
  properties[PROP_COMPONENT] = g_param_spec_string ("component", NULL, NULL, NULL, flags);
  properties[PROP_CUTS] = g_param_spec_string ("cuts", NULL, NULL, NULL, flags);
  properties[PROP_DEGREE] = g_param_spec_uint ("degree", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_COMPONENT_NUMBER] = g_param_spec_uint ("component-number", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_CUTS] = g_param_spec_uint ("n-cuts", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
dure_network_item_init (DureNetworkItem *self)
{
}

/**
 * dure_network_item_new:
 * @network: the network
 * @components: its parts
 * @cuts: its cut points
 * @node: which agency
 *
 * Returns: (transfer full): the row
 */
DureNetworkItem *
dure_network_item_new (const DureNetwork *network, const DureComponents *components, const DureCuts *cuts, guint node)
{
  DureNetworkItem *self = g_object_new (DURE_TYPE_NETWORK_ITEM, NULL);

  self->id = g_strdup (network->nodes[node].id);
  self->name = g_strdup (network->nodes[node].name);
  self->sector = g_strdup (dure_sector_label (network->nodes[node].sector));
  self->degree = dure_graph_degree (network->graph, node);
  self->component_number = components->component[node];
  if (self->degree == 0)
    self->component = g_strdup (_ ("Isolated"));
  else
    /* Translators: number of a group of agencies that hang together, and how many they are. */
    self->component = g_strdup_printf (_ ("Group %1$u (%2$u)"), self->component_number + 1,
                                       components->size[self->component_number]);
  if (cuts->is_cut_point[node])
    {
      g_autoptr (GArray) off = dure_cut_off (network->graph, node);

      self->n_cuts = off->len;
      /* Translators: how many agencies would be cut off. */
      self->cuts = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u agency", "%u agencies", off->len), off->len);
    }
  else
    self->cuts = g_strdup ("");
  return self;
}

/**
 * dure_network_item_get_id:
 * @self: a row
 *
 * Returns: (transfer none): id of the agency
 */
const char *
dure_network_item_get_id (DureNetworkItem *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_ITEM (self), NULL);

  return self->id;
}

/**
 * dure_network_item_get_name:
 * @self: a row
 *
 * Returns: (transfer none): name of the agency
 */
const char *
dure_network_item_get_name (DureNetworkItem *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_ITEM (self), NULL);

  return self->name;
}
