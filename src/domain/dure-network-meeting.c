/* dure-network-meeting.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-meeting.h"

#include <string.h>

#include "graph/dure-components.h"

static guint *
invited_nodes (const DureNetwork *network, const char *const *invited, DureBeforeMeeting *out)
{
  guint *in_room = g_new0 (guint, network->n_nodes + 1);

  for (const char *const *id = invited; id != NULL && *id != NULL; id++)
    {
      guint v;

      if (dure_network_find (network, *id, &v))
        in_room[v] = 1;
      else
        out->n_unknown++;
    }
  for (guint v = 0; v < network->n_nodes; v++)
    if (in_room[v])
      g_array_append_val (out->invited, v);
  return in_room;
}

static void
list_components (const DureComponents *parts, const GArray *invited, GPtrArray *out)
{
  for (guint c = 0; c < parts->n_components; c++)
    {
      GArray *part = g_array_new (FALSE, FALSE, sizeof (guint));

      for (guint i = parts->first[c]; i < parts->first[c + 1]; i++)
        g_array_append_val (part, g_array_index (invited, guint, parts->nodes[i]));
      g_ptr_array_add (out, part);
    }
}

static int
compare_names (gconstpointer left, gconstpointer right)
{
  return strcmp (*(const char *const *)left, *(const char *const *)right);
}

static void
list_missing (const DureNetwork *network, const guint *in_room, DureBeforeMeeting *out)
{
  g_autoptr (GHashTable) here = g_hash_table_new (g_str_hash, g_str_equal);
  guint areas = 0;

  for (guint v = 0; v < network->n_nodes; v++)
    if (in_room[v])
      {
        areas |= network->nodes[v].areas;
        if (network->nodes[v].region_name != NULL)
          g_hash_table_add (here, network->nodes[v].region_name);
      }
  out->areas_missing = ~areas & ((1u << DURE_N_AREAS) - 1);
  for (guint v = 0; v < network->n_nodes; v++)
    {
      char *region = network->nodes[v].region_name;

      if (region != NULL && g_hash_table_add (here, region))
        g_ptr_array_add (out->regions_missing, g_strdup (region));
    }
  g_ptr_array_sort (out->regions_missing, compare_names);
}

/* The uninvited agency with ties into the most parts of the room; at least two, else there is nothing to join. */
static void
find_joiner (const DureNetwork *network, const guint *part_of, guint n_parts, DureBeforeMeeting *out)
{
  const DureGraph  *graph = network->graph;
  g_autofree guint *seen = g_new0 (guint, n_parts + 1);

  for (guint v = 0; v < network->n_nodes; v++)
    {
      guint touched = 0;

      if (part_of[v] != G_MAXUINT)
        continue;
      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        {
          guint part = part_of[graph->neighbours[k]];

          if (part != G_MAXUINT && seen[part] != v + 1)
            {
              seen[part] = v + 1;
              touched++;
            }
        }
      if (touched > MAX (out->joiner_parts, 1))
        {
          out->has_joiner = TRUE;
          out->joiner = v;
          out->joiner_parts = touched;
        }
    }
}

static guint
common_partners (const DureGraph *graph, guint a, guint b)
{
  guint i = graph->first[a];
  guint j = graph->first[b];
  guint common = 0;

  while (i < graph->first[a + 1] && j < graph->first[b + 1])
    {
      if (graph->neighbours[i] == graph->neighbours[j])
        {
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

/* One introduction a part, each to the largest part: the fewest that can join them all. The pair with the most common
 * partners is the easiest to introduce; then one with an area in common; then the one whose other end knows the most in
 * the room. */
static void
list_introductions (const DureNetwork *network, DureBeforeMeeting *out)
{
  const GArray *largest;

  if (out->components->len < 2)
    return;
  largest = g_ptr_array_index (out->components, 0);
  for (guint c = 1; c < out->components->len; c++)
    {
      const GArray    *part = g_ptr_array_index (out->components, c);
      DureIntroduction best = { 0 };
      gint64           best_worth = -1;

      for (guint i = 0; i < part->len; i++)
        for (guint j = 0; j < largest->len; j++)
          {
            guint  a = g_array_index (part, guint, i);
            guint  b = g_array_index (largest, guint, j);
            guint  common = common_partners (network->graph, a, b);
            guint  near = (network->nodes[a].areas & network->nodes[b].areas) != 0 ? 1 : 0;
            guint  degree = MIN (dure_graph_degree (network->graph, b), 9999);
            gint64 worth = ((gint64)common * 2 + near) * 10000 + degree;

            if (worth > best_worth)
              {
                best_worth = worth;
                best = (DureIntroduction){ a, b, common };
              }
          }
      g_array_append_val (out->introductions, best);
    }
}

/**
 * dure_network_before_meeting:
 * @network: the whole network
 * @invited: (array zero-terminated=1) (nullable): ids of the agencies that are invited; doubles and unknown ids are
 * allowed
 *
 * Says who in the room knows nobody, how the room falls apart, and what would join it.
 *
 * Returns: (transfer full): the lists
 */
DureBeforeMeeting *
dure_network_before_meeting (const DureNetwork *network, const char *const *invited)
{
  DureBeforeMeeting *out = g_new0 (DureBeforeMeeting, 1);
  g_autofree guint  *in_room = NULL;
  g_autofree guint  *part_of = g_new (guint, network->n_nodes + 1);
  g_autoptr (DureGraph) room = NULL;
  g_autoptr (DureComponents) parts = NULL;
  g_autoptr (DureCuts) cuts = NULL;

  out->invited = g_array_new (FALSE, FALSE, sizeof (guint));
  out->no_tie = g_array_new (FALSE, FALSE, sizeof (guint));
  out->none_in_room = g_array_new (FALSE, FALSE, sizeof (guint));
  out->cut_points = g_array_new (FALSE, FALSE, sizeof (guint));
  out->introductions = g_array_new (FALSE, FALSE, sizeof (DureIntroduction));
  out->components = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  out->regions_missing = g_ptr_array_new_with_free_func (g_free);

  in_room = invited_nodes (network, invited, out);
  room = dure_graph_subgraph (network->graph, (const guint *)(gpointer)out->invited->data, out->invited->len);
  parts = dure_components_new (room);
  cuts = dure_cuts_new (room);

  for (guint v = 0; v < network->n_nodes; v++)
    part_of[v] = G_MAXUINT;
  for (guint i = 0; i < out->invited->len; i++)
    {
      guint v = g_array_index (out->invited, guint, i);

      part_of[v] = parts->component[i];
      if (dure_graph_degree (network->graph, v) == 0)
        g_array_append_val (out->no_tie, v);
      else if (dure_graph_degree (room, i) == 0)
        g_array_append_val (out->none_in_room, v);
      if (cuts->is_cut_point[i])
        g_array_append_val (out->cut_points, v);
    }
  list_components (parts, out->invited, out->components);
  list_missing (network, in_room, out);
  find_joiner (network, part_of, parts->n_components, out);
  list_introductions (network, out);
  return out;
}

/**
 * dure_before_meeting_free:
 * @self: (nullable) (transfer full): the lists
 */
void
dure_before_meeting_free (DureBeforeMeeting *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->invited);
  g_array_unref (self->no_tie);
  g_array_unref (self->none_in_room);
  g_array_unref (self->cut_points);
  g_array_unref (self->introductions);
  g_ptr_array_unref (self->components);
  g_ptr_array_unref (self->regions_missing);
  g_free (self);
}
