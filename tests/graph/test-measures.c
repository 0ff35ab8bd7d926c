/* test-measures.c: parts, cut points and all measures against independently computed numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "graph/dure-analysis.h"
#include "graph/dure-communities.h"
#include "graph/dure-groups.h"
#include "graph/dure-igraph.h"
#include "graph/dure-measures.h"
#include "karate.h"

#define NEAR(VALUE, EXPECTED) g_assert_cmpfloat_with_epsilon (VALUE, EXPECTED, 5e-4)

static DureGraph *
make (guint n_nodes, const guint (*pairs)[2], guint n)
{
  g_autofree DureGraphTie *ties = g_new (DureGraphTie, n);

  for (guint i = 0; i < n; i++)
    ties[i] = (DureGraphTie){ pairs[i][0], pairs[i][1], 1 };
  return dure_graph_new (n_nodes, ties, n);
}

static const guint star[][2] = { { 0, 1 }, { 0, 2 }, { 0, 3 }, { 0, 4 } };
static const guint bow_tie[][2] = { { 0, 1 }, { 0, 2 }, { 1, 2 }, { 3, 4 }, { 3, 5 }, { 4, 5 }, { 2, 3 } };
static const guint kite[][2]
    = { { 0, 1 }, { 0, 2 }, { 0, 3 }, { 0, 5 }, { 1, 3 }, { 1, 4 }, { 1, 6 }, { 2, 3 }, { 2, 5 },
        { 3, 4 }, { 3, 5 }, { 3, 6 }, { 4, 6 }, { 5, 6 }, { 5, 7 }, { 6, 7 }, { 7, 8 }, { 8, 9 } };

static DureAnalysis *
analyse (const DureGraph *graph)
{
  g_autoptr (GError) error = NULL;
  DureAnalysis *analysis = dure_analysis_new (graph, NULL, NULL, &error);

  g_assert_no_error (error);
  return analysis;
}

static void
test_star (void)
{
  g_autoptr (DureGraph) graph = make (5, star, G_N_ELEMENTS (star));
  g_autoptr (DureAnalysis) is = analyse (graph);
  g_autoptr (GArray) off = dure_cut_off (graph, 0);

  NEAR (is->density, .4);
  NEAR (is->degree_centralisation, 1);
  NEAR (is->betweenness_centralisation, 1);
  NEAR (is->betweenness[0], 1);
  NEAR (is->constraint[0], .25);
  NEAR (is->effective_size[0], 4);
  g_assert_cmpuint (is->hub, ==, 0);
  g_assert_cmpuint (is->core[0], ==, 1);
  NEAR (is->closeness[1], .5714);
  NEAR (is->harmonic[1], .625);
  NEAR (is->constraint[1], 1);
  NEAR (is->two_step[1], 1);
  NEAR (is->transitivity, 0);
  g_assert_cmpuint (is->cuts->n_cut_points, ==, 1);
  g_assert_true (is->cuts->is_cut_point[0]);
  g_assert_cmpuint (is->cuts->n_bridges, ==, 4);
  /* Of four equal parts one stays, the first; the other three are cut off. */
  g_assert_cmpuint (off->len, ==, 3);
  /* A star is the ideal of a core and its periphery. */
  NEAR (is->core_fit, 1);
  for (guint v = 0; v < 5; v++)
    g_assert_cmpint (is->in_core[v], ==, v == 0);
}

static void
test_bow_tie (void)
{
  g_autoptr (DureGraph) graph = make (6, bow_tie, G_N_ELEMENTS (bow_tie));
  g_autoptr (DureAnalysis) is = analyse (graph);
  guint bridge;

  g_assert_cmpuint (graph->n_ties, ==, 7);
  NEAR (is->density, .4667);
  NEAR (is->degree_centralisation, .2);
  NEAR (is->betweenness_centralisation, .48);
  for (guint v = 2; v <= 3; v++)
    {
      NEAR (is->betweenness[v], .6);
      NEAR (is->closeness[v], .7143);
      NEAR (is->harmonic[v], .8);
      NEAR (is->constraint[v], .6111);
      NEAR (is->effective_size[v], 2.3333);
    }
  NEAR (is->constraint[0], 1.0069);
  NEAR (is->effective_size[0], 1);
  NEAR (is->closeness[0], .5);
  NEAR (is->harmonic[0], .6333);
  for (guint v = 0; v < 6; v++)
    {
      g_assert_cmpuint (is->core[v], ==, 2);
      g_assert_cmpint (is->cuts->is_cut_point[v], ==, v == 2 || v == 3);
      g_assert_cmpuint (is->community[v], ==, v < 3 ? 0 : 1);
    }
  g_assert_cmpuint (is->cuts->n_bridges, ==, 1);
  g_assert_true (dure_graph_find_tie (graph, 3, 2, &bridge));
  g_assert_true (is->cuts->is_bridge[bridge]);
  NEAR (is->transitivity, .6);
  NEAR (is->modularity, .3571);
  g_assert_cmpuint (is->n_communities, ==, 2);
  g_assert_cmpuint (is->community_size[1], ==, 3);
}

static void
test_bow_tie_groups (void)
{
  const guint group[] = { 0, 0, 0, 1, 1, 1 };
  const guint some[] = { 0, 0, 0, 1, 1, G_MAXUINT };
  g_autoptr (DureGraph) graph = make (6, bow_tie, G_N_ELEMENTS (bow_tie));
  g_autoptr (DureGroups) groups = dure_groups_new (graph, group, 2);
  g_autoptr (DureGroups) fewer = dure_groups_new (graph, some, 2);

  NEAR (groups->whole_ei, -.7143);
  NEAR (groups->expected_ei, (9 - 6) / 15.0);
  NEAR (groups->ei[0], -.5);
  NEAR (groups->node_ei[0], -1);
  NEAR (groups->node_ei[2], -1 / 3.0);
  /* C stands between A, B on one side and D on the other; between A and B, who are tied, it brokers nothing. */
  g_assert_cmpuint (groups->brokerage[2].gatekeeper, ==, 2);
  g_assert_cmpuint (groups->brokerage[2].representative, ==, 2);
  g_assert_cmpuint (groups->brokerage[2].coordinator, ==, 0);
  g_assert_cmpuint (groups->brokerage[2].itinerant, ==, 0);
  g_assert_cmpuint (groups->brokerage[2].liaison, ==, 0);
  g_assert_cmpuint (groups->brokerage[0].gatekeeper, ==, 0);
  /* Without F, who has no group: A-B, A-C, B-C, D-E inside, C-D outside. */
  g_assert_cmpuint (fewer->n_internal, ==, 4);
  g_assert_cmpuint (fewer->n_external, ==, 1);
  g_assert_cmpuint (fewer->size[1], ==, 2);
}

/* The five roles, each once, around node 0 of group 0: 1, 2 of group 0; 3, 4 of group 1; 5 of group 2. */
static void
test_brokerage (void)
{
  const guint pairs[][2] = { { 0, 1 }, { 0, 2 }, { 0, 3 }, { 0, 4 }, { 0, 5 }, { 1, 5 } };
  const guint group[] = { 0, 0, 0, 1, 1, 2 };
  g_autoptr (DureGraph) graph = make (6, pairs, G_N_ELEMENTS (pairs));
  g_autoptr (DureGroups) groups = dure_groups_new (graph, group, 3);
  const DureBrokerage *roles = &groups->brokerage[0];

  g_assert_cmpuint (roles->coordinator, ==, 1); /* 1-2 */
  g_assert_cmpuint (roles->itinerant, ==, 1);   /* 3-4 */
  g_assert_cmpuint (roles->gatekeeper, ==, 5);  /* 1-3, 1-4, 2-3, 2-4, 2-5; 1-5 are tied */
  g_assert_cmpuint (roles->representative, ==, 5);
  g_assert_cmpuint (roles->liaison, ==, 2); /* 3-5, 4-5 */
}

static void
test_bow_tie_and_isolate (void)
{
  g_autoptr (DureGraph) graph = make (7, bow_tie, G_N_ELEMENTS (bow_tie));
  g_autoptr (DureAnalysis) is = analyse (graph);

  NEAR (is->density, .3333);
  NEAR (is->closeness[0], .4167);
  NEAR (is->closeness[2], .5952);
  NEAR (is->closeness[6], 0);
  NEAR (is->harmonic[0], .5278);
  NEAR (is->harmonic[2], .6667);
  NEAR (is->harmonic[6], 0);
  NEAR (is->two_step[0], .5);
  NEAR (is->two_step[6], 0);
  g_assert_cmpuint (is->components->n_components, ==, 2);
  g_assert_cmpuint (is->components->size[0], ==, 6);
  g_assert_cmpuint (is->components->component[6], ==, 1);
  g_assert_cmpuint (is->n_isolates, ==, 1);
  g_assert_true (isnan (is->constraint[6]));
  g_assert_true (isnan (is->effective_size[6]));
  NEAR (is->modularity, .3571);
  g_assert_cmpuint (is->community[6], ==, 2);
}

static void
test_kite (void)
{
  g_autoptr (DureGraph) graph = make (10, kite, G_N_ELEMENTS (kite));
  g_autoptr (DureAnalysis) is = analyse (graph);
  g_autoptr (GArray) off = dure_cut_off (graph, 7);
  guint tie;

  g_assert_cmpuint (graph->n_ties, ==, 18);
  NEAR (is->density, .4);
  NEAR (is->degree_centralisation, .3333);
  NEAR (is->betweenness_centralisation, .2963);
  g_assert_cmpuint (is->degree[3], ==, 6);
  g_assert_cmpuint (is->hub, ==, 3);
  NEAR (is->betweenness[3], .1019);
  NEAR (is->betweenness[7], .3889);
  NEAR (is->constraint[7], .4311);
  NEAR (is->closeness[5], .6429);
  NEAR (is->closeness[6], .6429);
  for (guint v = 0; v < 10; v++)
    {
      g_assert_cmpuint (is->core[v], ==, v <= 6 ? 3 : v == 7 ? 2 : 1);
      g_assert_cmpint (is->cuts->is_cut_point[v], ==, v == 7 || v == 8);
    }
  g_assert_cmpuint (is->cuts->n_bridges, ==, 2);
  g_assert_true (dure_graph_find_tie (graph, 7, 8, &tie) && is->cuts->is_bridge[tie]);
  g_assert_true (dure_graph_find_tie (graph, 8, 9, &tie) && is->cuts->is_bridge[tie]);
  g_assert_cmpuint (off->len, ==, 2);
  g_assert_cmpuint (g_array_index (off, guint, 0), ==, 8);
  g_assert_cmpuint (is->band[7], ==, DURE_BAND_HIGH);
  g_assert_cmpuint (is->band[9], ==, DURE_BAND_LOW);
}

static void
test_karate (void)
{
  /* Who went with the instructor and who with the officer. */
  static const guint club[34]
      = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
  g_autoptr (DureGraph) graph = make (34, karate, G_N_ELEMENTS (karate));
  g_autoptr (DureAnalysis) is = analyse (graph);
  g_autoptr (DureGroups) groups = dure_groups_new (graph, club, 2);
  guint tie;

  g_assert_cmpuint (graph->n_ties, ==, 78);
  NEAR (is->density, .139);
  NEAR (is->degree_centralisation, .3996);
  NEAR (is->betweenness_centralisation, .4056);
  NEAR (is->betweenness[0], .4376);
  NEAR (is->constraint[0], .1554);
  NEAR (is->effective_size[0], 13.75);
  g_assert_cmpuint (is->core[0], ==, 4);
  g_assert_cmpuint (is->cuts->n_cut_points, ==, 1);
  g_assert_true (is->cuts->is_cut_point[0]);
  g_assert_cmpuint (is->cuts->n_bridges, ==, 1);
  g_assert_true (dure_graph_find_tie (graph, 0, 11, &tie) && is->cuts->is_bridge[tie]);
  NEAR (is->transitivity, .2557);
  NEAR (groups->whole_ei, -.7179);
  /* The best division of the club that is known (Agarwal, Kempe 2008) is in four. */
  NEAR (is->modularity, .4198);
  g_assert_cmpuint (is->n_communities, ==, 4);
}

/* Communities keep their numbers when the network changes, whatever their sizes then are. */
static void
test_communities_stay (void)
{
  const guint old[] = { 4, 4, 4, 1, 1, G_MAXUINT };
  const guint huge[] = { 4000000000u, 4000000000u, 4000000000u, 7, 7, 7 };
  g_autoptr (DureGraph) graph = make (6, bow_tie, G_N_ELEMENTS (bow_tie));
  g_autoptr (DureAnalysis) is = dure_analysis_new (graph, old, NULL, NULL);
  g_autoptr (DureAnalysis) from_huge = dure_analysis_new (graph, huge, NULL, NULL);
  guint split[] = { 0, 0, 1, 1, 2, 2, 2 };
  guint before[] = { 1, 1, 1, 1, 3, 3, G_MAXUINT };

  for (guint v = 0; v < 6; v++)
    g_assert_cmpuint (is->community[v], ==, v < 3 ? 4 : 1);
  g_assert_cmpuint (is->n_communities, ==, 5);
  g_assert_cmpuint (is->community_size[0], ==, 0);
  g_assert_cmpuint (is->community_size[4], ==, 3);
  /* Numbers that no analysis made are not taken over. */
  for (guint v = 0; v < 6; v++)
    g_assert_cmpuint (from_huge->community[v], ==, v < 3 ? 0 : 7);
  /* 1 falls into two: one half keeps the number, the other takes one that nobody had. */
  g_assert_cmpuint (dure_communities_number (split, 7, before), ==, 4);
  g_assert_cmpuint (split[0], ==, 1);
  g_assert_cmpuint (split[2], ==, 0);
  g_assert_cmpuint (split[6], ==, 3);
}

static void
test_same_again (void)
{
  g_autoptr (DureGraph) graph = make (34, karate, G_N_ELEMENTS (karate));
  g_autoptr (DureAnalysis) first = analyse (graph);
  g_autoptr (DureAnalysis) second = dure_analysis_new (graph, first->community, NULL, NULL);

  for (guint v = 0; v < 34; v++)
    g_assert_cmpuint (first->community[v], ==, second->community[v]);
}

static void
test_core_periphery (void)
{
  /* Four who all know each other, and eight who each know two of them. */
  const guint pairs[][2] = { { 0, 1 }, { 0, 2 }, { 0, 3 },  { 1, 2 },  { 1, 3 },  { 2, 3 }, { 4, 0 }, { 4, 1 },
                             { 5, 1 }, { 5, 2 }, { 6, 2 },  { 6, 3 },  { 7, 3 },  { 7, 0 }, { 8, 0 }, { 8, 2 },
                             { 9, 1 }, { 9, 3 }, { 10, 0 }, { 10, 1 }, { 11, 2 }, { 11, 3 } };
  const guint ring[][2]
      = { { 0, 1 }, { 1, 2 }, { 2, 3 }, { 3, 4 }, { 4, 5 }, { 5, 6 }, { 6, 7 }, { 7, 8 }, { 8, 9 }, { 9, 0 } };
  const guint all[][2] = { { 0, 1 }, { 0, 2 }, { 1, 2 } };
  g_autoptr (DureGraph) core = make (12, pairs, G_N_ELEMENTS (pairs));
  g_autoptr (DureGraph) circle = make (10, ring, G_N_ELEMENTS (ring));
  g_autoptr (DureGraph) clique = make (3, all, G_N_ELEMENTS (all));
  g_autoptr (DureAnalysis) is = analyse (core);
  g_autoptr (DureAnalysis) round = analyse (circle);
  g_autoptr (DureAnalysis) full = analyse (clique);

  for (guint v = 0; v < 12; v++)
    g_assert_cmpint (is->in_core[v], ==, v < 4);
  /* 66 pairs, 22 tied, 38 in the pattern, all 22 among them. */
  NEAR (is->core_fit, (66 * 22 - 22 * 38) / sqrt (22.0 * 44 * 38 * 28));
  g_assert_cmpfloat (round->core_fit, <, .5);
  g_assert_true (isnan (full->core_fit));
}

/* Who is between as many as somebody else is in the same band. */
static void
test_bands (void)
{
  g_autoptr (DureGraph) graph = make (34, karate, G_N_ELEMENTS (karate));
  g_autoptr (DureAnalysis) is = analyse (graph);
  guint n[3] = { 0 };

  for (guint v = 0; v < 34; v++)
    {
      n[is->band[v]]++;
      for (guint w = 0; w < 34; w++)
        if (is->betweenness[v] < is->betweenness[w])
          g_assert_cmpuint (is->band[v], <=, is->band[w]);
        else if (is->betweenness[v] == is->betweenness[w])
          g_assert_cmpuint (is->band[v], ==, is->band[w]);
      if (is->betweenness[v] == 0)
        g_assert_cmpuint (is->band[v], ==, DURE_BAND_LOW);
    }
  g_assert_cmpuint (n[DURE_BAND_HIGH], ==, 3);
  g_assert_cmpuint (n[DURE_BAND_LOW], >=, 17);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DureGraph) graph = make (34, karate, G_N_ELEMENTS (karate));
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dure_analysis_new (graph, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
cancel_later (gpointer data)
{
  g_usleep (100 * 1000);
  g_cancellable_cancel (data);
  return NULL;
}

/* Looking for communities a million times would take an hour. */
static void
test_cancelled_meanwhile (void)
{
  guint                    n = 2000;
  g_autofree DureGraphTie *ties = g_new (DureGraphTie, 2 * n);
  g_autofree guint        *numbers = g_new0 (guint, 3 * n);
  g_autofree double       *constraint = g_new0 (double, n);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DureGraph) graph = NULL;
  DureIgraphJob job = { .tries = 1000000, .core = numbers, .triangles = numbers + n, .community = numbers + 2 * n };
  GThread      *thread;

  for (guint i = 0; i < n; i++)
    {
      ties[2 * i] = (DureGraphTie){ i, (i + 1) % n, 1 };
      ties[2 * i + 1] = (DureGraphTie){ i, (i * 7 + 5) % n, 1 };
    }
  graph = dure_graph_new (n, ties, 2 * n);
  job.graph = graph;
  job.constraint = constraint;
  thread = g_thread_new ("cancel", cancel_later, cancellable);
  g_assert_false (dure_igraph_measure (&job, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* What was stopped does not trouble what comes next. */
  job.tries = 1;
  g_clear_error (&error);
  g_assert_true (dure_igraph_measure (&job, NULL, &error));
  g_assert_cmpfloat (job.modularity, >, .3);
}

static void
test_merging (void)
{
  const DureGraphTie ties[] = { { 2, 1, 1 }, { 1, 2, 2.5 }, { 0, 0, 9 }, { 0, 7, 1 }, { 0, 1, 1 } };
  g_autoptr (DureGraph) graph = dure_graph_new (3, ties, G_N_ELEMENTS (ties));
  const guint some[] = { 2, 1 };
  g_autoptr (DureGraph) part = dure_graph_subgraph (graph, some, 2);
  guint tie;

  g_assert_cmpuint (graph->n_ties, ==, 2);
  g_assert_true (dure_graph_find_tie (graph, 2, 1, &tie));
  NEAR (graph->ties[tie].weight, 3.5);
  g_assert_false (dure_graph_find_tie (graph, 0, 2, NULL));
  g_assert_cmpuint (part->n_ties, ==, 1);
  NEAR (part->weights[0], 3.5);
}

static void
test_empty (void)
{
  g_autoptr (DureGraph) none = dure_graph_new (0, NULL, 0);
  g_autoptr (DureGraph) one = dure_graph_new (1, NULL, 0);
  const DureGraphTie tie = { 0, 1, 1 };
  g_autoptr (DureGraph) two = dure_graph_new (2, &tie, 1);
  g_autoptr (DureAnalysis) nothing = analyse (none);
  g_autoptr (DureAnalysis) alone = analyse (one);
  g_autoptr (DureAnalysis) pair = analyse (two);

  g_assert_true (isnan (nothing->density) && isnan (alone->density));
  g_assert_true (isnan (alone->degree_centralisation) && isnan (alone->betweenness_centralisation));
  g_assert_true (isnan (alone->modularity) && isnan (alone->transitivity) && isnan (alone->core_fit));
  g_assert_cmpuint (nothing->components->n_components, ==, 0);
  g_assert_cmpuint (alone->core[0], ==, 0);
  g_assert_cmpuint (alone->hub, ==, G_MAXUINT);
  NEAR (alone->closeness[0], 0);
  NEAR (pair->density, 1);
  NEAR (pair->closeness[0], 1);
  NEAR (pair->betweenness[0], 0);
  NEAR (pair->constraint[1], 1);
}

static DureGraph *
make_path (guint n)
{
  g_autofree DureGraphTie *ties = g_new (DureGraphTie, n);

  for (guint i = 0; i + 1 < n; i++)
    ties[i] = (DureGraphTie){ i, i + 1, 1 };
  return dure_graph_new (n, ties, n - 1);
}

/* Nothing may recurse. */
static void
test_deep (void)
{
  guint n = 200000;
  g_autoptr (DureGraph) graph = make_path (n);
  g_autoptr (DureCuts) cuts = dure_cuts_new (graph);

  g_assert_cmpuint (cuts->n_cut_points, ==, n - 2);
  g_assert_cmpuint (cuts->n_bridges, ==, n - 1);
}

/* What takes too long is estimated. */
static void
test_large (void)
{
  guint n = 8000;
  g_autoptr (DureGraph) graph = make_path (n);
  g_autoptr (DureAnalysis) is = analyse (graph);
  g_autoptr (DureAnalysis) again = analyse (graph);

  g_assert_cmpuint (is->n_sources, <, n);
  /* The middle of a path lies on half of all shortest paths. */
  g_assert_cmpfloat_with_epsilon (is->betweenness[n / 2], .5, .05);
  g_assert_cmpfloat_with_epsilon (is->closeness[n / 2], 4.0 / n, .4 / n);
  g_assert_cmpfloat (is->betweenness[n / 3], ==, again->betweenness[n / 3]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph/measures/star", test_star);
  g_test_add_func ("/graph/measures/bow-tie", test_bow_tie);
  g_test_add_func ("/graph/measures/bow-tie-groups", test_bow_tie_groups);
  g_test_add_func ("/graph/measures/brokerage", test_brokerage);
  g_test_add_func ("/graph/measures/communities-stay", test_communities_stay);
  g_test_add_func ("/graph/measures/same-again", test_same_again);
  g_test_add_func ("/graph/measures/core-periphery", test_core_periphery);
  g_test_add_func ("/graph/measures/bands", test_bands);
  g_test_add_func ("/graph/measures/cancelled", test_cancelled);
  g_test_add_func ("/graph/measures/cancelled-meanwhile", test_cancelled_meanwhile);
  g_test_add_func ("/graph/measures/bow-tie-and-isolate", test_bow_tie_and_isolate);
  g_test_add_func ("/graph/measures/kite", test_kite);
  g_test_add_func ("/graph/measures/karate", test_karate);
  g_test_add_func ("/graph/measures/merging", test_merging);
  g_test_add_func ("/graph/measures/empty", test_empty);
  g_test_add_func ("/graph/measures/deep", test_deep);
  g_test_add_func ("/graph/measures/large", test_large);
  return g_test_run ();
}
