/* dure-network-style.h: shapes by sector, colours by area: the same on the screen and on paper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>

#include "domain/dure-network.h"

G_BEGIN_DECLS

/** DureColour: red, green, blue, 0 to 1. */
typedef struct
{
  double red;
  double green;
  double blue;
} DureColour;

DureColour dure_network_area_colour (int area, gboolean dark);
void       dure_network_shape (cairo_t *cr, DureNetworkSector sector, double x, double y, double radius);
double     dure_network_tie_width (const DureNetworkTie *tie);

G_END_DECLS
