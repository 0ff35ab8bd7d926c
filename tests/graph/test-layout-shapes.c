/* test-layout-shapes.c: groups, rings, trees, maps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "graph/dure-layout-shapes.h"
#include "graph/dure-random.h"
#include "graph/dure-readability.h"

#define CELL 60.0

static void
assert_no_overlap (guint n, const DurePoint *points)
{
  g_autofree double *size = g_new (double, n + 1);

  for (guint v = 0; v < n; v++)
    {
      size[v] = CELL;
      g_assert_true (isfinite (points[v].x) && isfinite (points[v].y));
    }
  g_assert_cmpuint (dure_count_overlaps (n, points, size, size), ==, 0);
}

/* @groups towns of @size agencies: many ties inside, few to the next town. */
static DureGraph *
towns (guint groups, guint size, guint *group)
{
  g_autoptr (GArray) ties = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));
  guint64 random = 11;

  for (guint g = 0; g < groups; g++)
    {
      for (guint i = 0; i < size; i++)
        {
          guint        v = g * size + i;
          DureGraphTie inside = { v, g * size + dure_random_below (&random, size), 1 };
          DureGraphTie hub = { v, g * size, 1 };

          group[v] = g * 7 + 3;
          g_array_append_val (ties, inside);
          g_array_append_val (ties, hub);
        }
      if (g > 0)
        {
          DureGraphTie next = { g * size + 1, (g - 1) * size + 1, 1 };

          g_array_append_val (ties, next);
        }
    }
  return dure_graph_new (groups * size, (const DureGraphTie *)(gpointer)ties->data, ties->len);
}

typedef struct
{
  DurePoint middle;
  double    radius;
} Disc;

static Disc
disc_of (guint first, guint n, const DurePoint *points)
{
  Disc disc = { { 0, 0 }, 0 };

  for (guint v = first; v < first + n; v++)
    {
      disc.middle.x += points[v].x / n;
      disc.middle.y += points[v].y / n;
    }
  for (guint v = first; v < first + n; v++)
    disc.radius = MAX (disc.radius, hypot (points[v].x - disc.middle.x, points[v].y - disc.middle.y));
  return disc;
}

static void
test_groups_stand_apart (void)
{
  guint group[6 * 25];
  g_autoptr (DureGraph) graph = towns (6, 25, group);
  g_autoptr (GError) error = NULL;
  g_autofree DurePoint *points = dure_layout_by_group (graph, group, NULL, NULL, &error);
  g_autofree DurePoint *again = dure_layout_by_group (graph, group, NULL, NULL, NULL);

  g_assert_no_error (error);
  assert_no_overlap (graph->n_nodes, points);
  g_assert_cmpmem (points, graph->n_nodes * sizeof *points, again, graph->n_nodes * sizeof *again);
  for (guint g = 0; g < 6; g++)
    for (guint v = 0; v < graph->n_nodes; v++)
      {
        Disc disc = disc_of (g * 25, 25, points);

        if (v / 25 != g)
          g_assert_cmpfloat (hypot (points[v].x - disc.middle.x, points[v].y - disc.middle.y), >, disc.radius);
      }
  /* Towns with ties stand nearer than those at the ends of the row. */
  {
    Disc   a = disc_of (0, 25, points), b = disc_of (25, 25, points), f = disc_of (5 * 25, 25, points);
    double near = hypot (a.middle.x - b.middle.x, a.middle.y - b.middle.y);
    double far = hypot (a.middle.x - f.middle.x, a.middle.y - f.middle.y);

    g_assert_cmpfloat (near * 2, <, far);
  }
}

static void
test_groups_of_one_and_none (void)
{
  DureGraphTie ties[] = { { 0, 1, 1 } };
  guint        group[] = { 5, G_MAXUINT, 5, 9, 0, 0 };
  g_autoptr (DureGraph) graph = dure_graph_new (6, ties, 1);
  g_autoptr (DureGraph) empty = dure_graph_new (0, NULL, 0);
  g_autofree DurePoint *points = dure_layout_by_group (graph, group, NULL, NULL, NULL);
  g_autofree DurePoint *nothing = dure_layout_by_group (empty, group, NULL, NULL, NULL);

  assert_no_overlap (6, points);
  g_assert_nonnull (nothing);
}

static void
test_largest_in_the_middle (void)
{
  guint group[4 * 40];
  g_autoptr (DureGraph) graph = towns (4, 40, group);
  g_autofree double    *degree = g_new (double, graph->n_nodes);
  g_autofree DurePoint *points = NULL;
  DurePoint             middle = { 0, 0 };
  double                inner = 0;
  double                outer = 0;

  for (guint v = 0; v < graph->n_nodes; v++)
    degree[v] = v == 17 ? NAN : dure_graph_degree (graph, v);
  points = dure_layout_concentric (graph, degree, NULL, NULL, NULL);
  assert_no_overlap (graph->n_nodes, points);
  /* Rings are around the origin: the hubs are nearest, who has no value is farthest, and in between nobody with clearly
   * more stands farther out. */
  for (guint g = 0; g < 4; g++)
    inner = MAX (inner, hypot (points[g * 40].x - middle.x, points[g * 40].y - middle.y));
  for (guint v = 0; v < graph->n_nodes; v++)
    {
      outer = MAX (outer, hypot (points[v].x, points[v].y));
      if (v % 40 != 0)
        g_assert_cmpfloat (hypot (points[v].x, points[v].y), >, inner);
    }
  g_assert_cmpfloat (hypot (points[17].x, points[17].y), >, outer - 1);
}

/* Many with one value, and nobody tied: several rows, everybody placed. */
static void
test_one_value_for_all (void)
{
  for (guint n = 1; n < 1500; n = n * 3 / 2 + 1)
    {
      g_autoptr (DureGraph) graph = dure_graph_new (n, NULL, 0);
      g_autofree double    *nothing = g_new0 (double, n);
      g_autofree DurePoint *points = dure_layout_concentric (graph, nothing, NULL, NULL, NULL);

      assert_no_overlap (n, points);
    }
}

/* Neighbours on rings stand in the same direction: far fewer crossings than in the order of the numbers. */
static void
test_rings_have_few_crossings (void)
{
  guint group[5 * 20];
  g_autoptr (DureGraph) graph = towns (5, 20, group);
  g_autofree double    *degree = g_new (double, graph->n_nodes);
  g_autofree DurePoint *points = NULL;
  g_autofree DurePoint *mixed = g_new (DurePoint, graph->n_nodes);
  guint64               random = 3;
  g_autofree guint     *order = g_new (guint, graph->n_nodes);

  for (guint v = 0; v < graph->n_nodes; v++)
    degree[v] = dure_graph_degree (graph, v);
  points = dure_layout_concentric (graph, degree, NULL, NULL, NULL);
  for (guint v = 0; v < graph->n_nodes; v++)
    order[v] = v;
  for (guint v = graph->n_nodes; v > 1; v--)
    {
      guint w = dure_random_below (&random, v);
      guint other = order[v - 1];

      order[v - 1] = order[w];
      order[w] = other;
    }
  for (guint v = 0; v < graph->n_nodes; v++)
    mixed[v] = points[order[v]];
  g_assert_cmpuint (dure_count_crossings (graph, points) * 2, <, dure_count_crossings (graph, mixed));
}

/* The council of Gimcheon: a city, 6 divisions and 22 local councils, 557 members. */
static DureGraph *
council (guint *parent)
{
  g_autofree DureGraphTie *ties = g_new (DureGraphTie, 586);
  guint                    m = 0;

  parent[0] = 0;
  for (guint v = 1; v < 586; v++)
    {
      parent[v] = v < 29 ? 0 : 1 + (v * v + v / 3) % 28;
      ties[m++] = (DureGraphTie){ v, parent[v], 1 };
    }
  return dure_graph_new (586, ties, m);
}

static void
test_council_is_a_tree (void)
{
  guint parent[586];
  g_autoptr (DureGraph) graph = council (parent);
  g_autoptr (GError) error = NULL;
  g_autofree DurePoint *points = dure_layout_tree (graph, parent, NULL, NULL, &error);
  double                widest = 0;
  guint                 strays = 0;

  g_assert_no_error (error);
  assert_no_overlap (586, points);
  g_assert_cmpuint (dure_count_crossings (graph, points), ==, 0);
  /* Nearly all members are nearer to their own body than to any other. */
  for (guint v = 29; v < 586; v++)
    for (guint body = 1; body < 29; body++)
      if (hypot (points[v].x - points[parent[v]].x, points[v].y - points[parent[v]].y)
          > hypot (points[v].x - points[body].x, points[v].y - points[body].y) + 1e-9)
        strays++;
  g_assert_cmpuint (strays, <, 557 / 50);
  for (guint v = 1; v < 586; v++)
    widest = MAX (widest, hypot (points[v].x - points[0].x, points[v].y - points[0].y));
  /* Readable: the whole is no larger than seventy nodes beside each other. */
  g_assert_cmpfloat (widest, <, 35 * CELL);
}

static void
test_wrong_parents (void)
{
  /* 1 → 2 → 3 → 1 is a circle, 5 names nobody, 6 stands alone. */
  guint        parent[] = { 0, 2, 3, 1, 3, 77, 6 };
  DureGraphTie ties[] = { { 1, 2, 1 }, { 2, 3, 1 }, { 1, 3, 1 }, { 3, 4, 1 } };
  g_autoptr (DureGraph) graph = dure_graph_new (7, ties, 4);
  g_autofree DurePoint *points = dure_layout_tree (graph, parent, NULL, NULL, NULL);

  assert_no_overlap (7, points);
}

static void
test_deep_trees (void)
{
  guint parent[1023];
  g_autoptr (GArray) ties = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));
  g_autoptr (DureGraph) graph = NULL;
  g_autofree DurePoint *binary = NULL;
  g_autofree DurePoint *chain = NULL;

  for (guint v = 0; v < 1023; v++)
    {
      DureGraphTie tie = { v, v > 0 ? (v - 1) / 2 : 0, 1 };

      parent[v] = tie.b;
      if (v > 0)
        g_array_append_val (ties, tie);
    }
  graph = dure_graph_new (1023, (const DureGraphTie *)(gpointer)ties->data, ties->len);
  binary = dure_layout_tree (graph, parent, NULL, NULL, NULL);
  assert_no_overlap (1023, binary);
  g_assert_cmpuint (dure_count_crossings (graph, binary), ==, 0);
  for (guint v = 0; v < 1023; v++)
    g_assert_cmpfloat (hypot (binary[v].x, binary[v].y), <, 300 * CELL);
  for (guint v = 0; v < 1023; v++)
    parent[v] = v > 0 ? v - 1 : 0;
  chain = dure_layout_tree (graph, parent, NULL, NULL, NULL);
  assert_no_overlap (1023, chain);
}

static void
test_star_of_557 (void)
{
  guint        parent[558];
  DureGraphTie ties[557];
  g_autoptr (DureGraph) graph = NULL;
  g_autofree DurePoint *points = NULL;
  double                widest = 0;

  parent[0] = 0;
  for (guint v = 1; v < 558; v++)
    {
      parent[v] = 0;
      ties[v - 1] = (DureGraphTie){ 0, v, 1 };
    }
  graph = dure_graph_new (558, ties, 557);
  points = dure_layout_tree (graph, parent, NULL, NULL, NULL);
  assert_no_overlap (558, points);
  for (guint v = 1; v < 558; v++)
    widest = MAX (widest, hypot (points[v].x - points[0].x, points[v].y - points[0].y));
  /* In rings, not on one: that would be 5,300 wide. */
  g_assert_cmpfloat (widest, <, 1300);
}

static void
test_map_is_a_map (void)
{
  /* Five dong: north, east, south, west, and two with nearly one place; 40 bodies each, ten nowhere. */
  DurePoint middles[]
      = { { 128.11, 36.20 }, { 128.21, 36.12 }, { 128.11, 36.04 }, { 128.01, 36.12 }, { 128.1101, 36.2001 } };
  DurePoint    centroid[210];
  DureGraphTie ties[200];
  g_autoptr (DureGraph) graph = NULL;
  g_autofree DurePoint *points = NULL;
  Disc                  disc[5];
  double                bottom = -G_MAXDOUBLE;

  for (guint v = 0; v < 210; v++)
    centroid[v] = v < 200 ? middles[v / 40] : (DurePoint){ NAN, NAN };
  for (guint v = 0; v < 200; v++)
    ties[v] = (DureGraphTie){ v, (v + 40) % 200, 1 };
  graph = dure_graph_new (210, ties, 200);
  points = dure_layout_map (graph, centroid, NULL, NULL, NULL);
  assert_no_overlap (210, points);
  for (guint d = 0; d < 5; d++)
    disc[d] = disc_of (d * 40, 40, points);
  for (guint v = 0; v < 200; v++)
    {
      bottom = MAX (bottom, points[v].y);
      for (guint d = 0; d < 5; d++)
        if (d != v / 40)
          g_assert_cmpfloat (hypot (points[v].x - disc[d].middle.x, points[v].y - disc[d].middle.y), >, disc[d].radius);
    }
  g_assert_cmpfloat (disc[0].middle.y, <, disc[1].middle.y);
  g_assert_cmpfloat (disc[1].middle.y, <, disc[2].middle.y);
  g_assert_cmpfloat (disc[3].middle.x, <, disc[0].middle.x);
  g_assert_cmpfloat (disc[0].middle.x, <, disc[1].middle.x);
  for (guint v = 200; v < 210; v++)
    g_assert_cmpfloat (points[v].y, >, bottom);
}

/* One body of another province does not squeeze a town into a spot. */
static void
test_far_place (void)
{
  DurePoint centroid[12];
  g_autoptr (DureGraph) graph = dure_graph_new (12, NULL, 0);
  g_autofree DurePoint *points = NULL;
  double                town = 0;
  double                whole = 0;

  for (guint v = 0; v < 11; v++)
    centroid[v] = (DurePoint){ 128.0 + 0.02 * (v % 4), 36.1 + 0.02 * (v / 4) };
  centroid[11] = (DurePoint){ 129.2, 35.2 };
  points = dure_layout_map (graph, centroid, NULL, NULL, NULL);
  for (guint v = 0; v < 11; v++)
    town = MAX (town, hypot (points[v].x - points[0].x, points[v].y - points[0].y));
  whole = hypot (points[11].x - points[0].x, points[11].y - points[0].y);
  g_assert_cmpfloat (whole, <, town * 4);
  g_assert_cmpfloat (points[11].x, >, points[3].x);
  g_assert_cmpfloat (points[11].y, >, points[0].y);
}

static void
test_pinned_and_cancelled (void)
{
  guint group[4 * 20];
  g_autoptr (DureGraph) graph = towns (4, 20, group);
  g_autofree DurePoint *start = g_new0 (DurePoint, graph->n_nodes);
  g_autofree gboolean  *pinned = g_new0 (gboolean, graph->n_nodes);
  g_autofree double    *measure = g_new0 (double, graph->n_nodes);
  g_autofree DurePoint *centroid = g_new0 (DurePoint, graph->n_nodes);
  g_autofree guint     *parent = g_new0 (guint, graph->n_nodes);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  DureLayoutOptions options;

  dure_layout_options_init (&options);
  start[3] = (DurePoint){ 12345, -678 };
  start[60] = (DurePoint){ 0, 0 };
  pinned[3] = pinned[60] = TRUE;
  options.start = start;
  options.pinned = pinned;
  for (guint v = 0; v < graph->n_nodes; v++)
    {
      measure[v] = v;
      parent[v] = v / 4;
    }
  g_cancellable_cancel (cancelled);
  for (int kind = 0; kind < 4; kind++)
    {
      g_autoptr (GError) error = NULL;
      DurePoint *points[2];

      for (int i = 0; i < 2; i++)
        {
          GCancellable *cancellable = i == 1 ? cancelled : NULL;
          GError      **at = i == 1 ? &error : NULL;

          points[i] = kind == 0   ? dure_layout_by_group (graph, group, &options, cancellable, at)
                      : kind == 1 ? dure_layout_concentric (graph, measure, &options, cancellable, at)
                      : kind == 2 ? dure_layout_tree (graph, parent, &options, cancellable, at)
                                  : dure_layout_map (graph, centroid, &options, cancellable, at);
        }
      assert_no_overlap (graph->n_nodes, points[0]);
      g_assert_cmpfloat (points[0][3].x, ==, 12345);
      g_assert_cmpfloat (points[0][3].y, ==, -678);
      g_assert_cmpfloat (points[0][60].x, ==, 0);
      g_assert_null (points[1]);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_free (points[0]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shapes/group/apart", test_groups_stand_apart);
  g_test_add_func ("/shapes/group/one-and-none", test_groups_of_one_and_none);
  g_test_add_func ("/shapes/concentric/middle", test_largest_in_the_middle);
  g_test_add_func ("/shapes/concentric/one-value", test_one_value_for_all);
  g_test_add_func ("/shapes/concentric/crossings", test_rings_have_few_crossings);
  g_test_add_func ("/shapes/tree/council", test_council_is_a_tree);
  g_test_add_func ("/shapes/tree/wrong", test_wrong_parents);
  g_test_add_func ("/shapes/tree/deep", test_deep_trees);
  g_test_add_func ("/shapes/tree/star", test_star_of_557);
  g_test_add_func ("/shapes/map/map", test_map_is_a_map);
  g_test_add_func ("/shapes/map/far", test_far_place);
  g_test_add_func ("/shapes/pinned", test_pinned_and_cancelled);
  return g_test_run ();
}
