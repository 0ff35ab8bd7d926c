/* dure-analysis.h: all measures of one network
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "graph/dure-components.h"

G_BEGIN_DECLS

/** DureBand: where a value stands among the others, for measures whose digits mean little. */
typedef enum
{
  DURE_BAND_LOW,
  DURE_BAND_MIDDLE,
  DURE_BAND_HIGH,
} DureBand;

/**
 * DureAnalysis: what a network looks like in numbers. A value: once made it is never changed, so threads may share it
 * (dure_analysis_ref() is atomic). Fields are for reading; arrays have one value a node. What is not defined, in a
 * network too small or without ties, is NaN. Distances count ties, whatever their weights.
 */
typedef struct
{
  guint  n_nodes;
  guint  n_ties;
  double density;
  double degree_centralisation;
  double betweenness_centralisation;
  double transitivity;
  double reciprocity;   /* below 0: ties here have no direction */
  double modularity;    /* of the communities */
  guint  n_communities; /* with those of one node, and those of an earlier analysis that are gone */
  double core_fit;      /* correlation with the ideal pattern of core and periphery; NaN when there is none */
  guint  hub;           /* the node with most ties, the first of equal ones; %G_MAXUINT when nobody is tied */
  guint  n_isolates;
  guint  n_sources; /* from how many nodes the shortest paths were counted; below n_nodes they are an estimate */

  guint          *degree;
  double         *strength;       /* sum of the weights of its ties */
  double         *betweenness;    /* share of the shortest paths between others */
  guint8         *band;           /* DureBand of its betweenness */
  double         *closeness;      /* Wasserman–Faust */
  double         *harmonic;       /* mean of 1 / distance */
  double         *two_step;       /* share of the others within two ties */
  double         *constraint;     /* Burt; NaN without ties */
  double         *effective_size; /* NaN without ties */
  guint          *core;           /* largest k so that it is in the k-core */
  gboolean       *in_core;        /* Borgatti–Everett */
  guint          *community;      /* 0 … n_communities - 1, the largest first when there was no earlier analysis */
  guint          *community_size; /* of each community */
  DureComponents *components;
  DureCuts       *cuts;

  /*< private >*/
  gatomicrefcount refs;
} DureAnalysis;

DureAnalysis *
dure_analysis_new (const DureGraph *graph, const guint *old_communities, GCancellable *cancellable, GError **error);
DureAnalysis *dure_analysis_ref (DureAnalysis *self);
void          dure_analysis_unref (DureAnalysis *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureAnalysis, dure_analysis_unref)

G_END_DECLS
