/* dure-network-picture.h: a network on paper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>

#include "domain/dure-network.h"
#include "graph/dure-layout.h"

G_BEGIN_DECLS

/** DureNetworkPictureOptions: start from dure_network_picture_options_init(). Lengths are in the units of the cairo
 * context. */
typedef struct
{
  const char *const *room;      /* ids of those who are invited; the others are drawn faint; NULL for no difference */
  const char        *font;      /* family */
  double             font_size; /* of labels */
  double             radius;    /* of nodes, at most */
  gboolean           labels;
  gboolean           legend;
} DureNetworkPictureOptions;

void dure_network_picture_options_init (DureNetworkPictureOptions *options);
void dure_network_picture_draw (cairo_t                         *cr,
                                const DureNetwork               *network,
                                const DurePoint                 *positions,
                                const DureNetworkPictureOptions *options,
                                double                           x,
                                double                           y,
                                double                           width,
                                double                           height);

G_END_DECLS
