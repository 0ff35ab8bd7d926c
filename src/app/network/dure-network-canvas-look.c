/* dure-network-canvas-look.c: colours, sizes, groups and changes of the nodes, as the owner of the canvas wants them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

#define SIZE_LEAST 0.6
#define SIZE_MOST 2.5

/* A value of its own, never changed once made, so that the thread may share it. */
DureCanvasStyle *
dure_canvas_style_new (const DureCanvasLook *look, guint n_nodes, guint n_ties)
{
  DureCanvasStyle *self = g_new0 (DureCanvasStyle, 1);

  g_atomic_ref_count_init (&self->refs);
  self->arrows = self->widths = TRUE;
  if (look == NULL)
    return self;
  self->arrows = look->arrows;
  self->widths = look->widths;
  self->hulls = look->hulls && look->group != NULL;
  if (look->palette != NULL && look->colour != NULL)
    {
      self->n_palette = look->n_palette;
      self->palette = g_memdup2 (look->palette, look->n_palette * sizeof (DureColour));
      self->colour = g_memdup2 (look->colour, n_nodes * sizeof (guint));
    }
  if (look->size != NULL)
    {
      self->size = g_new (float, (gsize)n_nodes + 1);
      for (guint v = 0; v < n_nodes; v++)
        self->size[v] = isfinite (look->size[v]) ? (float)CLAMP (look->size[v], SIZE_LEAST, SIZE_MOST) : 1;
    }
  if (look->group != NULL)
    {
      self->group = g_memdup2 (look->group, n_nodes * sizeof (guint));
      self->n_groups = look->n_groups;
      self->group_names = g_new0 (char *, (gsize)look->n_groups + 1);
      for (guint g = 0; g < look->n_groups; g++)
        self->group_names[g] = g_strdup (look->group_names != NULL ? look->group_names[g] : "");
    }
  if (look->node_change != NULL)
    self->node_change = g_memdup2 (look->node_change, n_nodes);
  if (look->tie_change != NULL)
    self->tie_change = g_memdup2 (look->tie_change, n_ties);
  return self;
}

DureCanvasStyle *
dure_canvas_style_ref (DureCanvasStyle *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dure_canvas_style_unref (DureCanvasStyle *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->palette);
  g_free (self->colour);
  g_free (self->size);
  g_free (self->group);
  g_strfreev (self->group_names);
  g_free (self->node_change);
  g_free (self->tie_change);
  g_free (self);
}

DureColour
dure_canvas_style_colour (const DureCanvasStyle *self, const DureNetwork *network, guint node, gboolean dark)
{
  if (self->colour == NULL)
    return dure_network_area_colour (network->nodes[node].area, dark);
  if (self->colour[node] >= self->n_palette)
    return dure_network_area_colour (DURE_NO_AREA, dark);
  return self->palette[self->colour[node]];
}

/* The colour of more than half of @nodes, or @otherwise. */
DureColour
dure_canvas_style_common_colour (const DureCanvasScene *scene, const guint *nodes, guint n, DureColour otherwise)
{
  const DureCanvasStyle *self = scene->style;
  guint                  candidate = 0;
  guint                  count = 0;
  guint                  same = 0;

  /* Boyer and Moore's majority vote, and then the count of the only one that can have it. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n; i++)
      {
        guint v = nodes[i];
        guint key = self->colour != NULL ? self->colour[v] : (guint)scene->network->nodes[v].area;

        if (pass == 1)
          same += key == candidate ? 1 : 0;
        else if (count == 0)
          {
            candidate = key;
            count = 1;
          }
        else
          count += key == candidate ? 1 : -1u;
      }
  if (n == 0 || 2 * same <= n)
    return otherwise;
  for (guint i = 0; i < n; i++)
    {
      guint v = nodes[i];

      if ((self->colour != NULL ? self->colour[v] : (guint)scene->network->nodes[v].area) == candidate)
        return dure_canvas_style_colour (self, scene->network, v, scene->colours.dark);
    }
  return otherwise;
}

/**
 * dure_network_canvas_set_look:
 * @self: a canvas with a network
 * @look: (nullable): how its nodes and ties look, arrays of as many nodes and ties; copied; %NULL for what is usual
 *
 * The look belongs to the network: a new network of other agencies starts with the usual one.
 */
void
dure_network_canvas_set_look (DureNetworkCanvas *self, const DureCanvasLook *look)
{
  g_return_if_fail (DURE_IS_NETWORK_CANVAS (self));
  g_return_if_fail (look == NULL || self->network != NULL);

  dure_canvas_style_unref (self->style);
  self->style = look != NULL ? dure_canvas_style_new (look, self->network->n_nodes, self->network->n_ties)
                             : dure_canvas_style_new (NULL, 0, 0);
  dure_canvas_invalidate (self);
}
