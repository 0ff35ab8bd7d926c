/* dure-network-model-work.c: what the reader's thread does for the network
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-model-private.h"

#include "app/network/dure-network-arranger.h"
#include "domain/dure-network-council.h"

void
dure_model_work_free (gpointer data)
{
  DureModelWork *work = data;

  g_clear_pointer (&work->view, dure_network_view_free);
  g_clear_pointer (&work->old_network, dure_network_unref);
  g_clear_pointer (&work->everybody, dure_network_unref);
  g_clear_pointer (&work->old_places, dure_network_places_free);
  g_clear_pointer (&work->analysis, dure_analysis_unref);
  g_clear_pointer (&work->permille, g_atomic_rc_box_release);
  g_free (work->saved);
  g_free (work);
}

void
dure_model_picture_free (gpointer data)
{
  DureModelPicture *picture = data;

  g_clear_pointer (&picture->network, dure_network_unref);
  g_clear_pointer (&picture->everybody, dure_network_unref);
  g_clear_pointer (&picture->places, dure_network_places_free);
  g_clear_pointer (&picture->components, dure_components_free);
  g_clear_pointer (&picture->cuts, dure_cuts_free);
  g_clear_pointer (&picture->analysis, dure_analysis_unref);
  g_clear_pointer (&picture->comparison, dure_network_comparison_free);
  g_free (picture);
}

void
dure_model_measures_free (gpointer data)
{
  DureModelMeasures *measures = data;

  g_clear_pointer (&measures->analysis, dure_analysis_unref);
  g_clear_pointer (&measures->months, g_array_unref);
  g_clear_pointer (&measures->groups, dure_groups_free);
  g_clear_pointer (&measures->grouping, dure_network_grouping_free);
  g_free (measures->cut_off);
  g_free (measures);
}

static void
progress_cb (double fraction, gpointer data)
{
  g_atomic_int_set ((int *)data, (int)(CLAMP (fraction, 0, 1) * 1000));
}

static DureAnalysis *
analyse (const DureModelWork *asked, const DureNetwork *network, GCancellable *cancellable, GError **error)
{
  g_autofree guint *old = dure_network_view_old_communities (asked->view, network);

  return dure_analysis_new (network->graph, old, cancellable, error);
}

static gboolean
build (const DureModelWork *asked, DureModelPicture *made, DureStore *store, GCancellable *cancellable, GError **error)
{
  if (asked->comparing)
    {
      made->comparison = dure_network_compare_periods (store, asked->view->filter, asked->spans[0], asked->spans[1],
                                                       cancellable, error);
      if (made->comparison != NULL)
        made->network = dure_network_ref (made->comparison->network);
    }
  else if (asked->view->picture == DURE_PICTURE_COUNCIL)
    made->network = dure_network_build_council (store, asked->view->filter,
                                                DURE_COUNCIL_SEATS | (asked->discreet ? DURE_COUNCIL_NO_NAMES : 0),
                                                cancellable, error);
  else
    made->network = dure_network_build (store, asked->view->filter, cancellable, error);
  if (made->network == NULL)
    return FALSE;
  if (asked->everybody != NULL)
    made->everybody = dure_network_ref (asked->everybody);
  else
    {
      g_autoptr (DureNetworkFilter) all = dure_network_filter_new ();

      all->layers = 0;
      made->everybody = dure_network_build (store, all, cancellable, error);
    }
  return made->everybody != NULL;
}

static gboolean
arrange (
    const DureModelWork *asked, DureModelPicture *made, DureStore *store, GCancellable *cancellable, GError **error)
{
  DureArrangement what = {
    .network = made->network,
    .view = asked->view,
    .saved = asked->saved,
    .parent = made->network->parent,
    .old_network = asked->old_network,
    .old_places = asked->same_picture ? asked->old_places : NULL,
    .progress = progress_cb,
    .progress_data = asked->permille,
  };

  if (asked->view->picture == DURE_PICTURE_FREE)
    what.old_places = asked->old_places;
  if (!asked->comparing && dure_network_needs_analysis (asked->view))
    {
      made->analysis = analyse (asked, made->network, cancellable, error);
      if (made->analysis == NULL)
        return FALSE;
      what.analysis = made->analysis;
    }
  made->places = dure_network_arrange (store, &what, cancellable, error);
  return made->places != NULL;
}

/* DureStoreFunc: DureModelWork in, DureModelPicture out. */
gpointer
dure_model_make_picture (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const DureModelWork *asked = data;
  DureModelPicture    *made = g_new0 (DureModelPicture, 1);
  gboolean             done;

  if (asked->places_only)
    {
      made->network = dure_network_ref (asked->old_network);
      made->places
          = dure_network_arrange_again (store, asked->old_network, asked->view, asked->saved, asked->old_places, error);
      done = made->places != NULL;
    }
  else
    done = build (asked, made, store, cancellable, error) && arrange (asked, made, store, cancellable, error);
  if (!done)
    {
      dure_model_picture_free (made);
      return NULL;
    }
  if (!asked->places_only)
    {
      made->components = dure_components_new (made->network->graph);
      made->cuts = dure_cuts_new (made->network->graph);
    }
  return made;
}

/* How many would be cut off without each agency: all of its part but the largest piece that is left. One depth-first
   walk finds the pieces (Hopcroft–Tarjan), so that it costs n + m for all together. */
static guint *
count_cut_off (const DureGraph *graph)
{
  gsize             n = (gsize)graph->n_nodes + 1;
  guint            *cut_off = g_new0 (guint, n);
  g_autofree guint *entered = g_new0 (guint, n); /* 0 not yet */
  g_autofree guint *low = g_new0 (guint, n);
  g_autofree guint *size = g_new0 (guint, n);
  g_autofree guint *hanging = g_new0 (guint, n); /* agencies in pieces below that come loose */
  g_autofree guint *largest = g_new0 (guint, n); /* of those pieces */
  g_autofree guint *parent = g_new0 (guint, n);
  g_autofree guint *next = g_new0 (guint, n);
  g_autofree guint *stack = g_new (guint, n);
  g_autofree guint *order = g_new (guint, n);
  guint             clock = 0;

  for (guint root = 0; root < graph->n_nodes; root++)
    {
      guint depth = 0;
      guint begin = clock;

      if (entered[root] != 0)
        continue;
      parent[root] = G_MAXUINT;
      stack[depth++] = root;
      order[clock] = root;
      entered[root] = low[root] = ++clock;
      size[root] = 1;
      next[root] = graph->first[root];
      while (depth > 0)
        {
          guint v = stack[depth - 1];

          if (next[v] < graph->first[v + 1])
            {
              guint w = graph->neighbours[next[v]++];

              if (entered[w] == 0)
                {
                  parent[w] = v;
                  stack[depth++] = w;
                  order[clock] = w;
                  entered[w] = low[w] = ++clock;
                  size[w] = 1;
                  next[w] = graph->first[w];
                }
              else if (w != parent[v])
                low[v] = MIN (low[v], entered[w]);
              continue;
            }
          depth--;
          if (parent[v] != G_MAXUINT)
            {
              guint p = parent[v];

              low[p] = MIN (low[p], low[v]);
              size[p] += size[v];
              if (low[v] >= entered[p])
                {
                  hanging[p] += size[v];
                  largest[p] = MAX (largest[p], size[v]);
                }
            }
        }
      for (guint i = begin; i < clock; i++)
        {
          guint v = order[i];
          guint rest = size[root] - 1 - hanging[v];

          cut_off[v] = size[root] - 1 - MAX (rest, largest[v]);
        }
    }
  return cut_off;
}

/* DureStoreFunc: DureModelWork in, DureModelMeasures out. */
gpointer
dure_model_measure (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const DureModelWork *asked = data;
  DureModelMeasures   *made = g_new0 (DureModelMeasures, 1);

  if (asked->analysis != NULL)
    made->analysis = dure_analysis_ref (asked->analysis);
  else if (!asked->comparing)
    made->analysis = analyse (asked, asked->old_network, cancellable, error);
  if (made->analysis != NULL || asked->comparing)
    {
      made->cut_off = count_cut_off (asked->old_network->graph);
      made->grouping = dure_network_grouping_new (asked->old_network, asked->view->group, asked->view, made->analysis);
      made->groups = dure_groups_new (asked->old_network->graph, made->grouping->of, made->grouping->n_classes);
      if (!asked->with_months
          || (made->months = dure_network_months (store, asked->view->filter, cancellable, error)) != NULL)
        return made;
    }
  dure_model_measures_free (made);
  return NULL;
}
