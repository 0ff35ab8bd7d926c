/* test-layout.c: places, reading quality, labels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "graph/dure-labels.h"
#include "graph/dure-layout.h"
#include "graph/dure-random.h"
#include "graph/dure-readability.h"
#include "graph/dure-stress.h"

static DureGraph *
path (guint n)
{
  g_autofree DureGraphTie *ties = g_new0 (DureGraphTie, n);

  for (guint i = 0; i + 1 < n; i++)
    ties[i] = (DureGraphTie){ i, i + 1, 1 };
  return dure_graph_new (n, ties, n - 1);
}

static DureGraph *
grid (guint columns, guint rows, guint extra)
{
  g_autoptr (GArray) ties = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));

  for (guint r = 0; r < rows; r++)
    for (guint c = 0; c < columns; c++)
      {
        DureGraphTie right = { r * columns + c, r * columns + c + 1, 1 };
        DureGraphTie down = { r * columns + c, (r + 1) * columns + c, 1 };

        if (c + 1 < columns)
          g_array_append_val (ties, right);
        if (r + 1 < rows)
          g_array_append_val (ties, down);
      }
  return dure_graph_new (columns * rows + extra, (DureGraphTie *)(gpointer)ties->data, ties->len);
}

/* Everybody joins two who are there already: hubs and a thick middle, as in a city. */
static DureGraph *
city (guint n)
{
  guint64                  random = 7;
  g_autofree DureGraphTie *ties = g_new0 (DureGraphTie, 2 * (gsize)n);
  guint                    m = 0;

  for (guint v = 1; v < n; v++)
    for (guint k = 0; k < 2; k++)
      {
        guint other = m > 2 && dure_random_below (&random, 3) > 0 ? ties[dure_random_below (&random, m)].b
                                                                  : dure_random_below (&random, v);

        ties[m++] = (DureGraphTie){ v, other, 1 };
      }
  return dure_graph_new (n, ties, m);
}

static void
test_path_is_straight (void)
{
  g_autoptr (DureGraph) graph = path (12);
  g_autoptr (GError) error = NULL;
  g_autofree DurePoint *points = dure_layout (graph, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (dure_stress (graph, points), <, 1e-3);
  /* Lies flat: the whole is wide. */
  g_assert_cmpfloat (fabs (points[11].x - points[0].x), >, 10.5 * DURE_LAYOUT_STEP);
  g_assert_cmpfloat (fabs (points[11].y - points[0].y), <, DURE_LAYOUT_STEP);
}

static void
test_grid_has_no_crossing (void)
{
  g_autoptr (DureGraph) graph = grid (8, 6, 0);
  g_autofree DurePoint *points = dure_layout (graph, NULL, NULL, NULL);

  g_assert_cmpuint (dure_count_crossings (graph, points), ==, 0);
}

static void
test_same_data_same_picture (void)
{
  g_autoptr (DureGraph) graph = city (120);
  g_autofree DurePoint *one = dure_layout (graph, NULL, NULL, NULL);
  g_autofree DurePoint *two = dure_layout (graph, NULL, NULL, NULL);

  for (guint v = 0; v < graph->n_nodes; v++)
    {
      g_assert_cmpfloat (one[v].x, ==, two[v].x);
      g_assert_cmpfloat (one[v].y, ==, two[v].y);
    }
}

static void
test_nothing_overlaps (void)
{
  g_autoptr (DureGraph) graph = grid (7, 7, 40);
  g_autofree DurePoint *points = dure_layout (graph, NULL, NULL, NULL);
  g_autofree double    *size = g_new (double, graph->n_nodes);

  for (guint v = 0; v < graph->n_nodes; v++)
    size[v] = DURE_LAYOUT_STEP * 0.6 - 0.01;
  g_assert_cmpuint (dure_count_overlaps (graph->n_nodes, points, size, size), ==, 0);
  /* The forty without a tie stand in rows: few heights, none inside the rest. */
  for (guint v = 50; v < 60; v++)
    g_assert_cmpfloat (fmod (fabs (points[v].y - points[49].y) + 0.01, 85), <, 0.1);
}

static void
test_pinned_stay (void)
{
  g_autoptr (DureGraph) graph = city (60);
  g_autofree DurePoint *before = dure_layout (graph, NULL, NULL, NULL);
  g_autofree DurePoint *after = NULL;
  g_autofree gboolean  *pinned = g_new0 (gboolean, 60);
  g_autofree gboolean  *known = g_new0 (gboolean, 60);
  DureLayoutOptions     options;

  before[3] = (DurePoint){ 1234.5, -678.25 };
  pinned[3] = pinned[10] = known[3] = known[10] = TRUE;
  dure_layout_options_init (&options);
  options.start = before;
  options.pinned = pinned;
  options.known = known;
  after = dure_layout (graph, &options, NULL, NULL);
  g_assert_cmpfloat (after[3].x, ==, 1234.5);
  g_assert_cmpfloat (after[3].y, ==, -678.25);
  g_assert_cmpfloat (after[10].x, ==, before[10].x);
}

static void
test_new_agency_moves_nobody (void)
{
  g_autoptr (DureGraph) small = city (80);
  g_autoptr (DureGraph) large = NULL;
  g_autofree DurePoint *before = dure_layout (small, NULL, NULL, NULL);
  g_autofree DurePoint *start = g_new0 (DurePoint, 81);
  g_autofree DurePoint *after = NULL;
  g_autofree gboolean  *known = g_new0 (gboolean, 81);
  g_autoptr (GArray) ties = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));
  DureGraphTie      tie = { 80, 4, 1 };
  DureLayoutOptions options;
  guint             moved = 0;
  double            mean = 0;

  g_array_append_vals (ties, small->ties, small->n_ties);
  g_array_append_val (ties, tie);
  large = dure_graph_new (81, (DureGraphTie *)(gpointer)ties->data, ties->len);
  for (guint v = 0; v < 80; v++)
    {
      start[v] = before[v];
      known[v] = TRUE;
    }
  dure_layout_options_init (&options);
  options.start = start;
  options.known = known;
  after = dure_layout (large, &options, NULL, NULL);
  for (guint v = 0; v < 80; v++)
    moved += hypot (after[v].x - before[v].x, after[v].y - before[v].y) > 1e-6 ? 1 : 0;
  g_assert_cmpuint (moved, <=, 4);
  /* The new one stands by its neighbour: not much farther than ties are long here. */
  for (guint t = 0; t < large->n_ties; t++)
    mean += hypot (after[large->ties[t].a].x - after[large->ties[t].b].x,
                   after[large->ties[t].a].y - after[large->ties[t].b].y)
            / large->n_ties;
  g_assert_cmpfloat (hypot (after[80].x - after[4].x, after[80].y - after[4].y), <, mean * 1.5);
}

static void
test_cancelled (void)
{
  g_autoptr (DureGraph) graph = city (300);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dure_layout (graph, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_empty (void)
{
  g_autoptr (DureGraph) none = dure_graph_new (0, NULL, 0);
  g_autoptr (DureGraph) five = dure_graph_new (5, NULL, 0);
  g_autofree DurePoint *nothing = dure_layout (none, NULL, NULL, NULL);
  g_autofree DurePoint *row = dure_layout (five, NULL, NULL, NULL);

  g_assert_nonnull (nothing);
  g_assert_cmpfloat (row[0].x, <, row[1].x);
}

static void
test_labels (void)
{
  enum
  {
    N = 300
  };
  guint64               random = 3;
  g_autofree DurePoint *points = g_new (DurePoint, N);
  g_autofree double    *radius = g_new (double, N);
  g_autofree DureLabel *labels = g_new0 (DureLabel, N);
  guint                 shown;
  guint                 seen = 0;

  for (guint i = 0; i < N; i++)
    {
      points[i] = (DurePoint){ dure_random_double (&random) * 1200, dure_random_double (&random) * 900 };
      radius[i] = 10;
      labels[i].width = 60 + 40 * dure_random_double (&random);
      labels[i].height = 16;
      labels[i].importance = i == 17 ? 100 : dure_random_double (&random);
    }
  labels[18].importance = -1;
  shown = dure_place_labels (labels, N, points, radius, 2, NULL);
  for (guint i = 0; i < N; i++)
    {
      if (labels[i].place == DURE_LABEL_HIDDEN)
        continue;
      seen++;
      for (guint j = 0; j < N; j++)
        {
          DureRect node = { points[j].x - radius[j], points[j].y - radius[j], 2 * radius[j], 2 * radius[j] };

          g_assert_false (dure_rect_meets (&labels[i].rect, &node));
          if (j != i && labels[j].place != DURE_LABEL_HIDDEN)
            g_assert_false (dure_rect_meets (&labels[i].rect, &labels[j].rect));
        }
    }
  g_assert_cmpuint (seen, ==, shown);
  g_assert_cmpuint (shown, >, 60);
  g_assert_cmpint (labels[18].place, ==, DURE_LABEL_HIDDEN);
}

static void
test_crossings (void)
{
  const DureGraphTie ties[] = { { 0, 1, 1 }, { 2, 3, 1 }, { 0, 2, 1 } };
  g_autoptr (DureGraph) graph = dure_graph_new (4, ties, 3);
  const DurePoint cross[] = { { 0, 0 }, { 10, 10 }, { 0, 10 }, { 10, 0 } };
  const DurePoint apart[] = { { 0, 0 }, { 10, 0 }, { 0, 10 }, { 10, 10 } };

  g_assert_cmpuint (dure_count_crossings (graph, cross), ==, 1);
  g_assert_cmpuint (dure_count_crossings (graph, apart), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph/layout/path", test_path_is_straight);
  g_test_add_func ("/graph/layout/grid", test_grid_has_no_crossing);
  g_test_add_func ("/graph/layout/deterministic", test_same_data_same_picture);
  g_test_add_func ("/graph/layout/no-overlap", test_nothing_overlaps);
  g_test_add_func ("/graph/layout/pinned", test_pinned_stay);
  g_test_add_func ("/graph/layout/new-agency", test_new_agency_moves_nobody);
  g_test_add_func ("/graph/layout/cancelled", test_cancelled);
  g_test_add_func ("/graph/layout/empty", test_empty);
  g_test_add_func ("/graph/layout/crossings", test_crossings);
  g_test_add_func ("/graph/labels/no-overlap", test_labels);
  return g_test_run ();
}
