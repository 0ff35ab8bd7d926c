/* dure-network-canvas-content.c: another network in the picture, and who is invited
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

/* Farther away than any layout puts an agency. */
#define FARTHEST 1e7

static gboolean
is_place (DurePoint point)
{
  return isfinite (point.x) && isfinite (point.y) && fabs (point.x) < FARTHEST && fabs (point.y) < FARTHEST;
}

/* Imported places may be no numbers. Who has no place is put by those it is tied to, or else in a row below all. */
static DurePoint *
settled_points (const DureNetwork *network, const DurePoint *points)
{
  DurePoint       *settled = g_new0 (DurePoint, (gsize)network->n_nodes + 1);
  const DureGraph *graph = network->graph;
  DureRect         all = { 0, 0, 0, 0 };
  gboolean         any = FALSE;
  guint            n_below = 0;

  for (guint v = 0; v < network->n_nodes; v++)
    {
      settled[v] = points[v];
      if (is_place (points[v]))
        {
          DureRect point = { points[v].x, points[v].y, 0, 0 };

          all = any ? dure_rect_union (&all, &point) : point;
          any = TRUE;
        }
    }
  for (guint v = 0; v < network->n_nodes; v++)
    if (!is_place (points[v]))
      {
        DurePoint sum = { 0, 0 };
        guint     n = 0;

        for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
          if (is_place (points[graph->neighbours[k]]))
            {
              sum.x += points[graph->neighbours[k]].x;
              sum.y += points[graph->neighbours[k]].y;
              n++;
            }
        if (n > 0)
          /* A little beside the middle, each on another side. */
          settled[v] = (DurePoint){ sum.x / n + DURE_LAYOUT_STEP * 0.5 * cos (v * 2.4),
                                    sum.y / n + DURE_LAYOUT_STEP * 0.5 * sin (v * 2.4) };
        else
          {
            settled[v] = (DurePoint){ all.x + (n_below % 40) * DURE_LAYOUT_STEP,
                                      all.y + all.height + (1 + n_below / 40) * DURE_LAYOUT_STEP };
            n_below++;
          }
      }
  return settled;
}

/* Where the agencies of the new network stand now; those that are new stand at their place already. */
static DurePoint *
places_now (DureNetworkCanvas *self, DureNetwork *network, const DurePoint *settled, gboolean *any)
{
  DurePoint *points = g_memdup2 (settled, ((gsize)network->n_nodes + 1) * sizeof (DurePoint));

  *any = FALSE;
  for (guint v = 0; v < network->n_nodes; v++)
    {
      guint old;

      if (self->network == network)
        old = v;
      else if (!dure_network_find (self->network, network->nodes[v].id, &old))
        continue;
      points[v] = self->points[old];
      *any |= points[v].x != settled[v].x || points[v].y != settled[v].y;
    }
  return points;
}

/* The same agencies in another network. */
static GtkBitset *
selection_in (DureNetworkCanvas *self, DureNetwork *network, int *current)
{
  GtkBitset    *nodes = gtk_bitset_new_empty ();
  GtkBitsetIter iter;
  guint         old;
  guint         v;

  *current = DURE_NO_NODE;
  if (network == NULL)
    return nodes;
  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->selection, &old); is;
       is = gtk_bitset_iter_next (&iter, &old))
    if (dure_network_find (network, self->network->nodes[old].id, &v))
      {
        gtk_bitset_add (nodes, v);
        if ((int)old == self->selected || *current < 0)
          *current = (int)v;
      }
  return nodes;
}

static void
clear_network (DureNetworkCanvas *self)
{
  g_clear_pointer (&self->network, dure_network_unref);
  g_clear_pointer (&self->points, g_free);
  g_clear_pointer (&self->pinned, g_free);
  g_clear_pointer (&self->in_room, g_free);
  g_clear_pointer (&self->alone, g_free);
  g_clear_pointer (&self->flags, g_free);
  g_clear_pointer (&self->grid, dure_canvas_grid_free);
  self->hovered = self->emphasised = DURE_NO_NODE;
  self->hovered_tie = self->hovered_cluster = -1;
}

/**
 * dure_network_canvas_set_network:
 * @self: a canvas
 * @network: (nullable): the network
 * @places: (nullable): its places, of as many nodes; copied
 *
 * Agencies that were shown before glide to their new places; the selection stays with its agencies. The room is
 * forgotten, and the look too when it is another network.
 */
void
dure_network_canvas_set_network (DureNetworkCanvas *self, DureNetwork *network, const DureNetworkPlaces *places)
{
  g_autofree DurePoint *points = NULL;
  g_autofree DurePoint *from = NULL;
  GtkBitset            *selection;
  guint64               n_before;
  int                   current = DURE_NO_NODE;
  gboolean              glide = FALSE;
  gboolean              other = self->network != network;

  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));
  g_return_if_fail (network == NULL || (places != NULL && places->n == network->n_nodes));

  dure_canvas_stop (self);
  dure_canvas_cancel_press (self);
  dure_canvas_drop (self, TRUE);
  n_before = gtk_bitset_get_size (self->selection);
  selection = selection_in (self, network, &current);
  if (network != NULL)
    {
      dure_network_ref (network);
      points = settled_points (network, places->points);
      if (self->network != NULL && dure_canvas_may_rearrange (self))
        from = places_now (self, network, points, &glide);
    }
  else
    dure_canvas_clear_pictures (self);
  clear_network (self);
  self->network = network;
  gtk_bitset_unref (self->selection);
  self->selection = selection;
  self->selected = current;
  if (other)
    {
      dure_canvas_style_unref (self->style);
      self->style = dure_canvas_style_new (NULL, 0, 0);
      dure_canvas_forget_texts (self);
    }
  if (network != NULL)
    {
      DureCanvasView view = self->view_is_own ? self->view : dure_canvas_fitted_view (self, points);

      self->pinned = g_new0 (gboolean, (gsize)network->n_nodes + 1);
      memcpy (self->pinned, places->pinned, network->n_nodes * sizeof (gboolean));
      if (glide && dure_canvas_may_rearrange (self))
        {
          self->points = g_memdup2 (from, ((gsize)network->n_nodes + 1) * sizeof (DurePoint));
          self->from_points = g_steal_pointer (&from);
          self->to_points = g_steal_pointer (&points);
          dure_canvas_start_moving (self, view);
        }
      else
        {
          self->points = g_steal_pointer (&points);
          self->view = view;
        }
    }
  dure_canvas_update_faded (self);
  if (gtk_bitset_get_size (self->selection) != n_before)
    g_signal_emit_by_name (self, "selection-changed");
}

static void
find_alone (DureNetworkCanvas *self)
{
  const DureGraph *graph = self->network->graph;

  self->alone = g_new0 (gboolean, (gsize)graph->n_nodes + 1);
  for (guint v = 0; v < graph->n_nodes; v++)
    {
      self->alone[v] = self->in_room[v];
      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        if (self->in_room[graph->neighbours[k]])
          self->alone[v] = FALSE;
    }
}

/**
 * dure_network_canvas_set_room:
 * @self: a canvas with a network
 * @ids: (array zero-terminated=1) (nullable): the agencies that are invited; %NULL when all count alike
 *
 * Fades whoever is not invited, and marks whoever is and knows nobody in the room.
 */
void
dure_network_canvas_set_room (DureNetworkCanvas *self, const char *const *ids)
{
  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));

  g_clear_pointer (&self->in_room, g_free);
  g_clear_pointer (&self->alone, g_free);
  if (ids != NULL && self->network != NULL)
    {
      self->in_room = g_new0 (gboolean, (gsize)self->network->n_nodes + 1);
      for (; *ids != NULL; ids++)
        {
          guint v;

          if (dure_network_find (self->network, *ids, &v))
            self->in_room[v] = TRUE;
        }
      find_alone (self);
    }
  dure_canvas_update_faded (self);
}
