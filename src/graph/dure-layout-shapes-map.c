/* dure-layout-shapes-map.c: agencies stand where their dong lies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bodies of one dong stand in a patch around its middle, those with partners elsewhere on the side of the partners.
 * Patches that overlap are moved apart, so that a dense town centre grows and the directions stay (as in Dorling's
 * cartograms, "Area Cartograms: Their Use and Creation", 1996).
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-layout-shapes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "graph/dure-layout-shapes-private.h"

/* Space around a patch, and how much of the picture patches may cover before it is drawn larger; in cells. */
#define PATCH_GAP 0.9
#define COVERED 0.22
#define PARTING_ROUNDS 400
/* Who lies this many times as far out as half of the others comes nearer. */
#define FAR 2.0
#define SWAP_ROUNDS 6
#define SWAP_UP_TO 100

typedef struct
{
  DurePoint at; /* in cells */
  DurePoint home;
  double    radius; /* in cells */
  GArray   *nodes;
} Patch;

typedef struct
{
  DureShape *shape;
  Patch     *patches;
  guint      n_patches;
  guint     *patch_of; /* of each node; n_patches for unknown */
  GArray    *unknown;
  DurePoint *points; /* of nodes, in cells */
} Map;

static guint
point_hash (gconstpointer key)
{
  const DurePoint *point = key;

  return g_double_hash (&point->x) * 31 + g_double_hash (&point->y);
}

static gboolean
point_equal (gconstpointer left, gconstpointer right)
{
  const DurePoint *a = left;
  const DurePoint *b = right;

  return a->x == b->x && a->y == b->y;
}

static void
find_patches (Map *self, const DurePoint *centroid)
{
  guint n = self->shape->graph->n_nodes;
  g_autoptr (GHashTable) known = g_hash_table_new (point_hash, point_equal);

  self->patches = g_new0 (Patch, (gsize)n + 1);
  self->patch_of = g_new0 (guint, (gsize)n + 1);
  self->unknown = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint v = 0; v < n; v++)
    {
      guint patch;

      if (!isfinite (centroid[v].x) || !isfinite (centroid[v].y))
        {
          g_array_append_val (self->unknown, v);
          self->patch_of[v] = G_MAXUINT;
          continue;
        }
      patch = GPOINTER_TO_UINT (g_hash_table_lookup (known, &centroid[v]));
      if (patch == 0)
        {
          patch = ++self->n_patches;
          self->patches[patch - 1].home = centroid[v];
          self->patches[patch - 1].nodes = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (known, (gpointer)&centroid[v], GUINT_TO_POINTER (patch));
        }
      self->patch_of[v] = patch - 1;
      g_array_append_val (self->patches[patch - 1].nodes, v);
    }
}

/* Squares in rings around the middle: the cells of a square grid, the nearest first; one alone stands in the middle. */
static int
compare_cells (const void *left, const void *right)
{
  const DurePoint *a = left;
  const DurePoint *b = right;
  double           x = hypot (a->x, a->y);
  double           y = hypot (b->x, b->y);

  if (fabs (x - y) > 1e-9)
    return x < y ? -1 : 1;
  x = atan2 (a->y, a->x);
  y = atan2 (b->y, b->x);
  return (x > y) - (x < y);
}

/* Rows of cells, each second one shifted by half a cell: a round patch without gaps. */
static DurePoint *
patch_cells (guint n, double *radius)
{
  int        half = (int)ceil (sqrt (n)) + 1;
  GArray    *cells = g_array_new (FALSE, FALSE, sizeof (DurePoint));
  DurePoint *result;

  /* Two or four stand evenly around the middle, more around one. */
  for (int row = -half; row <= half; row++)
    for (int column = -half; column <= half; column++)
      {
        DurePoint cell = { column + (row % 2 != 0 ? 0.5 : 0), row };

        if (n == 2 || n == 4)
          cell = (DurePoint){ column + 0.5, n == 2 ? row : row + 0.5 };
        g_array_append_val (cells, cell);
      }
  qsort (cells->data, cells->len, sizeof (DurePoint), compare_cells);
  *radius = 0;
  for (guint i = 0; i < n; i++)
    {
      DurePoint *cell = &g_array_index (cells, DurePoint, i);

      *radius = MAX (*radius, hypot (fabs (cell->x) + 0.5, fabs (cell->y) + 0.5));
    }
  result = g_memdup2 (cells->data, MAX (n, 1) * sizeof (DurePoint));
  g_array_unref (cells);
  return result;
}

static int
compare_doubles (const void *left, const void *right)
{
  double a = *(const double *)left;
  double b = *(const double *)right;

  return (a > b) - (a < b);
}

static double
median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}

/* Degrees become lengths: east and north are equally long at the middle latitude, north is up. Few that lie far off,
 * as in another province, come nearer, in their direction, so that the others do not become one spot. */
static void
project (Map *self)
{
  g_autofree double *values = g_new (double, (gsize)self->n_patches + 1);
  double             shrink;
  double             far;
  DurePoint          middle;

  if (self->n_patches == 0)
    return;
  for (guint p = 0; p < self->n_patches; p++)
    values[p] = self->patches[p].home.y;
  middle.y = median (values, self->n_patches);
  shrink = MAX (0.05, cos (middle.y * G_PI / 180));
  for (guint p = 0; p < self->n_patches; p++)
    values[p] = self->patches[p].home.x;
  middle.x = median (values, self->n_patches);
  for (guint p = 0; p < self->n_patches; p++)
    {
      DurePoint *home = &self->patches[p].home;

      *home = (DurePoint){ (home->x - middle.x) * shrink, middle.y - home->y };
      values[p] = hypot (home->x, home->y);
    }
  far = FAR * median (values, self->n_patches);
  for (guint p = 0; p < self->n_patches && far > 0; p++)
    {
      DurePoint *home = &self->patches[p].home;
      double     distance = hypot (home->x, home->y);

      if (distance > far)
        {
          home->x *= far / distance * (1 + log (distance / far));
          home->y *= far / distance * (1 + log (distance / far));
        }
    }
}

/* Lengths become cells: the whole is just so large that the patches cover a part of it. */
static void
enlarge (Map *self)
{
  double ratio = self->shape->cell_height / self->shape->cell_width;
  double low_x = 0, high_x = 0, low_y = 0, high_y = 0;
  double covered = 0;
  double scale;

  for (guint p = 0; p < self->n_patches; p++)
    {
      Patch *patch = &self->patches[p];

      patch->home.x *= ratio;
      low_x = MIN (low_x, patch->home.x);
      high_x = MAX (high_x, patch->home.x);
      low_y = MIN (low_y, patch->home.y);
      high_y = MAX (high_y, patch->home.y);
      covered += G_PI * (patch->radius + PATCH_GAP / 2) * (patch->radius + PATCH_GAP / 2);
    }
  scale = MAX (high_x - low_x, high_y - low_y);
  scale = scale > 0 ? sqrt (covered / COVERED) / scale : 1;
  for (guint p = 0; p < self->n_patches; p++)
    {
      Patch *patch = &self->patches[p];

      patch->home.x *= scale;
      patch->home.y *= scale;
      patch->at = patch->home;
    }
}

static guint
part_patches (Map *self, double pull)
{
  guint found = 0;

  for (guint p = 0; p < self->n_patches; p++)
    {
      self->patches[p].at.x += (self->patches[p].home.x - self->patches[p].at.x) * pull;
      self->patches[p].at.y += (self->patches[p].home.y - self->patches[p].at.y) * pull;
    }
  for (guint p = 0; p < self->n_patches; p++)
    for (guint q = p + 1; q < self->n_patches; q++)
      {
        Patch *a = &self->patches[p];
        Patch *b = &self->patches[q];
        double x = b->at.x - a->at.x;
        double y = b->at.y - a->at.y;
        double apart = hypot (x, y);
        double over = a->radius + b->radius + PATCH_GAP - apart;
        double share = b->radius * b->radius / (a->radius * a->radius + b->radius * b->radius);

        if (over <= 1e-9)
          continue;
        found += over > 1e-3;
        if (apart < 1e-9)
          {
            /* Two dong with one middle: side by side, in the order of their numbers. */
            x = 1;
            y = 0;
            apart = 1;
          }
        a->at.x -= x / apart * over * share;
        a->at.y -= y / apart * over * share;
        b->at.x += x / apart * over * (1 - share);
        b->at.y += y / apart * over * (1 - share);
      }
  return found;
}

/* How far node @v would be from its partners elsewhere, if it stood at @at. */
static double
reach (const Map *self, guint v, DurePoint at)
{
  const DureGraph *graph = self->shape->graph;
  double           sum = 0;

  for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
    {
      DurePoint other = self->points[graph->neighbours[k]];

      if (self->patch_of[graph->neighbours[k]] != G_MAXUINT)
        sum += hypot (at.x - other.x, at.y - other.y);
    }
  return sum;
}

static void
swap_in_patch (Map *self, const Patch *patch)
{
  const guint *nodes = (const guint *)(gpointer)patch->nodes->data;

  for (guint i = 0; i < patch->nodes->len && patch->nodes->len <= SWAP_UP_TO; i++)
    for (guint j = i + 1; j < patch->nodes->len; j++)
      {
        DurePoint a = self->points[nodes[i]];
        DurePoint b = self->points[nodes[j]];
        double    now = reach (self, nodes[i], a) + reach (self, nodes[j], b);

        /* A tie between the two is as long either way. */
        self->points[nodes[i]] = b;
        self->points[nodes[j]] = a;
        if (reach (self, nodes[i], b) + reach (self, nodes[j], a) < now - 1e-9)
          continue;
        self->points[nodes[i]] = a;
        self->points[nodes[j]] = b;
      }
}

/* Who has no known dong stands in rows below the map. */
static void
place_unknown (Map *self)
{
  double low = G_MAXDOUBLE, high = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
  guint  columns;

  for (guint p = 0; p < self->n_patches; p++)
    {
      const Patch *patch = &self->patches[p];

      low = MIN (low, patch->at.x - patch->radius);
      high = MAX (high, patch->at.x + patch->radius);
      bottom = MAX (bottom, patch->at.y + patch->radius);
    }
  if (self->n_patches == 0)
    {
      low = 0;
      high = ceil (sqrt (self->unknown->len * self->shape->options.aspect));
      bottom = 0;
    }
  columns = MAX (6, (guint)(high - low));
  columns = MIN (columns, MAX (self->unknown->len, 1));
  for (guint i = 0; i < self->unknown->len; i++)
    self->points[g_array_index (self->unknown, guint, i)] = (DurePoint){
      (low + high) / 2 + (i % columns) - (columns - 1) / 2.0,
      bottom + 1.5 + i / columns,
    };
}

static void
map_clear (Map *self)
{
  for (guint p = 0; p < self->n_patches; p++)
    g_array_unref (self->patches[p].nodes);
  g_free (self->patches);
  g_free (self->patch_of);
  g_free (self->points);
  g_array_unref (self->unknown);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Map, map_clear)

/**
 * dure_layout_map:
 * @graph: a network
 * @centroid: the middle of each node's dong: x degrees east, y degrees north; NaN where it is not known
 * @options: (nullable): what is wished; %NULL for what is usual
 * @cancellable: (nullable): stops
 * @error: return location
 *
 * Puts every node near the middle of its dong, north up, the nodes of one dong together; who has no known dong stands
 * in rows below. O(p² + n s) for p dong and s nodes in the largest of them.
 *
 * Returns: (transfer full) (nullable): one place a node; %NULL when cancelled
 */
DurePoint *
dure_layout_map (const DureGraph         *graph,
                 const DurePoint         *centroid,
                 const DureLayoutOptions *options,
                 GCancellable            *cancellable,
                 GError                 **error)
{
  g_auto (DureShape) shape = { 0 };
  g_auto (Map) self = { 0 };

  dure_shape_init (&shape, graph, options, cancellable);
  self.shape = &shape;
  find_patches (&self, centroid);
  self.points = g_new0 (DurePoint, (gsize)graph->n_nodes + 1);
  for (guint p = 0; p < self.n_patches; p++)
    {
      g_autofree DurePoint *cells = patch_cells (self.patches[p].nodes->len, &self.patches[p].radius);

      for (guint i = 0; i < self.patches[p].nodes->len; i++)
        self.points[g_array_index (self.patches[p].nodes, guint, i)] = cells[i];
    }
  project (&self);
  enlarge (&self);
  for (guint round = 0; round < PARTING_ROUNDS; round++)
    {
      if (!dure_shape_go_on (&shape, 0.5 * round / PARTING_ROUNDS, error))
        return NULL;
      /* First they are drawn back home a little, at last they only part. */
      if (part_patches (&self, round < PARTING_ROUNDS / 2 ? 0.05 : 0) == 0 && round >= PARTING_ROUNDS / 2)
        break;
    }
  for (guint p = 0; p < self.n_patches; p++)
    for (guint i = 0; i < self.patches[p].nodes->len; i++)
      {
        DurePoint *point = &self.points[g_array_index (self.patches[p].nodes, guint, i)];

        point->x += self.patches[p].at.x;
        point->y += self.patches[p].at.y;
      }
  for (guint round = 0; round < SWAP_ROUNDS; round++)
    for (guint p = 0; p < self.n_patches; p++)
      {
        if (!dure_shape_go_on (&shape, 0.5 + 0.5 * (round + (double)p / self.n_patches) / SWAP_ROUNDS, error))
          return NULL;
        swap_in_patch (&self, &self.patches[p]);
      }
  place_unknown (&self);
  for (guint v = 0; v < graph->n_nodes; v++)
    shape.points[v] = (DurePoint){ self.points[v].x * shape.cell_width, self.points[v].y * shape.cell_height };
  return dure_shape_finish (&shape);
}
