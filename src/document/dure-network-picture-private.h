/* dure-network-picture-private.h: shared by the files of the picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pangocairo.h>

#include "document/dure-network-picture.h"
#include "graph/dure-packing.h"

G_BEGIN_DECLS

typedef struct
{
  cairo_t                         *cr;
  const DureNetwork               *network;
  const DureNetworkPictureOptions *options;
  DurePoint                       *points; /* in the units of the context */
  gboolean                        *in_room;
  double                           radius;
  PangoLayout                     *layout;
} DurePicture;

void       dure_picture_ink (cairo_t *cr, double grey);
DureColour dure_picture_colour (const DurePicture *self, guint node);
double     dure_picture_radius (const DurePicture *self, guint node);
void       dure_picture_shape (
          DurePicture *self, DureNetworkSector sector, DureColour colour, gboolean filled, DurePoint at, double radius);
double dure_picture_head (DurePicture *self, DureRect box);
double dure_picture_legend (DurePicture *self, DureRect box);
void   dure_picture_hulls (DurePicture *self, DurePoint *tops);

G_END_DECLS
