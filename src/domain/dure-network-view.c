/* dure-network-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-view.h"

#include <glib/gi18n-lib.h>

static const char *const picture_labels[]
    = { N_ ("By distance"), N_ ("By group"), N_ ("Rings"), N_ ("Council"), N_ ("Map"), N_ ("As placed") };
static const char *const colour_labels[] = { N_ ("Area"), N_ ("Sector"), N_ ("Kind"), N_ ("Community"), N_ ("Core") };
static const char *const size_labels[]
    = { N_ ("Same for all"), N_ ("Ties"), N_ ("Weight of ties"), N_ ("Between others"), N_ ("Nearness"), N_ ("Core") };
static const char *const group_labels[] = { N_ ("Area"), N_ ("Sector"), N_ ("Kind"), N_ ("Dong"), N_ ("Community") };

G_STATIC_ASSERT (G_N_ELEMENTS (picture_labels) == DURE_N_PICTURES);
G_STATIC_ASSERT (G_N_ELEMENTS (colour_labels) == DURE_N_COLOURS);
G_STATIC_ASSERT (G_N_ELEMENTS (size_labels) == DURE_N_SIZES);
G_STATIC_ASSERT (G_N_ELEMENTS (group_labels) == DURE_N_GROUPS);

/**
 * dure_network_view_new:
 *
 * Returns: (transfer full): the picture that an officer sees first
 */
DureNetworkView *
dure_network_view_new (void)
{
  DureNetworkView *self = g_new0 (DureNetworkView, 1);

  self->filter = dure_network_filter_new ();
  self->reading = DURE_VIEW_READING;
  return self;
}

/**
 * dure_network_view_copy:
 * @self: a view
 *
 * Returns: (transfer full): one like it
 */
DureNetworkView *
dure_network_view_copy (const DureNetworkView *self)
{
  DureNetworkView *copy = g_new (DureNetworkView, 1);

  *copy = *self;
  copy->filter = dure_network_filter_copy (self->filter);
  copy->community_names = g_strdupv (self->community_names);
  copy->rest = g_strdup (self->rest);
  if (self->community_of != NULL)
    {
      GHashTableIter iter;
      gpointer       agency;
      gpointer       number;

      copy->community_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_iter_init (&iter, self->community_of);
      while (g_hash_table_iter_next (&iter, &agency, &number))
        g_hash_table_insert (copy->community_of, g_strdup (agency), number);
    }
  return copy;
}

/**
 * dure_network_view_free:
 * @self: (nullable) (transfer full): a view
 */
void
dure_network_view_free (DureNetworkView *self)
{
  if (self == NULL)
    return;
  dure_network_filter_free (self->filter);
  g_strfreev (self->community_names);
  g_clear_pointer (&self->community_of, g_hash_table_unref);
  g_free (self->rest);
  g_free (self);
}

/**
 * dure_network_view_keep_communities:
 * @self: a view
 * @network: the network
 * @community: number of the community of each of its nodes
 *
 * Notes who is in which community, so that the same communities are found again and keep the names given to them.
 */
void
dure_network_view_keep_communities (DureNetworkView *self, const DureNetwork *network, const guint *community)
{
  g_clear_pointer (&self->community_of, g_hash_table_unref);
  self->community_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint v = 0; v < network->n_nodes; v++)
    g_hash_table_insert (self->community_of, g_strdup (network->nodes[v].id), GUINT_TO_POINTER (community[v]));
}

/**
 * dure_network_view_old_communities:
 * @self: a view
 * @network: a network
 *
 * Returns: (transfer full) (nullable): the number of the community that each node was in when the view was kept,
 *   %G_MAXUINT for one that was not there; %NULL when the view keeps none
 */
guint *
dure_network_view_old_communities (const DureNetworkView *self, const DureNetwork *network)
{
  guint *community;

  if (self->community_of == NULL)
    return NULL;
  community = g_new (guint, (gsize)network->n_nodes + 1);
  for (guint v = 0; v < network->n_nodes; v++)
    {
      gpointer number;

      community[v] = g_hash_table_lookup_extended (self->community_of, network->nodes[v].id, NULL, &number)
                         ? GPOINTER_TO_UINT (number)
                         : G_MAXUINT;
    }
  return community;
}

/** dure_picture_label: name of @picture in the user's language. */
const char *
dure_picture_label (DurePictureKind picture)
{
  g_return_val_if_fail ((guint)picture < DURE_N_PICTURES, "");

  return _ (picture_labels[picture]);
}

/** dure_colour_by_label: name of @colour in the user's language. */
const char *
dure_colour_by_label (DureColourBy colour)
{
  g_return_val_if_fail ((guint)colour < DURE_N_COLOURS, "");

  return _ (colour_labels[colour]);
}

/** dure_size_by_label: name of @size in the user's language. */
const char *
dure_size_by_label (DureSizeBy size)
{
  g_return_val_if_fail ((guint)size < DURE_N_SIZES, "");

  return _ (size_labels[size]);
}

/** dure_group_by_label: name of @group in the user's language. */
const char *
dure_group_by_label (DureGroupBy group)
{
  g_return_val_if_fail ((guint)group < DURE_N_GROUPS, "");

  return _ (group_labels[group]);
}
