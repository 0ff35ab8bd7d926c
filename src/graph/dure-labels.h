/* dure-labels.h: which labels are shown, and where, so that none lies on another or on a node
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-layout.h"
#include "graph/dure-packing.h"

G_BEGIN_DECLS

/** DureLabelPlace: where a label stands by its node. */
typedef enum
{
  DURE_LABEL_HIDDEN,
  DURE_LABEL_BELOW,
  DURE_LABEL_ABOVE,
  DURE_LABEL_RIGHT,
  DURE_LABEL_LEFT,
} DureLabelPlace;

/** DureLabel: one label; @place and @rect are set by dure_place_labels(). */
typedef struct
{
  double         width;
  double         height;
  double         importance; /* the larger the earlier; below 0 never shown */
  DureLabelPlace place;
  DureRect       rect;
} DureLabel;

guint dure_place_labels (
    DureLabel *labels, guint n, const DurePoint *points, const double *radius, double gap, const DureRect *within);

G_END_DECLS
