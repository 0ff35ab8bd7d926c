/* dure-network-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-item.h"

struct _DureNetworkItem
{
  GObject parent_instance;

  DureNetwork *network;
  guint        node;
};

G_DEFINE_FINAL_TYPE (DureNetworkItem, dure_network_item, G_TYPE_OBJECT)

static void
dure_network_item_finalize (GObject *object)
{
  dure_network_unref (DURE_NETWORK_ITEM (object)->network);
  G_OBJECT_CLASS (dure_network_item_parent_class)->finalize (object);
}

static void
dure_network_item_class_init (DureNetworkItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = dure_network_item_finalize;
}

static void
dure_network_item_init (DureNetworkItem *self)
{
}

/**
 * dure_network_item_new:
 * @network: the network
 * @node: which agency
 *
 * Returns: (transfer full): the row
 */
DureNetworkItem *
dure_network_item_new (DureNetwork *network, guint node)
{
  DureNetworkItem *self = g_object_new (DURE_TYPE_NETWORK_ITEM, NULL);

  self->network = dure_network_ref (network);
  self->node = node;
  return self;
}

/**
 * dure_network_item_get_node:
 * @self: a row
 *
 * Returns: number of the agency in its network
 */
guint
dure_network_item_get_node (DureNetworkItem *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_ITEM (self), 0);

  return self->node;
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

  return self->network->nodes[self->node].id;
}
