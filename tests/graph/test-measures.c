/* test-measures.c: parts, cut points and measures against independently computed numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "graph/dure-components.h"
#include "graph/dure-measures.h"

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
static const guint karate[][2] = {
  { 0, 1 },   { 0, 2 },   { 0, 3 },   { 0, 4 },   { 0, 5 },   { 0, 6 },   { 0, 7 },   { 0, 8 },   { 0, 10 },
  { 0, 11 },  { 0, 12 },  { 0, 13 },  { 0, 17 },  { 0, 19 },  { 0, 21 },  { 0, 31 },  { 1, 2 },   { 1, 3 },
  { 1, 7 },   { 1, 13 },  { 1, 17 },  { 1, 19 },  { 1, 21 },  { 1, 30 },  { 2, 3 },   { 2, 7 },   { 2, 8 },
  { 2, 9 },   { 2, 13 },  { 2, 27 },  { 2, 28 },  { 2, 32 },  { 3, 7 },   { 3, 12 },  { 3, 13 },  { 4, 6 },
  { 4, 10 },  { 5, 6 },   { 5, 10 },  { 5, 16 },  { 6, 16 },  { 8, 30 },  { 8, 32 },  { 8, 33 },  { 9, 33 },
  { 13, 33 }, { 14, 32 }, { 14, 33 }, { 15, 32 }, { 15, 33 }, { 18, 32 }, { 18, 33 }, { 19, 33 }, { 20, 32 },
  { 20, 33 }, { 22, 32 }, { 22, 33 }, { 23, 25 }, { 23, 27 }, { 23, 29 }, { 23, 32 }, { 23, 33 }, { 24, 25 },
  { 24, 27 }, { 24, 31 }, { 25, 31 }, { 26, 29 }, { 26, 33 }, { 27, 33 }, { 28, 31 }, { 28, 33 }, { 29, 32 },
  { 29, 33 }, { 30, 32 }, { 30, 33 }, { 31, 32 }, { 31, 33 }, { 32, 33 },
};

static void
test_star (void)
{
  g_autoptr (DureGraph) graph = make (5, star, G_N_ELEMENTS (star));
  g_autofree double *between = dure_betweenness (graph, NULL);
  g_autofree double *close = dure_closeness (graph);
  g_autofree double *harmonic = dure_harmonic (graph);
  g_autofree guint  *core = dure_core_numbers (graph);
  g_autoptr (DureCuts) cuts = dure_cuts_new (graph);
  g_autoptr (GArray) off = dure_cut_off (graph, 0);

  NEAR (dure_density (graph), .4);
  NEAR (dure_degree_centralisation (graph), 1);
  NEAR (dure_betweenness_centralisation (graph, between), 1);
  NEAR (between[0], 1);
  NEAR (dure_constraint (graph, 0), .25);
  NEAR (dure_effective_size (graph, 0), 4);
  g_assert_cmpuint (core[0], ==, 1);
  NEAR (close[1], .5714);
  NEAR (harmonic[1], .625);
  NEAR (dure_constraint (graph, 1), 1);
  g_assert_cmpuint (cuts->n_cut_points, ==, 1);
  g_assert_true (cuts->is_cut_point[0]);
  g_assert_cmpuint (cuts->n_bridges, ==, 4);
  /* Of four equal parts one stays, the first; the other three are cut off. */
  g_assert_cmpuint (off->len, ==, 3);
}

static void
test_bow_tie (void)
{
  g_autoptr (DureGraph) graph = make (6, bow_tie, G_N_ELEMENTS (bow_tie));
  g_autofree double *between = dure_betweenness (graph, NULL);
  g_autofree double *close = dure_closeness (graph);
  g_autofree double *harmonic = dure_harmonic (graph);
  g_autofree guint  *core = dure_core_numbers (graph);
  g_autoptr (DureCuts) cuts = dure_cuts_new (graph);
  guint bridge;

  g_assert_cmpuint (graph->n_ties, ==, 7);
  NEAR (dure_density (graph), .4667);
  NEAR (dure_degree_centralisation (graph), .2);
  NEAR (dure_betweenness_centralisation (graph, between), .48);
  for (guint v = 2; v <= 3; v++)
    {
      NEAR (between[v], .6);
      NEAR (close[v], .7143);
      NEAR (harmonic[v], .8);
      NEAR (dure_constraint (graph, v), .6111);
      NEAR (dure_effective_size (graph, v), 2.3333);
    }
  NEAR (dure_constraint (graph, 0), 1.0069);
  NEAR (dure_effective_size (graph, 0), 1);
  NEAR (close[0], .5);
  NEAR (harmonic[0], .6333);
  for (guint v = 0; v < 6; v++)
    {
      g_assert_cmpuint (core[v], ==, 2);
      g_assert_cmpint (cuts->is_cut_point[v], ==, v == 2 || v == 3);
    }
  g_assert_cmpuint (cuts->n_bridges, ==, 1);
  g_assert_true (dure_graph_find_tie (graph, 3, 2, &bridge));
  g_assert_true (cuts->is_bridge[bridge]);
  NEAR (dure_transitivity (graph), .6);
}

static void
test_bow_tie_and_isolate (void)
{
  g_autoptr (DureGraph) graph = make (7, bow_tie, G_N_ELEMENTS (bow_tie));
  g_autofree double *close = dure_closeness (graph);
  g_autofree double *harmonic = dure_harmonic (graph);
  g_autofree double *reach = dure_two_step_reach (graph);
  g_autoptr (DureComponents) parts = dure_components_new (graph);

  NEAR (dure_density (graph), .3333);
  NEAR (close[0], .4167);
  NEAR (close[2], .5952);
  NEAR (close[6], 0);
  NEAR (harmonic[0], .5278);
  NEAR (harmonic[2], .6667);
  NEAR (harmonic[6], 0);
  NEAR (reach[0], .5);
  NEAR (reach[6], 0);
  g_assert_cmpuint (parts->n_components, ==, 2);
  g_assert_cmpuint (parts->size[0], ==, 6);
  g_assert_cmpuint (parts->component[6], ==, 1);
  g_assert_cmpuint (dure_components_isolates (parts), ==, 1);
  g_assert_true (isnan (dure_constraint (graph, 6)));
}

static void
test_kite (void)
{
  g_autoptr (DureGraph) graph = make (10, kite, G_N_ELEMENTS (kite));
  g_autofree double *between = dure_betweenness (graph, NULL);
  g_autofree double *close = dure_closeness (graph);
  g_autofree guint  *core = dure_core_numbers (graph);
  g_autoptr (DureCuts) cuts = dure_cuts_new (graph);
  g_autoptr (GArray) off = dure_cut_off (graph, 7);
  guint tie;

  g_assert_cmpuint (graph->n_ties, ==, 18);
  NEAR (dure_density (graph), .4);
  NEAR (dure_degree_centralisation (graph), .3333);
  NEAR (dure_betweenness_centralisation (graph, between), .2963);
  g_assert_cmpuint (dure_graph_degree (graph, 3), ==, 6);
  NEAR (between[3], .1019);
  NEAR (between[7], .3889);
  NEAR (dure_constraint (graph, 7), .4311);
  NEAR (close[5], .6429);
  NEAR (close[6], .6429);
  for (guint v = 0; v < 10; v++)
    {
      g_assert_cmpuint (core[v], ==, v <= 6 ? 3 : v == 7 ? 2 : 1);
      g_assert_cmpint (cuts->is_cut_point[v], ==, v == 7 || v == 8);
    }
  g_assert_cmpuint (cuts->n_bridges, ==, 2);
  g_assert_true (dure_graph_find_tie (graph, 7, 8, &tie) && cuts->is_bridge[tie]);
  g_assert_true (dure_graph_find_tie (graph, 8, 9, &tie) && cuts->is_bridge[tie]);
  g_assert_cmpuint (off->len, ==, 2);
  g_assert_cmpuint (g_array_index (off, guint, 0), ==, 8);
}

static void
test_karate (void)
{
  g_autoptr (DureGraph) graph = make (34, karate, G_N_ELEMENTS (karate));
  g_autofree double *between = dure_betweenness (graph, NULL);
  g_autofree guint  *core = dure_core_numbers (graph);
  g_autoptr (DureCuts) cuts = dure_cuts_new (graph);
  guint tie;

  g_assert_cmpuint (graph->n_ties, ==, 78);
  NEAR (dure_density (graph), .139);
  NEAR (dure_degree_centralisation (graph), .3996);
  NEAR (dure_betweenness_centralisation (graph, between), .4056);
  NEAR (between[0], .4376);
  NEAR (dure_constraint (graph, 0), .1554);
  NEAR (dure_effective_size (graph, 0), 13.75);
  g_assert_cmpuint (core[0], ==, 4);
  g_assert_cmpuint (cuts->n_cut_points, ==, 1);
  g_assert_true (cuts->is_cut_point[0]);
  g_assert_cmpuint (cuts->n_bridges, ==, 1);
  g_assert_true (dure_graph_find_tie (graph, 0, 11, &tie) && cuts->is_bridge[tie]);
  NEAR (dure_transitivity (graph), .2557);
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
  g_autofree double *between = dure_betweenness (none, NULL);
  g_autofree guint  *core = dure_core_numbers (one);
  g_autoptr (DureComponents) parts = dure_components_new (none);

  g_assert_nonnull (between);
  NEAR (dure_density (none), 0);
  NEAR (dure_density (one), 0);
  NEAR (dure_degree_centralisation (one), 0);
  g_assert_cmpuint (core[0], ==, 0);
  g_assert_cmpuint (parts->n_components, ==, 0);
}

/* A long path: nothing may recurse. */
static void
test_deep (void)
{
  guint                    n = 200000;
  g_autofree DureGraphTie *ties = g_new (DureGraphTie, n);
  g_autoptr (DureGraph) graph = NULL;
  g_autoptr (DureCuts) cuts = NULL;

  for (guint i = 0; i + 1 < n; i++)
    ties[i] = (DureGraphTie){ i, i + 1, 1 };
  graph = dure_graph_new (n, ties, n - 1);
  cuts = dure_cuts_new (graph);
  g_assert_cmpuint (cuts->n_cut_points, ==, n - 2);
  g_assert_cmpuint (cuts->n_bridges, ==, n - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph/measures/star", test_star);
  g_test_add_func ("/graph/measures/bow-tie", test_bow_tie);
  g_test_add_func ("/graph/measures/bow-tie-and-isolate", test_bow_tie_and_isolate);
  g_test_add_func ("/graph/measures/kite", test_kite);
  g_test_add_func ("/graph/measures/karate", test_karate);
  g_test_add_func ("/graph/measures/merging", test_merging);
  g_test_add_func ("/graph/measures/empty", test_empty);
  g_test_add_func ("/graph/measures/deep", test_deep);
  return g_test_run ();
}
