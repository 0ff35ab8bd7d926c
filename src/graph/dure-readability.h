/* dure-readability.h: what makes a drawing of a network easy to read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-crossings.h"

G_BEGIN_DECLS

guint dure_count_overlaps (guint n, const DurePoint *points, const double *width, const double *height);
guint dure_remove_overlaps (
    guint n, DurePoint *points, const double *width, const double *height, const gboolean *pinned, guint rounds);

G_END_DECLS
