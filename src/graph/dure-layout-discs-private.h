/* dure-layout-discs-private.h: places for discs of different sizes with ties between them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-layout.h"

G_BEGIN_DECLS

/** DureDisc: a disc and where its middle stands. */
typedef struct
{
  DurePoint at;
  double    radius;
} DureDisc;

gboolean dure_discs_place (
    DureDisc *discs, const DureGraph *ties, double aspect, guint seed, GCancellable *cancellable, GError **error);
void dure_discs_part (DureDisc *discs, guint n);

G_END_DECLS
