/* dure-network-style.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-document"

#include "config.h"

#include "document/dure-network-style.h"

#include <math.h>

/* At least 3:1 against white, and their mates at least 3:1 against #242424. */
static const guint32 light_colours[DURE_N_AREAS + 1]
    = { 0x1c71d8, 0x26a269, 0xc64600, 0x813d9c, 0x9c6e00, 0xc01c76, 0x0b8a94, 0x77767b, 0x5e5c64 };
static const guint32 dark_colours[DURE_N_AREAS + 1]
    = { 0x78aeed, 0x57e389, 0xffa348, 0xc061cb, 0xe5b93c, 0xf066ae, 0x4fc3cd, 0xb5b3ba, 0xdeddda };

/**
 * dure_network_area_colour:
 * @area: number of an area, or %DURE_NO_AREA
 * @dark: whether the ground is dark
 *
 * Returns: its colour
 */
DureColour
dure_network_area_colour (int area, gboolean dark)
{
  guint32 rgb = (dark ? dark_colours : light_colours)[area >= 0 && area < DURE_N_AREAS ? area : DURE_N_AREAS];

  return (DureColour){ (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0 };
}

static void
rounded_square (cairo_t *cr, double x, double y, double half, double corner)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + half - corner, y - half + corner, corner, -G_PI / 2, 0);
  cairo_arc (cr, x + half - corner, y + half - corner, corner, 0, G_PI / 2);
  cairo_arc (cr, x - half + corner, y + half - corner, corner, G_PI / 2, G_PI);
  cairo_arc (cr, x - half + corner, y - half + corner, corner, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

/**
 * dure_network_shape:
 * @cr: where to draw
 * @sector: public is a rounded square, private a circle, a council a hexagon
 * @x: middle
 * @y: middle
 * @radius: half the size; the three look equally large
 *
 * Adds the outline to the path.
 */
void
dure_network_shape (cairo_t *cr, DureNetworkSector sector, double x, double y, double radius)
{
  switch (sector)
    {
    case DURE_SECTOR_PUBLIC:
      rounded_square (cr, x, y, radius * 0.89, radius * 0.28);
      break;
    case DURE_SECTOR_COUNCIL:
      for (int i = 0; i < 6; i++)
        {
          double angle = G_PI / 3 * i;

          if (i == 0)
            cairo_move_to (cr, x + radius * 1.1 * cos (angle), y + radius * 1.1 * sin (angle));
          else
            cairo_line_to (cr, x + radius * 1.1 * cos (angle), y + radius * 1.1 * sin (angle));
        }
      cairo_close_path (cr);
      break;
    case DURE_SECTOR_PRIVATE:
    default:
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      cairo_close_path (cr);
      break;
    }
}

/**
 * dure_network_tie_width:
 * @tie: a tie
 *
 * Returns: how thick it is drawn, 1 to 5: by the number of records and referrals behind it, growing slowly
 */
double
dure_network_tie_width (const DureNetworkTie *tie)
{
  double n = MAX ((double)tie->count, MAX (1, (double)tie->sent + tie->returned));

  return MIN (5, 1 + 0.75 * log2 (n));
}
