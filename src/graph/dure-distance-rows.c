/* dure-distance-rows.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sixty-four searches run at once, one bit each. Source: Then et al., "The more the merrier: efficient multi-source
 * graph traversal", Proceedings of the VLDB Endowment 8, 2014.
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-distance-rows.h"

#include <string.h>

#define BATCH 64

typedef struct
{
  guint64 *seen;    /* of each node: the searches that were there */
  guint64 *current; /* those that got there in the last step */
  guint64 *next;
  guint   *front; /* nodes with a current search */
  guint   *coming;
} Searches;

/* All neighbours of the front: who gets there first. Returns how many nodes that are. */
static guint
step (const DureGraph *graph, Searches *searches, guint n_front)
{
  guint n_coming = 0;

  for (guint f = 0; f < n_front; f++)
    {
      guint   v = searches->front[f];
      guint64 bits = searches->current[v];

      searches->current[v] = 0;
      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        {
          guint w = graph->neighbours[k];
          guint64 new = bits & ~searches->seen[w];

          if (new == 0)
            continue;
          if (searches->next[w] == 0)
            searches->coming[n_coming++] = w;
          searches->next[w] |= new;
        }
    }
  /* In ascending order the rows are written from left to right. */
  if (n_coming > graph->n_nodes / 32)
    {
      n_coming = 0;
      for (guint v = 0; v < graph->n_nodes; v++)
        if (searches->next[v] != 0)
          searches->coming[n_coming++] = v;
    }
  return n_coming;
}

static gboolean
search (const DureGraph  *graph,
        Searches         *searches,
        DureDistanceRows *self,
        guint             first,
        guint             n_rows,
        GCancellable     *cancellable,
        GError          **error)
{
  const gsize n = graph->n_nodes;
  guint16    *rows = self->distance + first * n;
  guint       n_front = 0;

  memset (searches->seen, 0, n * sizeof (guint64));
  for (guint r = 0; r < n_rows; r++)
    {
      guint v = self->source[first + r];

      if (searches->seen[v] == 0)
        searches->front[n_front++] = v;
      searches->seen[v] |= G_GUINT64_CONSTANT (1) << r;
      searches->current[v] = searches->seen[v];
    }
  for (guint distance = 1; n_front > 0; distance++)
    {
      guint   n_coming = step (graph, searches, n_front);
      guint  *front = searches->front;
      guint16 written = (guint16)MIN (distance, G_MAXUINT16);

      if ((distance & 15) == 1 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (guint f = 0; f < n_coming; f++)
        {
          guint   v = searches->coming[f];
          guint64 bits = searches->next[v];

          searches->next[v] = 0;
          searches->seen[v] |= bits;
          searches->current[v] = bits;
          for (; bits != 0; bits &= bits - 1)
            rows[(gsize)__builtin_ctzll (bits) * n + v] = written;
        }
      if (n_coming > 0)
        self->farthest = MAX (self->farthest, written);
      searches->front = searches->coming;
      searches->coming = front;
      n_front = n_coming;
    }
  return TRUE;
}

/**
 * dure_distance_rows_new:
 * @graph: a network
 * @sources: (array length=n_sources) (nullable): where rows start; %NULL for every node in order
 * @n_sources: how many rows; at most as many as nodes when @sources is %NULL
 * @cancellable: (nullable): stops
 * @error: return location
 *
 * O(rows / 64 * steps * (n + m)) time at most, 2 n bytes a row. Distances above 65535 are taken for that.
 *
 * Returns: (transfer full) (nullable): the rows; %NULL when cancelled
 */
DureDistanceRows *
dure_distance_rows_new (
    const DureGraph *graph, const guint *sources, guint n_sources, GCancellable *cancellable, GError **error)
{
  const gsize n = graph->n_nodes;
  g_autoptr (DureDistanceRows) self = g_new0 (DureDistanceRows, 1);
  Searches searches = {
    .seen = g_new (guint64, n + 1),
    .current = g_new0 (guint64, n + 1),
    .next = g_new0 (guint64, n + 1),
    .front = g_new (guint, n + 1),
    .coming = g_new (guint, n + 1),
  };
  gboolean fine = TRUE;

  self->n_nodes = graph->n_nodes;
  self->n_rows = n_sources;
  self->source = g_new (guint, (gsize)n_sources + 1);
  for (guint r = 0; r < n_sources; r++)
    self->source[r] = sources != NULL ? sources[r] : r;
  self->distance = g_malloc0_n ((gsize)n_sources * n + 1, sizeof (guint16));
  for (guint first = 0; first < n_sources && fine; first += BATCH)
    fine = search (graph, &searches, self, first, MIN (BATCH, n_sources - first), cancellable, error);
  g_free (searches.seen);
  g_free (searches.current);
  g_free (searches.next);
  g_free (searches.front);
  g_free (searches.coming);
  return fine ? g_steal_pointer (&self) : NULL;
}

/**
 * dure_distance_rows_free:
 * @self: (nullable) (transfer full): rows
 */
void
dure_distance_rows_free (DureDistanceRows *self)
{
  if (self == NULL)
    return;
  g_free (self->source);
  g_free (self->distance);
  g_free (self);
}
