/* dure-network-meeting.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-meeting.h"

#include <string.h>

#define MOST_JOINERS 3
#define MOST_WORTH 8

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

static void
joiner_free (gpointer data)
{
  DureJoiner *self = data;

  g_array_unref (self->parts);
  g_free (self);
}

static int
compare_joiners (gconstpointer left, gconstpointer right, gpointer data)
{
  const DureJoiner        *x = *(const DureJoiner *const *)left;
  const DureJoiner        *y = *(const DureJoiner *const *)right;
  const DureBeforeMeeting *out = data;
  guint                    reached[2] = { 0, 0 };

  if (x->parts->len != y->parts->len)
    return x->parts->len > y->parts->len ? -1 : 1;
  for (guint i = 0; i < x->parts->len; i++)
    {
      reached[0] += ((GArray *)g_ptr_array_index (out->components, g_array_index (x->parts, guint, i)))->len;
      reached[1] += ((GArray *)g_ptr_array_index (out->components, g_array_index (y->parts, guint, i)))->len;
    }
  if (reached[0] != reached[1])
    return reached[0] > reached[1] ? -1 : 1;
  return x->node < y->node ? -1 : x->node > y->node;
}

static int
compare_numbers (gconstpointer left, gconstpointer right)
{
  const guint *x = left;
  const guint *y = right;

  return *x < *y ? -1 : *x > *y;
}

/* Uninvited agencies with ties into at least two parts of the room; with fewer there is nothing to join. */
static void
find_joiners (const DureNetwork *network, const guint *part_of, guint n_parts, DureBeforeMeeting *out)
{
  const DureGraph  *graph = network->graph;
  g_autofree guint *seen = g_new0 (guint, (gsize)n_parts + 1);

  for (guint v = 0; v < network->n_nodes; v++)
    {
      g_autoptr (GArray) parts = NULL;
      DureJoiner *joiner;

      if (part_of[v] != G_MAXUINT)
        continue;
      parts = g_array_new (FALSE, FALSE, sizeof (guint));
      for (guint k = graph->first[v]; k < graph->first[v + 1]; k++)
        {
          const guint part = part_of[graph->neighbours[k]];

          if (part == G_MAXUINT || seen[part] == v + 1)
            continue;
          seen[part] = v + 1;
          g_array_append_val (parts, part);
        }
      if (parts->len < 2)
        continue;
      g_array_sort (parts, compare_numbers);
      joiner = g_new0 (DureJoiner, 1);
      joiner->node = v;
      joiner->parts = g_steal_pointer (&parts);
      g_ptr_array_add (out->joiners, joiner);
    }
  g_ptr_array_sort_with_data (out->joiners, compare_joiners, out);
  if (out->joiners->len > MOST_JOINERS)
    g_ptr_array_set_size (out->joiners, MOST_JOINERS);
}

static void
cut_free (gpointer data)
{
  DureMeetingCut *self = data;

  g_array_unref (self->cut_off);
  g_free (self);
}

static int
compare_cuts (gconstpointer left, gconstpointer right)
{
  const DureMeetingCut *x = *(const DureMeetingCut *const *)left;
  const DureMeetingCut *y = *(const DureMeetingCut *const *)right;

  if (x->cut_off->len != y->cut_off->len)
    return x->cut_off->len > y->cut_off->len ? -1 : 1;
  return x->node < y->node ? -1 : x->node > y->node;
}

static void
list_cuts (const DureGraph *room, DureBeforeMeeting *out)
{
  g_autoptr (DureCuts) cuts = dure_cuts_new (room);

  for (guint i = 0; i < room->n_nodes; i++)
    {
      DureMeetingCut *cut;

      if (!cuts->is_cut_point[i])
        continue;
      cut = g_new0 (DureMeetingCut, 1);
      cut->node = g_array_index (out->invited, guint, i);
      cut->cut_off = dure_cut_off (room, i);
      for (guint j = 0; j < cut->cut_off->len; j++)
        g_array_index (cut->cut_off, guint, j)
            = g_array_index (out->invited, guint, g_array_index (cut->cut_off, guint, j));
      g_ptr_array_add (out->cuts, cut);
    }
  g_ptr_array_sort (out->cuts, compare_cuts);
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

  out->invited = g_array_new (FALSE, FALSE, sizeof (guint));
  out->no_tie = g_array_new (FALSE, FALSE, sizeof (guint));
  out->none_in_room = g_array_new (FALSE, FALSE, sizeof (guint));
  out->cuts = g_ptr_array_new_with_free_func (cut_free);
  out->joiners = g_ptr_array_new_with_free_func (joiner_free);
  out->components = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  out->regions_missing = g_ptr_array_new_with_free_func (g_free);

  in_room = invited_nodes (network, invited, out);
  room = dure_graph_subgraph (network->graph, (const guint *)(gpointer)out->invited->data, out->invited->len);
  parts = dure_components_new (room);

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
    }
  list_components (parts, out->invited, out->components);
  list_missing (network, in_room, out);
  list_cuts (room, out);
  find_joiners (network, part_of, parts->n_components, out);
  out->introductions = dure_introductions_joining (network, out->invited, parts);
  out->worth = dure_introductions_worth (network, out->invited, out->introductions, MOST_WORTH);
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
  g_array_unref (self->introductions);
  g_array_unref (self->worth);
  g_ptr_array_unref (self->cuts);
  g_ptr_array_unref (self->joiners);
  g_ptr_array_unref (self->components);
  g_ptr_array_unref (self->regions_missing);
  g_free (self);
}
