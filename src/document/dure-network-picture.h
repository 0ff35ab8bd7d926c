/* dure-network-picture.h: a network on paper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>

#include "document/dure-network-style.h"
#include "domain/dure-network.h"
#include "graph/dure-layout.h"

G_BEGIN_DECLS

/** DureTieMark: how a tie is drawn when two moments are compared. */
typedef enum
{
  DURE_TIE_MARK_NONE,
  DURE_TIE_MARK_NEW,    /* thick and dark */
  DURE_TIE_MARK_LOST,   /* dashed */
  DURE_TIE_MARK_WISHED, /* dotted: an introduction would make it */
} DureTieMark;

/** DureNetworkPictureOptions: start from dure_network_picture_options_init(). Lengths are in the units of the cairo
 * context; arrays are borrowed and have one value a node (@tie_mark: a tie). */
typedef struct
{
  const char *const *room;      /* ids of those who are invited; the others are drawn faint; NULL for no difference */
  const char        *font;      /* family */
  double             font_size; /* of labels */
  double             radius;    /* of nodes, at most */
  gboolean           labels;
  gboolean           legend;

  const char *title;    /* above, or NULL */
  const char *footnote; /* below the legend, or NULL */

  const DureColour  *palette; /* NULL for the colours of the areas */
  guint              n_palette;
  const guint       *colour;       /* index into palette; G_MAXUINT for none */
  const char *const *colour_names; /* n_palette words of the legend; NULL leaves the colours out of it */
  const double      *size;         /* factor of the radius, 0.6 to 2.5; NULL for all alike */

  const guint       *group; /* for hulls; G_MAXUINT for none; NULL for no groups */
  const char *const *group_names;
  guint              n_groups;
  gboolean           hulls;    /* a shape behind each group of two or more */
  gboolean           arrows;   /* for referrals */
  gboolean           widths;   /* ties by the number of records */
  const guint       *wished;   /* pairs of nodes that should meet, two numbers each; or NULL */
  guint              n_wished; /* pairs */
  const guint8      *tie_mark; /* DureTieMark, or NULL */
  gboolean           privacy;  /* say what kind of agency it is in place of its name */
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
