/* dure-network.h: agencies and the ties between them, built out of records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A DureNetwork is a value: once built it is never changed, so threads may share it (dure_network_ref () is atomic).
 * Nodes are ordered by name, then id, those of the council from the city down; ties by their ends; tie i of `graph` is
 * tie i of `ties`.
 */
#pragma once

#include <gio/gio.h>

#include "graph/dure-graph.h"
#include "store/dure-store.h"

G_BEGIN_DECLS

/**
 * DureLayer: where a tie comes from.
 * @DURE_LAYER_AGREEMENT: agreements in force
 * @DURE_LAYER_REFERRAL: referrals, counted by month, directed
 * @DURE_LAYER_SEATS: people of both agencies sit in the same council body at one time; a body of k agencies gives each
 *   pair 1/(k-1)
 * @DURE_LAYER_ATTENDANCE: both were present at an event; an event with k agencies gives each pair 1/(k-1)
 */
typedef enum
{
  DURE_LAYER_AGREEMENT = 1 << 0,
  DURE_LAYER_INFORMATION = 1 << 1,
  DURE_LAYER_RESOURCE = 1 << 2,
  DURE_LAYER_PROGRAMME = 1 << 3,
  DURE_LAYER_OTHER = 1 << 4,
  DURE_LAYER_REFERRAL = 1 << 5,
  DURE_LAYER_SEATS = 1 << 6,
  DURE_LAYER_ATTENDANCE = 1 << 7,
} DureLayer;

#define DURE_N_LAYERS 8
#define DURE_LAYERS_ALL ((1u << DURE_N_LAYERS) - 1)
/* Being in one room, or on one committee, is not yet working together: those two are shown when asked for. */
#define DURE_LAYERS_DEFAULT (DURE_LAYERS_ALL & ~(guint)(DURE_LAYER_SEATS | DURE_LAYER_ATTENDANCE))

/** DureNetworkSector: the shape of a node; a council is an agency with 협의체 in its name. */
typedef enum
{
  DURE_SECTOR_PUBLIC,
  DURE_SECTOR_PRIVATE,
  DURE_SECTOR_COUNCIL,
} DureNetworkSector;

#define DURE_N_SECTORS 3
#define DURE_N_AREAS 8
#define DURE_NO_AREA (-1)

/** DureNodeType: what a node is; in the picture of the council there are others beside agencies. */
typedef enum
{
  DURE_NODE_AGENCY,
  DURE_NODE_BODY,
  DURE_NODE_MEMBER,
} DureNodeType;

/** DureNetworkNode: one agency; in the picture of the council a body or a member. */
typedef struct
{
  DureNodeType      type;
  char             *id; /* of the agency, the body or the person */
  char             *name;
  char             *label;       /* map label, or the name */
  char             *kind;        /* choice key */
  char             *region;      /* id, or NULL */
  char             *region_name; /* or NULL */
  DureNetworkSector sector;
  int               area;          /* first of the areas in the order of the table, or DURE_NO_AREA */
  guint             areas;         /* bit per area */
  gboolean          in_council;    /* somebody of the agency has a seat in the period */
  guint             council_seats; /* how many seats */
  double            lat;           /* of its region, in degrees; NAN unknown */
  double            lon;
} DureNetworkNode;

/** DureNetworkTie: all that ties two agencies, in the layers asked for. */
typedef struct
{
  guint  from; /* the smaller node number */
  guint  to;
  guint  layers;                  /* bits of DureLayer */
  guint  count;                   /* records behind it: ties, referral rows, events, bodies */
  double weight;                  /* sum of the layers */
  double by_layer[DURE_N_LAYERS]; /* strength of ties, referrals sent, shares of seats and events */
  guint  sent;                    /* referrals from → to */
  guint  returned;                /* referrals to → from */
} DureNetworkTie;

/** DureNetworkCouncil: which agencies by their seats in the council. */
typedef enum
{
  DURE_COUNCIL_ALL,
  DURE_COUNCIL_MEMBERS,
  DURE_COUNCIL_OTHERS,
} DureNetworkCouncil;

/** DureNetworkFilter: what is shown; all conditions must hold. Start from dure_network_filter_new(). */
typedef struct
{
  guint  layers;    /* bits of DureLayer */
  int    from;      /* first day, or DURE_NO_DAY */
  int    to;        /* last day, or DURE_NO_DAY */
  guint  sectors;   /* bit per DureNetworkSector; 0 for all */
  guint  areas;     /* bit per area, bit DURE_N_AREAS for agencies without one; 0 for all */
  char **kinds;     /* choice keys, or NULL for all */
  char **agencies;  /* ids, or NULL for all */
  char **regions;   /* ids, with all regions that are part of them; "" for agencies without one; NULL for all */
  guint  council;   /* DureNetworkCouncil */
  double least;     /* ties of less weight are left away; 0 for all */
  double half_life; /* months after which a record counts half; 0 for none */
} DureNetworkFilter;

/** DureNetwork: fields are for reading. */
typedef struct
{
  guint            n_nodes;
  guint            n_ties;
  DureNetworkNode *nodes;
  DureNetworkTie  *ties;
  DureGraph       *graph;      /* weights as in ties */
  guint            n_tied;     /* nodes with at least one tie */
  guint            n_left_out; /* records whose agency is deleted or missing, or that tie an agency to itself */
  guint            n_ended;    /* ties that had ended before the period (or before today) */
  guint            n_weak;     /* ties that weigh less than the filter wants */
  guint           *parent;     /* of the council: the node above each, its own number for none; NULL for agencies */

  /*< private >*/
  gatomicrefcount refs;
  GHashTable     *by_id;
} DureNetwork;

DureNetworkFilter *dure_network_filter_new (void);
DureNetworkFilter *dure_network_filter_copy (const DureNetworkFilter *self);
void               dure_network_filter_free (DureNetworkFilter *self);
gboolean           dure_network_filter_equal (const DureNetworkFilter *self, const DureNetworkFilter *other);

#define DURE_TYPE_NETWORK (dure_network_get_type ())
GType dure_network_get_type (void);
DureNetwork *
dure_network_build (DureStore *store, const DureNetworkFilter *filter, GCancellable *cancellable, GError **error);
DureNetwork *dure_network_new (const DureNetworkNode *nodes, guint n_nodes, const DureNetworkTie *ties, guint n_ties);
DureNetwork *dure_network_ref (DureNetwork *self);
void         dure_network_unref (DureNetwork *self);
gboolean     dure_network_find (const DureNetwork *self, const char *id, guint *node);
char        *dure_network_coverage (const DureNetwork *self);
char        *dure_network_left_out (const DureNetwork *self);

DureNetworkSector dure_network_agency_sector (DureRecord *agency);
guint             dure_network_agency_areas (DureRecord *agency);
guint             dure_network_multiplexity (const DureNetworkTie *tie);

const char *dure_layer_label (DureLayer layer);
const char *dure_sector_label (DureNetworkSector sector);
const char *dure_area_label (int area);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureNetworkFilter, dure_network_filter_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureNetwork, dure_network_unref)

G_END_DECLS
