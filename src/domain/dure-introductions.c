/* dure-introductions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every pair in the room is looked at once: O(r² d) for r agencies in the room of d partners each.
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-introductions.h"

#include <glib/gi18n-lib.h>

#include "base/dure-hangul.h"

/* A body that everybody knows about would fill the list alone. */
#define MOST_OF_ONE 3
#define NAMES_MOST 2

/** DureCandidate: a pair and what breaks a tie between two of the same worth. */
typedef struct
{
  DureIntroduction pair;
  guint            near;  /* 2: areas differ in one; 1: some area in common */
  guint            reach; /* partners in the room of the better connected one */
  guint            i;     /* places in the room */
  guint            j;
} DureCandidate;

static guint
count_common (const DureGraph *graph, guint a, guint b, GArray *nodes)
{
  guint i = graph->first[a];
  guint j = graph->first[b];
  guint common = 0;

  while (i < graph->first[a + 1] && j < graph->first[b + 1])
    {
      if (graph->neighbours[i] == graph->neighbours[j])
        {
          if (nodes != NULL)
            g_array_append_val (nodes, graph->neighbours[i]);
          common++;
          i++;
          j++;
        }
      else if (graph->neighbours[i] < graph->neighbours[j])
        i++;
      else
        j++;
    }
  return common;
}

static guint
bits (guint areas)
{
  return (guint)__builtin_popcount (areas);
}

static DureCandidate
candidate (const DureNetwork *network, const GArray *room, const guint *reach, guint i, guint j)
{
  const guint   a = g_array_index (room, guint, i);
  const guint   b = g_array_index (room, guint, j);
  const guint   one = network->nodes[a].areas;
  const guint   two = network->nodes[b].areas;
  DureCandidate made = { .pair = { a, b, count_common (network->graph, a, b, NULL), one & two, one ^ two },
                         .reach = MAX (reach[i], reach[j]),
                         .i = i,
                         .j = j };

  if ((one & two) != 0)
    made.near = bits (one ^ two) == 1 ? 2 : 1;
  return made;
}

/* The one with the most in common first; then by area, by how much of the room the better known one opens; the numbers
 * of the nodes make the order the same every time. */
static int
compare_candidates (gconstpointer left, gconstpointer right)
{
  const DureCandidate *x = left;
  const DureCandidate *y = right;

  if (x->pair.common != y->pair.common)
    return x->pair.common > y->pair.common ? -1 : 1;
  if (x->near != y->near)
    return x->near > y->near ? -1 : 1;
  if (x->reach != y->reach)
    return x->reach > y->reach ? -1 : 1;
  if (x->pair.a != y->pair.a)
    return x->pair.a < y->pair.a ? -1 : 1;
  return x->pair.b < y->pair.b ? -1 : x->pair.b > y->pair.b;
}

/* How many in the room each of them knows. */
static guint *
find_reach (const DureNetwork *network, const GArray *room)
{
  g_autofree gboolean *in_room = g_new0 (gboolean, (gsize)network->n_nodes + 1);
  guint               *reach = g_new0 (guint, (gsize)room->len + 1);
  const DureGraph     *graph = network->graph;

  for (guint i = 0; i < room->len; i++)
    in_room[g_array_index (room, guint, i)] = TRUE;
  for (guint i = 0; i < room->len; i++)
    {
      const guint v = g_array_index (room, guint, i);

      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        reach[i] += in_room[graph->neighbours[k]];
    }
  return reach;
}

static guint
root_of (guint *parent, guint part)
{
  while (parent[part] != part)
    part = parent[part] = parent[parent[part]];
  return part;
}

/**
 * dure_introductions_joining:
 * @network: the whole network
 * @room: (element-type guint): nodes, ascending
 * @parts: the parts into which the room falls; node i of it is the i-th of @room
 *
 * The fewest introductions that join all parts: one less than there are parts. Of all such lists the one with the most
 * in common (a largest spanning tree over the parts; Kruskal 1956).
 *
 * Returns: (transfer full) (element-type DureIntroduction): the best pair first
 */
GArray *
dure_introductions_joining (const DureNetwork *network, const GArray *room, const DureComponents *parts)
{
  GArray           *out = g_array_new (FALSE, FALSE, sizeof (DureIntroduction));
  g_autofree guint *reach = NULL;
  g_autofree guint *parent = g_new (guint, (gsize)parts->n_components + 1);
  g_autoptr (GArray) all = NULL;

  if (parts->n_components < 2)
    return out;
  reach = find_reach (network, room);
  all = g_array_new (FALSE, FALSE, sizeof (DureCandidate));
  for (guint i = 0; i < room->len; i++)
    for (guint j = i + 1; j < room->len; j++)
      if (parts->component[i] != parts->component[j])
        {
          DureCandidate made = candidate (network, room, reach, i, j);

          g_array_append_val (all, made);
        }
  g_array_sort (all, compare_candidates);
  for (guint c = 0; c < parts->n_components; c++)
    parent[c] = c;
  for (guint k = 0; k < all->len && out->len + 1 < parts->n_components; k++)
    {
      const DureCandidate *made = &g_array_index (all, DureCandidate, k);
      const guint          x = root_of (parent, parts->component[made->i]);
      const guint          y = root_of (parent, parts->component[made->j]);

      if (x == y)
        continue;
      parent[x] = y;
      g_array_append_val (out, made->pair);
    }
  return out;
}

static gboolean
is_listed (const GArray *pairs, const DureIntroduction *pair)
{
  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    {
      const DureIntroduction *other = &g_array_index (pairs, DureIntroduction, i);

      if (other->a == pair->a && other->b == pair->b)
        return TRUE;
    }
  return FALSE;
}

/**
 * dure_introductions_worth:
 * @network: the whole network
 * @room: (element-type guint): nodes, ascending
 * @left_out: (nullable) (element-type DureIntroduction): pairs that are named elsewhere
 * @most: how many to find at most
 *
 * Pairs in the room without a tie that have partners in common, or whose areas differ in one. Nobody is named more than
 * three times.
 *
 * Returns: (transfer full) (element-type DureIntroduction): the best first
 */
GArray *
dure_introductions_worth (const DureNetwork *network, const GArray *room, const GArray *left_out, guint most)
{
  GArray           *out = g_array_new (FALSE, FALSE, sizeof (DureIntroduction));
  g_autofree guint *reach = find_reach (network, room);
  g_autofree guint *named = g_new0 (guint, (gsize)room->len + 1);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (DureCandidate));

  for (guint i = 0; i < room->len; i++)
    for (guint j = i + 1; j < room->len; j++)
      {
        DureCandidate made;

        if (dure_graph_find_tie (network->graph, g_array_index (room, guint, i), g_array_index (room, guint, j), NULL))
          continue;
        made = candidate (network, room, reach, i, j);
        if (made.pair.common > 0 || made.near == 2)
          g_array_append_val (all, made);
      }
  g_array_sort (all, compare_candidates);
  for (guint k = 0; k < all->len && out->len < most; k++)
    {
      const DureCandidate *made = &g_array_index (all, DureCandidate, k);

      if (named[made->i] >= MOST_OF_ONE || named[made->j] >= MOST_OF_ONE || is_listed (left_out, &made->pair))
        continue;
      named[made->i]++;
      named[made->j]++;
      g_array_append_val (out, made->pair);
    }
  return out;
}

/** dure_common_partners: (transfer full) (element-type guint): whom both work with, ascending. */
GArray *
dure_common_partners (const DureNetwork *network, guint a, guint b)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (guint));

  count_common (network->graph, a, b, nodes);
  return nodes;
}

static char *
area_names (guint areas)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int a = 0; a < DURE_N_AREAS; a++)
    if (areas & (1u << a))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "·" : "", dure_area_label (a));
  return g_strdup (text->str);
}

static char *
common_reason (const DureNetwork *network, const DureIntroduction *pair)
{
  g_autoptr (GArray) common = dure_common_partners (network, pair->a, pair->b);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < MIN (common->len, NAMES_MOST); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", network->nodes[g_array_index (common, guint, i)].label);
  if (common->len > NAMES_MOST)
    return g_strdup_printf (_ ("Both work with %1$s and others, %2$u in all."), names->str, common->len);
  return dure_hangul_printf (_ ("Both work with %s."), names->str);
}

/**
 * dure_introduction_reason:
 *
 * Returns: (transfer full): a sentence that says what the two have in common
 */
char *
dure_introduction_reason (const DureNetwork *network, const DureIntroduction *pair)
{
  g_autofree char *shared = area_names (pair->areas_shared);
  const char      *here = network->nodes[pair->a].region_name;

  if (pair->common > 0)
    return common_reason (network, pair);
  if (pair->areas_shared != 0 && bits (pair->areas_apart) == 1)
    {
      g_autofree char *apart = area_names (pair->areas_apart);

      return g_strdup_printf (_ ("Both work in %1$s, one of them in %2$s too."), shared, apart);
    }
  if (pair->areas_shared != 0)
    return g_strdup_printf (_ ("Both work in %s."), shared);
  if (here != NULL && g_strcmp0 (here, network->nodes[pair->b].region_name) == 0)
    return g_strdup_printf (_ ("Both are in %s."), here);
  return g_strdup (_ ("They have neither a partner nor an area in common yet."));
}
