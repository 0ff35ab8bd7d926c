/* test-layout-distance.c: how true distances are, from any seed, with odd input, and while a network changes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "graph/dure-distance-rows.h"
#include "graph/dure-layout.h"
#include "graph/dure-measures.h"
#include "graph/dure-random.h"
#include "graph/dure-readability.h"
#include "graph/dure-stress.h"
#include "karate.h"

static DureGraph *
zachary (void)
{
  DureGraphTie ties[G_N_ELEMENTS (karate)];

  for (guint t = 0; t < G_N_ELEMENTS (karate); t++)
    ties[t] = (DureGraphTie){ karate[t][0], karate[t][1], 1 };
  return dure_graph_new (34, ties, G_N_ELEMENTS (karate));
}

/* Everybody joins two who are there already; @copies of it, apart from each other, and @extra nodes without a tie. */
static DureGraph *
cities (guint n, guint copies, guint extra)
{
  g_autoptr (GArray) ties = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));

  for (guint c = 0; c < copies; c++)
    {
      guint64 random = 7;
      guint   first = ties->len;

      for (guint v = 1; v < n; v++)
        for (guint k = 0; k < 2; k++)
          {
            guint        m = ties->len - first;
            DureGraphTie tie = { c * n + v, 0, 1 };

            if (m > 2 && dure_random_below (&random, 3) > 0)
              tie.b = g_array_index (ties, DureGraphTie, first + dure_random_below (&random, m)).b;
            else
              tie.b = c * n + dure_random_below (&random, v);
            g_array_append_val (ties, tie);
          }
    }
  return dure_graph_new (n * copies + extra, (DureGraphTie *)(gpointer)ties->data, ties->len);
}

static DureGraph *
star (guint n)
{
  g_autofree DureGraphTie *ties = g_new (DureGraphTie, n);

  for (guint v = 1; v < n; v++)
    ties[v - 1] = (DureGraphTie){ 0, v, 1 };
  return dure_graph_new (n, ties, n - 1);
}

static DureGraph *
path (guint n)
{
  g_autofree DureGraphTie *ties = g_new (DureGraphTie, n);

  for (guint v = 0; v + 1 < n; v++)
    ties[v] = (DureGraphTie){ v, v + 1, 1 };
  return dure_graph_new (n, ties, n - 1);
}

static DureGraph *
grid (guint columns, guint rows)
{
  g_autoptr (GArray) ties = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));

  for (guint v = 0; v < columns * rows; v++)
    {
      DureGraphTie right = { v, v + 1, 1 };
      DureGraphTie down = { v, v + columns, 1 };

      if (v % columns + 1 < columns)
        g_array_append_val (ties, right);
      if (v + columns < columns * rows)
        g_array_append_val (ties, down);
    }
  return dure_graph_new (columns * rows, (DureGraphTie *)(gpointer)ties->data, ties->len);
}

static DurePoint *
draw (const DureGraph *graph, guint seed)
{
  DureLayoutOptions options;
  g_autoptr (GError) error = NULL;
  DurePoint *points;

  dure_layout_options_init (&options);
  options.seed = seed;
  points = dure_layout (graph, &options, NULL, &error);
  g_assert_no_error (error);
  for (guint v = 0; v < graph->n_nodes; v++)
    g_assert_true (isfinite (points[v].x) && isfinite (points[v].y));
  return points;
}

static void
assert_stress (DureGraph *graph, guint seeds, double most)
{
  for (guint seed = 1; seed <= seeds; seed++)
    {
      g_autofree DurePoint *points = draw (graph, seed);

      g_assert_cmpfloat (dure_stress (graph, points), <=, most);
    }
  dure_graph_free (graph);
}

/* The least stress known of the club is .0672 (published drawings: .0673); of the others, what long searches found. */
static void
test_true_from_any_seed (void)
{
  assert_stress (zachary (), 20, 1.01 * 0.0672);
  assert_stress (cities (32, 1, 0), 10, 1.01 * 0.0910);
  assert_stress (cities (63, 1, 0), 10, 1.01 * 0.1097);
  assert_stress (cities (150, 1, 0), 5, 1.01 * 0.1167);
  assert_stress (cities (300, 1, 0), 3, 1.01 * 0.1245);
  assert_stress (cities (600, 1, 0), 2, 1.01 * 0.1296);
  assert_stress (grid (20, 20), 2, 1.01 * 0.0131);
  assert_stress (star (558), 2, 0.178);
}

/* Above some thousand nodes only some distances are worked out. */
static void
test_large (void)
{
  assert_stress (cities (5000, 1, 0), 1, 0.14);
  assert_stress (grid (80, 70), 1, 0.0125);
  assert_stress (path (6000), 1, 1e-4);
}

static void
test_same_seed_same_picture (void)
{
  g_autoptr (DureGraph) graph = cities (4500, 1, 3);
  g_autofree DurePoint *one = draw (graph, 5);
  g_autofree DurePoint *two = draw (graph, 5);
  g_autofree DurePoint *other = draw (graph, 6);
  gboolean              differs = FALSE;

  for (guint v = 0; v < graph->n_nodes; v++)
    {
      g_assert_cmpfloat (one[v].x, ==, two[v].x);
      g_assert_cmpfloat (one[v].y, ==, two[v].y);
      differs |= one[v].x != other[v].x;
    }
  g_assert_true (differs);
}

static void
test_rows_are_distances (void)
{
  g_autoptr (DureGraph) graph = cities (150, 1, 0);
  g_autoptr (DureDistanceRows) rows = dure_distance_rows_new (graph, NULL, 150, NULL, NULL);
  g_autofree guint *distance = g_new (guint, 150);
  g_autofree guint *queue = g_new (guint, 150);
  guint             farthest = 0;

  for (guint v = 0; v < 150; v++)
    {
      dure_distances (graph, v, distance, queue);
      for (guint w = 0; w < 150; w++)
        {
          g_assert_cmpuint (dure_distance_row (rows, v)[w], ==, distance[w]);
          farthest = MAX (farthest, distance[w]);
        }
    }
  g_assert_cmpuint (rows->farthest, ==, farthest);
}

static void
test_few (void)
{
  const DureGraphTie tie = { 0, 1, 1 };
  g_autoptr (DureGraph) none = dure_graph_new (0, NULL, 0);
  g_autoptr (DureGraph) one = dure_graph_new (1, NULL, 0);
  g_autoptr (DureGraph) two = dure_graph_new (2, &tie, 1);
  g_autofree DurePoint *nothing = draw (none, 1);
  g_autofree DurePoint *single = draw (one, 1);
  g_autofree DurePoint *pair = draw (two, 1);

  g_assert_nonnull (nothing);
  g_assert_nonnull (single);
  g_assert_cmpfloat_with_epsilon (hypot (pair[0].x - pair[1].x, pair[0].y - pair[1].y), DURE_LAYOUT_STEP, 1);
}

/* Two parts of a thousand and single nodes: nothing overlaps, and a tie is as long in both parts. */
static void
test_parts (void)
{
  g_autoptr (DureGraph) graph = cities (1000, 2, 30);
  g_autofree DurePoint *points = draw (graph, 1);
  g_autofree double    *size = g_new (double, graph->n_nodes);
  double                length[2] = { 0, 0 };

  for (guint v = 0; v < graph->n_nodes; v++)
    size[v] = DURE_LAYOUT_STEP * 0.6 - 0.01;
  g_assert_cmpuint (dure_count_overlaps (graph->n_nodes, points, size, size), ==, 0);
  for (guint t = 0; t < graph->n_ties; t++)
    length[graph->ties[t].a / 1000] += hypot (points[graph->ties[t].a].x - points[graph->ties[t].b].x,
                                              points[graph->ties[t].a].y - points[graph->ties[t].b].y);
  g_assert_cmpfloat_with_epsilon (length[0] / length[1], 1, 0.15);
  g_assert_cmpfloat (dure_stress (graph, points), <, 0.14);
}

/* Hundreds of parts: none in another, and together they look like a page. */
static void
test_many_parts (void)
{
  g_autofree DureGraphTie *ties = g_new (DureGraphTie, 1000);
  g_autofree double       *size = g_new (double, 1500);
  g_autoptr (DureGraph) graph = NULL;
  g_autofree DurePoint *points = NULL;
  double                right = 0;
  double                bottom = 0;

  for (guint c = 0; c < 500; c++)
    {
      ties[2 * c] = (DureGraphTie){ 3 * c, 3 * c + 1, 1 };
      ties[2 * c + 1] = (DureGraphTie){ 3 * c, 3 * c + 2, 1 };
    }
  graph = dure_graph_new (1500, ties, 1000);
  points = draw (graph, 1);
  for (guint v = 0; v < 1500; v++)
    {
      size[v] = DURE_LAYOUT_STEP * 0.6 - 0.01;
      right = MAX (right, points[v].x - points[0].x);
      bottom = MAX (bottom, points[v].y - points[0].y);
    }
  g_assert_cmpuint (dure_count_overlaps (1500, points, size, size), ==, 0);
  g_assert_cmpfloat (right / bottom, >, 1.1);
  g_assert_cmpfloat (right / bottom, <, 2);
}

static void
test_absurd_start (void)
{
  g_autoptr (DureGraph) graph = cities (60, 1, 3);
  guint                 n = graph->n_nodes;
  g_autofree DurePoint *start = draw (graph, 1);
  g_autofree gboolean  *pinned = g_new0 (gboolean, n);
  g_autofree DurePoint *after = NULL;
  DureLayoutOptions     options;

  start[4].x = NAN;
  start[5].y = INFINITY;
  start[6] = (DurePoint){ -1e300, 1e300 };
  start[61].y = NAN;
  pinned[4] = pinned[61] = TRUE;
  dure_layout_options_init (&options);
  options.start = start;
  options.pinned = pinned;
  after = dure_layout (graph, &options, NULL, NULL);
  for (guint v = 0; v < n; v++)
    g_assert_true (fabs (after[v].x) < 1e5 && fabs (after[v].y) < 1e5);
  g_assert_cmpfloat (dure_stress (graph, after), <, 0.13);

  /* All of them in one place, and none of them anywhere. */
  for (guint v = 0; v < n; v++)
    start[v] = (DurePoint){ 3, 4 };
  g_free (after);
  after = dure_layout (graph, &options, NULL, NULL);
  g_assert_cmpfloat (after[4].x, ==, 3);
  g_assert_cmpfloat (dure_stress (graph, after), <, 0.2);
  for (guint v = 0; v < n; v++)
    start[v] = (DurePoint){ NAN, -INFINITY };
  g_free (after);
  after = dure_layout (graph, &options, NULL, NULL);
  g_assert_cmpfloat (dure_stress (graph, after), <, 0.112);
}

/* Several are held by hand: exactly there, and the others make the best of it. */
static void
test_pinned (void)
{
  g_autoptr (DureGraph) graph = cities (100, 1, 2);
  guint                 n = graph->n_nodes;
  g_autofree DurePoint *start = draw (graph, 1);
  g_autofree gboolean  *known = g_new0 (gboolean, n);
  g_autofree gboolean  *pinned = g_new0 (gboolean, n);
  g_autofree DurePoint *after = NULL;
  DureLayoutOptions     options;

  /* The old picture upside down: only the pinned tell of it. */
  for (guint v = 0; v < n; v++)
    start[v].y = -start[v].y;
  for (guint v = 0; v < n; v += 20)
    pinned[v] = known[v] = TRUE;
  dure_layout_options_init (&options);
  options.start = start;
  options.known = known;
  options.pinned = pinned;
  options.seed = 9;
  after = dure_layout (graph, &options, NULL, NULL);
  for (guint v = 0; v < n; v += 20)
    {
      g_assert_cmpfloat (after[v].x, ==, start[v].x);
      g_assert_cmpfloat (after[v].y, ==, start[v].y);
    }
  g_assert_cmpfloat (dure_stress (graph, after), <, 1.1 * dure_stress (graph, start));
}

/* A body leaves, another with three ties comes to six hundred: nobody but the new one's neighbours stirs. */
static void
test_smooth (void)
{
  enum
  {
    N = 600
  };
  g_autoptr (DureGraph) before = cities (N, 1, 0);
  g_autoptr (DureGraph) after = NULL;
  g_autoptr (GArray) ties = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));
  const DureGraphTie    fresh[] = { { N, 11, 1 }, { N, 12, 1 }, { N, 50, 1 } };
  g_autofree double    *width = g_new (double, N + 1);
  g_autofree DurePoint *start = NULL;
  g_autofree DurePoint *old = g_new0 (DurePoint, N + 1);
  g_autofree DurePoint *new = NULL;
  g_autofree gboolean *known = g_new0 (gboolean, N + 1);
  DureLayoutOptions    options;
  guint                moved = 0;

  for (guint v = 0; v <= N; v++)
    width[v] = 40;
  dure_layout_options_init (&options);
  options.width = options.height = width;
  start = dure_layout (before, &options, NULL, NULL);
  for (guint t = 0; t < before->n_ties; t++)
    if (before->ties[t].a != N - 1 && before->ties[t].b != N - 1)
      g_array_append_val (ties, before->ties[t]);
  g_array_append_vals (ties, fresh, G_N_ELEMENTS (fresh));
  after = dure_graph_new (N + 1, (DureGraphTie *)(gpointer)ties->data, ties->len);
  for (guint v = 0; v < N - 1; v++)
    {
      old[v] = start[v];
      known[v] = TRUE;
    }
  options.start = old;
  options.known = known;
  new = dure_layout (after, &options, NULL, NULL);
  for (guint v = 0; v < N - 1; v++)
    moved += hypot (new[v].x - old[v].x, new[v].y - old[v].y) > 1e-6 ? 1 : 0;
  g_assert_cmpuint (moved, <=, 10);
  g_assert_cmpuint (dure_count_overlaps (N + 1, new, width, width), ==, 0);
  g_assert_cmpfloat (dure_stress (after, new), <, 1.05 * dure_stress (before, start) + 0.001);
}

/* Another network of the same bodies: then the old places mean nothing. */
static void
test_another_network (void)
{
  g_autoptr (DureGraph) first = cities (200, 1, 0);
  g_autoptr (DureGraph) second = grid (20, 10);
  g_autofree DurePoint *start = draw (first, 1);
  g_autofree DurePoint *after = NULL;
  DureLayoutOptions     options;

  dure_layout_options_init (&options);
  options.start = start;
  after = dure_layout (second, &options, NULL, NULL);
  g_assert_cmpfloat (dure_stress (second, after), <, 0.1);
}

typedef struct
{
  GCancellable *cancellable;
  double        last;
  double        stop_at;
  guint         calls;
} Told;

static void
told_cb (double fraction, gpointer data)
{
  Told *told = data;

  g_assert_cmpfloat (fraction, >=, told->last);
  g_assert_cmpfloat (fraction, <=, 1);
  told->last = fraction;
  told->calls++;
  if (fraction >= told->stop_at)
    g_cancellable_cancel (told->cancellable);
}

static void
test_progress_and_stop (void)
{
  g_autoptr (DureGraph) graph = cities (500, 2, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree DurePoint *points = NULL;
  Told                  told = { cancellable, 0, 2, 0 };
  DureLayoutOptions     options;

  dure_layout_options_init (&options);
  options.progress = told_cb;
  options.progress_data = &told;
  points = dure_layout (graph, &options, cancellable, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (told.last, ==, 1);
  g_assert_cmpuint (told.calls, >=, 4);
  told = (Told){ cancellable, 0, 0.3, 0 };
  g_assert_null (dure_layout (graph, &options, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (told.last, <, 1);
}

/* With reading wished, too, the pinned stay and the work is told in order; and where nothing changes nothing moves. */
static void
test_for_reading (void)
{
  g_autoptr (DureGraph) graph = cities (60, 2, 3);
  guint                 n = graph->n_nodes;
  g_autofree DurePoint *start = draw (graph, 1);
  g_autofree gboolean  *pinned = g_new0 (gboolean, n);
  g_autofree gboolean  *known = g_new0 (gboolean, n);
  g_autofree DurePoint *points = NULL;
  g_autofree DurePoint *again = NULL;
  Told                  told = { NULL, 0, 2, 0 };
  DureLayoutOptions     options;

  dure_layout_options_init (&options);
  options.reading = DURE_LAYOUT_READING_DEFAULT;
  options.progress = told_cb;
  options.progress_data = &told;
  options.start = start;
  options.known = known;
  options.pinned = pinned;
  start[7] = (DurePoint){ 4000, -300 };
  pinned[7] = pinned[9] = known[7] = known[9] = TRUE;
  points = dure_layout (graph, &options, NULL, NULL);
  g_assert_cmpfloat (told.last, ==, 1);
  for (guint v = 7; v <= 9; v += 2)
    {
      g_assert_cmpfloat (points[v].x, ==, start[v].x);
      g_assert_cmpfloat (points[v].y, ==, start[v].y);
    }
  told.last = 0;
  options.start = points;
  options.known = options.pinned = NULL;
  again = dure_layout (graph, &options, NULL, NULL);
  for (guint v = 0; v < n; v++)
    {
      g_assert_cmpfloat (again[v].x, ==, points[v].x);
      g_assert_cmpfloat (again[v].y, ==, points[v].y);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph/layout-distance/any-seed", test_true_from_any_seed);
  g_test_add_func ("/graph/layout-distance/large", test_large);
  g_test_add_func ("/graph/layout-distance/same-seed", test_same_seed_same_picture);
  g_test_add_func ("/graph/layout-distance/rows", test_rows_are_distances);
  g_test_add_func ("/graph/layout-distance/few", test_few);
  g_test_add_func ("/graph/layout-distance/parts", test_parts);
  g_test_add_func ("/graph/layout-distance/many-parts", test_many_parts);
  g_test_add_func ("/graph/layout-distance/absurd-start", test_absurd_start);
  g_test_add_func ("/graph/layout-distance/pinned", test_pinned);
  g_test_add_func ("/graph/layout-distance/smooth", test_smooth);
  g_test_add_func ("/graph/layout-distance/another-network", test_another_network);
  g_test_add_func ("/graph/layout-distance/progress", test_progress_and_stop);
  g_test_add_func ("/graph/layout-distance/reading", test_for_reading);
  return g_test_run ();
}
