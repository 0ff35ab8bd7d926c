/* dure-packing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-packing.h"

#include <math.h>

#define FITTED 200

/**
 * dure_rect_union:
 * @a: a rectangle
 * @b: another
 *
 * Returns: the smallest rectangle around both
 */
DureRect
dure_rect_union (const DureRect *a, const DureRect *b)
{
  double x = MIN (a->x, b->x);
  double y = MIN (a->y, b->y);

  return (DureRect){ x, y, MAX (a->x + a->width, b->x + b->width) - x, MAX (a->y + a->height, b->y + b->height) - y };
}

static gboolean
is_free (const DureRect *box, const DureRect *boxes, const gboolean *placed, guint n, double gap)
{
  DureRect wide
      = { box->x - gap + 1e-6, box->y - gap + 1e-6, box->width + 2 * gap - 2e-6, box->height + 2 * gap - 2e-6 };

  for (guint i = 0; i < n; i++)
    if (placed[i] && dure_rect_meets (&wide, &boxes[i]))
      return FALSE;
  return TRUE;
}

/* How large the whole becomes, measured against the aspect that is wished; the distance to the upper left decides
 * between equals. */
static double
cost (const DureRect *whole, const DureRect *box, double aspect)
{
  DureRect all = dure_rect_union (whole, box);

  return MAX (all.width, all.height * aspect) + 1e-4 * (hypot (box->x - whole->x, box->y - whole->y));
}

static void
try_place (DureRect       *box,
           double          x,
           double          y,
           const DureRect *boxes,
           const gboolean *placed,
           guint           n,
           double          gap,
           double          aspect,
           const DureRect *whole,
           DureRect       *best,
           double         *best_cost)
{
  DureRect candidate = { x, y, box->width, box->height };
  double   c = cost (whole, &candidate, aspect);

  if (c < *best_cost && is_free (&candidate, boxes, placed, n, gap))
    {
      *best = candidate;
      *best_cost = c;
    }
}

/* The rest, which are small, in rows below the whole. */
static void
shelve (DureRect *boxes, const gboolean *placed, guint first, guint n, double gap, double aspect, DureRect *whole)
{
  double area = whole->width * whole->height;
  double x = whole->x;
  double y = whole->y + whole->height + gap;
  double row_height = 0;
  double width;

  for (guint i = first; i < n; i++)
    if (!placed[i])
      area += (boxes[i].width + gap) * (boxes[i].height + gap);
  width = MAX (whole->width, sqrt (area * aspect));
  for (guint i = first; i < n; i++)
    {
      if (placed[i])
        continue;
      if (x > whole->x && x + boxes[i].width > whole->x + width)
        {
          x = whole->x;
          y += row_height + gap;
          row_height = 0;
        }
      boxes[i].x = x;
      boxes[i].y = y;
      x += boxes[i].width + gap;
      row_height = MAX (row_height, boxes[i].height);
    }
  for (guint i = first; i < n; i++)
    *whole = dure_rect_union (whole, &boxes[i]);
}

/**
 * dure_pack:
 * @boxes: (inout) (array length=n): the boxes, the most important first; their places are set
 * @fixed: (nullable): which boxes stay where they are
 * @n: how many
 * @gap: space between boxes
 * @aspect: width / height of the whole that is wished
 *
 * Puts every box at that corner of the last 40 boxes before it where the whole grows least, and after some hundred
 * boxes the rest in rows. O(n) for large n.
 *
 * Returns: the rectangle around all of them
 */
DureRect
dure_pack (DureRect *boxes, const gboolean *fixed, guint n, double gap, double aspect)
{
  g_autofree gboolean *placed = g_new0 (gboolean, n + 1);
  DureRect             whole = { 0 };
  gboolean             any = FALSE;

  for (guint i = 0; i < n; i++)
    if (fixed != NULL && fixed[i])
      {
        whole = any ? dure_rect_union (&whole, &boxes[i]) : boxes[i];
        placed[i] = any = TRUE;
      }
  for (guint i = 0; i < n; i++)
    {
      DureRect best = { 0, 0, boxes[i].width, boxes[i].height };
      double   best_cost = G_MAXDOUBLE;

      if (placed[i])
        continue;
      if (i >= FITTED)
        {
          shelve (boxes, placed, i, n, gap, aspect, &whole);
          break;
        }
      if (any)
        {
          /* Beside and below the whole there is always room. */
          try_place (&boxes[i], whole.x + whole.width + gap, whole.y, boxes, placed, n, gap, aspect, &whole, &best,
                     &best_cost);
          try_place (&boxes[i], whole.x, whole.y + whole.height + gap, boxes, placed, n, gap, aspect, &whole, &best,
                     &best_cost);
          for (guint j = i > 40 ? i - 40 : 0; j < n; j++)
            {
              const DureRect *other = &boxes[j];

              if (!placed[j])
                continue;
              try_place (&boxes[i], other->x + other->width + gap, other->y, boxes, placed, n, gap, aspect, &whole,
                         &best, &best_cost);
              try_place (&boxes[i], other->x, other->y + other->height + gap, boxes, placed, n, gap, aspect, &whole,
                         &best, &best_cost);
              try_place (&boxes[i], other->x + other->width + gap, whole.y, boxes, placed, n, gap, aspect, &whole,
                         &best, &best_cost);
              try_place (&boxes[i], whole.x, other->y + other->height + gap, boxes, placed, n, gap, aspect, &whole,
                         &best, &best_cost);
            }
        }
      boxes[i] = best;
      whole = any ? dure_rect_union (&whole, &best) : best;
      placed[i] = any = TRUE;
    }
  return whole;
}
