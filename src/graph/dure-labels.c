/* dure-labels.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-labels.h"

#include <math.h>

/* Rectangles in square cells; a rectangle stands in every cell that it touches. */
typedef struct
{
  double      cell;
  GHashTable *cells; /* gint64 -> GArray of guint, numbers of rects */
  GArray     *rects; /* of DureRect */
} Grid;

static gint64
cell_key (int column, int row)
{
  return (gint64)(((guint64)(guint32)column << 32) | (guint32)row);
}

static void
grid_add (Grid *grid, const DureRect *rect)
{
  guint number = grid->rects->len;

  g_array_append_val (grid->rects, *rect);
  for (int column = (int)floor (rect->x / grid->cell); column <= (int)floor ((rect->x + rect->width) / grid->cell);
       column++)
    for (int row = (int)floor (rect->y / grid->cell); row <= (int)floor ((rect->y + rect->height) / grid->cell); row++)
      {
        gint64  key = cell_key (column, row);
        GArray *list = g_hash_table_lookup (grid->cells, &key);

        if (list == NULL)
          {
            list = g_array_new (FALSE, FALSE, sizeof (guint));
            g_hash_table_insert (grid->cells, g_memdup2 (&key, sizeof key), list);
          }
        g_array_append_val (list, number);
      }
}

static gboolean
grid_is_free (const Grid *grid, const DureRect *rect)
{
  for (int column = (int)floor (rect->x / grid->cell); column <= (int)floor ((rect->x + rect->width) / grid->cell);
       column++)
    for (int row = (int)floor (rect->y / grid->cell); row <= (int)floor ((rect->y + rect->height) / grid->cell); row++)
      {
        gint64        key = cell_key (column, row);
        const GArray *list = g_hash_table_lookup (grid->cells, &key);

        for (guint i = 0; list != NULL && i < list->len; i++)
          if (dure_rect_meets (rect, &g_array_index (grid->rects, DureRect, g_array_index (list, guint, i))))
            return FALSE;
      }
  return TRUE;
}

static DureRect
rect_at (const DureLabel *label, DurePoint point, double radius, double gap, DureLabelPlace place)
{
  double w = label->width;
  double h = label->height;

  switch (place)
    {
    case DURE_LABEL_ABOVE:
      return (DureRect){ point.x - w / 2, point.y - radius - gap - h, w, h };
    case DURE_LABEL_RIGHT:
      return (DureRect){ point.x + radius + gap, point.y - h / 2, w, h };
    case DURE_LABEL_LEFT:
      return (DureRect){ point.x - radius - gap - w, point.y - h / 2, w, h };
    case DURE_LABEL_BELOW:
    case DURE_LABEL_HIDDEN:
    default:
      return (DureRect){ point.x - w / 2, point.y + radius + gap, w, h };
    }
}

static int
compare_importance (gconstpointer left, gconstpointer right, gpointer data)
{
  const DureLabel *labels = data;
  guint            i = *(const guint *)left;
  guint            j = *(const guint *)right;

  if (labels[i].importance != labels[j].importance)
    return labels[i].importance > labels[j].importance ? -1 : 1;
  return (i > j) - (i < j);
}

static gboolean
is_inside (const DureRect *rect, const DureRect *within)
{
  return within == NULL
         || (rect->x >= within->x && rect->y >= within->y && rect->x + rect->width <= within->x + within->width
             && rect->y + rect->height <= within->y + within->height);
}

/**
 * dure_place_labels:
 * @labels: (inout) (array length=n): one a node
 * @n: how many
 * @points: the middles of the nodes
 * @radius: half the sizes of the nodes
 * @gap: space between node and label
 * @within: (nullable): labels must lie inside
 *
 * The most important label first, each below its node, else above, right or left of it, else hidden. A shown label lies
 * on no other label and on no node. O(n) for nodes that are spread out.
 *
 * Returns: how many are shown
 */
guint
dure_place_labels (
    DureLabel *labels, guint n, const DurePoint *points, const double *radius, double gap, const DureRect *within)
{
  static const DureLabelPlace order_of_places[]
      = { DURE_LABEL_BELOW, DURE_LABEL_ABOVE, DURE_LABEL_RIGHT, DURE_LABEL_LEFT };
  g_autofree guint *order = g_new (guint, n + 1);
  Grid              grid = { .cell = 40 };
  guint             shown = 0;

  grid.cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_array_unref);
  grid.rects = g_array_sized_new (FALSE, FALSE, sizeof (DureRect), 2 * n + 1);
  for (guint i = 0; i < n; i++)
    grid.cell = MAX (grid.cell, labels[i].height * 2);
  for (guint i = 0; i < n; i++)
    {
      DureRect node = { points[i].x - radius[i], points[i].y - radius[i], 2 * radius[i], 2 * radius[i] };

      order[i] = i;
      grid_add (&grid, &node);
    }
  if (n > 1)
    g_qsort_with_data (order, (int)n, sizeof *order, compare_importance, labels);

  for (guint k = 0; k < n; k++)
    {
      DureLabel *label = &labels[order[k]];

      label->place = DURE_LABEL_HIDDEN;
      for (guint p = 0; p < G_N_ELEMENTS (order_of_places) && label->importance >= 0 && label->width > 0; p++)
        {
          DureRect rect = rect_at (label, points[order[k]], radius[order[k]], gap, order_of_places[p]);

          if (is_inside (&rect, within) && grid_is_free (&grid, &rect))
            {
              label->place = order_of_places[p];
              label->rect = rect;
              grid_add (&grid, &rect);
              shown++;
              break;
            }
        }
    }
  g_hash_table_unref (grid.cells);
  g_array_unref (grid.rects);
  return shown;
}
