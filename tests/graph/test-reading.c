/* test-reading.c: drawings with few crossings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "graph/dure-crossings.h"
#include "graph/dure-random.h"
#include "graph/dure-reading.h"
#include "karate.h"

static DureGraph *
club (void)
{
  DureGraphTie ties[G_N_ELEMENTS (karate)];

  for (guint t = 0; t < G_N_ELEMENTS (karate); t++)
    ties[t] = (DureGraphTie){ karate[t][0], karate[t][1], 1 };
  return dure_graph_new (34, ties, G_N_ELEMENTS (karate));
}

/* A tree in which each node hangs on one before it, and @extra ties that make rings. */
static DureGraph *
branches (guint n, guint extra, guint64 random)
{
  g_autofree DureGraphTie *ties = g_new0 (DureGraphTie, n + extra);

  for (guint v = 1; v < n; v++)
    ties[v - 1] = (DureGraphTie){ v, dure_random_below (&random, MIN (v, 9)) + (v > 40 ? v / 5 : 0), 1 };
  for (guint k = 0; k < extra; k++)
    ties[n - 1 + k] = (DureGraphTie){ k, n - 1 - k, 1 };
  return dure_graph_new (n, ties, n - 1 + extra);
}

static DurePoint *
scatter (guint n, guint64 random)
{
  DurePoint *points = g_new (DurePoint, n);

  for (guint v = 0; v < n; v++)
    points[v] = (DurePoint){ 1000 * dure_random_double (&random), 700 * dure_random_double (&random) };
  return points;
}

static double
side (DurePoint a, DurePoint b, DurePoint c)
{
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static guint64
count_all_pairs (const DureGraph *graph, const DurePoint *points)
{
  guint64 found = 0;

  for (guint s = 0; s < graph->n_ties; s++)
    for (guint t = s + 1; t < graph->n_ties; t++)
      {
        guint     i = graph->ties[s].a;
        guint     j = graph->ties[s].b;
        guint     k = graph->ties[t].a;
        guint     l = graph->ties[t].b;
        DurePoint a = points[i];
        DurePoint b = points[j];
        DurePoint c = points[k];
        DurePoint d = points[l];

        if (i != k && i != l && j != k && j != l && side (a, b, c) * side (a, b, d) < 0
            && side (c, d, a) * side (c, d, b) < 0)
          found++;
      }
  return found;
}

static DurePoint *
improve (const DureGraph *graph, const DurePoint *from, const gboolean *pinned, double reading)
{
  DurePoint *points = g_memdup2 (from, graph->n_nodes * sizeof *from);
  guint64    random = 5;
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_reading_improve (graph, points, pinned, reading, &random, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  for (guint v = 0; v < graph->n_nodes; v++)
    g_assert_true (isfinite (points[v].x) && isfinite (points[v].y));
  return points;
}

static void
test_count (void)
{
  for (guint round = 0; round < 30; round++)
    {
      guint n = 5 + 13 * round;
      g_autoptr (DureGraph) graph = branches (n, n / 3, round);
      g_autofree DurePoint *points = scatter (n, round);

      /* Level, upright and crossing in one place */
      if (round % 3 == 1)
        for (guint v = 0; v < n; v++)
          points[v] = (DurePoint){ floor (points[v].x / 100), floor (points[v].y / 100) };
      if (round == 20)
        for (guint v = 0; v < n; v++)
          points[v].y = 3;
      g_assert_cmpuint (dure_count_crossings (graph, points), ==, count_all_pairs (graph, points));
    }
}

static void
test_count_broken_places (void)
{
  g_autoptr (DureGraph) graph = branches (200, 60, 1);
  g_autofree DurePoint *points = scatter (200, 1);

  points[3].x = NAN;
  points[5].y = INFINITY;
  g_assert_cmpuint (dure_count_crossings (graph, points), >, 100);
}

static void
test_tree (void)
{
  g_autoptr (DureGraph) graph = branches (120, 0, 3);
  g_autofree DurePoint *start = scatter (120, 3);
  g_autofree DurePoint *points = improve (graph, start, NULL, 1);

  g_assert_cmpuint (dure_count_crossings (graph, start), >, 500);
  g_assert_cmpuint (dure_count_crossings (graph, points), ==, 0);
}

static void
test_club (void)
{
  g_autoptr (DureGraph) graph = club ();
  g_autofree DurePoint *start = scatter (34, 1);
  g_autofree DurePoint *usual = improve (graph, start, NULL, DURE_LAYOUT_READING_DEFAULT);
  g_autofree DurePoint *fewest = improve (graph, start, NULL, 1);
  g_autofree DurePoint *none = improve (graph, start, NULL, 0);

  g_assert_cmpuint (dure_count_crossings (graph, usual), <=, 66);
  g_assert_cmpuint (dure_count_crossings (graph, fewest), <=, 25);
  g_assert_cmpmem (none, 34 * sizeof *none, start, 34 * sizeof *start);
}

/* Ties that lie on each other do not cross, but nobody can tell them apart. */
static void
test_on_ties (void)
{
  const guint  n = 25;
  DureGraphTie ties[24];
  guint        found = 0;

  for (guint t = 0; t < n - 1; t++)
    ties[t] = (DureGraphTie){ 0, t + 1, 1 };
  g_autoptr (DureGraph) graph = dure_graph_new (n, ties, n - 1);
  g_autofree DurePoint *start = scatter (n, 4);
  g_autofree DurePoint *points = improve (graph, start, NULL, 0.5);

  g_assert_cmpuint (dure_count_crossings (graph, points), ==, 0);
  for (guint v = 1; v < n; v++)
    for (guint w = 1; w < n; w++)
      {
        double along = (points[v].x - points[0].x) * (points[w].x - points[0].x)
                       + (points[v].y - points[0].y) * (points[w].y - points[0].y);
        double length = hypot (points[w].x - points[0].x, points[w].y - points[0].y);

        if (v != w && along > 0 && along < length * length
            && fabs (side (points[0], points[w], points[v])) / length < 0.02 * DURE_LAYOUT_STEP)
          found++;
        if (v != w)
          g_assert_cmpfloat (hypot (points[v].x - points[w].x, points[v].y - points[w].y), >, 0.08 * DURE_LAYOUT_STEP);
      }
  g_assert_cmpuint (found, ==, 0);
}

static void
test_same_again (void)
{
  g_autoptr (DureGraph) graph = branches (90, 20, 2);
  g_autofree DurePoint *start = scatter (90, 2);
  g_autofree DurePoint *once = improve (graph, start, NULL, 0.5);
  g_autofree DurePoint *twice = improve (graph, start, NULL, 0.5);

  g_assert_cmpmem (once, 90 * sizeof *once, twice, 90 * sizeof *twice);
}

static void
test_pins (void)
{
  g_autoptr (DureGraph) graph = branches (60, 15, 2);
  g_autofree DurePoint *start = scatter (60, 2);
  g_autofree gboolean  *pinned = g_new0 (gboolean, 60);
  g_autofree DurePoint *points = NULL;

  pinned[0] = pinned[7] = pinned[59] = TRUE;
  points = improve (graph, start, pinned, 0.6);
  g_assert_cmpmem (&points[0], sizeof *points, &start[0], sizeof *start);
  g_assert_cmpmem (&points[7], sizeof *points, &start[7], sizeof *start);
  g_assert_cmpmem (&points[59], sizeof *points, &start[59], sizeof *start);
  g_assert_cmpuint (dure_count_crossings (graph, points) * 3, <, dure_count_crossings (graph, start));
}

/* Places from a file may be missing, or all the same. */
static void
test_broken_places (void)
{
  g_autoptr (DureGraph) graph = branches (40, 10, 2);
  g_autofree DurePoint *start = scatter (40, 2);
  g_autofree DurePoint *points = NULL;

  for (guint v = 0; v < 30; v++)
    start[v] = v < 10 ? (DurePoint){ NAN, 1 } : (DurePoint){ 50, 50 };
  points = improve (graph, start, NULL, 0.7);
  for (guint v = 0; v < 40; v++)
    for (guint w = 0; w < v; w++)
      g_assert_cmpfloat (hypot (points[v].x - points[w].x, points[v].y - points[w].y), >, 1e-3);
}

static void
test_tiny (void)
{
  for (guint n = 1; n < 6; n++)
    {
      g_autoptr (DureGraph) graph = branches (n, 0, 1);
      g_autofree DurePoint *start = scatter (n, 1);
      g_autofree DurePoint *points = improve (graph, start, NULL, 1);

      g_assert_cmpuint (dure_count_crossings (graph, points), ==, 0);
    }
}

typedef struct
{
  GCancellable *cancellable;
  double        last;
  guint         calls;
} Told;

static void
tell (double fraction, gpointer data)
{
  Told *told = data;

  g_assert_cmpfloat (fraction, >=, told->last);
  g_assert_cmpfloat (fraction, <=, 1);
  told->last = fraction;
  if (++told->calls == 3 && told->cancellable != NULL)
    g_cancellable_cancel (told->cancellable);
}

static void
test_stop (void)
{
  g_autoptr (DureGraph) graph = branches (90, 20, 2);
  g_autofree DurePoint *start = scatter (90, 2);
  g_autofree DurePoint *points = g_memdup2 (start, 90 * sizeof *start);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Told    told = { 0 };
  guint64 random = 1;

  g_assert_true (dure_reading_improve (graph, points, NULL, 0.5, &random, tell, &told, NULL, &error));
  g_assert_cmpuint (told.calls, >, 10);
  g_assert_cmpfloat (told.last, >, 0.9);
  told = (Told){ .cancellable = cancellable };
  memcpy (points, start, 90 * sizeof *start);
  g_assert_false (dure_reading_improve (graph, points, NULL, 0.5, &random, tell, &told, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (told.calls, ==, 3);
  g_assert_cmpmem (points, 90 * sizeof *points, start, 90 * sizeof *start);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reading/count", test_count);
  g_test_add_func ("/reading/count-broken-places", test_count_broken_places);
  g_test_add_func ("/reading/tree", test_tree);
  g_test_add_func ("/reading/club", test_club);
  g_test_add_func ("/reading/on-ties", test_on_ties);
  g_test_add_func ("/reading/same-again", test_same_again);
  g_test_add_func ("/reading/pins", test_pins);
  g_test_add_func ("/reading/broken-places", test_broken_places);
  g_test_add_func ("/reading/tiny", test_tiny);
  g_test_add_func ("/reading/stop", test_stop);
  return g_test_run ();
}
