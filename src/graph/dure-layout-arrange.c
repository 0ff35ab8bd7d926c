/* dure-layout-arrange.c: the parts of a drawing beside each other, and those without any tie
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include <math.h>

#include "graph/dure-layout-private.h"
#include "graph/dure-packing.h"

#define STEP DURE_LAYOUT_STEP

static DureRect
box_of (const DureLayoutWork *work, const guint *nodes, guint n)
{
  DureRect whole = { 0 };

  for (guint i = 0; i < n; i++)
    {
      guint    v = nodes[i];
      DureRect box = { work->points[v].x - work->width[v] / 2, work->points[v].y - work->height[v] / 2, work->width[v],
                       work->height[v] };

      whole = i == 0 ? box : dure_rect_union (&whole, &box);
    }
  return whole;
}

/* Nodes without a tie stand in rows below the rest or in columns beside it, whichever fits the aspect better; known
 * ones stay. */
static void
place_isolates (DureLayoutWork *work, const guint *nodes, guint n, DureRect whole, gboolean any)
{
  g_autoptr (GArray) loose = g_array_new (FALSE, FALSE, sizeof (guint));
  double    cell_width = 0;
  double    cell_height = 0;
  double    aspect = work->options->aspect;
  guint     columns;
  guint     rows;
  DurePoint origin;

  for (guint i = 0; i < n; i++)
    {
      guint v = nodes[i];

      if (dure_layout_is_pinned (work, v) || dure_layout_is_known (work, v))
        work->points[v] = work->options->start[v];
      else
        g_array_append_val (loose, v);
      cell_width = MAX (cell_width, work->width[v]);
      cell_height = MAX (cell_height, work->height[v]);
    }
  if (loose->len == 0)
    return;
  if (loose->len < n)
    {
      for (guint i = 0; i < n; i++)
        if (dure_layout_is_pinned (work, nodes[i]) || dure_layout_is_known (work, nodes[i]))
          {
            DureRect box = box_of (work, &nodes[i], 1);

            whole = any ? dure_rect_union (&whole, &box) : box;
            any = TRUE;
          }
    }
  cell_width += STEP * 0.35;
  cell_height += STEP * 0.25;
  if (!any)
    {
      columns = MAX (1, (guint)ceil (sqrt (loose->len * aspect * cell_height / cell_width)));
      origin = (DurePoint){ 0, 0 };
    }
  else
    {
      guint  by_row = MAX (1, (guint)(whole.width / cell_width));
      guint  by_column = MAX (1, (guint)(whole.height / cell_height));
      double below = whole.height + cell_height * ceil ((double)loose->len / by_row);
      double beside = whole.width + cell_width * ceil ((double)loose->len / by_column);

      if (MAX (whole.width, below * aspect) <= MAX (beside, whole.height * aspect))
        {
          columns = MIN (by_row, loose->len);
          origin = (DurePoint){ whole.x + (whole.width - columns * cell_width) / 2 + cell_width / 2,
                                whole.y + whole.height + STEP * 0.5 + cell_height / 2 };
        }
      else
        {
          columns = (guint)ceil ((double)loose->len / by_column);
          rows = (guint)ceil ((double)loose->len / columns);
          origin = (DurePoint){ whole.x + whole.width + STEP * 0.5 + cell_width / 2,
                                whole.y + (whole.height - rows * cell_height) / 2 + cell_height / 2 };
        }
    }
  for (guint i = 0; i < loose->len; i++)
    {
      guint v = g_array_index (loose, guint, i);

      work->points[v].x = origin.x + (i % columns) * cell_width;
      work->points[v].y = origin.y + (i / columns) * cell_height;
    }
}

/**
 * dure_layout_arrange:
 * @work: the run; its points move
 * @parts: the parts of its network
 * @n_parts: how many of them have ties
 * @anchored: which of those must stay where they are
 *
 * Packs the parts, and puts the nodes without a tie in rows.
 */
void
dure_layout_arrange (DureLayoutWork *work, const DureComponents *parts, guint n_parts, const gboolean *anchored)
{
  g_autofree DureRect *boxes = g_new (DureRect, n_parts + 1);
  g_autofree DureRect *before = g_new (DureRect, n_parts + 1);
  DureRect             whole = { 0 };

  for (guint c = 0; c < n_parts; c++)
    before[c] = boxes[c] = box_of (work, &parts->nodes[parts->first[c]], parts->size[c]);
  if (n_parts > 0)
    whole = dure_pack (boxes, anchored, n_parts, STEP * 0.5, work->options->aspect);
  for (guint c = 0; c < n_parts; c++)
    for (guint i = parts->first[c]; i < parts->first[c + 1]; i++)
      {
        work->points[parts->nodes[i]].x += boxes[c].x - before[c].x;
        work->points[parts->nodes[i]].y += boxes[c].y - before[c].y;
      }
  place_isolates (work, &parts->nodes[parts->first[n_parts]], work->graph->n_nodes - parts->first[n_parts], whole,
                  n_parts > 0);
}
