/* dure-layout.c: distances → descent → reading quality → packing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-layout.h"

#include <math.h>
#include <string.h>

#include "graph/dure-components.h"
#include "graph/dure-packing.h"
#include "graph/dure-random.h"
#include "graph/dure-readability.h"
#include "graph/dure-stress.h"

#define STEP DURE_LAYOUT_STEP
#define ROUNDS 60
/* A drawing may have this much more stress than the best one when it has fewer crossings. */
#define STRESS_FOR_CROSSINGS 1.06
#define CROSSINGS_UP_TO 4000

typedef struct
{
  const DureGraph         *graph;
  const DureLayoutOptions *options;
  GCancellable            *cancellable;
  DurePoint               *points;
  double                  *width;
  double                  *height;
  guint64                  random;
  double                   done; /* nodes laid out, for the progress */
} Work;

/**
 * dure_layout_options_init:
 * @options: (out): set to what is usual
 */
void
dure_layout_options_init (DureLayoutOptions *options)
{
  *options = (DureLayoutOptions){ .aspect = 1.5, .seed = 1 };
}

static gboolean
is_pinned (const Work *work, guint v)
{
  return work->options->pinned != NULL && work->options->start != NULL && work->options->pinned[v];
}

static gboolean
is_known (const Work *work, guint v)
{
  return work->options->start != NULL && (work->options->known == NULL || work->options->known[v]);
}

static guint
how_many_starts (const Work *work, guint n)
{
  if (work->options->starts > 0)
    return work->options->starts;
  /* Together about a quarter of a second at most. */
  return n <= 80 ? 30 : n <= 200 ? 12 : n <= 400 ? 5 : n <= 700 ? 2 : 1;
}

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

/* Known nodes where they were, the others at the middle of their known neighbours, a little off. */
static guint
warm_start (Work *work, const DureGraph *part, const guint *nodes, DurePoint *points)
{
  g_autofree gboolean *placed = g_new0 (gboolean, part->n_nodes + 1);
  guint                known = 0;
  gboolean             moved = TRUE;

  for (guint i = 0; i < part->n_nodes; i++)
    if (is_known (work, nodes[i]) || is_pinned (work, nodes[i]))
      {
        points[i] = work->options->start[nodes[i]];
        placed[i] = TRUE;
        known++;
      }
  while (known > 0 && moved)
    {
      moved = FALSE;
      for (guint i = 0; i < part->n_nodes; i++)
        {
          DurePoint sum = { 0, 0 };
          guint     count = 0;

          if (placed[i])
            continue;
          for (guint k = part->first[i]; k < part->first[i + 1]; k++)
            if (placed[part->neighbours[k]])
              {
                sum.x += points[part->neighbours[k]].x;
                sum.y += points[part->neighbours[k]].y;
                count++;
              }
          if (count == 0)
            continue;
          points[i].x = sum.x / count + (dure_random_double (&work->random) - 0.5) * STEP;
          points[i].y = sum.y / count + (dure_random_double (&work->random) - 0.5) * STEP;
          placed[i] = moved = TRUE;
        }
    }
  return known;
}

static void
random_start (Work *work, guint n, DurePoint *points)
{
  double radius = STEP * sqrt (n);

  for (guint i = 0; i < n; i++)
    {
      points[i].x = (dure_random_double (&work->random) - 0.5) * radius;
      points[i].y = (dure_random_double (&work->random) - 0.5) * radius;
    }
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

/* The best of several descents: the fewest crossings among those whose stress is near the least. */
static gboolean
best_of_starts (Work *work, const DureGraph *part, GArray *terms, DurePoint *out, GError **error)
{
  guint                 n = part->n_nodes;
  guint                 starts = how_many_starts (work, n);
  g_autofree DurePoint *tries = g_new (DurePoint, (gsize)n * starts);
  g_autofree double    *stress = g_new (double, starts);
  double                least = G_MAXDOUBLE;
  guint                 best = 0;
  guint                 fewest = G_MAXUINT;

  for (guint s = 0; s < starts; s++)
    {
      DurePoint *points = &tries[(gsize)n * s];

      random_start (work, n, points);
      if (!dure_stress_descend (terms, points, NULL, FALSE, ROUNDS, &work->random, work->cancellable, error))
        return FALSE;
      stress[s] = dure_stress_of_terms (terms, points);
      least = MIN (least, stress[s]);
      if (work->options->progress != NULL)
        work->options->progress (MIN (1, (work->done + n * (s + 1.0) / starts) / work->graph->n_nodes),
                                 work->options->progress_data);
    }
  for (guint s = 0; s < starts; s++)
    {
      guint crossings;

      if (stress[s] > least * STRESS_FOR_CROSSINGS + 1e-9)
        continue;
      crossings = part->n_ties <= CROSSINGS_UP_TO ? dure_count_crossings (part, &tries[(gsize)n * s]) : 0;
      if (crossings < fewest || (crossings == fewest && stress[s] < stress[best]))
        {
          fewest = crossings;
          best = s;
        }
    }
  memcpy (out, &tries[(gsize)n * best], n * sizeof *out);
  return TRUE;
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

/* The drawing is moved onto its pinned nodes, which then pull the rest after them. */
static void
move_onto_pinned (const Work     *work,
                  const guint    *nodes,
                  DurePoint      *points,
                  const gboolean *pinned,
                  guint           n,
                  guint           n_pinned,
                  double          scale)
{
  DurePoint from = { 0, 0 };
  DurePoint to = { 0, 0 };

  for (guint i = 0; i < n; i++)
    if (pinned[i])
      {
        from.x += points[i].x / n_pinned;
        from.y += points[i].y / n_pinned;
        to.x += work->options->start[nodes[i]].x / scale / n_pinned;
        to.y += work->options->start[nodes[i]].y / scale / n_pinned;
      }
  for (guint i = 0; i < n; i++)
    {
      points[i].x = pinned[i] ? work->options->start[nodes[i]].x / scale : points[i].x + to.x - from.x;
      points[i].y = pinned[i] ? work->options->start[nodes[i]].y / scale : points[i].y + to.y - from.y;
    }
}

/* Lays out one part. Returns in @anchored whether it stands where it stood before. */
static gboolean
lay_out_part (Work *work, const guint *nodes, guint n, gboolean *anchored, GError **error)
{
  g_autoptr (DureGraph) part = dure_graph_subgraph (work->graph, nodes, n);
  g_autoptr (GArray) terms = dure_stress_terms (part, &work->random, work->cancellable, error);
  g_autofree DurePoint *points = g_new (DurePoint, n);
  g_autofree gboolean  *pinned = g_new0 (gboolean, n);
  g_autofree double    *width = g_new (double, n);
  g_autofree double    *height = g_new (double, n);
  guint                 n_pinned = 0;
  guint                 known;
  double                scale;

  if (terms == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      pinned[i] = is_pinned (work, nodes[i]);
      n_pinned += pinned[i] ? 1 : 0;
      width[i] = work->width[nodes[i]];
      height[i] = work->height[nodes[i]];
    }
  known = warm_start (work, part, nodes, points);
  *anchored = n_pinned > 0 || known * 2 > n;
  if (known * 2 > n)
    {
      DurePoint before = middle (points, n);
      DurePoint after;

      scale = CLAMP (dure_stress_scale (terms, points), 1, 100);
      multiply (points, n, 1 / scale);
      if (!dure_stress_descend (terms, points, pinned, TRUE, ROUNDS / 2, &work->random, work->cancellable, error))
        return FALSE;
      multiply (points, n, scale);
      after = middle (points, n);
      for (guint i = 0; i < n && n_pinned == 0; i++)
        {
          points[i].x += before.x - after.x;
          points[i].y += before.y - after.y;
        }
    }
  else
    {
      if (!best_of_starts (work, part, terms, points, error))
        return FALSE;
      turn (part, points, work->options->aspect);
      scale = room_scale (points, width, height, n);
      if (n_pinned > 0)
        {
          move_onto_pinned (work, nodes, points, pinned, n, n_pinned, scale);
          if (!dure_stress_descend (terms, points, pinned, TRUE, ROUNDS, &work->random, work->cancellable, error))
            return FALSE;
        }
      multiply (points, n, scale);
    }
  for (guint i = 0; i < n; i++)
    if (pinned[i])
      points[i] = work->options->start[nodes[i]];
  dure_remove_overlaps (n, points, width, height, pinned, 80);
  for (guint i = 0; i < n; i++)
    work->points[nodes[i]] = points[i];
  work->done += n;
  return TRUE;
}

static DureRect
box_of (const Work *work, const guint *nodes, guint n)
{
  DureRect whole = { 0 };

  for (guint i = 0; i < n; i++)
    {
      guint    v = nodes[i];
      DureRect box = { work->points[v].x - work->width[v] / 2, work->points[v].y - work->height[v] / 2, work->width[v],
                       work->height[v] };

      whole = i == 0 ? box : dure_rect_union (&whole, &box);
    }
  return whole;
}

/* Nodes without a tie stand in rows below the rest or in columns beside it, whichever fits the aspect better; known
 * ones stay. */
static void
place_isolates (Work *work, const guint *nodes, guint n, DureRect whole, gboolean any)
{
  g_autoptr (GArray) loose = g_array_new (FALSE, FALSE, sizeof (guint));
  double    cell_width = 0;
  double    cell_height = 0;
  double    aspect = work->options->aspect;
  guint     columns;
  guint     rows;
  DurePoint origin;

  for (guint i = 0; i < n; i++)
    {
      guint v = nodes[i];

      if (is_pinned (work, v) || is_known (work, v))
        work->points[v] = work->options->start[v];
      else
        g_array_append_val (loose, v);
      cell_width = MAX (cell_width, work->width[v]);
      cell_height = MAX (cell_height, work->height[v]);
    }
  if (loose->len == 0)
    return;
  if (loose->len < n)
    {
      for (guint i = 0; i < n; i++)
        if (is_pinned (work, nodes[i]) || is_known (work, nodes[i]))
          {
            DureRect box = box_of (work, &nodes[i], 1);

            whole = any ? dure_rect_union (&whole, &box) : box;
            any = TRUE;
          }
    }
  cell_width += STEP * 0.35;
  cell_height += STEP * 0.25;
  if (!any)
    {
      columns = MAX (1, (guint)ceil (sqrt (loose->len * aspect * cell_height / cell_width)));
      origin = (DurePoint){ 0, 0 };
    }
  else
    {
      guint  by_row = MAX (1, (guint)(whole.width / cell_width));
      guint  by_column = MAX (1, (guint)(whole.height / cell_height));
      double below = whole.height + cell_height * ceil ((double)loose->len / by_row);
      double beside = whole.width + cell_width * ceil ((double)loose->len / by_column);

      if (MAX (whole.width, below * aspect) <= MAX (beside, whole.height * aspect))
        {
          columns = MIN (by_row, loose->len);
          origin = (DurePoint){ whole.x + (whole.width - columns * cell_width) / 2 + cell_width / 2,
                                whole.y + whole.height + STEP * 0.5 + cell_height / 2 };
        }
      else
        {
          columns = (guint)ceil ((double)loose->len / by_column);
          rows = (guint)ceil ((double)loose->len / columns);
          origin = (DurePoint){ whole.x + whole.width + STEP * 0.5 + cell_width / 2,
                                whole.y + (whole.height - rows * cell_height) / 2 + cell_height / 2 };
        }
    }
  for (guint i = 0; i < loose->len; i++)
    {
      guint v = g_array_index (loose, guint, i);

      work->points[v].x = origin.x + (i % columns) * cell_width;
      work->points[v].y = origin.y + (i / columns) * cell_height;
    }
}

static void
pack_parts (Work *work, const DureComponents *parts, guint n_parts, const gboolean *anchored)
{
  g_autofree DureRect *boxes = g_new (DureRect, n_parts + 1);
  g_autofree DureRect *before = g_new (DureRect, n_parts + 1);
  DureRect             whole = { 0 };

  for (guint c = 0; c < n_parts; c++)
    before[c] = boxes[c] = box_of (work, &parts->nodes[parts->first[c]], parts->size[c]);
  if (n_parts > 0)
    whole = dure_pack (boxes, anchored, n_parts, STEP * 0.5, work->options->aspect);
  for (guint c = 0; c < n_parts; c++)
    for (guint i = parts->first[c]; i < parts->first[c + 1]; i++)
      {
        work->points[parts->nodes[i]].x += boxes[c].x - before[c].x;
        work->points[parts->nodes[i]].y += boxes[c].y - before[c].y;
      }
  place_isolates (work, &parts->nodes[parts->first[n_parts]], work->graph->n_nodes - parts->first[n_parts], whole,
                  n_parts > 0);
}

/**
 * dure_layout:
 * @graph: a network
 * @options: (nullable): what is wished; %NULL for what is usual
 * @cancellable: (nullable): stops within one round
 * @error: return location
 *
 * Finds places so that nodes are as far apart as ties have to be gone between them, without overlap; parts stand beside
 * each other and single nodes in rows. The same input gives the same places. Nodes that have a place keep it roughly,
 * pinned ones exactly. O(n²) memory and time up to %DURE_STRESS_ALL_PAIRS nodes a part, O(n) above.
 *
 * Returns: (transfer full) (nullable): one place a node; %NULL when cancelled
 */
DurePoint *
dure_layout (const DureGraph *graph, const DureLayoutOptions *options, GCancellable *cancellable, GError **error)
{
  DureLayoutOptions     usual;
  g_autofree DurePoint *points = g_new0 (DurePoint, (gsize)graph->n_nodes + 1);
  g_autofree double    *width = g_new (double, (gsize)graph->n_nodes + 1);
  g_autofree double    *height = g_new (double, (gsize)graph->n_nodes + 1);
  g_autoptr (DureComponents) parts = dure_components_new (graph);
  g_autofree gboolean *anchored = g_new0 (gboolean, parts->n_components + 1);
  guint                n_parts = parts->n_components - dure_components_isolates (parts);
  gboolean             any_anchored = FALSE;
  Work                 work;

  dure_layout_options_init (&usual);
  if (options == NULL)
    options = &usual;
  work = (Work){
    .graph = graph,
    .options = options,
    .cancellable = cancellable,
    .points = points,
    .width = width,
    .height = height,
    .random = options->seed,
  };
  for (guint v = 0; v < graph->n_nodes; v++)
    {
      width[v] = options->width != NULL ? options->width[v] : STEP * 0.6;
      height[v] = options->height != NULL ? options->height[v] : STEP * 0.6;
    }
  for (guint c = 0; c < n_parts; c++)
    {
      if (!lay_out_part (&work, &parts->nodes[parts->first[c]], parts->size[c], &anchored[c], error))
        return NULL;
      any_anchored |= anchored[c];
    }
  pack_parts (&work, parts, n_parts, anchored);
  if (any_anchored)
    {
      g_autofree gboolean *fixed = g_new0 (gboolean, (gsize)graph->n_nodes + 1);

      for (guint v = 0; v < graph->n_nodes; v++)
        fixed[v] = is_pinned (&work, v);
      dure_remove_overlaps (graph->n_nodes, points, width, height, fixed, 80);
    }
  if (options->progress != NULL)
    options->progress (1, options->progress_data);
  return g_steal_pointer (&points);
}
