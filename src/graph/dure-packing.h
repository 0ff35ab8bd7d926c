/* dure-packing.h: puts the parts of a drawing beside each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** DureRect: a rectangle by its upper left corner. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} DureRect;

static inline gboolean
dure_rect_meets (const DureRect *a, const DureRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

DureRect dure_rect_union (const DureRect *a, const DureRect *b);
DureRect dure_pack (DureRect *boxes, const gboolean *fixed, guint n, double gap, double aspect);

G_END_DECLS
