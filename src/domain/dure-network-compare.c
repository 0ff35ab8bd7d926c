/* dure-network-compare.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-compare.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"

/* Before and after a meeting are spans of one length: long enough for something to be recorded, not so long that the
 * meeting is lost in them. */
#define MEETING_DAYS_LEAST 30
#define MEETING_DAYS_MOST 180

#define NAMES_MOST 3

static int
compare_nodes (const void *left, const void *right)
{
  const DureNetworkNode *x = left;
  const DureNetworkNode *y = right;
  int                    order = strcmp (x->name, y->name);

  return order != 0 ? order : strcmp (x->id, y->id);
}

static DureNetworkTie
moved (const DureNetwork *from, const DureNetworkTie *tie, const DureNetwork *to)
{
  DureNetworkTie copy = *tie;

  copy.from = copy.to = 0;
  dure_network_find (to, from->nodes[tie->from].id, &copy.from);
  dure_network_find (to, from->nodes[tie->to].id, &copy.to);
  return copy;
}

/* Nodes of both, those of @after first where both hold one. */
static DureNetwork *
join_nodes (const DureNetwork *before, const DureNetwork *after)
{
  g_autoptr (GArray) nodes = g_array_sized_new (FALSE, FALSE, sizeof (DureNetworkNode), after->n_nodes + 16);

  g_array_append_vals (nodes, after->nodes, after->n_nodes);
  for (guint v = 0; v < before->n_nodes; v++)
    if (!dure_network_find (after, before->nodes[v].id, NULL))
      g_array_append_val (nodes, before->nodes[v]);
  if (nodes->len > 1)
    qsort (nodes->data, nodes->len, sizeof (DureNetworkNode), compare_nodes);
  return dure_network_new ((DureNetworkNode *)(gpointer)nodes->data, nodes->len, NULL, 0);
}

static gboolean
holds_tie (const DureNetwork *network, const DureNetwork *of, const DureNetworkTie *tie, guint *number)
{
  guint a;
  guint b;

  return dure_network_find (network, of->nodes[tie->from].id, &a)
         && dure_network_find (network, of->nodes[tie->to].id, &b)
         && dure_graph_find_tie (network->graph, a, b, number);
}

static DureNetwork *
join (const DureNetwork *before, const DureNetwork *after)
{
  g_autoptr (DureNetwork) nodes = join_nodes (before, after);
  g_autoptr (GArray) ties = g_array_sized_new (FALSE, FALSE, sizeof (DureNetworkTie), after->n_ties + 16);

  for (guint i = 0; i < after->n_ties; i++)
    {
      DureNetworkTie tie = moved (after, &after->ties[i], nodes);

      g_array_append_val (ties, tie);
    }
  for (guint i = 0; i < before->n_ties; i++)
    if (!holds_tie (after, before, &before->ties[i], NULL))
      {
        DureNetworkTie tie = moved (before, &before->ties[i], nodes);

        g_array_append_val (ties, tie);
      }
  return dure_network_new (nodes->nodes, nodes->n_nodes, (DureNetworkTie *)(gpointer)ties->data, ties->len);
}

/**
 * dure_network_compare:
 * @before: the first state
 * @after: the second
 *
 * Agencies are the same when their ids are. Time O(n + m log n).
 *
 * Returns: (transfer full): both in one, with what became of each node and each tie
 */
DureNetworkComparison *
dure_network_compare (DureNetwork *before, DureNetwork *after)
{
  DureNetworkComparison *self = g_new0 (DureNetworkComparison, 1);
  DureNetwork           *both = join (before, after);

  self->network = both;
  self->before_network = dure_network_ref (before);
  self->after_network = dure_network_ref (after);
  self->node_change = g_new0 (guint8, (gsize)both->n_nodes + 1);
  self->tie_change = g_new0 (guint8, (gsize)both->n_ties + 1);
  self->weight_before = g_new0 (double, (gsize)both->n_ties + 1);
  self->weight_after = g_new0 (double, (gsize)both->n_ties + 1);
  for (guint v = 0; v < both->n_nodes; v++)
    {
      if (!dure_network_find (before, both->nodes[v].id, NULL))
        {
          self->node_change[v] = DURE_CHANGE_NEW;
          self->n_nodes_new++;
        }
      else if (!dure_network_find (after, both->nodes[v].id, NULL))
        {
          self->node_change[v] = DURE_CHANGE_LOST;
          self->n_nodes_lost++;
        }
    }
  for (guint i = 0; i < both->n_ties; i++)
    {
      guint old = 0;
      guint new = 0;
      gboolean was = holds_tie (before, both, &both->ties[i], &old);
      gboolean is = holds_tie (after, both, &both->ties[i], &new);

      self->weight_before[i] = was ? before->ties[old].weight : 0;
      self->weight_after[i] = is ? after->ties[new].weight : 0;
      self->tie_change[i] = was && is ? DURE_CHANGE_NONE : is ? DURE_CHANGE_NEW : DURE_CHANGE_LOST;
      self->n_kept += was && is ? 1 : 0;
      self->n_new += !was ? 1 : 0;
      self->n_lost += !is ? 1 : 0;
    }
  return self;
}

static gboolean
check_span (DureDaySpan span, GError **error)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (span.from == DURE_NO_DAY || span.to == DURE_NO_DAY || span.from <= span.to)
    return TRUE;
  from = dure_day_to_date (span.from);
  to = dure_day_to_date (span.to);
  dure_set_error (error, DURE_ERROR_INVALID, _ ("A period cannot begin on %s and end before, on %s."), from, to);
  return FALSE;
}

static DureNetwork *
build_in (
    DureStore *store, const DureNetworkFilter *filter, DureDaySpan span, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureNetworkFilter) copy = filter != NULL ? dure_network_filter_copy (filter) : dure_network_filter_new ();

  copy->from = span.from;
  copy->to = span.to;
  return dure_network_build (store, copy, cancellable, error);
}

/**
 * dure_network_compare_periods:
 * @store: the officer's file
 * @filter: (nullable): what is shown; its own period does not count
 * @first: the first period
 * @second: the second
 * @cancellable: (nullable): stops between the tables
 * @error: %DURE_ERROR_INVALID for a period that ends before it begins
 *
 * Returns: (transfer full) (nullable): what changed
 */
DureNetworkComparison *
dure_network_compare_periods (DureStore               *store,
                              const DureNetworkFilter *filter,
                              DureDaySpan              first,
                              DureDaySpan              second,
                              GCancellable            *cancellable,
                              GError                 **error)
{
  g_autoptr (DureNetwork) before = NULL;
  g_autoptr (DureNetwork) after = NULL;

  if (!check_span (first, error) || !check_span (second, error))
    return NULL;
  before = build_in (store, filter, first, cancellable, error);
  after = before != NULL ? build_in (store, filter, second, cancellable, error) : NULL;
  return after != NULL ? dure_network_compare (before, after) : NULL;
}

/**
 * dure_network_meeting_spans:
 * @store: the officer's file
 * @event: id of an event
 * @first: (out): as many days before the event
 * @second: (out): the day of the event and as many days as have gone by since, 30 to 180
 * @error: %DURE_ERROR_NOT_FOUND when there is no such event, %DURE_ERROR_INVALID when it has no day
 *
 * Returns: whether the spans were found
 */
gboolean
dure_network_meeting_spans (
    DureStore *store, const char *event, DureDaySpan *first, DureDaySpan *second, GError **error)
{
  g_autoptr (DureRecord) record = dure_store_get (store, DURE_ENTITY_EVENT, event, error);
  int day;
  int days;

  if (record == NULL)
    return FALSE;
  day = dure_day (dure_record_get (record, DURE_EVENT_START));
  if (day == DURE_NO_DAY)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("The event has no day, so there is no before and after."));
      return FALSE;
    }
  days = CLAMP (dure_day_today () - day + 1, MEETING_DAYS_LEAST, MEETING_DAYS_MOST);
  *first = (DureDaySpan){ day - days, day - 1 };
  *second = (DureDaySpan){ day, day + days - 1 };
  return TRUE;
}

/**
 * dure_network_comparison_analyse:
 * @self: a comparison
 * @cancellable: (nullable): stops
 * @error: return location
 *
 * Computes all measures of either state. The communities of the second keep the numbers of the first. Cost as of
 * dure_analysis_new(), twice.
 *
 * Returns: whether both are there
 */
gboolean
dure_network_comparison_analyse (DureNetworkComparison *self, GCancellable *cancellable, GError **error)
{
  g_autofree guint *old = g_new (guint, (gsize)self->after_network->n_nodes + 1);

  if (self->before == NULL)
    self->before = dure_analysis_new (self->before_network->graph, NULL, cancellable, error);
  if (self->before == NULL)
    return FALSE;
  for (guint v = 0; v < self->after_network->n_nodes; v++)
    {
      guint w;

      old[v] = dure_network_find (self->before_network, self->after_network->nodes[v].id, &w)
                   ? self->before->community[w]
                   : G_MAXUINT;
    }
  if (self->after == NULL)
    self->after = dure_analysis_new (self->after_network->graph, old, cancellable, error);
  return self->after != NULL;
}

/**
 * dure_network_comparison_free:
 * @self: (nullable) (transfer full): a comparison
 */
void
dure_network_comparison_free (DureNetworkComparison *self)
{
  if (self == NULL)
    return;
  dure_network_unref (self->network);
  dure_network_unref (self->before_network);
  dure_network_unref (self->after_network);
  g_clear_pointer (&self->before, dure_analysis_unref);
  g_clear_pointer (&self->after, dure_analysis_unref);
  g_free (self->node_change);
  g_free (self->tie_change);
  g_free (self->weight_before);
  g_free (self->weight_after);
  g_free (self);
}

/* At most three names of nodes with this change; NULL when there is none. */
static char *
names_of (const DureNetworkComparison *self, DureNetworkChange change)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint v = 0; v < self->network->n_nodes; v++)
    if (self->node_change[v] == change && n++ < NAMES_MOST)
      g_string_append_printf (names, "%s%s", n > 1 ? ", " : "", self->network->nodes[v].name);
  if (n == 0)
    return NULL;
  if (n > NAMES_MOST)
    g_string_append_printf (names, _ (" and %u more"), n - NAMES_MOST);
  return g_strdup (names->str);
}

/* The node with the most ties of this change. */
static guint
find_most_changed (const DureNetworkComparison *self, DureNetworkChange change, guint *most)
{
  g_autofree guint *n = g_new0 (guint, (gsize)self->network->n_nodes + 1);
  guint             best = 0;

  for (guint i = 0; i < self->network->n_ties; i++)
    if (self->tie_change[i] == change)
      {
        n[self->network->ties[i].from]++;
        n[self->network->ties[i].to]++;
      }
  for (guint v = 1; v < self->network->n_nodes; v++)
    if (n[v] > n[best])
      best = v;
  *most = n[best];
  return best;
}

static void
add_nodes (const DureNetworkComparison *self, GPtrArray *sentences)
{
  g_autofree char *new = names_of (self, DURE_CHANGE_NEW);
  g_autofree char *lost = names_of (self, DURE_CHANGE_LOST);

  if (new != NULL)
    g_ptr_array_add (sentences, g_strdup_printf (_ ("Only in the second period: %s."), new));
  if (lost != NULL)
    g_ptr_array_add (sentences, g_strdup_printf (_ ("Only in the first period: %s."), lost));
}

/* An index of a handful of agencies says nothing, and densities of networks of different size are never set side by
 * side; who has a tie at all can always be counted. */
static void
add_tied (const DureNetworkComparison *self, GPtrArray *sentences)
{
  const DureNetwork *before = self->before_network;
  const DureNetwork *after = self->after_network;

  if (before->n_tied == after->n_tied && before->n_nodes == after->n_nodes)
    g_ptr_array_add (sentences, g_strdup_printf (_ ("As before, %1$u of %2$u agencies have ties on record."),
                                                 after->n_tied, after->n_nodes));
  else
    /* Translators: tied agencies and all agencies of the first, then of the second period. */
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("At first %1$u of %2$u agencies had ties on record, afterwards %3$u of %4$u."),
                                      before->n_tied, before->n_nodes, after->n_tied, after->n_nodes));
}

/**
 * dure_network_comparison_sentences:
 * @self: a comparison
 *
 * Returns: (transfer full) (element-type utf8): what changed, in whole sentences, the most important first
 */
GPtrArray *
dure_network_comparison_sentences (const DureNetworkComparison *self)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  guint      most = 0;
  guint      node;

  if (self->n_new + self->n_lost + self->n_kept == 0)
    {
      g_ptr_array_add (sentences, g_strdup (_ ("Neither period has a tie on record.")));
      return sentences;
    }
  g_ptr_array_add (sentences, g_strdup_printf (_ ("New ties: %1$u, lost ties: %2$u, kept: %3$u."), self->n_new,
                                               self->n_lost, self->n_kept));
  node = find_most_changed (self, DURE_CHANGE_NEW, &most);
  if (most > 1)
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("%1$s has the most new ties: %2$u."), self->network->nodes[node].name, most));
  node = find_most_changed (self, DURE_CHANGE_LOST, &most);
  if (most > 1)
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("%1$s has lost the most ties: %2$u."), self->network->nodes[node].name, most));
  add_nodes (self, sentences);
  add_tied (self, sentences);
  return sentences;
}
