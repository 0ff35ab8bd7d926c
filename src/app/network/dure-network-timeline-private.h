/* dure-network-timeline-private.h: shared by the files of the time line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/network/dure-network-timeline.h"
#include "domain/dure-network-months.h"

G_BEGIN_DECLS

/** DureTimelineRange: a period by the numbers of its months, both within. */
typedef struct
{
  int first;
  int last;
} DureTimelineRange;

/** DureTimelineDrag: what the pointer has hold of. */
typedef enum
{
  DRAG_NONE,
  DRAG_FIRST,
  DRAG_LAST,
  DRAG_WHOLE,
  DRAG_NEW,
} DureTimelineDrag;

#define DURE_TIMELINE_BAR 28

struct _DureNetworkTimeline
{
  GtkWidget parent_instance;

  GArray           *months; /* of DureNetworkMonth; NULL until it is known */
  guint            *count;  /* of each month */
  guint             most;
  DureTimelineRange ranges[2];
  gboolean          whole; /* no period is chosen: all that stands today */
  gboolean          two;
  int               active; /* which period the keys move */
  DureTimelineDrag  drag;
  DureTimelineRange drag_begin;
  double            drag_x;
};

void   dure_timeline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
double dure_timeline_month_width (DureNetworkTimeline *self);

G_END_DECLS
