/* dure-network-places.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-places.h"

#include <math.h>

/* Room for a node with its label below, in units of the layout, as the canvas draws them at its usual zoom. */
#define NODE_WIDTH 60.0
#define NODE_HEIGHT 66.0
#define LABEL_CHARACTER 14.0
#define LABEL_MOST 130.0

/* Hundredths of a unit, as the table of positions allows them. */
#define FARTHEST 100000000

/**
 * dure_network_places_new:
 * @store: (nullable): the officer's file, for what was placed by hand; %NULL for nothing
 * @network: the network
 * @view: (nullable): id of the saved view whose places count; %NULL for the common picture
 * @old_network: (nullable): the network that was shown before
 * @old_places: (nullable): its places, so that agencies stay about where they were
 * @cancellable: (nullable): stops
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the places
 */
DureNetworkPlaces *
dure_network_places_new (DureStore               *store,
                         const DureNetwork       *network,
                         const char              *view,
                         const DureNetwork       *old_network,
                         const DureNetworkPlaces *old_places,
                         GCancellable            *cancellable,
                         GError                 **error)
{
  g_autoptr (DureNetworkPlaces) self = g_new0 (DureNetworkPlaces, 1);
  g_autofree DurePoint *start = g_new0 (DurePoint, (gsize)network->n_nodes + 1);
  g_autofree gboolean  *known = g_new0 (gboolean, (gsize)network->n_nodes + 1);
  g_autofree double    *width = g_new (double, (gsize)network->n_nodes + 1);
  g_autofree double    *height = g_new (double, (gsize)network->n_nodes + 1);
  DureLayoutOptions     options;

  self->n = network->n_nodes;
  self->pinned = g_new0 (gboolean, (gsize)network->n_nodes + 1);
  if (old_network != NULL && old_places != NULL)
    for (guint v = 0; v < network->n_nodes; v++)
      {
        guint    w;
        gboolean tied = dure_graph_degree (network->graph, v) > 0;

        /* Who has lost or found its only tie moves between the picture and the rows of those without any. */
        if (dure_network_find (old_network, network->nodes[v].id, &w)
            && tied == (dure_graph_degree (old_network->graph, w) > 0))
          {
            start[v] = old_places->points[w];
            known[v] = TRUE;
          }
      }
  if (store != NULL && !dure_network_places_read (store, network, view, FALSE, start, self->pinned, known, error))
    return NULL;
  dure_network_label_room (network, width, height);
  dure_layout_options_init (&options);
  options.start = start;
  options.known = known;
  options.width = width;
  options.height = height;
  options.aspect = 1.15;
  options.reading = DURE_LAYOUT_READING_DEFAULT;
  options.pinned = self->pinned;
  self->points = dure_layout (network->graph, &options, cancellable, error);
  if (self->points == NULL)
    return NULL;
  self->base = g_memdup2 (self->points, ((gsize)network->n_nodes + 1) * sizeof (DurePoint));
  return g_steal_pointer (&self);
}

/**
 * dure_network_places_copy:
 * @self: places
 *
 * Returns: (transfer full): the same again, for another thread
 */
DureNetworkPlaces *
dure_network_places_copy (const DureNetworkPlaces *self)
{
  DureNetworkPlaces *copy = g_new0 (DureNetworkPlaces, 1);
  gsize              size = ((gsize)self->n + 1) * sizeof (DurePoint);

  copy->n = self->n;
  copy->points = g_memdup2 (self->points, size);
  copy->base = g_memdup2 (self->base, size);
  copy->pinned = g_memdup2 (self->pinned, ((gsize)self->n + 1) * sizeof (gboolean));
  return copy;
}

/**
 * dure_network_places_free:
 * @self: (nullable) (transfer full): places
 */
void
dure_network_places_free (DureNetworkPlaces *self)
{
  if (self == NULL)
    return;
  g_free (self->points);
  g_free (self->base);
  g_free (self->pinned);
  g_free (self);
}

/**
 * dure_network_places_record:
 * @view: (nullable): id of the saved view, %NULL for the common picture
 * @agency: id of the agency
 * @point: where it was put
 *
 * Returns: (transfer full): the record that keeps it there, to be written
 */
DureRecord *
dure_network_places_record (const char *view, const char *agency, DurePoint point)
{
  DureRecord *record = dure_record_new (DURE_ENTITY_POSITION);
  double      limit = FARTHEST - 1;

  if (view != NULL)
    dure_record_set (record, DURE_POSITION_VIEW, view);
  dure_record_set (record, DURE_POSITION_AGENCY, agency);
  /* A place that is none is the middle: a record must have one. */
  if (!isfinite (point.x) || !isfinite (point.y))
    point = (DurePoint){ 0, 0 };
  dure_record_set_int (record, DURE_POSITION_X, (gint64)round (CLAMP (point.x * DURE_PLACES_UNIT, -limit, limit)));
  dure_record_set_int (record, DURE_POSITION_Y, (gint64)round (CLAMP (point.y * DURE_PLACES_UNIT, -limit, limit)));
  dure_record_set (record, DURE_POSITION_PINNED, "1");
  return record;
}

static gboolean
read_hundredths (const char *text, double *value)
{
  char  *end;
  gint64 number;

  if (text == NULL || *text == '\0')
    return FALSE;
  number = g_ascii_strtoll (text, &end, 10);
  *value = (double)number / DURE_PLACES_UNIT;
  return *end == '\0' && number > -FARTHEST && number < FARTHEST;
}

/**
 * dure_network_places_read:
 * @store: the officer's file
 * @network: the network
 * @view: (nullable): id of the saved view whose places count; %NULL for the common picture
 * @everybody: whether places count that nobody chose by hand
 * @points: (inout): gets the places, one a node
 * @pinned: (inout): gets %TRUE where the place was chosen by hand
 * @known: (inout): gets %TRUE where there is a place
 * @error: return location
 *
 * Records of other programs come unchecked: a place that is missing, no number or out of all bounds is unknown.
 *
 * Returns: whether the records could be read
 */
gboolean
dure_network_places_read (DureStore         *store,
                          const DureNetwork *network,
                          const char        *view,
                          gboolean           everybody,
                          DurePoint         *points,
                          gboolean          *pinned,
                          gboolean          *known,
                          GError           **error)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_POSITION);
  g_autoptr (GPtrArray) records = NULL;

  dure_query_where (query, DURE_POSITION_VIEW, view != NULL ? DURE_EQUAL : DURE_IS_EMPTY, view);
  records = dure_store_list (store, query, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      DureRecord *record = g_ptr_array_index (records, i);
      gboolean    by_hand = dure_record_get_bool (record, DURE_POSITION_PINNED);
      DurePoint   point;
      guint       v;

      if ((!by_hand && !everybody)
          || !dure_network_find (network, dure_record_get (record, DURE_POSITION_AGENCY), &v)
          || !read_hundredths (dure_record_get (record, DURE_POSITION_X), &point.x)
          || !read_hundredths (dure_record_get (record, DURE_POSITION_Y), &point.y))
        continue;
      points[v] = point;
      pinned[v] = by_hand;
      known[v] = TRUE;
    }
  return TRUE;
}

/** dure_network_label_room: @width, @height: (out): room for each node with its label, in units of the layout. */
void
dure_network_label_room (const DureNetwork *network, double *width, double *height)
{
  for (guint v = 0; v < network->n_nodes; v++)
    {
      width[v] = CLAMP (LABEL_CHARACTER * g_utf8_strlen (network->nodes[v].label, -1) + 12, NODE_WIDTH, LABEL_MOST);
      height[v] = NODE_HEIGHT;
    }
}
