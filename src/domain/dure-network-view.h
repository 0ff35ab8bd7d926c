/* dure-network-view.h: everything that a saved view of the network keeps, but for the places
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"

G_BEGIN_DECLS

/**
 * DurePictureKind: how the agencies are laid out.
 * @DURE_PICTURE_DISTANCE: few steps in the network, near on the paper
 * @DURE_PICTURE_GROUP: each group by itself
 * @DURE_PICTURE_CONCENTRIC: the higher the measure, the nearer to the middle
 * @DURE_PICTURE_COUNCIL: the council and its bodies as a tree
 * @DURE_PICTURE_DONG: where they are on the map
 * @DURE_PICTURE_FREE: where they were left
 */
typedef enum
{
  DURE_PICTURE_DISTANCE,
  DURE_PICTURE_GROUP,
  DURE_PICTURE_CONCENTRIC,
  DURE_PICTURE_COUNCIL,
  DURE_PICTURE_DONG,
  DURE_PICTURE_FREE,
} DurePictureKind;

/** DureColourBy: what the colour of a node says. */
typedef enum
{
  DURE_COLOUR_AREA,
  DURE_COLOUR_SECTOR,
  DURE_COLOUR_KIND,
  DURE_COLOUR_COMMUNITY,
  DURE_COLOUR_CORE,
} DureColourBy;

/** DureSizeBy: what the size of a node says. */
typedef enum
{
  DURE_SIZE_SAME,
  DURE_SIZE_DEGREE,
  DURE_SIZE_STRENGTH,
  DURE_SIZE_BETWEENNESS,
  DURE_SIZE_HARMONIC,
  DURE_SIZE_CORE,
} DureSizeBy;

/** DureGroupBy: what makes a group. */
typedef enum
{
  DURE_GROUP_AREA,
  DURE_GROUP_SECTOR,
  DURE_GROUP_KIND,
  DURE_GROUP_REGION,
  DURE_GROUP_COMMUNITY,
} DureGroupBy;

#define DURE_N_PICTURES 6
#define DURE_N_COLOURS 5
#define DURE_N_SIZES 6
#define DURE_N_GROUPS 5
#define DURE_VIEW_READING 0.5

/** DureNetworkView: start from dure_network_view_new(). */
typedef struct
{
  DureNetworkFilter *filter; /* never NULL */
  DurePictureKind    picture;
  DureColourBy       colour;
  DureSizeBy         size;
  DureGroupBy        group;
  double             reading;         /* 0 by distance … 1 fewest crossings */
  char             **community_names; /* by number, "" for one without a name; or NULL */
  GHashTable        *community_of;    /* agency id -> number of its community, so that the names stay; or NULL */

  /*< private >*/
  char *rest; /* members of the JSON that this program does not know */
} DureNetworkView;

DureNetworkView *dure_network_view_new (void);
DureNetworkView *dure_network_view_copy (const DureNetworkView *self);
void             dure_network_view_free (DureNetworkView *self);
char            *dure_network_view_to_json (const DureNetworkView *self);
DureNetworkView *dure_network_view_from_json (const char *json, GError **error);
void   dure_network_view_keep_communities (DureNetworkView *self, const DureNetwork *network, const guint *community);
guint *dure_network_view_old_communities (const DureNetworkView *self, const DureNetwork *network);

const char *dure_picture_label (DurePictureKind picture);
const char *dure_colour_by_label (DureColourBy colour);
const char *dure_size_by_label (DureSizeBy size);
const char *dure_group_by_label (DureGroupBy group);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureNetworkView, dure_network_view_free)

G_END_DECLS
