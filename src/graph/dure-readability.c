/* dure-readability.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-readability.h"

#include <math.h>
#include <stdlib.h>

typedef struct
{
  const DurePoint *points;
  const double    *width;
} ByLeft;

static int
compare_left (gconstpointer left, gconstpointer right, gpointer data)
{
  const ByLeft *by = data;
  guint         i = *(const guint *)left;
  guint         j = *(const guint *)right;
  double        x = by->points[i].x - by->width[i] / 2;
  double        y = by->points[j].x - by->width[j] / 2;

  if (x != y)
    return x < y ? -1 : 1;
  return (i > j) - (i < j);
}

static guint *
order_by_left (guint n, const DurePoint *points, const double *width)
{
  guint *order = g_new (guint, n + 1);
  ByLeft by = { points, width };

  for (guint i = 0; i < n; i++)
    order[i] = i;
  if (n > 1)
    g_qsort_with_data (order, (int)n, sizeof *order, compare_left, &by);
  return order;
}

/* Moves two boxes apart along the axis that needs less. */
static void
part_pair (DurePoint *a, DurePoint *b, double over_x, double over_y, gboolean a_pinned, gboolean b_pinned)
{
  double share_a = a_pinned ? 0 : b_pinned ? 1 : 0.5;
  double share_b = b_pinned ? 0 : a_pinned ? 1 : 0.5;

  if (over_x <= over_y)
    {
      double direction = a->x < b->x ? -1 : 1;

      a->x += direction * share_a * over_x;
      b->x -= direction * share_b * over_x;
    }
  else
    {
      double direction = a->y < b->y ? -1 : 1;

      a->y += direction * share_a * over_y;
      b->y -= direction * share_b * over_y;
    }
}

/* One sweep; with @move the pairs are parted. Returns how many overlapped, not counting two pinned ones when parting.
 */
static guint
sweep (guint n, DurePoint *points, const double *width, const double *height, const gboolean *pinned, gboolean move)
{
  g_autofree guint *order = order_by_left (n, points, width);
  guint             found = 0;
  double            widest = 0;

  for (guint i = 0; i < n; i++)
    widest = MAX (widest, width[i]);
  for (guint k = 0; k < n; k++)
    {
      guint i = order[k];

      for (guint l = k + 1; l < n; l++)
        {
          guint  j = order[l];
          double over_x = (width[i] + width[j]) / 2 - fabs (points[i].x - points[j].x);
          double over_y = (height[i] + height[j]) / 2 - fabs (points[i].y - points[j].y);

          /* Moving puts boxes a little out of order, so look as far as the widest could reach. */
          if (points[j].x - points[i].x > (width[i] + widest) / 2 + (move ? widest : 0))
            break;
          if (over_x <= 1e-6 || over_y <= 1e-6 || (move && pinned != NULL && pinned[i] && pinned[j]))
            continue;
          found++;
          if (move)
            part_pair (&points[i], &points[j], over_x * 1.01, over_y * 1.01, pinned != NULL && pinned[i],
                       pinned != NULL && pinned[j]);
        }
    }
  return found;
}

/**
 * dure_count_overlaps:
 * @n: how many boxes
 * @points: their middles
 * @width: their widths
 * @height: their heights
 *
 * Returns: how many pairs overlap
 */
guint
dure_count_overlaps (guint n, const DurePoint *points, const double *width, const double *height)
{
  return sweep (n, (DurePoint *)points, width, height, NULL, FALSE);
}

/**
 * dure_remove_overlaps:
 * @n: how many boxes
 * @points: (inout): their middles
 * @width: their widths
 * @height: their heights
 * @pinned: (nullable): which must not move
 * @rounds: how often to sweep at most
 *
 * Parts boxes that overlap, each pair along the shorter way, until none do. O(n log n) a round when few overlap.
 *
 * Returns: how many pairs still overlapped in the last round; 0 when none
 */
guint
dure_remove_overlaps (
    guint n, DurePoint *points, const double *width, const double *height, const gboolean *pinned, guint rounds)
{
  guint found = 0;

  for (guint round = 0; round < rounds; round++)
    {
      found = sweep (n, points, width, height, pinned, TRUE);
      if (found == 0)
        break;
    }
  return found;
}
