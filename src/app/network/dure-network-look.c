/* dure-network-look.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-look.h"

#include <math.h>

/* Colours that can be told apart; whoever comes after them shares the last. */
#define N_PALETTE (DURE_N_AREAS + 1)
#define SMALLEST 0.75
#define LARGEST 2.2
/* In the picture of the council, so that its bodies stand out among their members. */
#define BODY_SIZE 1.7
#define MEMBER_SIZE 0.7

/* Which of the colours of the areas: the innermost core the strongest. */
static const guint core_colours[] = { 5, 3, 0, 6, 1, 7 };
static const guint sector_colours[DURE_N_SECTORS] = { 0, 2, 3 };

static double
measure_of (const DureLookSource *source, guint v)
{
  const DureAnalysis *analysis = source->analysis;

  if (source->view->size == DURE_SIZE_DEGREE)
    return dure_graph_degree (source->network->graph, v);
  if (analysis == NULL)
    return 0;
  switch (source->view->size)
    {
    case DURE_SIZE_STRENGTH:
      return analysis->strength[v];
    case DURE_SIZE_BETWEENNESS:
      return analysis->betweenness[v];
    case DURE_SIZE_HARMONIC:
      return analysis->harmonic[v];
    case DURE_SIZE_CORE:
      return analysis->core[v];
    case DURE_SIZE_SAME:
    case DURE_SIZE_DEGREE:
    default:
      return 0;
    }
}

/* The area grows with the measure, as the eye compares areas. */
static void
add_sizes (DureNetworkLook *self, const DureLookSource *source)
{
  guint n = source->network->n_nodes;

  if (source->network->parent != NULL)
    {
      self->size = g_new (double, (gsize)n + 1);
      for (guint v = 0; v < n; v++)
        self->size[v] = source->network->nodes[v].type == DURE_NODE_BODY ? BODY_SIZE : MEMBER_SIZE;
      self->canvas.size = self->size;
      return;
    }
  if (source->view->size == DURE_SIZE_SAME || n == 0)
    return;
  self->size = g_new (double, n);
  self->least_size = INFINITY;
  for (guint v = 0; v < n; v++)
    {
      double value = measure_of (source, v);

      self->size[v] = isfinite (value) ? value : 0;
      self->most_size = MAX (self->most_size, self->size[v]);
      self->least_size = MIN (self->least_size, self->size[v]);
    }
  for (guint v = 0; v < n; v++)
    self->size[v]
        = SMALLEST + (LARGEST - SMALLEST) * (self->most_size > 0 ? sqrt (self->size[v] / self->most_size) : 0);
  self->canvas.size = self->size;
}

static guint
colour_of_class (const DureLookSource      *source,
                 const DureNetworkGrouping *everybody,
                 const DureNetworkClass *class,
                 guint place)
{
  switch (source->view->colour)
    {
    case DURE_COLOUR_SECTOR:
      return sector_colours[class->number % DURE_N_SECTORS];
    case DURE_COLOUR_KIND:
      for (guint i = 0; everybody != NULL && i < everybody->n_classes; i++)
        if (g_str_equal (everybody->classes[i].key, class->key))
          return MIN (i, N_PALETTE - 1);
      return N_PALETTE - 1;
    case DURE_COLOUR_COMMUNITY:
      return MIN ((guint) class->number, N_PALETTE - 1);
    case DURE_COLOUR_CORE:
      return class->number == 0 ? N_PALETTE - 1 : core_colours[MIN (place, G_N_ELEMENTS (core_colours) - 1)];
    case DURE_COLOUR_AREA:
    default:
      return MIN ((guint) class->number, N_PALETTE - 1);
    }
}

static void
add_colours (DureNetworkLook *self, const DureLookSource *source)
{
  g_autoptr (DureNetworkGrouping) everybody = NULL;
  guint n = source->network->n_nodes;

  if (source->everybody != NULL && source->view->colour <= DURE_COLOUR_KIND)
    everybody = dure_network_grouping_by_colour (source->everybody, source->view->colour, NULL, NULL);
  self->palette = g_new (DureColour, N_PALETTE);
  for (guint i = 0; i < N_PALETTE; i++)
    self->palette[i] = dure_network_area_colour (i < DURE_N_AREAS ? (int)i : DURE_NO_AREA, source->dark);
  self->classes
      = dure_network_grouping_by_colour (source->network, source->view->colour, source->view, source->analysis);
  self->colour = g_new (guint, (gsize)n + 1);
  self->colour_of_class = g_new0 (guint, (gsize)self->classes->n_classes + 1);
  for (guint i = 0; i < self->classes->n_classes; i++)
    self->colour_of_class[i] = colour_of_class (source, everybody, &self->classes->classes[i], i);
  for (guint v = 0; v < n; v++)
    self->colour[v] = self->classes->of[v] != G_MAXUINT ? self->colour_of_class[self->classes->of[v]] : N_PALETTE - 1;
  /* The legend lists also what is filtered away at present, so that a click brings it back. */
  if (everybody != NULL)
    {
      self->colour_of_class = g_renew (guint, self->colour_of_class, (gsize)everybody->n_classes + 1);
      for (guint i = 0; i < everybody->n_classes; i++)
        self->colour_of_class[i] = colour_of_class (source, everybody, &everybody->classes[i], i);
      dure_network_grouping_free (self->classes);
      self->classes = g_steal_pointer (&everybody);
    }
  self->canvas.palette = self->palette;
  self->canvas.n_palette = N_PALETTE;
  self->canvas.colour = self->colour;
}

/**
 * dure_network_look_new:
 * @source: what it is made from
 *
 * Returns: (transfer full): the look; colours by community or core are grey until the measures are there
 */
DureNetworkLook *
dure_network_look_new (const DureLookSource *source)
{
  DureNetworkLook *self = g_new0 (DureNetworkLook, 1);

  add_colours (self, source);
  add_sizes (self, source);
  self->groups = dure_network_grouping_new (source->network, source->view->group, source->view, source->analysis);
  self->group_names = g_new0 (const char *, (gsize)self->groups->n_classes + 1);
  for (guint i = 0; i < self->groups->n_classes; i++)
    self->group_names[i] = self->groups->classes[i].label;
  self->canvas.group = self->groups->of;
  self->canvas.group_names = self->group_names;
  self->canvas.n_groups = self->groups->n_classes;
  if (source->comparison != NULL)
    {
      self->canvas.node_change = source->comparison->node_change;
      self->canvas.tie_change = source->comparison->tie_change;
    }
  self->canvas.hulls = source->hulls;
  self->canvas.arrows = TRUE;
  self->canvas.widths = TRUE;
  return self;
}

/** dure_network_look_free: (transfer full) (nullable). */
void
dure_network_look_free (DureNetworkLook *self)
{
  if (self == NULL)
    return;
  dure_network_grouping_free (self->classes);
  dure_network_grouping_free (self->groups);
  g_free (self->group_names);
  g_free (self->colour_of_class);
  g_free (self->palette);
  g_free (self->colour);
  g_free (self->size);
  g_free (self);
}
