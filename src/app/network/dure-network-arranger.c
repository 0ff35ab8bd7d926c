/* dure-network-arranger.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-arranger.h"

#include <math.h>

#include "app/network/dure-network-grouping.h"
#include "graph/dure-layout-shapes.h"

#define ASPECT 1.15

/**
 * dure_network_needs_analysis:
 * @view: a view
 *
 * Returns: whether its layout depends on measures, so that they must be computed before
 */
gboolean
dure_network_needs_analysis (const DureNetworkView *view)
{
  return (view->picture == DURE_PICTURE_GROUP && view->group == DURE_GROUP_COMMUNITY)
         || (view->picture == DURE_PICTURE_CONCENTRIC && view->size != DURE_SIZE_SAME
             && view->size != DURE_SIZE_DEGREE);
}

/**
 * dure_network_takes_pins:
 * @view: a view
 * @saved: (nullable): id of the saved view
 *
 * Returns: whether what is placed by hand stays in this kind of picture
 */
gboolean
dure_network_takes_pins (const DureNetworkView *view, const char *saved)
{
  if (view->picture == DURE_PICTURE_COUNCIL)
    return FALSE;
  return saved != NULL || view->picture == DURE_PICTURE_DISTANCE || view->picture == DURE_PICTURE_FREE;
}

static double *
measure_of (const DureNetwork *network, const DureNetworkView *view, const DureAnalysis *analysis)
{
  double *measure = g_new (double, (gsize)network->n_nodes + 1);

  for (guint v = 0; v < network->n_nodes; v++)
    {
      if (analysis == NULL || view->size == DURE_SIZE_SAME || view->size == DURE_SIZE_DEGREE)
        measure[v] = dure_graph_degree (network->graph, v);
      else if (view->size == DURE_SIZE_STRENGTH)
        measure[v] = analysis->strength[v];
      else if (view->size == DURE_SIZE_BETWEENNESS)
        measure[v] = analysis->betweenness[v];
      else if (view->size == DURE_SIZE_HARMONIC)
        measure[v] = analysis->harmonic[v];
      else
        measure[v] = analysis->core[v];
    }
  return measure;
}

/* Degrees, east and north. */
static DurePoint *
centroids_of (const DureNetwork *network)
{
  DurePoint *points = g_new (DurePoint, (gsize)network->n_nodes + 1);

  for (guint v = 0; v < network->n_nodes; v++)
    points[v] = (DurePoint){ network->nodes[v].lon, network->nodes[v].lat };
  return points;
}

static DurePoint *
lay_out (const DureArrangement *what, const DureLayoutOptions *options, GCancellable *cancellable, GError **error)
{
  const DureNetwork *network = what->network;

  switch (what->view->picture)
    {
    case DURE_PICTURE_GROUP:
      {
        g_autoptr (DureNetworkGrouping) grouping
            = dure_network_grouping_new (network, what->view->group, what->view, what->analysis);

        /* Who is in no group makes one of their own. */
        for (guint v = 0; v < network->n_nodes; v++)
          if (grouping->of[v] == G_MAXUINT)
            grouping->of[v] = grouping->n_classes;
        return dure_layout_by_group (network->graph, grouping->of, options, cancellable, error);
      }
    case DURE_PICTURE_CONCENTRIC:
      {
        g_autofree double *measure = measure_of (network, what->view, what->analysis);

        return dure_layout_concentric (network->graph, measure, options, cancellable, error);
      }
    case DURE_PICTURE_COUNCIL:
      if (what->parent != NULL)
        return dure_layout_tree (network->graph, what->parent, options, cancellable, error);
      break;
    case DURE_PICTURE_DONG:
      {
        g_autofree DurePoint *centroids = centroids_of (network);

        return dure_layout_map (network->graph, centroids, options, cancellable, error);
      }
    case DURE_PICTURE_DISTANCE:
    case DURE_PICTURE_FREE:
    default:
      break;
    }
  return dure_layout (network->graph, options, cancellable, error);
}

/**
 * dure_network_arrange:
 * @store: the officer's file, for what was placed by hand
 * @what: what is to be arranged
 * @cancellable: (nullable): stops
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the places
 */
DureNetworkPlaces *
dure_network_arrange (DureStore *store, const DureArrangement *what, GCancellable *cancellable, GError **error)
{
  const DureNetwork *network = what->network;
  gsize              n = (gsize)network->n_nodes + 1;
  gboolean           by_hand = what->view->picture == DURE_PICTURE_FREE;
  g_autoptr (DureNetworkPlaces) self = g_new0 (DureNetworkPlaces, 1);
  g_autofree gboolean  *known = g_new0 (gboolean, n);
  g_autofree gboolean  *fixed = g_new0 (gboolean, n);
  g_autofree double    *width = g_new (double, n);
  g_autofree double    *height = g_new (double, n);
  g_autofree DurePoint *start = NULL;
  DureLayoutOptions     options;

  self->n = network->n_nodes;
  self->points = g_new0 (DurePoint, n);
  self->pinned = g_new0 (gboolean, n);
  if (dure_network_takes_pins (what->view, what->saved)
      && !dure_network_places_read (store, network, what->saved, what->saved != NULL, self->points, self->pinned, fixed,
                                    error))
    return NULL;
  memcpy (known, fixed, n * sizeof *known);
  dure_network_label_room (network, width, height);
  for (guint v = 0; v < network->n_nodes; v++)
    {
      guint    w;
      gboolean tied = dure_graph_degree (network->graph, v) > 0;

      if (known[v] || what->old_network == NULL || what->old_places == NULL
          || !dure_network_find (what->old_network, network->nodes[v].id, &w))
        continue;
      /* Who has lost or found its only tie moves between the picture and the rows of those without any. */
      if (by_hand || tied == (dure_graph_degree (what->old_network->graph, w) > 0))
        {
          self->points[v] = what->old_places->points[w];
          known[v] = TRUE;
          fixed[v] = by_hand;
        }
    }
  start = g_memdup2 (self->points, n * sizeof *start);
  dure_layout_options_init (&options);
  options.start = start;
  options.known = known;
  options.pinned = fixed;
  options.width = width;
  options.height = height;
  options.aspect = ASPECT;
  options.reading = what->view->reading;
  options.progress = what->progress;
  options.progress_data = what->progress_data;
  g_free (self->points);
  self->points = lay_out (what, &options, cancellable, error);
  if (self->points == NULL)
    return NULL;
  self->base = g_memdup2 (self->points, n * sizeof (DurePoint));
  return g_steal_pointer (&self);
}

/**
 * dure_network_arrange_again:
 * @store: the officer's file
 * @network: the network
 * @view: the view
 * @saved: (nullable): id of the saved view
 * @places: its places
 * @error: return location
 *
 * Reads again what was placed by hand, and moves nothing else: what is no longer placed goes back to where the layout
 * had it.
 *
 * Returns: (transfer full) (nullable): the places
 */
DureNetworkPlaces *
dure_network_arrange_again (DureStore               *store,
                            DureNetwork             *network,
                            const DureNetworkView   *view,
                            const char              *saved,
                            const DureNetworkPlaces *places,
                            GError                 **error)
{
  g_autoptr (DureNetworkPlaces) self = dure_network_places_copy (places);
  g_autofree gboolean *known = g_new0 (gboolean, (gsize)network->n_nodes + 1);

  g_return_val_if_fail (places->n == network->n_nodes, NULL);

  if (!dure_network_takes_pins (view, saved))
    return g_steal_pointer (&self);
  memcpy (self->points, self->base, network->n_nodes * sizeof (DurePoint));
  memset (self->pinned, 0, network->n_nodes * sizeof (gboolean));
  return dure_network_places_read (store, network, saved, saved != NULL, self->points, self->pinned, known, error)
             ? g_steal_pointer (&self)
             : NULL;
}
