/* dure-layout-shapes-group.c: every group in a disc of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside, a group is laid out by distance. The discs are then laid out like nodes: the distance of two groups is the
 * sum of their radii, more when few ties join them, and stress is reduced by stochastic gradient descent. Then every
 * disc is turned to where its partners are, and discs that overlap are moved apart.
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-layout-shapes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "graph/dure-layout-discs-private.h"
#include "graph/dure-layout-shapes-private.h"
#include "graph/dure-readability.h"

/* Space around a group, half of it on each side. */
#define GROUP_GAP (DURE_LAYOUT_STEP * 0.8)
#define TURNS 8
#define LARGER 1.07
/* From here on a group is laid out by one try only. */
#define ONE_TRY_FROM 300
/* Larger networks would take seconds to be made easy to read. */
#define READING_UP_TO 400

typedef struct
{
  DureShape *shape;
  guint      n_groups;
  guint     *group_of; /* of each node, 0 … n_groups - 1 */
  guint     *first;    /* n_groups + 1, into nodes */
  guint     *nodes;    /* group by group */
  DureDisc  *discs;
  DurePoint *inside; /* of each node, from the middle of its disc */
  gboolean  *loose;  /* of each group: has members without a tie inside, which stand in rows */
} Groups;

static int
compare_guints (const void *left, const void *right)
{
  guint a = *(const guint *)left;
  guint b = *(const guint *)right;

  return (a > b) - (a < b);
}

/* Numbers the groups that occur, in the order of their own numbers. */
static void
number_groups (Groups *self, const guint *group)
{
  guint             n = self->shape->graph->n_nodes;
  g_autofree guint *numbers = g_memdup2 (group, MAX (n, 1) * sizeof (guint));
  g_autofree guint *next = NULL;
  guint             k = 0;

  qsort (numbers, n, sizeof (guint), compare_guints);
  for (guint i = 0; i < n; i++)
    if (i == 0 || numbers[i] != numbers[k - 1])
      numbers[k++] = numbers[i];
  self->n_groups = k;
  self->first = g_new0 (guint, (gsize)k + 2);
  self->nodes = g_new0 (guint, (gsize)n + 1);
  self->group_of = g_new0 (guint, (gsize)n + 1);
  for (guint v = 0; v < n; v++)
    {
      const guint *found = bsearch (&group[v], numbers, k, sizeof (guint), compare_guints);

      self->group_of[v] = (guint)(found - numbers);
      self->first[self->group_of[v] + 1]++;
    }
  for (guint g = 0; g < k; g++)
    self->first[g + 1] += self->first[g];
  next = g_memdup2 (self->first, ((gsize)k + 1) * sizeof (guint));
  for (guint v = 0; v < n; v++)
    self->nodes[next[self->group_of[v]]++] = v;
}

/* The disc around the boxes of a group: its middle goes step by step towards the farthest corner (Bădoiu and Clarkson
 * 2003). */
static void
measure_disc (Groups *self, guint g)
{
  const guint *nodes = &self->nodes[self->first[g]];
  guint        n = self->first[g + 1] - self->first[g];
  DurePoint    middle = { 0, 0 };
  double       radius = 0;

  for (guint i = 0; i < n; i++)
    {
      middle.x += self->inside[nodes[i]].x / n;
      middle.y += self->inside[nodes[i]].y / n;
    }
  for (guint round = 1; round <= 60; round++)
    {
      DurePoint far = middle;

      radius = 0;
      for (guint i = 0; i < n; i++)
        {
          guint  v = nodes[i];
          double x = self->inside[v].x - middle.x;
          double y = self->inside[v].y - middle.y;
          double reach;

          x += x < 0 ? -self->shape->width[v] / 2 : self->shape->width[v] / 2;
          y += y < 0 ? -self->shape->height[v] / 2 : self->shape->height[v] / 2;
          reach = hypot (x, y);
          if (reach > radius)
            {
              radius = reach;
              far = (DurePoint){ middle.x + x, middle.y + y };
            }
        }
      if (round == 60)
        break;
      middle.x += (far.x - middle.x) / (round + 1);
      middle.y += (far.y - middle.y) / (round + 1);
    }
  for (guint i = 0; i < n; i++)
    {
      self->inside[nodes[i]].x -= middle.x;
      self->inside[nodes[i]].y -= middle.y;
    }
  self->discs[g].radius = radius + GROUP_GAP / 2;
}

static gboolean
lay_out_inside (Groups *self, guint g, GError **error)
{
  const guint *nodes = &self->nodes[self->first[g]];
  guint        n = self->first[g + 1] - self->first[g];
  g_autoptr (DureGraph) part = dure_graph_subgraph (self->shape->graph, nodes, n);
  g_autofree double    *width = g_new (double, n);
  g_autofree double    *height = g_new (double, n);
  g_autofree DurePoint *points = NULL;
  DureLayoutOptions     options;

  dure_layout_options_init (&options);
  options.seed = self->shape->options.seed;
  options.aspect = 1;
  options.reading = self->shape->graph->n_nodes <= READING_UP_TO ? self->shape->options.reading : 0;
  options.starts = n >= ONE_TRY_FROM || self->shape->graph->n_nodes > 3000 ? 1 : 0;
  options.width = width;
  options.height = height;
  for (guint i = 0; i < n; i++)
    {
      width[i] = self->shape->width[nodes[i]];
      height[i] = self->shape->height[nodes[i]];
      if (dure_graph_degree (part, i) == 0)
        self->loose[g] = TRUE;
    }
  points = dure_layout (part, &options, self->shape->cancellable, error);
  if (points == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    self->inside[nodes[i]] = points[i];
  measure_disc (self, g);
  return TRUE;
}

/* The ties between groups; the weight is the number of ties, measured against the sizes. */
static DureGraph *
between (const Groups *self)
{
  const DureGraph *graph = self->shape->graph;
  g_autoptr (GArray) ties = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));

  for (guint t = 0; t < graph->n_ties; t++)
    {
      guint        a = self->group_of[graph->ties[t].a];
      guint        b = self->group_of[graph->ties[t].b];
      double       sizes = (double)(self->first[a + 1] - self->first[a]) * (self->first[b + 1] - self->first[b]);
      DureGraphTie tie = { a, b, 1 / sqrt (sizes) };

      if (a != b)
        g_array_append_val (ties, tie);
    }
  return dure_graph_new (self->n_groups, (const DureGraphTie *)(gpointer)ties->data, ties->len);
}

/* How well a disc that is turned by @angle (and mirrored before) looks towards its partners; without free turning only
 * as it stands or upside down. */
static double
best_turn (const Groups *self, guint g, gboolean mirrored, double *angle)
{
  const DureGraph *graph = self->shape->graph;
  double           along = 0;
  double           across = 0;

  for (guint i = self->first[g]; i < self->first[g + 1]; i++)
    {
      guint  v = self->nodes[i];
      double x = mirrored ? -self->inside[v].x : self->inside[v].x;
      double y = self->inside[v].y;

      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        {
          guint  w = graph->neighbours[k];
          guint  h = self->group_of[w];
          double far;
          double to_x;
          double to_y;

          if (h == g)
            continue;
          to_x = self->discs[h].at.x + self->inside[w].x - self->discs[g].at.x;
          to_y = self->discs[h].at.y + self->inside[w].y - self->discs[g].at.y;
          far = MAX (sqrt (to_x * to_x + to_y * to_y), 1);
          along += (x * to_x + y * to_y) / far;
          across += (x * to_y - y * to_x) / far;
        }
    }
  if (self->loose[g])
    {
      *angle = along >= 0 ? 0 : G_PI;
      return fabs (along);
    }
  *angle = atan2 (across, along);
  return hypot (along, across);
}

static void
turn_disc (Groups *self, guint g)
{
  double   plain_angle;
  double   mirror_angle;
  double   plain = best_turn (self, g, FALSE, &plain_angle);
  double   mirrored = best_turn (self, g, TRUE, &mirror_angle);
  gboolean mirror = mirrored > plain + 1e-9;
  double   angle = mirror ? mirror_angle : plain_angle;

  for (guint i = self->first[g]; i < self->first[g + 1]; i++)
    {
      DurePoint *p = &self->inside[self->nodes[i]];
      double     x = mirror ? -p->x : p->x;
      double     y = p->y;

      p->x = x * cos (angle) - y * sin (angle);
      p->y = x * sin (angle) + y * cos (angle);
    }
}

/* Boxes that are not square may overlap once they are turned. */
static void
part_inside (Groups *self, guint g)
{
  const guint          *nodes = &self->nodes[self->first[g]];
  guint                 n = self->first[g + 1] - self->first[g];
  g_autofree DurePoint *points = g_new (DurePoint, n);
  g_autofree double    *width = g_new (double, n);
  g_autofree double    *height = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      points[i] = self->inside[nodes[i]];
      width[i] = self->shape->width[nodes[i]];
      height[i] = self->shape->height[nodes[i]];
    }
  /* A dense group is drawn a little larger until they part. */
  while (dure_remove_overlaps (n, points, width, height, NULL, 40) > 0)
    for (guint i = 0; i < n; i++)
      {
        points[i].x *= LARGER;
        points[i].y *= LARGER;
      }
  for (guint i = 0; i < n; i++)
    self->inside[nodes[i]] = points[i];
  measure_disc (self, g);
}

static void
groups_clear (Groups *self)
{
  g_free (self->group_of);
  g_free (self->first);
  g_free (self->nodes);
  g_free (self->discs);
  g_free (self->inside);
  g_free (self->loose);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Groups, groups_clear)

/**
 * dure_layout_by_group:
 * @graph: a network
 * @group: the group of each node; any numbers
 * @options: (nullable): what is wished; %NULL for what is usual
 * @cancellable: (nullable): stops
 * @error: return location
 *
 * Lays out every group by distance in a disc of its own; groups with many ties between them stand near each other, and
 * no two discs overlap. As dure_layout() for each group, and O(g³) for g groups.
 *
 * Returns: (transfer full) (nullable): one place a node; %NULL when cancelled
 */
DurePoint *
dure_layout_by_group (const DureGraph         *graph,
                      const guint             *group,
                      const DureLayoutOptions *options,
                      GCancellable            *cancellable,
                      GError                 **error)
{
  g_auto (DureShape) shape = { 0 };
  g_auto (Groups) self = { 0 };
  g_autoptr (DureGraph) quotient = NULL;

  dure_shape_init (&shape, graph, options, cancellable);
  self.shape = &shape;
  number_groups (&self, group);
  self.discs = g_new0 (DureDisc, (gsize)self.n_groups + 1);
  self.inside = g_new0 (DurePoint, (gsize)graph->n_nodes + 1);
  self.loose = g_new0 (gboolean, (gsize)self.n_groups + 1);
  for (guint g = 0; g < self.n_groups; g++)
    if (!dure_shape_go_on (&shape, 0.7 * self.first[g] / graph->n_nodes, error) || !lay_out_inside (&self, g, error))
      return NULL;
  quotient = between (&self);
  if (!dure_discs_place (self.discs, quotient, shape.options.aspect, shape.options.seed, cancellable, error))
    return NULL;
  for (guint turn = 0; turn < TURNS; turn++)
    {
      if (!dure_shape_go_on (&shape, 0.8 + 0.15 * turn / TURNS, error))
        return NULL;
      for (guint g = 0; g < self.n_groups; g++)
        turn_disc (&self, g);
    }
  for (guint g = 0; g < self.n_groups; g++)
    if (!self.loose[g])
      part_inside (&self, g);
  dure_discs_part (self.discs, self.n_groups);
  for (guint v = 0; v < graph->n_nodes; v++)
    shape.points[v] = (DurePoint){ self.discs[self.group_of[v]].at.x + self.inside[v].x,
                                   self.discs[self.group_of[v]].at.y + self.inside[v].y };
  return dure_shape_finish (&shape);
}
