/* dure-communities.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-communities.h"

#include <stdlib.h>

/* Larger numbers come from no analysis: whoever has one has none. */
#define LARGEST_NUMBER(N_NODES) MAX (2 * (guint64)(N_NODES), G_MAXUINT16)

typedef struct
{
  guint size;
  guint smallest; /* node */
  guint number;
} Community;

typedef struct
{
  guint old;
  guint new;
  guint shared;
} Overlap;

static int
compare_communities (const void *left, const void *right)
{
  const Community *x = left;
  const Community *y = right;

  if (x->size != y->size)
    return x->size > y->size ? -1 : 1;
  return x->smallest < y->smallest ? -1 : 1;
}

static int
compare_pairs (const void *left, const void *right)
{
  const Overlap *x = left;
  const Overlap *y = right;

  if (x->old != y->old)
    return x->old < y->old ? -1 : 1;
  return (x->new > y->new) - (x->new < y->new);
}

static int
compare_overlaps (const void *left, const void *right)
{
  const Overlap *x = left;
  const Overlap *y = right;

  if (x->shared != y->shared)
    return x->shared > y->shared ? -1 : 1;
  return compare_pairs (left, right);
}

/**
 * dure_communities_compact:
 * @community: (array length=n_nodes): numbers with gaps, %G_MAXUINT for nodes that are in none
 * @n_nodes: how many
 *
 * Returns: (transfer full): the same communities numbered from 0 without gaps; nodes that are in none are each alone
 */
guint *
dure_communities_compact (const guint *community, guint n_nodes)
{
  guint *out = g_new (guint, (gsize)n_nodes + 1);
  guint  n = 0;
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);

  for (guint v = 0; v < n_nodes; v++)
    {
      gpointer key = GUINT_TO_POINTER (community[v]);
      gpointer found;

      if (community[v] != G_MAXUINT && g_hash_table_lookup_extended (numbers, key, NULL, &found))
        {
          out[v] = GPOINTER_TO_UINT (found);
          continue;
        }
      if (community[v] != G_MAXUINT)
        g_hash_table_insert (numbers, key, GUINT_TO_POINTER (n));
      out[v] = n++;
    }
  return out;
}

/* The communities, the largest first; of equal ones the one with the smallest node. */
static Community *
order (const guint *community, guint n_nodes, guint *n)
{
  Community *out = g_new0 (Community, (gsize)n_nodes + 1);

  *n = 0;
  for (guint v = 0; v < n_nodes; v++)
    {
      Community *one = &out[community[v]];

      if (one->size++ == 0)
        *one = (Community){ 1, v, community[v] };
      *n = MAX (*n, community[v] + 1);
    }
  if (*n > 1)
    qsort (out, *n, sizeof *out, compare_communities);
  return out;
}

/* How many nodes each old community shares with each new one, the most first. */
static GArray *
find_overlaps (const guint *community, guint n_nodes, const guint *old)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (Overlap));
  guint   n = 0;

  for (guint v = 0; v < n_nodes; v++)
    if (old[v] <= LARGEST_NUMBER (n_nodes))
      {
        Overlap one = { old[v], community[v], 1 };

        g_array_append_val (out, one);
      }
  if (out->len > 1)
    qsort (out->data, out->len, sizeof (Overlap), compare_pairs);
  for (guint i = 0; i < out->len; i++)
    {
      Overlap *one = &g_array_index (out, Overlap, i);
      Overlap *last = n > 0 ? &g_array_index (out, Overlap, n - 1) : NULL;

      if (last != NULL && last->old == one->old && last->new == one->new)
        last->shared++;
      else
        g_array_index (out, Overlap, n++) = *one;
    }
  g_array_set_size (out, n);
  if (n > 1)
    qsort (out->data, n, sizeof (Overlap), compare_overlaps);
  return out;
}

/**
 * dure_communities_number:
 * @community: (inout) (array length=n_nodes): numbers from 0 without gaps; changed
 * @n_nodes: how many
 * @old: (nullable): numbers of an earlier time, %G_MAXUINT for nodes that were in none
 *
 * Gives the communities numbers that a person can get used to: the one that shares most nodes with an old one keeps its
 * number, and a new one takes the lowest number that no old one had. Without old ones the largest comes first.
 * O(n log n).
 *
 * Returns: the largest number and one; some numbers below it may be those of old communities that are gone
 */
guint
dure_communities_number (guint *community, guint n_nodes, const guint *old)
{
  guint                 n;
  g_autofree Community *ordered = order (community, n_nodes, &n);
  g_autofree guint     *number = g_new (guint, (gsize)n + 1);
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  guint next = 0;
  guint most = 0;

  for (guint i = 0; i < n; i++)
    number[i] = G_MAXUINT;
  if (old != NULL)
    {
      g_autoptr (GArray) overlaps = find_overlaps (community, n_nodes, old);
      g_autoptr (GHashTable) kept = g_hash_table_new (NULL, NULL);

      for (guint i = 0; i < overlaps->len; i++)
        {
          const Overlap *one = &g_array_index (overlaps, Overlap, i);

          g_hash_table_add (taken, GUINT_TO_POINTER (one->old));
          if (number[one->new] == G_MAXUINT && g_hash_table_add (kept, GUINT_TO_POINTER (one->old)))
            number[one->new] = one->old;
        }
    }
  for (guint i = 0; i < n; i++)
    {
      guint *mine = &number[ordered[i].number];

      if (*mine == G_MAXUINT)
        {
          while (g_hash_table_contains (taken, GUINT_TO_POINTER (next)))
            next++;
          *mine = next++;
        }
      most = MAX (most, *mine + 1);
    }
  for (guint v = 0; v < n_nodes; v++)
    community[v] = number[community[v]];
  return most;
}
