/* dure-layout-part.c: one connected part of a drawing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "graph/dure-layout-private.h"
#include "graph/dure-readability.h"
#include "graph/dure-reading.h"
#include "graph/dure-stress.h"

#define STEP DURE_LAYOUT_STEP
/* When sizes are free, one of so many nodes may have to give way, and the drawing grows by this at most. */
#define FEW 50
#define MOST_FREE_SCALE 100
/* A drawing below this size is a heap. */
#define HEAP 0.01
#define PINNED_ROUNDS 60
/* Of the progress, when the drawing is then made easier to read. */
#define DISTANCE_SHARE 0.2

static DurePoint
middle (const DurePoint *points, guint n)
{
  DurePoint sum = { 0, 0 };

  for (guint i = 0; i < n; i++)
    {
      sum.x += points[i].x;
      sum.y += points[i].y;
    }
  return (DurePoint){ sum.x / MAX (n, 1), sum.y / MAX (n, 1) };
}

/* How much larger than true the drawing must be so that its nodes find room: about half of its surface may be covered.
 */
static double
room_scale (const DurePoint *points, const double *width, const double *height, guint n)
{
  double    covered = 0;
  double    sum = 0;
  DurePoint centre = middle (points, n);

  for (guint i = 0; i < n; i++)
    {
      covered += width[i] * height[i];
      sum += (points[i].x - centre.x) * (points[i].x - centre.x) + (points[i].y - centre.y) * (points[i].y - centre.y);
    }
  /* An even disc of radius r has a mean square distance of r²/2 from its middle. */
  return sum > 0 ? MAX (1, sqrt (2 * covered / (2 * G_PI * sum / n))) : 1;
}

static int
compare_x (gconstpointer left, gconstpointer right)
{
  const DurePoint *a = left;
  const DurePoint *b = right;

  if (a->x != b->x)
    return a->x < b->x ? -1 : 1;
  return (a->y > b->y) - (a->y < b->y);
}

static int
compare_lengths (gconstpointer left, gconstpointer right)
{
  double a = *(const double *)left;
  double b = *(const double *)right;

  return (a > b) - (a < b);
}

/* Nobody said how large nodes are: as large as leaves all but a few room where they stand, so that distances stay true.
 * O(n sqrt n) or so: neighbours are looked for from left to right. */
static double
free_scale (const DurePoint *points, double size, guint n)
{
  g_autofree DurePoint *sorted = g_memdup2 (points, n * sizeof *points);
  g_autofree double    *nearest = g_new (double, n);

  qsort (sorted, n, sizeof *sorted, compare_x);
  for (guint i = 0; i < n; i++)
    nearest[i] = G_MAXDOUBLE;
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n && sorted[j].x - sorted[i].x < nearest[i]; j++)
      {
        double apart = MAX (sorted[j].x - sorted[i].x, fabs (sorted[j].y - sorted[i].y));

        nearest[i] = MIN (nearest[i], apart);
        nearest[j] = MIN (nearest[j], apart);
      }
  qsort (nearest, n, sizeof *nearest, compare_lengths);
  return CLAMP (size * 1.001 / MAX (nearest[n / FEW], 1e-9), 1, MOST_FREE_SCALE);
}

/* Turns the drawing so that its longer axis lies flat, and mirrors it so that the node with the most ties is left and
 * above: two runs that find the same drawing then show the same picture. */
static void
turn (const DureGraph *part, DurePoint *points, double aspect)
{
  guint     n = part->n_nodes;
  DurePoint centre = middle (points, n);
  double    xx = 0;
  double    xy = 0;
  double    yy = 0;
  double    angle;
  guint     hub = 0;

  for (guint i = 0; i < n; i++)
    {
      double x = points[i].x - centre.x;
      double y = points[i].y - centre.y;

      xx += x * x;
      xy += x * y;
      yy += y * y;
      if (dure_graph_degree (part, i) > dure_graph_degree (part, hub))
        hub = i;
    }
  angle = 0.5 * atan2 (2 * xy, xx - yy);
  if (aspect < 1)
    angle += G_PI / 2;
  for (guint i = 0; i < n; i++)
    {
      double x = points[i].x - centre.x;
      double y = points[i].y - centre.y;

      points[i].x = x * cos (angle) + y * sin (angle);
      points[i].y = y * cos (angle) - x * sin (angle);
    }
  if (points[hub].x > 0)
    for (guint i = 0; i < n; i++)
      points[i].x = -points[i].x;
  if (points[hub].y > 0)
    for (guint i = 0; i < n; i++)
      points[i].y = -points[i].y;
}

static void
multiply (DurePoint *points, guint n, double factor)
{
  for (guint i = 0; i < n; i++)
    {
      points[i].x *= factor;
      points[i].y *= factor;
    }
}

/* Turned, mirrored and moved so that who has an old place comes as near to it as can be; scales are the same. */
static void
align (const DureLayoutWork *work, DureLayoutPart *part, const gboolean *which)
{
  guint     n = part->graph->n_nodes;
  DurePoint from = { 0, 0 };
  DurePoint to = { 0, 0 };
  double    same[2] = { 0, 0 }; /* cosine and sine of the turn */
  double    mirrored[2] = { 0, 0 };
  double    count = 0;
  double    flip;
  double    length;
  double   *turned;

  for (guint i = 0; i < n; i++)
    if (which[i])
      {
        from.x += part->points[i].x;
        from.y += part->points[i].y;
        to.x += work->options->start[part->nodes[i]].x / part->scale;
        to.y += work->options->start[part->nodes[i]].y / part->scale;
        count++;
      }
  from = (DurePoint){ from.x / count, from.y / count };
  to = (DurePoint){ to.x / count, to.y / count };
  for (guint i = 0; i < n; i++)
    if (which[i])
      {
        double x = part->points[i].x - from.x;
        double y = part->points[i].y - from.y;
        double old_x = work->options->start[part->nodes[i]].x / part->scale - to.x;
        double old_y = work->options->start[part->nodes[i]].y / part->scale - to.y;

        same[0] += x * old_x + y * old_y;
        same[1] += x * old_y - y * old_x;
        mirrored[0] += x * old_x - y * old_y;
        mirrored[1] += x * old_y + y * old_x;
      }
  flip = hypot (mirrored[0], mirrored[1]) > hypot (same[0], same[1]) * (1 + 1e-9) ? -1 : 1;
  turned = flip < 0 ? mirrored : same;
  length = hypot (turned[0], turned[1]);
  if (length > 0)
    {
      turned[0] /= length;
      turned[1] /= length;
    }
  else
    {
      turned[0] = 1;
      turned[1] = 0;
    }
  for (guint i = 0; i < n; i++)
    {
      double x = part->points[i].x - from.x;
      double y = (part->points[i].y - from.y) * flip;

      part->points[i].x = x * turned[0] - y * turned[1] + to.x;
      part->points[i].y = x * turned[1] + y * turned[0] + to.y;
    }
}

/* The pinned go to their places and pull the rest after them. */
static gboolean
settle_around_pinned (DureLayoutWork *work, DureLayoutPart *part, GError **error)
{
  guint n = part->graph->n_nodes;
  g_autoptr (DureDistanceRows) rows = NULL;
  g_autofree float *x = g_new (float, n);
  g_autofree float *y = g_new (float, n);
  DurePoint         origin = middle (part->points, n);

  for (guint i = 0; i < n; i++)
    {
      if (part->pinned[i])
        part->points[i] = (DurePoint){ work->options->start[part->nodes[i]].x / part->scale,
                                       work->options->start[part->nodes[i]].y / part->scale };
      x[i] = (float)((part->points[i].x - origin.x) / STEP);
      y[i] = (float)((part->points[i].y - origin.y) / STEP);
    }
  rows = dure_layout_rows (work, part->graph, error);
  if (rows == NULL || !dure_stress_settle (rows, x, y, part->pinned, PINNED_ROUNDS, work->cancellable, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!part->pinned[i])
      part->points[i] = (DurePoint){ x[i] * STEP + origin.x, y[i] * STEP + origin.y };
  return TRUE;
}

typedef struct
{
  const DureLayoutWork *work;
  guint                 n;
} Improving;

static void
improving_cb (double fraction, gpointer data)
{
  const Improving *improving = data;

  dure_layout_tell (improving->work, improving->n, DISTANCE_SHARE + (1 - DISTANCE_SHARE) * fraction);
}

static gboolean
improve (DureLayoutWork *work, DureLayoutPart *part, GError **error)
{
  Improving improving = { work, part->graph->n_nodes };

  return work->options->reading <= 0
         || dure_reading_improve (part->graph, part->points, part->n_pinned > 0 ? part->pinned : NULL,
                                  work->options->reading, &work->random, improving_cb, &improving, work->cancellable,
                                  error);
}

static double
scale_for (const DureLayoutWork *work, const DureLayoutPart *part)
{
  if (dure_layout_has_sizes (work))
    return room_scale (part->points, part->width, part->height, part->graph->n_nodes);
  return free_scale (part->points, MAX (part->width[0], part->height[0]), part->graph->n_nodes);
}

static gboolean
draw_anew (DureLayoutWork *work, DureLayoutPart *part, GError **error)
{
  if (!dure_layout_by_distance (work, part, work->options->reading > 0 ? DISTANCE_SHARE : 1, error))
    return FALSE;
  if (part->n_pinned > 0)
    {
      part->scale = scale_for (work, part);
      align (work, part, part->pinned);
      return settle_around_pinned (work, part, error) && improve (work, part, error);
    }
  if (!improve (work, part, error))
    return FALSE;
  part->scale = scale_for (work, part);
  if (part->n_known > 1)
    align (work, part, part->known);
  else
    turn (part->graph, part->points, work->options->aspect);
  return TRUE;
}

/* Who all stand in one place have none. */
static void
forget_heap (DureLayoutPart *self)
{
  guint     n = self->graph->n_nodes;
  DurePoint least = { G_MAXDOUBLE, G_MAXDOUBLE };
  DurePoint most = { -G_MAXDOUBLE, -G_MAXDOUBLE };

  for (guint i = 0; i < n; i++)
    if (self->known[i])
      {
        least = (DurePoint){ MIN (least.x, self->points[i].x), MIN (least.y, self->points[i].y) };
        most = (DurePoint){ MAX (most.x, self->points[i].x), MAX (most.y, self->points[i].y) };
      }
  if (self->n_known < 2 || MAX (most.x - least.x, most.y - least.y) > STEP * HEAP)
    return;
  self->n_known = self->n_pinned;
  for (guint i = 0; i < n; i++)
    self->known[i] = self->pinned[i];
}

/** dure_layout_part_new: the part of @nodes, with what is known of their places; @nodes are borrowed. */
DureLayoutPart *
dure_layout_part_new (const DureLayoutWork *work, const guint *nodes, guint n)
{
  DureLayoutPart *self = g_new0 (DureLayoutPart, 1);

  self->graph = dure_graph_subgraph (work->graph, nodes, n);
  self->nodes = nodes;
  self->points = g_new0 (DurePoint, n);
  self->known = g_new0 (gboolean, n);
  self->pinned = g_new0 (gboolean, n);
  self->width = g_new (double, n);
  self->height = g_new (double, n);
  self->scale = 1;
  for (guint i = 0; i < n; i++)
    {
      guint v = nodes[i];

      self->pinned[i] = dure_layout_is_pinned (work, v);
      self->known[i] = self->pinned[i] || dure_layout_is_known (work, v);
      self->n_pinned += self->pinned[i] ? 1 : 0;
      self->n_known += self->known[i] ? 1 : 0;
      if (self->known[i])
        self->points[i] = work->options->start[v];
      self->width[i] = work->width[v];
      self->height[i] = work->height[v];
    }
  forget_heap (self);
  self->anchored = self->n_pinned > 0 || self->n_known * 2 > n;
  return self;
}

/** dure_layout_part_free: ends with @self. */
void
dure_layout_part_free (DureLayoutPart *self)
{
  dure_graph_free (self->graph);
  g_free (self->points);
  g_free (self->known);
  g_free (self->pinned);
  g_free (self->width);
  g_free (self->height);
  g_free (self);
}

/**
 * dure_layout_part_draw:
 * @work: the run
 * @part: a part; gets its points and the scale that it needs
 * @error: return location
 *
 * Returns: %FALSE when cancelled
 */
gboolean
dure_layout_part_draw (DureLayoutWork *work, DureLayoutPart *part, GError **error)
{
  if (part->n_known * 2 > part->graph->n_nodes && !dure_layout_keep (work, part, error))
    return FALSE;
  if (!part->kept && !draw_anew (work, part, error))
    return FALSE;
  work->done += part->graph->n_nodes;
  dure_layout_tell (work, 0, 0);
  return TRUE;
}

/**
 * dure_layout_part_put:
 * @work: the run; its points of @part are set
 * @part: a part that is drawn
 * @scale: how many times larger than @part it shall be
 * @error: return location
 *
 * Returns: %FALSE when cancelled
 */
gboolean
dure_layout_part_put (DureLayoutWork *work, DureLayoutPart *part, double scale, GError **error)
{
  guint n = part->graph->n_nodes;

  multiply (part->points, n, scale);
  for (guint i = 0; i < n; i++)
    if (part->pinned[i] || (part->kept && part->known[i]))
      part->points[i] = work->options->start[part->nodes[i]];
  if (!dure_layout_make_room (work, n, part->points, part->width, part->height, part->kept ? part->known : NULL,
                              part->kept || part->n_pinned > 0 ? part->pinned : NULL, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    work->points[part->nodes[i]] = part->points[i];
  return TRUE;
}
