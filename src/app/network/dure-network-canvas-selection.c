/* dure-network-canvas-selection.c: which nodes are selected, and what that fades
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

#include <glib/gi18n-lib.h>

/* Marks the nodes that are at most @steps from a selected one. */
static void
mark_near (DureNetworkCanvas *self, gboolean *faded)
{
  const DureGraph  *graph = self->network->graph;
  g_autofree guint *queue = g_new (guint, (gsize)graph->n_nodes + 1);
  guint             end = 0;
  guint             begin = 0;
  GtkBitsetIter     iter;
  guint             v;

  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->selection, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    {
      faded[v] = FALSE;
      queue[end++] = v;
    }
  for (guint step = 0; step < self->steps; step++)
    for (guint last = end; begin < last; begin++)
      for (guint k = graph->first[queue[begin]]; k < graph->first[queue[begin] + 1]; k++)
        if (faded[graph->neighbours[k]])
          {
            faded[graph->neighbours[k]] = FALSE;
            queue[end++] = graph->neighbours[k];
          }
}

/* Who is faded: outside the room, or farther from the selected nodes than the focus reaches. */
void
dure_canvas_update_faded (DureNetworkCanvas *self)
{
  guint n = self->network != NULL ? self->network->n_nodes : 0;

  g_clear_pointer (&self->faded, g_free);
  if (n > 0 && self->selected >= 0 && self->steps > 0)
    {
      self->faded = g_new (gboolean, n);
      for (guint v = 0; v < n; v++)
        self->faded[v] = TRUE;
      mark_near (self, self->faded);
    }
  else if (n > 0 && self->in_room != NULL)
    {
      self->faded = g_new0 (gboolean, n);
      for (guint v = 0; v < n; v++)
        self->faded[v] = !self->in_room[v];
    }
  dure_canvas_invalidate (self);
}

/* What a screen reader says about the picture. */
static void
describe (DureNetworkCanvas *self)
{
  guint64          n = gtk_bitset_get_size (self->selection);
  g_autofree char *text = NULL;

  if (n == 0)
    text = g_strdup (_ ("Nothing is selected"));
  else if (n == 1)
    text = g_strdup (self->network->nodes[self->selected].name);
  else
    text = g_strdup_printf (_ ("%s and %u others"), self->network->nodes[self->selected].name, (guint)n - 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* @current: the one that keys go on from; %DURE_NO_NODE for the first that is selected. Takes @nodes. */
void
dure_canvas_take_selection (DureNetworkCanvas *self, GtkBitset *nodes, int current)
{
  gboolean same = gtk_bitset_equals (nodes, self->selection);

  dure_canvas_drop (self, TRUE);
  if (gtk_bitset_is_empty (nodes))
    current = DURE_NO_NODE;
  else if (current < 0 || !gtk_bitset_contains (nodes, (guint)current))
    current = (int)gtk_bitset_get_minimum (nodes);
  gtk_bitset_unref (self->selection);
  self->selection = nodes;
  if (same && current == self->selected)
    return;
  self->selected = current;
  if (!same)
    dure_canvas_update_faded (self);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "selection-changed");
}

/* Exactly this one, or none. */
void
dure_canvas_set_selected (DureNetworkCanvas *self, int node)
{
  GtkBitset *nodes = gtk_bitset_new_empty ();

  if (node >= 0)
    gtk_bitset_add (nodes, (guint)node);
  dure_canvas_take_selection (self, nodes, node);
}

/* One more, or one less. */
void
dure_canvas_toggle_selected (DureNetworkCanvas *self, guint node)
{
  GtkBitset *nodes = gtk_bitset_copy (self->selection);
  gboolean   more = gtk_bitset_add (nodes, node);

  if (!more)
    gtk_bitset_remove (nodes, node);
  dure_canvas_take_selection (self, nodes, more ? (int)node : self->selected);
}

/**
 * dure_network_canvas_get_selected:
 * @self: a canvas
 *
 * Returns: the node that was selected last and still is, or %DURE_NO_NODE
 */
int
dure_network_canvas_get_selected (DureNetworkCanvas *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_CANVAS (self), DURE_NO_NODE);

  return self->selected;
}

/**
 * dure_network_canvas_get_selection:
 * @self: a canvas
 *
 * Returns: (transfer none): the numbers of all nodes that are selected; do not change it
 */
GtkBitset *
dure_network_canvas_get_selection (DureNetworkCanvas *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_CANVAS (self), NULL);

  return self->selection;
}

/**
 * dure_network_canvas_set_selection:
 * @self: a canvas
 * @nodes: (nullable): numbers of nodes; those that the network does not have are left out
 */
void
dure_network_canvas_set_selection (DureNetworkCanvas *self, GtkBitset *nodes)
{
  GtkBitset *copy;

  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));

  copy = nodes != NULL && self->network != NULL ? gtk_bitset_copy (nodes) : gtk_bitset_new_empty ();
  if (self->network != NULL)
    gtk_bitset_remove_range_closed (copy, self->network->n_nodes, G_MAXUINT);
  dure_canvas_take_selection (self, copy, self->selected);
}

/**
 * dure_network_canvas_select:
 * @self: a canvas
 * @id: (nullable): the agency; %NULL for none
 * @show: whether to bring it to the middle
 */
void
dure_network_canvas_select (DureNetworkCanvas *self, const char *id, gboolean show)
{
  guint    node = 0;
  gboolean found;

  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));

  found = self->network != NULL && id != NULL && dure_network_find (self->network, id, &node);
  dure_canvas_set_selected (self, found ? (int)node : DURE_NO_NODE);
  if (found && show)
    dure_network_canvas_centre_on (self, id);
}

/**
 * dure_network_canvas_set_steps:
 * @self: a canvas
 * @steps: how far around the selected nodes nothing is faded; 0 to fade nothing
 */
void
dure_network_canvas_set_steps (DureNetworkCanvas *self, guint steps)
{
  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));

  if (self->steps == steps)
    return;
  self->steps = steps;
  dure_canvas_update_faded (self);
}
