/* dure-network-what-if.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-what-if.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "graph/dure-components.h"

#define NAMES_MOST 4
/* A change of the mean reach below one in a hundred is not worth a sentence. */
#define REACH_WORTH 0.01

/* The ties of the network as it would be. A tie that is only thought of has the weight of the weakest agreement. */
static DureNetwork *
imagine (const DureNetwork *network, const gboolean *gone, const DureNodePair *with, guint n_with)
{
  g_autoptr (GArray) ties = g_array_sized_new (FALSE, FALSE, sizeof (DureNetworkTie), network->n_ties + n_with);

  for (guint i = 0; i < network->n_ties; i++)
    if (!gone[network->ties[i].from] && !gone[network->ties[i].to])
      g_array_append_val (ties, network->ties[i]);
  for (guint i = 0; i < n_with; i++)
    {
      DureNetworkTie tie = { .from = with[i].a, .to = with[i].b, .layers = DURE_LAYER_OTHER, .count = 1 };

      tie.by_layer[4] = 1;
      if (with[i].a < network->n_nodes && with[i].b < network->n_nodes && !gone[with[i].a] && !gone[with[i].b]
          && !dure_graph_find_tie (network->graph, with[i].a, with[i].b, NULL))
        g_array_append_val (ties, tie);
    }
  return dure_network_new (network->nodes, network->n_nodes, (DureNetworkTie *)(gpointer)ties->data, ties->len);
}

/* How many nodes each reaches within two ties. */
static double *
count_two_steps (const DureGraph *graph)
{
  double           *count = g_new0 (double, (gsize)graph->n_nodes + 1);
  g_autofree guint *seen = g_new0 (guint, (gsize)graph->n_nodes + 1);

  for (guint v = 0; v < graph->n_nodes; v++)
    {
      seen[v] = v + 1;
      for (guint i = graph->first[v]; i < graph->first[v + 1]; i++)
        {
          guint w = graph->neighbours[i];

          if (seen[w] != v + 1)
            count[v]++;
          seen[w] = v + 1;
          for (guint k = graph->first[w]; k < graph->first[w + 1]; k++)
            {
              guint x = graph->neighbours[k];

              if (seen[x] != v + 1)
                count[v]++;
              seen[x] = v + 1;
            }
        }
    }
  return count;
}

/* Shares are of the agencies that stay; @reach gives those of each. */
static DureNetworkState
state_of (const DureNetwork *network, const gboolean *gone, double **reach)
{
  DureNetworkState state = { .n_ties = network->n_ties };
  g_autoptr (DureComponents) parts = dure_components_new (network->graph);
  double scale;
  double sum = 0;

  for (guint v = 0; v < network->n_nodes; v++)
    state.n_nodes += gone == NULL || !gone[v] ? 1 : 0;
  state.n_isolates = dure_components_isolates (parts) - (network->n_nodes - state.n_nodes);
  state.n_parts = parts->n_components - dure_components_isolates (parts);
  state.largest = state.n_nodes > 0 ? parts->size[0] : 0;
  *reach = count_two_steps (network->graph);
  scale = state.n_nodes > 1 ? 1 / (state.n_nodes - 1.0) : 0;
  for (guint v = 0; v < network->n_nodes; v++)
    {
      (*reach)[v] = gone != NULL && gone[v] ? 0 : (*reach)[v] * scale;
      sum += (*reach)[v];
    }
  state.two_step = state.n_nodes > 0 ? sum / state.n_nodes : 0;
  return state;
}

static int
compare_groups (const void *left, const void *right)
{
  const GArray *x = *(GArray *const *)left;
  const GArray *y = *(GArray *const *)right;

  if (x->len != y->len)
    return x->len > y->len ? -1 : 1;
  return g_array_index (x, guint, 0) < g_array_index (y, guint, 0) ? -1 : 1;
}

/* Who was of one part and is no longer with most of it. */
static void
find_cut_off (DureNetworkWhatIf *self, const DureNetwork *network)
{
  g_autoptr (DureComponents) old = dure_components_new (network->graph);
  g_autoptr (DureComponents) new = dure_components_new (self->network->graph);

  for (guint c = 0; c < old->n_components && old->size[c] > 1; c++)
    {
      g_autoptr (GHashTable) groups = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
      g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
      GHashTableIter iter;
      gpointer       group;

      for (guint i = old->first[c]; i < old->first[c + 1]; i++)
        {
          guint   node = old->nodes[i];
          GArray *nodes = g_hash_table_lookup (groups, GUINT_TO_POINTER (new->component[node]));

          if (self->gone[node])
            continue;
          if (nodes == NULL)
            {
              nodes = g_array_new (FALSE, FALSE, sizeof (guint));
              g_hash_table_insert (groups, GUINT_TO_POINTER (new->component[node]), nodes);
            }
          g_array_append_val (nodes, node);
        }
      g_hash_table_iter_init (&iter, groups);
      while (g_hash_table_iter_next (&iter, NULL, &group))
        g_ptr_array_add (sorted, group);
      if (sorted->len > 1)
        qsort (sorted->pdata, sorted->len, sizeof (gpointer), compare_groups);
      for (guint i = 1; i < sorted->len; i++)
        g_ptr_array_add (self->cut_off, g_array_ref (g_ptr_array_index (sorted, i)));
    }
}

/**
 * dure_network_what_if:
 * @network: the network as it is
 * @without: (array length=n_without) (nullable): nodes to take away
 * @n_without: how many
 * @with: (array length=n_with) (nullable): ties to add; those there already, or of a node that goes, change nothing
 * @n_with: how many
 * @cancellable: (nullable): looked at between the steps
 * @error: return location
 *
 * Time O(n + Σ degree²), for the two steps.
 *
 * Returns: (transfer full) (nullable): what changes
 */
DureNetworkWhatIf *
dure_network_what_if (const DureNetwork  *network,
                      const guint        *without,
                      guint               n_without,
                      const DureNodePair *with,
                      guint               n_with,
                      GCancellable       *cancellable,
                      GError            **error)
{
  g_autoptr (DureNetworkWhatIf) self = g_new0 (DureNetworkWhatIf, 1);

  self->gone = g_new0 (gboolean, (gsize)network->n_nodes + 1);
  for (guint i = 0; i < n_without; i++)
    if (without[i] < network->n_nodes)
      self->gone[without[i]] = TRUE;
  self->isolated = g_array_new (FALSE, FALSE, sizeof (guint));
  self->connected = g_array_new (FALSE, FALSE, sizeof (guint));
  self->cut_off = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  self->network = imagine (network, self->gone, with, n_with);
  self->before = state_of (network, NULL, &self->reach_before);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  self->after = state_of (self->network, self->gone, &self->reach_after);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  for (guint v = 0; v < network->n_nodes; v++)
    {
      gboolean was = dure_graph_degree (network->graph, v) > 0;
      gboolean is = dure_graph_degree (self->network->graph, v) > 0;

      if (was && !is && !self->gone[v])
        g_array_append_val (self->isolated, v);
      else if (!was && is)
        g_array_append_val (self->connected, v);
    }
  find_cut_off (self, network);
  return g_steal_pointer (&self);
}

/**
 * dure_network_what_if_free:
 * @self: (nullable) (transfer full): what would change
 */
void
dure_network_what_if_free (DureNetworkWhatIf *self)
{
  if (self == NULL)
    return;
  dure_network_unref (self->network);
  g_free (self->gone);
  g_clear_pointer (&self->isolated, g_array_unref);
  g_clear_pointer (&self->connected, g_array_unref);
  g_clear_pointer (&self->cut_off, g_ptr_array_unref);
  g_free (self->reach_before);
  g_free (self->reach_after);
  g_free (self);
}

static char *
names_of (const DureNetworkWhatIf *self, const GArray *nodes)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < MIN (nodes->len, NAMES_MOST); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            self->network->nodes[g_array_index (nodes, guint, i)].name);
  if (nodes->len > NAMES_MOST)
    g_string_append_printf (names, _ (" and %u more"), nodes->len - NAMES_MOST);
  return g_strdup (names->str);
}

static void
add_cut_off (const DureNetworkWhatIf *self, GPtrArray *sentences)
{
  for (guint i = 0; i < self->cut_off->len; i++)
    {
      const GArray    *group = g_ptr_array_index (self->cut_off, i);
      g_autofree char *names = names_of (self, group);

      if (group->len > 1)
        g_ptr_array_add (sentences, g_strdup_printf (_ ("Cut off from the rest together: %s."), names));
    }
}

static void
add_reach (const DureNetworkWhatIf *self, GPtrArray *sentences)
{
  double change = self->after.two_step - self->before.two_step;

  if (change < REACH_WORTH && change > -REACH_WORTH)
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("Within two steps an agency reaches as many others as now: %.0f%%."),
                                      100 * self->after.two_step));
  else
    g_ptr_array_add (sentences,
                     g_strdup_printf (
                         /* Translators: shares in per cent. */
                         _ ("Within two steps an agency reaches %1$.0f%% of the others instead of %2$.0f%%."),
                         100 * self->after.two_step, 100 * self->before.two_step));
}

/**
 * dure_network_what_if_sentences:
 * @self: what would change
 *
 * Returns: (transfer full) (element-type utf8): the same in whole sentences, the most important first
 */
GPtrArray *
dure_network_what_if_sentences (const DureNetworkWhatIf *self)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);

  if (self->after.n_nodes == 0)
    {
      g_ptr_array_add (sentences, g_strdup (_ ("No agency is left.")));
      return sentences;
    }
  if (self->after.n_parts != self->before.n_parts)
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("The network is in %1$u parts instead of %2$u, not counting single agencies."),
                                      self->after.n_parts, self->before.n_parts));
  else if (self->isolated->len == 0 && self->cut_off->len == 0)
    g_ptr_array_add (sentences, g_strdup (_ ("Nobody is cut off.")));
  add_cut_off (self, sentences);
  if (self->isolated->len > 0)
    {
      g_autofree char *names = names_of (self, self->isolated);

      g_ptr_array_add (sentences, g_strdup_printf (_ ("Left without any tie: %s."), names));
    }
  if (self->connected->len > 0)
    {
      g_autofree char *names = names_of (self, self->connected);

      g_ptr_array_add (sentences, g_strdup_printf (_ ("No longer without a tie: %s."), names));
    }
  add_reach (self, sentences);
  return sentences;
}
