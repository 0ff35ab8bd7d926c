/* dure-paths.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One walk from each node gives all three measures, where a library walks once for each: Brandes, "A faster algorithm
 * for betweenness centrality", Journal of Mathematical Sociology 25, 2001; estimates from a sample of sources: Brandes,
 * Pich, "Centrality estimation in large networks", International Journal of Bifurcation and Chaos 17, 2007. O(sources ·
 * m).
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-paths.h"

#include "graph/dure-random.h"

/* The sample is the same whenever the network is. */
#define SEED 20260101

typedef struct
{
  const DureGraph *graph;
  guint           *queue;
  guint           *distance; /* G_MAXUINT but for what the last walk reached */
  double          *paths;
  double          *depend;
  double          *far; /* sums of the distances to the sources */
  double          *inverse;
  double          *between;
} Walk;

/* Breadth first from @source, then back: adds to the sums of everybody reached. */
static void
walk_from (Walk *self, guint source)
{
  const DureGraph *graph = self->graph;
  const guint     *first = graph->first;
  const guint     *neighbours = graph->neighbours;
  guint           *queue = self->queue;
  guint           *distance = self->distance;
  double          *paths = self->paths;
  double          *depend = self->depend;
  guint            head = 0;
  guint            tail = 0;

  distance[source] = 0;
  paths[source] = 1;
  depend[source] = 0;
  queue[tail++] = source;
  while (head < tail)
    {
      guint  v = queue[head++];
      guint  next = distance[v] + 1;
      double through = paths[v];

      for (guint k = first[v]; k < first[v + 1]; k++)
        {
          guint w = neighbours[k];

          if (distance[w] == next)
            paths[w] += through;
          else if (distance[w] == G_MAXUINT)
            {
              distance[w] = next;
              paths[w] = through;
              depend[w] = 0;
              queue[tail++] = w;
            }
        }
    }
  for (guint i = tail; i-- > 1;)
    {
      guint  w = queue[i];
      guint  nearer = distance[w] - 1;
      double part = (1 + depend[w]) / paths[w];

      for (guint k = first[w]; k < first[w + 1]; k++)
        if (distance[neighbours[k]] == nearer)
          depend[neighbours[k]] += paths[neighbours[k]] * part;
      self->between[w] += depend[w];
      self->far[w] += distance[w];
      self->inverse[w] += 1.0 / distance[w];
      distance[w] = G_MAXUINT;
    }
  distance[source] = G_MAXUINT;
}

/* The nodes of a part, or a sample of them in the order of their numbers. */
static GArray *
choose_sources (const DureComponents *parts, guint c, gboolean all, guint64 *random, gboolean *is_source)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (guint));
  guint   size = parts->size[c];
  guint   wanted = all || size <= DURE_PATHS_EXACT_PART ? size : DURE_PATHS_SOURCES;

  for (guint i = 0; i < size && wanted > 0; i++)
    if (wanted == size - i || dure_random_below (random, size - i) < wanted)
      {
        g_array_append_val (out, parts->nodes[parts->first[c] + i]);
        is_source[parts->nodes[parts->first[c] + i]] = TRUE;
        wanted--;
      }
  return out;
}

static void
finish_part (
    const Walk *walk, const DureComponents *parts, guint c, guint n_sources, const gboolean *is_source, DurePaths *out)
{
  double n = walk->graph->n_nodes;
  double others = parts->size[c] - 1.0;
  double pairs = n > 2 ? (n - 1) * (n - 2) : 1;

  for (guint i = parts->first[c]; i < parts->first[c + 1] && others > 0; i++)
    {
      guint  v = parts->nodes[i];
      double met = n_sources - (is_source[v] ? 1.0 : 0.0);

      out->betweenness[v] = walk->between[v] * (others / met) / pairs;
      out->closeness[v] = met / walk->far[v] * (others / (n - 1));
      out->harmonic[v] = walk->inverse[v] / met * (others / (n - 1));
    }
}

/**
 * dure_paths_new:
 * @graph: a network
 * @components: its parts
 * @cancellable: (nullable): stops the counting
 * @error: says that it was stopped
 *
 * Counts shortest paths; ties count one step whatever their weight. Exact up to %DURE_PATHS_EXACT nodes.
 *
 * Returns: (transfer full) (nullable): the measures
 */
DurePaths *
dure_paths_new (const DureGraph *graph, const DureComponents *components, GCancellable *cancellable, GError **error)
{
  gsize n = graph->n_nodes;
  g_autoptr (DurePaths) self = g_new0 (DurePaths, 1);
  g_autofree guint    *queue = g_new (guint, n + 1);
  g_autofree guint    *distance = g_new (guint, n + 1);
  g_autofree double   *paths = g_new (double, n + 1);
  g_autofree double   *depend = g_new (double, n + 1);
  g_autofree double   *far = g_new0 (double, n + 1);
  g_autofree double   *inverse = g_new0 (double, n + 1);
  g_autofree double   *between = g_new0 (double, n + 1);
  g_autofree gboolean *is_source = g_new0 (gboolean, n + 1);
  Walk                 walk = { graph, queue, distance, paths, depend, far, inverse, between };
  guint64              random = SEED;

  self->betweenness = g_new0 (double, n + 1);
  self->closeness = g_new0 (double, n + 1);
  self->harmonic = g_new0 (double, n + 1);
  for (gsize v = 0; v < n; v++)
    distance[v] = G_MAXUINT;
  for (guint c = 0; c < components->n_components; c++)
    {
      g_autoptr (GArray) sources = choose_sources (components, c, n <= DURE_PATHS_EXACT, &random, is_source);

      for (guint i = 0; i < sources->len; i++)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return NULL;
          walk_from (&walk, g_array_index (sources, guint, i));
        }
      finish_part (&walk, components, c, sources->len, is_source, self);
      self->n_sources += sources->len;
    }
  return g_steal_pointer (&self);
}

/**
 * dure_paths_free:
 * @self: (nullable) (transfer full): the measures
 */
void
dure_paths_free (DurePaths *self)
{
  if (self == NULL)
    return;
  g_free (self->betweenness);
  g_free (self->closeness);
  g_free (self->harmonic);
  g_free (self);
}
